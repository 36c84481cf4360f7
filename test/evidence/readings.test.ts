import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { drawsReading, readingOrderOf, readingRequest } from '../../src/openings/reading-draw.ts';
import { type OpeningRecordFile, recordDigest } from '../../src/openings/record.ts';
import { type DrawTranscript, drawDigest } from '../../src/sealing/draw.ts';
import { bundleOf } from './a-bundle.ts';
import { type Draft, lot, platformKey, type Story, tell } from './a-tender.ts';

/** The order in which bids were read, rechecked from the file alone: what a platform that prefers one bidder might sign. */

const key = parseVerifierKey(platformKey);
let drawn: Story;
let received: Story;
beforeAll(async () => {
  drawn = await tell('drawn');
  received = await tell('received');
}, 60_000);

const verdictOf = async (story: Story): Promise<string> => {
  const verdict = await verifyBundle(await bundleOf(story), { key });
  return verdict.result === 'verified' ? 'verified' : `${verdict.checks.at(-1)?.says.en} / ${verdict.why.en}`;
};
const isReading = ({ type, data }: Draft): boolean => type === 'draw.requested' && typeof data === 'object' && data.purpose === 'reading';
const isDrawn = ({ type, data }: Draft): boolean =>
  type === 'draw.completed' && typeof data === 'object' && drawsReading((data.transcript as DrawTranscript).request);
const changed = (story: Story, change: (draft: Draft) => Draft | null): Story => ({
  ...story,
  drafts: story.drafts.flatMap((draft) => change(draft) ?? []),
});
const saying = (draft: Draft, more: object): Draft => ({ ...draft, data: { ...(draft.data as Record<string, unknown>), ...more } });
const noticed = (story: Story, readingOrder: unknown): Story =>
  changed(story, (draft) => (draft.type === 'notice.published' ? saying(draft, { readingOrder }) : draft));
/** Two readings change places, and the numbers with them. */
const swapped = (story: Story): Story => {
  const reads = story.drafts.filter(({ type }) => type === 'bid.read');
  const [first, second] = reads;
  if (!first || !second) throw new Error('nothing was read');
  return changed(story, (draft) => {
    if (draft === first) return saying(second, { order: 1 });
    return draft === second ? saying(first, { order: 2 }) : draft;
  });
};
/** The first draft of a kind comes to stand before the first of another. */
const moved = (story: Story, which: (draft: Draft) => boolean, before: (draft: Draft) => boolean): Story => {
  const found = story.drafts.find(which);
  if (!found) throw new Error('not there');
  const rest = story.drafts.filter((draft) => draft !== found);
  const place = rest.findIndex(before);
  return { ...story, drafts: [...rest.slice(0, place), found, ...rest.slice(place)] };
};
/** Its draw, left out of everything: events and files. */
const undrawn = (story: Story): Story => ({
  ...changed(story, (draft) => (isReading(draft) || isDrawn(draft) ? null : draft)),
  draws: Object.fromEntries(Object.entries(story.draws).filter(([, transcript]) => !drawsReading((transcript as DrawTranscript).request))),
});

describe('A drawn order of reading', () => {
  it('verifies when the bids were read as the draw says', async () => {
    expect(await verdictOf(drawn)).toBe('verified');
    const reads = drawn.drafts.filter(({ type }) => type === 'bid.read').map(({ data }) => (data as { submission: string }).submission);
    const list = drawn.drafts.find(({ type }) => type === 'opening.started')?.data as { list: { submission: string }[] };
    const inList = list.list.map((each) => each.submission);
    expect(reads).not.toEqual(inList);
    expect([...reads].sort()).toEqual([...inList].sort());
  });

  it('fails when two bids changed places', async () => {
    expect(await verdictOf(swapped(drawn))).toContain('read in the order that was drawn');
  });

  it('fails without its draw, and when the draw was never answered', async () => {
    expect(await verdictOf(undrawn(drawn))).toContain('was drawn once, between decryption and reading');
    const unanswered = { ...changed(drawn, (draft) => (isDrawn(draft) ? null : draft)), draws: undrawn(drawn).draws };
    expect(await verdictOf(unanswered)).toContain('was drawn once, between decryption and reading');
  });

  it('fails when it was asked before all were decrypted, or answered after the reading had begun', async () => {
    const early = moved(drawn, isReading, ({ type }) => type === 'bid.opened');
    expect(await verdictOf(early)).toContain('was drawn once, between decryption and reading');
    const late = moved(drawn, ({ type }) => type === 'bid.read', isDrawn);
    expect(await verdictOf(late)).toContain('was drawn once, between decryption and reading');
  });

  it('fails when another request of the part stands in the journal', async () => {
    const asked = drawn.drafts.find(isReading);
    if (!asked) throw new Error('nothing was asked');
    const { request } = asked.data as { request: DrawTranscript['request'] };
    const again = { ...request, id: '01a20305-5a48-7fd4-a51f-0000000000ff' };
    const twice = changed(drawn, (draft) => draft);
    const place = twice.drafts.indexOf(asked);
    twice.drafts.splice(place, 0, saying(asked, { request: again, digest: drawDigest(again) }));
    expect(await verdictOf(twice)).toContain('was drawn once, between decryption and reading');
    const under = changed(drawn, (draft) => (draft === asked ? saying(draft, { part: 'price' }) : draft));
    expect(await verdictOf(under)).toContain('only of envelopes that had been opened');
  });

  it('fails when its request bears another purpose, or was made under two', async () => {
    const asked = drawn.drafts.find(isReading);
    if (!asked) throw new Error('nothing was asked');
    const named = changed(drawn, (draft) => (draft === asked ? saying(draft, { purpose: 'experts' }) : draft));
    expect(await verdictOf(named)).toContain('Each draw is of what its purpose names');
    const tried = changed(drawn, (draft) => draft);
    tried.drafts.splice(tried.drafts.indexOf(asked), 0, saying(asked, { purpose: 'experts' }));
    expect(await verdictOf(tried)).toContain('No request of a draw was made twice');
  });

  it('fails when a bid that was opened is not in the draw', async () => {
    const gone = changed(drawn, (draft) => draft);
    const opened = gone.drafts.filter(({ type }) => type === 'bid.opened');
    const [first] = opened;
    if (!first) throw new Error('nothing was opened');
    // it becomes invalid, while the draw was of all
    const invalid = changed(gone, (draft) =>
      draft === first ? { ...saying(draft, { reason: 'x', attributedTo: 'bidder' }), type: 'bid.invalid' } : draft,
    );
    expect(await verdictOf(invalid)).not.toBe('verified');
  });

  it('is not what a notice without it allows', async () => {
    for (const readingOrder of ['received', undefined])
      expect(await verdictOf(noticed(drawn, readingOrder))).toContain('was read as received');
    expect(await verdictOf(noticed(drawn, 'x'))).toContain('is whole');
  });
});

describe('Reading as received', () => {
  it('verifies, also where the notice is from before this word', async () => {
    expect(await verdictOf(received)).toBe('verified');
    expect(await verdictOf(changed(received, (draft) => draft))).toBe('verified');
    const old = changed(received, (draft) => {
      if (draft.type !== 'notice.published') return draft;
      const { readingOrder: _, ...data } = draft.data as Record<string, unknown>;
      return { ...draft, data };
    });
    expect(await verdictOf(old)).toBe('verified');
  });

  it('fails when two bids changed places, and when the list itself is not as received', async () => {
    expect(await verdictOf(swapped(received))).toContain('was read as received');
    const list = changed(received, (draft) =>
      draft.type === 'opening.started' ? saying(draft, { list: [...(draft.data as { list: unknown[] }).list].reverse() }) : draft,
    );
    expect(await verdictOf(list)).toContain('stands in the order of receipt');
  });

  it('fails when reading began before all were decrypted, and where the notice has the order drawn', async () => {
    const early = moved(
      received,
      ({ type }) => type === 'bid.read',
      (draft) => draft === received.drafts.filter(({ type }) => type === 'bid.opened').at(-1),
    );
    expect(await verdictOf(early)).toContain('before all were decrypted');
    expect(await verdictOf(noticed(received, 'drawn'))).toContain('was drawn once, between decryption and reading');
  });
});

describe('The draw of an order itself', () => {
  const ids = (n: number): string[] => Array.from({ length: n }, (_, at) => `01a20305-5a48-7fd4-a51f-${at.toString(16).padStart(12, '0')}`);

  it('asks for every bid once; beyond a thousand the first thousand places, the rest follow as received', () => {
    const asked = readingRequest({ id: 'x', lot, at: '2026-05-20T01:35:00.000Z' }, ids(3));
    expect(asked.seats).toEqual([{ specialty: 'reading-order', count: 3, reserve: 0 }]);
    const pool = asked.eligible['reading-order'] ?? [];
    expect(pool.every(({ expert, employer }) => expert === employer)).toBe(true);
    expect(pool.map(({ expert }) => expert)).toEqual(pool.map(({ expert }) => expert).sort());
    const many = readingRequest({ id: 'x', lot, at: '2026-05-20T01:35:00.000Z' }, ids(1002));
    expect([many.seats[0]?.count, many.eligible['reading-order']?.length]).toEqual([1000, 1002]);
    const all = ids(1002);
    const candidates = new Map(all.map((id) => [readingRequest(asked, [id]).eligible['reading-order']?.[0]?.expert ?? '', id]));
    const called = [...candidates.keys()].slice(2).reverse();
    expect(readingOrderOf({ called: { 'reading-order': called } }, all)).toEqual([...all.slice(2).reverse(), ...all.slice(0, 2)]);
  });

  it('stands in the record that bidders sign: another order under the same draw is refuted, and so is none', async () => {
    const transcript = Object.values(drawn.draws).find((each) => drawsReading((each as DrawTranscript).request)) as DrawTranscript;
    const session = Object.values(drawn.draws).find((each) => Object.keys((each as DrawTranscript).parameters).length > 0);
    const list = drawn.drafts.find(({ type }) => type === 'opening.started')?.data as { list: { submission: string; bidder: string }[] };
    const order = readingOrderOf(
      transcript,
      list.list.map((each) => each.submission),
    );
    const recordWith = (places: readonly string[], reading: { reading?: unknown } = { reading: transcript }): unknown => {
      const record: OpeningRecordFile = {
        format: 'yangguang/opening-record/v1',
        lot,
        part: 'whole',
        items: list.list.map(({ submission, bidder }) => ({
          submission,
          bidder,
          name: bidder,
          state: 'read',
          reason: null,
          order: places.indexOf(submission) + 1,
          price: '1.00',
          figures: {},
        })),
        ...reading,
        draw: session,
      };
      return {
        format: 'yangguang/opening-record-file/v1',
        record,
        sha256: recordDigest(record),
        until: '2026-05-20T03:00:00.000Z',
        closed: null,
        words: [],
        anchors: [],
      };
    };
    const said = async (file: unknown): Promise<string> => {
      const verdict = await verifyEvidence(file);
      return verdict.result === 'verified' ? 'verified' : (verdict.checks.at(-1)?.says.en ?? '');
    };
    expect(await said(recordWith(order))).toBe('verified');
    expect(await said(recordWith([...order].reverse()))).toContain('read in the drawn order');
    expect(await said(recordWith(order, {}))).toContain('read as they were received');
  });
});
