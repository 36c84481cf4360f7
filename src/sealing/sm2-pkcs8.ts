import * as asn1js from 'asn1js';
import { sm4 } from 'sm-crypto-v2';
import { utf8 } from '../kernel/bytes.ts';
import { bits, type Der, encode, integer, isDer, nothing, octets, oid, sequence, tagged } from './der.ts';
import { concat, randomBytes, sameBytes } from './digest.ts';
import { type Sm2PrivateKey, sm2Oids, sm2PrivateKey } from './sm2.ts';

/** SM2 private keys as other software keeps them: PKCS#8 (RFC 5958 around RFC 5915), bare or locked with a passphrase under SM4 (PBES2, RFC 8018). */
const oids = {
  ecPublicKey: '1.2.840.10045.2.1',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  sm4Cbc: '1.2.156.10197.1.104.2',
} as const;

const algorithm = (): Der => sequence(oid(oids.ecPublicKey), oid(sm2Oids.curve));

/** PrivateKeyInfo of an SM2 key. */
export const sm2Pkcs8 = ({ secret, point }: Sm2PrivateKey): Uint8Array =>
  encode(sequence(integer(0), algorithm(), octets(encode(sequence(integer(1), octets(secret), tagged(1, bits(point)))))));

/** The SM2 key in a PrivateKeyInfo; undefined when it holds another kind of key, or a public half that is not the key's own. */
export function sm2PrivateKeyIn(pkcs8: Uint8Array): Sm2PrivateKey | undefined {
  const [version, kind, inner] = membersOf(pkcs8);
  const [named, curve] = kind instanceof asn1js.Sequence ? kind.valueBlock.value : [];
  const isSm2 = isInteger(version, 0) && isOid(named, oids.ecPublicKey) && isOid(curve, sm2Oids.curve);
  if (!isSm2 || !(inner instanceof asn1js.OctetString)) return undefined;
  const [one, secret, ...rest] = membersOf(inner.valueBlock.valueHexView);
  if (!isInteger(one, 1) || !(secret instanceof asn1js.OctetString)) return undefined;
  const key = sm2PrivateKey(new Uint8Array(secret.valueBlock.valueHexView));
  const stated = rest.map((part) => (part instanceof asn1js.Constructed ? part.valueBlock.value[0] : undefined));
  const points = stated.flatMap((part) => (part instanceof asn1js.BitString ? [part.valueBlock.valueHexView] : []));
  return key !== undefined && points.every((point) => sameBytes(point, key.point)) ? key : undefined;
}

/** Rounds of PBKDF2: WebCrypto does these in a fraction of a second. */
const rounds = 600_000;
/** A file that asks for more than this would only keep the browser busy. */
const mostRounds = 10_000_000;

/** EncryptedPrivateKeyInfo: PBKDF2-HMAC-SHA256 and SM4-CBC. */
export async function lockPkcs8(pkcs8: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const [salt, iv] = [randomBytes(16), randomBytes(16)];
  const key = await derived(passphrase, salt, rounds);
  const locked = sm4.encrypt(pkcs8, key, { mode: 'cbc', iv, output: 'array' });
  const kdf = sequence(oid(oids.pbkdf2), sequence(octets(salt), integer(rounds), integer(16), sequence(oid(oids.hmacSha256), nothing())));
  const cipher = sequence(oid(oids.sm4Cbc), octets(iv));
  return encode(sequence(sequence(oid(oids.pbes2), sequence(kdf, cipher)), octets(locked)));
}

/** The PrivateKeyInfo in an EncryptedPrivateKeyInfo under SM4-CBC; undefined when the passphrase is wrong or it is locked otherwise. */
export async function unlockPkcs8(locked: Uint8Array, passphrase: string): Promise<Uint8Array | undefined> {
  const [scheme, content] = membersOf(locked);
  const [named, how] = inside(scheme);
  const [kdf, cipher] = inside(how);
  const [kdfName, kdfHow] = inside(kdf);
  const [salt, count] = inside(kdfHow);
  const prf = inside(kdfHow).at(-1);
  const [cipherName, iv] = inside(cipher);
  const known =
    isOid(named, oids.pbes2) && isOid(kdfName, oids.pbkdf2) && isOid(inside(prf)[0], oids.hmacSha256) && isOid(cipherName, oids.sm4Cbc);
  if (!known || !(count instanceof asn1js.Integer) || count.valueBlock.valueDec < 1 || count.valueBlock.valueDec > mostRounds)
    return undefined;
  if (![salt, iv, content].every((each) => each instanceof asn1js.OctetString)) return undefined;
  const key = await derived(passphrase, bytesOf(salt), count.valueBlock.valueDec);
  try {
    const open = sm4.decrypt(bytesOf(content), key, { mode: 'cbc', iv: bytesOf(iv), output: 'array' });
    return isDer(open) ? open : undefined;
  } catch {
    return undefined; // the padding is wrong: another passphrase
  }
}

async function derived(passphrase: string, salt: Uint8Array, iterations: number): Promise<Uint8Array> {
  const secret = await crypto.subtle.importKey('raw', concat(utf8(passphrase)), 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: concat(salt), iterations }, secret, 128));
}

/** The members of a DER SEQUENCE; none when it is anything else. */
function membersOf(der: Uint8Array): readonly asn1js.AsnType[] {
  return isDer(der) ? inside(asn1js.fromBER(concat(der).buffer).result) : [];
}

const inside = (node: asn1js.AsnType | undefined): readonly asn1js.AsnType[] =>
  node instanceof asn1js.Sequence ? node.valueBlock.value : [];
const bytesOf = (node: asn1js.AsnType | undefined): Uint8Array =>
  node instanceof asn1js.OctetString ? new Uint8Array(node.valueBlock.valueHexView) : new Uint8Array();
const isOid = (node: asn1js.AsnType | undefined, dotted: string): boolean =>
  node instanceof asn1js.ObjectIdentifier && node.valueBlock.toString() === dotted;
const isInteger = (node: asn1js.AsnType | undefined, value: number): boolean =>
  node instanceof asn1js.Integer && node.valueBlock.valueDec === value;
