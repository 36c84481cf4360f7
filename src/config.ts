import { resolve } from 'node:path';
import { z } from 'zod';
import type { Words } from './kernel/words.ts';
import { isBarred } from './web/barred-ports.ts';

/** One environment variable, as docs/settings.md lists it. */
export interface Setting {
  readonly name: string;
  readonly meaning: Words;
  /** what holds where the variable is not set */
  readonly default: Words;
  /** `tests`: read by the test suite only, the platform itself never looks at it */
  readonly readBy: 'platform' | 'tests';
}

const none: Words = { zh: '无', en: 'none' };
const literal = (value: string): Words => ({ zh: value, en: value });
const platform = (name: string, zh: string, en: string, unset: Words): Setting => ({
  name,
  meaning: { zh, en },
  default: unset,
  readBy: 'platform',
});
const tests = (name: string, zh: string, en: string): Setting => ({ name, meaning: { zh, en }, default: none, readBy: 'tests' });

/** Every environment variable the project reads. Amounts and periods are not here: they are parameters of the rulebook. */
export const settings: readonly Setting[] = [
  platform('DATABASE_URL', '正式 PostgreSQL（15 或更高版本）的连接串', 'connection text of a real PostgreSQL (15 or newer)', {
    zh: '使用自带的 PostgreSQL，数据放在 DATA_DIR/pg',
    en: 'the PostgreSQL that comes with the project, its data in DATA_DIR/pg',
  }),
  platform(
    'DATABASE_OWNER_URL',
    '数据表所有者的连接串，只用于迁移；DATABASE_URL 的角色因此不能修改或删除日志',
    'connection text of the owner of the tables, used to migrate only; so the role of DATABASE_URL cannot change or remove a journal entry',
    { zh: '与 DATABASE_URL 相同（启动时会提示其权限过大）', en: 'the same as DATABASE_URL (the start says that it may do too much)' },
  ),
  platform(
    'PORT',
    '网页服务端口；设定后若被占用即报错，未设定时向后找空闲端口；浏览器禁止访问的端口（如 6000）不能用',
    'port of the web server; when set and taken it is an error, when not set the next free one is used; a port that browsers never ask (such as 6000) is refused',
    literal('3000'),
  ),
  platform('HOST', '监听地址；0.0.0.0 表示所有网卡', 'address to listen on; 0.0.0.0 means every network', literal('127.0.0.1')),
  platform(
    'PUBLIC_URL',
    '外部访问地址，用于链接与证书',
    'address under which people reach this node, used in links and papers',
    literal('http://localhost:PORT'),
  ),
  platform(
    'PROXIES',
    '前置可信反向代理的层数（用于取得来访地址）',
    'how many trusted proxies stand in front (to learn the visitor’s address)',
    literal('0'),
  ),
  platform('DATA_DIR', '数据文件夹：文件、密钥、自带数据库', 'folder of files, keys and the built-in database', literal('.data')),
  platform(
    'AUTHORITY_DIR',
    '证书签发机构的文件夹（ca-issuing-key.pem、ca-issuing.pem、ca-root.pem；国密 SM2 的为 ca-sm2-*）；可指向既有机构',
    'folder of the certificate authorities (ca-issuing-key.pem, ca-issuing.pem, ca-root.pem; ca-sm2-* for SM2); may be an existing one',
    literal('DATA_DIR/keys'),
  ),
  platform(
    'IDENTITY_DIR',
    '专家身份信息密钥的文件夹（identity-1.key、identity-2.key……与 identity-index.key）；不在数据库内，须与数据库分开备份',
    'folder of the keys of experts’ identity data (identity-1.key, identity-2.key … and identity-index.key); outside the database, to be backed up apart from it',
    literal('DATA_DIR/keys'),
  ),
  platform(
    'TIMESTAMP_URL',
    '外部时间戳服务（RFC 3161）的地址；每分钟恰好请求一次，有无投标都一样',
    'address of an outside time-stamping authority (RFC 3161); asked exactly once a minute, whether or not a bid has come',
    none,
  ),
  platform('TIMESTAMP_ROOT', '外部时间戳服务的根证书文件（PEM）', 'file with the root certificate of that authority (PEM)', none),
  platform(
    'SMTP_URL',
    '发送邮件的服务器，如 smtps://用户:口令@主机:465；smtp:// 一律升级为 TLS（本机除外）',
    'server that sends e-mail, e.g. smtps://user:password@host:465; smtp:// is always raised to TLS (but on this machine)',
    { zh: '正式环境不发邮件；演示环境写入 DATA_DIR/sent', en: 'no e-mail; a sandbox writes it into DATA_DIR/sent' },
  ),
  platform('MAIL_FROM', '邮件的发件人', 'sender of e-mails', literal('no-reply@yangguang.localhost')),
  platform('SMS_URL', '短信网关地址（格式见运行文档）', 'address of a gateway for text messages (format: operate)', {
    zh: '正式环境不发短信；演示环境写入 DATA_DIR/sent',
    en: 'no text messages; a sandbox writes them into DATA_DIR/sent',
  }),
  platform('SMS_KEY', '与短信网关共用的签名密钥，至少 32 个字符', 'signing key shared with that gateway, at least 32 characters', none),
  platform('VOICE_URL', '语音电话网关地址（同一格式）', 'address of a gateway for voice calls (same format)', none),
  platform('VOICE_KEY', '与语音网关共用的签名密钥，至少 32 个字符', 'signing key shared with that gateway, at least 32 characters', none),
  platform('NODE_ENV', 'production、development 或 test', 'production, development or test', literal('development')),
  platform(
    'SANDBOX',
    '新建节点是否为演示环境（1 或 0）；节点建成后不可更改',
    'whether a node that is being created is a sandbox (1 or 0); never changes afterwards',
    {
      zh: 'NODE_ENV 为 production 时 0，否则 1',
      en: '0 where NODE_ENV is production, else 1',
    },
  ),
  platform(
    'SEED',
    '演示环境的初始数据：all 含各阶段的招标，people 只含主体与专家，none 为空',
    'what a new sandbox is filled with: all (tenders at several stages), people (organisations and experts), none',
    literal('all'),
  ),
  platform(
    'ORIGIN',
    '新建节点的名称，写入日志检查点；演示环境自动加 /sandbox',
    'name of a node that is being created, carried by every journal checkpoint; a sandbox’s ends in /sandbox',
    literal('yangguang.localhost'),
  ),
  tests('CHROMIUM_PATH', '浏览器测试所用 Chromium 的路径', 'the Chromium that browser tests use'),
  tests(
    'SKIP_BROWSER',
    '设为 1 时跳过浏览器测试（结果中会写明跳过）',
    'set to 1 to leave out the browser tests (the result says that they were skipped)',
  ),
];

const yesOrNo = z.enum(['1', '0', 'true', 'false', 'yes', 'no']).transform((word) => ['1', 'true', 'yes'].includes(word));
// what goes there names experts: in clear to this machine only
const gatewayUrl = z.url({ protocol: /^https?$/ }).refine((url) => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}, 'must begin with https:// (http:// to this machine only)');
const barredPort = 'has a port that browsers and fetch never ask; choose another, such as 3000';
const Environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATABASE_OWNER_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .refine((port) => !isBarred(port), barredPort)
    .optional(),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z
    .url()
    .refine((url) => !isBarred(Number(URL.parse(url)?.port)), barredPort)
    .optional(),
  PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  DATA_DIR: z.string().default('.data'),
  AUTHORITY_DIR: z.string().optional(),
  IDENTITY_DIR: z.string().optional(),
  TIMESTAMP_URL: z.url({ protocol: /^https?$/ }).optional(),
  TIMESTAMP_ROOT: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().max(200).default('no-reply@yangguang.localhost'),
  SMS_URL: gatewayUrl.optional(),
  SMS_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  VOICE_URL: gatewayUrl.optional(),
  VOICE_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  SANDBOX: yesOrNo.optional(),
  SEED: z.enum(['all', 'people', 'none']).default('all'),
  // What a C2SP origin may be: no spaces, no plus sign (it separates the parts of a note key).
  ORIGIN: z
    .string()
    .regex(/^[^\s+]+$/, 'must have no space and no plus sign')
    .default('yangguang.localhost'),
});

/** Names of the variables that are looked at (the table above must name the same). */
export const settingsRead: readonly string[] = Object.keys(Environment.shape);

export interface Config {
  readonly environment: 'production' | 'development' | 'test';
  /** null: the built-in PostgreSQL */
  readonly databaseUrl: string | null;
  /** null: the owner is who works */
  readonly databaseOwnerUrl: string | null;
  readonly host: string;
  readonly port: number;
  /** whether the operator asked for this port; if not, another free one will do */
  readonly portGiven: boolean;
  /** without a slash at the end */
  readonly publicUrl: string;
  readonly proxies: number;
  /** absolute path */
  readonly dataDir: string;
  /** absolute path */
  readonly authorityDir: string;
  /** absolute path */
  readonly identityDir: string;
  /** an outside time-stamping authority: where, and the absolute path of its root */
  readonly timestamps: { readonly url: string; readonly root: string } | null;
  /** how messages leave the house; a sandbox without a server or gateway writes them into a folder */
  readonly post: {
    readonly mail: { readonly url: string; readonly from: string } | null;
    readonly sms: Gateway | null;
    readonly voice: Gateway | null;
    /** absolute path */
    readonly folder: string;
  };
  readonly sandbox: boolean;
  readonly seed: 'all' | 'people' | 'none';
  readonly origin: string;
}

/** Settings that cannot be used; the message names every one of them. */
export class SettingsError extends Error {}

/** Reads the settings: the only place that looks at the environment. An empty variable counts as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const read = Environment.safeParse(given);
  if (!read.success) {
    throw new SettingsError(
      read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message} (${told(String(issue.path[0]), given)})`).join('\n'),
    );
  }
  const set = read.data;
  const port = set.PORT ?? 3000;
  return {
    environment: set.NODE_ENV,
    databaseUrl: set.DATABASE_URL ?? null,
    databaseOwnerUrl: set.DATABASE_OWNER_URL ?? null,
    host: set.HOST,
    port,
    portGiven: set.PORT !== undefined,
    publicUrl: (set.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/$/, ''),
    proxies: set.PROXIES,
    dataDir: resolve(set.DATA_DIR),
    authorityDir: resolve(set.AUTHORITY_DIR ?? `${set.DATA_DIR}/keys`),
    identityDir: resolve(set.IDENTITY_DIR ?? `${set.DATA_DIR}/keys`),
    timestamps: timestampsIn(set),
    post: {
      mail: set.SMTP_URL === undefined ? null : { url: set.SMTP_URL, from: set.MAIL_FROM },
      sms: gatewayIn('SMS', set.SMS_URL, set.SMS_KEY),
      voice: gatewayIn('VOICE', set.VOICE_URL, set.VOICE_KEY),
      folder: resolve(set.DATA_DIR, 'sent'),
    },
    seed: set.SEED,
    sandbox: set.SANDBOX ?? set.NODE_ENV !== 'production',
    origin: set.ORIGIN,
  };
}

/** A gateway for text messages or voice calls, and the key shared with it. */
export interface Gateway {
  readonly url: string;
  readonly key: string;
}

function gatewayIn(name: string, url: string | undefined, key: string | undefined): Gateway | null {
  if (url === undefined && key === undefined) return null;
  if (url === undefined || key === undefined) throw new SettingsError(`${name}_URL and ${name}_KEY: one is not enough`);
  return { url, key };
}

/** What a setting is, in a message that ends up in a log: passwords and keys are not told. */
const told = (name: string, given: Readonly<Record<string, string | undefined>>): string =>
  /_KEY$|^SMTP_URL$/.test(name) ? 'its value is not shown' : `it is "${given[name]}"`;

function timestampsIn({ TIMESTAMP_URL: url, TIMESTAMP_ROOT: root }: z.infer<typeof Environment>): Config['timestamps'] {
  if (url === undefined && root === undefined) return null;
  if (url === undefined || root === undefined) throw new SettingsError('TIMESTAMP_URL and TIMESTAMP_ROOT: one is not enough');
  return { url, root: resolve(root) };
}

/** The environment for a child process: ours with some settings replaced, or taken out (undefined). */
export function environmentWith(changes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const merged = { ...process.env, ...changes };
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The environment of a program that must not know our secrets: where to find programs, and nothing else. */
export function environmentOfStrangers(): Record<string, string> {
  const { PATH, HOME, LANG } = process.env;
  return Object.fromEntries(Object.entries({ PATH, HOME, LANG }).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
