import { describe, expect, it } from '@jest/globals';
import { noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import {
  deadlineInForce,
  maySettle,
  missingNumbers,
  movedDeadline,
  type OutageRule,
  outageBefore,
  type PlacedEvent,
  type Stated,
  settledBy,
  statedBy,
} from '../../src/journal/outage.ts';
import { type ProbeStatement, signStatement, statementIsBy } from '../../src/journal/probe.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';

const minute = 60_000;
const deadline = '2031-12-20T01:30:00.000Z' as Instant;
const platform = 'node.example/journal';
const keys = [1, 2, 3, 4].map((n) => noteSigner(`probe-${n}.example`, new Uint8Array(32).fill(n)));
const [one, two, three, four] = keys as [(typeof keys)[0], (typeof keys)[0], (typeof keys)[0], (typeof keys)[0]];
const probesOf = (...institutions: readonly string[]) =>
  institutions.map((institution, at) => ({ vkey: printVerifierKey(keys[at] ?? one), institution }));
const rule: OutageRule = {
  probes: probesOf('甲院', '乙院', '丙院'),
  quorum: 2,
  downMinutes: 10,
  windowMinutes: 120,
  moveHours: 24,
  mostMoves: 2,
  settleMinutes: 240,
};

/** What a probe said of the two hours before the deadline and a minute after: down for so many minutes, that many minutes before the deadline. */
function said(probe: { name: string }, down: number, ending = 0, more: Partial<Stated> = {}): Stated {
  const letters = [...'u'.repeat(120)];
  for (let at = 120 - ending - down; at < 120 - ending; at += 1) if (at >= 0) letters[at] = 'd';
  return { probe: probe.name, from: later(deadline, -120 * minute), states: letters.join(''), at: later(deadline, 1000), ...more };
}
const moves = (stated: readonly Stated[], moved = 0, of: OutageRule = rule): boolean => outageBefore(of, deadline, stated, moved).moves;

describe('The rule about outages (intake.outage.*): a pure function of statements, rule and deadline', () => {
  it('moves with 10 minutes seen by two of three, and not with 9', () => {
    expect(moves([said(one, 10), said(two, 10), said(three, 0)])).toBe(true);
    expect(moves([said(one, 10), said(two, 9), said(three, 0)])).toBe(false);
    expect(movedDeadline(rule, deadline)).toBe(later(deadline, 24 * 60 * minute));
  });
  it('needs the quorum: one captured probe that lies moves nothing, however long its outage', () => {
    expect(moves([said(one, 120), said(two, 0), said(three, 0)])).toBe(false);
    expect(moves([said(one, 120), said(two, 10), said(three, 0)])).toBe(true);
  });
  it('counts two probes of one institution once', () => {
    const own = { ...rule, probes: probesOf('甲院', '甲院', '丙院', '丁院') };
    expect(moves([said(one, 30), said(two, 30)], 0, own)).toBe(false);
    expect(moves([said(one, 30), said(two, 30), said(three, 30)], 0, own)).toBe(true);
  });
  it('counts what lies within the two hours, and nothing before them: a minute that begins before the window is outside', () => {
    const early = (probe: { name: string }, from: number): Stated => ({
      probe: probe.name,
      from: later(deadline, -from * minute),
      states: 'd'.repeat(10),
      at: deadline,
    });
    expect(moves([early(one, 120), early(two, 120)])).toBe(true);
    expect(moves([early(one, 121), early(two, 121)])).toBe(false);
    // a deadline that is no whole minute: only minutes wholly before it
    const odd = later(deadline, 30_000);
    const last = (probe: { name: string }): Stated => ({ ...early(probe, 9), states: 'd'.repeat(10), at: later(deadline, 2 * minute) });
    expect(outageBefore(rule, odd, [last(one), last(two)], 0).saw).toBe(0);
    expect(outageBefore(rule, later(deadline, minute), [last(one), last(two)], 0).saw).toBe(2);
  });
  it('moves twice and no third time: whoever wants time cannot have it without end', () => {
    const down = [said(one, 60), said(two, 60), said(three, 60)];
    expect([0, 1, 2].map((moved) => moves(down, moved))).toEqual([true, true, false]);
    expect(outageBefore(rule, deadline, [], 2).decided).toBe(true);
  });
  it('does not hear of minutes that had not passed when the statement was taken', () => {
    const early = { at: later(deadline, -1 * minute) };
    expect(moves([said(one, 10, 0, early), said(two, 10)])).toBe(false);
    expect(moves([said(one, 10, 1, early), said(two, 10)])).toBe(true);
  });
  it('ignores minutes about which a probe said two things, and those it went back to', () => {
    const twice = [said(one, 10), { ...said(one, 0), at: later(deadline, 2000) }, said(two, 10), said(three, 0)];
    expect(moves(twice)).toBe(false);
    expect(outageBefore(rule, deadline, twice, 0).probes[0]).toMatchObject({ down: 0, contradicted: 10 });
    // first up, then down: the later word adds no outage
    expect(moves([said(one, 0), { ...said(one, 10), at: later(deadline, 2000) }, said(two, 10), said(three, 0)])).toBe(false);
    // a gap that is filled afterwards is not heard
    const late: Stated = { probe: one.name, from: later(deadline, -1 * minute), states: 'u', at: later(deadline, 1000) };
    expect(moves([late, said(one, 10, 1), said(two, 10)])).toBe(false);
  });
  it('waits until nothing still to come can change the answer, and no longer than its time', () => {
    const open = outageBefore(rule, deadline, [], 0);
    expect(open).toMatchObject({ moves: false, decided: false });
    expect(maySettle(rule, deadline, later(settledBy(rule, deadline), -1), open)).toBe(false);
    expect(maySettle(rule, deadline, settledBy(rule, deadline), open)).toBe(true);
    const upTo = (probe: { name: string }, left: number): Stated => ({
      probe: probe.name,
      from: later(deadline, -120 * minute),
      states: 'u'.repeat(120 - left),
      at: deadline,
    });
    expect(outageBefore(rule, deadline, [upTo(one, 9), upTo(two, 9)], 0).decided).toBe(true);
    expect(outageBefore(rule, deadline, [upTo(one, 9), upTo(two, 10)], 0).decided).toBe(false);
    const settled = outageBefore(rule, deadline, [upTo(one, 0), upTo(two, 0)], 0);
    expect(maySettle(rule, deadline, later(deadline, -1), settled)).toBe(false);
    expect(maySettle(rule, deadline, deadline, settled)).toBe(true);
  });
  it('takes minutes at which nobody looked as not down', () => {
    const blind = (probe: { name: string }): Stated => ({ probe: probe.name, from: later(deadline, -minute), states: '-', at: deadline });
    expect(outageBefore(rule, deadline, [blind(one), blind(two)], 0)).toMatchObject({ moves: false, decided: true });
  });
});

describe('A deadline recomputed from the journal', () => {
  const statement = (key: typeof one, states: string, until: Instant, more: Partial<ProbeStatement> = {}): ProbeStatement => ({
    format: 'yangguang/probe-report/v1',
    platform,
    probe: key.name,
    number: 1,
    previous: '',
    from: later(until, -states.length * minute),
    states,
    slowest: 40,
    ...more,
  });
  const reported = (given: ProbeStatement, by: typeof one, at: Instant): JournalEvent => {
    const signed = signStatement(given, by);
    return { type: 'probe.reported', at, subject: {}, data: { probe: by.name, ...signed } };
  };
  const notice: JournalEvent = { type: 'notice.published', at: '2031-11-20T00:00:00.000Z', subject: {}, data: { deadline, outage: rule } };
  const moved = (from: Instant = deadline, to: Instant = movedDeadline(rule, deadline)): JournalEvent => ({
    type: 'deadline.moved',
    at: later(from, 5000),
    subject: {},
    data: { deadline: to, previousDeadline: from, number: 1, probes: [] },
  });
  const reached = (at: Instant): JournalEvent => ({ type: 'deadline.reached', at, subject: {}, data: { deadline: at } });
  const down = (key: typeof one, more: Partial<ProbeStatement> = {}) =>
    reported(statement(key, 'd'.repeat(10), deadline, more), key, later(deadline, 3000));
  const up = (key: typeof one, until = deadline) => reported(statement(key, 'u'.repeat(120), until), key, later(until, 1000));
  const placed = (...events: readonly JournalEvent[]): PlacedEvent[] => events.map((event, index) => ({ index: index + 7, event }));
  const read = (...events: readonly JournalEvent[]) => deadlineInForce(platform, placed(...events));

  it('accepts a move that the statements before it give, and the end of bidding at the new deadline', () => {
    const next = movedDeadline(rule, deadline);
    expect(read(notice, down(one), down(two), moved())).toEqual({ deadline: next, moved: 1 });
    expect(read(notice, down(one), down(two), moved(), up(one, next), up(three, next), reached(later(next, 2000)))).toEqual({
      deadline: next,
      moved: 1,
    });
  });
  it('refuses a move with too few statements, to another time, behind the statements, or without a rule', () => {
    expect(read(notice, down(one), moved())).toBe('move-not-proven');
    expect(read(notice, down(one), down(two), moved(deadline, later(deadline, 48 * 60 * minute)))).toBe('move-not-proven');
    expect(read(notice, down(one), moved(), down(two))).toBe('move-not-proven');
    const bare = { ...notice, data: { deadline } };
    expect(read(bare, down(one), down(two), moved())).toBe('move-without-rule');
    expect(read(bare, down(one), down(two), reached(deadline))).toEqual({ deadline, moved: 0 });
  });
  it('refuses an end of bidding that ignores the outage, and one before the probes have spoken', () => {
    expect(read(notice, down(one), down(two), reached(later(deadline, 4000)))).toBe('outage-ignored');
    expect(read(notice, up(one), reached(later(deadline, 4000)))).toBe('closed-too-soon');
    expect(read(notice, up(one), up(two), reached(later(deadline, 4000)))).toEqual({ deadline, moved: 0 });
    expect(read(notice, reached(settledBy(rule, deadline)))).toEqual({ deadline, moved: 0 });
    expect(read(notice, up(one), up(two), reached(later(deadline, -1)))).toBe('closed-too-soon');
  });
  it('hears no statement of a stranger, for another platform, or changed after signing', () => {
    const stranger = reported(statement(four, 'd'.repeat(10), deadline), four, later(deadline, 3000));
    const abroad = down(two, { platform: 'other.example/journal' });
    const forged = down(two);
    const { statement: honest, signature } = forged.data as { statement: ProbeStatement; signature: string };
    const bent = { ...forged, data: { probe: two.name, statement: { ...honest, states: 'd'.repeat(11) }, signature } };
    const inAnothersName = { ...forged, data: { probe: two.name, ...signStatement({ ...honest, probe: two.name }, one) } };
    for (const each of [stranger, abroad, bent, inAnothersName]) expect(read(notice, down(one), each, moved())).toBe('move-not-proven');
    expect(statedBy(rule, platform, [{ event: bent }, { event: abroad }])).toEqual([]);
    expect(statementIsBy(signStatement(honest, two), one)).toBe(false);
  });
  it('names the numbers that are missing: they were never handed in, or never taken', () => {
    const numbered = (number: number) =>
      reported(statement(one, 'u', later(deadline, number * minute), { number }), one, later(deadline, number * minute));
    expect(missingNumbers(rule, platform, placed(numbered(3), numbered(4), numbered(7), numbered(9)))).toEqual([
      `${one.name} #5–6`,
      `${one.name} #8`,
    ]);
  });
});
