import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { callFigures, type PastCall } from '../../src/experts/statistics.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot, phaseOf, until } from '../support/opened-lot.ts';
import { makeTown, soon, type Town } from '../support/town.ts';

const call = (expert: string, state = 'accepted', ground: string | null = null, employer = `of ${expert}`): PastCall => ({
  expert,
  employer,
  state,
  ground,
});

describe('past draws in numbers', () => {
  it('counts calls, answers and grounds; silence is a ground', () => {
    const figures = callFigures([
      call('a'),
      call('b', 'declined', 'busy'),
      call('c', 'declined', 'no-answer'),
      call('d', 'declined', 'busy'),
      call('e', 'void'),
    ]);
    expect([figures.calls, figures.accepted, figures.declined]).toEqual([5, 1, 3]);
    expect(figures.grounds.map(({ says, count }) => [says.zh, count])).toEqual([
      ['时间冲突', 2],
      ['逾期未答复', 1],
    ]);
  });
  it('the tenth called most: of nine experts one, of twenty two', () => {
    const once = (count: number) => Array.from({ length: count }, (_, at) => call(`x${String(at).padStart(2, '0')}`));
    expect(callFigures([...once(9), call('x03')]).most).toEqual({ experts: 1, share: '20.0' });
    expect(callFigures([...once(20), call('x03'), call('x07'), call('x07')]).most).toEqual({ experts: 2, share: '21.7' });
    expect(callFigures([]).most).toBeNull();
  });
  it('people of one employer are counted together', () => {
    const { employers, experts } = callFigures([
      call('a', 'accepted', null, 'one'),
      call('b', 'declined', 'ill', 'one'),
      call('c', 'accepted', null, 'two'),
    ]);
    expect(employers[0]).toEqual({ of: 'one', calls: 2, accepted: 1, declined: 1 });
    expect(experts).toHaveLength(3);
  });
});

describe('the page', () => {
  let house: TestHouse;
  let town: Town;
  let lot: string;
  let bids: readonly string[];
  const shown = async (token?: string) => (await house.api(token).get('/experts/statistics')).body;
  beforeAll(async () => {
    house = await openHouse({ at: soon() });
    town = await makeTown(house);
    ({ lot, bids } = await openedLot(town, { prices: ['17800000.00', '18000000.00', '18250000.00'] }));
    await panelAtWork(town, lot);
  }, 120_000);
  afterAll(() => house.close());

  it('tells nothing of a lot whose result is open: who was called is secret', async () => {
    for (const token of [undefined, await town.regulator.token()]) {
      const page = await shown(token);
      expect([page.draws, page.calls, page.accepted, page.most]).toEqual([0, 0, 0, null]);
      expect(page.experts ?? []).toEqual([]);
    }
  });
  it('counts it once the result is decided; names are masked, and for regulators alone', async () => {
    await panelSigns(town, lot, { fails: bids });
    expect(await phaseOf(house, lot)).toBe('failed');
    const everyone = await shown();
    expect([everyone.draws, everyone.calls, everyone.accepted]).toEqual([1, 4, 4]);
    expect([everyone.experts, everyone.employers]).toEqual([null, null]);
    expect(everyone.pool.normal - everyone.pool.never).toBe(4);
    expect(await shown(await town.agent.token())).toMatchObject({ experts: null });
    const { experts, employers } = await shown(await town.regulator.token());
    expect(experts).toHaveLength(4);
    for (const { name } of experts) expect(name).toMatch(/^.\*+$/);
    expect(employers).toHaveLength(4);
    const names = town.experts.map(({ actor }) => actor.name);
    const page = await request(house.app).get('/experts/statistics');
    expect(page.status).toBe(200);
    for (const name of names) expect(page.text).not.toContain(name);
  });
  it('a further draw is listed with its ground from the moment it is asked for', async () => {
    expect((await shown()).redraws).toEqual([]);
    const again = await openedLot(town, { prices: ['17800000.00', '18000000.00', '18250000.00'] });
    await house.perform(requestDraw, town.agent.actor, { lot: again.lot });
    await until(town, async () => (await house.em().count(DrawSeat, { lot: again.lot })) > 0);
    await house.perform(requestDraw, town.agent.actor, { lot: again.lot, ground: '评标委员会人数调整' });
    expect((await shown()).redraws).toMatchObject([{ lot: again.lot, ground: '评标委员会人数调整' }]);
  }, 120_000);
});
