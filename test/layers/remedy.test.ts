import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Envelope } from '../../src/bids/schema.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { later } from '../../src/kernel/clock.ts';
import { applyRemedy } from '../../src/openings/apply-remedy.ts';
import { endRemedy } from '../../src/openings/end-remedy.ts';
import { readBid } from '../../src/openings/read-bid.ts';
import { hallOf } from '../../src/openings/reads.ts';
import type { CopyKind } from '../../src/openings/remedy.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { suspendOpenings } from '../../src/openings/suspend-openings.ts';
import { rereadOwn } from '../../src/sealing/envelope.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse } from '../support/house.ts';
import { beat, houseNow, publishedLot, submitSealed, until, uploaded } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { layeredLot, prices } from './scene.ts';

let town: Town;
beforeAll(async () => {
  town = await makeTown(await openHouse({ at: soon() }));
}, 120_000);
afterAll(() => town.house.close());

const provided = { remedyPlan: 'sealed-copy', remedyMinutes: 20 } as const;
const itemsOf = (lot: string) => town.house.em().find(OpeningItem, { lot }, { orderBy: { id: 'asc' } });
const itemOf = async (submission: string) => town.house.em().findOneOrFail(OpeningItem, { submission });
const eventsOf = async (lot: string, type: string): Promise<{ data: Record<string, unknown> }[]> =>
  (
    await town.house
      .em()
      .execute<{ body: string }[]>('select body from journal_event where lot = ? and type = ? order by at, id', [lot, type])
  ).map(({ body }) => JSON.parse(body) as { data: Record<string, unknown> });
const bidderAt = (at: number): Person => {
  const bidder = town.bidders[at];
  if (!bidder) throw new Error(`the town has no bidder ${at + 1}`);
  return bidder;
};
const verdict = async (lot: string) => verifyFile(await evidenceOfLot(town.house, lot), { key: await evidenceKey(town.house) });
const storedAt = async (submission: string): Promise<string> => {
  const { fileKey } = await town.house.em().findOneOrFail(Envelope, { submission });
  return town.house.files.localPath(fileKey ?? '');
};

/** What a bidder kept, and what befalls the platform's copy of it. */
async function damage(submission: string): Promise<Buffer> {
  const place = await storedAt(submission);
  const kept = await readFile(place);
  const bent = Buffer.from(kept);
  bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
  await writeFile(place, bent);
  return kept;
}

/** Hands in a copy as the browser does: upload, signed statement. */
async function handIn(
  lot: string,
  at: number,
  copy: { readonly bytes: Uint8Array; readonly submission: string; readonly kind?: CopyKind; readonly by?: number },
) {
  const bidder = bidderAt(at);
  const upload = await uploaded(town, bidder, lot, copy.bytes, 'whole');
  const { sha256, inner } = await town.house.em().findOneOrFail(Envelope, { submission: copy.submission });
  const now = await houseNow(town.house);
  const kind = copy.kind ?? 'sealed';
  const statement = {
    format: 'yangguang/remedy/v1',
    lot,
    part: 'whole',
    submission: copy.submission,
    bidder: bidder.actor.code,
    plan: 'sealed-copy',
    kind,
    sha256: kind === 'sealed' ? sha256 : (inner as { sha256: string }).sha256,
    at: now,
  };
  const signer = await bidderAt(copy.by ?? at).signer();
  const signature = Buffer.from(await signDetached(canonicalBytes(statement), signer, now)).toString('base64');
  return town.house.perform(applyRemedy, bidder.actor, { lot, upload, at: now, signature });
}

/** A lot under `council` with three bids, past its deadline; the stored bytes of the first are damaged. */
async function damagedLot(draft: object): Promise<{ lot: string; bids: string[]; kept: Buffer }> {
  const { house } = town;
  const { lot } = await publishedLot(town, draft);
  const bids: string[] = [];
  for (const [at, price] of prices.entries()) bids.push(await submitSealed(town, lot, bidderAt(at), { price }));
  const kept = await damage(bids[0] ?? '');
  const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
  await house.clock.to(deadline as Instant);
  await until(town, async () => {
    const items = await itemsOf(lot);
    return items.length === 3 && items.every((item) => item.state !== 'sealed' || item.copyAwaitedAt != null);
  });
  return { lot, bids, kept };
}

describe('The stored bytes of a bid are damaged', () => {
  it('without a remedy in the notice it stays out at once, through the platform', async () => {
    const { lot, bids, kept } = await damagedLot({});
    expect(await itemOf(bids[0] ?? '')).toMatchObject({ state: 'invalid', reason: 'stored-bytes-differ', attributedTo: 'platform' });
    expect(await eventsOf(lot, 'remedy.awaited')).toEqual([]);
    await expect(handIn(lot, 0, { bytes: kept, submission: bids[0] ?? '' })).rejects.toThrow(/the upload was refused: 4/);
    expect(await verdict(lot)).toMatchObject({ result: 'verified' });
  });

  it('OPEN-COPY with one it waits for its bidder’s copy, holds no other bid’s decryption, and opens as if nothing had happened', async () => {
    const { house, agent } = town;
    const { lot, bids, kept } = await damagedLot(provided);
    const [first = '', second = ''] = bids;
    expect((await itemsOf(lot)).map(({ state }) => state).sort()).toEqual(['opened', 'opened', 'sealed']);
    expect(await verdict(lot)).toMatchObject({ result: 'verified' });
    // nothing is read meanwhile: a bidder that hears the others' prices could choose not to bring its copy
    expect(await refusal(house.perform(readBid, agent.actor, { lot }))).toBe('still-sealed');
    const hall = await hallOf(house.em(), bidderAt(0).actor, lot, await houseNow(house));
    expect(hall.remedy?.lines).toMatchObject([{ submission: first, name: bidderAt(0).actor.organisationName, state: 'waits' }]);
    expect(hall.remedy?.own).toMatchObject({ submission: first, because: 'bytes' });
    expect((await hallOf(house.em(), bidderAt(1).actor, lot, await houseNow(house))).remedy?.own).toBeNull();

    // wrong bytes, another bidder's signature, another bidder: each refused, and nothing changes
    const wrong = Buffer.from(kept);
    wrong[100] = (wrong[100] ?? 0) ^ 1;
    expect(await refusal(handIn(lot, 0, { bytes: wrong, submission: first }))).toBe('copy-differs');
    expect(await refusal(handIn(lot, 0, { bytes: kept, submission: first, by: 1 }))).toBe('not-your-certificate');
    await expect(handIn(lot, 1, { bytes: await readFile(await storedAt(second)), submission: second })).rejects.toThrow(
      /the upload was refused: 4/,
    );
    expect(await eventsOf(lot, 'remedy.applied')).toEqual([]);
    expect(await itemOf(first)).toMatchObject({ state: 'sealed', copyKey: null });

    const [asked] = await eventsOf(lot, 'remedy.awaited');
    await house.clock.to(later(asked?.data.until as Instant, -2_000));
    await handIn(lot, 0, { bytes: kept, submission: first });
    await expect(handIn(lot, 0, { bytes: kept, submission: first })).rejects.toThrow(/the upload was refused: 4/);
    await until(town, async () => (await itemOf(first)).state !== 'sealed');
    expect(await itemOf(first)).toMatchObject({ state: 'opened', reason: null });
    const [applied] = await eventsOf(lot, 'remedy.applied');
    expect(applied?.data).toMatchObject({
      plan: 'sealed-copy',
      kind: 'sealed',
      submission: first,
      name: bidderAt(0).actor.organisationName,
    });
    await house.perform(readBid, agent.actor, { lot });
    const after = await hallOf(house.em(), agent.actor, lot, await houseNow(house));
    expect(after.record.map(({ type }) => type)).toEqual(expect.arrayContaining(['remedy.awaited', 'remedy.applied']));
    expect(await verdict(lot)).toMatchObject({ result: 'verified' });
  }, 120_000);

  it('OPEN-COPY takes no copy at the limit, which every standstill lengthens; then the bid stays out as without a remedy', async () => {
    const { house, centre } = town;
    const { lot, bids, kept } = await damagedLot(provided);
    const [first = ''] = bids;
    const item = await itemOf(first);
    const [asked] = await eventsOf(lot, 'remedy.awaited');
    const limit = asked?.data.until as Instant;
    expect(await refusal(house.perform(endRemedy, theSystem, { lot, item: item.id }))).toBe('copy-still-awaited');
    const upload = await uploaded(town, bidderAt(0), lot, kept, 'whole');
    const now = await houseNow(house);
    const reopensAt = later(now, 5 * 60_000);
    await house.perform(suspendOpenings, centre.actor, { reason: '机房断电，全部开标暂停', reopensAt });
    const longer = later(limit, 5 * 60_000);
    await house.clock.to(limit);
    await beat(house);
    expect(await itemOf(first)).toMatchObject({ state: 'sealed' });
    await house.clock.to(longer);
    expect(await refusal(house.perform(applyRemedy, bidderAt(0).actor, { lot, upload, at: now, signature: 'AAAA' }))).toBe('copy-too-late');
    await until(town, async () => (await itemOf(first)).state !== 'sealed');
    expect(await itemOf(first)).toMatchObject({ state: 'invalid', reason: 'stored-bytes-differ', attributedTo: 'platform' });
    expect(await verdict(lot)).toMatchObject({ result: 'verified' });
  }, 120_000);
});

describe('A bidder has lost the key of its own layer', () => {
  it('hands in the envelope under it, which it signed for; nothing else serves', async () => {
    const { house } = town;
    const scene = await layeredLot(town, prices, undefined, provided);
    const [first = ''] = scene.bids;
    const outer = await readFile(await storedAt(first));
    const inner = new Uint8Array(
      await new Response((await rereadOwn(scene.identities[0] ?? '', new Blob([outer]).stream())) as BodyInit).arrayBuffer(),
    );
    for (const at of [1, 2]) await scene.remove(at);
    expect(await refusal(handIn(scene.lot, 0, { bytes: outer, submission: first }))).toBe('copy-still-covered');
    const bent = Uint8Array.from(inner);
    bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
    expect(await refusal(handIn(scene.lot, 0, { bytes: bent, submission: first, kind: 'inner' }))).toBe('copy-differs');
    expect((await hallOf(house.em(), bidderAt(0).actor, scene.lot, await houseNow(house))).remedy?.own).toMatchObject({ because: 'layer' });
    await handIn(scene.lot, 0, { bytes: inner, submission: first, kind: 'inner' });
    expect(await refusal(scene.remove(0))).toBe('layer-removed-already');
    await until(town, async () => (await itemsOf(scene.lot)).every(({ state }) => state !== 'sealed'));
    const items = await itemsOf(scene.lot);
    expect(items.map(({ state }) => state)).toEqual(['opened', 'opened', 'opened']);
    expect(items.filter(({ copyKind }) => copyKind === 'inner').map(({ submission }) => submission)).toEqual([first]);
    expect(await verdict(scene.lot)).toMatchObject({ result: 'verified' });
  }, 120_000);

  it('and where the stored file is damaged besides, either copy opens it', async () => {
    const scene = await layeredLot(town, prices, undefined, provided);
    const [first = ''] = scene.bids;
    const outer = await damage(first);
    for (const at of [0, 1, 2]) await scene.remove(at);
    await until(town, async () => (await itemsOf(scene.lot)).every((item) => item.state !== 'sealed' || item.copyAwaitedAt != null));
    await handIn(scene.lot, 0, { bytes: outer, submission: first });
    await until(town, async () => (await itemOf(first)).state !== 'sealed');
    expect(await itemOf(first)).toMatchObject({ state: 'opened', copyKind: 'sealed' });
    expect(await verdict(scene.lot)).toMatchObject({ result: 'verified' });
  }, 120_000);
});
