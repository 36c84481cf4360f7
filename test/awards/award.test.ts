import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { determineAward } from '../../src/awards/determine-award.ts';
import { fileReport } from '../../src/awards/file-report.ts';
import { notifyAward } from '../../src/awards/notify-award.ts';
import { publishCandidates } from '../../src/awards/publish-candidates.ts';
import { registerContract } from '../../src/awards/register-contract.ts';
import { type ReportFacts, reportHash } from '../../src/awards/report.ts';
import { results } from '../../src/awards/result-reads.ts';
import { Candidate, Contract, SupervisorReport } from '../../src/awards/schema.ts';
import { todo } from '../../src/awards/todo-reads.ts';
import { answerObjection } from '../../src/challenges/answer-objection.ts';
import { raiseObjection } from '../../src/challenges/raise-objection.ts';
import { thePublic } from '../../src/kernel/actor.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { dayOf } from '../../src/kernel/working-days.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { evaluatedLot } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openingLot, phaseOf } from '../support/opened-lot.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';
import { at, eventsSeenBy, pageOf, refusal, regulatorOf, sendForm, shown, today } from './scene.ts';

let house: TestHouse;
let town: Town;
/** watch over Yichang, where the tenders lie, and over Wuhan, where they do not */
let regulator: Person;
let foreignRegulator: Person;
const prices = ['17800000.00', '18000000.00', '18250000.00', '17000000.00'];
const everybody = { actor: thePublic };
const lotRow = (lot: string): Promise<Lot> => house.em().findOneOrFail(Lot, { id: lot });
const whatFor = async (who: Person): Promise<string[]> =>
  (await todo(house.em(), who.actor, await houseNow(house))).map((each) => each.what.en);
async function scan(text = '施工合同'): Promise<{ key: string; name: string; type: string; bytes: number; sha256: string }> {
  const stored = await house.files.put(Readable.from([Buffer.from(text)]));
  return { ...stored, name: '施工合同.pdf', type: 'application/pdf' };
}

beforeAll(async () => {
  // a year without a published calendar: rest days are Saturdays and Sundays, today and in ten years
  house = await openHouse({ at: at('2031-03-03T09:00') });
  town = today(await makeTown(house));
  regulator = await regulatorOf(town, '420500');
  foreignRegulator = await regulatorOf(town, '420100');
}, 240_000);
afterAll(() => house.close());

describe('From the report to the contract', () => {
  let lot: string;
  let bids: readonly string[];
  let end: Instant;
  const [winner, second, third, rejected] = [0, 1, 2, 3].map((n) => () => town.bidders[n] as Person) as [
    () => Person,
    () => Person,
    () => Person,
    () => Person,
  ];

  beforeAll(async () => {
    const evaluated = await evaluatedLot(town, {
      offers: prices.map((price) => ({ price })),
      fails: [3],
      reportAt: at('2031-04-09T10:00'),
    });
    lot = evaluated.lot;
    bids = evaluated.bids;
  }, 240_000);

  describe('before the candidates are published', () => {
    it('the host sees whom it would publish and until when; nobody else sees anything', async () => {
      const preview = (await shown(house, town.agent, `/lots/${lot}/candidates`)).body;
      expect(preview.state).toBe('preview');
      expect(preview.candidates).toHaveLength(3);
      expect(preview.publicity.until).toBe(at('2031-04-15T00:00'));
      for (const who of [null, second(), town.stranger, regulator]) {
        const answer = (await shown(house, who, `/lots/${lot}/candidates`)).body;
        expect(answer).toMatchObject({ state: 'not-yet', candidates: [], rejected: [], publicity: null, reportSha256: null });
      }
    });
    it('it stands on the host’s list with its three days', async () => {
      const [due] = await todo(house.em(), town.agent.actor, await houseNow(house));
      expect(due).toMatchObject({ what: { en: 'Publish the candidates' }, due: at('2031-04-15T00:00'), href: `/lots/${lot}/candidates` });
      expect(await whatFor(town.stranger)).toEqual([]);
    });
    it('only its own host publishes: a foreign agent finds no such lot, a bidder may not, and nobody awards yet', async () => {
      expect(await refusal(house.perform(publishCandidates, town.stranger.actor, { lot }))).toBe('not-found');
      expect(await refusal(house.perform(publishCandidates, second().actor, { lot }))).toBe('not-permitted');
      expect(await refusal(house.perform(determineAward, town.agent.actor, { lot, winner: bids[0] }))).toBe('not-in-this-phase PHASE');
    });
  });

  describe('publicity (实施条例 §54)', () => {
    it('is published on Wednesday and ends on Monday, for Saturday is no last day', async () => {
      const { result } = await house.perform(publishCandidates, town.agent.actor, { lot });
      end = at('2031-04-15T00:00');
      expect(result).toEqual({ candidates: 3, until: end, late: false });
      const row = await lotRow(lot);
      expect([row.phase, row.candidatesAt, row.publicityUntil]).toEqual(['publicity', at('2031-04-09T10:00'), end]);
      expect(await refusal(house.perform(publishCandidates, town.agent.actor, { lot }))).toBe('not-in-this-phase PHASE');
    });
    it('shows everyone the candidates in the panel’s order, with price, total and what was read out, and who was rejected why', async () => {
      const answer = (await shown(house, null, `/lots/${lot}/candidates`)).body;
      expect(answer.state).toBe('public');
      expect(answer.candidates.map((each: { rank: number }) => each.rank)).toEqual([1, 2, 3]);
      expect(answer.candidates[0]).toMatchObject({ submission: bids[0], name: winner().actor.organisationName, price: prices[0] });
      expect(answer.candidates[0].figures.manager).toContain('王建国');
      expect(answer.rejected).toEqual([
        { submission: bids[3], name: rejected().actor.organisationName, reason: expect.objectContaining({ zh: expect.any(String) }) },
      ]);
      const published = (await eventsSeenBy(house, everybody, lot, 'candidates.published'))[0] as unknown as { candidates: unknown[] };
      expect(published.candidates).toEqual(answer.candidates);
      expect(await house.em().count(Candidate, { lot })).toBe(3);
    });
    it('lets bidders of the lot object, and shows it to nobody else as possible', async () => {
      const you = async (who: Person | null) => (await shown(house, who, `/lots/${lot}/candidates`)).body.you.mayObject;
      expect(await you(second())).toBe(true);
      expect(await you(rejected())).toBe(true);
      expect(await you(null)).toBe(false);
      expect(await you(town.agent)).toBe(false);
    });
    it('TIME-4: one millisecond before its end nobody is awarded, and an objection is still taken', async () => {
      await house.clock.to(later(end, -1));
      expect(await refusal(house.perform(determineAward, town.agent.actor, { lot, winner: bids[0] }))).toBe('publicity-not-over TIME-4');
      const { result } = await house.perform(raiseObjection, second().actor, { lot, stage: 'candidates', text: '对排名第一的业绩有异议' });
      expect(result.answerUntil).toBe(at('2031-04-18T00:00'));
      expect(await whatFor(town.agent)).toEqual([]);
    });
    it('OBJ-3: at its end no objection is taken any more', async () => {
      await house.clock.to(end);
      const late = house.perform(raiseObjection, third().actor, { lot, stage: 'candidates', text: '迟到的异议' });
      expect(await refusal(late)).toBe('objection-too-late OBJ-3');
    });
    it('AWARD-2: at its end nobody is awarded while the objection is unanswered', async () => {
      expect(await refusal(house.perform(determineAward, town.agent.actor, { lot, winner: bids[0] }))).toBe('lot-on-hold AWARD-2');
      const page = (await shown(house, town.agent, `/lots/${lot}/award`)).body;
      expect(page.holds).toHaveLength(1);
      expect(page.you.mayDetermine).toBe(false);
      expect((await shown(house, second(), `/lots/${lot}/award`)).body.holds).toEqual([]);
      const [{ id }] = (await shown(house, town.agent, `/lots/${lot}/objections`)).body.objections;
      expect(await refusal(house.perform(answerObjection, town.stranger.actor, { objection: id, answer: '越权' }))).toBe('not-found');
      await house.perform(answerObjection, town.agent.actor, { objection: id, answer: '经核实，业绩属实。' });
    });
  });

  describe('the award (实施条例 §55)', () => {
    it('AWARD-1: not the second without a ground against the first, nor somebody who is no candidate', async () => {
      const determine = (input: object) => refusal(house.perform(determineAward, town.agent.actor, { lot, ...input }));
      expect(await determine({ winner: bids[1] })).toBe('rank-needs-ground AWARD-1');
      expect(await determine({ winner: bids[1], passed: [{ candidate: bids[0], ground: 'cheaper', explanation: '无此理由' }] })).toBe(
        'invalid-input',
      );
      expect(await determine({ winner: bids[1], passed: [{ candidate: bids[0], ground: 'gave-up', explanation: ' ' }] })).toBe(
        'invalid-input',
      );
      expect(await determine({ winner: bids[3] })).toBe('unknown-candidate');
      expect(await refusal(house.perform(determineAward, town.stranger.actor, { lot, winner: bids[0] }))).toBe('not-found');
      expect(await phaseOf(house, lot)).toBe('publicity');
    });
    it('at the end of publicity, with nothing pending, the first is awarded; the journal says why, the page says it to all', async () => {
      expect(await whatFor(town.agent)).toEqual(['Publicity is over: determine the winner']);
      const { result } = await house.perform(determineAward, town.agent.actor, { lot, winner: bids[0] });
      expect(result).toMatchObject({ submission: bids[0], rank: 1, price: prices[0], reason: '排名第一的中标候选人' });
      expect(await eventsSeenBy(house, everybody, lot, 'award.determined')).toEqual([result]);
      expect((await shown(house, null, `/lots/${lot}/award`)).body.award).toMatchObject({ name: result.name, notifiedAt: null });
      expect(await refusal(house.perform(determineAward, town.agent.actor, { lot, winner: bids[0] }))).toBe('not-in-this-phase PHASE');
    });
    it('no contract before the letter of award', async () => {
      const contract = { lot, number: 'HT-1', price: prices[0], signedOn: '2031-04-15', document: await scan() };
      expect(await refusal(house.perform(registerContract, town.agent.actor, contract))).toBe('award-not-notified');
      expect((await whatFor(town.agent))[0]).toBe('Notify the winner and, at the same time, all bidders');
    });
  });

  describe('the letter of award and the notices of the result (招标投标法 §45)', () => {
    it('the experts’ names are not public before', async () => {
      expect(await eventsSeenBy(house, everybody, lot, 'experts.revealed')).toEqual([]);
    });
    it('go out together, thirty days for the contract, the experts’ names with them; once', async () => {
      expect(await refusal(house.perform(notifyAward, town.stranger.actor, { lot }))).toBe('not-found');
      const { result } = await house.perform(notifyAward, town.agent.actor, { lot });
      // sent on 15 April, so the last day is Thursday 15 May
      expect(result).toEqual({ contractUntil: at('2031-05-16T00:00'), notified: 4 });
      const letter = await eventsSeenBy(house, everybody, lot, 'award.notified');
      expect(letter).toEqual([expect.objectContaining({ bidder: winner().actor.code, price: prices[0] })]);
      expect(await eventsSeenBy(house, everybody, lot, 'experts.revealed')).toHaveLength(1);
      expect(await refusal(house.perform(notifyAward, town.agent.actor, { lot }))).toBe('award-already-notified');
    });
    it('each bidder finds its own notice, and only its own; the public none; the host all', async () => {
      for (const bidder of town.bidders.slice(0, 4)) {
        const seen = await eventsSeenBy(house, bidder, lot, 'result.notified');
        expect(seen).toEqual([{ bidder: bidder.actor.code, winner: winner().actor.code, price: prices[0] }]);
      }
      expect(await eventsSeenBy(house, everybody, lot, 'result.notified')).toEqual([]);
      expect(await eventsSeenBy(house, town.stranger, lot, 'result.notified')).toEqual([]);
      expect(await eventsSeenBy(house, town.agent, lot, 'result.notified')).toHaveLength(4);
    });
    it('and reads on the page what became of its own bid, not of another’s', async () => {
      const notice = async (who: Person | null) => (await shown(house, who, `/lots/${lot}/award`)).body.notice;
      expect(await notice(winner())).toMatchObject({ won: true, rank: 1, price: prices[0], rejectedFor: null });
      expect(await notice(second())).toMatchObject({ won: false, rank: 2, name: second().actor.organisationName });
      expect(await notice(rejected())).toMatchObject({ won: false, rank: null, total: null, rejectedFor: expect.objectContaining({}) });
      expect(await notice(null)).toBeNull();
      expect(await notice(town.agent)).toBeNull();
      expect(await whatFor(winner())).toEqual(['Sign the written contract with the tenderee']);
      expect(await whatFor(second())).toEqual([]);
    });
  });

  describe('the contract (招标投标法 §46)', () => {
    it('AWARD-3, AWARD-4: refused at a fen’s difference, before the letter, after today; nothing is stored', async () => {
      await house.clock.to(at('2031-05-15T17:00'));
      const document = await scan();
      const register = (more: object, who = town.agent) =>
        refusal(
          house.perform(registerContract, who.actor, { lot, number: 'HT-1', price: prices[0], signedOn: '2031-05-15', document, ...more }),
        );
      expect(await register({ price: '17800000.01' })).toBe('contract-differs-from-bid AWARD-3');
      expect(await register({ price: '17799999.99' })).toBe('contract-differs-from-bid AWARD-3');
      expect(await register({ signedOn: '2031-04-14' })).toBe('contract-date-impossible AWARD-4');
      expect(await register({ signedOn: '2031-05-16' })).toBe('contract-date-impossible AWARD-4');
      expect(await register({}, town.stranger)).toBe('not-found');
      expect(await house.em().count(Contract, { lot })).toBe(0);
    });
    it('registered with its file through the real form, on the last day in time', async () => {
      const answer = await request(house.app)
        .post(`/api/lots/${lot}/contract`)
        .set('authorization', `Bearer ${await town.agent.token()}`)
        .field({ number: 'HT-2031-007', price: '17,800,000.00', signedOn: '2031-05-15' })
        .attach('document', Buffer.from('双方签章'), { filename: '施工合同.pdf', contentType: 'application/pdf' });
      expect([answer.status, answer.body]).toEqual([201, { number: 'HT-2031-007', late: false }]);
      expect(await phaseOf(house, lot)).toBe('contracted');
      expect(await eventsSeenBy(house, everybody, lot, 'contract.registered')).toEqual([
        { number: 'HT-2031-007', price: prices[0], signedOn: '2031-05-15', sha256: expect.stringMatching(/^[\w-]{43}$/) },
      ]);
    });
    it('its text goes to both sides and the supervisor, to nobody else', async () => {
      const path = `/lots/${lot}/contract/document`;
      for (const who of [town.agent, town.tenderee, winner(), regulator]) expect((await shown(house, who, path)).status).toBe(200);
      for (const who of [second(), town.stranger, foreignRegulator]) expect((await shown(house, who, path)).status).toBe(404);
      expect((await shown(house, null, path)).status).toBe(401);
    });
  });

  describe('the written report (招标投标法 §47)', () => {
    it('is late after fifteen days, but taken; kept as filed, its hash in the journal; once', async () => {
      expect(await refusal(house.perform(fileReport, town.stranger.actor, { lot }))).toBe('not-found');
      const { result } = await house.perform(fileReport, town.agent.actor, { lot });
      expect(result.late).toBe(true);
      const stored = await house.em().findOneOrFail(SupervisorReport, { lot });
      expect(reportHash(stored.facts as ReportFacts)).toBe(result.sha256);
      expect(await eventsSeenBy(house, town.agent, lot, 'report.filed')).toEqual([{ sha256: result.sha256 }]);
      expect(await refusal(house.perform(fileReport, town.agent.actor, { lot }))).toBe('report-already-filed');
    });
    it('tells the whole tender to host and supervisor, and to nobody else', async () => {
      const report = (await shown(house, regulator, `/lots/${lot}/report`)).body.facts as ReportFacts;
      expect(report).toMatchObject({
        bids: { counted: 4, opened: 4, rejected: 1 },
        award: { price: prices[0], rank: 1 },
        contract: { number: 'HT-2031-007' },
        challenges: [{ stage: 'candidates', by: second().actor.organisationName, answer: '经核实，业绩属实。' }],
      });
      for (const who of [town.stranger, foreignRegulator]) expect((await shown(house, who, `/lots/${lot}/report`)).status).toBe(404);
      expect((await shown(house, winner(), `/lots/${lot}/report`)).status).toBe(403);
      expect(await eventsSeenBy(house, winner(), lot, 'report.filed')).toEqual([]);
    });
    it('and nothing is left to do', async () => {
      for (const who of [town.agent, town.tenderee, winner()]) expect(await whatFor(who)).toEqual([]);
    });
  });

  it('stands in the public list of results', async () => {
    const { rows } = await results(house.em(), { text: 'HT', kind: 'contracted' });
    expect(rows).toEqual([]);
    const found = (await shown(house, null, `/results?kind=contracted&region=420500&text=${encodeURIComponent('楚江')}`)).body;
    expect(found).toMatchObject({
      total: 1,
      rows: [{ lot, kind: 'contracted', price: prices[0], winner: winner().actor.organisationName }],
    });
    expect((await shown(house, null, '/results?region=420100')).body.rows).toEqual([]);
  });

  it('the way to the report is shown to those alone who find it: its host and its supervisor', async () => {
    for (const who of [town.agent, regulator, town.stranger, foreignRegulator, winner(), null]) {
      const { text } = await pageOf(house, who, `/lots/${lot}/award`);
      expect(text.includes(`href="/lots/${lot}/report"`)).toBe(who === town.agent || who === regulator);
    }
  });

  it.each(['candidates', 'award', 'contract', 'report', 'objections'])('the page /%s stands for everyone who may see it', async (page) => {
    for (const who of [null, town.agent, regulator, winner(), second()]) {
      const answer = await pageOf(house, who, `/lots/${lot}/${page}`);
      const hidden = page === 'report' && who !== town.agent && who !== regulator;
      expect(answer.status).toBe(hidden ? (who === null ? 303 : 403) : 200);
    }
  });
});

describe('A tender on which everything comes late and the first gives up', () => {
  let lot: string;
  let bids: readonly string[];
  beforeAll(async () => {
    const evaluated = await evaluatedLot(today(town), { prices: prices.slice(0, 3) });
    lot = evaluated.lot;
    bids = evaluated.bids;
  }, 240_000);

  it('publishing late is said and seen, not refused', async () => {
    const { due } = (await shown(house, town.agent, `/lots/${lot}/candidates`)).body.duty;
    await house.clock.to(due);
    expect((await shown(house, town.agent, `/lots/${lot}/candidates`)).body.duty.late).toBe(true);
    expect((await house.perform(publishCandidates, town.tenderee.actor, { lot })).result.late).toBe(true);
  });
  it('the second is awarded by the real form, on a ground of the law against the first, by name', async () => {
    await house.clock.to((await lotRow(lot)).publicityUntil as Instant);
    const form = {
      winner: bids[1] ?? '',
      'passed[0][candidate]': bids[0] ?? '',
      'passed[0][ground]': '',
      'passed[0][explanation]': '',
      'passed[1][candidate]': bids[1] ?? '',
      'passed[1][ground]': '',
      'passed[1][explanation]': '',
    };
    const refused = await sendForm(house, town.tenderee, `/lots/${lot}/award`, form);
    expect([refused.status, refused.text.includes('未载明第1名候选人不能中标的法定理由')]).toEqual([409, true]);
    const given = { ...form, 'passed[0][ground]': 'gave-up', 'passed[0][explanation]': '书面放弃声明' };
    const determined = await sendForm(house, town.tenderee, `/lots/${lot}/award`, given);
    expect([determined.status, determined.headers.location]).toEqual([303, `/lots/${lot}/award`]);
    const { award } = (await shown(house, null, `/lots/${lot}/award`)).body;
    expect(award.reason).toBe(`第1名${town.bidders[0]?.actor.organisationName}放弃中标（书面放弃声明），依次确定第2名中标候选人`);
    expect(award.passed).toEqual([
      {
        rank: 1,
        name: town.bidders[0]?.actor.organisationName,
        ground: { zh: '放弃中标', en: 'gave up the award' },
        explanation: '书面放弃声明',
      },
    ]);
  });
  it('a contract signed on the first day too late is said to be late', async () => {
    const { result } = await house.perform(notifyAward, town.tenderee.actor, { lot });
    await house.clock.to(result.contractUntil);
    const signedOn = dayOf(result.contractUntil);
    const contract = { lot, number: 'HT-2', price: prices[1], signedOn, document: await scan() };
    expect((await house.perform(registerContract, town.tenderee.actor, contract)).result.late).toBe(true);
    expect((await shown(house, null, `/lots/${lot}/contract`)).body.contract.late).toBe(true);
  });
});

describe('A tender that failed', () => {
  let lot: string;
  beforeAll(async () => {
    lot = (await openingLot(today(town), { prices: prices.slice(0, 2) })).lot;
  }, 240_000);

  it('stands among the results as failed, and its pages say that nothing will come', async () => {
    expect(await phaseOf(house, lot)).toBe('failed');
    const { rows } = (await shown(house, null, '/results?kind=failed')).body;
    expect(rows).toEqual([
      expect.objectContaining({ lot, winner: null, price: null, candidates: 0, failedFor: expect.objectContaining({}) }),
    ]);
    for (const page of ['candidates', 'award', 'contract'])
      expect((await pageOf(house, null, `/lots/${lot}/${page}`)).text).toContain('本次招标没有结果');
  });
  it('may be reported to the supervisor; nobody is awarded in it', async () => {
    const { result } = await house.perform(fileReport, town.agent.actor, { lot });
    const { facts } = await house.em().findOneOrFail(SupervisorReport, { lot });
    expect([result.late, facts]).toEqual([false, expect.objectContaining({ award: null, failedFor: 'too-few-bids', candidates: [] })]);
    expect(await refusal(house.perform(publishCandidates, town.agent.actor, { lot }))).toBe('not-in-this-phase PHASE');
    expect(await refusal(house.perform(notifyAward, town.agent.actor, { lot }))).toBe('not-in-this-phase PHASE');
  });
});
