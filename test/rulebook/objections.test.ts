import { describe, expect, it } from '@jest/globals';
import { type RaisingFacts, raising, stageIn } from '../../src/challenges/objection.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { refusalBy } from '../../src/kernel/rule.ts';
import { allPhases } from '../../src/tenders/phases.ts';

const deadline = '2026-12-16T01:30:00.000Z' as Instant;
const lastMoment = '2026-12-16T01:29:59.999Z' as Instant;
const publicity = {
  start: '2026-12-21T02:00:00.000Z' as Instant,
  end: '2026-12-24T16:00:00.000Z' as Instant,
  phases: ['publicity'] as const,
};

/** The id of the rule that refuses an objection, or null when it is taken. */
const refusedBy = (facts: Pick<RaisingFacts, 'stage' | 'phase'> & Partial<RaisingFacts>): string | null =>
  refusalBy(raising, { now: lastMoment, deadline, publicity, isBidder: true, ...facts })?.detail.rule ?? null;

describe('OBJ-1 objections to the documents are raised while bids are prepared', () => {
  it('takes one a millisecond before the deadline, refuses it at the deadline itself', () => {
    expect(refusedBy({ stage: 'documents', phase: 'bidding' })).toBeNull();
    expect(refusedBy({ stage: 'documents', phase: 'bidding', now: deadline })).toBe('OBJ-1');
  });
  it('refuses it in every other phase, before the notice and after the closing', () => {
    for (const phase of allPhases)
      expect([phase, refusedBy({ stage: 'documents', phase })]).toEqual([phase, phase === 'bidding' ? null : 'OBJ-1']);
  });
  it('asks nobody whether they bid: who does is not known yet', () => {
    expect(refusedBy({ stage: 'documents', phase: 'bidding', isBidder: false })).toBeNull();
  });
});

describe('OBJ-2 objections to the opening are raised in the session', () => {
  it('takes them while the session lasts and at no other time', () => {
    for (const phase of allPhases)
      expect([phase, refusedBy({ stage: 'opening', phase })]).toEqual([phase, phase === 'opening' ? null : 'OBJ-2']);
  });
});

describe('OBJ-3 objections to the result are raised while the candidates are public', () => {
  const at = (now: Instant) => refusedBy({ stage: 'candidates', phase: 'publicity', now });
  it('takes the first moment of publicity and the last before its end', () => {
    expect(at(publicity.start)).toBeNull();
    expect(at('2026-12-24T15:59:59.999Z' as Instant)).toBeNull();
  });
  it('refuses the moment before it and the end itself', () => {
    expect(at('2026-12-21T01:59:59.999Z' as Instant)).toBe('OBJ-3');
    expect(at(publicity.end)).toBe('OBJ-3');
  });
  it('refuses them in another phase, and where nothing has been published', () => {
    expect(refusedBy({ stage: 'candidates', phase: 'evaluated', now: publicity.start })).toBe('OBJ-3');
    expect(refusedBy({ stage: 'candidates', phase: 'awarded', now: publicity.start })).toBe('OBJ-3');
    expect(refusedBy({ stage: 'candidates', phase: 'publicity', now: publicity.start, publicity: null })).toBe('OBJ-3');
  });
});

describe('OBJ-4 objections to opening and result come from bidders of the lot', () => {
  it.each([
    ['opening', 'opening', lastMoment],
    ['candidates', 'publicity', publicity.start],
  ] as const)('about the %s: a bidder is heard, a stranger is not', (stage, phase, now) => {
    expect(refusedBy({ stage, phase, now })).toBeNull();
    expect(refusedBy({ stage, phase, now, isBidder: false })).toBe('OBJ-4');
  });
});

describe('The stage one may object about follows from the phase', () => {
  it('is one for three phases, and none for the others', () => {
    const found = allPhases.flatMap((phase) =>
      stageIn(phase, publicity.phases) === null ? [] : [[phase, stageIn(phase, publicity.phases)]],
    );
    expect(found).toEqual([
      ['bidding', 'documents'],
      ['opening', 'opening'],
      ['publicity', 'candidates'],
    ]);
  });
  it('is the result after the award, where the line publishes it with the award', () => {
    expect(stageIn('awarded', ['awarded', 'contracted'])).toBe('candidates');
    expect(stageIn('publicity', ['awarded', 'contracted'])).toBeNull();
  });
});
