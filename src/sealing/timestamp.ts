import * as asn1js from 'asn1js';
import { ContentInfo, Certificate as ParsedCertificate, SignedData, TimeStampReq, TimeStampResp, TSTInfo } from 'pkijs';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { type Certificate, checkChain, publicKeyOf, purposesOf, readCertificate } from './certificate.ts';
import {
  bits,
  type Der,
  encode,
  generalizedTime,
  integer,
  isDer,
  nothing,
  octets,
  oid,
  raw,
  sequence,
  set,
  tagged,
  taggedSet,
  truth,
} from './der.ts';
import { concat, randomBytes, sameBytes, sha256 } from './digest.ts';
import { timeStamping } from './issuing.ts';
import { hashIdentifier, hashNamed, schemes, verifies } from './scheme.ts';
import { certificateDigest, single } from './signature.ts';
import type { Signer } from './signer.ts';
import { reasons, type Verdict } from './verdict.ts';

/** Time stamps (RFC 3161): asked for, given by our own authority, and verified whoever gave them. */
const ids = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/** The policy of our own stamps: an arc of our own (2.25 + UUID, ITU-T X.667), whose meaning is in docs/operate.md. */
const ownPolicy = Uint8Array.from([0x69, ...base128(0x8d3f6a0e5c2b4f719a6be27d40c1b853n)]);

const refute = reasons({
  'timestamp-malformed': { zh: '时间戳格式不符。', en: 'This is not a time stamp.' },
  'timestamp-of-other-data': { zh: '时间戳不是为该内容加盖的。', en: 'The stamp is of something else.' },
  'timestamp-wrong-signature': { zh: '时间戳的签名不成立。', en: 'The signature of the stamp does not hold.' },
  'timestamp-untrusted': { zh: '时间戳不是由受信任的时间戳机构签发的。', en: 'The stamp is not of a trusted time-stamping authority.' },
});

export interface StampRequest {
  readonly imprint: Der;
  readonly nonce: Uint8Array | undefined;
  readonly policy: string | undefined;
  readonly certificates: boolean;
}

/** What a stamp over this content is asked for with (DER): SHA-256, a nonce, the certificate wanted with it. */
export function stampRequest(content: Uint8Array): Uint8Array {
  // neither negative nor shortened: every question has the same length
  const nonce = randomBytes(8);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return encode(sequence(integer(1), sequence(hashIdentifier('SHA-256'), octets(sha256(content))), integer(nonce), truth()));
}

const lengths: Readonly<Record<string, number>> = { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };

/** Reads a request; the name of what is wrong with it otherwise, as RFC 3161 §2.4.2 names it. */
export function readStampRequest(der: Uint8Array): StampRequest | 'badAlg' | 'badRequest' | 'badDataFormat' | 'unacceptedExtension' {
  try {
    if (!isDer(der)) return 'badDataFormat';
    const read = TimeStampReq.fromBER(concat(der));
    if (read.version !== 1) return 'badRequest';
    if (read.extensions !== undefined) return 'unacceptedExtension';
    const { algorithmId } = read.messageImprint.hashAlgorithm;
    const hash = hashNamed(algorithmId);
    if (hash === undefined) return 'badAlg';
    if (read.messageImprint.hashedMessage.valueBlock.valueHexView.length !== lengths[hash]) return 'badDataFormat';
    return {
      imprint: raw(new Uint8Array(read.messageImprint.toSchema().toBER())),
      nonce: read.nonce === undefined ? undefined : read.nonce.valueBlock.valueHexView,
      policy: read.reqPolicy,
      certificates: read.certReq === true,
    };
  } catch {
    return 'badDataFormat'; // the parser throws on whatever is no request
  }
}

const failures = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
} as const;

/** A refusal as the protocol says it: status `rejection` and why. */
export function refusedStamp(failure: keyof typeof failures): Uint8Array {
  const bit = failures[failure];
  const bytes = new Uint8Array(Math.floor(bit / 8) + 1);
  bytes[bytes.length - 1] = 0x80 >> (bit % 8);
  return encode(sequence(sequence(integer(2), bits(bytes, 7 - (bit % 8)))));
}

/** The answer to a request: a stamp by this authority at this moment. Serial numbers are random: nobody can count stamps by them. */
export async function grantStamp(request: StampRequest, authority: Signer, at: Instant): Promise<Uint8Array> {
  if (request.policy !== undefined) return refusedStamp('unacceptedPolicy');
  return encode(sequence(sequence(integer(0)), raw(await tokenFor(request, authority, at))));
}

/** A stamp of this content by our own authority (the token alone, DER). */
export async function stampOf(content: Uint8Array, authority: Signer, at: Instant): Promise<Uint8Array> {
  const imprint = sequence(hashIdentifier('SHA-256'), octets(sha256(content)));
  return tokenFor({ imprint, nonce: undefined, policy: undefined, certificates: true }, authority, at);
}

async function tokenFor({ imprint, nonce, certificates }: StampRequest, authority: Signer, at: Instant): Promise<Uint8Array> {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const asked = nonce === undefined ? [] : [rawInteger(nonce)];
  const info = encode(sequence(integer(1), policy(), imprint, integer(serial), generalizedTime(at), ...asked));
  const { hash, identifier } = schemes[authority.scheme];
  const attribute = (id: string, value: Der): Der => sequence(oid(id), set(value));
  const digest = new Uint8Array(await crypto.subtle.digest(hash, concat(info)));
  const attributes = [
    attribute(ids.contentType, oid(ids.tstInfo)),
    attribute(ids.messageDigest, octets(digest)),
    attribute(ids.signingCertificateV2, sequence(sequence(sequence(octets(sha256(authority.certificate.der)))))),
  ];
  const { issuer, serial: own } = authority.certificate;
  const signerInfo = sequence(
    integer(1),
    sequence(raw(issuer.der), integer(fromHex(own))),
    hashIdentifier(hash),
    taggedSet(0, ...attributes),
    identifier(),
    octets(await authority.sign(encode(set(...attributes)))),
  );
  const included = certificates ? [taggedSet(0, ...[authority.certificate, ...authority.chain].map(({ der }) => raw(der)))] : [];
  const content = sequence(oid(ids.tstInfo), tagged(0, octets(info)));
  const signedData = sequence(integer(3), set(hashIdentifier(hash)), content, ...included, set(signerInfo));
  return encode(sequence(oid(ids.signedData), tagged(0, signedData)));
}

export type StampFlaw = 'timestamp-malformed' | 'timestamp-of-other-data' | 'timestamp-wrong-signature' | 'timestamp-untrusted';

/** The token in an authority's answer; undefined when the answer is a refusal, no answer, or bears another nonce than the request. */
export function tokenIn(answer: Uint8Array, request: Uint8Array): Uint8Array | undefined {
  try {
    const read = TimeStampResp.fromBER(concat(answer));
    const asked = TimeStampReq.fromBER(concat(request)).nonce?.valueBlock.valueHexView;
    if (read.status.status > 1 || read.timeStampToken === undefined) return undefined;
    const token = new Uint8Array(read.timeStampToken.toSchema().toBER());
    const nonce = parse(token)?.info.nonce?.valueBlock.valueHexView;
    return asked !== undefined && nonce !== undefined && sameBytes(asked, nonce) ? token : undefined;
  } catch {
    return undefined; // the parser throws on whatever is no answer
  }
}

/** Checks a token: that it is of this content, holds, and is by an authority whose key may do nothing else and leads to an anchor. */
export async function verifyStamp(
  token: Uint8Array,
  content: Uint8Array,
  anchors: readonly Certificate[],
): Promise<Verdict<{ readonly at: Instant; readonly authority: Certificate }, StampFlaw>> {
  const read = parse(token);
  if (read === undefined) return refute('timestamp-malformed');
  const { info, infoBytes, signedData } = read;
  const hash = hashNamed(info.messageImprint.hashAlgorithm.algorithmId);
  const imprint = info.messageImprint.hashedMessage.valueBlock.valueHexView;
  const same = hash !== undefined && sameBytes(imprint, new Uint8Array(await crypto.subtle.digest(hash, concat(content))));
  if (!same) return refute('timestamp-of-other-data');
  const certificates = (signedData.certificates ?? []).flatMap((each) => {
    const one = each instanceof ParsedCertificate ? readCertificate(new Uint8Array(each.toSchema().toBER())) : undefined;
    return one?.ok ? [one.certificate] : [];
  });
  const signer = await signedBy(signedData, infoBytes, certificates);
  if (signer === undefined) return refute('timestamp-wrong-signature');
  const purposes = purposesOf(signer);
  if (purposes?.critical !== true || purposes.ids.length !== 1 || purposes.ids[0] !== timeStamping) return refute('timestamp-untrusted');
  const at = instantOf(info.genTime);
  const chain = await checkChain(signer, certificates, { anchors, at });
  return chain.ok ? { ok: true, at, authority: signer } : refute('timestamp-untrusted', chain.problem.title);
}

/** Whose signature over these bytes the one signer info is; undefined when it is nobody's of those in the token. */
async function signedBy(signedData: SignedData, bytes: Uint8Array, certificates: readonly Certificate[]): Promise<Certificate | undefined> {
  const [info, ...more] = signedData.signerInfos;
  if (info?.signedAttrs === undefined || more.length > 0) return undefined;
  const { attributes, encodedValue } = info.signedAttrs;
  const contentType = single(attributes, ids.contentType);
  const messageDigest = single(attributes, ids.messageDigest);
  const named = certificateDigest(single(attributes, ids.signingCertificateV2));
  const hash = hashNamed(info.digestAlgorithm.algorithmId);
  const isInfo = contentType instanceof asn1js.ObjectIdentifier && contentType.valueBlock.toString() === ids.tstInfo;
  if (hash === undefined || !isInfo || !(messageDigest instanceof asn1js.OctetString) || named === undefined) return undefined;
  const digest = async (name: string, of: Uint8Array) => new Uint8Array(await crypto.subtle.digest(name, concat(of)));
  if (!sameBytes(messageDigest.valueBlock.valueHexView, await digest(hash, bytes))) return undefined;
  for (const certificate of certificates) {
    if (!sameBytes(named.value, await digest(named.hash, certificate.der))) continue;
    const value = info.signature.valueBlock.valueHexView;
    const held = await verifies(publicKeyOf(certificate), info.signatureAlgorithm, new Uint8Array(encodedValue), value, hash);
    return held ? certificate : undefined;
  }
  return undefined;
}

function parse(token: Uint8Array): { readonly info: TSTInfo; readonly infoBytes: Uint8Array; readonly signedData: SignedData } | undefined {
  try {
    const { result, offset } = asn1js.fromBER(concat(token).buffer);
    const content = new ContentInfo({ schema: result });
    if (offset !== token.length || content.contentType !== ids.signedData) return undefined;
    const signedData = new SignedData({ schema: content.content });
    const { eContentType, eContent } = signedData.encapContentInfo;
    if (eContentType !== ids.tstInfo || eContent === undefined) return undefined;
    const infoBytes = new Uint8Array(eContent.getValue());
    return { info: TSTInfo.fromBER(concat(infoBytes)), infoBytes, signedData };
  } catch {
    return undefined; // the parser throws on whatever is no token
  }
}

const policy = (): Der => {
  const node = oid('2.5');
  node.value = String.fromCharCode(...ownPolicy);
  return node;
};

/** A nonce is given back as it came: an INTEGER's very bytes. */
const rawInteger = (bytes: Uint8Array): Der => {
  const node = nothing();
  node.type = 2 as typeof node.type;
  node.value = String.fromCharCode(...bytes);
  return node;
};

/** Big-endian digits of seven bits, as the arcs of an object identifier are written. */
function base128(value: bigint): number[] {
  const digits = value.toString(2);
  const padded = digits.padStart(Math.ceil(digits.length / 7) * 7, '0');
  const groups = padded.match(/.{7}/g) ?? [];
  return groups.map((group, at) => Number.parseInt(group, 2) | (at === groups.length - 1 ? 0 : 0x80));
}

const fromHex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
