import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishCandidates } from '../../src/awards/publish-candidates.ts';
import { Candidate } from '../../src/awards/schema.ts';
import { orderReassessment } from '../../src/challenges/order-reassessment.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { concludePart } from '../../src/evaluation/conclude-part.ts';
import { deemPart } from '../../src/evaluation/deem-part.ts';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import { lapsePart } from '../../src/evaluation/lapse-part.ts';
import { partRefusal, partStatement } from '../../src/evaluation/part-statement.ts';
import { refusePart } from '../../src/evaluation/refuse-part.ts';
import { reportStatement } from '../../src/evaluation/report-statement.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { EvaluationReport, PanelMember, PartResult, PartSignature } from '../../src/evaluation/schema.ts';
import { signPart } from '../../src/evaluation/sign-part.ts';
import { signReport } from '../../src/evaluation/sign-report.ts';
import { signUntil } from '../../src/evaluation/sign-until.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { later } from '../../src/kernel/clock.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { regulatorOf } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { declared, expertOf, nextSession, panelAtWork, panelSigns, partSigned } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot, phaseOf, until } from '../support/opened-lot.ts';
import { signedReassessment } from '../support/ordered.ts';
import { refusal } from '../support/refusal.ts';
import { sequenced } from '../support/sequenced.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { bundleOf, custodianAsked, verdictOf } from './scene.ts';

let house: TestHouse;
let town: Town;
let stop: (() => Promise<void>) | undefined;
let lot: string;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  ({ town, stop } = await witnessedTown(await makeTown(house, { bidders: 3 })));
  // for goods, of which two bidders offer one brand
  const offers = [
    { price: '17800000.00', figures: { brand: '长江泵业' } },
    { price: '18000000.00', figures: { brand: '长 江泵业' } },
    { price: '18250000.00', figures: { brand: '清源' } },
  ];
  const draft = { envelopes: 'technical+price', subject: 'goods', sameBrand: 'draw', method: 'comprehensive-ratio' } as const;
  ({ lot } = await openedLot(town, { offers, draft }));
  await panelAtWork(town, lot);
  await panelSigns(town, lot, { unsigned: true });
}, 180_000);
afterAll(async () => {
  await stop?.();
  await house.close();
});

const silent = async (seat: number): Promise<string> => {
  const member = (await house.em().find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } }))[seat]?.id;
  return refusal(house.perform(deemPart, theSystem, { lot, member } as never));
};

const personIn = async (seat: number) => {
  const member = (await house.em().find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } }))[seat];
  const person = town.experts.find((each) => each.actor.expert === member?.expert) ?? town.tenderee;
  return { member: member?.id ?? '', person };
};
async function refuses(seat: number, reason: string, signed = reason): Promise<string> {
  const { member, person } = await personIn(seat);
  const { sha256, concludedAt } = await house.em().findOneOrFail(PartResult, { lot });
  const statement = canonicalBytes(partRefusal(lot, 'technical', sha256, member, signed));
  const signature = Buffer.from(await signDetached(statement, await person.signer(), concludedAt)).toString('base64');
  return refusal(house.perform(refusePart, person.actor, { lot, reason, signature }));
}

describe('members who do not agree with the result of an envelope', () => {
  it('say why, and sign it: other words than those signed are nobody’s', async () => {
    expect(await refuses(0, '三号标书业绩不实', '没有意见')).toBe('report-signature-refused');
    expect(await refuses(0, '不 ')).toBe('invalid-input');
    expect(await refuses(0, '三号标书业绩不实')).toBe('performed');
    expect(await refuses(0, '再说一次同样的话')).toBe('already-signed');
  });
  it('half of the panel or more undo it: nothing of it stands, and the sheets are open again', async () => {
    expect(await refuses(1, '资格文件缺少附件')).toBe('performed');
    expect(await refuses(2, '评审过程过于仓促')).toBe('performed');
    const { person } = await personIn(3);
    for (const seat of [3, 4]) await partSignedBy(seat);
    expect(await house.em().count(PartResult, { lot })).toBe(0);
    expect(await house.em().count(PartSignature, { lot })).toBe(0);
    expect(await phaseOf(house, lot)).toBe('evaluating');
    await house.perform(concludePart, person.actor, { lot });
  });
});

describe('a member that says nothing about the result of an envelope', () => {
  const lapses = () => refusal(house.perform(lapsePart, theSystem, { lot }));
  it('does not agree by it where half of the panel or less has signed: the result lapses at the end of its time, and the silent leave', async () => {
    await partSigned(town, lot, null, 2);
    const before = await house.em().find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } });
    const { sha256, concludedAt } = await house.em().findOneOrFail(PartResult, { lot });
    await house.clock.rate(0);
    await house.clock.to(later(signUntil(concludedAt), -1));
    expect(await lapses()).toBe('signing-time-runs');
    await house.clock.to(signUntil(concludedAt));
    expect(await silent(4)).toBe('signing-time-runs');
    await until(town, async () => (await house.em().count(PartResult, { lot })) === 0);
    await house.clock.rate(1);
    const seated = await house.em().find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } });
    expect(seated.map(({ id }) => id)).toEqual(before.slice(0, 2).map(({ id }) => id));
    expect(await house.em().count(PartSignature, { lot })).toBe(0);
    expect(await phaseOf(house, lot)).toBe('evaluating');
    const [told] = await lotEvents('part.lapsed');
    const out = before.slice(2).map(({ id }) => id);
    expect(told).toEqual({ part: 'technical', sha256, signed: 2, members: 5, silent: out });
    expect((await lotEvents('expert.declined')).map(({ ground }) => ground)).toEqual(['no-signature', 'no-signature']);
    expect(await lapses()).toBe('evaluation-incomplete');
  });
  it('is replaced by the next of the draw; nothing is concluded before the panel is full and has judged', async () => {
    const { person } = await personIn(0);
    expect(await refusal(house.perform(concludePart, person.actor, { lot }))).toBe('seats-empty');
    for (const seat of await house.em().find(DrawSeat, { lot, state: 'called' }))
      await house.perform(answerCall, expertOf(town, seat.expert).actor, { seat: seat.id, accepts: true });
    await house.perform(formPanel, town.agent.actor, { lot, representative: [town.tenderee.login] });
    for (const seat of [2, 3, 4]) {
      const { member, person: newcomer } = await personIn(seat);
      await declared(house, newcomer, lot, member);
    }
    expect(await refusal(house.perform(concludePart, person.actor, { lot }))).toBe('evaluation-incomplete');
    await panelSigns(town, lot, { unsigned: true });
  });
  it('agrees at the end of its time beside three signatures of five, not a millisecond before', async () => {
    await partSigned(town, lot, null, 3);
    // one of the five refuses; that is its word
    expect(await refuses(3, '评分标准理解不一致')).toBe('performed');
    expect(await silent(4)).toBe('signing-time-runs');
    const { concludedAt } = await house.em().findOneOrFail(PartResult, { lot });
    await house.clock.rate(0);
    await house.clock.to(later(signUntil(concludedAt), -1));
    expect(await silent(4)).toBe('signing-time-runs');
    await house.clock.to(signUntil(concludedAt));
    await house.clock.rate(1);
    await until(town, async () => (await phaseOf(house, lot)) === 'waiting');
    expect(await silent(4)).toBe('not-in-this-phase');
  });
  it('the next envelopes are opened by custodians that count for themselves, and a stranger verifies that silence was allowed to count', async () => {
    await nextSession(town, lot);
    const bids = (await house.em().find(OpeningItem, { lot, part: 'price' })).map(({ submission }) => submission);
    expect(await custodianAsked(town, lot, { part: 'price', bids })).toBe('answered');
    const verdict = await verdictOf(house, await bundleOf(house, lot));
    expect(verdict.result).toBe('verified');
  }, 60_000);
  it('EV-10: bids of one brand count as one, so the second of it is no candidate; a stranger recomputes it', async () => {
    await house.perform(startEvaluation, town.agent.actor, { lot });
    await panelSigns(town, lot);
    const { result } = await house.perform(publishCandidates, town.agent.actor, { lot });
    expect(result.candidates).toBe(2);
    const published = await house.em().find(Candidate, { lot }, { orderBy: { rank: 'asc' } });
    expect(published.map(({ rank, price }) => [rank, price])).toEqual([
      [1, 1780000000n],
      [2, 1825000000n],
    ]);
    const verdict = await verdictOf(house, await bundleOf(house, lot));
    expect(verdict).toMatchObject({ result: 'verified', checks: expect.arrayContaining(['The brands are those read out']) });
  }, 60_000);
  it('XE-6: evaluated again by the supervisor’s decision: candidates are taken down, what was public stays so, and both versions verify', async () => {
    const regulator = await regulatorOf(town, '420500');
    const terms = termsOf(await house.em().findOneOrFail(Lot, { id: lot }));
    const item = terms.items.find(({ part }) => part === 'price')?.id ?? '';
    const [first] = await house.em().find(Candidate, { lot }, { orderBy: { rank: 'asc' } });
    const order = { lot, explanation: '投诉查实：报价文件中存在两个报价。', bids: [first?.submission ?? ''], items: [item], criteria: [] };
    const elsewhere = await regulatorOf(town, '310000');
    const decision = { ground: 'regulator-decision', reference: '宜发改监〔2026〕7号' } as const;
    const signed = (person: Person, change: object = {}, as = person) =>
      signedReassessment(house, person, { ...order, ...decision, ...change }, as);
    expect(await refusal(house.perform(orderReassessment, elsewhere.actor, await signed(elsewhere)))).toBe('not-found');
    expect(await refusal(house.perform(orderReassessment, regulator.actor, await signed(regulator, { reference: '' })))).toBe(
      'unknown-reference',
    );
    // by another's key, or with other words than were signed
    expect(await refusal(house.perform(orderReassessment, regulator.actor, await signed(regulator, {}, elsewhere)))).toBe(
      'order-signature-refused',
    );
    const wider = { ...(await signed(regulator)), explanation: '投诉查实：另有一项不符合要求。' };
    expect(await refusal(house.perform(orderReassessment, regulator.actor, wider))).toBe('order-signature-refused');
    await house.perform(orderReassessment, regulator.actor, await signed(regulator));
    expect(await house.em().count(Candidate, { lot })).toBe(0);
    expect((await verdictOf(house, await bundleOf(house, lot))).result).toBe('verified');
    for (const seat of [0, 1, 2, 3, 4]) {
      const { person } = await personIn(seat);
      const verdicts = [{ bid: order.bids[0] ?? '', item, pass: false, reason: '同一投标有两个报价' }];
      await house.perform(reviewBid, person.actor, { lot, verdicts });
    }
    await house.perform(concludeEvaluation, (await personIn(0)).person.actor, { lot });
    const { sha256, concludedAt } = await house.em().findOneOrFail(EvaluationReport, { lot });
    for (const seat of [0, 1, 2, 3, 4]) {
      const { member, person } = await personIn(seat);
      const signed = await signDetached(canonicalBytes(reportStatement(lot, sha256, member)), await person.signer(), concludedAt);
      await house.perform(signReport, person.actor, { lot, signature: Buffer.from(signed).toString('base64') });
    }
    expect((await verdictOf(house, await bundleOf(house, lot))).result).toBe('verified');
    const { result } = await house.perform(publishCandidates, town.agent.actor, { lot });
    expect(result.candidates).toBe(2);
    // the first of its brand is out, so the second of it may be recommended
    const published = await house.em().find(Candidate, { lot }, { orderBy: { rank: 'asc' } });
    expect(published.map(({ price }) => price)).toEqual([1800000000n, 1825000000n]);
    const verdict = await verdictOf(house, await bundleOf(house, lot));
    expect(verdict).toMatchObject({
      result: 'verified',
      checks: expect.arrayContaining([
        'A further evaluation differs only in what its order names',
        expect.stringMatching(/^Event \d+'s order to evaluate again is signed by who gave it$/),
      ]),
    });
  }, 90_000);
});

/** One member signs, by its place. */
async function partSignedBy(seat: number): Promise<void> {
  const { member, person } = await personIn(seat);
  const row = await house.em().findOneOrFail(PartResult, { lot });
  const statement = canonicalBytes(partStatement(lot, 'technical', row.sha256, member));
  const signature = Buffer.from(await signDetached(statement, await person.signer(), row.concludedAt)).toString('base64');
  await house.perform(signPart, person.actor, { lot, signature });
}

/** What the journal tells of the lot, by the type of its events. */
async function lotEvents(type: string): Promise<readonly Record<string, unknown>[]> {
  await sequenced(house);
  return (await eventsOfLot(house.em(), lot, { types: [type] })).map(({ event }) => event.data as Record<string, unknown>);
}
