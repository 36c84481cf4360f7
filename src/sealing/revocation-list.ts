import * as asn1js from 'asn1js';
import { CertificateRevocationList } from 'pkijs';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { type Certificate, extensions, publicKeyOf } from './certificate.ts';
import {
  bits,
  type Der,
  derIn,
  encode,
  enumerated,
  integer,
  isDer,
  octets,
  oid,
  pemOf,
  raw,
  sequence,
  tagged,
  taggedBytes,
  time,
} from './der.ts';
import { concat, hex, sameBytes, sha256 } from './digest.ts';
import { schemes, verifies } from './scheme.ts';
import type { Signer } from './signer.ts';
import { reasons, type Verdict } from './verdict.ts';

/** Certificate revocation lists, version 2 (RFC 5280 §5): written for our own authority, read from others. */
export const crlReasons = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;
export type CrlReason = keyof typeof crlReasons;

export interface RevokedEntry {
  /** lower-case hexadecimal */
  readonly serial: string;
  readonly at: Instant;
  readonly reason: CrlReason;
}

export interface RevocationListContent {
  /** only ever goes up */
  readonly number: bigint;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant;
  readonly entries: readonly RevokedEntry[];
}

const ids = { crlNumber: '2.5.29.20', reasonCode: '2.5.29.21' } as const;

const refute = reasons({
  'revocation-list-malformed': { zh: '吊销列表格式不符。', en: 'This is not a certificate revocation list.' },
  'revocation-list-wrong-issuer': { zh: '吊销列表不是由该机构签发的。', en: 'The list is not signed by this authority.' },
  'revocation-list-partial': {
    zh: '只接受完整的吊销列表，不接受增量或间接列表。',
    en: 'Only whole lists are taken, no delta or indirect ones.',
  },
});

/** A list signed by its issuer (DER). The same content gives the same bytes for an RSA key. */
export async function writeRevocationList(content: RevocationListContent, issuer: Signer): Promise<Uint8Array> {
  const { number, thisUpdate, nextUpdate, entries } = content;
  const algorithm = schemes[issuer.scheme].identifier;
  const listed = entries.length === 0 ? [] : [sequence(...entries.map(entryDer))];
  const key = sha256(publicKeyOf(issuer.certificate).spki).slice(0, 20);
  const issuerKey = issuer.certificate.keyIdentifier === undefined ? key : fromHex(issuer.certificate.keyIdentifier);
  const marks = sequence(
    sequence(oid(extensions.authorityKeyIdentifier), octets(encode(sequence(taggedBytes(0, issuerKey))))),
    sequence(oid(ids.crlNumber), octets(encode(integer(bigBytes(number))))),
  );
  const list = sequence(
    integer(1),
    algorithm(),
    raw(issuer.certificate.subject.der),
    time(thisUpdate),
    time(nextUpdate),
    ...listed,
    tagged(0, marks),
  );
  return encode(sequence(list, algorithm(), bits(await issuer.sign(encode(list)))));
}

function entryDer({ serial, at, reason }: RevokedEntry): Der {
  // RFC 5280 §5.3.1: the reason is left out rather than called unspecified
  const why = reason === 'unspecified' ? [] : [sequence(sequence(oid(ids.reasonCode), octets(encode(enumerated(crlReasons[reason])))))];
  return sequence(integer(fromHex(serial)), time(at), ...why);
}

/** A list as another authority (or our own) published it. */
export interface RevocationList extends RevocationListContent {
  readonly der: Uint8Array;
}

type ListFlaw = 'revocation-list-malformed' | 'revocation-list-wrong-issuer' | 'revocation-list-partial';

/** Reads a list (DER or PEM) and checks that this authority signed it, whole. */
export async function readRevocationList(
  input: Uint8Array | string,
  issuer: Certificate,
): Promise<Verdict<{ readonly list: RevocationList }, ListFlaw>> {
  const der = typeof input === 'string' ? derIn('X509 CRL', input)[0] : input;
  const parsed = der === undefined ? undefined : parse(der);
  if (der === undefined || parsed === undefined) return refute('revocation-list-malformed');
  const marks = parsed.crlExtensions?.extensions ?? [];
  if (marks.some((mark) => mark.critical)) return refute('revocation-list-partial');
  const mayList = issuer.keyUsage === undefined || issuer.keyUsage.includes('cRLSign');
  const named = sameBytes(new Uint8Array(parsed.issuer.valueBeforeDecode), issuer.subject.der);
  const signature = parsed.signatureValue.valueBlock.valueHexView;
  const signed = named && mayList && (await verifies(publicKeyOf(issuer), parsed.signatureAlgorithm, parsed.tbsView, signature));
  if (!signed) return refute('revocation-list-wrong-issuer');
  const thisUpdate = instantOf(parsed.thisUpdate.value);
  return {
    ok: true,
    list: {
      der,
      number: numberIn(marks.find((mark) => mark.extnID === ids.crlNumber)?.parsedValue),
      thisUpdate,
      nextUpdate: parsed.nextUpdate === undefined ? thisUpdate : instantOf(parsed.nextUpdate.value),
      entries: (parsed.revokedCertificates ?? []).map((each) => ({
        serial: hex(each.userCertificate.valueBlock.valueHexView),
        at: instantOf(each.revocationDate.value),
        reason: reasonIn(each.crlEntryExtensions?.extensions.find((mark) => mark.extnID === ids.reasonCode)?.parsedValue),
      })),
    },
  };
}

export const revocationListPem = (der: Uint8Array): string => pemOf('X509 CRL', der);

function parse(der: Uint8Array): CertificateRevocationList | undefined {
  try {
    return isDer(der) ? CertificateRevocationList.fromBER(concat(der)) : undefined;
  } catch {
    return undefined; // the parser throws on whatever is no list
  }
}

const numberIn = (value: unknown): bigint =>
  value instanceof asn1js.Integer ? BigInt(`0x${hex(value.valueBlock.valueHexView) || '0'}`) : 0n;

function reasonIn(value: unknown): CrlReason {
  const code = value instanceof asn1js.Enumerated ? value.valueBlock.valueDec : 0;
  return (Object.keys(crlReasons) as CrlReason[]).find((reason) => crlReasons[reason] === code) ?? 'unspecified';
}

function bigBytes(value: bigint): Uint8Array {
  const text = value.toString(16);
  return fromHex(text.length % 2 === 0 ? text : `0${text}`);
}

const fromHex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
