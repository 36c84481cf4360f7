import { parseArgs } from 'node:util';
import { verifyFile } from './evidence/file.ts';
import { checkLine, closingLines } from './evidence/report.ts';
import { parseVerifierKey } from './journal/checkpoint.ts';
import { canonical } from './kernel/bytes.ts';
import { languages } from './kernel/words.ts';
import { complain, exits, print, readArguments, readInput, verifyUsage } from './terminal.ts';

/**
 * The command `verify`: needs Node and nothing else, neither the platform, its packages nor a network. It runs as part of the command line and, in
 * one file, by itself (web/verifiers.ts).
 */

const options = {
  key: { type: 'string' },
  json: { type: 'boolean', default: false },
  lang: { type: 'string', default: 'zh' },
} as const;

/** Verifies the file named in the arguments, one line a check, and answers the exit code. `program` is how the usage line calls it. */
export async function verifyCommand(args: readonly string[], program = 'yangguang verify'): Promise<number> {
  const asked = readArguments(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const [file, ...more] = asked?.positionals ?? [];
  const language = languages.find((each) => each === asked?.values.lang);
  if (asked === undefined || file === undefined || more.length > 0 || language === undefined) {
    complain({ zh: `用法：${program} ${verifyUsage}`, en: `usage: ${program} ${verifyUsage}` });
    return exits.unreadable;
  }
  const key = asked.values.key === undefined ? undefined : parseVerifierKey(asked.values.key);
  if (asked.values.key !== undefined && key === undefined) {
    complain({ zh: '--key 不是有效的公钥（名称+散列+base64）', en: '--key is not a verifier key (name+hash+base64)' });
    return exits.unreadable;
  }
  const bytes = await readInput(file);
  if (bytes === undefined) return exits.unreadable;
  const { json } = asked.values;
  const verdict = await verifyFile(bytes, { key, tell: json ? undefined : (check) => print(checkLine(check, language)) });
  if (json) print(canonical({ file, ...verdict }));
  else for (const line of closingLines(verdict, language)) print(line);
  return exits[verdict.result];
}
