import { describe, expect, it } from '@jest/globals';
import { expertsNeeded, poolAtLeast } from '../../src/experts/composition.ts';
import { type ExpertFacts, exclusions, type RecusalFacts, recusalGrounds } from '../../src/experts/recusal.ts';
import { standingOn } from '../../src/experts/standing.ts';
import { Fraction } from '../../src/kernel/fraction.ts';
import { refusalBy } from '../../src/kernel/rule.ts';
import { day } from '../../src/kernel/working-days.ts';
import { construction } from '../../src/lines/construction/index.ts';
import { editionInForce } from '../../src/rulebook/edition.ts';
import { lawAlone } from '../../src/rulebook/ground.ts';

const on = day('2026-11-22');
const { rules } = editionInForce(construction.procedures[0], on);
const refusedBy = (size: number, experts: number): string | null =>
  refusalBy(rules.panel, { ...lawAlone(on), size, experts })?.detail.rule ?? null;

describe('CON-XC1, CON-XC1E, PANEL-1, PANEL-2 the panel is odd, at least five, two thirds of it experts', () => {
  it('PANEL-1 refuses six and takes seven', () => {
    expect(refusedBy(6, 6)).toBe('PANEL-1');
    expect(refusedBy(7, 5)).toBeNull();
  });
  it('CON-XC1 refuses three and takes five', () => {
    expect(refusedBy(3, 3)).toBe('CON-XC1');
    expect(refusedBy(5, 4)).toBeNull();
  });
  it('CON-XC1E five with three experts is refused, with four taken (§11.3)', () => {
    expect(refusedBy(5, 3)).toBe('CON-XC1E');
    expect(refusedBy(7, 4)).toBe('CON-XC1E');
    expect(refusedBy(9, 6)).toBeNull();
    expect(refusedBy(9, 5)).toBe('CON-XC1E');
  });
  it('PANEL-2 five with five experts is taken, with six refused', () => {
    expect(refusedBy(5, 5)).toBeNull();
    expect(refusedBy(5, 6)).toBe('PANEL-2');
  });
  it('rounds two thirds up', () => {
    expect([5, 7, 9, 11].map((size) => expertsNeeded(size, Fraction.of(2, 3)))).toEqual([4, 5, 6, 8]);
  });
});

describe('XD-15 a pool hardly larger than the seats points at persons', () => {
  it('takes three times the seats, refuses one fewer', () => {
    expect(refusalBy([poolAtLeast], { on, eligible: 12, needed: 4 })).toBeNull();
    expect(refusalBy([poolAtLeast], { on, eligible: 11, needed: 4 })?.problem).toBe('expert-pool-too-small');
  });
});

const expert = (change: Partial<ExpertFacts> = {}): ExpertFacts => ({
  status: 'normal',
  termUntil: day('2026-11-22'),
  employer: 'HOME',
  formerEmployers: [],
  interests: [],
  relatives: [],
  penalised: false,
  bannedUntil: null,
  panelsThisMonth: 0,
  preparedDocuments: false,
  calledBefore: false,
  colleagueSits: false,
  ...change,
});
const facts = (change: Partial<ExpertFacts> = {}, other: Partial<RecusalFacts> = {}): RecusalFacts => ({
  on,
  expert: expert(change),
  tenderee: 'TENDEREE',
  agent: 'AGENT',
  bidders: ['BIDDER-1', 'BIDDER-2'],
  affiliates: ['PARENT'],
  supervisors: ['BUREAU'],
  ...other,
});
const groundsOf = (change: Partial<ExpertFacts>, other: Partial<RecusalFacts> = {}): string[] =>
  exclusions(facts(change, other)).map(({ ground }) => ground);

describe('Recusal before the draw: each ground by itself', () => {
  it('an expert with nothing against them may be drawn', () => expect(groundsOf({})).toEqual([]));
  it('XR-1 a relative of a bidder, not of the tenderee', () => {
    expect(groundsOf({ relatives: ['BIDDER-2'] })).toEqual(['XR-1']);
    expect(groundsOf({ relatives: ['PARENT'] })).toEqual(['XR-1']);
    expect(groundsOf({ relatives: ['STRANGER'] })).toEqual([]);
  });
  it('XR-2 the supervisor’s own staff', () => {
    expect(groundsOf({ employer: 'BUREAU' })).toEqual(['XR-2']);
    expect(groundsOf({ employer: 'OTHER-BUREAU' })).toEqual([]);
  });
  it('XR-3 an interest with a party', () => {
    expect(groundsOf({ interests: ['BIDDER-1'] })).toEqual(['XR-3']);
    expect(groundsOf({ interests: ['STRANGER'] })).toEqual([]);
  });
  it('XR-4 once punished for illegal acts in tendering', () => expect(groundsOf({ penalised: true })).toEqual(['XR-4']));
  it.each(['TENDEREE', 'AGENT', 'BIDDER-1', 'PARENT'])('XR-8 employed by %s', (employer) => {
    expect(groundsOf({ employer })).toEqual(['XR-8']);
  });
  it('XR-8 a tender without an agent excludes nobody for it', () => {
    expect(groundsOf({ employer: 'AGENT' }, { agent: null })).toEqual([]);
  });
  it('XR-8F left a bidder three years ago to the day: still excluded; a day longer: eligible (§11.3)', () => {
    expect(groundsOf({ formerEmployers: [{ code: 'BIDDER-1', until: day('2023-11-22') }] })).toEqual(['XR-8F']);
    expect(groundsOf({ formerEmployers: [{ code: 'BIDDER-1', until: day('2023-11-21') }] })).toEqual([]);
    expect(groundsOf({ formerEmployers: [{ code: 'BIDDER-1', until: null }] })).toEqual(['XR-8F']);
    expect(groundsOf({ formerEmployers: [{ code: 'STRANGER', until: on }] })).toEqual([]);
  });
  it('XD-7 was called for this lot before', () => expect(groundsOf({ calledBefore: true })).toEqual(['XD-7']));
  it('XD-13E has a colleague on the panel', () => expect(groundsOf({ colleagueSits: true })).toEqual(['XD-13E']));
  it('XR-9 helped to write the documents', () => expect(groundsOf({ preparedDocuments: true })).toEqual(['XR-9']));
  it('XR-11 on the last day of a ban, not the day after', () => {
    expect(groundsOf({ bannedUntil: on })).toEqual(['XR-11']);
    expect(groundsOf({ bannedUntil: day('2026-11-21') })).toEqual([]);
  });
  it.each(['suspended', 'left', 'removed'])('XP-7 %s experts are not drawn', (status) => expect(groundsOf({ status })).toEqual(['XP-7']));
  it('XP-2T is drawn on the last day of its term, not the day after, nor without a term', () => {
    expect(groundsOf({ termUntil: on })).toEqual([]);
    expect(groundsOf({ termUntil: day('2026-11-21') })).toEqual(['XP-2T']);
    expect(groundsOf({ termUntil: null })).toEqual(['XP-2T']);
  });
  it('XP-7 a suspension counts to its last day, that day included; without one it does not end', () => {
    expect(standingOn({ status: 'suspended', suspendedUntil: on }, on)).toBe('suspended');
    expect(standingOn({ status: 'suspended', suspendedUntil: day('2026-11-21') }, on)).toBe('normal');
    expect(standingOn({ status: 'suspended', suspendedUntil: null }, on)).toBe('suspended');
    expect(standingOn({ status: 'removed', suspendedUntil: day('2026-11-21') }, on)).toBe('removed');
  });
  it('XD-13 the eighth panel of a month is the last', () => {
    expect(groundsOf({ panelsThisMonth: 7 })).toEqual([]);
    expect(groundsOf({ panelsThisMonth: 8 })).toEqual(['XD-13']);
  });
  it('names every ground that holds, each with its source', () => {
    const all = exclusions(facts({ employer: 'BIDDER-1', penalised: true, status: 'removed' }));
    expect(all.map(({ ground }) => ground)).toEqual(['XR-4', 'XR-8', 'XP-7']);
    for (const { source, says } of all) expect([source.zh, source.en, says.zh, says.en].every(Boolean)).toBe(true);
    expect(new Set(recusalGrounds.map(({ id }) => id)).size).toBe(recusalGrounds.length);
  });
});
