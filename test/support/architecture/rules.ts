import type { Import, Source } from './source.ts';

/** One thing that stands where it does not belong. */
export interface Offence {
  readonly rule: string;
  /** `path:line` */
  readonly where: string;
  readonly says: string;
}

/** The rooms in the order in which a tender travels: each may lean on those before it. */
export const rooms = [
  'kernel',
  'sealing',
  'journal',
  'parties',
  'rulebook',
  'ledger',
  'tenders',
  'bids',
  'openings',
  'dossier',
  'experts',
  'evaluation',
  'negotiations',
  'auctions',
  'awards',
  'contracts',
  'frameworks',
  'challenges',
  'securities',
  'appraisal',
  'supervision',
  'openness',
  'evidence',
  'lines',
  'papers',
  'archives',
  'post',
  'store',
  'web',
] as const;

/**
 * Programs that stand beside the house and may take only what is listed; of rooms marked pure, only files that do no input or output. What makes a
 * program a process belongs to every program. */
export const besides: Readonly<
  Record<string, { readonly takes: readonly string[]; readonly pure: readonly string[]; readonly files: readonly string[] }>
> = {
  // a trustee who gives its share by hand judges with the custodian's own rules: the same pure files, so that the two can never differ
  browser: {
    takes: ['kernel', 'sealing', 'evidence'],
    pure: ['journal', 'bids', 'openings', 'dossier', 'evaluation', 'auctions', 'contracts', 'custody'],
    files: [],
  },
  custody: { takes: ['kernel', 'sealing', 'evidence'], pure: ['journal', 'openings', 'evaluation'], files: ['src/processes.ts'] },
};

/** Rooms whose files are of the four kinds: pure nouns, acts, tables and reads, routes. */
export const kindRooms = [
  'parties',
  'rulebook',
  'ledger',
  'tenders',
  'bids',
  'openings',
  'dossier',
  'experts',
  'evaluation',
  'negotiations',
  'auctions',
  'awards',
  'contracts',
  'frameworks',
  'challenges',
  'securities',
  'appraisal',
  'supervision',
  'openness',
  'evidence',
  'lines',
] as const;

export type Kind = 'schema' | 'reads' | 'routes' | 'provide' | 'act' | 'step' | 'clockwork' | 'pure';

/**
 * What a file is: its name tells tables, reads, routes, and what a room provides to earlier ones; what it declares tells acts, clockwork,
 * and the steps that several acts share (they take the act's `Call`); the rest is to be pure.
 */
export function kindOf(source: Source): Kind {
  const name = fileName(source.path);
  if (name === 'schema.ts') return 'schema';
  if (/^(.+-)?reads\.ts$/.test(name)) return 'reads';
  if (/^(.+-)?(routes|router)\.ts$/.test(name)) return 'routes';
  if (name === 'provide.ts') return 'provide';
  const declares = (word: RegExp): boolean => source.code.some((line) => word.test(line));
  if (declares(/=\s*act(<[^>]*>)?\(/)) return 'act';
  if (declares(/^\s*(export const \w+ = )?(clockwork|chore)(<[^>]*>)?\(/)) return 'clockwork';
  if (declares(/^import type \{[^}]*\bCall\b/) || declares(/^import \{[^}]*\btype Call\b/)) return 'step';
  return 'pure';
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The room of a file below src; `main` for the files that stand in src itself; null for everything else. */
export function roomOf(path: string): string | null {
  const parts = path.split('/');
  if (parts[0] !== 'src') return null;
  return parts.length === 2 ? 'main' : (parts[1] ?? null);
}

const at = (source: Source, line: number): string => `${source.path}:${line}`;
const find = (sources: readonly Source[], path: string): Source | undefined => sources.find((each) => each.path === path);

/** Arrows point one way. */
export function arrows(sources: readonly Source[]): Offence[] {
  return sources.flatMap((source) =>
    source.imports.flatMap((each) => {
      const wrong = wrongArrow(sources, source, each);
      return wrong ? [{ rule: 'arrows', where: at(source, each.line), says: wrong }] : [];
    }),
  );
}

function wrongArrow(sources: readonly Source[], from: Source, each: Import): string | null {
  if (from.path.startsWith('views/')) {
    const fromSource = each.target.startsWith('src/');
    return fromSource && !each.typeOnly ? `a view takes only types from src, not ${each.target} itself` : null;
  }
  const room = roomOf(from.path);
  const target = roomOf(each.target);
  if (room === null || room === 'main') return null;
  if (each.target.startsWith('views/')) return wrongView(room, from, each);
  if (target === null || target === room) return null;
  if (besides[room]?.files.includes(each.target)) return null;
  if (target === 'main') return `${room} takes from ${each.target}, where everything meets: only main may`;
  const beside = besides[room];
  if (beside) {
    if (beside.takes.includes(target)) return null;
    if (!beside.pure.includes(target)) return `${room} may take from ${[...beside.takes, ...beside.pure].join(', ')}, not from ${target}`;
    const source = find(sources, each.target);
    return each.typeOnly || !source || doesNothing(source)
      ? null
      : `${room} takes only pure files of ${target}, and ${each.target} is none`;
  }
  if (target in besides) return `nobody takes from ${target}: it is a program of its own`;
  const own = rooms.indexOf(room as (typeof rooms)[number]);
  const other = rooms.indexOf(target as (typeof rooms)[number]);
  if (own < 0) return `src/${room} is no room of the house`;
  if (other < 0) return `src/${target} is no room of the house`;
  return other < own ? null : `${room} stands before ${target} and may not lean on it`;
}

function wrongView(room: string, from: Source, each: Import): string | null {
  if (each.typeOnly || room === 'web' || room === 'browser' || kindOf(from) === 'routes') return null;
  return `pages are shown by routes, not by ${fileName(from.path)}`;
}

/** Packages and parts of Node that reach outside the program. */
const outside =
  /^(node:)?(fs|fs\/promises|net|http|https|http2|tls|dgram|dns|child_process|cluster|worker_threads|readline|os)$|^(pg|express|socket\.io|graphile-worker|pdfkit|nodemailer|@tus\/.*)$/;

const doesNothing = (source: Source): boolean =>
  kindOf(source) === 'pure' && !source.imports.some((each) => !each.typeOnly && (outside.test(each.target) || isOrm(each.target)));

const isOrm = (target: string): boolean => target.startsWith('@mikro-orm/');

/** Files are of their kind: pure nouns reach for nothing, acts are one to a file and named like it, tables only declare. */
export function kinds(sources: readonly Source[]): Offence[] {
  return sources
    .filter((source) => (kindRooms as readonly string[]).includes(roomOf(source.path) ?? ''))
    .flatMap((source) => {
      const kind = kindOf(source);
      if (kind === 'pure') return impurities(sources, source);
      if (kind === 'routes') return [];
      return [...reaching(source, kind), ...(kind === 'act' ? actNames(source) : [])];
    });
}

function impurities(sources: readonly Source[], source: Source): Offence[] {
  const offence = (line: number, says: string): Offence => ({
    rule: 'kinds',
    where: at(source, line),
    says: `${fileName(source.path)} is a pure file: ${says}`,
  });
  const byImport = source.imports.flatMap((each) => {
    if (outside.test(each.target) && !each.typeOnly) return [offence(each.line, `it may not reach outside (${each.target})`)];
    if (isOrm(each.target))
      return [offence(each.line, 'it may not know the database; that belongs in an act, in reads.ts or in schema.ts')];
    const other = find(sources, each.target);
    const kind = other && roomOf(other.path) !== 'kernel' ? kindOf(other) : 'pure';
    return kind === 'pure' || each.typeOnly ? [] : [offence(each.line, `it may not lean on ${each.target} (${kind})`)];
  });
  return byImport;
}

/** Inside a transaction nothing leaves: acts, their steps, tables and reads speak to the database alone. */
function reaching(source: Source, kind: Kind): Offence[] {
  return source.imports
    .filter((each) => !each.typeOnly && outside.test(each.target))
    .map((each) => ({
      rule: 'kinds',
      where: at(source, each.line),
      says: `${fileName(source.path)} (${kind}) reaches outside (${each.target}): only routes and what stands right of the rooms may`,
    }));
}

function actNames(source: Source): Offence[] {
  const offences: Offence[] = [];
  const named = fileName(source.path).replace(/\.ts$/, '');
  const declared = source.code.flatMap((line, index) => (/=\s*act(<[^>]*>)?\(/.test(line) ? [index] : []));
  if (declared.length > 1) offences.push({ rule: 'kinds', where: at(source, (declared[1] ?? 0) + 1), says: 'one file holds one act' });
  const first = declared[0] ?? 0;
  const name = /name:\s*'([^']+)'/.exec(source.text.slice(first, first + 4).join(' '))?.[1];
  if (name !== undefined && name !== named)
    offences.push({
      rule: 'kinds',
      where: at(source, first + 1),
      says: `the act '${name}' lives in a file of its name, not in ${named}.ts`,
    });
  if (!/^[a-z]+(-[a-z0-9]+)+$/.test(named)) offences.push({ rule: 'kinds', where: at(source, 1), says: 'an act is called verb-noun' });
  return offences;
}

/** A word that has one home. */
export interface HouseWord {
  readonly word: string;
  readonly pattern: RegExp;
  /** where the pattern is looked for: what is imported, the code without strings, or the code with strings */
  readonly within: 'imports' | 'code' | 'text';
  /** type-only imports are free */
  readonly typesAreFree?: boolean;
  readonly home: RegExp;
  readonly says: string;
}

export const houseWords: readonly HouseWord[] = [
  {
    word: '@mikro-orm',
    within: 'imports',
    pattern: /^@mikro-orm\//,
    typesAreFree: true,
    home: /^src\/(store\/|kernel\/(act|columns)\.ts|web\/problem\.ts|[a-z]+\/(.+-)?(schema|reads)\.ts)|^test\//,
    says: 'the database is spoken to in schema.ts, reads.ts, the store and the act frame',
  },
  {
    word: 'cryptography',
    within: 'imports',
    pattern: /^(@noble\/.*|node-forge|pkijs|asn1js|age-encryption|sm-crypto-v2|@node-rs\/argon2|otplib|(node:)?crypto|@signpdf\/.*)$/,
    home: /^src\/(sealing\/|parties\/|journal\/|evidence\/|web\/(sessions|assets)\.ts|store\/files\.ts)|^(test|seeds)\//,
    says: 'ciphers, signatures and hashes live in sealing (the authority and credentials in parties, the tree in journal; content digests in the file store and the assets)',
  },
  {
    word: 'the time',
    within: 'code',
    pattern: /\bDate\.now\s*\(|\bnew Date\s*\(\s*\)|\bnew Date\b(?!\s*\()|(?<!\.)\bDate\s*\(\s*\)/,
    home: /^src\/kernel\/clock\.ts$/,
    says: 'time is an argument, from the database’s clock; programs without one use systemClock of kernel/clock.ts',
  },
  {
    word: 'process.env',
    within: 'code',
    pattern: /\bprocess\.env\b|\bprocess\[/,
    home: /^src\/config\.ts$|^test\//,
    says: 'settings are read in src/config.ts',
  },
  {
    word: 'res.status',
    within: 'code',
    pattern: /\b(res|response)\s*\.\s*(status|sendStatus|writeHead)\s*\(|\bstatusCode\s*=/,
    home: /^src\/(web\/|[a-z]+\/(.+-)?(routes|router)\.ts$)|^test\//,
    says: 'HTTP is known to web/problem.ts and the routes',
  },
  {
    word: 'socket.io',
    within: 'imports',
    pattern: /^(socket\.io.*|@socket\.io\/.*)$/,
    home: /^src\/(web\/live(-audience)?\.ts|browser\/)|^test\//,
    says: 'the only sockets are in web/live.ts and its audience',
  },
  {
    word: 'nodemailer',
    within: 'imports',
    pattern: /^nodemailer(\/.*)?$/,
    home: /^src\/post\/|^test\//,
    says: 'what leaves the house by message leaves through post',
  },
  {
    word: 'pdfkit',
    within: 'imports',
    pattern: /^(pdfkit|fontkit|@expo-google-fonts\/.*)$/,
    home: /^src\/papers\/|^test\//,
    says: 'papers are printed in papers',
  },
  {
    word: 'the names of lines',
    within: 'text',
    pattern: /(?<![\w$.])(['"`])(construction|procurement|land|property|drugs)\1/,
    home: /^(src\/lines|seeds|test)\//,
    says: 'the engine cannot name a line of trade; a line is a declaration in lines',
  },
  {
    word: 'Math.random',
    within: 'code',
    pattern: /\bMath\s*(\.\s*random\b|\[)/,
    home: /^$/,
    says: 'chance is drawn by the council or by crypto.getRandomValues, nowhere else',
  },
];

export function words(sources: readonly Source[]): Offence[] {
  return sources.flatMap((source) =>
    houseWords
      .filter((each) => !each.home.test(source.path))
      .flatMap((each) => linesWith(source, each).map((line) => ({ rule: each.word, where: at(source, line), says: each.says }))),
  );
}

function linesWith(source: Source, word: HouseWord): number[] {
  if (word.within === 'imports') {
    return source.imports
      .filter((each) => word.pattern.test(each.target) && !(word.typesAreFree && each.typeOnly))
      .map((each) => each.line);
  }
  return (word.within === 'code' ? source.code : source.text).flatMap((line, index) => (word.pattern.test(line) ? [index + 1] : []));
}

/** A name that says nothing about what lies behind it. */
const vague = /(^|[/-])(utils?|helpers?|common|shared|misc)(\/|-|\.ts$)/;
export function names(sources: readonly Source[]): Offence[] {
  return sources
    .filter((source) => vague.test(source.path))
    .map((source) => ({ rule: 'names', where: at(source, 1), says: 'a function lives with its noun; this name says nothing' }));
}

/** A reader finds the way in rooms of this size. */
const crowded = 450;
export function sizes(sources: readonly Source[]): Offence[] {
  return sources
    .filter((source) => source.text.length - 1 > crowded)
    .map((source) => ({
      rule: 'sizes',
      where: at(source, crowded + 1),
      says: `${source.text.length - 1} lines in one file, more than ${crowded}`,
    }));
}

/** Everything the house demands of a tree of sources. */
export const everyRule = { arrows, kinds, words, names, sizes } as const;
