import { open } from 'node:fs/promises';
import type { Instant } from '../kernel/clock.ts';
import type { Trust } from './certificate.ts';
import type { EnvelopeContext } from './envelope.ts';
import { bytesAt } from './file-node.ts';
import type { Bid } from './package.ts';
import { type PackageFlaw, type PackageSource, verifyPackage } from './package-reader.ts';

/** A package on disk, read where it lies. The caller closes it. */
export async function fileSource(path: string): Promise<PackageSource & { readonly close: () => Promise<void> }> {
  const file = await open(path);
  const { size } = await file.stat();
  return { size, read: (offset, length) => bytesAt(file, offset, length), close: () => file.close() };
}

/** What an opening needs to know of a package; plain values, which another thread can hand over. */
export type Checked =
  | { readonly ok: true; readonly bid: Bid; readonly signer: string }
  | { readonly ok: false; readonly reason: PackageFlaw };

/** A package for another thread to check (package-pool-node.ts). */
export interface Job {
  readonly id: number;
  readonly path: string;
  readonly expected: EnvelopeContext;
  readonly anchors: readonly Uint8Array[];
  readonly at: Instant;
}

/** Checks the package at this path; `signer` is the serial of the certificate. */
export async function checkPackage(path: string, expected: EnvelopeContext, trust: Trust): Promise<Checked> {
  const source = await fileSource(path);
  try {
    const verdict = await verifyPackage(source, expected, trust);
    return verdict.ok ? { ok: true, bid: verdict.bid, signer: verdict.signer.serial } : { ok: false, reason: verdict.reason };
  } finally {
    await source.close();
  }
}
