import * as z from 'zod';
import { base64url } from '../kernel/bytes.ts';
import { type CombiningFlaw, type CouncilFlaw, combine, councilShape, type Share, shareShape, verifyCouncil } from './council.ts';
import { checkLabelProof, type SheetContext, unwrapFileKey } from './envelope.ts';
import { bytesShape, elementShape, idShape, partShape } from './shapes.ts';
import { reasons, type Verdict } from './verdict.ts';

/** The opening of score sheets (protocol §17): all of a round together. `wrappedKey` is left out of the public edition, of all sheets alike. */
const itemShape = z.strictObject({
  member: idShape,
  version: z.int().min(1),
  sha256: bytesShape(32),
  ephemeral: elementShape,
  proof: bytesShape(64),
  wrappedKey: bytesShape(32).optional(),
});
export const sheetOpeningShape = z.strictObject({
  format: z.literal('yangguang/sheets-opening/v1'),
  lot: idShape,
  part: partShape,
  /** from 1; there is another only where a seat was taken by somebody else */
  round: z.int().min(1),
  council: councilShape,
  items: z.array(itemShape).min(1),
  shares: z.array(shareShape),
});
export type SheetOpening = z.infer<typeof sheetOpeningShape>;
export type SheetItem = SheetOpening['items'][number];
export type SealedItem = SheetItem & { readonly wrappedKey: string };

const refute = reasons({
  'sheets-malformed': { zh: '评审表开启记录格式不符。', en: 'This is not an opening of score sheets in the published format.' },
  'sheet-repeats': { zh: '同一席位出现两次。', en: 'One seat is listed twice.' },
  'sheets-mixed': { zh: '部分评审表缺少加密密钥。', en: 'Some sheets carry their wrapped key and some do not.' },
  'sheet-label-wrong': {
    zh: '有评审表不是为本标段、本信封、该席位的这一版密封的，本不应收下。',
    en: 'A sheet was not sealed for this lot, envelope, seat and version: it should never have been taken.',
  },
});

/** What the opening found for one sheet. */
export interface OpenedSheet {
  readonly member: string;
  readonly version: number;
  /** base64url of the 16-byte age file key; null when it does not unwrap; absent in the public edition */
  readonly fileKey?: string | null;
}
export type SheetOpeningFlaw = 'sheets-malformed' | 'sheet-repeats' | 'sheets-mixed' | 'sheet-label-wrong' | CouncilFlaw | CombiningFlaw;

export const sheetContext = (
  { lot, part }: Pick<SheetOpening, 'lot' | 'part'>,
  { member, version }: Pick<SheetItem, 'member' | 'version'>,
): SheetContext => ({ lot, part, member, version });

/** What the trustees evaluate: R of every sheet, in the order of the list. */
export const sheetPoints = (items: readonly Pick<SheetItem, 'ephemeral'>[]): string[] => items.map((item) => item.ephemeral);

/** Puts a transcript together; `verifySheetOpening` judges it. */
export const sheetOpening = (
  opening: Pick<SheetOpening, 'lot' | 'part' | 'round' | 'council'>,
  items: readonly SheetItem[],
  shares: readonly Share[],
): SheetOpening => ({ format: 'yangguang/sheets-opening/v1', ...opening, items: [...items], shares: [...shares] });

/** The edition anyone may read: with the shared points public, a wrapped key would be the key to the sheet. */
export const publicSheetOpening = (transcript: SheetOpening): SheetOpening => ({
  ...transcript,
  items: transcript.items.map(({ wrappedKey: _, ...item }) => item),
});

/** Rechecks an opening of sheets as `verifyOpening` does one of bids: the council, every label, every trustee's proof, and which sheets unwrap. */
export function verifySheetOpening(
  input: unknown,
): Verdict<
  { readonly transcript: SheetOpening; readonly edition: 'full' | 'public'; readonly sheets: readonly OpenedSheet[] },
  SheetOpeningFlaw
> {
  const read = sheetOpeningShape.safeParse(input);
  if (!read.success) return refute('sheets-malformed');
  const transcript = read.data;
  const { items, council, shares } = transcript;
  const sound = verifyCouncil(council);
  if (!sound.ok) return sound;
  if (new Set(items.map((item) => item.member)).size !== items.length) return refute('sheet-repeats');
  const sealed = items.flatMap(({ wrappedKey, ...item }) => (wrappedKey === undefined ? [] : [{ ...item, wrappedKey }]));
  if (sealed.length !== 0 && sealed.length !== items.length) return refute('sheets-mixed');
  if (!sealed.every((item) => checkLabelProof(item, council.id, sheetContext(transcript, item)).ok)) return refute('sheet-label-wrong');
  const combined = combine(council, sheetPoints(items), shares);
  if (!combined.ok) return combined;
  const sheets = items.map(({ member, version }, at): OpenedSheet => {
    const seal = sealed[at];
    if (seal === undefined) return { member, version };
    const unwrapped = unwrapFileKey(council, sheetContext(transcript, seal), seal, combined.shared[at] ?? '');
    return { member, version, fileKey: unwrapped.ok ? base64url(unwrapped.fileKey) : null };
  });
  return { ok: true, transcript, edition: sealed.length === 0 ? 'public' : 'full', sheets };
}
