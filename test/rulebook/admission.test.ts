import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  drawableBy,
  type MembershipState,
  membershipStates,
  openStates,
  type PoolLine,
  type Step,
  stateAfter,
  steps,
} from '../../src/experts/admission.ts';
import { type ApplicantFacts, applicantRules, passes, recommended, renewable } from '../../src/experts/admission-rules.ts';
import { withLeft } from '../../src/experts/employment.ts';
import { relationCodes } from '../../src/experts/relation.ts';
import { mayBecome, statuses } from '../../src/experts/standing.ts';
import { termFrom } from '../../src/experts/term.ts';
import { refusalBy } from '../../src/kernel/rule.ts';
import { addDays, type DayString, day } from '../../src/kernel/working-days.ts';
import { linesOfThePool } from '../../src/lines/pool.ts';
import {
  ageOn,
  bankCardCheck,
  bornOn,
  makeResidentNumber,
  maskedBankAccount,
  maskedEmail,
  parseBankAccount,
} from '../../src/parties/person.ts';

const on = day('2026-11-28');
const line = (id: string): PoolLine => {
  const found = linesOfThePool.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};
const facts = (change: Partial<ApplicantFacts> = {}): ApplicantFacts => ({
  on,
  line: line('construction'),
  years: 8,
  titleLevel: 'senior',
  born: day('1970-05-01'),
  specialties: 2,
  ...change,
});
const refusedBy = (change: Partial<ApplicantFacts>): string | null => refusalBy([...applicantRules], facts(change))?.detail.rule ?? null;

describe('XP-1 title and years (construction by the Tendering Law, procurement XP-3 by the Ministry’s measures)', () => {
  it('construction: a senior title and eight years, one of them is not enough', () => {
    expect(refusedBy({ years: 8 })).toBeNull();
    expect(refusedBy({ years: 7 })).toBe('XP-1');
    expect(refusedBy({ titleLevel: 'intermediate', years: 30 })).toBe('XP-1');
  });
  it('procurement: a senior title without years, or an intermediate one with eight', () => {
    const procurement = line('procurement');
    expect(refusedBy({ line: procurement, years: 0 })).toBeNull();
    expect(refusedBy({ line: procurement, titleLevel: 'intermediate', years: 8 })).toBeNull();
    expect(refusedBy({ line: procurement, titleLevel: 'intermediate', years: 7 })).toBe('XP-1');
    expect(refusedBy({ line: procurement, titleLevel: 'junior', years: 40 })).toBe('XP-1');
  });
});

describe('XP-2A the age limit', () => {
  it('a year of age is full from the day after the birthday on', () => {
    expect(ageOn(day('1956-11-28'), on)).toBe(69);
    expect(ageOn(day('1956-11-27'), on)).toBe(70);
    expect(ageOn(day('1956-02-29'), day('2026-02-28'))).toBe(69);
    expect(ageOn(day('1956-02-29'), day('2026-03-01'))).toBe(70);
  });
  it('construction takes seventy, not seventy-one; procurement nobody who is seventy', () => {
    expect(refusedBy({ born: day('1955-11-28') })).toBeNull();
    expect(refusedBy({ born: day('1955-11-27') })).toBe('XP-2A');
    expect(refusedBy({ line: line('procurement'), born: day('1956-11-28') })).toBeNull();
    expect(refusedBy({ line: line('procurement'), born: day('1956-11-27') })).toBe('XP-2A');
  });
});

describe('XP-6, XP-2R, XP-2W and the pass mark', () => {
  it('XP-6 takes six specialties, refuses seven', () => {
    expect(refusedBy({ specialties: 6 })).toBeNull();
    expect(refusedBy({ specialties: 7 })).toBe('XP-6');
  });
  it('XP-2R construction needs the employer’s word, procurement does not', () => {
    const asked = (id: string, given: boolean) => refusalBy([recommended], { on, line: line(id), recommended: given })?.detail.rule ?? null;
    expect([asked('construction', false), asked('construction', true), asked('procurement', false)]).toEqual(['XP-2R', null, null]);
  });
  it('XP-2W a term is renewed from ninety days before its end on, not a day earlier', () => {
    const refused = (until: DayString | null) => refusalBy([renewable], { on, until })?.detail.rule ?? null;
    expect(refused(addDays(on, 90))).toBeNull();
    expect(refused(addDays(on, 91))).toBe('XP-2W');
    expect(refused(addDays(on, -1))).toBeNull();
    expect(refused(null)).toBeNull();
  });
  it('sixty points pass, fifty-nine do not', () => {
    expect([passes(line('construction'), 60, on), passes(line('construction'), 59, on)]).toEqual([true, false]);
  });
});

describe('A term', () => {
  it('lasts three years, its last day included; a running one is continued without a gap or an overlap', () => {
    expect(termFrom(line('construction'), on, null)).toEqual({ from: '2026-11-28', until: '2029-11-27' });
    expect(termFrom(line('construction'), on, addDays(on, -1))).toEqual({ from: '2026-11-28', until: '2029-11-27' });
    expect(termFrom(line('construction'), on, on)).toEqual({ from: '2026-11-29', until: '2029-11-28' });
    expect(termFrom(line('construction'), on, day('2027-01-31'))).toEqual({ from: '2027-02-01', until: '2030-01-31' });
  });
});

describe('The state machine of a membership', () => {
  const all = Object.keys(steps) as Step[];
  it('refuses every step out of turn, and no step leads out of an end', () => {
    for (const state of membershipStates)
      for (const step of all) {
        const allowed = (steps[step].from as readonly string[]).includes(state);
        if (allowed) expect(membershipStates).toContain(stateAfter(step, state));
        else expect(() => stateAfter(step, state)).toThrow('step-out-of-turn');
      }
    for (const end of ['refused', 'failed', 'withdrawn', 'ended'] as const)
      expect(all.filter((step) => (steps[step].from as readonly MembershipState[]).includes(end))).toEqual([]);
    // what counts as under way is what can still be admitted
    expect(membershipStates.filter((state) => (steps.withdraw.from as readonly MembershipState[]).includes(state)).sort()).toEqual(
      [...openStates].sort(),
    );
  });
  it('leads to admission only past an acceptance and a passed test, whatever is tried in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { maxLength: 40 }), (tried) => {
        let state: MembershipState = 'applied';
        const done: Step[] = [];
        for (const step of tried) {
          try {
            state = stateAfter(step, state);
            done.push(step);
          } catch {}
        }
        if (state !== 'admitted') return;
        const decisive = done.filter((step) => ['accept', 'pass', 'admit'].includes(step));
        expect(decisive).toEqual(['accept', 'pass', 'admit']);
      }),
      { numRuns: 2000 },
    );
  });
  it('only what is admitted may be drawn for, each line to the last of its days', () => {
    const rows = membershipStates.map((state) => ({ line: state, state, until: '2029-01-01' }));
    expect(drawableBy(rows)).toEqual({ memberships: ['admitted'], terms: { admitted: '2029-01-01' } });
    expect(
      drawableBy([
        { line: 'land', state: 'admitted', until: '2027-01-01' },
        { line: 'land', state: 'admitted', until: '2030-01-01' },
      ]).terms,
    ).toEqual({ land: '2030-01-01' });
    expect(drawableBy([{ line: 'land', state: 'admitted', until: null }])).toEqual({ memberships: [], terms: {} });
  });
});

describe('Standing, employers and relations', () => {
  it('XP-7 removal is for ever, and whoever left is not restored by a word', () => {
    expect(statuses.filter((wanted) => mayBecome('removed', wanted))).toEqual([]);
    expect(statuses.filter((wanted) => mayBecome('left', wanted))).toEqual(['removed']);
    expect(mayBecome('suspended', 'normal')).toBe(true);
  });
  it('a former employer is never taken off the record, nor its last day moved back', () => {
    const kept = withLeft([{ code: 'A', name: 'a', until: '2026-05-01' }], { code: 'A', name: 'a', until: '2020-01-01' });
    expect(kept).toEqual([{ code: 'A', name: 'a', until: '2026-05-01' }]);
    expect(withLeft(kept, { code: 'A', name: 'a', until: '2026-06-01' })[0]?.until).toBe('2026-06-01');
    expect(withLeft([{ code: 'A', name: 'a', until: null }], { code: 'A', name: 'a', until: '2020-01-01' })[0]?.until).toBeNull();
    expect(withLeft(kept, { code: 'B', name: 'b', until: '2026-01-01' })).toHaveLength(2);
  });
  it('shares, seats on boards and other interests exclude as interests, relatives as relatives', () => {
    const declared = (['interest', 'directorship', 'shareholding', 'relative'] as const).map((kind) => ({ kind, code: kind }));
    expect(relationCodes(declared)).toEqual({ interests: ['interest', 'directorship', 'shareholding'], relatives: ['relative'] });
  });
});

describe('Bank accounts and what of identity data is shown', () => {
  it('a card keeps its Luhn check, an account of another shape has none', () => {
    const card = `621799${'000000001234'}`;
    const right = `${card}${bankCardCheck(card)}`;
    expect(parseBankAccount(right.replace(/(\d{4})/g, '$1 '))).toBe(right);
    expect(parseBankAccount(`${right.slice(0, -1)}${(Number(right.slice(-1)) + 1) % 10}`)).toBeUndefined();
    // ISO/IEC 7812, the number that every text on it uses
    expect(parseBankAccount('4539578763621486')).toBe('4539578763621486');
    expect(parseBankAccount('3602012009200123456')).toBe('3602012009200123456');
    expect([parseBankAccount('1234567'), parseBankAccount('62x7')]).toEqual([undefined, undefined]);
  });
  it('masks leave too little to be used', () => {
    expect(maskedBankAccount('6217990000000012345')).toBe('***************2345');
    expect(maskedEmail('wanghong@example.com')).toBe('w***@example.com');
    expect(maskedEmail('@example.com')).toBe('***');
  });
  it('the day of birth is read from a right number only', () => {
    const number = makeResidentNumber('420502', day('1970-02-28'), 7);
    expect(bornOn(number)).toBe('1970-02-28');
    expect(bornOn(`${number.slice(0, 17)}${number[17] === 'X' ? '1' : 'X'}`)).toBeUndefined();
  });
});
