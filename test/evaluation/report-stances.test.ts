import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderReassessment } from '../../src/challenges/order-reassessment.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { deemReport } from '../../src/evaluation/deem-report.ts';
import { refuseReport } from '../../src/evaluation/refuse-report.ts';
import { reportStatement } from '../../src/evaluation/report-statement.ts';
import { EvaluationReport, EvaluationVersion, PanelMember } from '../../src/evaluation/schema.ts';
import { scoreBid } from '../../src/evaluation/score-bid.ts';
import { signReport } from '../../src/evaluation/sign-report.ts';
import { signUntil } from '../../src/evaluation/sign-until.ts';
import { maySee } from '../../src/journal/event.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { base64url, canonicalBytes } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import type { EvaluationReport as ReportPaper } from '../../src/papers/evaluation-report.ts';
import { PaperRow } from '../../src/papers/schema.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { lotView } from '../../src/tenders/reads.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openedLot, phaseOf, until } from '../support/opened-lot.ts';
import { signedReassessment } from '../support/ordered.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
}, 120_000);
afterAll(() => house.close());

interface Seat {
  readonly member: string;
  readonly person: Person;
}
/** A lot whose result is computed and waits for the panel's word. */
async function concluded(): Promise<{ lot: string; seats: readonly [Seat, Seat, Seat, Seat, Seat] }> {
  const { lot } = await openedLot(town, { prices: ['17800000.00', '18000000.00', '18250000.00'] });
  const seats = await panelAtWork(town, lot);
  await panelSigns(town, lot, { unsigned: true });
  const [a, b, c, d, e] = seats;
  if (!a || !b || !c || !d || !e) throw new Error('a panel of five');
  return { lot, seats: [a, b, c, d, e] };
}
const reportOf = (lot: string) => house.em().findOneOrFail(EvaluationReport, { lot });
async function signs(lot: string, { member, person }: Seat, dissent?: string, signedDissent = dissent): Promise<string> {
  const statement = canonicalBytes(
    reportStatement(lot, (await reportOf(lot)).sha256, member, signedDissent === '' ? undefined : signedDissent),
  );
  const signature = Buffer.from(await signDetached(statement, await person.signer(), await houseNow(house))).toString('base64');
  return refusal(house.perform(signReport, person.actor, { lot, signature, dissent }));
}
const refuses = (lot: string, { person }: Seat, reason: string) => refusal(house.perform(refuseReport, person.actor, { lot, reason }));
const standOf = async (seat: Seat) => (await house.em().findOneOrFail(PanelMember, { id: seat.member })).stance ?? null;

describe('the report and those who do not agree (Regulation art. 53)', () => {
  let lot: string;
  let seats: Awaited<ReturnType<typeof concluded>>['seats'];
  beforeAll(async () => {
    ({ lot, seats } = await concluded());
  }, 60_000);

  it('a dissent stands under the member’s signature: with other words it does not verify', async () => {
    expect(await signs(lot, seats[0], '第二名的业绩证明不完整', '一切同意')).toBe('report-signature-refused');
    expect(await signs(lot, seats[0], '第二名的业绩证明不完整', '')).toBe('report-signature-refused');
    // a form sends its line ends in two characters, the signature has them in one
    expect(await signs(lot, seats[0], '第二名的业绩证明不完整\r\n请核对', '第二名的业绩证明不完整\n请核对')).toBe('performed');
    expect(await standOf(seats[0])).toBe('signed');
  });
  it('who refuses says why; then it stands, and is not a signature', async () => {
    expect(await refuses(lot, seats[1], '  ')).toBe('invalid-input');
    expect(await refuses(lot, seats[1], '评分标准与公告不一致')).toBe('performed');
    expect(await refuses(lot, seats[1], '评分标准与公告不一致')).toBe('already-signed');
    expect(await signs(lot, seats[1])).toBe('already-signed');
  });
  it('a stranger and the host have no word in it', async () => {
    expect(await refusal(house.perform(refuseReport, town.stranger.actor, { lot, reason: '与我无关的理由' }))).toBe('not-a-panel-member');
    expect(await refusal(house.perform(refuseReport, town.agent.actor, { lot, reason: '与我无关的理由' }))).toBe('not-a-panel-member');
  });
  it('silence is no answer a millisecond before its time ends, and agreement from then on', async () => {
    for (const seat of seats.slice(2, 4)) expect(await signs(lot, seat as Seat)).toBe('performed');
    const end = signUntil((await reportOf(lot)).concludedAt);
    await house.clock.rate(0);
    await house.clock.to(later(end, -1));
    const silent = { lot, member: seats[4].member } as never;
    expect(await refusal(house.perform(deemReport, theSystem, silent))).toBe('signing-time-runs');
    expect(await phaseOf(house, lot)).toBe('evaluating');
    await house.clock.to(end);
    await house.clock.rate(1);
    await until(town, async () => (await phaseOf(house, lot)) === 'evaluated');
    expect(await standOf(seats[4])).toBe('deemed');
  });
  it('the report carries the dissent, the reasons, and who was silent; none of it is a signature', async () => {
    const paper = () => house.em().findOne(PaperRow, { lot, kind: 'evaluation-report' });
    await until(town, async () => (await paper()) !== null);
    const report = (await paper())?.data as ReportPaper;
    expect(report.dissent.map(({ text }) => text).sort()).toEqual(['拒绝签署。评分标准与公告不一致', '第二名的业绩证明不完整\n请核对']);
    const marks = report.signatures.map(({ mark, signedAt }) => [signedAt === null, mark]);
    expect(marks.filter(([unsigned]) => unsigned)).toEqual(
      expect.arrayContaining([
        [true, '拒绝签署，见不同意见'],
        [true, '逾期未签署，视为同意'],
      ]),
    );
    expect(marks.filter(([unsigned]) => !unsigned)).toHaveLength(3);
  });
});

describe('a report that half of the panel refuses', () => {
  let lot: string;
  let seats: Awaited<ReturnType<typeof concluded>>['seats'];
  beforeAll(async () => {
    ({ lot, seats } = await concluded());
  }, 60_000);

  it('two of five do not undo it; the third does: it is withdrawn and the sheets are open again', async () => {
    for (const seat of seats.slice(0, 2)) await signs(lot, seat as Seat);
    for (const seat of seats.slice(2)) expect(await refuses(lot, seat as Seat, '价格分计算依据有误')).toBe('performed');
    expect(await phaseOf(house, lot)).toBe('evaluating');
    expect(await house.em().count(EvaluationReport, { lot })).toBe(0);
    for (const seat of seats) expect(await standOf(seat)).toBeNull();
    await until(town, async () => (await eventsOfLot(house.em(), lot)).some(({ event }) => event.type === 'report.withdrawn'));
    const types = (await eventsOfLot(house.em(), lot)).map(({ event }) => event.type);
    expect(types).not.toContain('evaluation.reported');
  });
  it('a score may be corrected with its reason; the panel concludes and signs anew', async () => {
    const { bids, criteria } = await sheetOf(lot);
    const [bid = ''] = bids;
    const [criterion] = criteria;
    const scores = [{ bid, criterion: criterion?.id ?? '', score: '1', reason: '复核后更正' }];
    for (const seat of seats) await house.perform(scoreBid, seat.person.actor, { lot, scores });
    await house.perform(concludeEvaluation, seats[0].person.actor, { lot });
    for (const seat of seats) expect(await signs(lot, seat)).toBe('performed');
    expect(await phaseOf(house, lot)).toBe('evaluated');
  });
  describe('XE-6: once signed it is evaluated again only by an order', () => {
    const order = async (person: Person, given: object) => {
      const whole = { lot, explanation: '复核发现客观分与证明材料不一致。', ...given };
      const stands = (await house.em().count(EvaluationReport, { lot })) > 0;
      const signed = stands ? await signedReassessment(house, person, whole) : { ...whole, at: '', signature: 'AAAA' };
      return refusal(house.perform(orderReassessment, person.actor, signed as never));
    };
    const corrects = async (scores: readonly { bid: string; criterion: string; score: string; reason: string }[]) => {
      for (const seat of seats) await house.perform(scoreBid, seat.person.actor, { lot, scores: [...scores] });
    };
    const concludes = () => refusal(house.perform(concludeEvaluation, seats[0].person.actor, { lot }));
    let first: string;
    let sheet: Awaited<ReturnType<typeof sheetOf>>;
    let scope: { bids: string[]; items: string[]; criteria: string[] };
    beforeAll(async () => {
      first = (await reportOf(lot)).sha256;
      sheet = await sheetOf(lot);
      scope = { bids: [sheet.bids[0] ?? ''], items: [], criteria: [sheet.criteria[0]?.id ?? ''] };
    });

    it('by the host on the grounds of the law, never on the supervisor’s; not by a member or a stranger', async () => {
      expect(await order(town.agent, { ground: 'regulator-decision', reference: '1号', ...scope })).toBe('not-permitted');
      expect(await order(town.agent, { ground: 'objection-upheld', ...scope })).toBe('ground-not-now');
      expect(await order(seats[0].person, { ground: 'objective-inconsistent', ...scope })).toBe('not-permitted');
      expect(await order(town.stranger, { ground: 'objective-inconsistent', ...scope })).toBe('not-found');
      expect(await order(town.agent, { ground: 'objective-inconsistent', ...scope, bids: [] })).toBe('scope-unclear');
      expect(await order(town.agent, { ground: 'objective-inconsistent', ...scope, criteria: ['x'] })).toBe('scope-unclear');
      expect(await phaseOf(house, lot)).toBe('evaluated');
    });
    it('then the report stays as a version, the sheets are open, and the host may not look on', async () => {
      expect(await order(town.agent, { ground: 'objective-inconsistent', ...scope })).toBe('performed');
      expect(await order(town.agent, { ground: 'objective-inconsistent', ...scope })).toBe('not-in-this-phase');
      expect(await phaseOf(house, lot)).toBe('evaluating');
      expect(await house.em().findOneOrFail(EvaluationVersion, { lot })).toMatchObject({ version: 1, sha256: first });
      const events = await eventsOfLot(house.em(), lot);
      const view = await lotView(house.em(), lot);
      const seen = (type: string) =>
        events.filter(({ event }) => event.type === type).map(({ event }) => maySee(event, town.agent.actor, view));
      // what it had seen of the first version stays, what is judged now it does not see
      expect(seen('evaluation.concluded').at(-1)).toBe(true);
      const told = { type: 'evaluation.concluded', subject: { lot }, at: await houseNow(house) };
      expect(maySee(told, town.agent.actor, view)).toBe(false);
    });
    it('nothing changes that the order does not name', async () => {
      const other = { bid: sheet.bids[1] ?? '', criterion: sheet.criteria[0]?.id ?? '' };
      expect(await refusal(corrects([{ ...other, score: '1', reason: '顺手改一改' }]))).toBe('outside-reassessment');
      await corrects([{ bid: scope.bids[0] ?? '', criterion: scope.criteria[0] ?? '', score: '2', reason: '按证明材料更正' }]);
      expect(await concludes()).toBe('performed');
      expect((await reportOf(lot)).sha256).not.toBe(first);
    });
    it('all sign the further version, with signatures of their own; both stand side by side', async () => {
      for (const seat of seats) expect(await signs(lot, seat)).toBe('performed');
      expect(await phaseOf(house, lot)).toBe('evaluated');
      const { body } = await house.api(await town.agent.token()).get(`/lots/${lot}/evaluation`);
      expect(body.versions).toMatchObject([{ version: 1, sha256: first, ground: { zh: '对客观评审因素评分不一致' } }]);
      expect(body.versions[0].changes.map(({ before, after }: { before: string; after: string }) => [before, after])).toEqual(
        seats.map(() => ['1.00', '2.00']),
      );
      const { body: old } = await house.api(await town.agent.token()).get(`/lots/${lot}/evaluation/bundle?version=1`);
      expect(base64url(sha256(canonicalBytes(old)))).toBe(first);
      expect(base64url(sha256(canonicalBytes((await reportOf(lot)).bundle)))).toBe((await reportOf(lot)).sha256);
      const papers = () => house.em().find(PaperRow, { lot, kind: 'evaluation-report' }, { orderBy: { issuedAt: 'asc' } });
      await until(town, async () => (await papers()).length === 2);
      const [one, two] = await papers();
      expect(two?.number).toBe(one?.number.replace(' 号', '-2 号'));
    });
  });
  it('a time that was set to end later is no way around: it is of the day the result was computed on', () => {
    const at = '2026-12-01T04:00:00.000Z' as Instant;
    expect(signUntil(at)).toBe('2026-12-02T04:00:00.000Z');
  });
});

async function sheetOf(lot: string) {
  const { method } = termsOf(await house.em().findOneOrFail(Lot, { id: lot }));
  const items = await house.em().find(OpeningItem, { lot, state: 'opened' });
  return { bids: items.map(({ submission }) => submission), criteria: method.criteria };
}
