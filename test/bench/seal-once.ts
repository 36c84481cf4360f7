import type { Council } from '../../src/sealing/council.ts';
import { type EnvelopeContext, newAgeIdentity, sealStream } from '../../src/sealing/envelope.ts';
import { rate } from './measure.ts';

/** Seals these bytes to the end and forgets them: runs in Node and in a page. */
export async function sealedBytes(bytes: Uint8Array, council: Council, context: EnvelopeContext): Promise<void> {
  const plain = new Blob([bytes as BlobPart]).stream();
  const sealed = await sealStream(plain, { council, context, ownRecipient: (await newAgeIdentity()).recipient });
  const reader = sealed.getReader();
  while (!(await reader.read()).done);
}

/** Measured where it runs: both figures in one place. */
export async function measured(megabytes: number, council: Council, context: EnvelopeContext): Promise<{ ours: number; bareRate: number }> {
  const bytes = new Uint8Array(megabytes * 1024 * 1024);
  const ours = await rate(() => sealedBytes(bytes, council, context));
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const bareRate = await rate(() => crypto.subtle.encrypt({ name: 'AES-GCM', iv: crypto.getRandomValues(new Uint8Array(12)) }, key, bytes));
  return { ours, bareRate };
}
