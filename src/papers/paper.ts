import { z } from 'zod';
import type { EventType } from '../journal/event.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { inTheWordsOf, vocabularyShape } from '../tenders/vocabulary.ts';
import { dataHashOf, digest, type Fonts } from './fingerprint.ts';
import { verifyCode, verifyNote } from './seal.ts';
import { type DrawingLog, type Frame, Sheet } from './sheet.ts';
import { side } from './wording.ts';

/** What every paper's data is made of. Closed objects: what is not drawn has no place in what is hashed. */

export const words = z.strictObject({ zh: z.string(), en: z.string() });
/** a name both languages share, or a text in both */
export const text = z.union([z.string(), words]);
/** a moment, RFC 3339 UTC with milliseconds */
export const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
/** yuan with two places */
export const yuan = z.string().regex(/^(0|[1-9]\d{0,15})\.\d{2}$/);
/** base64url SHA-256 */
export const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const count = z.int().min(0);

export const party = z.strictObject({ name: text, code: z.string() });
export const contact = z.strictObject({
  name: text,
  person: z.string().nullable(),
  phone: z.string().nullable(),
  address: text.nullable(),
});
export const heldDocument = z.strictObject({ name: z.string(), version: count, sha256: hash, bytes: count });
/** a point of the journal anyone can check: the tree of `size` leaves has this root */
export const anchor = z.strictObject({ origin: z.string(), size: count, root: z.string() });

/** The lot a paper is about. */
export const tender = z.strictObject({
  number: z.string(),
  /** unified trading code; not yet given in older journals */
  tradeCode: z.string().optional(),
  name: text,
  project: z.strictObject({ number: z.string(), name: text }),
  tenderee: party,
  agent: party.nullable(),
});

/** Fields of every paper. */
export const common = {
  platform: words,
  sandbox: z.boolean(),
  /** document number (文号) */
  number: z.string().min(1),
  issuedAt: instant,
  /** address of the verify page, to which the data hash is appended */
  verifyAt: z.url(),
  tender,
  /** the words of the trade, where it does not go by those of tendering */
  vocabulary: vocabularyShape.optional(),
};
const commonData = z.object(common);
export type CommonData = z.infer<typeof commonData>;

/** One kind of paper: a template with its version, the data it takes, and what it draws. */
export interface Paper<Data extends CommonData = CommonData> {
  readonly kind: string;
  /** raised whenever the same data would be drawn otherwise */
  readonly version: number;
  readonly title: Words;
  /** event types after which this paper is made; its data comes from these and earlier events of the lot */
  readonly follows: readonly EventType[];
  readonly data: z.ZodType<Data>;
  draw(sheet: Sheet, data: Data): void;
}

export interface RenderedPaper {
  readonly bytes: Uint8Array;
  /** base64url SHA-256 of the JCS of the data */
  readonly dataHash: string;
  /** base64url SHA-256 of the file */
  readonly sha256: string;
  readonly log: DrawingLog;
}

/** Renders a paper: the same data, template and fonts give the same bytes on any machine. Throws a ZodError for data of another shape. */
export async function render<Data extends CommonData>(paper: Paper<Data>, given: Data, fonts: Fonts): Promise<RenderedPaper> {
  const data = paper.data.parse(given);
  const dataHash = dataHashOf(data);
  const frame: Frame = {
    platform: data.platform,
    title: inTheWordsOf(data.vocabulary, paper.title),
    vocabulary: data.vocabulary ?? null,
    number: data.number,
    sandbox: data.sandbox,
    issuedAt: data.issuedAt as Instant,
    dataHash,
    template: `${paper.kind}/${paper.version}`,
    source: canonicalBytes(data),
  };
  let sheet = drawOn(new Sheet(frame, fonts), paper, data);
  for (const way of [{ density: 0.95 }, { density: 0.9 }, { density: 0.86 }, { turnAt: sheet.log.headings }]) {
    if (!sheet.log.lonelySeal) break;
    const other = drawOn(new Sheet(frame, fonts, way), paper, data);
    if (!other.log.lonelySeal) sheet = other;
  }
  const bytes = await sheet.finish();
  return { bytes, dataHash, sha256: digest(bytes), log: sheet.log };
}

function drawOn<Data extends CommonData>(sheet: Sheet, paper: Paper<Data>, data: Data): Sheet {
  verifyCode(sheet, data.verifyAt);
  sheet.head(side(data.tender.name, 'zh'));
  paper.draw(sheet, data);
  if (sheet.log.missing.size > 0) {
    const list = [...sheet.log.missing].join(' ');
    sheet.remark({
      zh: `字形说明：本文书所用字体缺少下列字符，已以其统一码编号写出，以数据原文为准：${list}`,
      en: `Glyphs: the typeface lacks these characters; they are written out by their Unicode numbers, and the data's own text prevails: ${list}`,
    });
  }
  verifyNote(sheet, data.verifyAt);
  return sheet;
}
