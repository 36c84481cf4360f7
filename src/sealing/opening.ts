import * as z from 'zod';
import { base64url } from '../kernel/bytes.ts';
import type { Words } from '../kernel/words.ts';
import {
  type CombiningFlaw,
  type Council,
  type CouncilFlaw,
  combine,
  councilShape,
  type Share,
  shareShape,
  verifyCouncil,
} from './council.ts';
import { checkLabelProof, type EnvelopeContext, type EnvelopeHeader, unwrapFileKey } from './envelope.ts';
import { bytesShape, codeShape, elementShape, idShape, type Part, partShape } from './shapes.ts';
import { reasons, type Verdict } from './verdict.ts';

/** The opening transcript (protocol §6). `wrappedKey` is left out of the public edition, of all items alike. */
const itemShape = z.strictObject({
  submission: idShape,
  bidder: codeShape,
  sha256: bytesShape(32),
  ephemeral: elementShape,
  proof: bytesShape(64),
  wrappedKey: bytesShape(32).optional(),
});
export const openingShape = z.strictObject({
  format: z.literal('yangguang/opening/v1'),
  lot: idShape,
  part: partShape,
  council: councilShape,
  items: z.array(itemShape).min(1),
  shares: z.array(shareShape),
});
export type OpeningTranscript = z.infer<typeof openingShape>;
export type OpeningItem = OpeningTranscript['items'][number];

const refute = reasons({
  'opening-malformed': { zh: '开标记录格式不符。', en: 'This is not an opening in the published format.' },
  'opening-item-repeats': { zh: '同一投标出现两次。', en: 'One submission or bidder is listed twice.' },
  'opening-editions-mixed': { zh: '部分投标缺少加密密钥。', en: 'Some items carry their wrapped key and some do not.' },
  'opening-label-wrong': {
    zh: '有投标文件不是为本标段、本部分、该投标人加密的，本不应收下。',
    en: 'An item was not sealed for this lot, part and bidder: it should never have been taken.',
  },
});

/** One line of the opening list, from a submission and the head of its envelope. */
export const openingItem = (
  submission: { readonly id: string; readonly bidder: string; readonly sha256: string },
  header: EnvelopeHeader,
): OpeningItem => ({
  submission: submission.id,
  bidder: submission.bidder,
  sha256: submission.sha256,
  ephemeral: header.ephemeral,
  proof: header.proof,
  wrappedKey: header.wrappedKey,
});

/** What the trustees evaluate: R of every item, in the order of the list. */
export const openingPoints = (items: readonly OpeningItem[]): string[] => items.map((item) => item.ephemeral);

export const openingContext = (
  opening: { readonly lot: string; readonly part: Part },
  item: { readonly bidder: string },
): EnvelopeContext => ({
  lot: opening.lot,
  part: opening.part,
  bidder: item.bidder,
});

/** Puts a transcript together; `verifyOpening` judges it. */
export const openingTranscript = (
  opening: { readonly lot: string; readonly part: Part; readonly council: Council },
  items: readonly OpeningItem[],
  shares: readonly Share[],
): OpeningTranscript => ({
  format: 'yangguang/opening/v1',
  lot: opening.lot,
  part: opening.part,
  council: opening.council,
  items: [...items],
  shares: [...shares],
});

/** The edition anyone may read: with the shared points public, a wrapped key would be the key to the bid. */
export const publicEdition = (transcript: OpeningTranscript): OpeningTranscript => ({
  ...transcript,
  items: transcript.items.map(({ wrappedKey: _, ...item }) => item),
});

/** What the opening found for one item. An item that does not unwrap is invalid; the transcript stays true. */
export interface OpenedItem {
  readonly submission: string;
  readonly bidder: string;
  /** S: what the trustees' answers combine to */
  readonly shared: string;
  /** base64url of the 16-byte age file key; null when it does not unwrap; absent in the public edition */
  readonly fileKey?: string | null;
}

export type OpeningFlaw =
  | 'opening-malformed'
  | 'opening-item-repeats'
  | 'opening-editions-mixed'
  | 'opening-label-wrong'
  | CouncilFlaw
  | CombiningFlaw;
export type OpeningVerdict = Verdict<
  { readonly transcript: OpeningTranscript; readonly edition: 'full' | 'public'; readonly items: readonly OpenedItem[] },
  OpeningFlaw
>;

/**
 * Rechecks an opening: the council's keys, that every item was sealed for this lot, part and bidder, every trustee's
 * proof, that any t of them agree, and which items unwrap. The public edition carries no wrapped keys, so neither the
 * label proofs (which sign them) nor the unwrapping can be checked: `edition` says which it was.
 */
export function verifyOpening(input: unknown): OpeningVerdict {
  const read = openingShape.safeParse(input);
  if (!read.success) return refute('opening-malformed');
  const transcript = read.data;
  const council = verifyCouncil(transcript.council);
  if (!council.ok) return council;
  const { items } = transcript;
  if (repeats(items.map((item) => item.submission)) || repeats(items.map((item) => item.bidder))) {
    return refute('opening-item-repeats');
  }
  const full = items.filter((item) => item.wrappedKey !== undefined).length;
  if (full !== 0 && full !== items.length) return refute('opening-editions-mixed');
  const stranger = items.find((item) => !sealedForThis(transcript, item));
  if (stranger !== undefined) return refute('opening-label-wrong', naming(stranger));
  const combined = combine(transcript.council, openingPoints(items), transcript.shares);
  if (!combined.ok) return combined;
  const opened = items.map((item, at) => openItem(transcript, item, combined.shared[at] ?? ''));
  return { ok: true, transcript, edition: full === 0 ? 'public' : 'full', items: opened };
}

const repeats = (values: readonly string[]): boolean => new Set(values).size !== values.length;

function sealedForThis(transcript: OpeningTranscript, item: OpeningItem): boolean {
  const { wrappedKey } = item;
  if (wrappedKey === undefined) return true;
  return checkLabelProof({ ...item, wrappedKey }, transcript.council.id, openingContext(transcript, item)).ok;
}

function openItem(transcript: OpeningTranscript, item: OpeningItem, shared: string): OpenedItem {
  const { submission, bidder, wrappedKey } = item;
  if (wrappedKey === undefined) return { submission, bidder, shared };
  const unwrapped = unwrapFileKey(transcript.council, openingContext(transcript, item), { ...item, wrappedKey }, shared);
  return { submission, bidder, shared, fileKey: unwrapped.ok ? base64url(unwrapped.fileKey) : null };
}

const naming = (item: OpeningItem): Words => ({
  zh: `投标人 ${item.bidder} 的加密文件不是为本标段、本部分、该投标人加密的，本不应收下。`,
  en: `The envelope of ${item.bidder} was not sealed for this lot, part and bidder: it should never have been taken.`,
});
