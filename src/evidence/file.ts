import { z } from 'zod';
import { auctionFormat, auctionShape, replay } from '../auctions/quote.ts';
import { allocate } from '../evaluation/allocation.ts';
import {
  allocationFormat,
  allocationShape,
  type Computed,
  evaluationFormat,
  evaluationShape,
  type Method,
  methodShape,
} from '../evaluation/bundle.ts';
import { rank } from '../evaluation/rank.ts';
import { textOf } from '../kernel/bytes.ts';
import type { DrawnParameter } from '../tenders/benchmark.ts';
import { type Verification, verification } from './checks.ts';
import { bundleFormat } from './format.ts';
import { parseJson } from './json.ts';
import { type VerifyOptions, verifyEvidence } from './verify.ts';

/** A file as a reader has it: bytes that may be an evidence bundle or a single proof. */

/** Verifies the bytes of any file of this protocol. */
export async function verifyFile(bytes: Uint8Array, options: VerifyOptions): Promise<Verification> {
  if (looksLikeZip(bytes)) {
    const { isVolume, verifyVolume } = await import('./archive-volume.ts');
    if (await isVolume(bytes)) return verifyVolume(bytes, options);
    const { verifyBundle } = await import('./bundle.ts');
    return verifyBundle(bytes, options);
  }
  const read = readJson(bytes);
  if (read !== undefined) return verifyEvidence(read.value, options);
  return verification((list) =>
    list.unreadable({ zh: '文件既不是证据包，也不是 JSON。', en: 'The file is neither an evidence bundle nor JSON.' }),
  );
}

/** The format a file names; that of an evidence bundle for every archive, and empty for what names none. */
export function formatOf(bytes: Uint8Array): string {
  if (looksLikeZip(bytes)) return bundleFormat;
  const value = readJson(bytes)?.value;
  return typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'string' ? value.format : '';
}

/** The result of an evaluation, allocation or auction bundle; undefined when the bytes are none of them. */
export function computeFile(bytes: Uint8Array): Computed<unknown> | undefined {
  const value = readJson(bytes)?.value;
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (format === evaluationFormat) return computedFrom(evaluationShape.safeParse(value), rank);
  if (format === allocationFormat) return computedFrom(allocationShape.safeParse(value), allocate);
  if (format === auctionFormat) return computedFrom(auctionShape.safeParse(value), (bundle) => ({ ok: true, value: replay(bundle) }));
  return undefined;
}

/**
 * The method in an evaluation bundle (with what was drawn), or in the terms of a notice (with what is to be drawn), as the API, an event or a
 * bundle of evidence shows them; undefined where there is none.
 */
export function methodOfFile(bytes: Uint8Array): { readonly method: Method; readonly parameters: readonly DrawnParameter[] } | undefined {
  const value = readJson(bytes)?.value;
  const bundle = evaluationShape.safeParse(value);
  if (bundle.success) {
    const parameters = Object.entries(bundle.data.drawn).map(([name, choice]) => ({ name, choices: [choice] }));
    return { method: bundle.data.method, parameters };
  }
  const terms = termsOfNotice.safeParse(value);
  return terms.success ? terms.data : undefined;
}
const termsOfNotice = z.object({ method: methodShape, parameters: z.array(z.object({ name: z.string(), choices: z.array(z.string()) })) });

function computedFrom<T>(
  read: { readonly success: true; readonly data: T } | { readonly success: false },
  compute: (bundle: T) => Computed<unknown>,
): Computed<unknown> | undefined {
  return read.success ? compute(read.data) : undefined;
}

const looksLikeZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

function readJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  const text = textOf(bytes);
  return text === undefined ? undefined : parseJson(text);
}
