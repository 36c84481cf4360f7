import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Envelope } from '../../src/bids/schema.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { base64url, canonicalBytes } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { applyRemedy } from '../../src/openings/apply-remedy.ts';
import { openingTranscriptsOf } from '../../src/openings/reads.ts';
import { CouncilTask, OpeningItem } from '../../src/openings/schema.ts';
import type { OpeningRecord } from '../../src/papers/opening-record.ts';
import { PaperRow } from '../../src/papers/schema.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { rereadOwn } from '../../src/sealing/envelope.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse } from '../support/house.ts';
import { houseNow, sessionClosed, until, uploaded } from '../support/opened-lot.ts';
import { makeTown, soon, type Town } from '../support/town.ts';
import { type LayeredLot, layeredLot } from './scene.ts';

/** Twenty bidders under their own layers: sixteen remove theirs, one hands in the copy it kept, three stay away. Nobody holds anybody up. */

const away = [4, 11, 19];
const lostKey = 7;
let town: Town;
let scene: LayeredLot;
beforeAll(async () => {
  town = await makeTown(await openHouse({ at: soon() }), { bidders: 20 });
  const prices = Array.from({ length: 20 }, (_, at) => `${17_000_000 + at * 10_000}.00`);
  scene = await layeredLot(town, prices, undefined, { remedyPlan: 'sealed-copy' });
}, 180_000);
afterAll(() => town?.house.close());

async function handInInner(at: number): Promise<void> {
  const { house } = town;
  const [bidder, submission] = [town.bidders[at], scene.bids[at] ?? ''];
  if (!bidder) throw new Error('twenty bidders');
  const { fileKey, inner } = await house.em().findOneOrFail(Envelope, { submission });
  const outer = await readFile(await house.files.localPath(fileKey ?? ''));
  const within = await rereadOwn(scene.identities[at] ?? '', new Blob([outer]).stream());
  const bytes = new Uint8Array(await new Response(within as BodyInit).arrayBuffer());
  const upload = await uploaded(town, bidder, scene.lot, bytes, 'whole');
  const now = await houseNow(house);
  const { sha256: digest } = inner as { sha256: string };
  const head = { format: 'yangguang/remedy/v1', lot: scene.lot, part: 'whole', submission, bidder: bidder.actor.code };
  const statement = { ...head, plan: 'sealed-copy', kind: 'inner', sha256: digest, at: now };
  const signature = Buffer.from(await signDetached(canonicalBytes(statement), await bidder.signer(), now)).toString('base64');
  await house.perform(applyRemedy, bidder.actor, { lot: scene.lot, upload, at: now, signature });
}

describe('twenty bidders, three of whom stay away', () => {
  it('opens seventeen at the limit, and lays three to their bidders’ charge', async () => {
    const { house } = town;
    for (const at of scene.bids.keys()) {
      if (at === lostKey) await handInInner(at);
      else if (!away.includes(at)) await scene.remove(at);
    }
    const limit = (await scene.limit()) as Instant;
    await house.clock.to(later(limit, -1000));
    expect(await house.em().count(CouncilTask, { lot: scene.lot, kind: 'opening' })).toBe(0);
    await house.clock.to(limit);
    await until(town, async () => (await house.em().count(OpeningItem, { lot: scene.lot, state: 'sealed' })) === 0);
    const items = await house.em().find(OpeningItem, { lot: scene.lot });
    const out = items.filter(({ state }) => state !== 'opened');
    expect(out.map(({ submission }) => submission).sort()).toEqual(away.map((at) => scene.bids[at] ?? '').sort());
    expect(out.every(({ attributedTo, reason }) => attributedTo === 'bidder' && reason === 'layer-not-removed')).toBe(true);
    const task = await house.em().findOneOrFail(CouncilTask, { lot: scene.lot, kind: 'opening' });
    expect((task.question as { items: unknown[] }).items).toHaveLength(17);
    expect(await verifyFile(await evidenceOfLot(house, scene.lot), { key: await evidenceKey(house) })).toMatchObject({
      result: 'verified',
    });
  }, 120_000);

  it('puts all of it into the record on paper: what was read, who is out and why, whose copy it was, and the transcript of those who were opened', async () => {
    const { house } = town;
    await sessionClosed(town, scene.lot);
    const paper = () => house.em().findOne(PaperRow, { lot: scene.lot, kind: 'opening-record' });
    await until(town, async () => (await paper()) !== null);
    const record = (await paper())?.data as OpeningRecord;
    expect([record.bids.length, record.invalid.length, record.remedies?.length]).toEqual([17, 3, 1]);
    expect(record.remedies?.[0]).toMatchObject({ bidder: { code: town.bidders[lostKey]?.actor.code }, askedAt: null });
    const [transcript] = await openingTranscriptsOf(house.em(), scene.lot, 'public');
    expect(transcript?.items).toHaveLength(17);
    expect(record.transcript).toBe(base64url(sha256(canonicalBytes(transcript))));
  }, 120_000);
});
