import { describe, expect, it } from '@jest/globals';
import { judge } from '../../src/custody/judge.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { newId } from '../../src/kernel/ids.ts';
import { readingRequest } from '../../src/openings/reading-draw.ts';
import { type DrawRequest, drawDigest, drawPoint } from '../../src/sealing/draw.ts';
import {
  at,
  council,
  deadline,
  drawAsked,
  drawEvidence,
  event,
  type Journal,
  journalOf,
  lot,
  received,
  saysToDraw,
  trust,
} from './a-journal.ts';

/** What a custodian says to a draw of the order in which bids are read, whatever the platform writes into its journal. */

const [a, b, c] = [newId(), newId(), newId()];
const all = [a, b, c];
const notice = (more: Record<string, unknown> = { readingOrder: 'drawn' }): JournalEvent =>
  event('notice.published', '2026-11-22T00:00:00.000Z', { council: council.id, deadline, ...more });
const opened = (submission: string): JournalEvent => event('bid.opened', deadline, { submission });
const invalid = (submission: string): JournalEvent => event('bid.invalid', deadline, { submission });
const request = readingRequest({ id: newId(), lot, at: deadline }, all);
const asked = (each: DrawRequest = request, purpose = 'reading', more: Record<string, unknown> = {}): JournalEvent =>
  drawAsked(each, purpose, more);

const started = (bids: readonly string[] = all, part = 'whole') => ({ part, list: bids.map((submission) => ({ submission })) });
/** A journal in which the three bids are on the list, and then this happens. */
const journal = (after: readonly JournalEvent[], notices = notice(), list: unknown = started()): Journal =>
  journalOf([notices, ...all.map(received)], after, undefined, list);
const evidence = (of: Journal, draw: DrawRequest = request) => drawEvidence(of, draw);
const says = (of: Journal, draw: DrawRequest = request, answered: Record<string, string> = {}): string => saysToDraw(of, draw, answered);
const whole = all.map(opened);

describe('A custodian answers the draw of an order of reading', () => {
  it('of exactly the opened bids, and remembers it by lot and part', () => {
    const of = journal([...whole, asked()]);
    const judgement = judge(evidence(of), trust, at(of));
    expect(judgement.points).toEqual([drawPoint(request)]);
    expect(judgement.remember).toEqual({ key: `draw/${lot}/reading/whole`, list: drawDigest(request) });
  });

  it('where one bid is invalid, of the others alone', () => {
    const two = readingRequest({ id: newId(), lot, at: deadline }, [a, c]);
    const of = journal([opened(a), invalid(b), opened(c), asked(two)]);
    expect(says(of, two)).toBe('answered');
    expect(says(journal([opened(a), invalid(b), opened(c), asked()]))).toBe('reading-list-differs');
  });

  it('only where the notice has it drawn', () => {
    expect(says(journal([...whole, asked()], notice({ readingOrder: 'received' })))).toBe('reading-not-drawn');
    expect(says(journal([...whole, asked()], notice({})))).toBe('reading-not-drawn');
  });

  it('only when every envelope has its one outcome before the request', () => {
    const two = readingRequest({ id: newId(), lot, at: deadline }, [a, b]);
    expect(says(journal([opened(a), opened(b), asked(two)]), two)).toBe('reading-not-due');
    expect(says(journal([opened(a), opened(b), asked(two), opened(c)]), two)).toBe('reading-not-due');
    expect(says(journal([...whole, invalid(c), asked()]))).toBe('reading-not-due');
    expect(says(journal([asked()]))).toBe('reading-not-due');
  });

  it('not of fewer than two, where there is nothing to put in order', () => {
    const one = readingRequest({ id: newId(), lot, at: deadline }, [a]);
    expect(says(journal([opened(a), invalid(b), invalid(c), asked(one)]), one)).toBe('reading-not-due');
  });

  it('not once reading has begun', () => {
    expect(says(journal([...whole, event('bid.read', deadline, { submission: a }), asked()]))).toBe('reading-not-due');
  });

  it('only of the bids that were due: no list of the platform’s own making', () => {
    const two = readingRequest({ id: newId(), lot, at: deadline }, [a, b]);
    expect(says(journal([opened(a), opened(b), asked(two)], notice(), started([a, b])), two)).toBe('reading-list-differs');
    const stranger = newId();
    const more = readingRequest({ id: newId(), lot, at: deadline }, [...all, stranger]);
    expect(says(journal([...whole, opened(stranger), asked(more)], notice(), started([...all, stranger])), more)).toBe(
      'reading-list-differs',
    );
    expect(says(journal([...whole, asked()], notice(), {}))).toBe('reading-list-differs');
  });

  it('only of a part that the notice names and that was opened', () => {
    const parts = { readingOrder: 'drawn', parts: ['technical', 'price'] };
    expect(says(journal([...whole, asked(request, 'reading', { part: 'whole' })], notice(parts)))).toBe('part-unknown');
    expect(says(journal([...whole, asked(request, 'reading', { part: 'qualification' })]))).toBe('part-unknown');
    expect(says(journal([...whole, asked(request, 'reading', { part: 'technical' })], notice(parts)))).not.toBe('answered');
  });

  it('not with a bid more or less, a weight of its own, a second seat, or a parameter beside', () => {
    const [first, ...others] = request.eligible['reading-order'] ?? [];
    if (!first) throw new Error('nobody to be drawn');
    const bent: readonly DrawRequest[] = [
      readingRequest({ id: newId(), lot, at: deadline }, [a, b]),
      readingRequest({ id: newId(), lot, at: deadline }, [...all, newId()]),
      { ...request, seats: [{ specialty: 'reading-order', count: 2, reserve: 1 }] },
      { ...request, seats: [...request.seats, { specialty: 'x', count: 1, reserve: 0 }], eligible: { ...request.eligible, x: [first] } },
      { ...request, eligible: { 'reading-order': [{ ...first, employer: others[0]?.expert ?? '' }, ...others] } },
    ];
    for (const each of bent) expect(says(journal([...whole, asked(each)]), each)).toBe('reading-list-differs');
    const beside = { ...request, parameters: [{ name: 'x', choices: ['1', '2'] }] };
    expect(says(journal([...whole, asked(beside)]), beside)).toBe('draw-purpose');
  });
});

describe('A custodian answers one such draw of a part, ever', () => {
  const again = { ...request, id: newId() };

  it('by its memory, and by the journal alone where it has none', () => {
    const of = journal([...whole, asked(), asked(again)]);
    const { remember } = judge(evidence(of), trust, at(of));
    expect(says(of, again, { [remember.key]: remember.list })).toBe('answered-differently');
    expect(says(of, again)).toBe('asked-twice');
    expect(says(of)).toBe('answered');
  });

  it('a second draw under the first one’s number, or another part’s name, is no way round', () => {
    expect(says(journal([...whole, asked(), asked(again, 'reading', { part: 'whole' })]), again)).toBe('asked-twice');
    expect(says(journal([...whole, asked(), asked()]))).toBe('asked-twice');
  });

  it('no draw can be tried under one purpose and used under another', () => {
    for (const purpose of ['experts', 'parameters', 'x', '']) expect(says(journal([asked(request, purpose)]))).toBe('draw-purpose');
    expect(says(journal([asked(request, 'experts'), ...whole, asked()]))).toBe('asked-twice');
    const coefficient = { ...request, seats: [], eligible: {}, parameters: [{ name: 'x', choices: ['1', '2'] }] };
    for (const purpose of ['experts', 'reading', 'x'])
      expect(says(journal([asked(coefficient, purpose)]), coefficient)).toBe('draw-purpose');
    expect(says(journal([asked(coefficient, 'parameters')]), coefficient)).toBe('answered');
  });
});
