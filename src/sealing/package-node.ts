import { open } from 'node:fs/promises';
import { bytesAt } from './file-node.ts';
import type { PackageSource } from './package-reader.ts';

/** A package on disk, read where it lies. The caller closes it. */
export async function fileSource(path: string): Promise<PackageSource & { readonly close: () => Promise<void> }> {
  const file = await open(path);
  const { size } = await file.stat();
  return { size, read: (offset, length) => bytesAt(file, offset, length), close: () => file.close() };
}
