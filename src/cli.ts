#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { commandOptions } from './command-options.ts';
import { fill, type Words } from './kernel/words.ts';
import { complain, exits, print, readArguments, readInput, verifyUsage, worst } from './terminal.ts';

export { exits } from './terminal.ts';

/**
 * The command line. Every command is loaded when it is asked for: `verify` and `rank` need neither database nor network,
 * and must run where nothing else of the platform can.
 */
export interface Command {
  readonly name: string;
  /** what follows the name, as the help prints it */
  readonly usage: string;
  readonly summary: Words;
  /** Runs with the arguments after the name; answers the exit code. */
  run(args: readonly string[]): Promise<number>;
}

export const commands: readonly Command[] = [
  {
    name: 'verify',
    usage: verifyUsage,
    summary: {
      zh: '离线核验证据包、回执、开标记录、抽取记录、评标数据、带量采购或竞价数据',
      en: 'recheck an evidence bundle, receipt, opening, draw, evaluation, allocation or auction, offline',
    },
    run: async (args) => (await import('./verify.ts')).verifyCommand(args),
  },
  {
    name: 'rank',
    usage: 'FILE … [--findings]',
    summary: {
      zh: '由评标、带量采购或竞价数据计算结果，输出规范 JSON；--findings 由评标数据或公告条款算出评标办法的特性',
      en: 'compute the result of an evaluation, allocation or auction bundle, as canonical JSON; --findings: what the method of a bundle or of a notice’s terms does',
    },
    run: rankCommand,
  },
  {
    name: 'paper',
    usage: 'FILE.pdf [--json]',
    summary: {
      zh: '由文书所附数据重新生成 PDF，逐字节比对',
      en: 'make a paper again from the data attached to it and compare byte by byte',
    },
    run: paperCommand,
  },
  {
    name: 'seal',
    usage: '--tender FILE --bid FILE --files DIR --key KEYFILE --out FILE | --check RECEIPT … | --reread FILE … | --submit FILE …',
    summary: {
      zh: '不用浏览器投标：离线填写、签名、密封成一个文件；核验回执；重新打开；递交',
      en: 'the bidder’s side without a browser: sign and seal into one file offline; verify receipts; open it again; submit',
    },
    run: sealFromSources,
  },
  {
    name: 'layer',
    usage:
      '--lot ID --identity FILE --platform URL --login NAME | --token FILE … | --lot ID --copy FILE --key KEYFILE … | --inner FILE --identity FILE --out FILE',
    summary: {
      zh: '不用浏览器在开标时解密：解除自己的加密层；按补救方案提交密封副本；离线取出内层副本',
      en: 'the bidder’s part of an opening without a browser: remove the own layer; hand in a sealed copy; take the inner copy out, offline',
    },
    run: async (args) => (await import('./layer.ts')).layerCommand(args),
  },
  {
    name: 'watch-client',
    usage: '--platform URL --key VKEY [--lot ID] [--token FILE] [--every SECONDS] [--times N] [--json]',
    summary: {
      zh: '像投标人一样取回投标台的页面和脚本，与日志里公布的版本核对；不一致时退出码为 1',
      en: 'fetch the bid desk and its scripts as a bidder would and compare them with the builds in the journal; exits 1 when they differ',
    },
    run: async (args) => (await import('./watch-client.ts')).watchClientCommand(args),
  },
  {
    name: 'custodian',
    usage: '--key FILE --platform URL | log --check --folder FOLDER | orders --platform URL --lot ID --trust FILE',
    summary: {
      zh: '运行一位托管人的程序：跟踪日志、联署检查点、自行核查后给出解密份额；log --check 核对它的核查日志',
      en: 'run one trustee’s custodian: follows the journal, cosigns, answers only what it has checked itself; log --check verifies its log',
    },
    run: async (args) => (await import('./custody/command.ts')).custodianCommand(args),
  },
  {
    name: 'ceremony',
    usage: '--platform URL --ceremony ID --login NAME --signing-key FILE --folder FOLDER [--anchors FILE] [--code CODE] | status …',
    summary: {
      zh: '不用浏览器参加密钥仪式：核对每条消息、签名发言、保存密钥文件，核对码一致后确认',
      en: 'take part in a key ceremony without a browser: checks every message, speaks, keeps the key file, confirms once the code is compared',
    },
    run: async (args) => (await import('./custody/ceremony-command.ts')).ceremonyCommand(args),
  },
  {
    name: 'witness',
    usage: '--platform URL --key FILE --state FILE [--origin-key VKEY]',
    summary: {
      zh: '运行一个不持份额的见证方：跟踪日志，核对后联署；发现分叉或改写即拒绝并留存证据',
      en: 'run a witness without a share: follows the journal and cosigns it; refuses a fork or rewrite and keeps the evidence',
    },
    run: async (args) => (await import('./custody/witness-command.ts')).witnessCommand(args),
  },
  {
    name: 'probe',
    usage: '--platform URL --key FILE [--origin-key VKEY] | log --key FILE',
    summary: {
      zh: '运行一个独立探测方：每分钟像投标人那样试投一次，签名陈述收件是否可用；log 核对它自己的日志',
      en: 'run an independent probe: once a minute it hands a file in as a bidder would and signs whether it could; log checks its own log',
    },
    run: async (args) => (await import('./custody/probe-command.ts')).probeCommand(args),
  },
  {
    name: 'audit',
    usage: '--platform URL | --database URL [--key VKEY] [--checkpoint FILE] [--receipt FILE] [--state FILE] [--json]',
    summary: {
      zh: '独立重算整部日志，找出被改写、删除、插入、倒签的记录和分叉的日志',
      en: 'recompute the whole journal independently and find rows rewritten, dropped, slipped in or backdated, and a forked log',
    },
    run: async (args) => (await import('./audit.ts')).auditCommand(args),
  },
  {
    name: 'rotate-identity-key',
    usage: '[--database URL] [--folder DIR]',
    summary: {
      zh: '为专家身份信息增加一把新密钥，并将全部记录换用新密钥；平台无须停止',
      en: 'add a new key for experts’ identity data and seal every record under it, while the platform goes on',
    },
    run: async (args) => (await import('./rotate-identity-key.ts')).rotateIdentityKeyCommand(args),
  },
  {
    name: 'demo',
    usage: '[--only construction|procurement] [--all-methods] [--envelopes 1|2|3] [--policy council|bidder+council] [--out DIR]',
    summary: {
      zh: '在一次性演示节点上，经公开接口走完一个完整的招标',
      en: 'walk one whole tender through the public API on a throw-away sandbox node',
    },
    run: async (args) => (await import('../seeds/demo.ts')).demoCommand(args),
  },
  {
    name: 'docs',
    usage: '[--check]',
    summary: { zh: '由代码生成文档；--check 只检查是否一致', en: 'write the generated documents; --check only compares' },
    run: async (args) => (await import('./docs.ts')).docsCommand(args),
  },
];

/** Finds the command and runs it; answers the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    print(helpText());
    return name === undefined ? exits.unreadable : exits.verified;
  }
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    complain(fill({ zh: '没有命令“{name}”', en: 'there is no command “{name}”' }, { name }));
    print(helpText());
    return exits.unreadable;
  }
  if (args.includes('--help') || args.includes('-h')) {
    print(commandHelp(command));
    return exits.verified;
  }
  // Compiled once, read back by every later command: what a command loads is most of the time of a short one. Where nothing may be written, nothing is kept.
  enableCompileCache(join(import.meta.dirname, '../.cache/node'));
  try {
    return await command.run(args);
  } catch (error) {
    if (isMisuse(error)) return misused(command.name);
    // Node would answer 1, which here means that a lie was found.
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exits.unreadable;
  }
}

/** An option that the command does not know, or one without its value, as `parseArgs` tells it. */
const isMisuse = (error: unknown): boolean =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

function commandHelp({ name, usage, summary }: Command): string {
  const options = (commandOptions[name] ?? []).flatMap(([flag, says]) => [`  ${flag}`, `      ${says.zh} · ${says.en}`]);
  const forms = usage.split(' | ').map((form) => `yangguang ${name} ${form}`);
  return [...forms, `  ${summary.zh}`, `  ${summary.en}`, '', ...options].join('\n');
}

function helpText(): string {
  const lines = commands.flatMap((each) => [
    `  yangguang ${each.name} ${each.usage}`,
    `      ${each.summary.zh}`,
    `      ${each.summary.en}`,
  ]);
  return [
    '阳光 · 公共资源交易平台命令行工具  (Yangguang, command line)',
    '',
    ...lines,
    '',
    '  yangguang COMMAND --help',
    '      一个命令的全部选项 · every option of a command',
    '',
    '  --key VKEY   平台公钥（名称+散列+base64） · the platform’s verifier key (name+hash+base64)',
    '  --json       机器可读输出 · machine-readable output',
    '  --lang zh|en 输出语言，默认 zh · language of the output, zh by default',
    '',
    '退出码 · exit codes: 0 已核验 verified · 1 不成立 refuted · 2 无法读取 unreadable',
  ].join('\n');
}

/** From the sources the build is what these sources give: the program in one file that anybody builds to the same bytes. */
async function sealFromSources(args: readonly string[]): Promise<number> {
  const { sealCommand } = await import('./seal.ts');
  return sealCommand(args, async () => {
    const { name, version, sha256 } = (await (await import('./web/clients.ts')).sealProgram()).build;
    return { name, version, sha256 };
  });
}

async function rankCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(() =>
    parseArgs({ args: [...args], options: { findings: { type: 'boolean', default: false } }, allowPositionals: true }),
  );
  const files = asked?.positionals ?? [];
  if (asked === undefined || files.length === 0) return misused('rank');
  const codes = new Set<number>();
  for (const file of files) {
    const bytes = await readInput(file);
    if (bytes === undefined) codes.add(exits.unreadable);
    else codes.add(asked.values.findings ? await findingsOf(bytes) : await resultOf(bytes));
  }
  return worst(codes);
}

/** Prints the result of a bundle, or the named error that it computes to. */
async function resultOf(bytes: Uint8Array): Promise<number> {
  const { computeFile } = await import('./evidence/file.ts');
  const computed = computeFile(bytes);
  if (computed === undefined) {
    complain({ zh: '不是可计算的评标、带量采购或竞价数据', en: 'this is not an evaluation, allocation or auction bundle' });
    return exits.unreadable;
  }
  const { canonical } = await import('./kernel/bytes.ts');
  if (computed.ok) {
    print(canonical(computed.value));
    return exits.verified;
  }
  const { awardErrors } = await import('./evaluation/bundle.ts');
  print(canonical({ error: computed.error, about: computed.about }));
  complain(awardErrors[computed.error]);
  return exits.refuted;
}

/** What the method does that stands in an evaluation bundle, or in the terms of a notice with the parameters to be drawn. */
async function findingsOf(bytes: Uint8Array): Promise<number> {
  const [{ methodOfFile }, { canonical }] = await Promise.all([import('./evidence/file.ts'), import('./kernel/bytes.ts')]);
  const found = methodOfFile(bytes);
  if (found === undefined) {
    complain({ zh: '不是评标数据，也不是公告条款', en: 'this is neither an evaluation bundle nor the terms of a notice' });
    return exits.unreadable;
  }
  const { methodFindings } = await import('./evaluation/method-findings.ts');
  print(canonical(methodFindings(found.method, found.parameters)));
  return exits.verified;
}

async function paperCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(() =>
    parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } }, allowPositionals: true }),
  );
  const [file, ...more] = asked?.positionals ?? [];
  if (asked === undefined || file === undefined || more.length > 0) return misused('paper');
  const bytes = await readInput(file);
  if (bytes === undefined) return exits.unreadable;
  const { paperVerdict } = await import('./papers/paper-command.ts');
  return exits[await paperVerdict(bytes, { json: asked.values.json, tell: print })];
}

function misused(name: string): number {
  const command = commands.find((each) => each.name === name);
  complain({ zh: `用法：yangguang ${name} ${command?.usage ?? ''}`, en: `usage: yangguang ${name} ${command?.usage ?? ''}` });
  return exits.unreadable;
}

// Not awaited here: a command may load a file that imports this one, which would wait for itself.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
