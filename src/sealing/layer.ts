import { Decrypter } from 'age-encryption';
import { base64url, fromBase64url, utf8 } from '../kernel/bytes.ts';
import { hkdfSha256, hmacSha256, runningSha256, sameBytes } from './digest.ts';
import { coverStream, headerLength, longestHeader, readEnvelopeHeader, sealStream } from './envelope.ts';
import type { InnerSeal } from './statement.ts';

/**
 * The bidder's own layer of the policy `bidder+council` (protocol §3): an age file with one X25519 stanza, the bidder's, whose only content is a finished
 * envelope. It is removed by giving up its file key, 16 bytes: its head, which the bidder signed, bears an authentication code under that key, so
 * that anybody sees at once, without the file, whether a key is the one.
 */

/** What the bidder signs about the envelope inside, known once the whole was sealed; `head` is its council stanza for the platform's check. */
export interface Covered {
  readonly envelope: ReadableStream<Uint8Array>;
  /** after the stream has ended */
  inner(): Promise<{ readonly seal: InnerSeal; readonly head: CouncilHead }>;
}
export interface CouncilHead {
  readonly council: string;
  readonly ephemeral: string;
  readonly proof: string;
  readonly wrappedKey: string;
}

/** Keeps the first bytes of a stream and the digest of all of them, while they flow on. */
function watch(): { readonly through: TransformStream<Uint8Array, Uint8Array>; head(): Uint8Array; sha256(): string; bytes(): number } {
  const running = runningSha256();
  let bytes = 0;
  let head = new Uint8Array(0);
  const through = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      running.update(chunk);
      bytes += chunk.length;
      if (head.length < longestHeader) {
        const longer = new Uint8Array(Math.min(longestHeader, head.length + chunk.length));
        longer.set(head);
        longer.set(chunk.subarray(0, longer.length - head.length), head.length);
        head = longer;
      }
      controller.enqueue(chunk);
    },
  });
  return { through, head: () => head, sha256: () => base64url(running.digest()), bytes: () => bytes };
}

/** Seals for the council and puts the bidder's own layer around it, in constant memory. */
export async function sealCovered(plaintext: ReadableStream<Uint8Array>, options: Parameters<typeof sealStream>[1]): Promise<Covered> {
  const [within, without] = [watch(), watch()];
  const sealed = await sealStream(plaintext, options);
  const covered = await coverStream(sealed.pipeThrough(within.through), options.ownRecipient);
  return {
    envelope: covered.pipeThrough(without.through),
    async inner() {
      const read = await readEnvelopeHeader(within.head());
      const cover = coverOf(without.head());
      if (!read.ok || cover === undefined) throw new Error('a layer was sealed that cannot be read');
      const { council, ephemeral, proof, wrappedKey } = read.header;
      const seal = { sha256: within.sha256(), bytes: within.bytes(), ephemeral, proof, cover: base64url(cover) };
      return { seal, head: { council, ephemeral, proof, wrappedKey } };
    },
  };
}

/** The head of a bidder's layer, from the first bytes of a file; undefined where they are no age file with exactly one X25519 stanza. */
export function coverOf(bytes: Uint8Array): Uint8Array | undefined {
  const length = headerLength(bytes);
  if (length === undefined) return undefined;
  const lines = new TextDecoder().decode(bytes.subarray(0, length)).split('\n');
  // version, stanza, its body of 32 bytes (one line), authentication code, nothing: a second reader would make the layer another's too
  const [, stanza, body, code, end] = lines;
  const sound = lines.length === 5 && stanza?.startsWith('-> X25519 ') === true && body?.length === 43 && code?.startsWith('--- ') === true;
  return sound && end === '' ? bytes.slice(0, length) : undefined;
}

const mark = utf8('---');

/** Whether this file key (base64url, 16 bytes) is that of the layer with this head: age's own authentication code, HMAC-SHA256 under HKDF(key, "header"). */
export function opensCover(cover: string, key: string): boolean {
  const [head, fileKey] = [fromBase64url(cover), fromBase64url(key)];
  if (head === undefined || fileKey?.length !== 16 || coverOf(head) === undefined) return false;
  const text = new TextDecoder().decode(head);
  const at = text.lastIndexOf('\n--- ') + 1;
  const stated = ageBytes(text.slice(at + mark.length + 1, -1));
  const code = hmacSha256(hkdfSha256(fileKey, new Uint8Array(0), utf8('header')), head.subarray(0, at + mark.length));
  return stated !== undefined && stated.length === code.length && sameBytes(stated, code);
}

/** Standard base64 without padding, as age writes it. */
const ageBytes = (text: string): Uint8Array | undefined => fromBase64url(text.replaceAll('+', '-').replaceAll('/', '_'));

/** The file key of an own layer, by the bidder's identity; undefined when the layer was made for another one. */
export async function coverKey(identity: string, cover: string): Promise<string | undefined> {
  const head = fromBase64url(cover);
  if (head === undefined) return undefined;
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
    return base64url(await decrypter.decryptHeader(new Uint8Array(head)));
  } catch {
    return undefined;
  }
}
