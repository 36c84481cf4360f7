import { concat } from './digest.ts';

/** Tags of DER as they stand in a SignedData (RFC 5652 §5.1). */
const tags = { integer: 0x02, oid: 0x06, sequence: 0x30, set: 0x31, field0: 0xa0 } as const;

interface Value {
  readonly tag: number;
  /** where the value begins, where its content does, and where both end */
  readonly at: number;
  readonly from: number;
  readonly end: number;
}

/** One value with a single-byte tag and a definite length in its shortest form; undefined for anything else. */
function valueAt(bytes: Uint8Array, at: number, limit: number): Value | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || at + 2 > limit) return undefined;
  const long = first & 0x80 ? first & 0x7f : 0;
  if ((first & 0x80 && long === 0) || long > 3 || at + 2 + long > limit) return undefined;
  let length = long === 0 ? first : 0;
  for (let byte = 0; byte < long; byte += 1) length = length * 256 + (bytes[at + 2 + byte] ?? 0);
  if (long > 0 && (length < 0x80 || bytes[at + 2] === 0)) return undefined;
  const from = at + 2 + long;
  return from + length <= limit ? { tag, at, from, end: from + length } : undefined;
}

/** The values that fill a stretch exactly; undefined when they do not. */
function valuesIn(bytes: Uint8Array, from: number, end: number): readonly Value[] | undefined {
  const values: Value[] = [];
  for (let at = from; at < end; ) {
    const value = valueAt(bytes, at, end);
    if (value === undefined) return undefined;
    values.push(value);
    at = value.end;
  }
  return values;
}

const encoded = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const length = content.reduce((sum, each) => sum + each.length, 0);
  const head =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : length < 0x10000
          ? [0x82, length >> 8, length & 255]
          : [0x83, length >> 16, (length >> 8) & 255, length & 255];
  return concat(Uint8Array.of(tag, ...head), ...content);
};

/**
 * Takes the certificates (field [0]) out of a signature by their bytes, so that no parser need read them there: authorities stand in every signature, and reading
 * them again is most of the work of checking one. Undefined for whatever is not plainly a SignedData in DER with nothing but certificates in that field: then
 * the caller parses all of it.
 */
export function withoutCertificates(
  signature: Uint8Array,
): { readonly rest: Uint8Array; readonly certificates: readonly Uint8Array[] } | undefined {
  const whole = valueAt(signature, 0, signature.length);
  const [type, content, ...more] = (whole && whole.end === signature.length && valuesIn(signature, whole.from, whole.end)) || [];
  if (whole?.tag !== tags.sequence || type?.tag !== tags.oid || content?.tag !== tags.field0 || more.length > 0) return undefined;
  const [data, ...others] = valuesIn(signature, content.from, content.end) ?? [];
  if (data?.tag !== tags.sequence || others.length > 0) return undefined;
  const fields = valuesIn(signature, data.from, data.end) ?? [];
  const [version, digests, enclosed, certificates] = fields;
  const plain = version?.tag === tags.integer && digests?.tag === tags.set && enclosed?.tag === tags.sequence;
  if (!plain || certificates?.tag !== tags.field0) return undefined;
  const members = valuesIn(signature, certificates.from, certificates.end);
  if (members === undefined || members.some((each) => each.tag !== tags.sequence)) return undefined;
  const piece = (from: number, end: number): Uint8Array => signature.slice(from, end);
  const kept = encoded(tags.sequence, piece(data.from, certificates.at), piece(certificates.end, data.end));
  return {
    rest: encoded(tags.sequence, piece(type.at, type.end), encoded(tags.field0, kept)),
    certificates: members.map((each) => piece(each.at, each.end)),
  };
}
