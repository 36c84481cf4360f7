import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Envelope } from '../../src/bids/schema.ts';
import type { EvaluationBundle } from '../../src/evaluation/bundle.ts';
import { rank } from '../../src/evaluation/rank.ts';
import { compareBytes, ticketOf } from '../../src/evaluation/ticket.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { addDays, addMonths, dayOf } from '../../src/kernel/working-days.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { aBidderOf, bids, envelope, statementFor, submitted, uploadedWhole, withdraws } from '../bids/scene.ts';
import { layeredLot } from '../layers/scene.ts';
import { signIn } from '../parties/people.ts';
import { giveAuthority } from '../support/authority.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, openedLot, publishedLot as publishedIn, submitSealed, until } from '../support/opened-lot.ts';
import { makeTown, soon, type Town } from '../support/town.ts';
import { at, type Cast, cast, draftedLot, publishedLot, withCouncil } from '../tenders/scene.ts';

/*
 * The boundaries that the rules of the trade name first (rules/domain §11.3), through the API, each on both sides of its edge. Those of lines that
 * are not traded yet (procurement, land, drugs) have no place here until they are.
 */

describe('From the notice to the deadline', () => {
  let house: TestHouse;
  let people: Cast;
  let lot: string;
  let amended: string;
  beforeAll(async () => {
    house = await openHouse({ at: at('2031-11-01T09:00') });
    await giveAuthority();
    people = await cast(house);
    await withCouncil(house);
    lot = await draftedLot(house, people);
    amended = await publishedLot(house, people, { deadline: '2031-12-16T09:30' });
  }, 60_000);
  afterAll(() => house.close());

  /** What saving a draft answers: its status, or the rule that refuses and the field. */
  const saving = async (change: object): Promise<string> => {
    const { status, body } = await house.api(people.agent).post(`/lots/${lot}/draft`, change);
    return status === 201 ? 'taken' : `${body.rule} ${body.errors?.[0]?.pointer}`;
  };

  it.each([
    [
      'CON-C12: issued on 1 November, due on the 21st; the 20th is too early',
      { deadline: '2031-11-21T00:00' },
      { deadline: '2031-11-20T23:59' },
      'CON-C12 deadline',
    ],
    ['CON-BOND: a security of 2 %, not of 2.01 %', { security: '200000.00' }, { security: '201000.00' }, 'CON-BOND security'],
    ['CON-XC1E: a panel of five has four experts, not three', { panelExperts: 4 }, { panelExperts: 3 }, 'CON-XC1E panelExperts'],
    ['CON-XC1: five members, not three', { panelSize: 5 }, { panelSize: 3, panelExperts: 3 }, 'CON-XC1 panelSize'],
  ] as const)('%s', async (_says, taken, refused, by) => {
    expect(await saving(taken)).toBe('taken');
    expect((await saving(refused)).replace('experts', 'panelExperts').replace('size', 'panelSize')).toBe(by);
  });

  it('two bids at the deadline: nothing is opened, the lot has failed; a third would have opened it', async () => {
    const ending = await publishedLot(house, people, { deadline: '2031-11-22T09:30' });
    const [one, two, leaver, late] = [
      await aBidderOf(house, 91, ending),
      await aBidderOf(house, 92, ending),
      await aBidderOf(house, 93, ending),
      await aBidderOf(house, 94, ending),
    ];
    for (const bidder of [one, two]) expect((await bids(house, bidder, ending)).response.status).toBe(201);
    const third = await bids(house, leaver, ending);
    const bytes = await envelope(ending, late);
    const ready = { statement: statementFor(ending, late, bytes), upload: await uploadedWhole(house, late.token, ending, bytes) };

    // withdrawn a minute before the deadline: the security is back within five days, off the rest day (22 November is a Saturday)
    await house.clock.to(at('2031-11-22T09:29'));
    const withdrawn = await withdraws(house, leaver, ending, third.statement.id);
    expect(withdrawn.body).toMatchObject({ securityBackBy: at('2031-11-28T00:00') });
    expect((await house.api(leaver.token).get(`/lots/${ending}/bids`)).body.submissions[0]).toMatchObject({
      status: 'withdrawn',
      securityBackBy: at('2031-11-28T00:00'),
    });

    // handed in a millisecond late: refused by name, and the bidder has it in writing
    await house.clock.to(later(at('2031-11-22T09:30'), 1));
    const refused = await submitted(house, late, ready.statement, ready.upload);
    expect([refused.status, refused.body.rule]).toEqual([409, 'BID-DEADLINE']);
    const told = (await house.api(late.token).get(`/lots/${ending}/timeline`)).body.entries as { type: string; data: object }[];
    expect(told.find(({ type }) => type === 'act.refused')?.data).toMatchObject({
      act: 'submit-bid',
      problem: 'bidding-closed',
      rule: 'BID-DEADLINE',
    });

    for (let round = 0; round < 100 && (await house.api().get(`/lots/${ending}`)).body.lot.phase !== 'failed'; round += 1) {
      await beat(house);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect((await house.api().get(`/lots/${ending}`)).body.lot).toMatchObject({
      phase: 'failed',
      failedFor: 'too-few-bids',
      openedAt: null,
    });
  }, 60_000);

  it('CON-C8: a change fifteen days before the deadline moves nothing, fourteen days before it moves it to the fifteenth', async () => {
    const amends = async () => {
      const { token } = await signIn(house, people.people.agent.login);
      return (await house.api(token).post(`/lots/${amended}/addenda`, { text: '图纸更新', affectsPreparation: 'yes' })).body;
    };
    await house.clock.to(at('2031-12-01T23:59'));
    expect(await amends()).toMatchObject({ moved: false, deadline: at('2031-12-16T09:30') });
    await house.clock.to(at('2031-12-02T00:00'));
    expect(await amends()).toMatchObject({ moved: true, byLaw: true, deadline: at('2031-12-17T09:30') });
  });

  it('DAY-2: three days from a Friday before a holiday end on the next working day, from a Thursday in time', async () => {
    const last = async (from: string) => (await house.api().get(`/calendar?from=${from}&count=3&unit=day`)).body.reckoning.last;
    expect([await last('2026-04-03'), await last('2026-03-31')]).toEqual(['2026-04-07', '2026-04-03']);
  });
});

describe('From the opening to the ranking', () => {
  const start = soon();
  /** lots of this town are opened thirty days after they are published */
  const drawDay = dayOf(later(start, 30 * 24 * 3_600_000));
  const prices = ['18000000.00', '18000000.00', '18250000.00'];
  let house: TestHouse;
  let town: Town;
  beforeAll(async () => {
    house = await openHouse({ at: start });
    town = await makeTown(house, {
      expert: (index, { bidders }) => {
        const until = addMonths(drawDay, -36);
        if (index > 1) return {};
        return { formerEmployers: [{ code: bidders[0], until: index === 0 ? until : addDays(until, -1) }] };
      },
    });
  }, 120_000);
  afterAll(() => house.close());
  const itemsOf = (lot: string) => house.em().find(OpeningItem, { lot }, { orderBy: { id: 'asc' } });
  const opensUntil = (lot: string) => until(town, async () => (await itemsOf(lot)).every(({ state }) => state !== 'sealed'));

  it('XR-8F, two equal prices: who left a bidder three years ago to the day is not drawn; the tie is broken by the draw of the opening', async () => {
    const { lot } = await openedLot(town, { prices });
    await panelAtWork(town, lot);
    const drawn = (await (await town.regulator.api()).get(`/lots/${lot}/draw`)).body.draws[0];
    expect(drawn.excluded.find(({ ground }: { ground: string }) => ground === 'XR-8F')).toMatchObject({ count: '1' });
    await panelSigns(town, lot);
    const bundle = (await (await town.agent.api()).get(`/lots/${lot}/evaluation/bundle`)).body as EvaluationBundle;
    const ranked = (of: EvaluationBundle) => {
      const computed = rank(of);
      if (!computed.ok || computed.value.outcome !== 'ranked') throw new Error('the bundle cannot be ranked');
      return computed.value;
    };
    const { rows, candidates } = ranked(bundle);
    const equal = bundle.bids.filter(({ price }) => price === '18000000.00').map(({ id }) => id);
    expect(new Set(rows.filter(({ bid }) => equal.includes(bid)).map(({ total }) => total)).size).toBe(1);
    const byTicket = [...equal].sort((a, b) => compareBytes(ticketOf(bundle.tieSeed, a), ticketOf(bundle.tieSeed, b)));
    expect(candidates.filter((id) => equal.includes(id))).toEqual(byTicket);
    // in whichever order they stand
    expect(ranked({ ...bundle, bids: [...bundle.bids].reverse() }).candidates).toEqual(candidates);
    await (await town.agent.api()).post(`/lots/${lot}/candidates`).expect(201);
    const shown = (await house.api().get(`/lots/${lot}/candidates`)).body.candidates as { submission: string }[];
    expect(shown.map(({ submission }) => submission)).toEqual(candidates);
  }, 120_000);

  it('OPEN-LAYER: of three, two that do not decrypt in time are revoked, the one that did stays', async () => {
    const scene = await layeredLot(town);
    await scene.remove(0);
    await house.clock.to((await scene.limit()) as Instant);
    await opensUntil(scene.lot);
    const items = await itemsOf(scene.lot);
    expect(
      items.map(({ submission, state, attributedTo }) => [scene.bids.indexOf(submission), state, attributedTo ?? null]).sort(),
    ).toEqual([
      [0, 'opened', null],
      [1, 'invalid', 'bidder'],
      [2, 'invalid', 'bidder'],
    ]);
    expect((await house.api().get(`/lots/${scene.lot}`)).body.lot.phase).toBe('opening');
  }, 120_000);

  it('of three, one whose stored bytes the platform lost is withdrawn without a penalty; the others go on', async () => {
    const { lot } = await publishedIn(town);
    const sent: string[] = [];
    for (const [place, price] of prices.entries())
      sent.push(await submitSealed(town, lot, town.bidders[place] as Town['agent'], { price }));
    const { fileKey } = await house.em().findOneOrFail(Envelope, { submission: sent[0] ?? '' });
    const place = await house.files.localPath(fileKey ?? '');
    const bytes = await readFile(place);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(place, bytes);
    await house.clock.to((await house.em().findOneOrFail(Lot, { id: lot })).deadline as Instant);
    await until(town, async () => (await itemsOf(lot)).length === 3);
    await opensUntil(lot);
    const items = await itemsOf(lot);
    expect(items.map(({ submission, state, attributedTo }) => [sent.indexOf(submission), state, attributedTo ?? null]).sort()).toEqual([
      [0, 'invalid', 'platform'],
      [1, 'opened', null],
      [2, 'opened', null],
    ]);
  }, 120_000);
});
