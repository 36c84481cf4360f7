import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type NoteSigner, noteKeyTypes, noteSigner, parseSignerKey, printSignerKey } from '../journal/checkpoint.ts';
import type { TrusteeShare } from '../sealing/council.ts';
import { openTrusteeKey } from '../sealing/trustee-key.ts';
import type { Trust } from './judge.ts';
import { trustShape } from './trust.ts';

/** What lies in a custodian's folder. The key file is sealed by a passphrase; the witness key is the program's own. */
export const custodianFiles = (folder: string) => ({
  key: join(folder, 'trustee-key.age'),
  passphrase: join(folder, 'passphrase'),
  witness: join(folder, 'witness.key'),
  trust: join(folder, 'trust.json'),
  state: join(folder, 'state.json'),
  log: join(folder, 'evaluations.log'),
  holds: join(folder, 'holds.json'),
});
export type CustodianFiles = ReturnType<typeof custodianFiles>;

/** Lots that the institution holds by itself: `{ "<lot id>": "why" }`. Read at every round; no file holds nothing. */
export function readHolds(file: string): Readonly<Record<string, string>> {
  return existsSync(file) ? z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}

/** Everything a custodian needs to start, read from its files; throws with the name of what is missing or locked. */
export async function readCustodian(
  files: Pick<CustodianFiles, 'key' | 'passphrase' | 'witness' | 'trust'>,
): Promise<{ readonly share: TrusteeShare; readonly witness: NoteSigner; readonly trust: Trust }> {
  const opened = await openTrusteeKey(new Uint8Array(readFileSync(files.key)), readFileSync(files.passphrase, 'utf8').trim());
  if (!opened.ok) throw new Error(`${files.key}: ${opened.problem.title.en}`);
  const witness = parseSignerKey(readFileSync(files.witness, 'utf8').trim());
  if (!witness) throw new Error(`${files.witness} is not a witness key`);
  const trust = trustShape.parse(JSON.parse(readFileSync(files.trust, 'utf8')));
  return { share: { index: opened.key.index, signingShare: opened.key.signingShare }, witness, trust };
}

/** The witness key of a custodian's folder, made at first use. */
export function ensureWitness(folder: string, name: string): NoteSigner {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { witness } = custodianFiles(folder);
  if (existsSync(witness)) {
    const key = parseSignerKey(readFileSync(witness, 'utf8').trim());
    if (!key) throw new Error(`${witness} is not a witness key`);
    return key;
  }
  const key = noteSigner(name, crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature);
  keepSecret(witness, `${printSignerKey(key)}\n`);
  return key;
}

/** Written aside and moved, readable by its owner only. */
export function keepSecret(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.${process.pid}`, content, { mode: 0o600, flush: true });
  renameSync(`${file}.${process.pid}`, file);
}
