import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evaluationShape } from '../../src/evaluation/bundle.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { declareRecusal } from '../../src/evaluation/declare-recusal.ts';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { EvaluationReport, PanelMember } from '../../src/evaluation/schema.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { enrolUser } from '../../src/parties/enrol-user.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { declared, panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot, phaseOf, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { experts: 48 });
}, 120_000);
afterAll(() => house.close());

const personOf = (member: { expert?: string | null | undefined }): Person =>
  town.experts.find((each) => each.actor.expert === member.expert) ?? town.tenderee;
const called = (lot: string): Promise<DrawSeat[]> => house.em().find(DrawSeat, { lot, state: 'called' });
const acceptAll = async (lot: string): Promise<void> => {
  for (const seat of await called(lot)) await house.perform(answerCall, personOf(seat).actor, { seat: seat.id, accepts: true });
};
const drawn = async (lot: string): Promise<void> => {
  await house.perform(requestDraw, town.agent.actor, { lot });
  await until(town, async () => (await called(lot)).length === 4);
};
const form = (lot: string, representative?: string | string[], by = town.agent) =>
  refusal(house.perform(formPanel, by.actor, { lot, representative }));
const sitting = (lot: string): Promise<PanelMember[]> => house.em().find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } });

describe('Forming a panel', () => {
  it('waits for every drawn expert, wants a user of the tenderee, and is the host’s', async () => {
    const { lot } = await openedLot(town);
    expect(await form(lot, town.tenderee.login)).toBe('seats-empty');
    await drawn(lot);
    expect(await form(lot, town.tenderee.login)).toBe('seats-empty');
    await acceptAll(lot);
    expect(await form(lot)).toBe('representative-unknown');
    expect(await form(lot, town.agent.login)).toBe('representative-unknown');
    expect(await form(lot, 'nobody-here')).toBe('representative-unknown');
    expect(await form(lot, town.tenderee.login, town.stranger)).toBe('not-found');
    expect(await form(lot, town.tenderee.login)).toBe('performed');
    expect(await form(lot, town.tenderee.login)).toBe('panel-exists');
    expect((await sitting(lot)).map((member) => member.mask)).toEqual(['专家A', '专家B', '专家C', '专家D', '招标人代表']);
  }, 60_000);

  it('the evaluation starts only when every member has declared', async () => {
    const { lot } = await openedLot(town);
    const start = () => refusal(house.perform(startEvaluation, town.agent.actor, { lot }));
    expect(await start()).toBe('seats-empty');
    await drawn(lot);
    await acceptAll(lot);
    await form(lot, town.tenderee.login);
    const members = await sitting(lot);
    for (const member of members) {
      expect(await start()).toBe('declare-first');
      await declared(house, personOf(member), lot, member.id);
    }
    const [first] = members;
    expect(await refusal(house.perform(declareRecusal, personOf(first ?? {}).actor, { lot, recuses: false }))).toBe('already-declared');
    expect(await start()).toBe('performed');
    expect(await start()).toBe('not-in-this-phase');
  }, 60_000);

  it('two representatives are two people', async () => {
    const draft = {
      panelSize: 7,
      panelExperts: 5,
      seats: [
        { specialty: 'A08', count: 3, reserve: 3 },
        { specialty: 'A06', count: 1, reserve: 2 },
        { specialty: 'A04', count: 1, reserve: 2 },
      ],
    };
    const { lot } = await openedLot(town, { draft });
    await house.perform(requestDraw, town.agent.actor, { lot });
    await until(town, async () => (await called(lot)).length === 5);
    await acceptAll(lot);
    const { login } = town.tenderee;
    expect(await form(lot, login)).toBe('representative-unknown');
    expect(await form(lot, [login, login])).toBe('representative-unknown');
    await house.perform(enrolUser, theSystem, {
      login: 'second-user',
      password: 'sunlit-harbour-7',
      userName: '第二代表',
      role: 'tenderee',
      organisation: town.tenderee.actor.code,
    });
    expect(await form(lot, `${login}, second-user`)).toBe('performed');
    expect((await sitting(lot)).length).toBe(7);
  }, 60_000);
});

describe('A member who withdraws', () => {
  it('needs a ground, leaves its seat to the next of the draw, and what it judged no longer counts', async () => {
    const { lot, bids } = await openedLot(town);
    const members = await panelAtWork(town, lot);
    const [leaver] = members;
    if (!leaver) throw new Error('no members');
    const by = leaver.person.actor;
    await house.perform(reviewBid, by, { lot, verdicts: [{ bid: bids[0] ?? '', item: 'qualification', pass: false, reason: '资质不符' }] });
    expect(await refusal(house.perform(declareRecusal, by, { lot, recuses: true }))).toBe('reason-needed');
    expect(await refusal(house.perform(declareRecusal, by, { lot, recuses: true, ground: '评审中发现利害关系' }))).toBe('performed');
    expect(
      await refusal(
        house.perform(reviewBid, by, { lot, verdicts: [{ bid: bids[0] ?? '', item: 'qualification', pass: true, reason: '更正' }] }),
      ),
    ).toBe('not-a-panel-member');
    expect(await house.em().count(DrawSeat, { lot, state: 'declined', ground: 'recused' })).toBe(1);
    const [next] = await called(lot);
    expect(next?.specialty).toBe((await house.em().findOneOrFail(PanelMember, { id: leaver.member })).specialty);
    expect(await form(lot)).toBe('seats-empty');
    expect(await refusal(house.perform(concludeEvaluation, town.tenderee.actor, { lot }))).toBe('seats-empty');
    await acceptAll(lot);
    expect(await form(lot)).toBe('performed');
    const fresh = (await sitting(lot)).find((member) => member.seat === 1);
    expect(fresh?.mask).toBe('专家E');
    const newcomer = personOf(fresh ?? {});
    const verdicts = [{ bid: bids[0] ?? '', item: 'qualification', pass: true }];
    expect(await refusal(house.perform(reviewBid, newcomer.actor, { lot, verdicts }))).toBe('declare-first');
    const [seat] = (await sitting(lot)).filter((each) => each.expert === newcomer.actor.expert);
    await declared(house, newcomer, lot, seat?.id ?? '');
    await panelSigns(town, lot);
    const { bundle } = await house.em().findOneOrFail(EvaluationReport, { lot });
    const read = evaluationShape.parse(bundle);
    expect(read.reviewers).not.toContain(leaver.member);
    expect(read.reviews.every((row) => row.pass)).toBe(true);
    expect(await phaseOf(house, lot)).toBe('evaluated');
  }, 90_000);

  it('another draw before the start puts the formed panel out of its seats', async () => {
    const { lot } = await openedLot(town);
    await drawn(lot);
    await acceptAll(lot);
    await form(lot, town.tenderee.login);
    for (const member of await sitting(lot)) await declared(house, personOf(member), lot, member.id);
    await house.perform(requestDraw, town.agent.actor, { lot, ground: '抽取专业设置有误' });
    expect(await refusal(house.perform(startEvaluation, town.agent.actor, { lot }))).toBe('seats-empty');
    await until(town, async () => (await called(lot)).length === 4);
    await acceptAll(lot);
    expect(await form(lot)).toBe('performed');
    const members = await sitting(lot);
    expect(members.map((member) => member.mask)).toEqual(['专家E', '专家F', '专家G', '专家H', '招标人代表']);
    expect(members.filter((member) => member.kind === 'expert').every((member) => !member.declaredAt)).toBe(true);
  }, 90_000);

  it('once the evaluation runs nobody draws a taken seat again', async () => {
    const { lot } = await openedLot(town);
    await panelAtWork(town, lot);
    expect(await refusal(house.perform(requestDraw, town.agent.actor, { lot, ground: '希望更换专家' }))).toBe('seats-taken');
  }, 60_000);
});

describe('Fewer valid bids than the method asks', () => {
  it('fail the tender with the last signature, and the names are public', async () => {
    const { lot, bids } = await openedLot(town);
    const members = await panelAtWork(town, lot);
    await panelSigns(town, lot, { fails: bids });
    expect(await house.em().findOneOrFail(Lot, { id: lot })).toMatchObject({ phase: 'failed', failedFor: 'too-few-valid' });
    const { bundle } = await house.em().findOneOrFail(EvaluationReport, { lot });
    expect(evaluationShape.parse(bundle)).toMatchObject({ sheets: [], result: { outcome: 'failed', reason: 'too-few-valid' } });
    const { text } = await house.api().get(`/lots/${lot}/panel`);
    for (const { person } of members) expect(text).toContain(person.actor.name);
  }, 90_000);

  it('one bid that half of five fails stays, one that three fail goes', async () => {
    const { lot, bids } = await openedLot(town);
    const members = await panelAtWork(town, lot);
    for (const [at, { person }] of members.entries()) {
      const verdict = (bid: string | undefined, fails: boolean) => ({
        bid: bid ?? '',
        item: 'qualification',
        pass: !fails,
        ...(fails ? { reason: '业绩不足' } : {}),
      });
      await house.perform(reviewBid, person.actor, { lot, verdicts: [verdict(bids[0], at < 2), verdict(bids[1], at < 3)] });
    }
    const items = ['signature', 'consortium', 'single-offer', 'price-limit', 'security', 'response', 'integrity'];
    for (const { person } of members) {
      const verdicts = [
        ...bids.flatMap((bid) => items.map((item) => ({ bid, item, pass: true }))),
        { bid: bids[2] ?? '', item: 'qualification', pass: true },
      ];
      await house.perform(reviewBid, person.actor, { lot, verdicts });
    }
    const { body } = await (await (members[0]?.person ?? town.agent).api()).get(`/lots/${lot}/evaluation`);
    expect(body.bids.filter((bid: { out: unknown }) => bid.out !== null).map((bid: { submission: string }) => bid.submission)).toEqual([
      bids[1],
    ]);
    expect([...body.scored].sort()).toEqual([bids[0], bids[2]].sort());
  }, 90_000);
});
