import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { accountLines } from '../seeds/accounts.ts';
import { demonstrationPassword } from '../seeds/organisations.ts';
import { generatedDocs } from '../src/docs.ts';
import { events } from '../src/journal/event.ts';
import { allActs } from '../src/kernel/act.ts';
import { allEndpoints } from '../src/kernel/endpoint.ts';
import { allRules } from '../src/kernel/rule.ts';
import { problemsBook, rulesBook } from '../src/openness/rules.ts';
import { figureGroups, parameters } from '../src/rulebook/parameters.ts';
import { clientFiles } from '../src/web/clients.ts';
import { verifierNames } from '../src/web/verifiers.ts';

const root = join(import.meta.dirname, '..');
const generated = generatedDocs();
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** README and everything under docs, by path; the generated pages as the code makes them now. */
const pages: Readonly<Record<string, string>> = {
  'README.md': readme,
  ...Object.fromEntries(
    readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => [`docs/${name}`, readFileSync(join(root, 'docs', name), 'utf8')]),
  ),
  ...generated,
};
const stands = (path: string): boolean => path in pages || existsSync(join(root, path));

/** A heading as its link is written: `## 运行 · Run` → `运行--run`. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map((match) => slug(match[1] ?? ''));
  const given = [...page.matchAll(/<a id="([^"]+)">/g)].map((match) => match[1] ?? '');
  return new Set([...headings, ...given]);
}

/** Links of a page that point into the project; what stands in code is none. */
function linksOf(page: string): string[] {
  const prose = page.replace(/^```[\s\S]*?^```/gm, '').replace(/^ {4}.*$/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '').filter((target) => !/^[a-z]+:/.test(target));
}

function deadLinks(path: string, page: string): string[] {
  return linksOf(page).filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : normalize(join(dirname(path), decodeURIComponent(file)));
    if (!stands(target)) return true;
    return anchor !== undefined && !anchorsOf(pages[target] ?? '').has(decodeURIComponent(anchor));
  });
}

/** Paths named in code spans: `src/kernel/act.ts`, `test/vectors/`; patterns with places to fill are not meant to stand. */
function missingPaths(page: string): string[] {
  return [...page.matchAll(/`([^`\n]+)`/g)]
    .map((match) => match[1] ?? '')
    .filter((text) => /^(src|test|views|seeds|docs|\.ci)\/[^\s<>*…{}]*$/.test(text))
    .filter((text) => !stands(text));
}

describe('the written pages', () => {
  it('are all there', () => {
    const written = [
      'README.md',
      'docs/architecture.md',
      'docs/rulebook.md',
      'docs/protocol.md',
      'docs/glossary.md',
      'docs/decisions/README.md',
      'docs/divergences.md',
      'docs/contributing.md',
      'docs/operate.md',
      'docs/threat-model.md',
    ];
    expect(written.filter((path) => !(path in pages))).toEqual([]);
  });

  it.each(Object.keys(pages))('%s: every link leads somewhere, every file named stands', (path) => {
    const page = pages[path] ?? '';
    expect(deadLinks(path, page)).toEqual([]);
    expect(missingPaths(page)).toEqual([]);
  });

  it('would notice a dead link, a dead anchor and a missing file', () => {
    expect(deadLinks('docs/x.md', '[a](nowhere.md) [b](protocol.md#no-such-part) [c](protocol.md)')).toEqual([
      'nowhere.md',
      'protocol.md#no-such-part',
    ]);
    expect(missingPaths('`src/nowhere.ts` `src/kernel/act.ts` `src/<room>/<noun>.ts`')).toEqual(['src/nowhere.ts']);
  });

  it('name no machine', () => {
    const machine = /(^|[\s`("])\/(work|home|root|tmp|Users)\//;
    expect(Object.entries(pages).flatMap(([path, page]) => (machine.test(page) ? [path] : []))).toEqual([]);
  });

  it('the threat model: each attacker is named with what is tried, and each test it names is one', () => {
    const page = pages['docs/threat-model.md'] ?? '';
    const rows = page.split('\n').filter((line) => line.startsWith('| **'));
    expect(rows.length).toBeGreaterThanOrEqual(13);
    for (const row of rows) {
      const [, who, wants, stops, tried, remains] = row.split('|').map((cell) => cell.trim());
      expect([who, (wants ?? '').length > 0, (stops ?? '').length > 0, (remains ?? '').length > 0]).toEqual([who, true, true, true]);
      const tests = [...(tried ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
      expect([who, tests.length > 0, tests.filter((path) => !/^test\/.+\.test\.ts$/.test(path) || !stands(path))]).toEqual([who, true, []]);
    }
  });

  it('list every decision', () => {
    const decisions = Object.keys(pages).filter((path) => /^docs\/decisions\/\d{4}-/.test(path));
    expect(decisions.length).toBeGreaterThan(0);
    const list = linksOf(pages['docs/decisions/README.md'] ?? '');
    expect(decisions.filter((path) => !list.includes(path.slice('docs/decisions/'.length)))).toEqual([]);
  });
});

describe('the README', () => {
  it('says the two commands, and that no database is needed', () => {
    expect(readme).toMatch(/^npm ci && npm start\b/m);
    expect(readme).toMatch(/^npm ci && npm test\b/m);
    expect(readme).toMatch(/no database/);
  });

  it('shows the opening hall, small enough to load at once', () => {
    expect(readme).toContain('](docs/pictures/opening-hall.png)');
    expect(statSync(join(root, 'docs/pictures/opening-hall.png')).size).toBeLessThan(300_000);
  });

  it('names pages that exist', () => {
    const addresses = new Set(allEndpoints().flatMap(({ path }) => [path, `/api${path}`]));
    const files = [...Object.values(verifierNames), ...Object.values(clientFiles)].map((name) => `/verify/${name}`);
    const raw = ['/journal/checkpoint', '/api/openapi.json', ...files];
    const named = [...readme.matchAll(/`(\/[^`\s]*)`/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !addresses.has(path) && !raw.includes(path))).toEqual([]);
  });

  it('gives accounts that can sign in', () => {
    const told = accountLines().join('\n');
    expect(readme).toContain(`\`${demonstrationPassword}\``);
    for (const login of ['agent', 'tenderee', 'bidder1', 'expert0001', 'regulator', 'centre', 'admin']) {
      expect(readme).toContain(`\`${login}\``);
      expect(told).toContain(login);
    }
  });
});

const whole = (id: string): RegExp => new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
const sources = (folder: string, ending: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n');

describe('the rulebook', () => {
  const book = generated['docs/rulebook.md'] ?? '';
  const ids = allRules().map(({ id }) => id);
  const tests = sources('test', '.test.ts');
  const code = sources('src', '.ts');

  it('holds every rule', () => {
    expect(ids.length).toBeGreaterThan(50);
    expect(ids.filter((id) => !book.includes(`</a>\`${id}\``))).toEqual([]);
  });

  it('holds every rule that code speaks of by its id', () => {
    const spoken = new Set([...code.matchAll(/\brule: '([A-Z][A-Z0-9-]+)'|\b(DAY-\d+)\b/g)].map((match) => match[1] ?? match[2] ?? ''));
    expect(spoken.size).toBeGreaterThan(5);
    expect([...spoken].filter((id) => !anchorsOf(book).has(id.toLowerCase()))).toEqual([]);
  });

  it('says of every rule where it bites, how sure it is, since when, and by which refusal; each figure it names is one', () => {
    const rows = rulesBook([]).rules;
    expect(rows.map(({ id }) => id)).toEqual(ids);
    const refusals = new Map(problemsBook().map(({ name, rules }) => [name, rules]));
    for (const row of rows) {
      expect([row.id, row.acts.length > 0, row.since.length, refusals.get(row.problem)?.includes(row.id)]).toEqual([
        row.id,
        true,
        10,
        true,
      ]);
      for (const key of row.figures) expect(book).toContain(`\`${key}\``);
    }
    // filtered: a rule of no line is every line's; a phase shows what is asked in it
    const asked = (query: { line?: string; phase?: string }) => rulesBook([], query).rules.map(({ id }) => id);
    expect(asked({ phase: 'publicity' })).toEqual(expect.arrayContaining(['TIME-4', 'OBJ-3', 'CON-C9']));
    expect(asked({ phase: 'publicity' })).not.toContain('BID-DEADLINE');
    expect(asked({ line: 'another' })).toContain('BID-DEADLINE');
    expect(asked({ line: 'another' })).not.toContain('CON-C12');
  });

  it('holds no figure that nothing asks for', () => {
    const asking = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith(join('rulebook', 'parameters')))
      .map((name) => readFileSync(join(root, 'src', name), 'utf8'))
      .join('\n');
    const families = [...asking.matchAll(/`([a-z]+\.)\$\{/g)].map((found) => found[1] ?? '');
    const dead = parameters.filter(({ key }) => !asking.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)));
    expect(dead.map(({ key }) => key)).toEqual([]);
    expect([...new Set(parameters.map(({ key }) => key.split('.')[0] ?? ''))].sort()).toEqual(Object.keys(figureGroups).sort());
    expect(asking.includes("'con.nothing'")).toBe(false);
  });

  it('holds no rule that no test names', () => {
    expect([...ids, 'PHASE'].filter((id) => !whole(id).test(tests))).toEqual([]);
  });

  it('names no act and no event in its phases that nobody declared', () => {
    const declared = new Set<string>([...allActs().map(({ name }) => name), ...Object.keys(events)]);
    // what later acts will do is in the table already, so that no path through it is forgotten
    const later = ['award.voided'];
    const table = book.slice(book.indexOf('## 阶段表'), book.indexOf('## ', book.indexOf('## 阶段表') + 3));
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((row) => [...row.matchAll(/`([a-z]+(?:[-.][a-z]+)+)`/g)].map((match) => match[1] ?? ''));
    expect(named.length).toBeGreaterThan(40);
    expect([...new Set(named)].filter((name) => !declared.has(name) && !later.includes(name))).toEqual([]);
  });
});

describe('the glossary', () => {
  const rows = (pages['docs/glossary.md'] ?? '')
    .split('\n')
    .filter((line) => /^\| (?!中文|---)/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((each) => each.trim()),
    );
  /** `draw_seat`, `DrawSeat`, 'draws' → draw, seat */
  const words = (text: string): string[] =>
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word !== '')
      .map((word) => word.replace(/(?<!s)s$/, ''));
  const known = new Set(rows.flatMap(([, english = '', , code = '']) => words(`${english} ${code}`)));

  it('gives each word once', () => {
    expect(rows.length).toBeGreaterThan(90);
    expect(rows.every((row) => row.length === 4)).toBe(true);
    for (const column of [0, 1]) {
      const seen = rows.map((row) => row[column] ?? '');
      expect(seen.filter((word, at) => seen.indexOf(word) !== at)).toEqual([]);
    }
  });

  it('knows the nouns of the journal', () => {
    const nouns = Object.keys(events).map((type) => type.split('.')[0] ?? '');
    expect([...new Set(nouns.flatMap(words))].filter((noun) => !known.has(noun))).toEqual([]);
  });

  it('knows what acts are done to', () => {
    const nouns = allActs().flatMap(({ name }) => words(name).slice(1));
    const plain = ['in', 'password', 'totp'];
    expect([...new Set(nouns)].filter((noun) => !known.has(noun) && !plain.includes(noun))).toEqual([]);
  });

  it('knows the tables', () => {
    const tables = [...sources('src', 'schema.ts').matchAll(/tableName: '([a-z_]+)'/g)].map((match) => match[1] ?? '');
    const plain = ['key', 'known', 'address', 'note', 'sign', 'in', 'try', 'request', 'reader', 'migration'];
    const nouns = tables.flatMap((table) => words(table));
    expect(nouns.length).toBeGreaterThan(40);
    expect([...new Set(nouns)].filter((noun) => !known.has(noun) && !plain.includes(noun))).toEqual([]);
  });
});
