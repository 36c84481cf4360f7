import type { Words } from '../kernel/words.ts';
import type { Part } from '../sealing/shapes.ts';
import type { BidPart } from './line.ts';

/**
 * The envelopes of a bid (一信封、双信封、三信封): which of them a tender has, in the order in which they are opened, and which holds what. Pure,
 * so that the bidder's browser, the platform and the verifiers read the same from the published terms.
 */
export const envelopeWays = ['whole', 'technical+price', 'qualification+technical+price'] as const;
export type EnvelopeWay = (typeof envelopeWays)[number];

export const wayOf = (parts: readonly string[]): string => parts.join('+');
export const partsOfWay = (way: EnvelopeWay): readonly Part[] => way.split('+') as Part[];

/** Is the bid cut into several envelopes? */
export const isCut = (parts: readonly string[]): boolean => parts.length > 1;

/** The envelope that holds what belongs to a part; what has no envelope of its own lies in the first. */
export const envelopeOf = (part: string | undefined, parts: readonly Part[]): Part =>
  parts.find((each) => each === part) ?? parts[0] ?? 'whole';

/** The rows (fields of the form, review items, criteria) that one envelope holds, or that are judged with it. */
export const rowsIn = <Row extends { readonly part?: BidPart | Part | undefined }>(
  rows: readonly Row[],
  parts: readonly Part[],
  part: Part,
): readonly Row[] => (isCut(parts) ? rows.filter((row) => envelopeOf(row.part, parts) === part) : rows);

export const nextPart = (parts: readonly Part[], part: Part): Part | null => parts[parts.indexOf(part) + 1] ?? null;
export const lastPart = (parts: readonly Part[]): Part => parts.at(-1) ?? 'whole';
export const isLast = (parts: readonly Part[], part: Part): boolean => lastPart(parts) === part;
/** The parts that are opened up to one, with it. */
export const partsUpTo = (parts: readonly Part[], part: Part): readonly Part[] => parts.slice(0, parts.indexOf(part) + 1);

/** The part whose session is held, or was held last. */
export const currentPart = (lot: { readonly part?: string | null | undefined }): Part => (lot.part ?? 'whole') as Part;
/** What a fact says of its part: nothing where a bid is one envelope. */
export const partFact = (parts: readonly Part[], part: Part): { readonly part?: Part } => (isCut(parts) ? { part } : {});

export const partTitles: Readonly<Record<Part, Words>> = {
  whole: { zh: '投标文件', en: 'Bid' },
  qualification: { zh: '资格文件', en: 'Qualification' },
  technical: { zh: '商务技术文件', en: 'Technical envelope' },
  price: { zh: '报价文件', en: 'Price envelope' },
};
export const partTitle = (part: string): Words => partTitles[part as Part] ?? { zh: part, en: part };

export const wayTitles: Readonly<Record<EnvelopeWay, Words>> = {
  whole: { zh: '一个信封：一次开启', en: 'One envelope, opened at once' },
  'technical+price': { zh: '双信封：先商务技术，后报价', en: 'Two envelopes: technical, then price' },
  'qualification+technical+price': { zh: '三信封：先资格，再技术，后报价', en: 'Three envelopes: qualification, technical, then price' },
};
