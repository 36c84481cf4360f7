import { type Certificate, certificatePem, readCertificates, signedBy } from '../sealing/certificate.ts';
import { sameBytes } from '../sealing/digest.ts';
import type { Checklist } from './checks.ts';

/**
 * The trust anchors of a bundle. Whether they are real authorities only the reader can know; but each must be written in its one way and be signed by
 * itself or by another of them, so that a certificate that was tampered with is no anchor.
 */
export async function checkAnchors(pems: readonly string[], list: Checklist): Promise<readonly Certificate[]> {
  const read = pems.map(certificatesIn);
  list.that(
    { zh: '信任锚证书可读', en: 'The trust anchors can be read' },
    read.every((each, at) => each !== undefined && each.length > 0 && each.map(certificatePem).join('') === pems[at]),
  );
  const anchors = read.flatMap((each) => each ?? []);
  const says = { zh: '信任锚由自身或另一信任锚签发', en: 'Each trust anchor is signed by itself or by another one' };
  for (const anchor of anchors) list.that(says, await isSignedWithin(anchor, anchors));
  return anchors;
}

async function isSignedWithin(certificate: Certificate, anchors: readonly Certificate[]): Promise<boolean> {
  for (const issuer of anchors)
    if (sameBytes(issuer.subject.der, certificate.issuer.der) && (await signedBy(certificate, issuer))) return true;
  return false;
}

function certificatesIn(pem: string): readonly Certificate[] | undefined {
  try {
    return readCertificates(pem);
  } catch {
    return undefined; // the reader throws on any fault of the text; the file is the bundle's, not ours
  }
}
