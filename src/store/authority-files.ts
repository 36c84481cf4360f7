import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { type Authority, makeAuthority, readAuthority } from '../parties/authority.ts';
import { type Suite, suites } from '../sealing/scheme.ts';

/** Where the certificate authority of a suite lies in a folder. Only the root's key may be missing: it belongs into a safe. */
export function authorityFilesIn(folder: string, suite: Suite = 'international') {
  const ca = suite === 'sm' ? 'ca-sm2' : 'ca';
  return {
    rootKey: join(folder, `${ca}-root-key.pem`),
    rootCertificate: join(folder, `${ca}-root.pem`),
    issuingKey: join(folder, `${ca}-issuing-key.pem`),
    issuingCertificate: join(folder, `${ca}-issuing.pem`),
  } as const;
}

/** Reads the authority of a folder; throws when there is none: a node whose keys are lost must not go on under new ones. */
export async function openAuthority(folder: string, suite: Suite = 'international'): Promise<Authority> {
  const files = authorityFilesIn(folder, suite);
  const missing = [files.issuingKey, files.issuingCertificate, files.rootCertificate].find((file) => !existsSync(file));
  if (missing) throw new Error(`the certificate authority is not whole, ${missing} is missing: bring it back from its safe copy`);
  return readAuthority({
    rootCertificate: readFileSync(files.rootCertificate, 'utf8'),
    issuingCertificate: readFileSync(files.issuingCertificate, 'utf8'),
    issuingKey: readFileSync(files.issuingKey, 'utf8'),
  });
}

/**
 * Makes the authority of a new node, with key files that only their owner may read. An authority that is there is left alone; where certificates
 * have been issued already (`mayMake` says no) a missing one is not made anew.
 */
export async function ensureAuthority(
  folder: string,
  options: { readonly now: Instant; readonly sandbox: boolean; readonly suite?: Suite; readonly mayMake: () => Promise<boolean> },
): Promise<void> {
  const files = authorityFilesIn(folder, options.suite);
  if (existsSync(files.issuingKey) || !(await options.mayMake())) return;
  // A folder that was brought along may be read-only: such a node issues in the one suite that is in it.
  if (options.suite === 'sm' && existsSync(folder) && !isWritable(folder)) return;
  const made = await makeAuthority(options);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  keep(files.rootKey, made.rootKey, 0o600);
  keep(files.rootCertificate, made.rootCertificate, 0o644);
  keep(files.issuingCertificate, made.issuingCertificate, 0o644);
  // The issuing key comes last: it is the mark that the authority is whole.
  keep(files.issuingKey, made.issuingKey, 0o600);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false; // access has no other answer
  }
}

/** Which suites have certificates that hang on an authority of this node. */
export async function suitesIssued(store: { em(): EntityManager }): Promise<ReadonlySet<Suite>> {
  const rows = await store.em().execute<{ suite: Suite }[]>('select distinct suite from certificate');
  return new Set(rows.map(({ suite }) => suite));
}

/**
 * Every authority of a folder. That of the national suite may be absent, on a node that could not make it; once certificates hang on it, it is
 * missed as loudly as the other: without its root their holders' bids would be refused as if the fault were theirs.
 */
export async function openAuthorities(folder: string, issued: ReadonlySet<Suite>): Promise<readonly Authority[]> {
  const there = suites.filter((suite) => {
    const { issuingKey, issuingCertificate, rootCertificate } = authorityFilesIn(folder, suite);
    return suite === 'international' || issued.has(suite) || [issuingKey, issuingCertificate, rootCertificate].some(existsSync);
  });
  return Promise.all(there.map((suite) => openAuthority(folder, suite)));
}

/** Written aside and moved, so that a process that dies here leaves no half of a file. */
function keep(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.${process.pid}`, text, { mode, flush: true });
  renameSync(`${file}.${process.pid}`, file);
}
