import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ristretto255_FROST, ristretto255_oprf } from '@noble/curves/ed25519.js';
import { Decrypter, Encrypter, generateX25519Identity, type Identity, identityToRecipient, type Recipient, Stanza } from 'age-encryption';
import { base64url, fromBase64url, utf8 } from '../kernel/bytes.ts';
import type { Problem } from '../kernel/problem.ts';
import { type Council, verifyCouncil } from './council.ts';
import { concat, hkdfSha256 } from './digest.ts';
import { elementBytes, engine, isElementText } from './group.ts';
import { schnorrHolds } from './schnorr.ts';
import type { Part } from './shapes.ts';
import { reasons, type Verdict } from './verdict.ts';

/** For which lot, which part of the bid and whose bid an envelope was sealed; moved anywhere else it is refused. */
export interface EnvelopeContext {
  readonly lot: string;
  readonly part: Part;
  /** unified social credit code */
  readonly bidder: string;
}

/** For which seat of a panel, which part of the evaluation, and as its which version a score sheet was sealed (protocol §17). */
export interface SheetContext {
  readonly lot: string;
  readonly part: Part;
  /** id of the seat */
  readonly member: string;
  /** from 1 */
  readonly version: number;
}
export type SealContext = EnvelopeContext | SheetContext;
/** What an envelope holds. Each kind has a stanza and a label of its own, so that one can never be opened as the other. */
export type SealedKind = 'bid' | 'sheet';

/** The council stanza of an envelope (protocol §3), as an opening transcript carries it. */
export interface CouncilSeal {
  /** R = r·B */
  readonly ephemeral: string;
  /** Schnorr signature by r over the label and the wrapped key, 64 bytes */
  readonly proof: string;
  /** the age file key under the council's key, 32 bytes */
  readonly wrappedKey: string;
}

/** What stands in clear at the head of an envelope. */
export interface EnvelopeHeader extends CouncilSeal {
  readonly council: string;
  /** bytes of the age header; the nonce and the payload follow */
  readonly length: number;
}

const stanzaNames = { bid: 'yangguang-council-v1', sheet: 'yangguang-sheet-v1' } as const satisfies Record<SealedKind, string>;
const version = utf8('age-encryption.org/v1\n');
/** A header of two stanzas has about 480 bytes; nobody needs to read further to know that there is none. */
export const longestHeader = 2048;

const refute = reasons({
  'envelope-malformed': { zh: '加密文件格式不符。', en: 'This is not a sealed envelope in the published format.' },
  'envelope-other-council': { zh: '加密文件不是用本项目的开标委员会公钥加密的。', en: 'The envelope was sealed for another council.' },
  'envelope-label-wrong': {
    zh: '加密文件不是为本标段、本部分、本投标人加密的。',
    en: 'The envelope was not sealed for this lot, this part and this bidder.',
  },
  'envelope-altered': { zh: '加密文件已损坏或被改动。', en: 'The envelope was damaged or altered after it was sealed.' },
  'envelope-does-not-unwrap': { zh: '加密文件的密钥无法解开。', en: 'The key inside the envelope does not unwrap.' },
});

/** What a decryption throws when a byte of the envelope is not as it was sealed, or the key is not its key. */
export const envelopeAltered = (): Problem => refute('envelope-altered').problem;

const kindOf = (context: SealContext): SealedKind => ('member' in context ? 'sheet' : 'bid');

/** `<lot>/<part>/<bidder>`, of a sheet `<lot>/<part>/<member>/<version>`; throws when a field holds the separator, which would let two contexts share one text. */
export function contextText(context: SealContext): string {
  const whose = 'member' in context ? [context.member, String(context.version)] : [context.bidder];
  const fields = [context.lot, context.part, ...whose];
  if (fields.some((field) => field === '' || field.includes('/')))
    throw new TypeError('an envelope context holds an empty or divided field');
  return fields.join('/');
}

const labelOf = (context: SealContext): Uint8Array => utf8(`${stanzaNames[kindOf(context)]}\0${contextText(context)}`);
const signedBy = (context: SealContext, wrappedKey: Uint8Array): Uint8Array<ArrayBuffer> =>
  concat(labelOf(context), Uint8Array.of(0), wrappedKey);

/** HKDF(S, salt = R || Y, info = label): what seals the file key; each envelope has its own, so the nonce may be zero. */
function wrappingCipher(council: Pick<Council, 'groupKey'>, context: SealContext, ephemeral: string, shared: string) {
  const salt = concat(elementBytes(ephemeral), elementBytes(council.groupKey));
  return chacha20poly1305(hkdfSha256(elementBytes(shared), salt, labelOf(context)), new Uint8Array(12));
}

/** The age recipient that is a council: wraps the file key so that t trustees together can unwrap it. */
export function councilRecipient(council: Council, context: SealContext): Recipient {
  return {
    wrapFileKey(fileKey) {
      const { secretKey, publicKey } = ristretto255_oprf.oprf.generateKeyPair();
      const ephemeral = base64url(publicKey);
      const shared = base64url(engine().multiply(secretKey, elementBytes(council.groupKey)));
      const wrapped = wrappingCipher(council, context, ephemeral, shared).encrypt(fileKey);
      const proof = ristretto255_FROST.sign(signedBy(context, wrapped), secretKey);
      secretKey.fill(0);
      return [new Stanza([stanzaNames[kindOf(context)], council.id, ephemeral, base64url(proof)], wrapped)];
    },
  };
}

/** A fresh X25519 age identity (`AGE-SECRET-KEY-1…`) and its recipient (`age1…`). */
export async function newAgeIdentity(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The recipient (`age1…`) of an X25519 identity; undefined when the text is no identity. */
export async function ageRecipientOf(identity: string): Promise<string | undefined> {
  return identityToRecipient(identity).catch(() => undefined);
}

/**
 * Seals one part of a bid, in constant memory: for the council, and for the bidder's own recipient, so that it can
 * reread its bid with the stock `age` tool. Throws the council's flaw when its keys do not belong together: whoever
 * hands out a council could otherwise hand out a key of its own. Errors of the plaintext stream pass through.
 */
export const sealStream = (plaintext: ReadableStream<Uint8Array>, options: Sealing<EnvelopeContext>): Promise<ReadableStream<Uint8Array>> =>
  sealTo(plaintext, options);
/** The same of a score sheet. */
export const sealSheetStream = (
  plaintext: ReadableStream<Uint8Array>,
  options: Sealing<SheetContext>,
): Promise<ReadableStream<Uint8Array>> => sealTo(plaintext, options);

interface Sealing<Context extends SealContext> {
  readonly council: Council;
  readonly context: Context;
  readonly ownRecipient: string;
}

async function sealTo(plaintext: ReadableStream<Uint8Array>, options: Sealing<SealContext>): Promise<ReadableStream<Uint8Array>> {
  const council = verifyCouncil(options.council);
  if (!council.ok) throw council.problem;
  const encrypter = new Encrypter();
  encrypter.addRecipient(councilRecipient(options.council, options.context));
  encrypter.addRecipient(options.ownRecipient);
  return encrypter.encrypt(plaintext);
}

/** Bytes of an envelope around a plaintext of `bytes` bytes; for the progress bar and the upload's declared length. */
export const sealedSize = (bytes: number, headerLength: number): number =>
  headerLength + 16 + bytes + 16 * Math.max(1, Math.ceil(bytes / 65_536));

/** Where the age header at the beginning of these bytes ends; undefined when none is complete within `longestHeader`. */
export function headerLength(bytes: Uint8Array): number | undefined {
  if (version.some((byte, at) => bytes[at] !== byte)) return undefined;
  const limit = Math.min(bytes.length, longestHeader);
  for (let from = version.length; from < limit; ) {
    const end = bytes.indexOf(0x0a, from) + 1;
    if (end === 0 || end > limit) return undefined;
    if (bytes[from] === 0x2d && bytes[from + 1] === 0x2d && bytes[from + 2] === 0x2d && bytes[from + 3] === 0x20) return end;
    from = end;
  }
  return undefined;
}

/** Reads the head of an envelope from its first bytes (the first 2048 suffice). Needs no key and trusts nothing. */
export async function readEnvelopeHeader(
  bytes: Uint8Array,
  kind: SealedKind = 'bid',
): Promise<Verdict<{ readonly header: EnvelopeHeader }, 'envelope-malformed'>> {
  const length = headerLength(bytes);
  const stanzas = length === undefined ? undefined : await stanzasOf(bytes.slice(0, length));
  // Exactly these two, in this order: a third reader could open the bid early, and two council stanzas could disagree.
  const [seal, own, ...more] = stanzas ?? [];
  if (length === undefined || seal === undefined || own?.args[0] !== 'X25519' || more.length > 0) return refute('envelope-malformed');
  const [name, council, ephemeral, proof, ...extra] = seal.args;
  if (name !== stanzaNames[kind] || council === undefined || ephemeral === undefined || proof === undefined || extra.length > 0) {
    return refute('envelope-malformed');
  }
  const sound = isElementText(ephemeral) && fromBase64url(proof)?.length === 64 && seal.body.length === 32;
  if (!sound) return refute('envelope-malformed');
  return { ok: true, header: { council, ephemeral, proof, wrappedKey: base64url(seal.body), length } };
}

/** The library's own strict parser, asked through an identity that matches nothing. */
async function stanzasOf(header: Uint8Array): Promise<readonly Stanza[] | undefined> {
  let seen: readonly Stanza[] | undefined;
  const onlooker: Identity = {
    unwrapFileKey(stanzas) {
      seen = stanzas;
      return null;
    },
  };
  const decrypter = new Decrypter();
  decrypter.addIdentity(onlooker);
  await decrypter.decryptHeader(header).catch(() => undefined); // it always ends so: either malformed, or "no identity matched"
  return seen;
}

/**
 * Whether this seal was made for this council, lot, part and bidder by someone who knows r. Checked at upload, while
 * there is time to mend it, and again by every custodian before it answers.
 */
export function checkLabelProof(
  header: CouncilSeal & { readonly council?: string },
  councilId: string,
  context: SealContext,
): Verdict<object, 'envelope-other-council' | 'envelope-label-wrong'> {
  if (header.council !== undefined && header.council !== councilId) return refute('envelope-other-council');
  return provesLabel(header, context) ? { ok: true } : refute('envelope-label-wrong');
}

function provesLabel(seal: CouncilSeal, context: SealContext): boolean {
  const [proof, wrapped] = [fromBase64url(seal.proof), fromBase64url(seal.wrappedKey)];
  const ephemeral = fromBase64url(seal.ephemeral);
  if (proof?.length !== 64 || wrapped?.length !== 32 || ephemeral === undefined) return false;
  return schnorrHolds(proof, signedBy(context, wrapped), ephemeral);
}

/** The age file key, from S (what the council's answers combine to). A refusal is provably the bidder's doing. */
export function unwrapFileKey(
  council: Pick<Council, 'groupKey'>,
  context: SealContext,
  seal: CouncilSeal,
  shared: string,
): Verdict<{ readonly fileKey: Uint8Array }, 'envelope-does-not-unwrap'> {
  const wrapped = fromBase64url(seal.wrappedKey);
  if (wrapped?.length !== 32) return refute('envelope-does-not-unwrap');
  try {
    return { ok: true, fileKey: wrappingCipher(council, context, seal.ephemeral, shared).decrypt(wrapped) };
  } catch {
    return refute('envelope-does-not-unwrap');
  }
}

/**
 * Decrypts an envelope with its file key, in constant memory, in plain script (about 40 MB/s); on the server
 * `decryptFile` is some twenty times faster. Rejects `envelope-altered` when the header's authentication code is wrong;
 * the stream fails at the first altered chunk.
 */
export async function decryptStream(fileKey: Uint8Array, envelope: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => fileKey });
  return decrypter.decrypt(envelope).catch(() => {
    throw envelopeAltered();
  });
}

/** The bidder rereads its own bid. Rejects when the identity is not the one it was sealed for. */
export async function rereadOwn(identity: string, envelope: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(envelope);
}

/** An age file for its author alone: under policy `bidder+council` around a finished envelope, or of a draft. */
export async function coverStream(envelope: ReadableStream<Uint8Array>, ownRecipient: string): Promise<ReadableStream<Uint8Array>> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(ownRecipient);
  return encrypter.encrypt(envelope);
}
