import * as asn1js from 'asn1js';
import { type AlgorithmIdentifier, createCMSECDSASignature, createECDSASignatureFromCMS, RSASSAPSSParams } from 'pkijs';
import { type Der, nothing, oid, raw, sequence } from './der.ts';
import { concat, runningSha256 } from './digest.ts';
import { type Sm2PrivateKey, sm2Oids, sm2PointIn, sm2Sign, sm2Verifies, sm3 } from './sm2.ts';

/** The signature schemes the platform takes (protocol §4); it makes the first and the last. */
export type SchemeName = 'rsa-pkcs1-sha256' | 'rsa-pss-sha256' | 'ecdsa-p256-sha256' | 'ecdsa-p384-sha384' | 'sm2-sm3';
export type Hash = 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SM3';

/** Two suites stand side by side and are never mixed in one signature or chain: the international one, and the national one (SM2 with SM3). */
export type Suite = 'international' | 'sm';
export const suites = ['international', 'sm'] as const satisfies readonly Suite[];
export const suiteOfHash = (hash: Hash): Suite => (hash === 'SM3' ? 'sm' : 'international');
export const suiteOfKey = ({ curve }: Pick<PublicKey, 'curve'>): Suite => (curve === sm2Oids.curve ? 'sm' : 'international');

export const hashOids: Readonly<Record<Hash, string>> = {
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
  SM3: '1.2.156.10197.1.401',
};
export const hashNamed = (dotted: string): Hash | undefined => (Object.keys(hashOids) as Hash[]).find((hash) => hashOids[hash] === dotted);

/** The digest of these bytes. */
export async function digestBy(hash: Hash, bytes: Uint8Array): Promise<Uint8Array> {
  if (hash === 'SM3') return sm3(bytes);
  if (hash !== 'SHA-256') return new Uint8Array(await crypto.subtle.digest(hash, concat(bytes)));
  // WebCrypto hands each of these few bytes to another thread and back
  const running = runningSha256();
  running.update(bytes);
  return running.digest();
}

export const hashIdentifier = (hash: Hash): Der => sequence(oid(hashOids[hash]));

interface Scheme {
  readonly hash: Hash;
  /** how WebCrypto signs; null where it cannot */
  readonly sign: AlgorithmIdentifierLike | null;
  /** the AlgorithmIdentifier that stands in certificates and signatures */
  readonly identifier: () => Der;
}
type AlgorithmIdentifierLike = RsaPssParams | EcdsaParams | { readonly name: 'RSASSA-PKCS1-v1_5' };

const pssIdentifier = (): Der => {
  const hash = new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: hashOids['SHA-256'] })] });
  const field = (tag: number, value: asn1js.AsnType) =>
    new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: tag }, value: [value] });
  const mask = new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: '1.2.840.113549.1.1.8' }), hash] });
  const params = new asn1js.Sequence({ value: [field(0, hash), field(1, mask), field(2, new asn1js.Integer({ value: 32 }))] });
  return sequence(oid('1.2.840.113549.1.1.10'), raw(new Uint8Array(params.toBER())));
};

export const schemes: Readonly<Record<SchemeName, Scheme>> = {
  'rsa-pkcs1-sha256': {
    hash: 'SHA-256',
    sign: { name: 'RSASSA-PKCS1-v1_5' },
    identifier: () => sequence(oid('1.2.840.113549.1.1.11'), nothing()),
  },
  'rsa-pss-sha256': { hash: 'SHA-256', sign: { name: 'RSA-PSS', saltLength: 32 }, identifier: pssIdentifier },
  'ecdsa-p256-sha256': {
    hash: 'SHA-256',
    sign: { name: 'ECDSA', hash: 'SHA-256' },
    identifier: () => sequence(oid('1.2.840.10045.4.3.2')),
  },
  'ecdsa-p384-sha384': {
    hash: 'SHA-384',
    sign: { name: 'ECDSA', hash: 'SHA-384' },
    identifier: () => sequence(oid('1.2.840.10045.4.3.3')),
  },
  'sm2-sm3': { hash: 'SM3', sign: null, identifier: () => sequence(oid(sm2Oids.signature)) },
};

/** A private key of either suite: WebCrypto's own, or an SM2 key, which WebCrypto does not know. */
export type PrivateKey = CryptoKey | Sm2PrivateKey;

/** The scheme of a private key; throws for keys the platform cannot sign with. */
export function schemeOf(key: PrivateKey): SchemeName {
  if ('kind' in key) return 'sm2-sm3';
  const { name } = key.algorithm;
  const curve = 'namedCurve' in key.algorithm ? key.algorithm.namedCurve : undefined;
  if (name === 'RSASSA-PKCS1-v1_5') return 'rsa-pkcs1-sha256';
  if (name === 'RSA-PSS') return 'rsa-pss-sha256';
  if (name === 'ECDSA' && curve === 'P-256') return 'ecdsa-p256-sha256';
  if (name === 'ECDSA' && curve === 'P-384') return 'ecdsa-p384-sha384';
  throw new TypeError(`no signature scheme for a key of ${name} ${curve ?? ''}`);
}

/** Signs with a private key; the bytes are as X.509 and CMS carry them (ECDSA and SM2 in DER). */
export async function signWith(key: PrivateKey, bytes: Uint8Array): Promise<Uint8Array> {
  if ('kind' in key) return sm2Sign(key, bytes);
  const { sign } = schemes[schemeOf(key)];
  if (sign === null) throw new TypeError('WebCrypto has no such scheme');
  const signature = await crypto.subtle.sign(sign, key, concat(bytes));
  return new Uint8Array(sign.name === 'ECDSA' ? createCMSECDSASignature(signature) : signature);
}

/** What a signature claims to have been made with, as WebCrypto wants it said. */
interface Verifying {
  readonly importing: RsaHashedImportParams | EcKeyImportParams;
  readonly verifying: AlgorithmIdentifierLike;
  /** bytes of one ECDSA coordinate */
  readonly coordinate?: number;
}

const rsaHashes: Readonly<Record<string, Hash>> = {
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
};
const ecdsaHashes: Readonly<Record<string, Hash>> = {
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
};
const curves: Readonly<Record<string, { readonly namedCurve: string; readonly coordinate: number }>> = {
  '1.2.840.10045.3.1.7': { namedCurve: 'P-256', coordinate: 32 },
  '1.3.132.0.34': { namedCurve: 'P-384', coordinate: 48 },
};

/** A public key in SubjectPublicKeyInfo, with the identifier of its curve when it has one. */
export interface PublicKey {
  readonly spki: Uint8Array;
  readonly curve: string | undefined;
}

/**
 * Whether this signature of these bytes is by this key: RSA PKCS#1 v1.5, RSA-PSS and ECDSA P-256/P-384 over SHA-2,
 * RSA keys of at least 2048 bits; SM2 with SM3. `digest` is what a CMS signer info names apart from the bare `rsaEncryption` or SM2 algorithm.
 * False for everything else.
 */
export async function verifies(
  key: PublicKey,
  algorithm: AlgorithmIdentifier,
  bytes: Uint8Array,
  signature: Uint8Array,
  digest?: Hash,
): Promise<boolean> {
  if (suiteOfKey(key) === 'sm') return verifiesSm2(key, algorithm, bytes, signature, digest);
  try {
    const how = claimed(key, algorithm, digest);
    if (how === undefined) return false;
    const imported = await crypto.subtle.importKey('spki', concat(key.spki), how.importing, true, ['verify']);
    if ('modulusLength' in imported.algorithm && Number(imported.algorithm.modulusLength) < 2048) return false;
    const value = how.coordinate === undefined ? concat(signature) : plainEcdsa(signature, how.coordinate);
    return await crypto.subtle.verify(how.verifying, imported, value, concat(bytes));
  } catch {
    return false; // a key or signature that WebCrypto cannot read proves nothing
  }
}

/** The identifier has no parameters (RFC 8998), or the NULL that older software writes. */
function verifiesSm2(key: PublicKey, algorithm: AlgorithmIdentifier, bytes: Uint8Array, signature: Uint8Array, digest?: Hash): boolean {
  const { algorithmId, algorithmParams } = algorithm;
  const named = algorithmId === sm2Oids.signature || (algorithmId === sm2Oids.bareSignature && digest === 'SM3');
  const bare = algorithmParams === undefined || algorithmParams instanceof asn1js.Null;
  const point = named && bare ? sm2PointIn(key.spki) : undefined;
  return point !== undefined && sm2Verifies(point, bytes, signature);
}

function claimed(key: PublicKey, algorithm: AlgorithmIdentifier, digest: Hash | undefined): Verifying | undefined {
  const { algorithmId } = algorithm;
  const pkcs1 = algorithmId === '1.2.840.113549.1.1.1' ? digest : rsaHashes[algorithmId];
  const name = 'RSASSA-PKCS1-v1_5';
  if (pkcs1 !== undefined) return { importing: { name, hash: pkcs1 }, verifying: { name } };
  if (algorithmId === '1.2.840.113549.1.1.10') return pssClaim(algorithm);
  const hash = ecdsaHashes[algorithmId];
  const curve = curves[key.curve ?? ''];
  if (hash === undefined || curve === undefined) return undefined;
  const { namedCurve, coordinate } = curve;
  return { importing: { name: 'ECDSA', namedCurve }, verifying: { name: 'ECDSA', hash }, coordinate };
}

/** RSA-PSS is taken with one SHA-2 for message and mask alike, which is all that WebCrypto knows. */
function pssClaim(algorithm: AlgorithmIdentifier): Verifying | undefined {
  if (algorithm.algorithmParams === undefined) return undefined;
  const params = new RSASSAPSSParams({ schema: algorithm.algorithmParams });
  const hash = hashNamed(params.hashAlgorithm.algorithmId);
  const mask = params.maskGenAlgorithm.algorithmParams;
  const maskHash = mask instanceof asn1js.Sequence ? mask.valueBlock.value[0] : undefined;
  const same = maskHash instanceof asn1js.ObjectIdentifier && maskHash.valueBlock.toString() === params.hashAlgorithm.algorithmId;
  if (hash === undefined || !same) return undefined;
  return { importing: { name: 'RSA-PSS', hash }, verifying: { name: 'RSA-PSS', saltLength: params.saltLength } };
}

function plainEcdsa(signature: Uint8Array, coordinate: number): ArrayBuffer {
  const { result } = asn1js.fromBER(concat(signature).buffer);
  return createECDSASignatureFromCMS(result, coordinate);
}
