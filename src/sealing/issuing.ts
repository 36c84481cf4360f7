import * as asn1js from 'asn1js';
import { CertificationRequest } from 'pkijs';
import type { Instant } from '../kernel/clock.ts';
import { type Certificate, extensions, type KeyUsage, names, publicKeyOf, readCertificate } from './certificate.ts';
import {
  bits,
  type Der,
  derIn,
  encode,
  integer,
  isDer,
  octets,
  oid,
  pemOf,
  printableText,
  raw,
  sequence,
  set,
  tagged,
  taggedBytes,
  time,
  truth,
  utf8Text,
} from './der.ts';
import { concat, randomBytes, sha256 } from './digest.ts';
import { type Suite, schemes, suiteOfKey, verifies } from './scheme.ts';
import { type KeyPair, publicKeyDer, type Signer, type SigningKey, signingKey } from './signer.ts';
import type { Sm2PublicKey } from './sm2.ts';
import { reasons, type Verdict } from './verdict.ts';

/** The issuing side: requests made in a browser, and the certificates that the platform's authority builds from them. */
export interface Naming {
  readonly commonName: string;
  readonly organization?: string;
  /** unified social credit code; becomes `organizationIdentifier` = `NTRCN-<code>` */
  readonly code?: string;
  /** the platform's id of a user who signs by name; becomes `serialNumber` */
  readonly person?: string;
}

export interface Validity {
  readonly from: Instant;
  readonly until: Instant;
}

const refute = reasons({
  'signing-request-malformed': { zh: '证书申请文件格式不符。', en: 'This is not a certificate signing request.' },
  'signing-request-proof-wrong': { zh: '证书申请者不持有相应的私钥。', en: 'The request is not signed with the key that it names.' },
});

/** A PKCS#10 request (DER) for this name, signed with its own key. */
export async function createSigningRequest(naming: Naming, pair: KeyPair): Promise<Uint8Array> {
  const key = signingKey(pair.privateKey);
  const info = sequence(integer(0), distinguishedName(naming), raw(await publicKeyDer(pair.publicKey)), tagged(0));
  return signed(info, key);
}

/** What an authority takes from a request: the key, proved to be the applicant's. The name it takes from its own records. */
export interface SigningRequest {
  readonly der: Uint8Array;
  /** of its key; the certificate is issued by an authority of the same */
  readonly suite: Suite;
  readonly spki: Uint8Array;
}

/** Reads a request (DER or PEM) and checks that it is signed with the key it names. */
export async function readSigningRequest(
  input: Uint8Array | string,
): Promise<Verdict<{ readonly request: SigningRequest }, 'signing-request-malformed' | 'signing-request-proof-wrong'>> {
  const der = typeof input === 'string' ? derIn('CERTIFICATE REQUEST', input)[0] : input;
  const parsed = der === undefined ? undefined : parse(der);
  if (der === undefined || parsed === undefined) return refute('signing-request-malformed');
  const { algorithmParams } = parsed.subjectPublicKeyInfo.algorithm;
  const curve = algorithmParams instanceof asn1js.ObjectIdentifier ? algorithmParams.valueBlock.toString() : undefined;
  const spki = new Uint8Array(parsed.subjectPublicKeyInfo.toSchema().toBER());
  const proved = await verifies({ spki, curve }, parsed.signatureAlgorithm, parsed.tbsView, parsed.signatureValue.valueBlock.valueHexView);
  return proved ? { ok: true, request: { der, suite: suiteOfKey({ curve }), spki } } : refute('signing-request-proof-wrong');
}

export const signingRequestPem = (der: Uint8Array): string => pemOf('CERTIFICATE REQUEST', der);

function parse(der: Uint8Array): CertificationRequest | undefined {
  try {
    return isDer(der) ? CertificationRequest.fromBER(concat(der)) : undefined;
  } catch {
    return undefined; // the parser throws on whatever is no request
  }
}

/** A self-signed root. Authorities' names are ASCII (some software breaks CMS below issuers that are not). */
export async function issueRoot(commonName: string, pair: KeyPair, validity: Validity): Promise<Certificate> {
  const spki = await publicKeyDer(pair.publicKey);
  const name = distinguishedName({ commonName: ascii(commonName) });
  const usage: readonly KeyUsage[] = ['keyCertSign', 'cRLSign'];
  return issue(
    { issuer: name, subject: name, spki, validity, marks: [authority(), keyUsage(usage), keyIdentifier(spki)] },
    signingKey(pair.privateKey),
  );
}

/** An issuing authority below a root: it may issue leaves, but no further authorities. */
export async function issueAuthority(
  commonName: string,
  publicKey: CryptoKey | Sm2PublicKey,
  validity: Validity,
  root: Signer,
): Promise<Certificate> {
  const spki = await publicKeyDer(publicKey);
  const usage: readonly KeyUsage[] = ['digitalSignature', 'keyCertSign', 'cRLSign'];
  const marks = [authority(0), keyUsage(usage), keyIdentifier(spki), issuerKeyIdentifier(root.certificate)];
  const subject = distinguishedName({ commonName: ascii(commonName) });
  return issue({ issuer: raw(root.certificate.subject.der), subject, spki, validity, marks }, root);
}

/** An organisation's certificate: for the key of its request, under the name that the platform verified. */
export async function issueCertificate(naming: Naming, request: SigningRequest, validity: Validity, issuer: Signer): Promise<Certificate> {
  const usage: readonly KeyUsage[] = ['digitalSignature', 'contentCommitment'];
  const marks = [leaf(), keyUsage(usage), keyIdentifier(request.spki), issuerKeyIdentifier(issuer.certificate)];
  const subject = distinguishedName(naming);
  return issue({ issuer: raw(issuer.certificate.subject.der), subject, spki: request.spki, validity, marks }, issuer);
}

interface Issuing {
  readonly issuer: Der;
  readonly subject: Der;
  readonly spki: Uint8Array;
  readonly validity: Validity;
  readonly marks: readonly Der[];
}

async function issue(content: Issuing, key: SigningKey): Promise<Certificate> {
  // 16 random bytes, the first made neither negative nor zero: unique without a counter (CA/B baseline asks for 8 or more).
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(serial),
    schemes[key.scheme].identifier(),
    content.issuer,
    sequence(time(content.validity.from), time(content.validity.until)),
    content.subject,
    raw(content.spki),
    tagged(3, sequence(...content.marks)),
  );
  const read = readCertificate(await signed(tbs, key));
  if (!read.ok) throw read.problem;
  return read.certificate;
}

/** SEQUENCE { content, algorithm, signature }: the outer form of certificates and requests alike. */
async function signed(content: Der, key: SigningKey): Promise<Uint8Array> {
  const signature = await key.sign(encode(content));
  return encode(sequence(content, schemes[key.scheme].identifier(), bits(signature)));
}

function distinguishedName({ commonName, organization, code, person }: Naming): Der {
  const field = (id: string, value: Der): Der => set(sequence(oid(id), value));
  return sequence(
    field(names.country, printableText('CN')),
    ...(organization === undefined ? [] : [field(names.organization, utf8Text(organization))]),
    ...(code === undefined ? [] : [field(names.organizationIdentifier, utf8Text(`NTRCN-${code}`))]),
    ...(person === undefined ? [] : [field(names.serialNumber, printableText(person))]),
    field(names.commonName, utf8Text(commonName)),
  );
}

function ascii(name: string): string {
  if (!/^[ -~]+$/.test(name)) throw new TypeError('the name of an authority must be ASCII');
  return name;
}

const mark = (id: string, critical: boolean, value: Der): Der => sequence(oid(id), ...(critical ? [truth()] : []), octets(encode(value)));
const authority = (pathLength?: number): Der =>
  mark(extensions.basicConstraints, true, sequence(truth(), ...(pathLength === undefined ? [] : [integer(pathLength)])));
const leaf = (): Der => mark(extensions.basicConstraints, true, sequence());

const usageBits: Readonly<Partial<Record<KeyUsage, number>>> = {
  digitalSignature: 0x80,
  contentCommitment: 0x40,
  keyCertSign: 0x04,
  cRLSign: 0x02,
};
function keyUsage(usages: readonly KeyUsage[]): Der {
  const byte = usages.reduce((sum, usage) => sum | (usageBits[usage] ?? 0), 0);
  const unused = Math.clz32(byte & -byte) === 32 ? 0 : 31 - Math.clz32(byte & -byte);
  return mark(extensions.keyUsage, true, bits(Uint8Array.of(byte), unused));
}

/** RFC 7093 method 1: the leftmost 160 bits of SHA-256 of the public key. */
const keyIdentifierOf = (spki: Uint8Array): Uint8Array => sha256(spki).slice(0, 20);
const keyIdentifier = (spki: Uint8Array): Der => mark(extensions.subjectKeyIdentifier, false, octets(keyIdentifierOf(spki)));
const issuerKeyIdentifier = (issuer: Certificate): Der =>
  mark(extensions.authorityKeyIdentifier, false, sequence(taggedBytes(0, keyIdentifierOf(publicKeyOf(issuer).spki))));
