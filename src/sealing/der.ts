import forge from 'node-forge';
import { fromBase64, base64 as toBase64, utf8 } from '../kernel/bytes.ts';
import { dateOf, type Instant } from '../kernel/clock.ts';
import { sameBytes } from './digest.ts';

/** Shorthand for writing DER with node-forge's ASN.1. Reading is done by another library (certificate.ts, signature.ts). */
const { asn1 } = forge;
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;
export type Der = forge.asn1.Asn1;

const binary = (bytes: Uint8Array): string => forge.util.binary.raw.encode(bytes);

export const encode = (node: Der): Uint8Array => forge.util.binary.raw.decode(asn1.toDer(node).getBytes());
/** Bytes that are DER already (a name or a certificate taken over as it stands). */
export const raw = (der: Uint8Array): Der => asn1.fromDer(binary(der));

/** Whether these bytes are DER, whole: one encoding per value, so that an altered byte cannot go unnoticed. */
export function isDer(bytes: Uint8Array): boolean {
  try {
    return sameBytes(encode(raw(bytes)), bytes);
  } catch {
    return false; // the parser throws on whatever is no ASN.1
  }
}

export const sequence = (...nodes: readonly Der[]): Der => asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, [...nodes]);
/** SET OF: DER wants its members in ascending order of their bytes. */
export const set = (...nodes: readonly Der[]): Der => asn1.create(UNIVERSAL, asn1.Type.SET, true, ascending(nodes));
/** `[tag]` around one or more values. */
export const tagged = (tag: number, ...nodes: readonly Der[]): Der => asn1.create(CONTEXT_SPECIFIC, tag, true, [...nodes]);
/** `[tag] IMPLICIT OCTET STRING`. */
export const taggedBytes = (tag: number, bytes: Uint8Array): Der => asn1.create(CONTEXT_SPECIFIC, tag, false, binary(bytes));
/** `[tag] IMPLICIT SET OF`. */
export const taggedSet = (tag: number, ...nodes: readonly Der[]): Der => asn1.create(CONTEXT_SPECIFIC, tag, true, ascending(nodes));
export const oid = (dotted: string): Der => asn1.create(UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(dotted).getBytes());
export const octets = (bytes: Uint8Array): Der => asn1.create(UNIVERSAL, asn1.Type.OCTETSTRING, false, binary(bytes));
export const bits = (bytes: Uint8Array, unused = 0): Der =>
  asn1.create(UNIVERSAL, asn1.Type.BITSTRING, false, String.fromCharCode(unused) + binary(bytes));
export const nothing = (): Der => asn1.create(UNIVERSAL, asn1.Type.NULL, false, '');
export const truth = (): Der => asn1.create(UNIVERSAL, asn1.Type.BOOLEAN, false, '\xff');
export const utf8Text = (text: string): Der => asn1.create(UNIVERSAL, asn1.Type.UTF8, false, binary(utf8(text)));
export const printableText = (text: string): Der => asn1.create(UNIVERSAL, asn1.Type.PRINTABLESTRING, false, text);

/** A small whole number, or the big-endian bytes of a positive one. */
export function integer(value: number | Uint8Array): Der {
  const bytes = typeof value === 'number' ? asn1.integerToDer(value).getBytes() : binary(positive(value));
  return asn1.create(UNIVERSAL, asn1.Type.INTEGER, false, bytes);
}

export const enumerated = (value: number): Der => asn1.create(UNIVERSAL, asn1.Type.ENUMERATED, false, String.fromCharCode(value));

/** RFC 5280: UTCTime through 2049, GeneralizedTime after; whole seconds. */
export function time(at: Instant): Der {
  const date = dateOf(at);
  return date.getUTCFullYear() < 2050
    ? asn1.create(UNIVERSAL, asn1.Type.UTCTIME, false, asn1.dateToUtcTime(date))
    : asn1.create(UNIVERSAL, asn1.Type.GENERALIZEDTIME, false, asn1.dateToGeneralizedTime(date));
}

/** GeneralizedTime with milliseconds; DER leaves trailing zeros out. */
export const generalizedTime = (at: Instant): Der => {
  const text = dateOf(at)
    .toISOString()
    .replace(/[-:T]/g, '')
    .replace(/\.?0*Z$/, 'Z');
  return asn1.create(UNIVERSAL, asn1.Type.GENERALIZEDTIME, false, text);
};

/** An integer has no leading zero bytes but the one that keeps it positive. */
function positive(value: Uint8Array): Uint8Array {
  const from = value.findIndex((byte) => byte !== 0);
  const digits = from < 0 ? Uint8Array.of(0) : value.slice(from);
  return (digits[0] ?? 0) > 0x7f ? Uint8Array.from([0, ...digits]) : digits;
}

function ascending(nodes: readonly Der[]): Der[] {
  const keyed = nodes.map((node) => ({ node, key: asn1.toDer(node).getBytes() }));
  // Binary strings: one code unit a byte, so text order is byte order.
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ node }) => node);
}

/** PEM text of DER bytes. */
export const pemOf = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${toBase64(der).replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;

/** Every block of this label in a PEM text. */
export function derIn(label: string, pem: string): Uint8Array[] {
  const blocks = pem.matchAll(new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, 'g'));
  return [...blocks].flatMap(([, body]) => fromBase64((body ?? '').replace(/\s+/g, '')) ?? []);
}
