import { describe, expect, it } from '@jest/globals';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { day } from '../../src/kernel/working-days.ts';
import { construction } from '../../src/lines/construction/index.ts';
import { procurement } from '../../src/lines/procurement/index.ts';
import { editionInForce } from '../../src/rulebook/edition.ts';
import { lawAlone } from '../../src/rulebook/ground.ts';
import { type ClockedLot, clocksOf, isOverdue, nextClock } from '../../src/supervision/time-limits.ts';
import { at } from '../awards/scene.ts';

const [edition] = construction.procedures[0].editions;
if (!edition) throw new Error('the line has no edition');
const { limits } = edition;
const { limits: buying } = editionInForce(procurement.procedures[0], day('2026-11-23'));
const never = {
  pauses: [],
  publishedAt: null,
  local: [],
  deadline: null,
  deadlineReachedAt: null,
  evaluation: null,
  validUntil: null,
  reportedAt: null,
  candidatesAt: null,
  publicityUntil: null,
  awardedAt: null,
  notifiedAt: null,
  contractedAt: null,
  reportFiledAt: null,
  signedAt: null,
  copyFiledAt: null,
  payments: [],
  endedAt: null,
  objections: [],
} satisfies ClockedLot;
/** A lot of 2031 (rest days are Saturdays and Sundays), published on a Monday. */
const lot = (more: Partial<ClockedLot>): ClockedLot => ({
  ...never,
  publishedAt: at('2031-03-03T09:00'),
  deadline: at('2031-04-02T09:30'),
  ...more,
});
const labels = (clocked: ClockedLot): string[] => clocksOf(clocked, limits).map((clock) => clock.label.en);
const one = (clocked: ClockedLot, label: string) => {
  const found = clocksOf(clocked, limits).find((clock) => clock.label.en === label);
  if (!found) throw new Error(`no clock '${label}'`);
  return found;
};
const justBefore = (moment: Instant): Instant => later(moment, -1);

describe('The clocks of a lot', () => {
  it('none runs on a draft', () => {
    expect(clocksOf(never, limits)).toEqual([]);
  });

  it('the copy of a procurement contract is due seven working days after its signing, and only in a line that asks for it', () => {
    const signed = lot({ signedAt: at('2031-05-05T00:00') });
    expect(labels(signed)).not.toContain('Filing of the contract');
    const [clock] = clocksOf(signed, buying).filter(({ label }) => label.en === 'Filing of the contract');
    if (!clock) throw new Error('no clock of the copy');
    expect(clock.until).toBe(at('2031-05-15T00:00'));
    expect([isOverdue(clock, justBefore(clock.until)), isOverdue(clock, clock.until)]).toEqual([false, true]);
  });

  it('a duty stands still with its lot: in calendar days as in working days, and only while it runs', () => {
    // notified on Monday 5 May 2031; stopped for two days from the 6th
    const pause = { from: at('2031-05-06T10:00'), until: at('2031-05-08T10:00') };
    const notified = at('2031-05-05T10:00');
    const plain = one(lot({ notifiedAt: notified }), 'Contract').until;
    const longer = one(lot({ notifiedAt: notified, pauses: [pause] }), 'Contract').until;
    expect(Date.parse(longer) - Date.parse(plain)).toBeGreaterThanOrEqual(2 * 86_400_000);
    expect(one(lot({ notifiedAt: pause.until, pauses: [pause] }), 'Contract').until).toBe(
      one(lot({ notifiedAt: pause.until }), 'Contract').until,
    );
  });

  it('bidding is a period: it ends, it is never overdue', () => {
    const bidding = one(lot({}), 'Bidding');
    expect(bidding).toMatchObject({ kind: 'period', until: at('2031-04-02T09:30'), done: null });
    expect(nextClock([bidding], justBefore(bidding.until))).toBe(bidding);
    expect(nextClock([bidding], bidding.until)).toBeNull();
    expect(isOverdue(bidding, later(bidding.until, 86_400_000))).toBe(false);
  });

  it('XE-4: the time of an evaluation is seen running, and seen when it has ended without a result', () => {
    const evaluation = { from: at('2031-04-03T09:00'), until: at('2031-04-08T09:00'), done: null };
    const clock = one(lot({ evaluation }), 'Evaluation');
    expect([isOverdue(clock, justBefore(clock.until)), isOverdue(clock, clock.until)]).toEqual([false, true]);
    expect(isOverdue(one(lot({ evaluation: { ...evaluation, done: at('2031-04-07T09:00') } }), 'Evaluation'), clock.until)).toBe(false);
    expect(labels(lot({ evaluation, endedAt: at('2031-04-04T09:00') }))).not.toContain('Evaluation');
  });

  it('CON-C19: the candidates are published within three days of the report; at the first moment too late it is overdue', () => {
    const clock = one(lot({ reportedAt: at('2031-04-09T10:00') }), 'Publication of the candidates');
    expect(clock).toMatchObject({ kind: 'duty', rule: 'con.publicity.startMax', from: at('2031-04-09T10:00'), done: null });
    // three days, not counting the first, off rest days: the 12th is a Saturday, so Monday the 14th is the last day
    expect(clock.until).toBe(at('2031-04-15T00:00'));
    expect(isOverdue(clock, justBefore(clock.until))).toBe(false);
    expect(isOverdue(clock, clock.until)).toBe(true);
  });

  it('a duty that was done in time stays done, one that was done late stays overdue', () => {
    const reportedAt = at('2031-04-09T10:00');
    const inTime = one(lot({ reportedAt, candidatesAt: at('2031-04-14T23:59') }), 'Publication of the candidates');
    const late = one(lot({ reportedAt, candidatesAt: at('2031-04-15T00:00') }), 'Publication of the candidates');
    expect([isOverdue(inTime, at('2032-01-01T00:00')), isOverdue(late, at('2032-01-01T00:00'))]).toEqual([false, true]);
    expect(nextClock([inTime, late], reportedAt)).toBeNull();
  });

  it('CF-1: the award falls within bid validity, by the text of 2013; at its end it is overdue', () => {
    const validUntil = at('2031-07-02T00:00');
    const closed = lot({ deadlineReachedAt: at('2031-04-02T09:30'), validUntil });
    const clock = one(closed, 'Award within bid validity');
    expect(clock).toMatchObject({ kind: 'duty', rule: 'con.award.determineBefore', until: validUntil, done: null });
    expect([isOverdue(clock, justBefore(validUntil)), isOverdue(clock, validUntil)]).toEqual([false, true]);
    // 30 working days before, by the text of 2001
    expect(limits.determineAward?.by(lawAlone(day('2013-04-30'))).before(validUntil)).toBe(at('2031-05-21T00:00'));
  });

  it('contract and report start with notice and award, each under its figure', () => {
    const awarded = lot({ awardedAt: at('2031-04-16T10:00'), notifiedAt: at('2031-04-17T10:00') });
    expect(one(awarded, 'Contract')).toMatchObject({ rule: 'con.contract.max', from: at('2031-04-17T10:00') });
    expect(one(awarded, 'Report to the supervisor')).toMatchObject({ rule: 'con.report.toSupervisor.max', from: at('2031-04-16T10:00') });
  });

  it('an objection runs until the time its own record names, else by the figure', () => {
    const raisedAt = at('2031-03-10T10:00');
    const named = lot({ objections: [{ raisedAt, answerUntil: at('2031-03-12T00:00'), answeredAt: null }] });
    const plain = lot({ objections: [{ raisedAt, answerUntil: null, answeredAt: null }] });
    expect(one(named, 'Answer to an objection').until).toBe(at('2031-03-12T00:00'));
    expect(one(plain, 'Answer to an objection').until).toBe(at('2031-03-14T00:00'));
  });

  it('of several the one that ends first is next', () => {
    const clocked = lot({ objections: [{ raisedAt: at('2031-03-10T10:00'), answerUntil: null, answeredAt: null }] });
    expect(nextClock(clocksOf(clocked, limits), at('2031-03-11T00:00'))?.label.en).toBe('Answer to an objection');
  });

  it('a lot that failed owes nothing more, and keeps what it did', () => {
    const failed = lot({
      deadlineReachedAt: at('2031-04-02T09:30'),
      reportedAt: at('2031-04-09T10:00'),
      endedAt: at('2031-04-09T10:00'),
      objections: [
        { raisedAt: at('2031-03-10T10:00'), answerUntil: null, answeredAt: at('2031-03-11T10:00') },
        { raisedAt: at('2031-04-08T10:00'), answerUntil: null, answeredAt: null },
      ],
    });
    expect(labels(failed)).toEqual(['Bidding', 'Answer to an objection']);
  });
});
