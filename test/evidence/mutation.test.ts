import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pack, unpack } from '../../src/evidence/archive.ts';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { base64url, canonical, utf8 } from '../../src/kernel/bytes.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { bundleOf } from './a-bundle.ts';
import { platformKey, tell } from './a-tender.ts';

/*
 * What a forger would do: change one thing, write the file as the format asks, make the manifest anew, and pack it again. Every value of every file is
 * changed so, one at a time; the verifier must refute each, and must never fail or call it unreadable.
 */
const key = parseVerifierKey(platformKey);
type Files = ReadonlyMap<string, Uint8Array>;
let bytes: Uint8Array;
let files: Files;
const textOf = (name: string): string => new TextDecoder().decode(files.get(name));
const jsonOf = (name: string): unknown => JSON.parse(textOf(name));

beforeAll(async () => {
  bytes = await bundleOf(await tell('drawn'));
  files = (await unpack(bytes)) ?? new Map();
}, 60_000);

/** The bundle with one file changed, its manifest and its container made anew. */
function forged(name: string, content: Uint8Array): Promise<Uint8Array> {
  const manifest = jsonOf('manifest.json') as { files: { name: string; bytes: number; sha256: string }[] };
  const listed = manifest.files.map((each) =>
    each.name === name ? { name, bytes: content.length, sha256: base64url(sha256(content)) } : each,
  );
  return pack(new Map([...files, [name, content], ['manifest.json', utf8(canonical({ ...manifest, files: listed }))]]));
}

type Path = readonly (string | number)[];
/** Every value in a JSON value that holds no others, with the way to it. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([name, each]) => leaves(each, [...path, name]));
}
function replaced(value: unknown, path: Path, change: (leaf: unknown) => unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, at) => (at === name ? replaced(each, rest, change) : each));
  const held = value as Record<string, unknown>;
  return { ...held, [name]: replaced(held[String(name)], rest, change) };
}

/** Of values that stand at the same place in members of a list, one: those beside it say nothing new. */
function eachKind(paths: readonly Path[]): Path[] {
  const alike = Map.groupBy(paths, (path) => path.map((step) => (typeof step === 'number' ? '*' : step)).join('/'));
  return [...alike.values()].flatMap((same) => same.slice(-1));
}

/** Another value of the same kind: a character, a number, a truth changed; what is empty gets something. */
function other(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  if (typeof leaf !== 'string') return leaf === null ? 'x' : Array.isArray(leaf) ? ['x'] : { x: 'x' };
  const at = Math.floor(leaf.length / 2);
  const character = leaf[at] ?? '';
  return `${leaf.slice(0, at)}${/[0-8a-yA-Y]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 1) : 'A'}${leaf.slice(at + 1)}`;
}

/** The ways whose change the verifier let pass. */
async function passing(name: string, paths: readonly Path[], change = other): Promise<string[]> {
  const passed: string[] = [];
  for (const path of paths) {
    const { result } = await verifyBundle(await forged(name, utf8(canonical(replaced(jsonOf(name), path, change)))), { key });
    if (result !== 'refuted') passed.push(`${name} ${path.join('.')}: ${result}`);
  }
  return passed;
}

describe('one value changed, everything else made to fit', () => {
  it('every field of every event, every salt, index and proof', async () => {
    const events = jsonOf('journal/events.json') as { event: { type: string } }[];
    // the same value of many alike events would say nothing new: each type is changed through and through, once
    const first = new Map(events.map((each, at) => [each.event.type, at] as const).reverse());
    const paths = [...first.values()].flatMap((at) => eachKind(leaves(events[at], [at])));
    expect(paths.length).toBeGreaterThan(300);
    expect(await passing('journal/events.json', paths)).toEqual([]);
    const every = [...events.keys()].filter((at) => at % 8 === 0);
    const proofs = every.flatMap((at) => [[at, 'salt'] as Path, [at, 'index'] as Path, [at, 'event', 'at'] as Path]);
    expect(await passing('journal/events.json', proofs)).toEqual([]);
  }, 300_000);

  it('every line of the checkpoint and of the closing snapshot, their signatures and their proof', async () => {
    for (const [name, text] of [
      ['journal/checkpoint.txt', textOf('journal/checkpoint.txt')],
      ['keys/platform.vkey', textOf('keys/platform.vkey')],
    ] as const) {
      for (let at = 0; at < text.length; at += 3) {
        const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
        const { result } = await verifyBundle(await forged(name, utf8(changed)), { key });
        if (result !== 'refuted') throw new Error(`${name} changed at ${at} is ${result}`);
      }
    }
    expect(await passing('journal/closing.json', leaves(jsonOf('journal/closing.json')))).toEqual([]);
  }, 300_000);

  it('every value of council, opening, draws, evaluation, award, submissions, witnesses and what is withheld', async () => {
    const names = [...files.keys()].filter((name) =>
      /^(council|award|(openings|draws|evaluation|submissions|keys)\/.*|journal\/withheld)\.json$/.test(name),
    );
    // six submissions are alike, and so are two draws
    const kinds = new Map(names.map((name) => [name.replace(/\/.*/, ''), name] as const));
    expect(kinds.size).toBe(8);
    for (const name of kinds.values()) expect(await passing(name, eachKind(leaves(jsonOf(name))))).toEqual([]);
  }, 300_000);

  it('a trust anchor: characters all along its certificate', async () => {
    const name = [...files.keys()].find((each) => each.startsWith('certificates/root')) ?? '';
    const text = textOf(name);
    for (let at = 0; at < text.length; at += 29) {
      const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
      const { result } = await verifyBundle(await forged(name, utf8(changed)), { key });
      if (result !== 'refuted') throw new Error(`${name} changed at ${at} is ${result}`);
    }
  }, 300_000);

  it('an edition that is said to be another', async () => {
    const manifest = jsonOf('manifest.json') as object;
    const relabelled = await pack(new Map([...files, ['manifest.json', utf8(canonical({ ...manifest, edition: 'public' }))]]));
    const verdict = await verifyBundle(relabelled, { key });
    expect(verdict).toMatchObject({ result: 'refuted', why: { en: 'The public edition holds no wrapped key of a bid' } });
  });
});

describe('bytes changed at random', () => {
  it('never verify, never make the verifier fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat({ max: bytes.length - 1 }), to: fc.nat({ max: 255 }) }), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const bent = bytes.slice();
          for (const { at, to } of changes) bent[at] = to;
          if (Buffer.from(bent).equals(Buffer.from(bytes))) return;
          expect((await verifyFile(bent, { key })).result).not.toBe('verified');
        },
      ),
      { numRuns: 300 },
    );
  }, 300_000);

  it('cut, doubled, spliced or anything at all: refuted or unreadable', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length }), fc.nat({ max: bytes.length }), async (from, to) => {
        const spliced = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
        if (spliced.equals(Buffer.from(bytes))) return;
        expect((await verifyFile(new Uint8Array(spliced), { key })).result).not.toBe('verified');
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (anything) => {
        expect((await verifyFile(anything, { key })).result).not.toBe('verified');
      }),
      { numRuns: 150 },
    );
  }, 300_000);

  it('any JSON that names a format of the protocol is judged, never a failure', async () => {
    const formats = ['yangguang/receipt/v1', 'yangguang/opening/v1', 'yangguang/draw-transcript/v1', 'yangguang/evaluation/v1'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...formats), fc.dictionary(fc.string(), fc.jsonValue()), async (format, members) => {
        const { result } = await verifyFile(utf8(JSON.stringify({ ...members, format })), { key });
        expect(result).not.toBe('verified');
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
