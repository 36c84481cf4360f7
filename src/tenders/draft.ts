import { z } from 'zod';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { instantField } from '../kernel/clock-fields.ts';
import { type Fen, yuan, yuanField } from '../kernel/money.ts';
import type { Ground } from '../rulebook/ground.ts';
import { parameter } from '../rulebook/parameters.ts';
import { sha256 } from '../sealing/digest.ts';
import { benchmarkKinds, dropRuleNames } from './benchmark.ts';
import { blindPictures } from './blind.ts';
import { envelopeWays } from './envelopes.ts';
import type { LineEdition, MethodOffer } from './line.ts';
import { readingOrders } from './reading-order.ts';
import { remedyChoices } from './remedy.ts';
import { brandTies } from './same-brand.ts';
import { securityWays } from './security.ts';
import { sheetWays } from './sheet-way.ts';

/**
 * The wizard's working copy of a lot: every field may still be missing, none may be unreadable. A key that is absent is left as it
 * was, an empty one is cleared. Reading what was read before gives the same again, because commands pass the edge and the act.
 */

/** Empty input clears the field. */
function field<T>(schema: z.ZodType<T>) {
  return z.preprocess((given) => (given === '' ? null : given), schema.nullable().optional());
}

const line = (most: number) => z.string().trim().min(1).max(most);
const amount = yuanField.transform((value): string => yuan(value));
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const points = z
  .string()
  .trim()
  .regex(/^(0|[1-9]\d{0,2})(\.\d{1,2})?$/, '请填写数字，最多两位小数。 | A number with at most two places.');
const weight = z
  .string()
  .trim()
  .regex(/^0(\.\d{1,3})?$|^1$/, '请填写0到1之间的数，如0.6。 | A number between 0 and 1, such as 0.6.');

/** A list as a form writes it, one a line, or as a program does, an array. */
function list(each: z.ZodType<string>, most: number, separator: RegExp) {
  return z.preprocess(
    (given) =>
      typeof given === 'string'
        ? given
            .split(separator)
            .map((part) => part.trim())
            .filter((part) => part !== '')
        : given,
    z.array(each).max(most),
  );
}

/** Rows of a form: rows in which nothing was written are left out. */
function rows<T>(row: z.ZodType<T>, most: number) {
  const written = (given: unknown): boolean =>
    typeof given === 'object' && given !== null && ['name', 'specialty'].some((key) => (given as Record<string, unknown>)[key]);
  return z.preprocess((given) => {
    const all = Array.isArray(given) ? given : typeof given === 'object' && given !== null ? Object.values(given) : given;
    return Array.isArray(all) ? all.filter((each) => typeof each !== 'object' || each === null || written(each)) : all;
  }, z.array(row).max(most));
}

const percent = z
  .string()
  .regex(/^(0|[1-9]\d?)(\.\d{1,2})?%?$/, '请填写百分数，如1%、1.5%、2%。 | Percentages, such as 1%, 1.5%, 2%.')
  .transform((text) => (text.endsWith('%') ? text : `${text}%`));

/** of a mean or an amount: it may also be raised */
const factor = z
  .string()
  .regex(/^(0|[1-9]\d{0,2})(\.\d{1,2})?%?$/, '请填写百分数，如95%。 | Percentages, such as 95%.')
  .transform((text) => (text.endsWith('%') ? text : `${text}%`));
/** between the choices of a list */
const separators = /[、，,;；\s]+/;

const yesNo = z.preprocess(
  (given) => (given === 'yes' || given === 'true' ? true : given === 'no' || given === 'false' ? false : given),
  z.boolean(),
);
const optionalText = (most: number) => z.preprocess((given) => given ?? '', z.string().trim().max(most));

/** id of the line's own item or criterion a row started from; empty for one that people added */
const rowId = optionalText(40);

export const criterionRow = z.object({
  id: rowId,
  name: line(100),
  max: points,
  kind: z.enum(['objective', 'subjective']),
  says: optionalText(500),
});
export const itemRow = z.object({ id: rowId, name: line(100), says: optionalText(500) });
export const seatRow = z.object({
  specialty: line(20),
  count: whole(1, 20),
  reserve: z.preprocess((given) => (given === '' || given === undefined ? 2 : given), whole(0, 20)),
});

const shape = {
  // 1 basics
  name: field(line(200)),
  subject: field(z.enum(['works', 'goods', 'services'])),
  description: field(line(5000)),
  scope: field(line(2000)),
  place: field(line(200)),
  periodDays: field(whole(1, 20_000)),
  quality: field(line(200)),
  contactPerson: field(line(50)),
  contactPhone: field(line(40)),
  // 2 money
  estimate: field(amount),
  ceiling: field(amount),
  security: field(amount),
  /** with whom the security is lodged; empty: as the documents say */
  securityWay: field(z.enum(securityWays)),
  // 3 timetable
  documentsUntil: field(instantField),
  deadline: field(instantField),
  /** how bids are sealed: one of the edition's ways; empty for the first */
  sealPolicy: field(z.enum(['council', 'bidder+council'])),
  bidValidityDays: field(whole(1, 720)),
  /** what the documents provide where a bid cannot be decrypted; empty: nothing */
  remedyPlan: field(z.enum(remedyChoices)),
  /** how long a bidder has for it by the documents; empty: the platform's rule */
  remedyMinutes: field(whole(5, 240)),
  /** in which order bids are read out; empty: as they were received */
  readingOrder: field(z.enum(readingOrders)),
  // 4 qualification
  qualification: field(list(line(500), 40, /\r?\n/)),
  consortium: field(yesNo),
  /** of how many members at most a joint bid may be */
  consortiumMembers: field(whole(2, 20)),
  items: field(rows(itemRow, 40)),
  // 5 method
  /** into how many envelopes a bid is cut; empty: one */
  envelopes: field(z.enum(envelopeWays)),
  /** the technical part is reviewed blind, and how its files must look (blind.ts) */
  blind: field(yesNo),
  blindPages: field(whole(1, 5000)),
  blindPictures: field(z.enum(blindPictures)),
  blindFonts: field(list(line(40), 10, /[、，,;；\r\n]+/)),
  /** id of a method the line offers */
  method: field(line(64)),
  benchmark: field(z.enum(benchmarkKinds)),
  /** how extremes leave before a mean; empty: they do not */
  dropRule: field(z.enum(dropRuleNames)),
  /** how many bids are drawn for the mean; empty: all enter */
  sampleSize: field(whole(2, 100)),
  /** how far from the mean a price may lie to enter; empty: any */
  withinMean: field(percent),
  blendWeights: field(list(weight, 20, separators)),
  /** what the mean is blended with; empty: the ceiling */
  blendAmount: field(amount),
  meanFactors: field(list(factor, 20, separators)),
  amountFactors: field(list(factor, 20, separators)),
  /** by how much the ceiling of a composite benchmark is lowered */
  ceilingCuts: field(list(percent, 20, separators)),
  discounts: field(list(percent, 20, separators)),
  priceFull: field(points),
  priceFloor: field(points),
  above: field(points),
  below: field(points),
  trimFrom: field(whole(3, 20)),
  candidates: field(whole(1, 10)),
  /** of a framework agreement: how its contracts are awarded, how long it lasts, how many enter at most, what share is eliminated */
  agreementWay: field(line(40)),
  agreementMonths: field(whole(1, 120)),
  entrantsMost: field(whole(1, 200)),
  eliminationShare: field(percent),
  /** bids of one brand: how a tie between them is decided; empty or `none`: the notice does not take the rule up */
  sameBrand: field(z.enum(['none', ...brandTies])),
  /** whose brand counts where several products are bought; empty: there is one */
  coreProduct: field(line(100)),
  criteria: field(rows(criterionRow, 40)),
  /** what is deducted from the price of small enterprises; empty: nothing */
  smallDiscount: field(percent),
  /** whether the law's share is deducted from the price of domestic products */
  domesticDiscount: field(yesNo),
  // 6 panel and publicity
  panelSize: field(whole(1, 29)),
  panelExperts: field(whole(0, 29)),
  seats: field(rows(seatRow, 20)),
  /** whether score sheets stay sealed until all are in; empty: they do not */
  sheets: field(z.enum(sheetWays)),
  publicityDays: field(whole(0, 60)),
};

export const draftFields = z.object(shape);
/** What one save brings. */
export type DraftChange = z.infer<typeof draftFields>;
export type DraftKey = keyof typeof shape;
/** The working copy: every key has a value or null. */
export type Draft = { readonly [Key in DraftKey]: NonNullable<DraftChange[Key]> | null };

export const draftKeys = Object.keys(shape) as DraftKey[];

/** The steps of the wizard and the fields each asks for. */
export const draftSteps = [
  ['name', 'subject', 'description', 'scope', 'place', 'periodDays', 'quality', 'contactPerson', 'contactPhone'],
  ['estimate', 'ceiling', 'security', 'securityWay'],
  ['documentsUntil', 'deadline', 'bidValidityDays', 'sealPolicy', 'remedyPlan', 'remedyMinutes', 'readingOrder'],
  ['qualification', 'consortium', 'consortiumMembers', 'items'],
  [
    'envelopes',
    'blind',
    'blindPages',
    'blindPictures',
    'blindFonts',
    'method',
    'benchmark',
    'dropRule',
    'sampleSize',
    'withinMean',
    'blendWeights',
    'blendAmount',
    'meanFactors',
    'amountFactors',
    'ceilingCuts',
    'discounts',
    'priceFull',
    'priceFloor',
    'above',
    'below',
    'trimFrom',
    'candidates',
    'agreementWay',
    'agreementMonths',
    'entrantsMost',
    'eliminationShare',
    'sameBrand',
    'coreProduct',
    'criteria',
    'smallDiscount',
    'domesticDiscount',
  ],
  ['panelSize', 'panelExperts', 'seats', 'sheets', 'publicityDays'],
] as const satisfies readonly (readonly DraftKey[])[];

/** The step of the wizard (from 1) on which a field is asked. */
export function stepOf(key: string): number {
  const head = key.split('.')[0] ?? key;
  const at = draftSteps.findIndex((keys) => (keys as readonly string[]).includes(head));
  return at < 0 ? draftSteps.length + 1 : at + 1;
}

/** The working copy after a save: keys that were not sent stay, keys sent empty are cleared. */
export function changedDraft(draft: Draft, change: DraftChange): Draft {
  const next: Record<string, unknown> = { ...draft };
  for (const key of draftKeys) if (change[key] !== undefined) next[key] = change[key];
  return next as Draft;
}

const blank = Object.fromEntries(draftKeys.map((key) => [key, null])) as unknown as Draft;

/** Reads a stored working copy; a key that an older version did not know is null. */
export function draftOf(stored: unknown): Draft {
  const read = draftFields.safeParse(typeof stored === 'object' && stored !== null ? stored : {});
  return read.success ? changedDraft(blank, read.data) : blank;
}

/** SHA-256 of a working copy, base64url: what `lot.drafted` records of a save. */
export const digestOf = (draft: Draft): string => base64url(sha256(canonicalBytes(draft)));

/** What a new lot starts with: the line's usual form, method and panel, and the shortest periods the law allows where it names any. */
export function startingDraft(
  edition: LineEdition,
  given: { readonly name: string; readonly estimate: Fen | null; readonly subject: Draft['subject']; readonly ground: Ground },
): Draft {
  const [offer] = edition.methods;
  return {
    ...changedDraft(blank, usual(offer)),
    name: given.name,
    subject: given.subject,
    estimate: given.estimate === null ? null : yuan(given.estimate),
    quality: '合格',
    bidValidityDays: parameter(edition.parameters.bidValidityUsual, given.ground),
    consortium: false,
    items: edition.items.map((item) => ({ id: item.id, name: item.title.zh, says: item.says.zh })),
    method: offer?.id ?? null,
    criteria: edition.criteria.map(({ id, title, says, max, kind }) => ({ id, name: title.zh, says: says.zh, max, kind })),
    panelSize: edition.panel.size,
    panelExperts: edition.panel.experts,
    seats: edition.panel.seats.map((seat) => ({ ...seat })),
    sheets: edition.panel.sheets,
    publicityDays: edition.parameters.publicityMin === null ? 0 : parameter(edition.parameters.publicityMin, given.ground),
  };
}

/** Another method brings its usual parameters with it; what the same save says itself goes before them. */
export function usualChoices(edition: LineEdition, draft: Draft, method: string | null | undefined): DraftChange {
  if (!method || method === draft.method) return {};
  return { ...noBenchmark, ...usual(edition.methods.find((offer) => offer.id === method)) };
}

const usual = (offer: MethodOffer | undefined): DraftChange => draftFields.parse(offer?.defaults ?? {});

/** What the method before may have asked for, and this one does not. */
const noBenchmark = {
  benchmark: null,
  dropRule: null,
  sampleSize: null,
  withinMean: null,
  blendWeights: [],
  blendAmount: null,
  meanFactors: [],
  amountFactors: [],
  ceilingCuts: [],
  discounts: [],
} satisfies DraftChange;
