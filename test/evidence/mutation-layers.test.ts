import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { bundleOf } from './a-bundle.ts';
import { tellLayered } from './a-layered-tender.ts';
import { type Draft, platformKey, type Story } from './a-tender.ts';

/*
 * What a lying platform would do with a layered tender: write one thing otherwise, sign the journal anew with its own key, have it witnessed, and hand it out. Each
 * value of every event about layers and copies is changed so, one at a time: what the verifier finds then is not a broken seal but the lie itself.
 */
const key = parseVerifierKey(platformKey);
let down: Story;
let up: Story;
beforeAll(async () => {
  [down, up] = [await tellLayered(10), await tellLayered(9)];
}, 60_000);

const told = async (story: Story, drafts: Draft[]): Promise<string> => {
  const verdict = await verifyBundle(await bundleOf({ ...story, drafts }), { key });
  return verdict.result === 'verified' ? 'verified' : `${verdict.result}: ${verdict.checks.at(-1)?.says.en}`;
};

type Path = readonly (string | number)[];
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, each]) => leaves(each, [...path, Array.isArray(value) ? Number(name) : name]));
}
function replaced(value: unknown, [name, ...rest]: Path, change: (leaf: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, at) => (at === name ? replaced(each, rest, change) : each));
  const held = value as Record<string, unknown>;
  return { ...held, [name]: replaced(held[String(name)], rest, change) };
}
/** Another value of the same kind. */
function other(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  const text = String(leaf);
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}

/** Words for people, which no check rests on. */
const words = /(^|\.)(name|authority|by)$|^attribution\.ruled ground$|^bid\.withdrawn-by-platform ground$/;

const attributed = /^(attribution\.|bid\.(revoked|withdrawn-by))/;
const about = /^(layer\.|layers\.|remedy\.|attribution\.|bid\.(revoked|withdrawn-by))/;

async function passing(story: Story, which: RegExp): Promise<string[]> {
  const passed: string[] = [];
  for (const [place, draft] of story.drafts.entries()) {
    if (!which.test(draft.type) || typeof draft.data === 'function') continue;
    for (const path of leaves(draft.data)) {
      const named = `${draft.type} ${path.join('.')}`;
      if (words.test(named) || words.test(path.join('.'))) continue;
      const data = replaced(draft.data, path, other) as Record<string, unknown>;
      const result = await told(story, story.drafts.with(place, { ...draft, data }));
      if (!result.startsWith('refuted')) passed.push(`${named}: ${result}`);
    }
  }
  return passed;
}

describe('a tender under the bidders’ own layers, written by a platform that lies about one value', () => {
  it('holds where it does not lie', async () => {
    expect(await told(down, [...down.drafts])).toBe('verified');
    expect(await told(up, [...up.drafts])).toBe('verified');
  });

  it('is refuted, whichever value it is', async () => {
    expect(await passing(down, about)).toEqual([]);
    expect(await passing(up, attributed)).toEqual([]);
  }, 300_000);

  const without = (story: Story, drop: (draft: Draft) => boolean): Draft[] => story.drafts.filter((draft) => !drop(draft));
  const at = (story: Story, type: string, moment: string): Draft[] =>
    story.drafts.map((draft) => (draft.type === type ? { ...draft, at: moment } : draft));

  it.each([
    ['a layer removed at the limit', () => told(down, at(down, 'layer.removed', '2026-05-20T02:00:02.000Z')), 'layers were removed within'],
    ['a dispute at the limit', () => told(down, at(down, 'layer.disputed', '2026-05-20T02:00:02.000Z')), 'declaration is signed'],
    [
      'the bidders’ time ended before its limit',
      () => told(down, at(down, 'layers.closed', '2026-05-20T02:00:01.999Z')),
      'bidders’ time ended',
    ],
    [
      'statements of the outage left out',
      () =>
        told(
          down,
          without(down, (draft) => draft.type === 'probe.reported' && draft.at > '2026-05-20T02:00:00.000Z'),
        ),
      'evidence says whose doing',
    ],
    [
      'an attribution left out of two',
      () =>
        told(
          up,
          without(up, ({ type }) => type === 'bid.revoked'),
        ),
      'verified',
    ],
    [
      'a question without its ruling’s outcome',
      () =>
        told(
          up,
          without(up, ({ type }) => type === 'bid.withdrawn-by-platform'),
        ),
      'evidence says whose doing',
    ],
    [
      'a copy that nobody asked for',
      () =>
        told(
          down,
          without(down, ({ type }) => type === 'remedy.awaited'),
        ),
      'handed in under the remedy',
    ],
    [
      'the inner copy left out',
      () =>
        told(
          down,
          without(down, ({ data }) => (data as { kind?: string }).kind === 'inner'),
        ),
      'bidders’ time ended',
    ],
  ])('%s', async (_lie, tell, expected) => {
    expect(await tell()).toContain(expected);
  });

  it('takes a copy until the last millisecond of its limit, and none at it', async () => {
    const place = down.drafts.findLastIndex(({ type }) => type === 'remedy.applied');
    const late = (moment: string) =>
      down.drafts.map((draft, n) =>
        n >= place && draft.at < '2026-05-20T02:21:00.000Z' ? { ...draft, at: n === place ? moment : '2026-05-20T02:22:00.000Z' } : draft,
      );
    const limit = '2026-05-20T02:20:08.000Z';
    expect(await told(down, late('2026-05-20T02:20:07.999Z'))).toBe('verified');
    expect(await told(down, late(limit))).toContain('handed in under the remedy');
  });

  it('leaves a bid out for damaged bytes only after its bidder had its time', async () => {
    const place = down.drafts.findLastIndex(({ type }) => type === 'remedy.applied');
    const bidder = down.drafts.find(({ type }) => type === 'layer.removed')?.data as { submission: string; bidder: string };
    const { submission, bidder: code } = bidder;
    const given = (moment: string): Draft[] => {
      const before = down.drafts.slice(0, place);
      const data = { submission, bidder: code, reason: 'stored-bytes-differ', attributedTo: 'platform' };
      return [...before, { type: 'bid.invalid', at: moment, subject: before[2]?.subject ?? {}, data }];
    };
    expect(await told(down, given('2026-05-20T02:20:08.000Z'))).toBe('verified');
    expect(await told(down, given('2026-05-20T02:20:07.999Z'))).toContain('had its time');
  });
});
