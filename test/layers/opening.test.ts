import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyFile } from '../../src/evidence/file.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { later } from '../../src/kernel/clock.ts';
import { closeLayers } from '../../src/openings/close-layers.ts';
import { hallOf } from '../../src/openings/reads.ts';
import { removeLayer } from '../../src/openings/remove-layer.ts';
import { ruleAttribution } from '../../src/openings/rule-attribution.ts';
import { CouncilTask, OpeningItem } from '../../src/openings/schema.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse } from '../support/house.ts';
import { beat, houseNow, phaseOf, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, soon, type Town } from '../support/town.ts';
import { type LayeredLot, layeredLot } from './scene.ts';

let town: Town;
beforeAll(async () => {
  town = await makeTown(await openHouse({ at: soon() }));
}, 120_000);
afterAll(() => town.house.close());

const itemsOf = (lot: string) => town.house.em().find(OpeningItem, { lot }, { orderBy: { id: 'asc' } });
const tasksOf = (lot: string) => town.house.em().count(CouncilTask, { lot, kind: 'opening' });
/** What the acts have written, numbered by the sequencer or not yet. */
const typesOf = async (lot: string): Promise<string[]> =>
  (await town.house.em().execute<{ type: string }[]>('select type from journal_event where lot = ?', [lot])).map(({ type }) => type);
const opened = (lot: string) => async () =>
  (await itemsOf(lot)).every(({ state }) => state !== 'sealed') || (await phaseOf(town.house, lot)) === 'failed';

describe('bidders remove their layers', () => {
  let scene: LayeredLot;
  beforeAll(async () => {
    scene = await layeredLot(town);
  }, 120_000);

  it('asks the council nothing while a layer is on, and refuses a wrong key at once', async () => {
    const { house, bidders } = town;
    const [first] = bidders;
    if (!first) throw new Error('no bidder');
    await beat(house);
    expect(await tasksOf(scene.lot)).toBe(0);
    expect(await refusal(house.perform(closeLayers, theSystem, { lot: scene.lot }))).toBe('layers-awaited');
    expect(await scene.key(0, (await newAgeIdentity()).identity)).toBeUndefined();
    const others = await scene.key(1);
    expect(await refusal(house.perform(removeLayer, first.actor, { lot: scene.lot, key: others }))).toBe('layer-key-wrong');
    expect((await typesOf(scene.lot)).filter((type) => type === 'layer.removed')).toEqual([]);
    const hall = await hallOf(house.em(), first.actor, scene.lot, await houseNow(house));
    expect(hall.layers?.own?.submission).toBe(scene.bids[0]);
    expect(hall.layers?.lines.map(({ state }) => state)).toEqual(['waits', 'waits', 'waits']);
  });

  it('refuses a bidder that is not on the list, and one that comes twice', async () => {
    const { house, bidders } = town;
    const stranger = bidders[3];
    if (!stranger) throw new Error('no fourth bidder');
    expect(await refusal(house.perform(removeLayer, stranger.actor, { lot: scene.lot, key: await scene.key(0) }))).toBe(
      'not-on-the-closing-list',
    );
    await scene.remove(0);
    expect(await refusal(scene.remove(0))).toBe('layer-removed-already');
  });

  it('OPEN-LAYER takes a removal until the last millisecond, and none at the limit; the council is asked once, for those who removed theirs', async () => {
    const { house } = town;
    const limit = (await scene.limit()) as Instant;
    await scene.remove(1);
    await house.clock.to(limit);
    expect(await refusal(scene.remove(2))).toBe('layers-over');
    await until(town, opened(scene.lot));
    const items = await itemsOf(scene.lot);
    const outcomes = scene.bids.map((bid) => items.find(({ submission }) => submission === bid));
    expect(outcomes.map((item) => [item?.state, item?.reason ?? null, item?.attributedTo ?? null])).toEqual([
      ['opened', null, null],
      ['opened', null, null],
      ['invalid', 'layer-not-removed', 'bidder'],
    ]);
    expect(await tasksOf(scene.lot)).toBe(1);
    const task = await house.em().findOneOrFail(CouncilTask, { lot: scene.lot, kind: 'opening' });
    const { items: asked } = task.question as { items: { submission: string }[] };
    expect(asked.map(({ submission }) => submission).sort()).toEqual([...scene.bids.slice(0, 2)].sort());
    expect(await refusal(house.perform(closeLayers, theSystem, { lot: scene.lot }))).toBe('layers-over');
    const types = await typesOf(scene.lot);
    expect(types.filter((type) => type === 'layers.closed')).toHaveLength(1);
    expect(types).toContain('bid.revoked');
    // the others are read, two of them: three had been submitted
    expect(await phaseOf(house, scene.lot)).toBe('opening');
    expect(await verifyFile(await evidenceOfLot(house, scene.lot), { key: await evidenceKey(house) })).toMatchObject({
      result: 'verified',
    });
  });
});

describe('when nobody decrypts', () => {
  it('fails the tender, attributes nothing by itself, and takes a ruling once', async () => {
    const { house, bidders, regulator } = town;
    const scene = await layeredLot(town);
    await house.clock.to((await scene.limit()) as Instant);
    await until(town, async () => (await phaseOf(house, scene.lot)) === 'failed');
    expect((await house.em().findOneOrFail(Lot, { id: scene.lot })).failedFor).toBe('none-decrypted');
    expect(await tasksOf(scene.lot)).toBe(0);
    const types = await typesOf(scene.lot);
    expect(types.filter((type) => type === 'attribution.asked')).toHaveLength(3);
    expect(types).not.toContain('bid.revoked');
    const ruling = { lot: scene.lot, submission: scene.bids[0], attributedTo: 'platform', ground: '平台网络中断，经核实' };
    const [first] = bidders;
    if (!first) throw new Error('no bidder');
    expect(await refusal(house.perform(ruleAttribution, first.actor, ruling))).toBe('not-permitted');
    await house.perform(ruleAttribution, regulator.actor, ruling);
    expect(await refusal(house.perform(ruleAttribution, regulator.actor, ruling))).toBe('no-ruling-asked');
    expect((await itemsOf(scene.lot)).find(({ submission }) => submission === scene.bids[0])).toMatchObject({
      state: 'invalid',
      attributedTo: 'platform',
    });
    const after = (await typesOf(scene.lot)).filter((type) => type === 'attribution.ruled' || type.startsWith('bid.withdrawn'));
    expect(after.sort()).toEqual(['attribution.ruled', 'bid.withdrawn-by-platform']);
  }, 120_000);
});

describe('all have decrypted', () => {
  it('goes on at once, without waiting for the limit', async () => {
    const { house } = town;
    const scene = await layeredLot(town);
    for (const at of [0, 1, 2]) await scene.remove(at);
    await until(town, opened(scene.lot));
    expect((await itemsOf(scene.lot)).map(({ state }) => state)).toEqual(['opened', 'opened', 'opened']);
    expect((await houseNow(house)) < later((await scene.limit()) as Instant, -60_000)).toBe(true);
    // what everybody can download of it says so too, offline
    const verdict = await verifyFile(await evidenceOfLot(house, scene.lot), { key: await evidenceKey(house) });
    expect(verdict).toMatchObject({ result: 'verified' });
  }, 120_000);
});

describe('Attack: another envelope under the layer than the one that was signed', () => {
  it('is its bidder’s own doing, found when the layer is off; the others open', async () => {
    const scene = await layeredLot(town, undefined, (seal) => ({ ...seal, sha256: 'A'.repeat(43) }));
    for (const at of [0, 1, 2]) await scene.remove(at);
    await until(town, opened(scene.lot));
    const items = await itemsOf(scene.lot);
    const last = items.find(({ submission }) => submission === scene.bids[2]);
    expect(last).toMatchObject({ state: 'invalid', reason: 'layer-holds-another', attributedTo: 'bidder' });
    expect(items.filter(({ state }) => state === 'opened')).toHaveLength(2);
    const { house } = town;
    expect(await verifyFile(await evidenceOfLot(house, scene.lot), { key: await evidenceKey(house) })).toMatchObject({
      result: 'verified',
    });
  }, 120_000);
});
