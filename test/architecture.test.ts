import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { besides, everyRule, houseWords, kindOf, roomOf, rooms } from './support/architecture/rules.ts';
import { readSources, takeApart } from './support/architecture/source.ts';

const root = join(import.meta.dirname, '..');
const folders = ['src', 'views', 'seeds', 'test'];
const offences = (tree: string, leaveOut?: (path: string) => boolean): string[] => {
  const sources = readSources(tree, folders, leaveOut);
  return Object.values(everyRule).flatMap((rule) => rule(sources).map(({ where, says }) => `${where} ${says}`));
};

describe('the house', () => {
  const planted = (path: string): boolean => path.startsWith('test/fixtures/');
  const sources = readSources(root, folders, planted);

  it('was read: every room has files, and their imports were seen', () => {
    expect(sources.length).toBeGreaterThan(100);
    const standing = new Set(sources.map((source) => roomOf(source.path)));
    for (const room of ['kernel', 'sealing', 'journal', 'parties', 'tenders', 'store', 'web']) expect(standing).toContain(room);
    expect(sources.flatMap((source) => source.imports).length).toBeGreaterThan(500);
    const counted = new Set(sources.map(kindOf));
    for (const kind of ['schema', 'reads', 'routes', 'act', 'pure']) expect(counted).toContain(kind);
  });

  it('has no room that the order of rooms does not know', () => {
    const known = new Set<string>([...rooms, ...Object.keys(besides), 'main']);
    const standing = sources.map((source) => roomOf(source.path)).filter((room) => room !== null);
    expect(standing.filter((room) => !known.has(room))).toEqual([]);
  });

  it.each(Object.entries(everyRule))('keeps its rules: %s', (_name, rule) => {
    expect(rule(sources).map(({ rule: broken, where, says }) => `${where} [${broken}] ${says}`)).toEqual([]);
  });
});

describe('the planted offender', () => {
  const caught = offences(join(root, 'test/fixtures/offender'));
  const planted: readonly [string, RegExp][] = [
    ['src/kernel/word.ts:1', /kernel stands before tenders/],
    ['src/tenders/from-the-right.ts:1', /tenders stands before awards/],
    ['src/tenders/from-main.ts:1', /where everything meets/],
    ['src/journal/takes-a-program.ts:1', /a program of its own/],
    ['src/browser/takes-a-room.ts:1', /not from awards/],
    ['src/browser/takes-a-server.ts:1', /only pure files of journal/],
    ['src/tenders/shows-a-page.ts:1', /pages are shown by routes/],
    ['views/tenders/lot.ts:1', /only types from src/],
    ['src/tenders/with-tables.ts:1', /may not lean on src\/tenders\/schema\.ts/],
    ['src/tenders/with-files.ts:1', /may not reach outside \(node:fs\)/],
    ['src/tenders/with-database.ts:1', /may not know the database/],
    ['src/tenders/with-orm.ts:1', /may not know the database/],
    ['src/tenders/with-orm.ts:1', /the database is spoken to in schema\.ts/],
    ['src/tenders/two-acts.ts:6', /one file holds one act/],
    ['src/tenders/misnamed-act.ts:3', /lives in a file of its name/],
    ['src/tenders/opening.ts:1', /called verb-noun/],
    ['src/tenders/send-mail.ts:1', /\(act\) reaches outside \(node:net\)/],
    ['src/tenders/names-a-line.ts:1', /cannot name a line/],
    ['src/bids/hashes.ts:1', /ciphers, signatures and hashes/],
    ['src/awards/late.ts:1', /time is an argument/],
    ['src/house.ts:1', /settings are read in src\/config\.ts/],
    ['src/bids/answers.ts:1', /HTTP is known to/],
    ['src/bids/live.ts:1', /the only sockets/],
    ['src/bids/prints.ts:1', /papers are printed/],
    ['src/bids/mails.ts:1', /leaves through post/],
    ['src/bids/chance.ts:1', /chance is drawn/],
    ['src/utils/index.ts:1', /this name says nothing/],
    ['src/openings/crowded.ts:451', /451 lines/],
  ];

  it.each(planted)('is caught at %s: %s', (where, says) => {
    expect(caught.filter((each) => each.startsWith(`${where} `) && says.test(each))).not.toEqual([]);
  });

  it('is caught by every house word', () => {
    const sources = readSources(join(root, 'test/fixtures/offender'), folders);
    const broken = new Set(everyRule.words(sources).map((each) => each.rule));
    expect([...broken].sort()).toEqual(houseWords.map((each) => each.word).sort());
  });
});

describe('the innocent neighbour', () => {
  it('is left in peace, whatever its comments and strings say', () => {
    expect(offences(join(root, 'test/fixtures/innocent'))).toEqual([]);
  });
});

describe('a source file', () => {
  const imports = (content: string) =>
    takeApart('src/bids/a.ts', content).imports.map(({ target, typeOnly, line }) => [line, target, typeOnly]);

  it.each([
    [`import { a } from './b.ts';`, [1, 'src/bids/b.ts', false]],
    [`import type { A } from '../kernel/b.ts';`, [1, 'src/kernel/b.ts', true]],
    [`import { type A, type B } from './b.ts';`, [1, 'src/bids/b.ts', true]],
    [`import { type A, b } from './b.ts';`, [1, 'src/bids/b.ts', false]],
    [`import a, { type B } from 'pkg';`, [1, 'pkg', false]],
    [`import * as a from "pkg";`, [1, 'pkg', false]],
    [`import 'pkg';`, [1, 'pkg', false]],
    [`export { a } from './b.ts';`, [1, 'src/bids/b.ts', false]],
    [`export * from './b.ts';`, [1, 'src/bids/b.ts', false]],
    [`export type { A } from './b.ts';`, [1, 'src/bids/b.ts', true]],
    [`import {\n  a,\n  b,\n} from '../../views/x.ts';`, [1, 'views/x.ts', false]],
    [`\nconst a = await import('./b.ts');`, [2, 'src/bids/b.ts', false]],
  ] as const)('imports what it says: %s', (content, expected) => {
    expect(imports(content)).toEqual([expected]);
  });

  it.each([`// import { a } from './b.ts';`, `/* import './b.ts' */`, `const said = "import a from nothing";`])(
    'imports nothing by talking: %s',
    (content) => {
      expect(imports(content)).toEqual([]);
    },
  );
});
