import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { journalFromDatabase, journalFromPlatform } from './audit-sources.ts';
import { keepSecret } from './custody/files.ts';
import { type Audit, audit, auditReceipt } from './evidence/audit.ts';
import { forgivenSeconds } from './evidence/audit-times.ts';
import { type Finding, findingKinds, type JournalCopy } from './evidence/journal-copy.ts';
import { useVeils } from './journal/veil.ts';
import { fromBase64url } from './kernel/bytes.ts';
import { fill, type Language, languages } from './kernel/words.ts';

const options = {
  platform: { type: 'string' },
  database: { type: 'string' },
  key: { type: 'string', multiple: true },
  witness: { type: 'string', multiple: true },
  checkpoint: { type: 'string', multiple: true },
  receipt: { type: 'string', multiple: true },
  veil: { type: 'string', multiple: true },
  state: { type: 'string' },
  json: { type: 'boolean', default: false },
  lang: { type: 'string', default: 'zh' },
} as const;

const usage =
  'yangguang audit --platform URL | --database URL [--key VKEY] [--witness VKEY]… [--checkpoint FILE]… [--receipt FILE]… [--veil KEYFILE]… [--state FILE] [--json]';

/**
 * `yangguang audit`: an independent reader. It recomputes the journal from tiles (anyone) or from tables (whoever may read them), compares it with what was signed,
 * cosigned and kept elsewhere, and names what does not agree. Exits 0 when all agrees, 1 when something was found, 2 when the journal could not be read.
 * With `--state` it keeps the newest checkpoint and holds the next audit against it.
 */
export async function auditCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const language = languages.find((each) => each === values.lang);
  if ((values.platform === undefined) === (values.database === undefined) || !language) {
    console.error(usage);
    return 2;
  }
  const veils = (values.veil ?? []).map((file) => fromBase64url(readFileSync(file, 'utf8').trim()) ?? new Uint8Array(0));
  const [newestVeil, ...earlierVeils] = veils;
  if (newestVeil) useVeils(newestVeil, earlierVeils);
  const read =
    values.database === undefined ? await journalFromPlatform(values.platform ?? '') : await journalFromDatabase(values.database);
  const receipts = (values.receipt ?? []).map((file) => JSON.parse(readFileSync(file, 'utf8')) as { checkpoint?: string });
  const copy: JournalCopy = {
    ...read,
    platformKeys: values.key ?? read.platformKeys,
    witnessKeys: values.witness ?? read.witnessKeys,
    held: [...heldIn(values.checkpoint ?? [], values.state), ...receipts.flatMap(({ checkpoint }) => checkpoint ?? [])],
  };
  const audited = audit(copy);
  const findings = [...audited.findings, ...receipts.flatMap((receipt) => auditReceipt(receipt, copy))];
  console.log(values.json ? JSON.stringify({ ...audited, findings }, null, 2) : told({ ...audited, findings }, copy, language));
  const newest = copy.checkpoints.at(-1)?.text;
  if (values.state !== undefined && findings.length === 0 && newest !== undefined) keepSecret(values.state, newest);
  return findings.length === 0 ? 0 : 1;
}

/** A file may hold the note itself, or be the state of a witness or custodian that carries one. */
function heldIn(files: readonly string[], state: string | undefined): string[] {
  const all = state !== undefined && existsSync(state) ? [...files, state] : files;
  return all.map((file) => {
    const text = readFileSync(file, 'utf8');
    return text.startsWith('{') ? String((JSON.parse(text) as { checkpoint?: unknown }).checkpoint ?? '') : text;
  });
}

const say = {
  size: { zh: '日志 {size} 条，逐条重算', en: '{size} entries, every one recomputed' },
  waiting: { zh: '{waiting} 条等待编号', en: '{waiting} wait for their number' },
  publicOnly: { zh: '只读公开的树：事件正文不在其中', en: 'the public tree only: what the events say is not in it' },
  unread: {
    zh: '{unread} 条封存记录未读（给出 --veil 密钥文件即逐条核对）：只核对了树叶',
    en: '{unread} veiled rows were not read (--veil KEYFILE checks each): only their leaves were',
  },
  vouched: { zh: '{witness} 为 {size} 条作证（{at}）', en: '{witness} vouches for {size} entries ({at})' },
  nobody: { zh: '没有见证方为它作证', en: 'no witness vouches for it' },
  found: { zh: '✗ {what}（{where}）', en: '✗ {what} ({where})' },
  good: { zh: '✓ 没有发现不符', en: '✓ everything agrees' },
  bound: {
    zh: '时间只能核到 {seconds} 秒加两次联署之间的间隔',
    en: 'times are checked to {seconds} seconds beside the pause between two cosignatures',
  },
  sandbox: { zh: '演示环境：时间只在事件之间比较', en: 'a sandbox: times are compared among the events only' },
} as const;

function told({ size, waiting, unread, findings, vouched }: Audit, copy: JournalCopy, language: Language): string {
  const line = (words: (typeof say)[keyof typeof say], values: Record<string, string | number> = {}): string =>
    fill(words, values)[language];
  return [
    line(say.size, { size }),
    ...(copy.events === null
      ? [line(say.publicOnly)]
      : [
          line(say.waiting, { waiting }),
          ...(unread === 0 ? [] : [line(say.unread, { unread })]),
          line(copy.sandbox ? say.sandbox : say.bound, { seconds: forgivenSeconds }),
        ]),
    ...(vouched.length === 0 ? [line(say.nobody)] : vouched.map((each) => line(say.vouched, each))),
    ...findings.map((each) => line(say.found, { what: findingKinds[each.kind][language], where: placeOf(each) })),
    ...(findings.length === 0 ? [line(say.good)] : []),
  ].join('\n');
}

const placeOf = ({ where, index }: Finding): string => (index === null ? where : `#${index} ${where}`);
