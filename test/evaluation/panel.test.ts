import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerHalt } from '../../src/evaluation/answer-halt.ts';
import { askTime } from '../../src/evaluation/ask-time.ts';
import { evaluationShape } from '../../src/evaluation/bundle.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { declareRecusal } from '../../src/evaluation/declare-recusal.ts';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import { noteOvertime } from '../../src/evaluation/note-overtime.ts';
import { extendedFrom } from '../../src/evaluation/panel-time.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { EvaluationReport, EvaluationTime, PanelMember } from '../../src/evaluation/schema.ts';
import { isMajority, leastOf, moreThan } from '../../src/evaluation/share.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { voidOpinion } from '../../src/evaluation/void-opinion.ts';
import { voteHalt } from '../../src/evaluation/vote-halt.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { later } from '../../src/kernel/clock.ts';
import { Fraction } from '../../src/kernel/fraction.ts';
import { DrawRequest as DrawRow } from '../../src/openings/schema.ts';
import { enrolUser } from '../../src/parties/enrol-user.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { regulatorOf } from '../awards/scene.ts';
import { declared, panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, openedLot, phaseOf, until } from '../support/opened-lot.ts';
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

describe('What a panel decides together while it works', () => {
  let lot: string;
  let seats: readonly { readonly member: string; readonly person: Person }[];
  const ask = (seat: number) =>
    refusal(house.perform(askTime, (seats[seat]?.person ?? town.agent).actor, { lot, reason: '图纸复核工作量大' }));
  const move = (seat: number, ground = 'ambiguous') =>
    refusal(
      house.perform(voteHalt, (seats[seat]?.person ?? town.agent).actor, { lot, ground, reason: '第三章与第五章的工期要求相互矛盾' }),
    );
  const time = () => house.em().findOneOrFail(EvaluationTime, { lot });
  const told = async (type: string) => (await eventsOfLot(house.em(), lot)).filter(({ event }) => event.type === type);
  const toldBy = async (type: string): Promise<unknown> => {
    await until(town, async () => (await told(type)).length > 0);
    return (await told(type)).at(-1)?.event.data;
  };
  beforeAll(async () => {
    ({ lot } = await openedLot(town));
    seats = await panelAtWork(town, lot);
  }, 60_000);

  it('XE-4: more than one third is three of seven, two of three, two of five; never a third itself', () => {
    const wantsMoreTime = moreThan(Fraction.of(1, 3));
    const least = (members: number) => leastOf(wantsMoreTime, members);
    expect([3, 5, 7, 9].map(least)).toEqual([2, 2, 3, 4]);
    expect([wantsMoreTime(1, 3), wantsMoreTime(2, 6), wantsMoreTime(3, 9)]).toEqual([false, false, false]);
    expect([3, 5, 7].map((members) => leastOf(isMajority, members))).toEqual([2, 3, 4]);
  });
  it('XE-4: one of five changes nothing, and counts once; the second extends the time by the rule', async () => {
    const { until } = await time();
    expect(await refusal(house.perform(askTime, town.stranger.actor, { lot, reason: '与我无关的理由' }))).toBe('not-a-panel-member');
    expect(await ask(0)).toBe('performed');
    expect(await ask(0)).toBe('already-voted');
    expect((await time()).until).toBe(until);
    expect(await ask(1)).toBe('performed');
    expect(await time()).toMatchObject({ until: extendedFrom(until, until), extensions: 1 });
    // a further extension is asked for anew
    expect(await ask(1)).toBe('performed');
    expect((await time()).extensions).toBe(1);
  });
  it('at the end of the time the supervisor is told, not a millisecond before; the work goes on, and it can still be extended', async () => {
    const { until } = await time();
    await house.clock.rate(0);
    await house.clock.to(later(until, -1));
    expect(await refusal(house.perform(noteOvertime, theSystem, { lot } as never))).toBe('evaluation-time-runs');
    await house.clock.to(until);
    await beat(house);
    expect((await time()).overtimeAt).toBe(until);
    expect(await refusal(house.perform(noteOvertime, theSystem, { lot } as never))).toBe('evaluation-time-runs');
    expect(await phaseOf(house, lot)).toBe('evaluating');
    expect(await ask(2)).toBe('performed');
    expect(await time()).toMatchObject({ until: extendedFrom(until, until), extensions: 2, overtimeAt: null });
    await house.clock.rate(1);
  });
  it('XE-8: more than half of the panel stops the evaluation on a ground of the line; then nobody can judge', async () => {
    expect(await move(0, 'too-dear')).toBe('unknown-halt-ground');
    for (const seat of [0, 1]) expect(await move(seat)).toBe('performed');
    expect(await move(1)).toBe('already-voted');
    expect(await phaseOf(house, lot)).toBe('evaluating');
    expect(await move(2, 'unlawful')).toBe('performed');
    expect(await phaseOf(house, lot)).toBe('halted');
    expect(await refusal(panelSigns(town, lot))).toBe('not-in-this-phase');
    expect(await toldBy('evaluation.halted')).toMatchObject({
      grounds: ['ambiguous', 'unlawful'],
      votes: 3,
      members: 5,
    });
  });
  it('the host answers, nobody else; what it does not confirm goes on, and the panel may stop again', async () => {
    const answer = (confirmed: boolean, by: Person) =>
      refusal(house.perform(answerHalt, by.actor, { lot, confirmed, answer: '补遗书第二号已明确以第五章为准。' }));
    expect(await answer(false, seats[0]?.person ?? town.agent)).toBe('not-permitted');
    expect(await answer(false, town.stranger)).toBe('not-found');
    const { body } = await house.api(await town.agent.token()).get(`/lots/${lot}/evaluation`);
    expect(body.votes.halt).toMatchObject({ mayAnswer: true, moved: [] });
    expect(body.votes.halt.open.reasons).toHaveLength(3);
    expect(await answer(false, town.agent)).toBe('performed');
    expect(await phaseOf(house, lot)).toBe('evaluating');
    expect(await answer(true, town.agent)).toBe('not-in-this-phase');
  });
  it('XE-2: a member who broke the rules is out by the supervisor’s decision, its opinion with it, and the next of the draw is called', async () => {
    const regulator = await regulatorOf(town, '420500');
    const breach = { lot, member: seats[3]?.member ?? '', ground: 'agreed-scores', reason: '评标现场录音显示与他人协商评分' } as const;
    expect(await refusal(house.perform(voidOpinion, (await regulatorOf(town, '310000')).actor, breach))).toBe('not-found');
    expect(await refusal(house.perform(voidOpinion, town.agent.actor, breach))).toBe('not-permitted');
    expect(await refusal(house.perform(voidOpinion, regulator.actor, breach))).toBe('performed');
    expect(await refusal(house.perform(voidOpinion, regulator.actor, breach))).toBe('not-a-panel-member');
    expect((await sitting(lot)).map(({ id }) => id)).not.toContain(breach.member);
    expect(await called(lot)).toHaveLength(1);
    // four are left: the seat counts for nobody until it is taken
    expect(await refusal(house.perform(concludeEvaluation, (seats[0]?.person ?? town.agent).actor, { lot }))).toBe('seats-empty');
  });
  it('confirmed, the tender fails for its documents and may be tendered again', async () => {
    for (const seat of [0, 1, 2]) expect(await move(seat, 'defective')).toBe('performed');
    await house.perform(answerHalt, town.agent.actor, { lot, confirmed: true, answer: '确认招标文件存在重大缺陷。' });
    expect(await house.em().findOneOrFail(Lot, { id: lot })).toMatchObject({ phase: 'failed', failedFor: 'documents-flawed' });
  });
});

describe('No sequence of acts forms a panel that breaks a rule', () => {
  const step = fc.oneof(
    fc.constantFrom('draw', 'start', 'form', 'form-stranger', 'form-twice').map((act) => ({ act, at: 0 })),
    fc.record({ act: fc.constantFrom('accept', 'accept', 'accept', 'decline', 'declare', 'declare', 'declare', 'recuse'), at: fc.nat(4) }),
  );
  async function take(lot: string, { act, at }: { readonly act: string; readonly at: number }): Promise<unknown> {
    const { agent, tenderee } = town;
    if (act === 'draw') {
      const said = await refusal(house.perform(requestDraw, agent.actor, { lot, ground: '因专家不足补充抽取' }));
      if (said === 'performed') await until(town, async () => (await house.em().count(DrawRow, { lot, completedAt: null })) === 0);
      return said;
    }
    if (act === 'start') return refusal(house.perform(startEvaluation, agent.actor, { lot }));
    if (act === 'form') return form(lot, tenderee.login);
    if (act === 'form-stranger') return form(lot, agent.login);
    if (act === 'form-twice') return form(lot, [tenderee.login, tenderee.login]);
    if (act === 'accept' || act === 'decline') {
      const seats = await called(lot);
      const seat = seats[at % Math.max(1, seats.length)];
      return (
        seat &&
        refusal(house.perform(answerCall, personOf(seat).actor, { seat: seat.id, accepts: act === 'accept', ground: '另有任务' } as never))
      );
    }
    const members = await sitting(lot);
    const member = members[at % Math.max(1, members.length)];
    if (!member) return undefined;
    if (act === 'recuse')
      return refusal(house.perform(declareRecusal, personOf(member).actor, { lot, recuses: true, ground: '与投标人有利害关系' }));
    return refusal(declared(house, personOf(member), lot, member.id));
  }
  async function lawful(lot: string): Promise<void> {
    const row = await house.em().findOneOrFail(Lot, { id: lot });
    const { panel } = termsOf(row);
    const members = await sitting(lot);
    const accepted = new Map((await house.em().find(DrawSeat, { lot, state: 'accepted' })).map((seat) => [seat.id, seat.expert]));
    expect(new Set(members.map(({ seat }) => seat)).size).toBe(members.length);
    expect(new Set(members.map(({ expert, user }) => expert ?? user)).size).toBe(members.length);
    const experts = members.filter(({ kind }) => kind === 'expert');
    expect(experts.length).toBeLessThanOrEqual(panel.experts);
    expect(members.length).toBeLessThanOrEqual(panel.size);
    if (row.phase !== 'evaluating' || members.length < panel.size) return;
    // at work and whole: odd, five at least, two thirds of it experts who were drawn and accepted, everybody declared
    expect([panel.size % 2, panel.size >= 5, experts.length * 3 >= panel.size * 2]).toEqual([1, true, true]);
    for (const { drawSeat, expert } of experts) expect(accepted.get(drawSeat ?? '')).toBe(expert);
  }

  it('whatever order they come in: draws, answers, recusals, representatives, starts', async () => {
    let started = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 30 }), async (steps) => {
        const { lot } = await openedLot(town);
        for (const random of steps) {
          await take(lot, random);
          await lawful(lot);
        }
        // whatever it has come to, the lawful way leads on from there
        for (let round = 0; round < 6 && (await phaseOf(house, lot)) === 'opened'; round += 1) {
          await take(lot, { act: 'draw', at: 0 });
          await acceptAll(lot);
          await take(lot, { act: 'form', at: 0 });
          for (const at of [0, 1, 2, 3, 4]) await take(lot, { act: 'declare', at });
          await take(lot, { act: 'start', at: 0 });
          await lawful(lot);
        }
        if ((await phaseOf(house, lot)) === 'evaluating') started += 1;
      }),
      { numRuns: 3, seed: 20261128, endOnFailure: true },
    );
    expect(started).toBeGreaterThan(0);
  }, 240_000);
});
