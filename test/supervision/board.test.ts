import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { reportStatement } from '../../src/evaluation/report-statement.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { EvaluationReport } from '../../src/evaluation/schema.ts';
import { scoreBid } from '../../src/evaluation/score-bid.ts';
import { signReport } from '../../src/evaluation/sign-report.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import type { BoardAnswer, LookAnswer, WatchedAnswer } from '../../src/supervision/answers.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, pageOf, regulatorOf, sendForm, today } from '../awards/scene.ts';
import { panelAtWork } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot, publishedLot } from '../support/opened-lot.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let city: Person;
let elsewhere: Person;
let district: Person;
let bidding: string;
let judged: string;
let members: readonly { readonly member: string; readonly person: Person }[];

beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  town = today(await makeTown(house));
  city = await regulatorOf(town, '420500');
  district = await regulatorOf(town, '420506');
  elsewhere = await regulatorOf(town, '420100');
  ({ lot: judged } = await openedLot(town));
  members = await panelAtWork(town, judged);
  ({ lot: bidding } = await publishedLot(town));
}, 90_000);
afterAll(() => house.close());

const board = async (who: Person, query = ''): Promise<BoardAnswer> => (await (await who.api()).get(`/supervision${query}`)).body;
const watched = async (who: Person, lot: string, query = '') => (await who.api()).get(`/supervision/lots/${lot}${query}`);
const names = (answer: BoardAnswer): string[] => answer.rows.map((row) => row.id);

describe('The board', () => {
  it('shows a regulator the lots of its region and below, what is due first standing first', async () => {
    const seen = await board(city);
    // a panel has five days, bidding goes on for longer
    expect(names(seen)).toEqual([judged, bidding]);
    expect(seen.rows[0]).toMatchObject({ phase: 'evaluating', next: { label: { en: 'Evaluation' } }, overdue: 0 });
    expect(seen.rows[1]).toMatchObject({ phase: 'bidding', next: { label: { en: 'Bidding' } }, overdue: 0 });
    expect(names(await board(district))).toEqual([judged, bidding]);
    expect(names(await board(city, '?sort=newest'))).toEqual([bidding, judged]);
  });

  it('shows a regulator of another region nothing, not even that a lot is there', async () => {
    expect(await board(elsewhere)).toMatchObject({ rows: [], total: 0, counts: { all: 0 } });
    expect((await watched(elsewhere, bidding)).status).toBe(404);
    expect(
      (await (await elsewhere.api()).post(`/supervision/lots/${judged}/looks`, { matter: 'evaluation', ground: '核实来信' })).status,
    ).toBe(404);
  });

  it('finds by text, phase and time limit', async () => {
    expect(names(await board(city, '?phase=bidding'))).toEqual([bidding]);
    expect(names(await board(city, '?text=%E5%A4%B7%E9%99%B5'))).toEqual([judged, bidding]);
    expect(names(await board(city, '?text=nothing-of-that-name'))).toEqual([]);
    expect(names(await board(city, '?due=overdue'))).toEqual([]);
    expect(names(await board(city, '?region=420505'))).toEqual([]);
    expect((await (await city.api()).get('/supervision?region=42')).status).toBe(422);
  });

  it('is for regulators only', async () => {
    for (const who of [town.agent, town.centre, town.administrator, town.bidders[0] as Person])
      expect((await (await who.api()).get('/supervision')).status).toBe(403);
  });
});

describe('The page of one lot', () => {
  it('before the opening shows the process without a trace of bidders', async () => {
    const answer: WatchedAnswer = (await watched(city, bidding)).body;
    expect(answer.entries.map((entry) => entry.type)).toEqual(
      expect.arrayContaining(['project.registered', 'lot.drafted', 'document.published', 'notice.published']),
    );
    expect(answer.evidence).toBe(`/lots/${bidding}/evidence`);
    expect(answer.mayLook).toBe(false);
  });

  it('after it shows bids, refusals and papers, each entry with its number, and names who bid', async () => {
    const answer: WatchedAnswer = (await watched(city, judged)).body;
    const received = answer.entries.filter((entry) => entry.type === 'bid.received');
    expect(received.map((entry) => entry.actor).sort()).toEqual(
      town.bidders
        .slice(0, 3)
        .map((each) => each.actor.organisationName)
        .sort(),
    );
    expect(answer.entries.every((entry) => entry.number !== null)).toBe(true);
    expect(answer.evidence).toBe(`/lots/${judged}/evidence`);
    const refused = answer.entries.filter((entry) => entry.kind === 'refused');
    // the agent closed the record too early; a regulator of another region tried to look
    expect(refused.map((entry) => entry.actor)).toEqual([elsewhere.actor.organisationName, town.agent.actor.organisationName]);
    expect(
      (await watched(city, judged, '?only=bids')).body.entries.every((entry: { type: string }) => !entry.type.startsWith('notice')),
    ).toBe(true);
  });

  it('never names an expert while the evaluation goes on', async () => {
    const text = (await watched(city, judged)).text + (await pageOf(house, city, `/supervision/lots/${judged}`)).text;
    for (const { person } of members.slice(0, 4)) expect(text).not.toContain(person.actor.name);
  });
});

describe('An evaluation under way', () => {
  const look = async (who: Person, body: object) => (await who.api()).post(`/supervision/lots/${judged}/looks`, body);
  const shown = async (who: Person, id: string) => (await who.api()).get(`/supervision/lots/${judged}/looks/${id}`);
  let bids: readonly string[];

  beforeAll(async () => {
    bids = (await house.em().find(OpeningItem, { lot: judged, state: 'opened' })).map((item) => item.submission);
    await judge(members[0]);
  });
  const judge = async (seat: (typeof members)[number] | undefined): Promise<void> => {
    if (!seat) throw new Error('no such seat');
    const { method } = termsOf(await house.em().findOneOrFail(Lot, { id: judged }));
    const verdicts = bids.flatMap((bid) => method.items.map((item) => ({ bid, item, pass: true })));
    const scores = bids.flatMap((bid) => method.criteria.map(({ id, max }) => ({ bid, criterion: id, score: max })));
    await house.perform(reviewBid, seat.person.actor, { lot: judged, verdicts });
    if (scores.length > 0) await house.perform(scoreBid, seat.person.actor, { lot: judged, scores });
  };

  it('is not to be read along: reviews and scores stand neither in the timeline nor behind a receipt', async () => {
    const types = ((await watched(city, judged)).body as WatchedAnswer).entries.map((entry) => entry.type);
    for (const type of ['bid.reviewed', 'bid.scored', 'recusal.declared']) expect(types).not.toContain(type);
    const timeline = (await (await city.api()).get(`/lots/${judged}/timeline`)).body.entries as { type: string }[];
    expect(timeline.map((entry) => entry.type)).not.toContain('bid.scored');
    const [score] = await house
      .em()
      .execute<{ id: string }[]>(`select id from journal_event where lot = ? and type = 'bid.reviewed' limit 1`, [judged]);
    expect((await (await city.api()).get(`/receipts/${score?.id}`)).status).toBe(404);
  });

  it('opens to a look with a ground, and the look itself stands in the journal with name and ground', async () => {
    expect((await look(city, { matter: 'evaluation', ground: '看' })).status).toBe(422);
    const { status, body } = await look(city, { matter: 'evaluation', ground: '核实来信反映的评分异常' });
    expect(status).toBe(201);
    const seen: LookAnswer = (await shown(city, body.look)).body;
    expect(seen.look.ground).toBe('核实来信反映的评分异常');
    expect(seen.members).toHaveLength(members.length);
    expect(seen.reviews.length).toBeGreaterThan(0);
    expect(new Set(seen.reviews.map((row) => row.mask)).size).toBe(1);
    for (const { person } of members.slice(0, 4)) expect(JSON.stringify(seen)).not.toContain(person.actor.name);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const entry = ((await watched(city, judged, '?only=looks')).body as WatchedAnswer).entries[0];
    expect(entry).toMatchObject({ type: 'matter.viewed', kind: 'look', actor: city.actor.name });
    expect(entry?.says.zh).toContain('核实来信反映的评分异常');
  });

  it('shows what stood at the moment of the look, and to nobody but its maker', async () => {
    const first = (await look(city, { matter: 'evaluation', ground: '抽查评审进度' })).body.look as string;
    const before: LookAnswer = (await shown(city, first)).body;
    await house.clock.to(at('2031-06-02T09:00'));
    await judge(members[1]);
    expect((await shown(city, first)).body.reviews).toHaveLength(before.reviews.length);
    const second = (await look(city, { matter: 'evaluation', ground: '再次抽查进度' })).body.look as string;
    expect((await shown(city, second)).body.reviews.length).toBeGreaterThan(before.reviews.length);
    expect((await shown(district, first)).status).toBe(404);
  });

  it('works without script: the form leads to what it shows, a refused one says why beside its field', async () => {
    const sent = await sendForm(house, city, `/supervision/lots/${judged}/looks`, { matter: 'evaluation', ground: '核实评分异常情况' });
    expect(sent.status).toBe(303);
    expect(sent.headers.location).toMatch(new RegExp(`^/supervision/lots/${judged}/looks/[0-9a-f-]{36}$`));
    const refused = await sendForm(house, city, `/supervision/lots/${judged}/looks`, { matter: 'evaluation', ground: '' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('请写明查看理由');
  });

  it('is open to its supervisor once the report is signed, and there is nothing confidential left to look at', async () => {
    for (const seat of members.slice(2)) await judge(seat);
    const [first] = members;
    await house.perform(concludeEvaluation, first?.person.actor ?? town.agent.actor, { lot: judged });
    const { sha256 } = await house.em().findOneOrFail(EvaluationReport, { lot: judged });
    const when = (await house.em().findOneOrFail(Lot, { id: judged })).evaluationStartedAt as Instant;
    for (const { member, person } of members) {
      const signed = await signDetached(canonicalBytes(reportStatement(judged, sha256, member)), await person.signer(), when);
      await house.perform(signReport, person.actor, { lot: judged, signature: Buffer.from(signed).toString('base64') });
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    const answer: WatchedAnswer = (await watched(city, judged)).body;
    expect(answer.entries.map((entry) => entry.type)).toContain('bid.scored');
    expect(answer.mayLook).toBe(false);
    expect((await look(city, { matter: 'evaluation', ground: '核实来信反映' })).body.type).toBe('/problems/nothing-confidential');
    expect(answer.clocks.find((clock) => clock.rule === 'con.publicity.startMax')).toMatchObject({ done: null, overdue: false });
  }, 30_000);

  it('turns the board red when the next duty is late', async () => {
    await house.clock.to(at('2031-06-09T00:00'));
    const row = (await board(city, '?due=overdue')).rows[0];
    expect(row).toMatchObject({ id: judged, overdue: 1, next: { rule: 'con.publicity.startMax', overdue: true } });
    const page = await pageOf(house, city, `/supervision/lots/${judged}`);
    expect(page.text).toContain('/rules#con.publicity.startMax');
  });
});
