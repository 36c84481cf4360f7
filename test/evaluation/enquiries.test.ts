import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishCandidates } from '../../src/awards/publish-candidates.ts';
import { answerEnquiry } from '../../src/evaluation/answer-enquiry.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { enquireBid } from '../../src/evaluation/enquire-bid.ts';
import { type EnquiryAnswer, questionDigest } from '../../src/evaluation/enquiry.ts';
import { lapseEnquiry } from '../../src/evaluation/lapse-enquiry.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { Enquiry, EvaluationReport } from '../../src/evaluation/schema.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { later } from '../../src/kernel/clock.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import type { EvaluationReport as ReportPaper } from '../../src/papers/evaluation-report.ts';
import { PaperRow } from '../../src/papers/schema.ts';
import { witnessedTown } from '../openness/witness.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openedLot, phaseOf, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { bundleOf, verdictOf } from '../turns/scene.ts';
import { signedAnswer } from './enquiry-scene.ts';

let house: TestHouse;
let town: Town;
let stop: (() => Promise<void>) | undefined;
let lot: string;
let bids: readonly string[];
let seats: Awaited<ReturnType<typeof panelAtWork>>;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  ({ town, stop } = await witnessedTown(await makeTown(house, { bidders: 5 })));
  ({ lot, bids } = await openedLot(town, { prices: ['17800000.00', '18000000.00', '18250000.00', '18300000.00', '18400000.00'] }));
  seats = await panelAtWork(town, lot);
}, 180_000);
afterAll(async () => {
  await stop?.();
  await house.close();
});

const member = (): Person => seats[0]?.person ?? town.stranger;
const bid = (at: number): string => bids[at] ?? '';
async function bidderOf(at: number): Promise<Person> {
  const { bidder } = await house.em().findOneOrFail(OpeningItem, { lot, submission: bid(at) });
  const found = town.bidders.find((each) => each.actor.code === bidder);
  if (!found) throw new Error(`nobody of this town is ${bidder}`);
  return found;
}
const asks = (at: number, more: object = {}, by: Person = member()) =>
  refusal(
    house.perform(enquireBid, by.actor, {
      lot,
      bid: bid(at),
      kind: 'clarification',
      text: '请说明施工进度计划的工期',
      minutes: 30,
      ...more,
    } as never),
  );
const openOf = (at: number) => house.em().findOneOrFail(Enquiry, { lot, submission: bid(at), state: 'open' });
async function answers(at: number, more: Partial<EnquiryAnswer> = {}, sent: object = {}, by?: Person): Promise<string> {
  const enquiry = await openOf(at);
  const bidder = by ?? (await bidderOf(at));
  const command = { ...(await signedAnswer(house, enquiry, bidder, more)), ...sent };
  return refusal(house.perform(answerEnquiry, bidder.actor, command as never));
}
const typesOf = async (): Promise<string[]> => (await eventsOfLot(house.em(), lot)).map(({ event }) => event.type);

describe('the panel asks in writing (EV-7)', () => {
  it('a member may; a stranger, the host and a bidder may not', async () => {
    expect(await asks(0, {}, town.agent)).toBe('not-a-panel-member');
    expect(await asks(0, {}, await bidderOf(0))).toBe('not-permitted');
    expect(await asks(0)).toBe('performed');
  });
  it('one question at a time of one bidder', async () => {
    expect(await asks(0)).toBe('enquiry-pending');
  });
  it.each([
    [29, 'enquiry-time'],
    [1441, 'enquiry-time'],
  ])('%d minutes are no time to answer', async (minutes, problem) => {
    expect(await asks(1, { minutes })).toBe(problem);
  });
  it('MEND-1: nothing of a bid is put right where the law of its line knows no such thing', async () => {
    expect(await asks(1, { kind: 'mending', fields: ['qualification'] })).toBe('mending-refused');
  });
  it('nobody but the panel and the bidder that was asked learns of it', async () => {
    const page = async (by: Person) => (await house.api(await by.token()).get(`/lots/${lot}/enquiries`)).status;
    expect(await page(await bidderOf(0))).toBe(200);
    for (const by of [await bidderOf(1), town.agent, town.stranger]) expect(await page(by)).toBe(404);
    const shown = await house.api(await town.agent.token()).get(`/lots/${lot}/timeline`);
    expect(JSON.stringify(shown.body)).not.toContain('bid.enquired');
  });
  it('the bidder does not learn which member asked', async () => {
    const { text } = await house.api(await (await bidderOf(0)).token()).get(`/lots/${lot}/enquiries`);
    for (const seat of seats) expect(text).not.toContain(seat.member);
  });
});

describe('the bidder answers under its certificate', () => {
  it('another bidder has nothing to answer', async () => {
    expect(await answers(0, {}, {}, await bidderOf(1))).toBe('no-such-enquiry');
  });
  it('other words than were signed, another question, or a signature of long ago are refused', async () => {
    expect(await answers(0, {}, { text: '工期为一百日历天' })).toBe('enquiry-signature-refused');
    expect(await answers(0, { question: questionDigest('另一个问题') })).toBe('enquiry-signature-refused');
    expect(await answers(0, { at: later(await houseNow(house), -16 * 60_000) })).toBe('enquiry-signature-refused');
  });
  it('in its time, once', async () => {
    expect(await answers(0)).toBe('performed');
    const enquiry = await house.em().findOneOrFail(Enquiry, { lot, submission: bid(0) });
    expect([enquiry.state, enquiry.answer]).toEqual(['answered', '工期为二百四十日历天']);
    await expect(openOf(0)).rejects.toThrow();
  });
});

describe('an arithmetical error (EV-4)', () => {
  it('is corrected by a rule of the line and to another price, else it is not asked', async () => {
    const correction = { kind: 'correction', text: '大写金额与小写金额不一致' };
    expect(await asks(1, correction)).toBe('correction-incomplete');
    expect(await asks(1, { ...correction, ground: 'as-i-like-it', correctedPrice: '18100000.00' })).toBe('correction-incomplete');
    expect(await asks(1, { ...correction, ground: 'words-over-figures', correctedPrice: '18000000.00' })).toBe('correction-incomplete');
    expect(await asks(1, { ...correction, ground: 'words-over-figures', correctedPrice: '18100000.00' })).toBe('performed');
  });
  it('the bidder says yes or no; the confirmed price is judged', async () => {
    expect(await answers(1, { accepts: null }, { accepts: undefined })).toBe('enquiry-signature-refused');
    expect(await answers(1)).toBe('performed');
    const { body } = await house.api(await member().token()).get(`/lots/${lot}/evaluation`);
    expect(body.bids.find((each: { submission: string }) => each.submission === bid(1)).price).toBe('18100000.00');
  });
  it('a bid whose correction is refused is out; so is one whose time passes, from that very moment on', async () => {
    const correction = { kind: 'correction', text: '单价与总价不一致', ground: 'unit-over-total', correctedPrice: '18888888.00' };
    expect(await asks(2, correction)).toBe('performed');
    expect(await answers(2, { accepts: false })).toBe('performed');
    expect(await asks(3, correction)).toBe('performed');
    const { id, answerUntil } = await openOf(3);
    await house.clock.rate(0);
    await house.clock.to(later(answerUntil, -1));
    expect(await refusal(house.perform(lapseEnquiry, theSystem, { enquiry: id } as never))).toBe('enquiry-over');
    await house.clock.to(answerUntil);
    expect(await answers(3)).toBe('enquiry-over');
    await house.clock.rate(1);
    await until(town, async () => (await typesOf()).filter((type) => type === 'correction.unconfirmed').length === 2);
    const { body } = await house.api(await member().token()).get(`/lots/${lot}/evaluation`);
    expect(body.bids.map((each: { submission: string }) => each.submission)).toEqual([bid(0), bid(1), bid(4)]);
    expect(await asks(2)).toBe('unknown-item');
    const verdicts = [{ bid: bid(2), item: 'response', pass: true }];
    expect(await refusal(house.perform(reviewBid, member().actor, { lot, verdicts }))).toBe('unknown-item');
  });
});

describe('a low price', () => {
  const fails = (reason: string) =>
    refusal(house.perform(reviewBid, member().actor, { lot, verdicts: [{ bid: bid(4), item: 'price-limit', pass: false, reason }] }));
  it('fails nobody before its bidder was asked to explain it', async () => {
    expect(await fails('明显低于成本')).toBe('explanation-first');
    expect(await asks(4, { kind: 'low-price', text: '报价明显低于其他投标，请说明成本构成' })).toBe('performed');
    expect(await fails('明显低于成本')).toBe('explanation-first');
  });
  it('nothing is concluded while an answer is open', async () => {
    expect(await refusal(house.perform(concludeEvaluation, member().actor, { lot }))).toBe('enquiry-pending');
    expect(await answers(4, { text: '自有砂石料场，附成本分析' })).toBe('performed');
    expect(await fails('说明不能证明其合理性')).toBe('performed');
  });
});

describe('what came of it', () => {
  it('the ranking takes the confirmed price and leaves out who did not confirm', async () => {
    const again = { bid: bid(4), item: 'price-limit', pass: true, reason: '复核后认可说明' };
    await house.perform(reviewBid, member().actor, { lot, verdicts: [again] });
    await panelSigns(town, lot);
    expect(await phaseOf(house, lot)).toBe('evaluated');
    const { bundle } = (await house.em().findOneOrFail(EvaluationReport, { lot })) as { bundle: { bids: { id: string; price: string }[] } };
    expect(bundle.bids.map(({ id, price }) => [id, price])).toEqual([
      [bid(0), '17800000.00'],
      [bid(1), '18100000.00'],
      [bid(4), '18400000.00'],
    ]);
  });
  it('the report minutes each question with its answer, and says who is out for it', async () => {
    const paper = () => house.em().findOne(PaperRow, { lot, kind: 'evaluation-report' });
    await until(town, async () => (await paper()) !== null);
    const { clarifications, rejected } = ((await paper()) as PaperRow).data as ReportPaper;
    expect(clarifications.map(({ answer }) => answer)).toEqual([
      '工期为二百四十日历天',
      '确认。工期为二百四十日历天',
      '不确认。工期为二百四十日历天',
      '逾期未答复',
      '自有砂石料场，附成本分析',
    ]);
    expect(rejected.filter(({ item }) => item === '算术错误修正')).toHaveLength(2);
  });
  it('the public evidence shows from which price to which, never what a bidder wrote; a stranger recomputes it', async () => {
    await house.perform(publishCandidates, town.agent.actor, { lot });
    const bytes = await bundleOf(house, lot);
    const verdict = await verdictOf(house, bytes);
    expect(verdict.result).toBe('verified');
    expect(verdict.checks).toContain('Corrections start from the price read out; who did not confirm one is out');
    const types = await typesOf();
    expect(types).toEqual(expect.arrayContaining(['price.corrected', 'correction.unconfirmed']));
    const shown = JSON.stringify((await house.api().get(`/lots/${lot}/timeline`)).body);
    expect(shown).toContain('price.corrected');
    for (const secret of ['enquiry.answered', '自有砂石料场']) expect(shown).not.toContain(secret);
  });
});
