import { createDecipheriv, randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import sodium from 'libsodium-wrappers-sumo';
import { combine, evaluate, verifyShare } from '../../src/sealing/council.ts';
import { decryptFile, readHeaderOfFile } from '../../src/sealing/decrypt-node.ts';
import { checkLabelProof, unwrapFileKey } from '../../src/sealing/envelope.ts';
import { useNative } from '../../src/sealing/native-node.ts';
import { checkPackageApart } from '../../src/sealing/package-pool-node.ts';
import { type Comparison, rate } from './measure.ts';
import { context, council, sealer, secretShares } from './sealed.ts';

const megabytes = 100;

/** One large envelope, decrypted as the server does it, against the raw cipher over bytes in memory; and five hundred small ones, end to end. */
export async function openings(folder: string): Promise<Comparison[]> {
  await useNative();
  const home = join(folder, 'openings');
  mkdirSync(home, { recursive: true });
  return [await largeEnvelope(home), await manyEnvelopes(home)];
}

type Sealer = Awaited<ReturnType<typeof sealer>>;
type Head = Extract<Awaited<ReturnType<typeof readHeaderOfFile>>, { ok: true }>['header'];

async function headOf(path: string): Promise<Head> {
  const read = await readHeaderOfFile(path);
  if (!read.ok) throw read.problem;
  return read.header;
}

function sharedPoints(heads: readonly Head[]): readonly string[] {
  const points = heads.map((head) => head.ephemeral);
  const shares = secretShares.slice(0, council.threshold).map((secret) => {
    // a custodian checks for itself for whom each envelope was sealed, then answers
    if (!heads.every((head) => checkLabelProof(head, council.id, context).ok)) throw new Error('a label proof does not hold');
    return evaluate(secret, points, council);
  });
  for (const share of shares) if (!verifyShare(council, points, share).ok) throw new Error('a share does not hold');
  const combined = combine(council, points, shares, shares.at(-1));
  if (!combined.ok) throw combined.problem;
  return combined.shared;
}

function fileKeyOf(head: Head, shared: string): Uint8Array {
  const key = unwrapFileKey(council, context, head, shared);
  if (!key.ok) throw key.problem;
  return key.fileKey;
}

async function largeEnvelope(home: string): Promise<Comparison> {
  const path = join(home, 'large.age');
  writeFileSync(path, await (await sealer()).seal(megabytes * 1024 * 1024));
  const head = await headOf(path);
  const fileKey = fileKeyOf(head, sharedPoints([head])[0] ?? '');
  const ours = await rate(async () => {
    let bytes = 0;
    for await (const piece of decryptFile(path, fileKey) as unknown as AsyncIterable<Uint8Array>) bytes += piece.length;
    if (bytes < megabytes * 1024 * 1024) throw new Error('the envelope is shorter than its file');
  });
  const plain = randomBytes(megabytes * 1024 * 1024);
  const [key, nonce] = [randomBytes(32), randomBytes(12)];
  const bareRate = await rate(async () => {
    const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
    for (let from = 0; from < plain.length; from += 65_536) cipher.update(plain.subarray(from, from + 65_536));
  });
  return { what: `${megabytes} MB envelope decrypted from disk`, ours, bare: 'ChaCha20-Poly1305 in memory', bareRate, limit: 0.35 };
}

const many = 500;

/** From sealed files to checked bids: what two custodians and the platform compute together. The custodians' halves run one after the other here. */
async function manyEnvelopes(home: string): Promise<Comparison> {
  const { trust, seal } = await sealer();
  const paths = await sealedFiles(home, seal);
  const ours = await rate(
    async () => {
      const heads = await Promise.all(paths.map(headOf));
      const shared = sharedPoints(heads);
      const left = [...paths.keys()];
      const hand = async (): Promise<void> => {
        for (let at = left.shift(); at !== undefined; at = left.shift()) {
          const [path, head] = [paths[at] ?? '', heads[at]];
          if (head === undefined) throw new Error('no head');
          const plain = decryptFile(path, fileKeyOf(head, shared[at] ?? '')) as unknown as NodeStream<Uint8Array>;
          await pipeline(Readable.fromWeb(plain), createWriteStream(`${path}.asice`));
          const checked = await checkPackageApart(`${path}.asice`, context, trust);
          if (!checked.ok) throw new Error(checked.reason);
        }
      };
      await Promise.all(Array.from({ length: 8 }, hand));
    },
    { seconds: 6 },
  );
  const bareRate = await rate(async () => bareGroup());
  return {
    what: `envelopes opened by 2 of 3, ${many} together`,
    ours: ours * many,
    bare: 'their group operations alone',
    bareRate: bareRate * many,
    limit: 0.08,
  };
}

async function sealedFiles(home: string, seal: Sealer['seal']): Promise<string[]> {
  const paths: string[] = [];
  for (let n = 0; n < many; n += 1) {
    const path = join(home, `${n}.age`);
    writeFileSync(path, await seal(200));
    paths.push(path);
  }
  return paths;
}

/** For each envelope and trustee: a label checked, a point answered, and its share in the proof made and checked; then both answers combined. */
function bareGroup(): void {
  const scalar = sodium.crypto_core_ristretto255_scalar_random();
  const point = sodium.crypto_scalarmult_ristretto255_base(scalar);
  for (let n = 0; n < many * 2; n += 1)
    for (let multiplication = 0; multiplication < 6; multiplication += 1) sodium.crypto_scalarmult_ristretto255(scalar, point);
}
