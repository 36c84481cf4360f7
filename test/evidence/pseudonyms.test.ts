import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import type { Pseudonym } from '../../src/journal/pseudonym.ts';
import { blindOrderOf, blindRequest, pseudonymRoot, shareDigest } from '../../src/openings/pseudonym.ts';
import type { Share } from '../../src/sealing/council.ts';
import { bundleOf } from './a-bundle.ts';
import { addDraw, type Draft, lot, platformKey, type Story, tell } from './a-tender.ts';

/** A blind review, rechecked from the file alone: what a platform that would know whose a file is, or change a mark when it does, might sign. */

const key = parseVerifierKey(platformKey);
const at = '2026-05-20T01:30:02.000Z';
let blind: Story;
let list: readonly Pseudonym[];
let plain: Story;
beforeAll(async () => {
  plain = await tell('received');
  blind = blinded(plain);
}, 60_000);

const idOf = (n: number): string => `01a20305-5a48-7fd4-a51f-${n.toString(16).padStart(12, '0')}`;
const dataOf = (draft: Draft): Record<string, unknown> => draft.data as Record<string, unknown>;
const saying = (draft: Draft, more: object): Draft => ({ ...draft, data: { ...dataOf(draft), ...more } });
const draftOf = (type: Draft['type'], data: Record<string, unknown>): Draft => ({ type, at, subject: { lot }, data });

/** The same tender with its bids judged blind, as an honest platform would have written it. */
function blinded(story: Story): Story {
  const started = story.drafts.find(({ type }) => type === 'opening.started');
  if (!started) throw new Error('nothing was opened');
  const listed = (dataOf(started).list as { submission: string }[]).map(({ submission }) => submission);
  const steps: Draft[] = [];
  const { format: _, lot: __, at: ___, ...asked } = blindRequest({ id: idOf(200), lot, at }, listed);
  const { transcript, seed } = addDraw((type, _at, data) => steps.push(draftOf(type, data as Record<string, unknown>)), asked, 'blind', at);
  list = blindOrderOf(transcript, listed).map((submission, place) => ({ id: idOf(300 + place), number: place + 1, submission }));
  const root = pseudonymRoot(seed, list);
  const covered = steps.flatMap((step) => {
    if (step.type === 'draw.completed') return [];
    if (step.type !== 'share.given') return [step];
    const { trustee, evaluated } = dataOf(step) as unknown as Share;
    return [draftOf('share.kept', { task: idOf(41), name: 'x', trustee, sha256: shareDigest({ trustee, evaluated }) })];
  });
  const digest = dataOf(covered[0] as Draft).digest;
  const committed = draftOf('pseudonyms.committed', { part: 'whole', digest, count: list.length, root });
  const told = [...steps.filter(({ type }) => type === 'draw.completed'), draftOf('pseudonyms.revealed', { part: 'whole', root, list })];
  const named = new Map(list.map(({ id, submission }) => [submission, id]));
  const drafts = story.drafts.flatMap((draft) => {
    if (draft.type === 'notice.published') return [saying(draft, { blind: { part: 'whole' } })];
    if (draft === started) return [draft, ...covered, committed];
    if (draft.type === 'bid.reviewed' || draft.type === 'bid.scored') return [saying(draft, { bid: named.get(String(dataOf(draft).bid)) })];
    return draft.type === 'evaluation.concluded' ? [...told, draft] : [draft];
  });
  return { ...story, drafts, draws: { ...story.draws, [transcript.request.id]: transcript } };
}

const verdictOf = async (story: Story): Promise<string> => {
  const verdict = await verifyBundle(await bundleOf(story), { key });
  return verdict.result === 'verified' ? 'verified' : `${verdict.checks.at(-1)?.says.en} / ${verdict.why.en}`;
};
const changed = (change: (draft: Draft) => Draft | null, story = blind): Story => ({
  ...story,
  drafts: story.drafts.flatMap((draft) => change(draft) ?? []),
});
const of = (type: Draft['type'], more: (data: Record<string, unknown>) => object): Story =>
  changed((draft) => (draft.type === type ? saying(draft, more(dataOf(draft))) : draft));
/** The first draft of a type comes to stand before the first of another. */
function moved(type: Draft['type'], before: Draft['type']): Story {
  const found = blind.drafts.find((draft) => draft.type === type);
  if (!found) throw new Error(`no ${type}`);
  const rest = blind.drafts.filter((draft) => draft !== found);
  const place = rest.findIndex((draft) => draft.type === before);
  return { ...blind, drafts: [...rest.slice(0, place), found, ...rest.slice(place)] };
}
const isBlindDraw = ({ type, data }: Draft): boolean => type === 'draw.requested' && (data as { purpose?: string }).purpose === 'blind';

describe('A blind review', () => {
  it('verifies as it was held, before and after the pseudonyms are laid open', async () => {
    expect(await verdictOf(blind)).toBe('verified');
    expect(await verdictOf(plain)).toBe('verified');
    const judged = blind.drafts.filter(({ type }) => type === 'bid.scored');
    expect(judged.length).toBeGreaterThan(0);
    expect(judged.every((draft) => list.some(({ id }) => id === dataOf(draft).bid))).toBe(true);
  });

  it('fails where the list is another than the draw gives, or than the root holds', async () => {
    const says = 'under the root committed to before';
    const swapped = (each: Pseudonym, place: number) => ({ ...each, submission: list[1 - place]?.submission ?? each.submission });
    expect(
      await verdictOf(of('pseudonyms.revealed', () => ({ list: list.map((each, place) => (place < 2 ? swapped(each, place) : each)) }))),
    ).not.toBe('verified');
    expect(await verdictOf(of('pseudonyms.committed', () => ({ root: 'x' })))).toContain(says);
    expect(await verdictOf(of('pseudonyms.committed', () => ({ count: 9 })))).toContain(says);
    const renamed = of('pseudonyms.revealed', () => ({
      list: list.map((each, place) => (place === 0 ? { ...each, id: idOf(999) } : each)),
    }));
    expect(await verdictOf(renamed)).not.toBe('verified');
  });

  it('fails where the root came late, twice, not at all, or follows another request', async () => {
    const says = 'drawn and committed to once, before their envelopes were opened';
    expect(await verdictOf(moved('bid.opened', 'pseudonyms.committed'))).toContain(says);
    expect(await verdictOf(changed((draft) => (draft.type === 'pseudonyms.committed' ? null : draft)))).toContain(says);
    expect(await verdictOf(of('pseudonyms.committed', () => ({ digest: 'x' })))).toContain(says);
    const again = blind.drafts.find(({ type }) => type === 'pseudonyms.committed');
    expect(await verdictOf({ ...blind, drafts: blind.drafts.flatMap((draft) => (draft === again ? [draft, draft] : [draft])) })).toContain(
      says,
    );
  });

  it('fails where a share was never kept, the draw is left out, or the notice has nothing blind', async () => {
    expect(await verdictOf(of('share.kept', () => ({ sha256: 'x' })))).toContain('stands in the journal');
    const undrawn = {
      ...blind,
      draws: plain.draws,
      drafts: blind.drafts.filter(
        ({ type, data }) => type !== 'draw.completed' || data !== blind.drafts.findLast((draft) => draft.type === 'draw.completed')?.data,
      ),
    };
    expect(await verdictOf(undrawn)).not.toBe('verified');
    const open = changed((draft) => (draft.type === 'notice.published' ? saying(draft, { blind: undefined }) : draft));
    expect(await verdictOf(open)).toContain('Only the envelopes that the notice names were judged blind');
    expect(await verdictOf(changed((draft) => (isBlindDraw(draft) ? saying(draft, { purpose: 'reading' }) : draft)))).not.toBe('verified');
  });

  it('fails where a mark was changed when the names were known, or given under a pseudonym that was laid open', async () => {
    const mark = blind.drafts.find(({ type }) => type === 'bid.scored');
    const concluded = blind.drafts.find(({ type }) => type === 'evaluation.concluded');
    if (!mark) throw new Error('nothing was scored');
    const toldLast = (draft: Draft): Story => ({
      ...blind,
      drafts: blind.drafts.flatMap((each) => (each === concluded ? [draft, each] : [each])),
    });
    const { submission } = list.find(({ id }) => id === dataOf(mark).bid) ?? { submission: '' };
    expect(await verdictOf(toldLast(saying(mark, { bid: submission })))).toContain('were not changed when the names were known');
    expect(await verdictOf(toldLast(mark))).toContain('after it was laid open');
  });
});
