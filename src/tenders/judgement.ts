import { type Instant, later } from '../kernel/clock.ts';
import { decimal, hundred, sum } from '../kernel/fraction.ts';
import { type Fen, parseYuan } from '../kernel/money.ts';
import { type Problem, problem } from '../kernel/problem.ts';
import type { Rule, Refusal as RuleRefusal } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { addDays, addWorkingDays, type DayString, endOfDay, movedOffRestDay, sameTimeOn } from '../kernel/working-days.ts';
import { calendar } from '../rulebook/calendar-data.ts';
import { type FieldRule, fieldRule, statedBy } from '../rulebook/figure-rule.ts';
import type { Ground } from '../rulebook/ground.ts';
import { cite, evaluationOrder, platformRule } from '../rulebook/law.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameter, parameterInForce, period } from '../rulebook/parameters.ts';
import type { Draft, DraftKey } from './draft.ts';
import type { LineEdition, MethodOffer, PanelFacts } from './line.ts';
import { offerOf } from './lot.ts';
import type { NoticeFacts } from './timetable.ts';

/** What a draft says about its method and its seats. */
interface PlanFacts {
  readonly panelExperts: number;
  readonly seats: readonly { readonly specialty: string; readonly count: number }[];
  readonly specialties: readonly string[];
  readonly criteria: readonly { readonly max: string }[];
  /** points the price carries; null where the method does not score it */
  readonly priceFull: string | null;
  readonly scored: boolean;
  readonly candidates: number;
  readonly candidatesMost: { readonly value: number; readonly says: Words; readonly source: Words };
}

export const planRefused = problem(
  'evaluation-plan-refused',
  'refused',
  '评标安排不符合规定。',
  'The plan of the evaluation breaks a rule.',
);

const seatsFilled = fieldRule<PlanFacts>({
  id: 'PLAN-1',
  acts: ['draft-lot', 'publish-notice'],
  source: cite(platformRule),
  says: { zh: '各专业专家人数之和应等于专家总数', en: 'the seats by specialty add up to the number of experts' },
  problem: planRefused,
  field: 'seats',
  refuses({ seats, panelExperts }) {
    const seated = seats.reduce((all, seat) => all + seat.count, 0);
    if (seated === panelExperts) return false;
    const says = {
      zh: `专家${panelExperts}名，各专业合计${seated}名。`,
      en: `${panelExperts} experts, but the seats add up to ${seated}.`,
    };
    return { field: 'seats', says };
  },
});
const seatsKnown = fieldRule<PlanFacts>({
  id: 'PLAN-2',
  acts: ['draft-lot', 'publish-notice'],
  source: cite(platformRule),
  says: { zh: '专业应在评标专家专业分类目录内，且不重复', en: 'each specialty is one of the classification, and named once' },
  problem: planRefused,
  field: 'seats',
  refuses: ({ seats, specialties }) =>
    (seats.some((seat) => !specialties.includes(seat.specialty)) || new Set(seats.map((seat) => seat.specialty)).size < seats.length) && {
      field: 'seats',
    },
});
const pointsMakeHundred = fieldRule<PlanFacts>({
  id: 'PLAN-3',
  acts: ['draft-lot', 'publish-notice'],
  certainty: 'V2',
  source: cite(evaluationOrder, '35, 36'),
  says: { zh: '各评分项分值与报价分值之和应为100分', en: 'the points of all criteria and of the price add up to 100' },
  problem: planRefused,
  field: 'criteria',
  refuses({ scored, criteria, priceFull }) {
    if (!scored) return false;
    const points = sum([...criteria.map((each) => decimal(each.max)), decimal(priceFull ?? '0')]);
    if (points.equals(hundred)) return false;
    const says = { zh: `目前合计${points.toString()}分，应为100分。`, en: `They add up to ${points.toString()}; it must be 100.` };
    return { field: 'criteria', says };
  },
});
const candidatesAtMost = fieldRule<PlanFacts>({
  id: 'PLAN-4',
  acts: ['draft-lot', 'publish-notice'],
  certainty: 'V2',
  source: cite(evaluationOrder, '45'),
  says: { zh: '推荐的中标候选人数不超过规定', en: 'no more candidates are recommended than the rules allow' },
  problem: planRefused,
  field: 'candidates',
  refuses: ({ candidates, candidatesMost }) => candidates > candidatesMost.value && { field: 'candidates', says: candidatesMost.says },
});
export const planRules: readonly FieldRule<PlanFacts>[] = [seatsFilled, seatsKnown, pointsMakeHundred, candidatesAtMost];

/** One rule's refusal of a draft. */
export interface Refusal {
  readonly rule: string;
  readonly source: Words;
  readonly says: Words;
  readonly field: string;
  readonly problem: Rule<never>['problem'];
  /** the fields the rule looked at before it refused */
  readonly looked: ReadonlySet<string>;
}

/** Thrown when a rule looks at a field that nobody has filled in yet: such a rule has nothing to say. */
class NotYetWritten extends Error {}

type Known<Facts> = { readonly [Key in keyof Facts]: Facts[Key] | undefined };

/** The refusals of these rules, as far as the facts are known. `optional` names the facts that may stay undefined. */
function refusalsBy<Facts extends object>(
  rules: readonly FieldRule<Facts>[],
  known: Known<Facts>,
  optional: readonly (keyof Facts)[] = [],
): Refusal[] {
  return rules.flatMap((rule) => {
    const looked = new Set<string>();
    const watched = new Proxy(known, {
      get(facts, key: string) {
        looked.add(key);
        const value = facts[key as keyof Facts];
        if (value === undefined && !(optional as readonly string[]).includes(key)) throw new NotYetWritten(key);
        return value;
      },
    }) as unknown as Facts;
    const refused = heard(() => rule.refuses(watched));
    if (refused === false) return [];
    const said: RuleRefusal = refused === true ? {} : refused;
    return [
      {
        rule: rule.id,
        source: said.source ?? rule.source,
        says: said.says ?? rule.says,
        field: said.field ?? rule.field,
        problem: rule.problem,
        looked,
      },
    ];
  });
}

function heard<T>(ask: () => T): T | false {
  try {
    return ask();
  } catch (error) {
    if (error instanceof NotYetWritten) return false;
    throw error;
  }
}

const amountOf = (text: string | null): Fen | undefined => (text === null ? undefined : parseYuan(text));
const given = <T>(value: T | null): T | undefined => value ?? undefined;

/** The facts by which a notice is judged, as far as the draft has them. Publication is taken to be now: a plan cannot be earlier. */
export function noticeFacts(draft: Draft, offer: MethodOffer | undefined, now: Instant, ground: Ground): Known<NoticeFacts> {
  return {
    ...ground,
    now,
    documentsFrom: now,
    documentsUntil: given(draft.documentsUntil),
    deadline: given(draft.deadline),
    publicityDays: given(draft.publicityDays),
    subject: given(draft.subject),
    estimate: amountOf(draft.estimate),
    // no ceiling and no security are answers, not gaps
    ceiling: amountOf(draft.ceiling) ?? null,
    security: amountOf(draft.security) ?? null,
    performanceShare: null,
    smallDiscount: draft.smallDiscount,
    eliminationShare: draft.eliminationShare,
    agreementMonths: draft.agreementMonths,
    ...(offer === undefined
      ? {}
      : { priceWeight: offer.price === null || offer.template !== 'comprehensive' ? null : given(draft.priceFull) }),
  };
}

const panelKeys: Readonly<Record<string, DraftKey>> = { size: 'panelSize', experts: 'panelExperts' };

/** Everything the law and the platform refuse in a draft, as far as it is written. */
export function judged(edition: LineEdition, draft: Draft, now: Instant, ground: Ground): readonly Refusal[] {
  const panel: Known<PanelFacts> = {
    ...ground,
    size: given(draft.panelSize),
    experts: given(draft.panelExperts),
    estimate: amountOf(draft.estimate),
  };
  const offer = offerOf(edition, draft);
  const scored = offer?.template === 'comprehensive';
  const most = parameterInForce(edition.parameters.candidatesMax, ground);
  const plan: Known<PlanFacts> = {
    panelExperts: given(draft.panelExperts),
    seats: given(draft.seats),
    specialties: edition.panel.specialties.map((each) => each.code),
    criteria: given(draft.criteria),
    priceFull: offer?.price === null ? null : given(draft.priceFull),
    scored: offer === undefined ? undefined : scored,
    candidates: given(draft.candidates),
    candidatesMost: { value: parameter(edition.parameters.candidatesMax, ground), says: sentence(most), source: most.source },
  };
  const ofPanel = refusalsBy(edition.rules.panel, panel).map((each) => ({
    ...each,
    looked: new Set([...each.looked].map((key) => panelKeys[key] ?? key)),
  }));
  return [
    ...refusalsBy(edition.rules.notice, noticeFacts(draft, offer, now, ground), [
      'subject',
      'performanceShare',
      'priceWeight',
      'smallDiscount',
      'eliminationShare',
      'agreementMonths',
    ]),
    ...ofPanel,
    ...refusalsBy(planRules, plan),
  ];
}

/** The refusals that a save of these fields brings about; what was stored before and has aged since is only shown. */
export const refusedNow = (refusals: readonly Refusal[], changed: readonly string[]): readonly Refusal[] =>
  refusals.filter((each) => changed.some((key) => each.looked.has(key) || each.field === key));

/** One problem for several refusals: the first names it, every field says what is wrong with it. */
export function problemFor(refusals: readonly Refusal[]): Problem | null {
  const [first] = refusals;
  if (first === undefined) return null;
  return first.problem({
    rule: first.rule,
    source: first.source,
    says: first.says,
    fields: refusals.map(({ field, says }) => ({ path: field, says })),
  });
}

/** The rules a form shows beside each field, before anything goes wrong. */
export function groundsByField(
  edition: LineEdition,
  ground: Ground,
): Readonly<Record<string, { rule: string; source: Words; says: Words }[]>> {
  const all = [...edition.rules.notice, ...edition.rules.panel, ...planRules];
  // figures of the law first: they are what people look for
  const rules = [...all.filter((each) => each.parameter !== null), ...all.filter((each) => each.parameter === null)];
  const grounds: Record<string, { rule: string; source: Words; says: Words }[]> = {};
  for (const each of rules) grounds[each.field] = [...(grounds[each.field] ?? []), statedBy(each, ground)];
  for (const [field, keys] of Object.entries(edition.told))
    for (const key of keys) {
      const row = parameterInForce(key, ground);
      grounds[field] = [...(grounds[field] ?? []), { rule: key, source: row.source, says: sentence(row) }];
    }
  return grounds;
}

export interface SuggestedTimes {
  readonly documentsUntil: Instant;
  readonly deadline: Instant;
  /** the State Council's calendar of that year is not published yet */
  readonly provisional: boolean;
}

/**
 * The earliest legal times if the notice were published now: documents offered to the end of the last day the law asks for, the deadline
 * at half past nine of the first working day on which the time for bidding is over.
 */
export function suggestedTimes(edition: LineEdition, ground: Ground): SuggestedTimes {
  const { on } = ground;
  const reckon = (key: 'documentsWindowMin' | 'bidPeriodMin'): { day: DayString; provisional: boolean } => {
    const span = period(edition.parameters[key], ground);
    return span.unit === 'workday' ? addWorkingDays(on, span.count, calendar) : movedOffRestDay(addDays(on, span.count), calendar);
  };
  const window = reckon('documentsWindowMin');
  const bidding = reckon('bidPeriodMin');
  const halfPastNine = later(endOfDay(addDays(bidding.day, -1)), 9.5 * 3_600_000);
  return {
    documentsUntil: later(endOfDay(window.day), -60_000),
    deadline: sameTimeOn(halfPastNine, bidding.day),
    provisional: window.provisional || bidding.provisional,
  };
}
