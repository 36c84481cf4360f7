import { parseArgs } from 'node:util';
import { verifyFile } from './evidence/file.ts';
import { checkLine, closingLines } from './evidence/report.ts';
import { parseVerifierKey } from './journal/checkpoint.ts';
import { canonical } from './kernel/bytes.ts';
import { type Language, languages } from './kernel/words.ts';
import { complain, exits, print, readArguments, readInput, verifyUsage, worst } from './terminal.ts';

/**
 * The command `verify`: needs Node and nothing else, neither the platform, its packages nor a network. It runs as part of the command line and, in
 * one file, by itself (web/verifiers.ts).
 */

const options = {
  key: { type: 'string' },
  json: { type: 'boolean', default: false },
  lang: { type: 'string', default: 'zh' },
} as const;

/**
 * Verifies the files named in the arguments, one line a check, and answers the exit code: 1 when one of them is refuted, else 2 when one cannot be read.
 * Of several files each stands under its name. `program` is how the usage line calls it.
 */
export async function verifyCommand(args: readonly string[], program = 'yangguang verify'): Promise<number> {
  const asked = readArguments(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const files = asked?.positionals ?? [];
  const language = languages.find((each) => each === asked?.values.lang);
  if (asked === undefined || files.length === 0 || language === undefined) {
    complain({ zh: `用法：${program} ${verifyUsage}`, en: `usage: ${program} ${verifyUsage}` });
    return exits.unreadable;
  }
  const key = asked.values.key === undefined ? undefined : parseVerifierKey(asked.values.key);
  if (asked.values.key !== undefined && key === undefined) {
    complain({ zh: '--key 不是有效的公钥（名称+散列+base64）', en: '--key is not a verifier key (name+hash+base64)' });
    return exits.unreadable;
  }
  const { json } = asked.values;
  const codes = new Set<number>();
  for (const file of files) {
    if (files.length > 1 && !json) print(`== ${file}`);
    codes.add(await verifyOne(file, { key, json, language }));
  }
  return worst(codes);
}

interface Asked {
  readonly key: ReturnType<typeof parseVerifierKey>;
  readonly json: boolean;
  readonly language: Language;
}

async function verifyOne(file: string, { key, json, language }: Asked): Promise<number> {
  const bytes = await readInput(file);
  if (bytes === undefined) return exits.unreadable;
  const verdict = await verifyFile(bytes, { key, tell: json ? undefined : (check) => print(checkLine(check, language)) });
  if (json) print(canonical({ file, ...verdict }));
  else for (const line of closingLines(verdict, language)) print(line);
  return exits[verdict.result];
}
