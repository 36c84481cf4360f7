import { describe, expect, it } from '@jest/globals';
import { judge } from '../../src/custody/judge.ts';
import { ownSharesExplained } from '../../src/custody/own-shares.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { newId } from '../../src/kernel/ids.ts';
import { blindRequest, shareDigest } from '../../src/openings/pseudonym.ts';
import { readingRequest } from '../../src/openings/reading-draw.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { evaluate } from '../../src/sealing/council.ts';
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
  refusal,
  saysToDraw,
  trust,
} from './a-journal.ts';

/** What a custodian says to a draw of the pseudonyms of a blind review, whatever the platform writes into its journal. */

const [a, b, c] = [newId(), newId(), newId()];
const all = [a, b, c];
const notice = (blind: unknown = { part: 'whole' }): JournalEvent =>
  event('notice.published', '2026-11-22T00:00:00.000Z', { council: council.id, deadline, ...(blind ? { blind } : {}) });
const request = blindRequest({ id: newId(), lot, at: deadline }, all);
const asked = (each: DrawRequest = request, purpose = 'blind'): JournalEvent => drawAsked(each, purpose);
const listed = (of: readonly string[]) => ({ part: 'whole', list: of.map((submission) => ({ submission })) });
const journal = (after: readonly JournalEvent[], first = notice(), of: readonly string[] = all): Journal =>
  journalOf([first, ...all.map(received)], after, undefined, listed(of));
const evidence = (of: Journal, draw: DrawRequest = request) => drawEvidence(of, draw);
const says = (of: Journal, draw: DrawRequest = request, answered: Record<string, string> = {}): string => saysToDraw(of, draw, answered);

describe('A custodian answers the draw of pseudonyms', () => {
  it('of exactly the bids that are due, and remembers it by lot and part', () => {
    const of = journal([asked()]);
    const judgement = judge(evidence(of), trust, at(of));
    expect(judgement.points).toEqual([drawPoint(request)]);
    expect(judgement.remember).toEqual({ key: `draw/${lot}/blind/whole`, list: drawDigest(request) });
  });

  it('only where the notice has that very part reviewed blind', () => {
    expect(says(journal([asked()], notice(null)))).toBe('blind-not-announced');
    expect(says(journal([asked()], notice({ part: 'technical' })))).toBe('blind-not-announced');
  });

  it('not with a bid left out, nor one too many, nor when the list says otherwise', () => {
    const two = blindRequest({ id: newId(), lot, at: deadline }, [a, b]);
    const four = blindRequest({ id: newId(), lot, at: deadline }, [...all, newId()]);
    expect(says(journal([asked(two)]), two)).toBe('blind-list-differs');
    expect(says(journal([asked(four)]), four)).toBe('blind-list-differs');
    expect(says(journal([asked()], notice(), [a, b]))).toBe('blind-list-differs');
  });

  it('not when an envelope was opened before, whatever came of it', () => {
    for (const type of ['bid.opened', 'bid.invalid', 'opening.combined'])
      expect(says(journal([event(type, deadline, { submission: a }), asked()]))).toBe('blind-not-due');
  });

  it('once: not a second request, not the same under two names, not another than it remembers', () => {
    const other = blindRequest({ id: newId(), lot, at: deadline }, all);
    expect(says(journal([asked(), asked(other)]), other)).toBe('asked-twice');
    expect(says(journal([asked(request, 'experts'), asked()]))).toBe('asked-twice');
    expect(says(journal([asked(other)]), other, { [`draw/${lot}/blind/whole`]: drawDigest(request) })).toBe('answered-differently');
    expect(says(journal([asked(request, 'experts')]))).toBe('draw-purpose');
    const reading = readingRequest({ id: newId(), lot, at: deadline }, all);
    expect(says(journal([asked(reading)]), reading)).toBe('draw-purpose');
  });
});

describe('A custodian that lost its memory', () => {
  const { council: own, shares } = holdCeremony(newId(), '开标委员会', ['甲', '乙', '丙'], 2);
  const [share] = shares;
  if (!share) throw new Error('a council has shares');
  const kept = (point: string): JournalEvent =>
    event('share.kept', deadline, {
      task: newId(),
      trustee: share.index,
      name: '甲',
      sha256: shareDigest({ trustee: share.index, evaluated: evaluate(share, [point], own).evaluated }),
    });
  const explained = (more: JournalEvent): string => {
    const of = journal([asked(), more]);
    return refusal(() =>
      ownSharesExplained({ ...evidence(of), council: own }, { points: [], remember: { key: 'k', list: 'l' } }, share, []),
    );
  };

  it('knows its own covered share of a journalled draw again, and refuses one for anything else', () => {
    expect(explained(kept(drawPoint(request)))).toBe('answered');
    expect(explained(kept(drawPoint(blindRequest({ id: newId(), lot, at: deadline }, all))))).toBe('answered-without-memory');
  });
});
