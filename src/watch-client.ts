import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { policyHolds, readServedPage, servedBuild } from './bids/served-page.ts';
import { parseVerifierKey } from './journal/checkpoint.ts';
import { verifyReceipt } from './journal/receipt.ts';
import { base64url, canonical, textOf } from './kernel/bytes.ts';
import { systemClock } from './kernel/clock.ts';
import { fill, type Language, languages, type Words } from './kernel/words.ts';
import { buildDigest, type ClientBuild, clientBuildShape } from './sealing/client.ts';
import { sha256 } from './sealing/digest.ts';
import { complain, exits, print, readArguments } from './terminal.ts';

/**
 * `yangguang watch-client`: an outsider fetches what a bidder's browser would fetch, at moments that nobody can foresee, and compares it with the builds
 * that the journal holds. A platform that serves one bidder another program must guess which of its visitors is the watcher.
 */
const options = {
  platform: { type: 'string' },
  key: { type: 'string' },
  lot: { type: 'string' },
  token: { type: 'string' },
  every: { type: 'string', default: '900' },
  times: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  lang: { type: 'string', default: 'zh' },
} as const;
const usage = 'yangguang watch-client --platform URL --key VKEY [--lot ID --token FILE] [--every SECONDS] [--times N|0] [--json]';

/** One thing that is not as the journal says. */
export interface Difference {
  readonly kind: keyof typeof kinds;
  readonly where: string;
  readonly is: string;
}
const kinds = {
  'receipt-does-not-hold': { zh: '版本的回执不成立', en: 'the receipt of a build does not hold' },
  'no-build': { zh: '日志里没有公布任何版本', en: 'the journal holds no build of it' },
  'policy-weak': { zh: '页面的安全策略不足以拦住别的脚本', en: 'the page’s policy would let other scripts run' },
  'markup-strange': { zh: '页面里有不应有的代码', en: 'the page holds code that should not be there' },
  'asset-differs': { zh: '取回的文件与页面所写的摘要不符', en: 'a file is not what the page’s digest says' },
  'build-unpublished': {
    zh: '页面的脚本和样式不是日志公布的版本',
    en: 'scripts and styles of the page are no build that the journal holds',
  },
  'file-unpublished': { zh: '提供下载的文件不是日志公布的版本', en: 'the file offered for download is no build that the journal holds' },
} as const satisfies Record<string, Words>;

const said = {
  good: { zh: '✓ {at} {page}：与日志公布的版本一致（{sha256}）', en: '✓ {at} {page}: a build that the journal holds ({sha256})' },
  bad: { zh: '✗ {at} {what}：{where} {is}', en: '✗ {at} {what}: {where} {is}' },
  away: { zh: '未能取回：{why}', en: 'could not be fetched: {why}' },
  anonymous: {
    zh: '! 没有给出 --lot 和 --token：只看了人人可见的页面和文件；投标台要以投标人身份取回',
    en: '! no --lot and --token: only what everybody sees was fetched; the bid desk itself takes a bidder’s session',
  },
} as const satisfies Record<string, Words>;

export interface Watching {
  readonly platform: string;
  readonly key: string;
  /** the bid desk of this lot is fetched with this session; without, what everybody sees */
  readonly desk?: { readonly lot: string; readonly token: string } | undefined;
}

export interface Watched {
  readonly at: string;
  readonly seen: readonly { readonly page: string; readonly sha256: string }[];
  readonly differences: readonly Difference[];
}

export async function watchClientCommand(args: readonly string[]): Promise<number> {
  const values = readArguments(() => parseArgs({ args: [...args], options }))?.values;
  const language = languages.find((each) => each === values?.lang);
  const [every, times] = [Number(values?.every), Number(values?.times)];
  if (
    !values?.platform ||
    !values.key ||
    !language ||
    !(every >= 0) ||
    !(times >= 0) ||
    (values.lot === undefined) !== (values.token === undefined)
  ) {
    complain({ zh: `用法：${usage}`, en: `usage: ${usage}` });
    return exits.unreadable;
  }
  const desk =
    values.lot === undefined || values.token === undefined
      ? undefined
      : { lot: values.lot, token: (await readFile(values.token, 'utf8')).trim() };
  const watching: Watching = { platform: values.platform.replace(/\/$/, ''), key: values.key, desk };
  if (desk === undefined && !values.json) print(said.anonymous[language]);
  let found = 0;
  for (let turn = 1; times === 0 || turn <= times; turn += 1) {
    if (turn > 1) await sometime(every);
    const watched = await watchClient(watching).catch((error: unknown) => {
      // one look that finds nobody there ends a single run; a watch goes on
      if (times === 1) throw error;
      complain(fill(said.away, { why: error instanceof Error ? error.message : String(error) }));
      return null;
    });
    if (watched === null) continue;
    found += watched.differences.length;
    if (values.json) print(canonical(watched));
    else tellAll(watched, language);
  }
  return found === 0 ? exits.verified : exits.refuted;
}

function tellAll({ at, seen, differences }: Watched, language: Language): void {
  for (const each of seen) print(fill(said.good, { at, ...each })[language]);
  for (const { kind, where, is } of differences) print(fill(said.bad, { at, what: kinds[kind][language], where, is })[language]);
}

/** A pause that nobody foresees: anything up to twice the usual one. */
const sometime = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, chance() * 2000 * seconds));
const chance = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

/** Asked as browsers of today ask, so that the watcher does not stand out. */
const browsers: readonly Readonly<Record<string, string>>[] = [
  {
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    'accept-language': 'zh-CN,zh;q=0.9',
  },
  {
    'user-agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
    'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
  },
  { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'accept-language': 'en-US,en;q=0.5' },
];

const list = z.object({ clients: z.array(clientBuildShape.extend({ event: z.string() }).loose()) });
const proven = z.object({ type: z.literal('client.published') }).loose();

/** Looks once. Throws when the platform cannot be reached. */
export async function watchClient({ platform, key, desk }: Watching): Promise<Watched> {
  const browser = browsers[Math.floor(chance() * browsers.length)] ?? {};
  const differences: Difference[] = [];
  const seen: { page: string; sha256: string }[] = [];
  const get = async (path: string, headers: Record<string, string> = {}): Promise<{ bytes: Uint8Array; policy: string }> => {
    const response = await fetch(platform + path, { headers: { ...browser, ...headers } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return { bytes: new Uint8Array(await response.arrayBuffer()), policy: response.headers.get('content-security-policy') ?? '' };
  };
  const builds = await journalledBuilds(get, key, differences);
  const known = (name: string): readonly ClientBuild[] => builds.filter((build) => build.name === name);

  const path = desk ? `/lots/${desk.lot}/bids` : '/clients';
  const { bytes, policy } = await get(path, { accept: 'text/html', ...(desk ? { cookie: `yg_session=${desk.token}` } : {}) });
  const page = readServedPage(textOf(bytes) ?? '');
  if (!policyHolds(policy)) differences.push({ kind: 'policy-weak', where: path, is: policy });
  for (const is of page.strange) differences.push({ kind: 'markup-strange', where: path, is });
  for (const asset of page.assets) {
    const is = base64url(sha256((await get(asset.path)).bytes));
    if (is !== asset.sha256) differences.push({ kind: 'asset-differs', where: asset.path, is });
  }
  comparePage(page, path, desk !== undefined, known('bid-page'), seen, differences);
  if (desk === undefined) await compareLoose(known('bid-page'), get, differences);
  for (const [name, file] of [
    ['bid-offline', 'yangguang-bid.html'],
    ['bid-command', 'yangguang-seal.mjs'],
  ] as const) {
    const is = base64url(sha256((await get(`/verify/${file}`)).bytes));
    if (known(name).some((build) => build.file?.sha256 === is)) seen.push({ page: file, sha256: is });
    else differences.push({ kind: known(name).length === 0 ? 'no-build' : 'file-unpublished', where: `/verify/${file}`, is });
  }
  return { at: systemClock(), seen, differences };
}

type Get = (path: string) => Promise<{ readonly bytes: Uint8Array }>;
const jsonIn = (bytes: Uint8Array): unknown => JSON.parse(textOf(bytes) ?? '');

/** The builds whose receipts hold under the pinned key, as the receipts say them and not as the list does. */
async function journalledBuilds(get: Get, vkey: string, differences: Difference[]): Promise<readonly ClientBuild[]> {
  const key = parseVerifierKey(vkey);
  if (key === undefined) throw new TypeError('--key is no verifier key');
  const builds: ClientBuild[] = [];
  for (const { event } of list.parse(jsonIn((await get('/api/clients')).bytes)).clients) {
    const verdict = verifyReceipt(jsonIn((await get(`/api/receipts/${event}`)).bytes), key);
    const build =
      verdict.ok && proven.safeParse(verdict.receipt.event).success ? clientBuildShape.safeParse(verdict.receipt.event.data) : undefined;
    if (build?.success && buildDigest(build.data.assets) === build.data.sha256) builds.push(build.data);
    else differences.push({ kind: 'receipt-does-not-hold', where: `/api/receipts/${event}`, is: verdict.ok ? 'data' : verdict.fault });
  }
  return builds;
}

/** The desk is a whole build; another page runs a part of one, and of nothing else. */
function comparePage(
  page: ReturnType<typeof readServedPage>,
  path: string,
  whole: boolean,
  builds: readonly ClientBuild[],
  seen: { page: string; sha256: string }[],
  differences: Difference[],
): void {
  const is = servedBuild(page);
  const holds = (build: ClientBuild): boolean =>
    page.assets.every((asset) => build.assets.some((each) => each.name === asset.name && each.sha256 === asset.sha256));
  const fits = page.assets.length > 0 && builds.some((build) => (whole ? build.sha256 === is : holds(build)));
  if (fits) seen.push({ page: path, sha256: is });
  else differences.push({ kind: builds.length === 0 ? 'no-build' : 'build-unpublished', where: path, is });
}

/** Without a session the desk's own script is fetched by the name that the newest build gives it. */
async function compareLoose(builds: readonly ClientBuild[], get: Get, differences: Difference[]): Promise<void> {
  for (const { name, sha256: wanted } of builds[0]?.assets ?? []) {
    const is = base64url(sha256((await get(`/assets/${name}`)).bytes));
    if (is !== wanted) differences.push({ kind: 'asset-differs', where: `/assets/${name}`, is });
  }
}
