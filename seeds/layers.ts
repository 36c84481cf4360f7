import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64, canonicalBytes } from '../src/kernel/bytes.ts';
import type { Instant } from '../src/kernel/clock.ts';
import { remedyStatementShape } from '../src/openings/remedy.ts';
import { coverKey } from '../src/sealing/layer.ts';
import { signDetached } from '../src/sealing/signature.ts';
import { type Kept, platformNow, type Receipted } from './bidding.ts';
import { until } from './client.ts';
import { moveClock, type OpenTender, type Walk } from './tender.ts';

interface Layers {
  readonly open: boolean;
  readonly until: Instant;
  readonly lines: readonly { readonly submission: string; readonly state: string }[];
}

/**
 * The bidders' part of an opening under `bidder+council`, through the public API: the first has lost its key and hands in the inner copy it kept, the others remove
 * their layers, one stays away until the limit is over.
 */
export async function removeLayers(walk: Walk, tender: OpenTender, receipts: ReadonlyMap<string, Receipted>): Promise<void> {
  const { cast, plan, tell } = walk;
  const layers = (): Promise<Layers> => cast.public.get<Layers>(`/lots/${tender.lot}/layers`);
  const { until: limit } = await until('the bidders’ time', () => layers().catch(() => null));
  const present = [...receipts].filter(([login]) => login !== plan.layers?.absent);
  for (const [at, [, receipted]] of present.entries()) {
    if (!receipted.kept) throw new Error('a bid was sealed without its layer');
    if (at === 0) await handInInner(tender, receipted.submission, receipted.kept);
    else await removeOne(tender, receipted.kept);
    tell(`投标人解密 ${at + 1}/${receipts.size} ${at === 0 ? 'inner copy handed in for a lost key' : 'layer removed'}`);
  }
  await moveClock(cast, limit);
  await until('the end of the bidders’ time', async () => !(await layers()).open);
}

async function removeOne(tender: OpenTender, { bidder, identity, cover }: Kept): Promise<void> {
  const key = await coverKey(identity, cover);
  if (key === undefined) throw new Error('an own layer does not open');
  await bidder.act(`/lots/${tender.lot}/layer`, { key });
}

async function handInInner(tender: OpenTender, submission: string, { bidder, signer, inner }: Kept): Promise<void> {
  const { remedy } = await bidder.get<{ remedy: { own: { bidder: string; inner: string } | null } | null }>(`/lots/${tender.lot}/hall`);
  const own = remedy?.own;
  if (!own) throw new Error('no copy is awaited');
  const folder = await mkdtemp(join(tmpdir(), 'yangguang-copy-'));
  try {
    const file = join(folder, 'inner.age');
    await writeFile(file, inner);
    const upload = await bidder.upload(file, inner.length, { lot: tender.lot, part: 'whole' });
    const at = await platformNow(bidder);
    const statement = remedyStatementShape.parse({
      format: 'yangguang/remedy/v1',
      lot: tender.lot,
      part: 'whole',
      submission,
      bidder: own.bidder,
      plan: 'sealed-copy',
      kind: 'inner',
      sha256: own.inner,
      at,
    });
    const signature = base64(await signDetached(canonicalBytes(statement), signer, at));
    await bidder.act(`/lots/${tender.lot}/remedies`, { upload, at, signature });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
