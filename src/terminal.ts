import { readFile } from 'node:fs/promises';
import { fill, type Words } from './kernel/words.ts';

/** What commands share with their terminal: arguments, files named in them, and what is printed. */

/** Exit codes (protocol §8). Whatever else goes wrong is `unreadable` too. */
export const exits = { verified: 0, refuted: 1, unreadable: 2 } as const;

/** The exit code of a command over several files: one lie outweighs a file that cannot be read. */
export const worst = (codes: ReadonlySet<number>): number =>
  [exits.refuted, exits.unreadable].find((code) => codes.has(code)) ?? exits.verified;

export const verifyUsage = 'FILE … [--key VKEY] [--json] [--lang zh|en]';

/** The bytes of a file; undefined, and said why, when it cannot be read. */
export async function readInput(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    complain(fill({ zh: '读不到文件 {file}（{code}）', en: 'cannot read {file} ({code})' }, { file, code: String(error.code) }));
    return undefined;
  }
}

/** parseArgs throws on an option it does not know: that is a misuse, told by the usage line. */
export function readArguments<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
export const complain = (words: Words): void => {
  process.stderr.write(`${words.zh} · ${words.en}\n`);
};
