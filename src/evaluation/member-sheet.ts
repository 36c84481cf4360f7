import { z } from 'zod';
import { canonical, canonicalBytes, fromBase64, textOf, utf8 } from '../kernel/bytes.ts';
import type { Words } from '../kernel/words.ts';
import { decryptStream } from '../sealing/envelope.ts';
import { type Part, partShape } from '../sealing/shapes.ts';
import { signerIn, verifyDetached } from '../sealing/signature.ts';
import { readScore } from './mark.ts';

/**
 * A member's whole sheet as it is sealed (protocol §17): signed by the member, packed to a length that depends on nothing but what is asked, and opened
 * with the others'. Pure, so that the member's browser, the platform and every verifier read the same.
 */
const id = z.string().min(1).max(200);
const reason = z.string().max(1000).nullable();
export const sheetFormat = 'yangguang/score-sheet/v1';
export const sheetShape = z.strictObject({
  format: z.literal(sheetFormat),
  lot: id,
  part: partShape,
  member: id,
  version: z.int().min(1),
  bids: z
    .array(
      z.strictObject({
        bid: id,
        reviews: z.array(z.strictObject({ item: id, pass: z.boolean(), reason })).max(200),
        scores: z.array(z.strictObject({ criterion: id, score: z.string().max(8), reason })).max(200),
      }),
    )
    .max(10_000),
  at: id,
});
export type MemberSheet = z.infer<typeof sheetShape>;

const payloadFormat = 'yangguang/sealed-sheet/v1';
const payloadShape = z.strictObject({
  format: z.literal(payloadFormat),
  sheet: sheetShape,
  /** base64 of the member's detached CMS over the canonical sheet */
  signature: z.base64().max(30_000),
  padding: z.string().regex(/^ *$/),
});

/** What is asked of one member with one envelope. */
export interface SheetAsks {
  readonly lot: string;
  readonly part: Part;
  readonly member: string;
  readonly version: number;
  /** those before the panel when the evaluation of this part began */
  readonly bids: readonly string[];
  /** those of them that are out since then: they may be missing */
  readonly gone: readonly string[];
  readonly items: readonly string[];
  readonly criteria: readonly { readonly id: string; readonly max: string }[];
}

/** What a member hands in beside the sealed sheet, under its signature: nobody can hand one in for it. */
export const sheetSubmission = (of: {
  readonly lot: string;
  readonly part: string;
  readonly member: string;
  readonly version: number;
  readonly sha256: string;
  readonly ephemeral: string;
  readonly at: string;
}) => ({
  format: 'yangguang/sheet-submission/v1',
  lot: of.lot,
  part: of.part,
  member: of.member,
  version: of.version,
  sha256: of.sha256,
  ephemeral: of.ephemeral,
  at: of.at,
});
export type SheetSubmission = ReturnType<typeof sheetSubmission>;

const block = 65_536;
/** Room for the frame and the certificates of the signature, and for each verdict or mark with its reason: about seventy characters each, all together. */
const [frameBytes, entryBytes] = [16_384, 256];

/** Bytes of every packed sheet of this task, whatever stands in it. */
export const sheetBytes = ({ bids, items, criteria }: Pick<SheetAsks, 'bids' | 'items' | 'criteria'>): number =>
  block * Math.ceil((frameBytes + entryBytes * bids.length * (items.length + criteria.length)) / block);

/** The plaintext that is sealed; undefined when the reasons are longer, all together, than there is room for. */
export function packSheet(sheet: MemberSheet, signature: string, bytes: number): Uint8Array | undefined {
  const bare = canonicalBytes({ format: payloadFormat, sheet, signature, padding: '' });
  if (bare.length > bytes) return undefined;
  return utf8(canonical({ format: payloadFormat, sheet, signature, padding: ' '.repeat(bytes - bare.length) }));
}

/** Why a sheet does not count: its author's doing, since what was opened is what was handed in. */
export const sheetFlaws = {
  'sheet-does-not-unwrap': { zh: '密钥无法解开', en: 'its key does not unwrap' },
  'sheet-altered': { zh: '密文不完整', en: 'its content is not as it was sealed' },
  'sheet-malformed': { zh: '格式不符', en: 'it is not in the published format' },
  'sheet-of-another': { zh: '不是本标段、本信封、该席位的这一版', en: 'it is of another lot, envelope, seat or version' },
  'sheet-signature': { zh: '签名不成立，或不是递交人的签名', en: 'its signature does not hold, or is not of the person who handed it in' },
  'sheet-incomplete': { zh: '有评审项或评分项缺漏', en: 'a verdict or a mark is missing' },
  'sheet-strange': { zh: '含有未要求的或重复的内容', en: 'it holds what was not asked, or twice the same' },
  'sheet-out-of-range': { zh: '分值超出范围', en: 'a mark is out of its range' },
  'sheet-reason-missing': { zh: '不通过而未写明理由', en: 'a failure bears no reason' },
} as const satisfies Record<string, Words>;
export type SheetFlaw = keyof typeof sheetFlaws;

/** The first thing that keeps a sheet from being whole; null when it is. */
export function flawIn(sheet: MemberSheet, asks: SheetAsks): SheetFlaw | null {
  const { lot, part, member, version } = sheet;
  if (lot !== asks.lot || part !== asks.part || member !== asks.member || version !== asks.version) return 'sheet-of-another';
  const [known, gone] = [new Set(asks.bids), new Set(asks.gone)];
  const given = sheet.bids.map((each) => each.bid);
  if (new Set(given).size !== given.length || given.some((bid) => !known.has(bid))) return 'sheet-strange';
  if (asks.bids.some((bid) => !gone.has(bid) && !given.includes(bid))) return 'sheet-incomplete';
  const maxima = new Map(asks.criteria.map((each) => [each.id, each.max]));
  for (const { reviews, scores } of sheet.bids) {
    const uneven =
      unlike(
        reviews.map((each) => each.item),
        asks.items,
      ) ??
      unlike(
        scores.map((each) => each.criterion),
        [...maxima.keys()],
      );
    if (uneven) return uneven;
    if (scores.some(({ criterion, score }) => readScore(score, maxima.get(criterion) ?? '0') !== score)) return 'sheet-out-of-range';
    if (reviews.some(({ pass, reason: why }) => !pass && !why?.trim())) return 'sheet-reason-missing';
  }
  return null;
}

function unlike(given: readonly string[], asked: readonly string[]): SheetFlaw | null {
  const known = new Set(asked);
  if (new Set(given).size !== given.length || given.some((each) => !known.has(each))) return 'sheet-strange';
  return given.length < known.size ? 'sheet-incomplete' : null;
}

export type ReadSheet =
  | { readonly ok: true; readonly sheet: MemberSheet; readonly signature: string }
  | { readonly ok: false; readonly reason: SheetFlaw };

/** Decrypts a sealed sheet and judges it whole. `handedIn` is the signature under which it was handed in: the same certificate signed what is inside. */
export async function openSheet(sealed: Uint8Array, fileKey: Uint8Array | null, asks: SheetAsks, handedIn: string): Promise<ReadSheet> {
  if (fileKey === null) return { ok: false, reason: 'sheet-does-not-unwrap' };
  const plain = await plaintextOf(sealed, fileKey);
  if (plain === undefined) return { ok: false, reason: 'sheet-altered' };
  const read = payloadOf(plain);
  if (read === undefined || plain.length !== sheetBytes(asks)) return { ok: false, reason: 'sheet-malformed' };
  const { sheet, signature } = read;
  const der = fromBase64(signature);
  const verdict = der && (await verifyDetached(der, canonicalBytes(sheet), 'any-certificate'));
  if (!verdict?.ok || verdict.signer.fingerprint !== signerIn(fromBase64(handedIn) ?? new Uint8Array(0))?.fingerprint)
    return { ok: false, reason: 'sheet-signature' };
  const flaw = flawIn(sheet, asks);
  return flaw === null ? { ok: true, sheet, signature } : { ok: false, reason: flaw };
}

async function plaintextOf(sealed: Uint8Array, fileKey: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const stream = await decryptStream(fileKey, new Blob([Uint8Array.from(sealed)]).stream());
    return new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
  } catch {
    return undefined; // a byte is not as it was sealed
  }
}

/** One spelling: text that parses to the same and is written otherwise is none. */
function payloadOf(plain: Uint8Array): z.infer<typeof payloadShape> | undefined {
  const text = textOf(plain);
  try {
    const read = payloadShape.safeParse(JSON.parse(text ?? ''));
    return read.success && canonical(read.data) === text ? read.data : undefined;
  } catch {
    return undefined; // not JSON
  }
}

/** Whose certificate a signature says it was made with: an organisation's code, or a user's id. */
export function holderOfSignature(signature: string): string | undefined {
  const certificate = signerIn(fromBase64(signature) ?? new Uint8Array(0));
  return certificate && (certificate.code ?? certificate.subject.serialNumber);
}
