import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../src/kernel/clock.ts';
import { parseMoment } from '../../src/kernel/clock-fields.ts';
import { type Fen, fen } from '../../src/kernel/money.ts';
import { type Rule, refusalBy } from '../../src/kernel/rule.ts';
import { day, dayOf, endOfDay } from '../../src/kernel/working-days.ts';
import { construction } from '../../src/lines/construction/index.ts';
import { editionInForce } from '../../src/rulebook/edition.ts';
import { lawAlone } from '../../src/rulebook/ground.ts';
import { mandatoryTender } from '../../src/tenders/figures.ts';
import { deadlineAfterAddendum, type NoticeFacts, publicityUntil } from '../../src/tenders/timetable.ts';

/** Beijing time. */
const at = (text: string): Instant => {
  const read = parseMoment(text);
  if (read === undefined) throw new Error(text);
  return read;
};
const yuan = (amount: number): Fen => fen(BigInt(Math.round(amount * 100)));
const edition = editionInForce(construction.procedures[0], day('2026-11-01'));
const { rules, limits, parameters } = edition;

/** A notice that keeps every rule: issued on 1 November 2026, due on the 21st. */
const notice = (change: Partial<NoticeFacts> = {}): NoticeFacts => ({
  ...lawAlone(day('2026-11-01')),
  now: at('2026-11-01T09:00'),
  documentsFrom: at('2026-11-01T09:00'),
  documentsUntil: at('2026-11-06T17:00'),
  deadline: at('2026-11-21T09:30'),
  publicityDays: 3,
  estimate: yuan(10_000_000),
  ceiling: yuan(9_800_000),
  security: yuan(200_000),
  performanceShare: '0.1',
  ...change,
});
const ruleThatRefuses = <F>(set: readonly Rule<F>[], facts: F): string | null => refusalBy(set, facts)?.detail.rule ?? null;
const onNotice = (change: Partial<NoticeFacts>): string | null => ruleThatRefuses(rules.notice, notice(change));

describe('CON-C12 at least 20 days from issue to deadline', () => {
  it('takes 1 to 21 November, at any hour', () => {
    expect(onNotice({})).toBeNull();
    expect(onNotice({ documentsFrom: at('2026-11-01T23:59'), deadline: at('2026-11-21T00:00') })).toBeNull();
  });
  it('refuses 20 November, says the earliest date and names the law', () => {
    const refusal = refusalBy(rules.notice, notice({ deadline: at('2026-11-20T23:59') }));
    expect(refusal?.problem).toBe('bid-period-too-short');
    expect(refusal?.detail).toMatchObject({ rule: 'CON-C12', source: { en: 'Tendering and Bidding Law, art. 24' } });
    expect(refusal?.detail.fields?.[0]).toMatchObject({ path: 'deadline', says: { zh: expect.stringContaining('2026-11-21') } });
    expect(refusal?.detail.says?.zh).toContain('20日');
  });
});

describe('CON-C5 documents are offered for at least 5 days', () => {
  it('takes the fifth day', () => expect(onNotice({ documentsUntil: at('2026-11-06T00:00') })).toBeNull());
  it('refuses the fourth', () => expect(onNotice({ documentsUntil: at('2026-11-05T23:59') })).toBe('CON-C5'));
});

describe('TIME-1 to TIME-3 the times are in order', () => {
  it('TIME-1 refuses a deadline that is now, takes none in the past', () => {
    const late = at('2026-12-01T09:30');
    expect(onNotice({ now: late, documentsFrom: late, deadline: late })).toBe('TIME-1');
  });
  it('TIME-2 the offer of documents may end with the deadline, not after', () => {
    expect(onNotice({ documentsUntil: at('2026-11-21T09:30') })).toBeNull();
    expect(onNotice({ documentsUntil: at('2026-11-21T09:31') })).toBe('TIME-2');
  });
  it('TIME-3 documents are offered from the notice on, not before', () => {
    expect(onNotice({ documentsFrom: at('2026-11-01T09:00') })).toBeNull();
    expect(onNotice({ documentsFrom: at('2026-11-01T08:59') })).toBe('TIME-3');
  });
});

describe('CON-BOND the bid security is at most 2 % of the estimate', () => {
  it('takes exactly 2 % and none at all', () => {
    expect(onNotice({ security: yuan(200_000) })).toBeNull();
    expect(onNotice({ security: null })).toBeNull();
  });
  it('refuses one fen more, and 2.01 % (§11.3)', () => {
    expect(onNotice({ security: fen(20_000_001n) })).toBe('CON-BOND');
    expect(onNotice({ security: yuan(201_000) })).toBe('CON-BOND');
  });
});

describe('CON-BOND-WORKS, CON-BOND-GOODS, CON-BOND-DESIGN the orders’ caps', () => {
  const big = { estimate: yuan(100_000_000), ceiling: null } as const;
  it('800,000 yuan for works, not a fen more', () => {
    expect(onNotice({ ...big, security: yuan(800_000) })).toBeNull();
    expect(onNotice({ ...big, security: fen(80_000_001n) })).toBe('CON-BOND-WORKS');
  });
  it('800,000 yuan for goods', () => {
    expect(onNotice({ ...big, subject: 'goods', security: yuan(800_000) })).toBeNull();
    expect(onNotice({ ...big, subject: 'goods', security: fen(80_000_001n) })).toBe('CON-BOND-GOODS');
  });
  it('100,000 yuan for survey and design', () => {
    expect(onNotice({ ...big, subject: 'services', security: yuan(100_000) })).toBeNull();
    expect(onNotice({ ...big, subject: 'services', security: fen(10_000_001n) })).toBe('CON-BOND-DESIGN');
  });
});

describe('CON-PERF the performance security is at most 10 % of the contract', () => {
  it('takes 10 % and none', () => {
    expect(onNotice({ performanceShare: '0.1' })).toBeNull();
    expect(onNotice({ performanceShare: null })).toBeNull();
  });
  it('refuses more, and what is no number', () => {
    expect(onNotice({ performanceShare: '0.1001' })).toBe('CON-PERF');
    expect(onNotice({ performanceShare: '10%' })).toBe('CON-PERF');
  });
});

describe('FIG-1 to FIG-3 amounts fit together', () => {
  it('FIG-1 the ceiling may equal the estimate, not exceed it', () => {
    expect(onNotice({ ceiling: yuan(10_000_000) })).toBeNull();
    expect(onNotice({ ceiling: fen(1_000_000_001n) })).toBe('FIG-1');
  });
  it('FIG-2 and FIG-3 zero is no estimate and no ceiling, one fen is', () => {
    expect(onNotice({ estimate: fen(0n), ceiling: null, security: null })).toBe('FIG-2');
    expect(onNotice({ ceiling: fen(0n) })).toBe('FIG-3');
    expect(onNotice({ ceiling: fen(1n) })).toBeNull();
  });
});

describe('CP-3 thresholds are information', () => {
  it('4,000,000 yuan of works must be tendered, a fen less need not', () => {
    expect(mandatoryTender(parameters.mandatory, 'works', yuan(4_000_000), day('2026-11-01')).mandatory).toBe(true);
    expect(mandatoryTender(parameters.mandatory, 'works', fen(399_999_999n), day('2026-11-01')).mandatory).toBe(false);
  });
  it('goods from 2,000,000 and services from 1,000,000', () => {
    expect(mandatoryTender(parameters.mandatory, 'goods', yuan(2_000_000), day('2026-11-01')).mandatory).toBe(true);
    expect(mandatoryTender(parameters.mandatory, 'services', fen(99_999_999n), day('2026-11-01')).mandatory).toBe(false);
  });
});

describe('CON-C8 a change that may affect bids leaves 15 days', () => {
  const deadline = at('2026-12-16T09:30');
  const change = (now: string, affectsPreparation = true) => ({ ...lawAlone(dayOf(at(now))), now: at(now), affectsPreparation, deadline });
  const moved = (now: string, affects = true) => deadlineAfterAddendum(parameters.addendumAhead, change(now, affects));

  it('15 days before the deadline nothing moves', () => {
    expect(moved('2026-12-01T23:59')).toMatchObject({ moved: false, deadline });
    expect(ruleThatRefuses(rules.addendum, change('2026-12-01T23:59'))).toBeNull();
  });
  it('14 days before, the deadline moves by itself to the fifteenth day, same time, and says so (§11.3)', () => {
    const result = moved('2026-12-02T00:00');
    expect(result).toMatchObject({ moved: true, deadline: at('2026-12-17T09:30') });
    expect(result.says.zh).toContain('14日');
    expect(result.source.en).toContain('art. 21');
    expect(ruleThatRefuses(rules.addendum, change('2026-12-02T00:00'))).toBe('CON-C8');
  });
  it('the moved deadline keeps the rule', () => {
    const late = change('2026-12-15T18:00');
    const { deadline: then } = deadlineAfterAddendum(parameters.addendumAhead, late);
    expect(ruleThatRefuses(rules.addendum, { ...late, deadline: then })).toBeNull();
  });
  it('a change that does not affect bids moves nothing, on the last day even', () => {
    expect(moved('2026-12-16T08:00', false)).toMatchObject({ moved: false, deadline });
  });
});

describe('CON-C9 objections to the documents come 10 days before the deadline', () => {
  const deadline = at('2026-12-16T09:30');
  const objected = (now: string) =>
    ruleThatRefuses(rules.documentObjection, {
      ...lawAlone(dayOf(at(now))),
      now: at(now),
      deadline,
      publishedAt: at('2026-11-20T10:00'),
      collectedAt: null,
    });
  it('takes the tenth day before, to its last minute', () => expect(objected('2026-12-06T23:59')).toBeNull());
  it('refuses the ninth', () => expect(objected('2026-12-07T00:00')).toBe('CON-C9'));
  it('the answer is due within 3 days, 24:00', () => {
    expect(limits.answerObjection.by(lawAlone(day('2026-12-01'))).due(at('2026-12-01T10:00')).due).toBe(endOfDay(day('2026-12-04')));
  });
});

describe('CON-C20 candidates stay published for at least 3 days, ending on a working day', () => {
  const from = at('2026-11-23T10:00');
  const published = (until: Instant, start = from) => ruleThatRefuses(rules.publicity, { ...lawAlone(dayOf(start)), from: start, until });
  it('CON-C20 takes 24:00 of the third day and refuses the second', () => {
    expect(published(endOfDay(day('2026-11-26')))).toBeNull();
    expect(published(endOfDay(day('2026-11-25')))).toBe('CON-C20');
  });
  it('CON-C20D a Sunday is refused, the Monday after is taken', () => {
    const wednesday = at('2026-11-25T10:00');
    expect(published(endOfDay(day('2026-11-29')), wednesday)).toBe('CON-C20D');
    expect(published(endOfDay(day('2026-11-30')), wednesday)).toBeNull();
  });
  it('published on a Friday before a Monday holiday it ends on the next working day (§11.3)', () => {
    const friday = at('2026-04-03T10:00');
    const { until, provisional } = publicityUntil(friday, 3);
    expect([until, provisional]).toEqual([endOfDay(day('2026-04-07')), false]);
    expect(published(until, friday)).toBeNull();
  });
  it('flags an end in a year whose calendar is not published', () => {
    expect(publicityUntil(at('2026-12-30T10:00'), 3).provisional).toBe(true);
  });
  it('CON-C20N the notice may announce 3 days, not 2', () => {
    expect(onNotice({ publicityDays: 3 })).toBeNull();
    expect(onNotice({ publicityDays: 2 })).toBe('CON-C20N');
  });
});

describe('TIME-4 nobody is awarded before publicity is over', () => {
  const publicityEnds = endOfDay(day('2026-11-26'));
  it('refuses the last millisecond and takes 24:00', () => {
    expect(ruleThatRefuses(rules.award, { now: at('2026-11-26T23:59:59.999'), publicityUntil: publicityEnds })).toBe('TIME-4');
    expect(ruleThatRefuses(rules.award, { now: publicityEnds, publicityUntil: publicityEnds })).toBeNull();
  });
});

describe('Duties with a limit: late is a breach, never a refusal', () => {
  const on = day('2026-11-23');
  it.each([
    ['publishCandidates', '2026-11-23T10:00', '2026-11-26'],
    ['signContract', '2026-11-23T10:00', '2026-12-23'],
    ['fileReport', '2026-11-23T10:00', '2026-12-08'],
    ['refundSecurity', '2026-11-23T10:00', '2026-11-30'], // the fifth day is a Saturday
  ] as const)('%s from %s is due at the end of %s', (duty, from, last) => {
    expect(limits[duty]?.by(lawAlone(on)).due(at(from))).toEqual({ due: endOfDay(day(last)), provisional: false });
  });
  it('says what happens otherwise, in both languages', () => {
    for (const limit of Object.values(limits)) expect([limit.otherwise.zh, limit.otherwise.en].every(Boolean)).toBe(true);
  });
});
