import * as asn1js from 'asn1js';
import { type Attribute, ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs';
import { type Instant, instantOf } from '../kernel/clock.ts';
import {
  type Certificate,
  type ChainFlaw,
  checkChain,
  codeIn,
  publicKeyOf,
  readCertificate,
  standardField,
  suiteOf,
  type Trust,
} from './certificate.ts';
import { withoutCertificates } from './cms-certificates.ts';
import { type Der, encode, integer, octets, oid, raw, sequence, set, tagged, taggedSet, time } from './der.ts';
import { concat, hex, sameBytes } from './digest.ts';
import { digestBy, type Hash, hashIdentifier, hashNamed, schemes, suiteOfHash, verifies } from './scheme.ts';
import type { Signer } from './signer.ts';
import { reasons, type Verdict } from './verdict.ts';

/** Detached CMS signatures with the CAdES-B attributes (protocol §4). */
const ids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;
/** The content types of GB/T 35275 (GM/T 0010), which tools of the national suite write in place of those of RFC 5652; the structure is the same. */
const smIds = { data: '1.2.156.10197.6.1.4.2.1', signedData: '1.2.156.10197.6.1.4.2.2' } as const;

const refute = reasons({
  'signature-malformed': { zh: '签名文件格式不符。', en: 'This is not a detached CMS signature.' },
  'signature-not-one-signer': { zh: '签名必须有且只有一个签名人。', en: 'A signature must have exactly one signer.' },
  'signature-no-certificate': { zh: '签名中没有签名人的证书。', en: 'The signer’s certificate is not in the signature.' },
  'signature-attributes-missing': { zh: '签名缺少必需的属性。', en: 'The signature lacks an attribute that CAdES asks for.' },
  'signature-content-differs': { zh: '被签名的内容已被改动。', en: 'What was signed is not this content.' },
  'signature-certificate-differs': { zh: '签名所指的证书与所附证书不同。', en: 'The signature was made for another certificate.' },
  'signature-wrong': { zh: '签名不成立。', en: 'The signature does not hold.' },
});

/** Signs these bytes; the answer is DER. `at` becomes the signing time the signer claims, in whole seconds. */
export async function signDetached(content: Uint8Array, signer: Signer, at: Instant): Promise<Uint8Array> {
  const { hash, identifier } = schemes[signer.scheme];
  const attribute = (id: string, value: Der): Der => sequence(oid(id), set(value));
  const attributes = [
    attribute(ids.contentType, oid(ids.data)),
    attribute(ids.messageDigest, octets(await digestBy(hash, content))),
    attribute(ids.signingTime, time(at)),
    attribute(ids.signingCertificateV2, sequence(sequence(await certificateId(signer)))),
  ];
  const signature = await signer.sign(encode(set(...attributes)));
  const { issuer, serial } = signer.certificate;
  const signerInfo = sequence(
    integer(1),
    sequence(raw(issuer.der), integer(fromHex(serial))),
    hashIdentifier(hash),
    taggedSet(0, ...attributes),
    identifier(),
    octets(signature),
  );
  const certificates = [signer.certificate, ...signer.chain].map(({ der }) => raw(der));
  const signedData = sequence(
    integer(1),
    set(hashIdentifier(hash)),
    sequence(oid(ids.data)),
    taggedSet(0, ...certificates),
    set(signerInfo),
  );
  return encode(sequence(oid(ids.signedData), tagged(0, signedData)));
}

/** ESSCertIDv2: the digest is SHA-256 where it is not said; the national suite says SM3. */
async function certificateId({ scheme, certificate }: Signer): Promise<Der> {
  if (schemes[scheme].hash === 'SM3') return sequence(hashIdentifier('SM3'), octets(await digestBy('SM3', certificate.der)));
  return sequence(octets(await digestBy('SHA-256', certificate.der)));
}

export type SignatureFlaw =
  | 'signature-malformed'
  | 'signature-not-one-signer'
  | 'signature-no-certificate'
  | 'signature-attributes-missing'
  | 'signature-content-differs'
  | 'signature-certificate-differs'
  | 'signature-wrong'
  | ChainFlaw;

export interface Signed {
  readonly signer: Certificate;
  /** as the signer claims it; the moment that counts is the one at which the platform received the signature */
  readonly signedAt: Instant;
  /** from the signer to the anchor; the signer alone when nothing was to be trusted */
  readonly chain: readonly Certificate[];
  /** the organisation's code, from the field in which the authority at the chain's end writes it */
  readonly code: string | undefined;
}

/**
 * Checks a detached signature over these bytes, and that its certificate leads to a trust anchor. `'any-certificate'`
 * checks the signature alone, for a caller that judges the certificate itself.
 */
export async function verifyDetached(
  signature: Uint8Array,
  content: Uint8Array,
  trust: Trust | 'any-certificate',
): Promise<Verdict<Signed, SignatureFlaw>> {
  const parsed = parse(signature);
  if (parsed === undefined) return refute('signature-malformed');
  const { signedData, data } = parsed;
  const [info, ...more] = signedData.signerInfos;
  if (info === undefined || more.length > 0) return refute('signature-not-one-signer');
  const attributes = attributesOf(info, data);
  const hash = hashNamed(info.digestAlgorithm.algorithmId);
  if (attributes === undefined || hash === undefined) return refute('signature-attributes-missing');
  if (!sameBytes(attributes.messageDigest, await digestBy(hash, content))) return refute('signature-content-differs');
  const certificates = certificatesIn(signedData);
  const signer = certificates.find((certificate) => names(info, certificate));
  if (signer === undefined) return refute('signature-no-certificate');
  const { hash: certificateHash, value } = attributes.signingCertificate;
  if (!sameBytes(value, await digestBy(certificateHash, signer.der))) return refute('signature-certificate-differs');
  const suite = suiteOf(signer);
  const oneSuite = [hash, certificateHash].every((each) => suiteOfHash(each) === suite) && (suite === 'sm' || data === ids.data);
  if (!oneSuite) return refute('signature-wrong');
  const holds = await verifies(
    publicKeyOf(signer),
    info.signatureAlgorithm,
    attributes.encoded,
    info.signature.valueBlock.valueHexView,
    hash,
  );
  if (!holds) return refute('signature-wrong');
  const facts = { ok: true as const, signer, signedAt: attributes.signedAt };
  if (trust === 'any-certificate') return { ...facts, chain: [signer], code: signer.code };
  const chain = await checkChain(signer, certificates, trust);
  if (!chain.ok) return chain;
  const field = trust.fields?.[chain.chain.at(-1)?.fingerprint ?? ''] ?? standardField;
  return { ...facts, chain: chain.chain, code: codeIn(signer, field) };
}

/** The certificate that a signature says it was made with, unverified; undefined when it names none that it carries. */
export function signerIn(signature: Uint8Array): Certificate | undefined {
  const signedData = parse(signature)?.signedData;
  const info = signedData?.signerInfos[0];
  return signedData && info && certificatesIn(signedData).find((certificate) => names(info, certificate));
}

interface Parsed {
  readonly signedData: SignedData;
  /** the content type it claims: RFC 5652's, or that of GB/T 35275 */
  readonly data: string;
}

/** A SignedData without content of its own; undefined for anything else. */
function parse(signature: Uint8Array): Parsed | undefined {
  try {
    const cut = withoutCertificates(signature);
    // certificates that cannot be read one by one are left where they stand, for the parser to refuse or pass over
    const apart = cut?.certificates.every((der) => readCertificate(der).ok) ? cut : undefined;
    const bytes = concat(apart?.rest ?? signature);
    const { result, offset } = asn1js.fromBER(bytes.buffer);
    const info = new ContentInfo({ schema: result });
    const family = [ids, smIds].find(({ signedData }) => signedData === info.contentType);
    if (offset !== bytes.length || family === undefined) return undefined;
    const certificates = apart?.certificates ?? takeCertificates(info.content);
    const signedData = new SignedData({ schema: info.content });
    enclosed.set(signedData, certificates);
    const { eContentType, eContent } = signedData.encapContentInfo;
    return eContentType === family.data && eContent === undefined ? { signedData, data: family.data } : undefined;
  } catch {
    return undefined; // the parser throws on whatever is no CMS
  }
}

interface SignedAttributes {
  readonly messageDigest: Uint8Array;
  readonly signedAt: Instant;
  readonly signingCertificate: { readonly hash: Hash; readonly value: Uint8Array };
  /** what the signature was made over */
  readonly encoded: Uint8Array;
}

/** The four attributes of CAdES-B, each once and with one value; undefined when one is missing or doubled. */
function attributesOf(info: SignerInfo, data: string): SignedAttributes | undefined {
  if (info.signedAttrs === undefined) return undefined;
  const { attributes, encodedValue } = info.signedAttrs;
  const contentType = single(attributes, ids.contentType);
  const messageDigest = single(attributes, ids.messageDigest);
  const signingTime = single(attributes, ids.signingTime);
  const signingCertificate = certificateDigest(single(attributes, ids.signingCertificateV2));
  const isData = contentType instanceof asn1js.ObjectIdentifier && contentType.valueBlock.toString() === data;
  const isTime = signingTime instanceof asn1js.UTCTime || signingTime instanceof asn1js.GeneralizedTime;
  if (!isData || !isTime || !(messageDigest instanceof asn1js.OctetString) || signingCertificate === undefined) return undefined;
  return {
    messageDigest: messageDigest.valueBlock.valueHexView,
    signedAt: instantOf(signingTime.toDate()),
    signingCertificate,
    encoded: new Uint8Array(encodedValue),
  };
}

/** The one value of an attribute that stands once. */
export function single(attributes: readonly Attribute[], id: string): asn1js.AsnType | undefined {
  const [found, ...more] = attributes.filter((attribute) => attribute.type === id);
  return more.length === 0 && found?.values.length === 1 ? found.values[0] : undefined;
}

/** SigningCertificateV2 ::= { certs { { [hashAlgorithm], certHash, [issuerSerial] }, … } }: the first is the signer's. */
export function certificateDigest(value: asn1js.AsnType | undefined): SignedAttributes['signingCertificate'] | undefined {
  const [certs] = members(value);
  const [first] = members(certs);
  const fields = members(first);
  const algorithm = fields[0] instanceof asn1js.Sequence ? members(fields[0])[0] : undefined;
  const hash = algorithm instanceof asn1js.ObjectIdentifier ? hashNamed(algorithm.valueBlock.toString()) : 'SHA-256';
  const certHash = fields[fields[0] instanceof asn1js.Sequence ? 1 : 0];
  return hash !== undefined && certHash instanceof asn1js.OctetString ? { hash, value: certHash.valueBlock.valueHexView } : undefined;
}

const members = (value: asn1js.AsnType | undefined): readonly asn1js.AsnType[] =>
  value instanceof asn1js.Sequence ? value.valueBlock.value : [];

function certificatesIn(signedData: SignedData): Certificate[] {
  return (enclosed.get(signedData) ?? []).flatMap((der) => {
    const read = readCertificate(der);
    return read.ok ? [read.certificate] : [];
  });
}

/**
 * Takes the certificates (SignedData's field [0]) out before the library parses the rest: it would parse each of them whole, authorities that stand in
 * every signature included, and that is most of the work. They are read by their bytes as they stand.
 */
function takeCertificates(content: unknown): readonly Uint8Array[] {
  if (!(content instanceof asn1js.Sequence)) return [];
  const fields = content.valueBlock.value;
  const place = fields.findIndex((each) => each.idBlock.tagClass === 3 && each.idBlock.tagNumber === 0);
  const [set] = place < 0 ? [] : fields.splice(place, 1);
  const members = set instanceof asn1js.Constructed ? set.valueBlock.value : [];
  return members.filter((each) => each instanceof asn1js.Sequence).map((each) => new Uint8Array(each.valueBeforeDecodeView));
}
const enclosed = new WeakMap<SignedData, readonly Uint8Array[]>();

/** Whether a signer info names this certificate: by issuer and serial, or by subject key identifier. */
function names(info: SignerInfo, certificate: Certificate): boolean {
  const sid: unknown = info.sid;
  if (sid instanceof IssuerAndSerialNumber) {
    const sameIssuer = sameBytes(new Uint8Array(sid.issuer.valueBeforeDecode), certificate.issuer.der);
    return sameIssuer && hex(sid.serialNumber.valueBlock.valueHexView) === certificate.serial;
  }
  return sid instanceof asn1js.Primitive && hex(sid.valueBlock.valueHexView) === certificate.keyIdentifier;
}

const fromHex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
