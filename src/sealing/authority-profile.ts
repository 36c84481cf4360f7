import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { type Certificate, onlyKnownDemands, publicKeyOf, readCertificates, signedBy, suiteOf, validAt } from './certificate.ts';
import { sameBytes } from './digest.ts';
import type { Suite } from './scheme.ts';
import { reasons, type Verdict } from './verdict.ts';

/** What is asked of somebody else's authority before its certificates are taken (RFC 5280 §4, §6): pure, the same for a page that checks first. */
const refute = reasons({
  'authority-malformed': {
    zh: '不是可读的证书（PEM，根证书在前，可附其下级签发证书，至多 5 份）。',
    en: 'These are no readable certificates (PEM, the root first, then its issuing ones, at most 5).',
  },
  'authority-no-root': { zh: '第一份不是自签名的根证书。', en: 'The first is no root: it is not signed by itself.' },
  'authority-not-linked': { zh: '有一份不是由前面的证书签发的。', en: 'One of them is not issued by those before it.' },
  'authority-may-not-issue': {
    zh: '有一份没有签发证书的权限（CA、keyCertSign）。',
    en: 'One of them may issue no certificates (CA, keyCertSign).',
  },
  'authority-lists-nothing': { zh: '没有一份可以签发吊销列表（cRLSign）。', en: 'None of them may sign a revocation list (cRLSign).' },
  'authority-not-in-force': { zh: '有一份尚未生效或已过期。', en: 'One of them is not yet, or no longer, valid.' },
  'authority-demands': {
    zh: '有一份含有本平台不能理解的关键扩展（例如名称约束），按规定不能采用。',
    en: 'One of them has a critical extension that is not understood here (name constraints, say), and so may not be used.',
  },
  'authority-mixed': { zh: '国际算法与国密算法不能混用。', en: 'International and national suites are mixed.' },
});
export type AuthorityFlaw = Parameters<typeof refute>[0];

export interface AuthorityProfile {
  readonly root: Certificate;
  readonly certificates: readonly Certificate[];
  readonly suite: Suite;
}

/** Whether these certificates may be trusted as an authority at this moment. `weaknessOf` judges keys, which this room does not measure. */
export async function checkAuthority(
  pem: string,
  at: Instant,
  weaknessOf: (spki: Uint8Array) => Words | null,
): Promise<Verdict<AuthorityProfile, AuthorityFlaw> & { readonly weakness?: Words }> {
  const certificates = readable(pem);
  const [root, ...below] = certificates ?? [];
  if (root === undefined || below.length > 4) return refute('authority-malformed');
  if (!sameBytes(root.subject.der, root.issuer.der) || !(await signedBy(root, root))) return refute('authority-no-root');
  const standing = [root];
  for (const each of below) {
    const issuer = standing.find((above) => sameBytes(above.subject.der, each.issuer.der));
    if (issuer === undefined || !(await signedBy(each, issuer))) return refute('authority-not-linked');
    standing.push(each);
  }
  if (!standing.every(({ authority, keyUsage }) => authority && (keyUsage === undefined || keyUsage.includes('keyCertSign'))))
    return refute('authority-may-not-issue');
  if (!standing.some(({ keyUsage }) => keyUsage === undefined || keyUsage.includes('cRLSign'))) return refute('authority-lists-nothing');
  if (!standing.every((each) => validAt(each, at))) return refute('authority-not-in-force');
  if (!standing.every(onlyKnownDemands)) return refute('authority-demands');
  const suite = suiteOf(root);
  if (!standing.every((each) => suiteOf(each) === suite)) return refute('authority-mixed');
  const weakness = standing.map((each) => weaknessOf(publicKeyOf(each).spki)).find((found) => found !== null);
  if (weakness) return { ...refute('authority-may-not-issue'), weakness };
  return { ok: true, root, certificates: standing, suite };
}

function readable(pem: string): readonly Certificate[] | undefined {
  try {
    return readCertificates(pem);
  } catch {
    return undefined; // the reader throws on any fault of the text
  }
}
