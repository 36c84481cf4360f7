import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { evaluate } from '../../src/sealing/council.ts';
import { decryptFile, readHeaderOfFile } from '../../src/sealing/decrypt-node.ts';
import { combine, holdCeremony, newAgeIdentity, packBid, sealStream, unwrapFileKey, verifyPackage } from '../../src/sealing/index.ts';
import { fileSource } from '../../src/sealing/package-node.ts';
import { now, testAuthority } from './pki.ts';

/**
 * Carries one large bid all the way in a process of its own: packed, sealed, opened, verified. Prints how long each step
 * took and the most memory the process ever held, for large-bid.test.ts.
 */
const megabytes = Number(process.argv[2] ?? 200);
const folder = await mkdtemp(join(tmpdir(), 'yangguang-large-'));
const path = (name: string): string => join(folder, name);
const took: Record<string, number> = {};
async function timed<Result>(step: string, act: () => Promise<Result>): Promise<Result> {
  const from = performance.now();
  const result = await act();
  took[step] = Math.round(performance.now() - from);
  return result;
}
// Looked at here and not asked of the system at the end: what Linux calls a process's maximum counts in what its parent held when it forked.
let most = 0;
const watching = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 10);
// Node's stream types and the DOM's describe one thing with two names.
const toDisk = (stream: ReadableStream<Uint8Array>, name: string): Promise<void> =>
  pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(path(name)));

try {
  const context = { lot: '01a20305-5a3e-7724-8fb5-8cf50217a446', part: 'whole', bidder: '91420500NNPE6AC207' } as const;
  const { council, shares } = holdCeremony('01a20305-5a3d-7db1-8bc6-f70ef0abc648', '委员会', ['中心', '监管', '公证'], 2);
  const authority = await testAuthority();
  const { signer } = await authority.certify({ commonName: '大文件公司', code: context.bidder });
  const own = await newAgeIdentity();

  const piece = crypto.getRandomValues(new Uint8Array(65_536));
  function* pieces() {
    for (let at = 0; at < megabytes * 16; at++) yield piece;
  }
  await timed('made', () => pipeline(Readable.from(pieces()), createWriteStream(path('drawing.pdf'))));
  const drawing = { name: 'drawing.pdf', size: megabytes * 1024 * 1024, content: await openAsBlob(path('drawing.pdf')) };
  await timed('sealed', async () => {
    const packed = packBid({ bid: { format: 'yangguang/bid/v1', ...context }, files: [drawing], signer, at: now });
    await toDisk(await sealStream(packed, { council, context, ownRecipient: own.recipient }), 'bid.age');
  });
  const head = await readHeaderOfFile(path('bid.age'));
  if (!head.ok) throw head.problem;
  const { header } = head;
  const opened = combine(
    council,
    [header.ephemeral],
    shares.slice(1).map((share) => evaluate(share, [header.ephemeral], council)),
  );
  if (!opened.ok) throw opened.problem;
  const key = unwrapFileKey(council, context, header, opened.shared[0] ?? '');
  if (!key.ok) throw key.problem;
  await timed('opened', () => toDisk(decryptFile(path('bid.age'), key.fileKey), 'bid.asice'));
  const source = await fileSource(path('bid.asice'));
  const verdict = await timed('verified', () => verifyPackage(source, context, { anchors: [authority.root.certificate], at: now }));
  await source.close();
  if (!verdict.ok) throw verdict.problem;
  console.log(JSON.stringify({ took, files: verdict.files, mostMemoryMegabytes: Math.round(most / 1024 / 1024) }));
} finally {
  clearInterval(watching);
  await rm(folder, { recursive: true });
}
