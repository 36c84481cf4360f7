import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerCall } from '../../src/experts/answer-call.ts';
import { enrolExpert } from '../../src/experts/enrol-expert.ts';
import { lotParties } from '../../src/experts/lot-parties-reads.ts';
import { commitmentOf } from '../../src/experts/pool.ts';
import { drawPage } from '../../src/experts/reads.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat, Expert } from '../../src/experts/schema.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { fromBase64url } from '../../src/kernel/bytes.ts';
import { later } from '../../src/kernel/clock.ts';
import { addDays, addMonths, dayOf } from '../../src/kernel/working-days.ts';
import { DrawRequest as DrawRow } from '../../src/openings/schema.ts';
import { makeCode } from '../../src/parties/code.ts';
import { declareControl } from '../../src/parties/declare-control.ts';
import { type DrawRequest, verifyDraw } from '../../src/sealing/draw.ts';
import { addLot } from '../../src/tenders/add-lot.ts';
import { draftLot } from '../../src/tenders/draft-lot.ts';
import { Lot, Project } from '../../src/tenders/schema.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { councilAnswers, openedLot, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

const start = soon();
/** The law's day of the draw: lots of these tests are opened thirty days after they are published. */
const drawDay = dayOf(later(start, 30 * 24 * 3_600_000));
const threeYearsBefore = addMonths(drawDay, -36);

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse({ at: start });
  town = await makeTown(house, {
    experts: 40,
    expert: (index, parties) => {
      const ties: Record<number, Record<string, unknown>> = {
        0: { relatives: [parties.bidders[1]] },
        1: { employer: parties.regulator },
        2: { interests: [parties.bidders[0]] },
        3: { penalised: true },
        4: { employer: parties.bidders[2] },
        5: { employer: parties.agent },
        6: { formerEmployers: [{ code: parties.tenderee, until: threeYearsBefore }] },
        7: { formerEmployers: [{ code: parties.tenderee, until: addDays(threeYearsBefore, -1) }] },
        8: { bannedUntil: drawDay },
        9: { bannedUntil: addDays(drawDay, -1) },
        10: { status: 'suspended' },
        // a bidder that did not bid ties nobody
        11: { relatives: [parties.bidders[3]] },
      };
      return { specialties: ['A08'], ...(index >= 12 ? { specialties: [['A080301', 'A06', 'A04'][index % 3]] } : {}), ...ties[index] };
    },
  });
}, 120_000);
afterAll(() => house.close());

const drawsOf = (lot: string): Promise<DrawRow[]> =>
  house.em().find(DrawRow, { lot, purpose: 'experts' }, { orderBy: { requestedAt: 'asc' } });

/** The experts of the pool whose commitments stand in a draw's list for a specialty. */
async function eligibleIn(draw: DrawRow | undefined, specialty: string): Promise<readonly string[]> {
  const listed = new Set((draw?.request as DrawRequest | undefined)?.eligible[specialty]?.map((each) => each.expert));
  const saltKey = fromBase64url(draw?.saltKey ?? '') ?? new Uint8Array(0);
  const experts = await house.em().find(Expert, {});
  return experts.filter((expert) => listed.has(commitmentOf({ saltKey }, expert))).map((expert) => expert.id);
}

describe('A draw excludes by rule, and tells numbers only', () => {
  let lot: string;
  let excluded: Record<string, number>;
  beforeAll(async () => {
    const opened = await openedLot(town);
    lot = opened.lot;
    const { number } = await house.em().findOneOrFail(Project, { id: opened.project });
    await house.perform(enrolExpert, theSystem, {
      name: '文件编制人',
      employer: makeCode('420102', 900),
      employerName: '武汉招标文件编制所',
      specialties: 'A08',
      memberships: 'construction',
      region: '420100',
      title: '高级工程师',
      prepared: number,
    });
    // the employer of expert 12 controls a bidder, which has declared so; whoever did not bid ties nobody by it
    const controlled = { other: makeCode('420102', 512), name: '武汉第13设计院', relation: 'controlled-by' };
    await house.perform(declareControl, (town.bidders[0] ?? town.agent).actor, controlled);
    await house.perform(declareControl, (town.bidders[3] ?? town.agent).actor, { ...controlled, other: makeCode('420102', 513) });
    await house.perform(requestDraw, town.agent.actor, { lot });
    excluded = { ...(await drawsOf(lot))[0]?.excluded };
  }, 60_000);

  it.each([
    ['XR-1', 1],
    ['XR-2', 1],
    ['XR-3', 1],
    ['XR-4', 1],
    ['XR-8', 3],
    ['XR-8F', 1],
    ['XR-9', 1],
    ['XR-11', 1],
    ['XP-7', 1],
  ])('%s leaves out %i', (ground, count) => expect(excluded[ground]).toBe(count));

  it('leaves out nobody else, and no bidder of elsewhere ties anyone', () =>
    expect(Object.values(excluded).reduce((all, each) => all + each, 0)).toBe(11));

  it('XR-8F left exactly three years ago: out; a day longer: in. XR-11 on the last day of a ban: out; the day after: in', async () => {
    const [draw] = await drawsOf(lot);
    const eligible = await eligibleIn(draw, 'A08');
    const stands = (index: number): boolean => eligible.includes(town.experts[index]?.actor.expert ?? '');
    expect([6, 7, 8, 9, 10, 11].map(stands)).toEqual([false, true, false, true, false, true]);
  });

  it('puts the request and the numbers into the journal, and nobody’s name, id or employer', async () => {
    const rows = await house
      .em()
      .execute<{ body: string }[]>(`select body from journal_event where lot = ? and type = 'draw.requested'`, [lot]);
    const body = rows.find((row) => row.body.includes('"experts"'))?.body ?? '';
    // one or four: the same band
    expect(body).toContain('"XR-8F":"1-4","XR-9":"1-4"');
    for (const expert of town.experts) {
      expect(body).not.toContain(expert.actor.name);
      expect(body).not.toContain(expert.actor.expert);
    }
    for (const expert of await house.em().find(Expert, {}))
      if (!expert.employer.startsWith('91420502')) expect(body).not.toContain(expert.employer);
  });

  it('is the council’s: the transcript verifies, and every call follows it', async () => {
    await until(town, async () => (await house.em().count(DrawSeat, { lot })) > 0);
    const [draw] = await drawsOf(lot);
    expect(verifyDraw(draw?.transcript).ok).toBe(true);
    const called = await house.em().find(DrawSeat, { lot, state: 'called' });
    expect(called.map((seat) => seat.specialty).sort()).toEqual(['A04', 'A06', 'A08', 'A08']);
    const employers = await house.em().find(Expert, { id: { $in: called.map((seat) => seat.expert) } });
    expect(new Set(employers.map((expert) => expert.employer)).size).toBe(4);
  });

  it('stands by as many as the notice said', async () => {
    const standby = await house.em().find(DrawSeat, { lot, state: 'standby' });
    const count = (specialty: string): number => standby.filter((seat) => seat.specialty === specialty).length;
    expect([count('A08'), count('A06'), count('A04')]).toEqual([3, 2, 2]);
  });
});

describe('One draw a lot', () => {
  it('a stranger finds no such lot; other roles may not ask', async () => {
    const { lot } = await openedLot(town);
    expect(await refusal(house.perform(requestDraw, town.stranger.actor, { lot }))).toBe('not-found');
    for (const by of [town.regulator, town.centre, town.administrator, town.bidders[0], town.experts[0]])
      expect(await refusal(house.perform(requestDraw, by?.actor ?? theSystem, { lot }))).toBe('not-permitted');
  }, 60_000);

  it('a second one without a ground is refused, and one while the council still draws; with a ground it voids the first', async () => {
    const { lot } = await openedLot(town);
    const ask = (ground?: string) => refusal(house.perform(requestDraw, town.agent.actor, { lot, ground }));
    expect(await ask()).toBe('performed');
    expect(await ask()).toBe('draw-under-way');
    expect(await ask('专业设置有误，应当重新抽取')).toBe('draw-unanswered');
    await councilAnswers(town);
    await until(town, async () => (await house.em().count(DrawSeat, { lot, state: 'called' })) === 4);
    expect(await ask()).toBe('draw-under-way');
    expect(await ask('有误')).toBe('invalid-input');
    expect(await ask('专业设置有误，应当重新抽取')).toBe('performed');
    expect(await house.em().count(DrawSeat, { lot, state: 'called' })).toBe(0);
    const [first] = await drawsOf(lot);
    const rows = await house
      .em()
      .execute<{ body: string }[]>(`select body from journal_event where lot = ? and type = 'draw.requested' order by position`, [lot]);
    const last = JSON.parse(rows.at(-1)?.body ?? '{}') as { data: { ground: string; supersedes: string[] } };
    expect(last.data).toMatchObject({ ground: '专业设置有误，应当重新抽取', supersedes: [first?.id] });
    await until(town, async () => (await house.em().count(DrawSeat, { lot, state: 'called' })) === 4);
  }, 60_000);
});

describe('The composition of a panel', () => {
  it('a panel of five with three experts is refused, with four it is taken', async () => {
    const { project } = await openedLot(town);
    const { result } = await house.perform(addLot, town.agent.actor, { project, name: '第二标段' });
    const plan = (panelExperts: number, seats: object[]) =>
      refusal(house.perform(draftLot, town.agent.actor, { lot: result.lot, panelSize: 5, panelExperts, seats }));
    expect(await plan(3, [{ specialty: 'A08', count: 3, reserve: 2 }])).toBe('panel-composition');
    expect(await plan(4, [{ specialty: 'A08', count: 4, reserve: 2 }])).toBe('performed');
  }, 60_000);

  it('XD-15 a pool of fewer than three for a seat is refused', async () => {
    const seats = [
      { specialty: 'A08', count: 3, reserve: 2 },
      { specialty: 'A02', count: 1, reserve: 1 },
    ];
    const { lot } = await openedLot(town, { draft: { seats } });
    expect(await refusal(house.perform(requestDraw, town.agent.actor, { lot }))).toBe('expert-pool-too-small');
    expect((await house.em().findOneOrFail(Lot, { id: lot })).phase).toBe('opened');
    expect(await drawsOf(lot)).toEqual([]);
  }, 60_000);
});

describe('XD-7 When too few may be drawn', () => {
  const seats = [
    { specialty: 'A08', count: 3, reserve: 2 },
    { specialty: 'A02', count: 1, reserve: 1 },
  ];
  let lot: string;
  beforeAll(async () => {
    lot = (await openedLot(town, { draft: { seats } })).lot;
  }, 60_000);
  const page = () => drawPage(house.em(), town.agent.actor, lot, later(start, 30 * 24 * 3_600_000));
  const ask = (command: object) => refusal(house.perform(requestDraw, town.agent.actor, { lot, ...command }));
  const reachIn = async (draw: DrawRow | undefined): Promise<unknown> => {
    const rows = await house
      .em()
      .execute<{ body: string }[]>(`select body from journal_event where lot = ? and type = 'draw.requested'`, [lot]);
    return rows.map(({ body }) => JSON.parse(body).data).find(({ request }) => request.id === draw?.id)?.reach;
  };
  const called = async (specialty: string) => {
    await until(town, async () => (await house.em().count(DrawSeat, { lot, specialty, state: 'called' })) > 0);
    return house.em().find(DrawSeat, { lot, specialty, state: 'called' });
  };

  it('the host sees bands, and that a seat has too few; bidders count once a draw can be asked for', async () => {
    const { conditions } = await page();
    expect(conditions).toMatchObject({ supplement: false, beforeOpening: false });
    expect(conditions?.seats.map(({ pool, enough }) => [pool.en, enough])).toEqual([
      ['fewer than 15', true],
      ['fewer than 15', false],
    ]);
    const row = await house.em().findOneOrFail(Lot, { id: lot });
    const project = await house.em().findOneOrFail(Project, { id: row.project });
    const bidders = async (phase: string) =>
      (await lotParties(house.em(), Object.assign(Object.create(row), { phase }), project, later(start, 30 * 24 * 3_600_000))).bidders;
    expect([(await bidders('closed')).length, (await bidders('opened')).length]).toEqual([0, 3]);
  });

  it('goes on to the first rung that suffices, only for that seat, only where the host accepts it, and says so in the journal', async () => {
    expect(await ask({})).toBe('expert-pool-too-small');
    expect(await ask({ widen: true })).toBe('performed');
    const [draw] = await drawsOf(lot);
    expect(await reachIn(draw)).toEqual({
      A08: { rung: 'province', specialties: ['A08'], region: '42' },
      A02: { rung: 'neighbours', specialties: ['A02', 'A01', 'A06'], region: '42' },
    });
    const [seat] = await called('A02');
    expect((await house.em().findOneOrFail(Expert, { id: seat?.expert ?? '' })).branches).toContain('A06');
  }, 60_000);

  it('when everyone was called and a seat stands empty, one press draws for it alone; who accepted stays', async () => {
    expect(await ask({ supplement: true })).toBe('seats-taken');
    for (const each of await called('A08')) await answers(each, true);
    for (;;) {
      const [seat] = await house.em().find(DrawSeat, { lot, specialty: 'A02', state: 'called' });
      if (!seat) break;
      await answers(seat, false);
    }
    expect((await page()).conditions).toMatchObject({ supplement: true, seats: [{ count: 1, enough: false }] });
    // everyone of the neighbourhood has declined: no rung helps
    expect(await ask({ supplement: true, widen: true })).toBe('expert-pool-too-small');
    for (let n = 0; n < 3; n += 1)
      await house.perform(enrolExpert, theSystem, {
        name: `外省${n}`,
        employer: makeCode('310101', 700 + n),
        employerName: `上海咨询${n}`,
        specialties: 'A02',
        memberships: 'construction',
        region: '310100',
        title: '高级工程师',
      });
    expect(await ask({ supplement: true })).toBe('expert-pool-too-small');
    expect(await ask({ supplement: true, widen: true })).toBe('performed');
    const [first, second] = await drawsOf(lot);
    expect(await reachIn(second)).toEqual({ A02: { rung: 'elsewhere', specialties: ['A02', 'A01', 'A06'], region: '' } });
    await called('A02');
    expect(await house.em().count(DrawSeat, { lot, request: first?.id ?? '', state: 'accepted' })).toBe(3);
    for (const draw of [first, second])
      expect(verifyDraw((await house.em().findOneOrFail(DrawRow, { id: draw?.id ?? '' })).transcript).ok).toBe(true);
  }, 60_000);

  async function answers(seat: DrawSeat, accepts: boolean): Promise<void> {
    // whoever was drawn answers, also one of those whom these tests enrolled beside the town's
    const actor = { ...(town.experts[0] as Person).actor, expert: seat.expert };
    await house.perform(answerCall, actor, { seat: seat.id, accepts, ...(accepts ? {} : { ground: 'busy' }) });
  }
});
