import { open } from 'node:fs/promises';
import type { Instant } from '../kernel/clock.ts';
import type { Trust } from './certificate.ts';
import type { EnvelopeContext } from './envelope.ts';
import { bytesAt } from './file-node.ts';
import { type Bid, furtherMembers } from './package.ts';
import { type PackageFlaw, type PackageSource, verifyPackage } from './package-reader.ts';

const wholeInMemory = 4 * 1024 * 1024;

/** A package on disk, read where it lies. The caller closes it. */
export async function fileSource(path: string): Promise<PackageSource & { readonly close: () => Promise<void> }> {
  const file = await open(path);
  const { size } = await file.stat();
  if (size <= wholeInMemory) {
    // an archive is read in many small pieces: of a small one each costs more than all of it at once
    const bytes = await bytesAt(file, 0, size).finally(() => file.close());
    return { size, read: async (offset, length) => bytes.subarray(offset, offset + length), close: async () => undefined };
  }
  return { size, read: (offset, length) => bytesAt(file, offset, length), close: () => file.close() };
}

/** With which certificate a further member of a joint bid signed. */
export interface MemberSigner {
  readonly code: string;
  readonly serial: string;
  readonly fingerprint: string;
}

/** What an opening needs to know of a package; plain values, which another thread can hand over. */
export type Checked =
  | {
      readonly ok: true;
      readonly bid: Bid;
      readonly signer: string;
      readonly signerFingerprint: string;
      readonly members: readonly MemberSigner[];
    }
  | { readonly ok: false; readonly reason: PackageFlaw };

/** A package for another thread to check (package-pool-node.ts). */
export interface Job {
  readonly id: number;
  readonly path: string;
  readonly expected: EnvelopeContext;
  readonly anchors: readonly Uint8Array[];
  readonly at: Instant;
  readonly fields: Trust['fields'];
}

/** Checks the package at this path; `signer` is the serial of the certificate, which is unique with its fingerprint only. */
export async function checkPackage(path: string, expected: EnvelopeContext, trust: Trust): Promise<Checked> {
  const source = await fileSource(path);
  try {
    const verdict = await verifyPackage(source, expected, trust);
    if (!verdict.ok) return { ok: false, reason: verdict.reason };
    const { serial: signer, fingerprint: signerFingerprint } = verdict.signer;
    const codes = furtherMembers(verdict.bid);
    const members = verdict.members.map((each, at) => ({ code: codes[at] ?? '', serial: each.serial, fingerprint: each.fingerprint }));
    return { ok: true, bid: verdict.bid, signer, signerFingerprint, members };
  } finally {
    await source.close();
  }
}
