import { z } from 'zod';
import { type OutageRule, outageRuleShape } from '../journal/outage.ts';
import { words } from '../kernel/answer.ts';
import type { FieldProblem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { type Ground, localFigureShape } from '../rulebook/ground.ts';
import { parameter } from '../rulebook/parameters.ts';
import { type Grace, graceShape } from '../sealing/grace.ts';
import { type Part, partShape } from '../sealing/shapes.ts';
import { agreementMissing, agreementOf, agreementShape } from './agreement.ts';
import { blindShape } from './blind.ts';
import type { Draft, DraftKey } from './draft.ts';
import { envelopeOf, isCut, partsOfWay, wayOf } from './envelopes.ts';
import { formWithJoint, jointOf, jointShape } from './joint.ts';
import type { BidField, BidPart, BlindPlan, LineEdition, MethodOffer } from './line.ts';
import { methodFrom, methodSchema } from './method.ts';
import { findingShape } from './method-check.ts';
import { formUnder, policyOf } from './policy.ts';
import { readingOrders } from './reading-order.ts';
import { remedyOf, remedyShape } from './remedy.ts';
import { formWithBrand, sameBrandOf } from './same-brand.ts';
import { lodgingOf, lodgingShape } from './security.ts';

/**
 * The terms of a lot as they were published: pinned on the lot, carried by the event `notice.published`, never changed afterwards
 * (only an addendum, or the rule about outages, moves the deadline, on the lot itself). Amounts are yuan strings, moments RFC 3339 UTC.
 */
const yuanText = z.string().regex(/^\d+\.\d{2}$/);
const bidField = z.looseObject({ key: z.string(), label: words, kind: z.string() }) as unknown as z.ZodType<BidField>;

/** Periods whose figures a notice names: all that bidders' time depends on. */
export const pinnedPeriods = ['bidPeriodMin', 'documentsWindowMin', 'addendumAhead', 'publicityMin'] as const;

export const termsSchema = z.object({
  format: z.literal('yangguang/lot-terms/v1'),
  name: z.string(),
  subject: z.enum(['works', 'goods', 'services']),
  description: z.string(),
  scope: z.string(),
  quality: z.string(),
  place: z.string(),
  periodDays: z.int(),
  contact: z.object({ person: z.string(), phone: z.string() }),
  estimate: yuanText,
  ceiling: yuanText.nullable(),
  security: yuanText.nullable(),
  /** securities are lodged with the platform; absent: as the documents say */
  lodging: lodgingShape.optional(),
  documentsFrom: z.string(),
  documentsUntil: z.string(),
  deadline: z.string(),
  bidValidityDays: z.int(),
  qualification: z.array(z.string()),
  consortium: z.boolean(),
  /** of how many members a joint bid may be; absent: none is accepted, or the notice is from before they were counted */
  joint: jointShape.optional(),
  /** what a bid states and attaches: the line's form, as it was when the notice was published */
  bidForm: z.array(bidField),
  /** id and title of the line's method, and the arithmetic it stands for */
  methodOffer: z.object({ id: z.string(), title: words, says: words }),
  method: methodSchema,
  /** coefficients drawn in the opening session */
  parameters: z.array(z.object({ name: z.string(), choices: z.array(z.string()) })),
  /** `part`: with which envelope it is judged, where there are several */
  items: z.array(z.object({ id: z.string(), title: words, says: words, part: partShape.optional() })),
  criteria: z.array(
    z.object({
      id: z.string(),
      title: words,
      says: words,
      max: z.string(),
      kind: z.enum(['objective', 'subjective']),
      part: partShape.optional(),
    }),
  ),
  panel: z.object({
    size: z.int(),
    experts: z.int(),
    seats: z.array(z.object({ specialty: z.string(), title: words, count: z.int(), reserve: z.int() })),
  }),
  sealPolicy: z.enum(['council', 'bidder+council']),
  /** policy `bidder+council`: how long bidders have, from the start of the opening, to remove their own layer */
  layerMinutes: z.int().min(1).optional(),
  /** for how many of those minutes the platform must have been down, by the probes, for a layer left on not to be its bidder's doing */
  layerOutage: z.object({ downMinutes: z.int().min(1) }).optional(),
  /** what a bidder may do where its bid cannot be decrypted; absent: nothing */
  remedy: remedyShape.optional(),
  /** the envelopes of a bid, in the order in which they are opened */
  parts: z.array(partShape).min(1),
  /** in which order bids are read out, of each part; notices before this word read them as they were received */
  readingOrder: z.enum(readingOrders).default('received'),
  /** score sheets stay sealed until all are in, each member having so long; absent: they are kept in the open on the server */
  sheets: z.object({ hours: z.int().min(1) }).optional(),
  /** the technical part is reviewed blind (blind.ts); absent: it is not */
  blind: blindShape.optional(),
  /** opened to the group alone: until the result nobody else learns who takes part and what is offered; absent: in public */
  doors: z.literal('closed').optional(),
  /** of a procedure in which suppliers are negotiated with: their responses, or their last offers; absent: a bid is handed in once */
  round: z.enum(['responses', 'offers']).optional(),
  /** last offers: the lot of the responses whose negotiation they end */
  follows: z.object({ lot: z.string(), number: z.string() }).optional(),
  /** several enter an agreement (agreement.ts); absent: one contract is awarded */
  agreement: agreementShape.optional(),
  minimumBids: z.int(),
  publicityDays: z.int(),
  /** by how much the bytes of a committed bid may follow; absent: not at all */
  grace: graceShape.optional(),
  /** when a witnessed outage of the intake moves the deadline; absent: never */
  outage: outageRuleShape.optional(),
  /** what the method does, as the host acknowledged it; absent in notices from before it was looked at */
  findings: z.array(findingShape).optional(),
  /** the figures of the rulebook by which its periods are judged, for whoever rechecks them; notices before this word name none */
  periods: z.partialRecord(z.enum(pinnedPeriods), z.string()).optional(),
  /** who looks at the qualification of bidders, where it is not the panel */
  qualifiedBy: z.literal('host').optional(),
  /** what had been set for the lot's line and region when it was published; absent: nothing */
  local: z.array(localFigureShape).optional(),
});
export type LotTerms = z.infer<typeof termsSchema>;

const needed: readonly DraftKey[] = [
  'name',
  'subject',
  'description',
  'scope',
  'quality',
  'place',
  'periodDays',
  'contactPerson',
  'contactPhone',
  'estimate',
  'documentsUntil',
  'deadline',
  'bidValidityDays',
  'qualification',
  'items',
  'method',
  'candidates',
  'panelSize',
  'panelExperts',
  'seats',
  'publicityDays',
];

const isEmpty = (value: unknown): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The line's method a draft has chosen; undefined while none, or none it offers, is chosen. */
export const offerOf = (edition: LineEdition, draft: Draft): MethodOffer | undefined =>
  edition.methods.find((offer) => offer.id === draft.method);

function neededFor(offer: MethodOffer | undefined, draft: Draft): readonly DraftKey[] {
  if (offer?.template !== 'comprehensive') return needed;
  if (offer.price === null) return [...needed, 'criteria'];
  if (offer.price === 'ratio') return [...needed, 'criteria', 'priceFull'];
  return [...needed, 'criteria', 'priceFull', 'benchmark', 'priceFloor', 'above', 'below', ...neededForBenchmark(draft)];
}

function neededForBenchmark({ benchmark, blendAmount }: Draft): readonly DraftKey[] {
  if (benchmark === 'composite') return ['ceilingCuts', 'ceiling'];
  if (benchmark !== 'blend') return [];
  return blendAmount === null ? ['blendWeights', 'ceiling'] : ['blendWeights'];
}

/** What is still missing before a notice can be published, field by field. */
export function missingIn(edition: LineEdition, draft: Draft): readonly FieldProblem[] {
  const offer = offerOf(edition, draft);
  const keys = neededFor(offer, draft).filter((key) => isEmpty(draft[key]) || (key === 'method' && !offer));
  const missing = keys.map((path) => ({ path, says: { zh: '尚未填写。', en: 'Still to be filled in.' } }));
  const strange = offered(edition, draft) ? [] : [{ path: 'envelopes', says: notOffered }];
  const layered = sealsOffered(edition, draft) ? [] : [{ path: 'sealPolicy', says: sealNotOffered }];
  return [
    ...missing,
    ...strange,
    ...layered,
    ...benchmarkTrouble(offer, draft),
    ...blindTrouble(edition, draft),
    ...jointMissing(edition, draft),
    ...agreementMissing(edition, draft),
  ];
}

/** A notice that accepts joint bids says of how many members at most. */
function jointMissing({ joint }: LineEdition, { consortium, consortiumMembers }: Draft): readonly FieldProblem[] {
  if (!consortium) return [];
  if (!joint) return [{ path: 'consortium', says: { zh: '本门类没有联合体投标。', en: 'This line of trade has no joint bids.' } }];
  return consortiumMembers === null
    ? [
        {
          path: 'consortiumMembers',
          says: { zh: '接受联合体投标的，须载明成员数上限。', en: 'Say of how many members a joint bid may be.' },
        },
      ]
    : [];
}

/** A benchmark that the method does not offer. */
function benchmarkTrouble(offer: MethodOffer | undefined, { benchmark }: Draft): readonly FieldProblem[] {
  if (offer?.price !== 'deviation' || benchmark === null || offer.benchmarks.includes(benchmark)) return [];
  return [{ path: 'benchmark', says: { zh: '该评标方法不采用这种基准价。', en: 'This method does not offer that benchmark.' } }];
}

const notOffered = { zh: '本门类不采用这种信封方式。', en: 'This line of trade does not offer these envelopes.' };
/** May a lot of this line cut its bids so? */
export const offersWay = ({ seals }: LineEdition, way: string): boolean =>
  seals.some((seal) => seal.policy === 'council' && seal.parts.some((parts) => wayOf(parts) === way));
const offered = (edition: LineEdition, { envelopes }: Draft): boolean => envelopes === null || offersWay(edition, envelopes);

const sealNotOffered = {
  zh: '本门类的这种信封方式不采用双层加密。',
  en: 'This line of trade has no bidder’s own layer with these envelopes.',
};
/** Whether bids that are cut so may be sealed so. */
const sealsOffered = ({ seals }: LineEdition, { envelopes, sealPolicy }: Draft): boolean =>
  sealPolicy === null ||
  seals.some((seal) => seal.policy === sealPolicy && seal.parts.some((parts) => wayOf(parts) === (envelopes ?? 'whole')));

/** A blind review needs scored criteria, and files that can be blind. */
function blindTrouble(edition: LineEdition, draft: Draft): readonly FieldProblem[] {
  if (!draft.blind) return [];
  const wrong = (zh: string, en: string): readonly FieldProblem[] => [{ path: 'blind', says: { zh, en } }];
  if (!edition.blind) return wrong('本门类没有暗标评审。', 'This line of trade has no blind review.');
  if (offerOf(edition, draft)?.template !== 'comprehensive' || !(draft.criteria ?? []).some(({ kind }) => kind === 'subjective'))
    return wrong('暗标评审须采用综合评估法，并有主观评分项。', 'A blind review needs a scored method with subjective criteria.');
  return [];
}

const own = (text: string): Words => ({ zh: text, en: text });

/** A row's words: the line's own in both languages while nobody changed them, else what was typed. */
function titled(row: { id: string; name: string; says: string }, known: readonly { id: string; title: Words; says: Words }[]) {
  const standard = known.find((each) => each.id === row.id);
  return {
    title: standard?.title.zh === row.name ? standard.title : own(row.name),
    says: standard?.says.zh === row.says ? standard.says : own(row.says),
  };
}

/** Ids of rows: the line's where it is the line's row and still free, else numbered. They name reviews and scores for good. */
function named<Row extends { id: string; name: string; says: string }>(
  rows: readonly Row[],
  known: readonly { id: string; title: Words; says: Words }[],
  letter: string,
) {
  const taken = new Set<string>();
  return rows.map((row, at) => {
    const standard = known.some((each) => each.id === row.id) && !taken.has(row.id);
    const id = standard ? row.id : `${letter}${at + 1}`;
    taken.add(id);
    return { row, id, ...titled(row, known) };
  });
}

/** The terms of a complete draft; null while something is missing. `now` is the moment of publication. */
export function termsFrom(
  edition: LineEdition,
  draft: Draft,
  given: {
    readonly now: string;
    readonly ground: Ground;
    readonly grace?: Grace;
    readonly outage?: OutageRule | undefined;
  },
): LotTerms | null {
  const { ground } = given;
  const offer = offerOf(edition, draft);
  if (!offer || missingIn(edition, draft).length > 0) return null;
  const parts = [...partsOfWay(draft.envelopes ?? 'whole')];
  /** What people added themselves is judged with the technical envelope. */
  const judgedWith = (id: string, known: readonly { readonly id: string; readonly part: BidPart }[]) =>
    isCut(parts) ? { part: envelopeOf(known.find((each) => each.id === id)?.part ?? 'technical', parts) } : {};
  const blindItem = draft.blind && edition.blind ? [edition.blind.item] : [];
  const known = [...edition.items, ...blindItem];
  const rows = [...(draft.items ?? []), ...blindItem.map(({ id, title, says }) => ({ id, name: title.zh, says: says.zh }))];
  const items = named(rows, known, 'i').map(({ id, title, says }) => ({ id, title, says, ...judgedWith(id, known) }));
  const scored = offer.template === 'comprehensive' ? (draft.criteria ?? []) : [];
  const criteria = named(scored, edition.criteria, 'c').map(({ row, id, title, says }) => ({
    id,
    title,
    says,
    max: row.max,
    kind: row.kind,
    ...judgedWith(id, edition.criteria),
  }));
  const sealPolicy = edition.seals.find((seal) => seal.policy === draft.sealPolicy)?.policy ?? 'council';
  const policy = policyOf(edition, draft, ground);
  const remedy = remedyOf(draft, parameter('op.remedy.limit', ground));
  const specialtyTitle = (code: string): Words => edition.panel.specialties.find((each) => each.code === code)?.title ?? own(code);
  const sameBrand = sameBrandOf(edition, draft, offer.template === 'comprehensive');
  const { method, parameters } = methodFrom(choicesOf(offer, draft), {
    items: items.map((item) => item.id),
    criteria,
    ceiling: draft.ceiling,
    price: offer.price,
    composite: offer.composite,
    sameBrand,
    policy,
  });
  const lodging = lodgingOf(edition, draft);
  const joint = jointOf(edition, draft);
  const { sheets, blind: _, ...rest } = draft;
  return termsSchema.parse({
    ...rest,
    format: 'yangguang/lot-terms/v1',
    contact: { person: draft.contactPerson, phone: draft.contactPhone },
    documentsFrom: given.now,
    consortium: draft.consortium ?? false,
    ...(joint ? { joint } : {}),
    bidForm: formWithJoint(formUnder(sameBrand ? formWithBrand(edition, draft.coreProduct) : edition.bidForm, policy), edition, joint),
    methodOffer: { id: offer.id, title: offer.title, says: offer.says },
    method,
    parameters,
    items,
    criteria,
    panel: {
      size: draft.panelSize,
      experts: draft.panelExperts,
      seats: (draft.seats ?? []).map((seat) => ({ ...seat, title: specialtyTitle(seat.specialty) })),
    },
    sealPolicy,
    ...(sealPolicy === 'bidder+council' ? { layerMinutes: parameter('op.decryption.limit', ground) } : {}),
    ...(sealPolicy === 'bidder+council' && given.outage ? { layerOutage: { downMinutes: parameter('op.decryption.outage', ground) } } : {}),
    ...(remedy === undefined ? {} : { remedy }),
    ...(lodging === undefined ? {} : { lodging }),
    ...(draft.blind && edition.blind ? { blind: blindOf(edition.blind, draft, { parts, items, criteria }) } : {}),
    parts,
    readingOrder: draft.readingOrder ?? 'received',
    ...(sheets === 'sealed' ? { sheets: { hours: parameter('op.sheets.limit', ground) } } : {}),
    minimumBids: parameter(edition.parameters.minimumBids, ground),
    periods: Object.fromEntries(
      pinnedPeriods.flatMap((name) => (edition.parameters[name] === null ? [] : [[name, edition.parameters[name]]])),
    ),
    ...(edition.qualifiedBy === 'host' ? { qualifiedBy: 'host' } : {}),
    ...(edition.agreement === undefined ? {} : { agreement: agreementOf(edition.agreement, draft) }),
    ...(edition.negotiation === undefined ? {} : { doors: 'closed', round: 'responses' }),
    ...(ground.local.length === 0 ? {} : { local: ground.local }),
    // the bytes of a layer cannot follow later: what is inside could then not be checked before the deadline
    ...(given.grace === undefined || sealPolicy === 'bidder+council' ? {} : { grace: given.grace }),
    ...(given.outage === undefined ? {} : { outage: given.outage }),
  });
}

/** What is judged blind: the item about telling marks, and the subjective criteria of the technical envelope, which need no names. */
function blindOf(
  plan: BlindPlan,
  draft: Draft,
  {
    parts,
    items,
    criteria,
  }: Pick<LotTerms, 'parts' | 'items'> & { readonly criteria: readonly Omit<LotTerms['criteria'][number], 'title' | 'says'>[] },
): LotTerms['blind'] {
  const part = envelopeOf('technical', parts);
  const here = (row: { readonly part?: Part | undefined }): boolean => !isCut(parts) || row.part === part;
  return {
    part,
    documents: [...plan.documents],
    items: items.filter(({ id }) => id === plan.item.id).map(({ id }) => id),
    criteria: criteria.filter((row) => row.kind === 'subjective' && here(row)).map(({ id }) => id),
    rules: { pages: draft.blindPages, pictures: draft.blindPictures ?? 'drawings', fonts: [...(draft.blindFonts ?? [])] },
  };
}

const choicesOf = (offer: MethodOffer, draft: Draft) => ({
  template: offer.template,
  benchmark: draft.benchmark ?? 'mean',
  dropRule: draft.dropRule ?? 'none',
  sampleSize: draft.sampleSize,
  withinMean: draft.withinMean,
  blendWeights: draft.blendWeights ?? [],
  blendAmount: draft.blendAmount,
  meanFactors: draft.meanFactors ?? [],
  amountFactors: draft.amountFactors ?? [],
  ceilingCuts: draft.ceilingCuts ?? [],
  discounts: draft.discounts ?? [],
  priceFull: draft.priceFull ?? '0',
  priceFloor: draft.priceFloor ?? '0',
  above: draft.above ?? '0',
  below: draft.below ?? '0',
  trimFrom: draft.trimFrom,
  candidates: draft.candidates ?? 1,
  minimumValid: offer.defaults.minimumValid ?? 1,
});

/** The published terms of a lot row. Throws for a lot that was never published: callers ask the phase first. */
export const termsOf = (lot: { readonly terms?: unknown }): LotTerms => termsSchema.parse(lot.terms);
