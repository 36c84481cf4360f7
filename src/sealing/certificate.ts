import * as asn1js from 'asn1js';
import { Certificate as Parsed } from 'pkijs';
import * as z from 'zod';
import { textOf } from '../kernel/bytes.ts';
import { dateOf, type Instant, instantOf } from '../kernel/clock.ts';
import { derIn, isDer, pemOf } from './der.ts';
import { concat, hex, sameBytes, sha256 } from './digest.ts';
import { type PublicKey, type Suite, suiteOfKey, verifies } from './scheme.ts';
import { reasons, type Verdict } from './verdict.ts';

/** What the platform reads in an X.509 certificate. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly subject: CertificateName;
  readonly issuer: CertificateName;
  /** the bidder's unified social credit code: `organizationIdentifier` = `NTRCN-<code>` (ETSI EN 319 412-1) */
  readonly code: string | undefined;
  /** lower-case hexadecimal */
  readonly serial: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** undefined when the certificate does not limit the use of its key */
  readonly keyUsage: readonly KeyUsage[] | undefined;
  readonly authority: boolean;
  /** subject key identifier, lower-case hexadecimal */
  readonly keyIdentifier: string | undefined;
  /** SHA-256 of the DER, lower-case hexadecimal */
  readonly fingerprint: string;
}

export interface CertificateName {
  readonly commonName: string | undefined;
  readonly organization: string | undefined;
  readonly organizationIdentifier: string | undefined;
  /** of a person's certificate: the platform's id of the user */
  readonly serialNumber: string | undefined;
  /** the DER of the whole name, for comparing and for taking it over unchanged */
  readonly der: Uint8Array;
}

const usages = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const;
export type KeyUsage = (typeof usages)[number];

export const names = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  organization: '2.5.4.10',
  organizationIdentifier: '2.5.4.97',
} as const;
export const extensions = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  certificatePolicies: '2.5.29.32',
  extendedKeyUsage: '2.5.29.37',
  crlDistributionPoints: '2.5.29.31',
} as const;

const refute = reasons({
  'certificate-malformed': { zh: '数字证书格式不符。', en: 'This is not an X.509 certificate.' },
  'certificate-not-yet-valid': { zh: '数字证书尚未生效。', en: 'The certificate is not yet valid.' },
  'certificate-expired': { zh: '数字证书已过期。', en: 'The certificate has expired.' },
  'certificate-may-not-sign': { zh: '数字证书不得用于签名。', en: 'The certificate may not be used to sign.' },
  'certificate-untrusted': { zh: '数字证书不是由受信任的机构签发的。', en: 'The certificate does not lead to a trusted authority.' },
});

interface Read {
  readonly facts: Certificate;
  readonly parsed: Parsed;
  readonly key: PublicKey;
  readonly pathLength: number | undefined;
}

/** Reads a certificate from DER, or the first one of a PEM text. */
export function readCertificate(input: Uint8Array | string): Verdict<{ readonly certificate: Certificate }, 'certificate-malformed'> {
  const der = typeof input === 'string' ? derIn('CERTIFICATE', input)[0] : input;
  const known = der === undefined ? undefined : recent.get(hex(sha256(der)));
  const read = known ?? (der === undefined ? undefined : parse(der));
  if (read === undefined) return refute('certificate-malformed');
  if (known === undefined) remember(read);
  return { ok: true, certificate: read.facts };
}

/** The certificates read last, by fingerprint: every signature carries its authorities' again, and parsing them is most of the work of checking one. */
const recent = new Map<string, Read>();
const mostRecent = 256;
function remember(read: Read): void {
  const [oldest] = recent.keys();
  if (recent.size >= mostRecent && oldest !== undefined) recent.delete(oldest);
  recent.set(read.facts.fingerprint, read);
  reads.set(read.facts, read);
}

/** Reads every certificate of a PEM text, in order; throws when one of them is none. */
export function readCertificates(pem: string): Certificate[] {
  return derIn('CERTIFICATE', pem).map((der) => {
    const read = readCertificate(der);
    if (!read.ok) throw read.problem;
    return read.certificate;
  });
}

export const certificatePem = (certificate: Certificate): string => pemOf('CERTIFICATE', certificate.der);

/** The public key of a certificate, as signatures by it are verified. */
export const publicKeyOf = (certificate: Certificate): PublicKey => readOf(certificate).key;

/** The suite of a certificate's key. */
export const suiteOf = (certificate: Certificate): Suite => suiteOfKey(publicKeyOf(certificate));

/** What a certificate's key is limited to (extendedKeyUsage); undefined when nothing limits it. */
export function purposesOf(certificate: Certificate): { readonly critical: boolean; readonly ids: readonly string[] } | undefined {
  const { parsed } = readOf(certificate);
  const value = extensionValue(parsed, extensions.extendedKeyUsage);
  if (!(value instanceof asn1js.Sequence)) return undefined;
  const critical = (parsed.extensions ?? []).some((each) => each.extnID === extensions.extendedKeyUsage && each.critical);
  return {
    critical,
    ids: value.valueBlock.value.flatMap((each) => (each instanceof asn1js.ObjectIdentifier ? [each.valueBlock.toString()] : [])),
  };
}

/** How one is trusted: by which authorities, and at which moment. */
export interface Trust {
  readonly anchors: readonly Certificate[];
  readonly at: Instant;
  /** where the certificates below an anchor (by its fingerprint) say whose they are; the standard field unless named here */
  readonly fields?: Readonly<Record<string, CodeField>> | undefined;
}

export type ChainFlaw = 'certificate-not-yet-valid' | 'certificate-expired' | 'certificate-may-not-sign' | 'certificate-untrusted';
/**
 * Whether a signer's certificate leads to a trust anchor at a moment: names, signatures, validity, constraints and key
 * usage of every link. Revocation is the caller's to ask: this room reaches no list.
 */
export async function checkChain(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  trust: Trust,
): Promise<Verdict<{ readonly chain: readonly Certificate[] }, ChainFlaw>> {
  if (trust.at < leaf.notBefore) return refute('certificate-not-yet-valid');
  if (trust.at > leaf.notAfter) return refute('certificate-expired');
  const { keyUsage } = leaf;
  if (keyUsage !== undefined && !keyUsage.includes('digitalSignature') && !keyUsage.includes('contentCommitment')) {
    return refute('certificate-may-not-sign');
  }
  const chain = await pathTo([leaf], intermediates, trust, new Set());
  return chain === undefined ? refute('certificate-untrusted') : { ok: true, chain };
}

/**
 * A chain of more links than this belongs to no authority we know of; the bound keeps hostile input from costing time, and so does not walking
 * twice from a certificate that led nowhere (`hopeless`): ten that all name each other have tens of thousands of paths.
 */
const longestChain = 5;

async function pathTo(
  path: readonly Certificate[],
  intermediates: readonly Certificate[],
  trust: Trust,
  hopeless: Set<string>,
): Promise<readonly Certificate[] | undefined> {
  const last = path.at(-1);
  if (last === undefined || path.length > longestChain || !onlyKnownDemands(last)) return undefined;
  const place = `${last.fingerprint} ${path.length}`;
  if (hopeless.has(place)) return undefined;
  if (trust.anchors.some((anchor) => sameBytes(anchor.der, last.der))) return path;
  for (const issuer of [...trust.anchors, ...intermediates.slice(0, 10)]) {
    const fits = !path.includes(issuer) && sameBytes(issuer.subject.der, last.issuer.der) && mayIssue(issuer, path.length - 1, trust.at);
    // A chain is of one suite: an SM2 signer below an RSA authority, or the other way round, would be as strong as the weaker and of neither.
    if (!fits || suiteOf(issuer) !== suiteOf(last) || !(await signedBy(last, issuer))) continue;
    const rest = await pathTo([...path, issuer], intermediates, trust, hopeless);
    if (rest !== undefined) return rest;
  }
  hopeless.add(place);
  return undefined;
}

/** `below`: how many authorities stand between this one and the leaf. */
function mayIssue(issuer: Certificate, below: number, at: Instant): boolean {
  const { pathLength } = readOf(issuer);
  const signs = issuer.keyUsage === undefined || issuer.keyUsage.includes('keyCertSign');
  return issuer.authority && signs && issuer.notBefore <= at && at <= issuer.notAfter && (pathLength === undefined || below <= pathLength);
}

/** RFC 5280: a critical extension that is not understood refuses the certificate. */
export function onlyKnownDemands(certificate: Certificate): boolean {
  const known: readonly string[] = Object.values(extensions);
  return (readOf(certificate).parsed.extensions ?? []).every((extension) => !extension.critical || known.includes(extension.extnID));
}

/**
 * Links that were reckoned before, oldest first. Whether one certificate signed another never changes; asking once keeps chains cheap, and keeps a
 * sender of many certificates that all name each other from making the platform reckon every path between them.
 */
const links = new Map<string, Promise<boolean>>();
const mostLinks = 2000;

/** Whether this key made the signature under a certificate; whether it may issue is another question. */
export function signedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const link = `${certificate.fingerprint} ${issuer.fingerprint}`;
  const signed = links.get(link) ?? reckonLink(certificate, issuer);
  links.delete(link);
  links.set(link, signed);
  const [oldest] = links.keys();
  if (links.size > mostLinks && oldest !== undefined) links.delete(oldest);
  return signed;
}

async function reckonLink(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const child = readOf(certificate).parsed;
  // The outer algorithm and the count of unused bits stand outside what is signed: they have one right value each.
  const [inner, outer] = [child.signature, child.signatureAlgorithm].map((each) => new Uint8Array(each.toSchema().toBER()));
  if (inner === undefined || outer === undefined || !sameBytes(inner, outer)) return false;
  if (child.signatureValue.valueBlock.unusedBits !== 0) return false;
  return verifies(publicKeyOf(issuer), child.signatureAlgorithm, child.tbsView, child.signatureValue.valueBlock.valueHexView);
}

/** What else was read of a certificate: parsing is slow, and a chain asks the same ones again and again. */
const reads = new WeakMap<Certificate, Read>();
function readOf(certificate: Certificate): Read {
  const read = reads.get(certificate) ?? parse(certificate.der);
  if (read === undefined) throw refute('certificate-malformed').problem;
  reads.set(certificate, read);
  return read;
}

function parse(der: Uint8Array): Read | undefined {
  try {
    return isDer(der) ? readParsed(der, Parsed.fromBER(concat(der))) : undefined;
  } catch {
    return undefined; // the parser throws on whatever is no certificate
  }
}

function readParsed(der: Uint8Array, parsed: Parsed): Read {
  const constraints = extensionValue(parsed, extensions.basicConstraints);
  const usage = extensionValue(parsed, extensions.keyUsage);
  const subject = nameIn(parsed.subject);
  const { authority, pathLength } = constraintsIn(constraints);
  const identifier = extensionValue(parsed, extensions.subjectKeyIdentifier);
  const facts: Certificate = {
    der,
    subject,
    issuer: nameIn(parsed.issuer),
    code: /^NTRCN-([0-9A-Z]{1,64})$/.exec(subject.organizationIdentifier ?? '')?.[1],
    serial: hex(parsed.serialNumber.valueBlock.valueHexView),
    notBefore: instantOf(parsed.notBefore.value),
    notAfter: instantOf(parsed.notAfter.value),
    keyUsage: usage === undefined ? undefined : usagesIn(usage),
    authority,
    keyIdentifier: identifier instanceof asn1js.OctetString ? hex(identifier.valueBlock.valueHexView) : undefined,
    fingerprint: hex(sha256(der)),
  };
  return { facts, parsed, key: keyIn(parsed), pathLength };
}

function extensionValue(parsed: Parsed, id: string): asn1js.AsnType | undefined {
  const found = (parsed.extensions ?? []).filter((extension) => extension.extnID === id);
  if (found.length > 1) throw new TypeError(`extension ${id} stands twice`);
  const [extension] = found;
  if (extension === undefined) return undefined;
  const { result, offset } = asn1js.fromBER(concat(extension.extnValue.valueBlock.valueHexView).buffer);
  if (offset === -1) throw new TypeError(`extension ${id} cannot be read`);
  return result;
}

function constraintsIn(value: asn1js.AsnType | undefined): { readonly authority: boolean; readonly pathLength: number | undefined } {
  if (value === undefined) return { authority: false, pathLength: undefined };
  if (!(value instanceof asn1js.Sequence)) throw new TypeError('basicConstraints is no sequence');
  const [authority, length] = value.valueBlock.value;
  return {
    authority: authority instanceof asn1js.Boolean && authority.valueBlock.value,
    pathLength: length instanceof asn1js.Integer ? length.valueBlock.valueDec : undefined,
  };
}

function usagesIn(value: asn1js.AsnType): KeyUsage[] {
  if (!(value instanceof asn1js.BitString)) throw new TypeError('keyUsage is no bit string');
  const [first = 0] = value.valueBlock.valueHexView;
  return usages.filter((_, at) => (first & (0x80 >> at)) !== 0);
}

function nameIn(name: Parsed['subject']): CertificateName {
  const value = (id: string): string | undefined => {
    const [found, ...more] = name.typesAndValues.filter((each) => each.type === id);
    const text: unknown = found?.value.valueBlock.value;
    return typeof text === 'string' && more.length === 0 ? text : undefined; // two answers are no answer
  };
  return {
    commonName: value(names.commonName),
    organization: value(names.organization),
    organizationIdentifier: value(names.organizationIdentifier),
    serialNumber: value(names.serialNumber),
    der: new Uint8Array(name.valueBeforeDecode),
  };
}

function keyIn(parsed: Parsed): PublicKey {
  const { algorithmParams } = parsed.subjectPublicKeyInfo.algorithm;
  const curve = algorithmParams instanceof asn1js.ObjectIdentifier ? algorithmParams.valueBlock.toString() : undefined;
  return { spki: new Uint8Array(parsed.subjectPublicKeyInfo.toSchema().toBER()), curve };
}

/** Where a certificate says whose it is: an attribute of its subject, or an extension, and what stands before and after the code. */
export const codeFieldShape = z.strictObject({
  in: z.enum(['subject', 'extension']),
  oid: z.string().regex(/^[0-2](\.\d{1,10}){1,15}$/),
  prefix: z.string().max(20),
  suffix: z.string().max(20),
});
export type CodeField = z.infer<typeof codeFieldShape>;

/** ETSI EN 319 412-1, and what this platform's own certificates say. */
export const standardField: CodeField = { in: 'subject', oid: names.organizationIdentifier, prefix: 'NTRCN-', suffix: '' };

/**
 * The organisation's code in a certificate, as its authority is declared to write it; undefined when the field holds none, or two that differ. Nothing else
 * in the certificate is asked: what an applicant may have chosen freely stands in other fields.
 */
export function codeIn(certificate: Certificate, field: CodeField): string | undefined {
  const codes = new Set(
    textsIn(readOf(certificate).parsed, field).flatMap((text) => {
      const { prefix, suffix } = field;
      const fits = text.startsWith(prefix) && text.endsWith(suffix) && text.length >= prefix.length + suffix.length;
      const code = fits ? text.slice(prefix.length, text.length - suffix.length) : '';
      return /^[0-9A-Z]{18}$/.test(code) ? [code] : [];
    }),
  );
  const [code, ...more] = codes;
  return more.length === 0 ? code : undefined;
}

function textsIn(parsed: Parsed, { in: place, oid }: CodeField): string[] {
  if (place === 'subject')
    return parsed.subject.typesAndValues.filter(({ type }) => type === oid).map(({ value }) => String(value.valueBlock.value));
  return (parsed.extensions ?? [])
    .filter(({ extnID }) => extnID === oid)
    .map(({ extnValue }) => {
      const bytes = concat(extnValue.valueBlock.valueHexView);
      const { result, offset } = asn1js.fromBER(bytes.buffer);
      const text: unknown = offset === bytes.length && 'value' in result.valueBlock ? result.valueBlock.value : undefined;
      return typeof text === 'string' ? text : (textOf(bytes) ?? '');
    });
}

/** Whether a certificate stands within its validity at a moment. */
export const validAt = (certificate: Certificate, at: Instant): boolean => certificate.notBefore <= at && at <= certificate.notAfter;

/** Whole days until a certificate expires; negative when it has. */
export const daysLeft = (certificate: Certificate, at: Instant): number =>
  Math.floor((dateOf(certificate.notAfter).getTime() - dateOf(at).getTime()) / 86_400_000);
