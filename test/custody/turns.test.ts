import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/custody/refusal.ts';
import { passedBefore } from '../../src/custody/turns.ts';
import { type PartInputs, partOutcome, partResultFormat } from '../../src/evaluation/part-result.ts';
import { signUntil } from '../../src/evaluation/sign-until.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { base64url, canonicalBytes } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { sha256 } from '../../src/sealing/digest.ts';

const lot = '0193f0a0-0000-7000-8000-000000000001';
const parts = ['qualification', 'technical', 'price'] as const;
const reported = '2026-12-14T01:00:00.000Z' as Instant;
const session = '2026-12-14T06:00:00.000Z' as Instant;
const panel = ['m1', 'm2', 'm3'];

const event = (type: string, data: unknown): JournalEvent => ({ type, at: reported, subject: { lot }, data });
const digestOf = (result: unknown): string => base64url(sha256(canonicalBytes(result)));

/** The result of a part whose bids are `bids`; the panel fails those of `out` two to one. */
const resultOf = (
  part: (typeof parts)[number],
  bids: readonly string[],
  out: readonly string[],
  more: Partial<PartInputs> = {},
): PartInputs => ({
  format: partResultFormat,
  lot,
  part,
  at: reported,
  items: ['item'],
  criteria: [],
  minimum: 1,
  bids: bids.map((id) => ({ id, bidder: `code-${id}`, invalid: null })),
  reviewers: [...panel],
  reviews: panel.flatMap((reviewer) => bids.map((bid) => ({ reviewer, bid, item: 'item', pass: reviewer === 'm1' || !out.includes(bid) }))),
  sheets: [],
  competition: null,
  ...more,
});

/** Everything the journal says of one part: reviews, result, signatures, the report, and the next session. */
function told(
  result: PartInputs,
  next: string,
  change: {
    signers?: readonly string[];
    silent?: { members: readonly string[]; at: Instant };
    refusers?: readonly string[];
    passed?: readonly string[];
    at?: Instant | null;
  } = {},
) {
  const sha = digestOf(result);
  const verdict = partOutcome(result);
  if (!verdict.ok) throw new Error(verdict.about);
  const { part } = result;
  return [
    ...result.reviews.map(({ reviewer: member, bid, item, pass }) => event('bid.reviewed', { member, bid, item, pass })),
    event('part.concluded', { part, result, sha256: sha }),
    ...(change.signers ?? panel).map((member) => event('part.signed', { part, member, sha256: sha, signature: '' })),
    ...(change.refusers ?? []).map((member) => event('part.refused', { part, member, sha256: sha, reason: '不同意', signature: '' })),
    ...(change.silent?.members ?? []).map((member) => ({
      ...event('part.deemed', { part, member, sha256: sha }),
      at: change.silent?.at ?? reported,
    })),
    event('part.reported', {
      part,
      sha256: sha,
      outcome: verdict.value.outcome,
      passed: change.passed ?? verdict.value.passed,
      failed: verdict.value.failed,
    }),
    ...(change.at === null ? [] : [event('session.scheduled', { part: next, at: change.at ?? session })]),
  ];
}
const formed = event('panel.formed', { seats: panel.map((member) => ({ member })) });
const journal = (...events: readonly JournalEvent[]) => [formed, ...events].map((each, index) => ({ index, event: each }));
const first = resultOf('qualification', ['a', 'b', 'c'], ['c']);
const second = resultOf('technical', ['a', 'b'], ['b']);

function asked(events: ReturnType<typeof journal>, part: string, now: Instant = session): string {
  try {
    const passed = passedBefore(events, parts, part, now);
    return passed === null ? 'everybody' : [...passed].join();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

describe('A custodian opens envelopes in turn', () => {
  const whole = journal(...told(first, 'technical'), ...told(second, 'price'));

  it('the first of everybody, each later one of those who passed all before', () => {
    expect(asked(journal(), 'qualification')).toBe('everybody');
    expect(asked(journal(...told(first, 'technical')), 'technical')).toBe('a,b');
    expect(asked(whole, 'price')).toBe('a');
    expect(asked(whole, 'whole')).toBe('part-unknown');
  });

  it('never one whose earlier part has no result, nor the last when only the first has one', () => {
    expect(asked(journal(), 'technical')).toBe('earlier-part-open');
    expect(asked(journal(...told(first, 'technical')), 'price')).toBe('earlier-part-open');
    expect(asked(journal(...told(second, 'price')), 'price')).toBe('earlier-part-open');
  });

  it('at the announced time by its own clock, not a moment before, and never unannounced', () => {
    expect(asked(whole, 'price', session)).toBe('a');
    expect(asked(whole, 'price', later(session, -1))).toBe('session-not-due');
    expect(asked(journal(...told(first, 'technical', { at: null })), 'technical')).toBe('session-not-announced');
    const putOff = journal(...told(first, 'technical'), event('session.scheduled', { part: 'technical', at: later(session, 60_000) }));
    expect(asked(putOff, 'technical', session)).toBe('session-not-due');
    const announcedBefore = journal(
      event('session.scheduled', { part: 'technical', at: session }),
      ...told(first, 'technical', { at: null }),
    );
    expect(asked(announcedBefore, 'technical')).toBe('session-not-announced');
  });

  it('only with the signature of every member of the panel that was formed', () => {
    expect(asked(journal(...told(first, 'technical', { signers: ['m1', 'm2'] })), 'technical')).toBe('part-unsigned');
    const stranger = resultOf('qualification', ['a', 'b'], [], { reviewers: ['m1', 'm2', 'x'], reviews: [] });
    const reviews = ['m1', 'm2', 'x'].flatMap((reviewer) => ['a', 'b'].map((bid) => ({ reviewer, bid, item: 'item', pass: true })));
    const foreign = { ...stranger, reviews };
    expect(asked(journal(...told(foreign, 'technical', { signers: ['m1', 'm2', 'x'] })), 'technical')).toBe('part-panel');
  });

  it('silence agrees from the end of its time on, and only beside the signatures of more than half', () => {
    const silent = (signers: readonly string[], members: readonly string[], at: Instant) =>
      asked(journal(...told(first, 'technical', { signers, silent: { members, at }, at: later(at, 1) })), 'technical', later(at, 1));
    const end = signUntil(reported);
    expect(silent(['m1', 'm2'], ['m3'], end)).toBe('a,b');
    expect(silent(['m1', 'm2'], ['m3'], later(end, -1))).toBe('part-unsigned');
    // a platform that says the panel was silent opens nothing
    expect(silent(['m1'], ['m2', 'm3'], end)).toBe('part-unsigned');
    expect(silent([], panel, end)).toBe('part-unsigned');
  });

  it('a refusal is a word: beside two signatures of three the result stands, beside one it does not', () => {
    const refused = (signers: readonly string[], refusers: readonly string[]) =>
      asked(journal(...told(first, 'technical', { signers, refusers })), 'technical');
    expect(refused(['m1', 'm2'], ['m3'])).toBe('a,b');
    expect(refused(['m1'], ['m2', 'm3'])).toBe('part-unsigned');
  });

  it('another conclusion follows only one that half of the panel or more refused, and its words do not count for the next', () => {
    const again = { ...first, at: later(reported, 1) };
    const withdrawn = (refusers: readonly string[], said = true) => {
      const sha256 = digestOf(first);
      const attempt = told(first, 'technical', { signers: panel.filter((member) => !refusers.includes(member)), refusers, at: null });
      return [
        ...attempt.filter(({ type }) => type !== 'part.reported'),
        ...(said ? [event('part.withdrawn', { part: 'qualification', sha256, refused: refusers.length, members: 3 })] : []),
      ];
    };
    const then = (attempt: readonly JournalEvent[], signers: readonly string[] = panel) =>
      asked(journal(...attempt, ...told(again, 'technical', { signers })), 'technical');
    expect(then(withdrawn(['m1', 'm2']))).toBe('a,b');
    expect(then(withdrawn(['m1']))).toBe('part-result');
    expect(then(withdrawn(['m1', 'm2'], false))).toBe('part-result');
    // whoever signed only what was withdrawn has not signed this
    expect(then(withdrawn(['m1', 'm2']), ['m1', 'm2'])).toBe('part-unsigned');
    const same = journal(...withdrawn(['m1', 'm2']), ...told(first, 'technical', { signers: ['m1', 'm2'] }));
    expect(asked(same, 'technical')).toBe('part-unsigned');
  });

  describe('a result that lapsed for want of signatures', () => {
    const end = signUntil(reported);
    const heirs = ['m1', 'm4', 'm5'];
    const judgedBy = (reviewers: readonly string[]) =>
      resultOf('qualification', ['a', 'b', 'c'], [], {
        at: end,
        reviewers: [...reviewers],
        reviews: reviewers.flatMap((reviewer) => ['a', 'b', 'c'].map((bid) => ({ reviewer, bid, item: 'item', pass: bid !== 'c' }))),
      });
    const formedOf = (members: readonly string[]) => event('panel.formed', { seats: members.map((member) => ({ member })) });
    /** m1 signed what m2 and m3 kept silent on; m4 and m5 took their seats, and all three concluded anew. */
    const lapsedWith = (
      change: {
        at?: Instant;
        silent?: readonly string[];
        said?: readonly JournalEvent[];
        next?: readonly string[];
        signers?: readonly string[];
      } = {},
    ) => {
      const attempt = told(first, 'technical', { signers: ['m1'], at: null }).filter(({ type }) => type !== 'part.reported');
      const next = change.next ?? heirs;
      const silent = change.silent ?? ['m2', 'm3'];
      const lapsed = {
        ...event('part.lapsed', { part: 'qualification', sha256: digestOf(first), signed: 1, members: 3, silent }),
        at: change.at ?? end,
      };
      const anew = told(judgedBy(next), 'technical', { signers: change.signers ?? next, at: later(end, 1) });
      const formedAnew = next === panel ? [] : [formedOf(next)];
      return asked(journal(...attempt, ...(change.said ?? []), lapsed, ...formedAnew, ...anew), 'technical', later(end, 1));
    };
    const signedBy = (member: string) => event('part.signed', { part: 'qualification', member, sha256: digestOf(first), signature: '' });

    it('at the end of its time, the silent replaced: the new panel’s result opens the next envelopes', () => {
      expect(lapsedWith()).toBe('a,b');
      // a refusal is a word: whoever gave it is not silent, and sits on
      const refusedBy = event('part.refused', {
        part: 'qualification',
        member: 'm2',
        sha256: digestOf(first),
        reason: '不同意',
        signature: '',
      });
      expect(lapsedWith({ said: [refusedBy], silent: ['m3'], next: ['m1', 'm2', 'm4'] })).toBe('a,b');
      expect(lapsedWith({ said: [refusedBy] })).toBe('part-result');
    });
    it('not a millisecond early', () => {
      expect(lapsedWith({ at: later(end, -1) })).toBe('part-result');
    });
    it('nobody who signed is silent, whatever the platform says, nor may one who was silent stay', () => {
      expect(lapsedWith({ silent: ['m1', 'm2', 'm3'], next: ['m4', 'm5', 'm6'] })).toBe('part-result');
      expect(lapsedWith({ silent: ['m2'], next: ['m1', 'm3', 'm4'] })).toBe('part-result');
      expect(lapsedWith({ next: ['m1', 'm3', 'm4'] })).toBe('part-result');
      expect(lapsedWith({ next: panel })).toBe('part-result');
      expect(lapsedWith({ silent: ['m2', 'm2', 'm3'] })).toBe('part-result');
    });
    it('not beside the signatures of more than half: there silence agrees', () => {
      expect(lapsedWith({ said: [signedBy('m2')], silent: ['m3'], next: ['m1', 'm2', 'm4'] })).toBe('part-result');
    });
    it('no panel judges on with fewer, and the words on what lapsed do not count for what follows', () => {
      expect(lapsedWith({ next: ['m1'] })).toBe('part-result');
      expect(lapsedWith({ next: ['m1', 'm4'] })).toBe('part-result');
      expect(lapsedWith({ signers: ['m4', 'm5'] })).toBe('part-unsigned');
    });
  });

  it('recomputes who passed: a report that lets another through, or leaves one out, is refused', () => {
    expect(asked(journal(...told(first, 'technical', { passed: ['a', 'b', 'c'] })), 'technical')).toBe('part-result');
    expect(asked(journal(...told(first, 'technical', { passed: ['a'] })), 'technical')).toBe('part-result');
    const [, ...rest] = told(first, 'technical');
    expect(asked(journal(event('bid.reviewed', { member: 'm1', bid: 'a', item: 'item', pass: false }), ...rest), 'technical')).toBe(
      'part-result',
    );
    const twice = [...told(first, 'technical'), ...told(resultOf('qualification', ['a', 'b', 'c'], []), 'technical')];
    expect(asked(journal(...twice), 'technical')).toBe('earlier-part-open');
  });

  it('a later result may not bring back who failed before', () => {
    const back = resultOf('technical', ['a', 'b', 'c'], []);
    expect(asked(journal(...told(first, 'technical'), ...told(back, 'price')), 'price')).toBe('part-list-differs');
  });

  it('nothing more where nobody is left, or the panel found competition lacking', () => {
    const none = resultOf('qualification', ['a', 'b'], ['a', 'b']);
    expect(asked(journal(...told(none, 'technical')), 'technical')).toBe('part-result');
    const lacking = resultOf('qualification', ['a', 'b', 'c'], ['b', 'c'], {
      minimum: 3,
      competition: { lacking: true, reason: '仅一家' },
    });
    expect(asked(journal(...told(lacking, 'technical')), 'technical')).toBe('part-result');
    const kept = { ...lacking, competition: { lacking: false, reason: '两家报价来源独立' } };
    expect(asked(journal(...told(kept, 'technical')), 'technical')).toBe('a');
  });
});

describe('The result of an envelope', () => {
  it('speaks of competition exactly where fewer than the minimum go on', () => {
    const bids = ['a', 'b', 'c', 'd'];
    const outcome = (out: readonly string[], competition: PartInputs['competition']) => {
      const verdict = partOutcome(resultOf('technical', bids, out, { minimum: 3, competition }));
      return verdict.ok ? verdict.value.outcome : verdict.about;
    };
    const said = { lacking: false, reason: '仍有竞争' };
    expect([outcome(['d'], null), outcome(['d'], said)]).toEqual(['passed', 'competition']);
    expect([outcome(['c', 'd'], null), outcome(['c', 'd'], said)]).toEqual(['competition', 'passed']);
    expect(outcome(['c', 'd'], { ...said, lacking: true })).toBe('competition-lacking');
    expect([outcome(bids, null), outcome(bids, said)]).toEqual(['none-left', 'competition']);
  });

  it('fails by strictly more than half, and an envelope that was invalid is not judged', () => {
    const tied = resultOf('technical', ['a'], [], {
      reviewers: ['m1', 'm2'],
      reviews: [
        { reviewer: 'm1', bid: 'a', item: 'item', pass: true },
        { reviewer: 'm2', bid: 'a', item: 'item', pass: false },
      ],
    });
    expect(partOutcome(tied)).toMatchObject({ ok: true, value: { passed: ['a'] } });
    const invalid = resultOf('technical', ['a'], [], {
      bids: [
        { id: 'a', bidder: 'A', invalid: null },
        { id: 'b', bidder: 'B', invalid: 'package-unsigned' },
      ],
    });
    expect(partOutcome(invalid)).toMatchObject({
      value: { passed: ['a'], failed: [{ bid: 'b', bidder: 'B', reason: 'invalid:package-unsigned' }] },
    });
    expect(partOutcome({ ...invalid, reviews: [] })).toMatchObject({ ok: false, error: 'incomplete' });
  });
});
