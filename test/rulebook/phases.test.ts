import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { events } from '../../src/journal/event.ts';
import { Problem } from '../../src/kernel/problem.ts';
import {
  allow,
  allows,
  allPhases,
  firstPhase,
  next,
  type Phase,
  type PhaseEvent,
  phaseOf,
  phases,
  phasesInOrder,
  transitions,
} from '../../src/tenders/phases.ts';

const allEvents = [...new Set(transitions().map(({ event }) => event))];
const allActs = [...new Set(allPhases.flatMap((phase) => [...phases[phase].allows]))];

/** The refusal of a call, by name; null when it went through. */
function refused(call: () => unknown): string | null {
  try {
    call();
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.problem;
    throw error;
  }
}

describe('The phase table is the only map of a tender', () => {
  it('leads nowhere outside itself, and everywhere inside', () => {
    for (const { to } of transitions()) expect(allPhases).toContain(to);
    const reached = new Set<Phase>([firstPhase]);
    for (let grown = 0; grown !== reached.size; ) {
      grown = reached.size;
      for (const { from, to } of transitions()) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...allPhases].sort());
  });

  it('has no way out of failed, terminated and contracted', () => {
    for (const phase of ['failed', 'terminated', 'contracted'] as const) expect(phases[phase].leadsTo).toEqual({});
  });

  it('passes every phase in order when nothing goes wrong', () => {
    const path: PhaseEvent[] = [
      'notice.published',
      'deadline.reached',
      'opening.started',
      'record.closed',
      'evaluation.started',
      'evaluation.reported',
      'candidates.published',
      'award.determined',
      'contract.registered',
    ];
    const passed: Phase[] = [firstPhase];
    for (const event of path) passed.push(next(passed.at(-1) ?? firstPhase, event));
    expect(passed).toEqual(phasesInOrder);
  });

  it('is moved by events of the journal’s closed list, but for those of later acts', () => {
    const later = ['award.voided'];
    expect(allEvents.filter((event) => !Object.hasOwn(events, event)).filter((event) => !later.includes(event))).toEqual([]);
  });

  it('no sequence of events reaches a phase the table does not allow', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...allEvents), { maxLength: 40 }), (sequence) => {
        let phase: Phase = firstPhase;
        for (const event of sequence) {
          const before: Phase = phase;
          const said = refused(() => {
            phase = next(phase, event);
          });
          const declared = transitions().find((each) => each.from === before && each.event === event);
          expect(said).toBe(declared === undefined ? 'not-in-this-phase' : null);
          expect(phase).toBe(declared?.to ?? before);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('allows each act in the declared phases and in no other (every cell)', () => {
    for (const phase of allPhases)
      for (const act of allActs) {
        const declared = (phases[phase].allows as readonly string[]).includes(act);
        expect([phase, act, allows(act, phase)]).toEqual([phase, act, declared]);
        expect(refused(() => allow(act, phase))).toBe(declared ? null : 'not-in-this-phase');
      }
  });

  it('a prototype’s name is neither a phase nor an event', () => {
    expect(() => phaseOf('constructor')).toThrow('unknown phase');
    expect(refused(() => next('draft', 'constructor' as PhaseEvent))).toBe('not-in-this-phase');
  });
});

describe('PHASE what the table protects', () => {
  it('bids are taken, replaced and withdrawn while bidding and at no other time', () => {
    for (const phase of allPhases) {
      expect(allows('submit-bid', phase)).toBe(phase === 'bidding');
      expect(allows('withdraw-bid', phase)).toBe(phase === 'bidding');
    }
  });
  it('two bids at the deadline: no opening, the closed lot fails (§11.3)', () => {
    expect(next('closed', 'tender.failed')).toBe('failed');
    expect(refused(() => next('failed', 'opening.started'))).toBe('not-in-this-phase');
  });
  it('nothing that needs to know who bids happens before the opening', () => {
    for (const act of ['attend-opening', 'request-draw', 'form-panel', 'open-bid', 'read-bid'] as const)
      for (const phase of ['draft', 'bidding', 'closed'] as const) expect(allows(act, phase)).toBe(false);
  });
  it('objections are raised to documents, at the opening and to candidates', () => {
    expect(allPhases.filter((phase) => allows('raise-objection', phase))).toEqual([
      'bidding',
      'opening',
      'publicity',
      'awarded',
      'contracted',
      'standing',
    ]);
  });
  it('after the candidates are public the tenderee can no longer end the tender', () => {
    expect(next('evaluated', 'tender.terminated')).toBe('terminated');
    expect(refused(() => next('publicity', 'tender.terminated'))).toBe('not-in-this-phase');
  });
});
