import type { Instant } from '../kernel/clock.ts';
import type { Fen } from '../kernel/money.ts';
import type { Rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { dayOf } from '../kernel/working-days.ts';
import { type Edition, type Editioned, editionById, editionInForce } from '../rulebook/edition.ts';
import type { FieldRule, TimeLimit } from '../rulebook/figure-rule.ts';
import type { Ground } from '../rulebook/ground.ts';
import type { KeyOf, ParameterKey, UniformKeyOf } from '../rulebook/parameters.ts';
import type { AgreementPlan } from './agreement.ts';
import type { BenchmarkKind, CompositeShares } from './benchmark.ts';
import type { DraftKey } from './draft.ts';
import type { EntryPlan } from './entry.ts';
import type { MendingPlan } from './mending.ts';
import type { MethodChoices, MethodTemplate } from './method.ts';
import type { Phase } from './phases.ts';
import type { ProjectFacts, StartFacts } from './planning.ts';
import type { SecurityPlan } from './security.ts';
import type { SheetWay } from './sheet-way.ts';
import type { TerminationGround } from './termination.ts';
import type { AddendumFacts, AwardFacts, ChangeFacts, DocumentObjectionFacts, NoticeFacts, PublicityFacts } from './timetable.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The shape of a line of trade. A line is a declaration: the engine reads it and never names one. Everything that differs from line
 * to line stands here as data; whatever is not here is the same for all of them.
 */
export interface Line {
  /** kebab-case; the name of its folder in src/lines */
  readonly id: string;
  readonly title: Words;
  readonly says: Words;
  /** trade class of the platform data standard, three characters, first part of every number, e.g. `A01` */
  readonly tradeClass: string;
  readonly ocdsCategory: 'works' | 'goods' | 'services';
  /** the ways in which its contracts are awarded; the first is the usual one */
  readonly procedures: readonly [Procedure, ...Procedure[]];
}

/** One way of awarding a contract within a line (招标方式, 采购方式), chosen when a project is registered: with the dated texts it goes by. */
export interface Procedure extends Editioned<LineEdition> {
  /** kebab-case, unique in its line */
  readonly id: string;
  readonly title: Words;
  /** when it may be chosen */
  readonly says: Words;
  readonly source: Words;
}

/** One dated text of a line. A lot pins it (`lot.edition`) when its notice is published. */
export interface LineEdition extends Edition {
  /** the phases a lot of this line passes when nothing goes wrong, in order; failure and termination are always possible */
  readonly phases: readonly Phase[];
  /** whom the host invites, where not everybody may bid; absent: whoever collects the documents may */
  readonly entry?: EntryPlan;
  /** the engine's question → the figure of the rulebook that answers it */
  readonly parameters: LineParameters;
  /** figures that bind nobody here and are told beside a field of the draft */
  readonly told: Readonly<Partial<Record<DraftKey, readonly ParameterKey[]>>>;
  /** what a bid states and attaches */
  readonly bidForm: readonly BidField[];
  /** how a bid names its brand, where the line knows the rule about bidders of one brand (same-brand.ts) and a notice takes it up */
  readonly sameBrand?: { readonly field: Omit<BidField, 'key'> };
  /** how tendering may end where a lot that was tendered again fails again; absent: it is tendered until it succeeds */
  readonly secondFailure?: readonly SecondFailureWay[];
  /** how a joint bid names its members, where the line knows them and a notice accepts them (joint.ts) */
  readonly joint?: JointPlan;
  /** who looks at the qualification of bidders: the panel, by items of its review, or the host, between opening and evaluation */
  readonly qualifiedBy: 'panel' | 'host';
  /** the group negotiates with each supplier, and those who stay make last offers in a lot of their own; absent: a bid is handed in once */
  readonly negotiation?: NegotiationPlan;
  /** several suppliers enter an agreement, within which single contracts are awarded; absent: one contract is awarded */
  readonly agreement?: AgreementPlan;
  /** what is deducted from the price of whom before prices are compared; absent: nothing */
  readonly policy?: PolicyPlan;
  /** from which price on a bid must be asked to explain it; absent: the panel judges alone whom it asks */
  readonly lowPrice?: LowPricePlan;
  /** how the result is made public where candidates are not published before it; the line then has no phase `publicity` */
  readonly result?: ResultPlan;
  /** how bid securities are held where a notice has them lodged with the platform; absent: the line has none */
  readonly security?: SecurityPlan;
  /** pass-or-fail items of the review, before scoring */
  readonly items: readonly ReviewItem[];
  /** how plain arithmetical errors of a bid are put right, in the order in which the law takes them */
  readonly corrections: readonly CorrectionGround[];
  /** which formal gaps of a bid its bidder may put right once, when the panel asks; absent: none */
  readonly mending?: MendingPlan;
  /** on which grounds a panel stops because of the documents */
  readonly halts: readonly HaltGround[];
  /** on which grounds a host may end a tender; absent: it may not */
  readonly terminations?: readonly TerminationGround[];
  /** suggested criteria of scored methods; the tender documents decide */
  readonly criteria: readonly Criterion[];
  readonly methods: readonly MethodOffer[];
  readonly panel: PanelPlan;
  /** what of a bid may be reviewed blind; absent: the line has no blind review */
  readonly blind?: BlindPlan;
  readonly seals: readonly SealOffer[];
  readonly papers: readonly PaperPlan[];
  readonly rules: RuleSets;
  readonly limits: TimeLimits;
  readonly wording: LineWording;
}

/** How a line calls things, and the sentences of papers that rest on its law; figures in force are filled in. */
export interface LineWording {
  /** null: the words of tendering, in which pages and papers are written */
  readonly vocabulary: Vocabulary | null;
  /** `{ahead}` days before the deadline or `{questions}` working days; answered within `{answer}` */
  readonly documentsObjection: Words;
  /** within what time after the result, and answered within `{answer}` */
  readonly resultObjection: Words;
  /** within `{days}` */
  readonly complaint: Words;
  /** what came before the award, in its letter */
  readonly award: Words;
  /** by which a tender comes to nothing, where it is not the law of tendering */
  readonly failure?: Words;
  /** by which the winner is determined */
  readonly awardGround: Words;
  /** by which the contract says what the bid says */
  readonly sameTerms: Words;
  /** by rule: where a rule that every line keeps stands in this line's own law, where that is not the law of tendering */
  readonly sources?: Readonly<Record<string, Words>>;
}

/** One way in which tendering may end after a second failure. */
export interface SecondFailureWay {
  readonly id: string;
  readonly title: Words;
  readonly source: Words;
  /** of the body that approved the project */
  readonly needsApproval: boolean;
}

/** What the form of a bid asks of several who bid as one: a table of the members, the lead first, and their agreement. */
export interface JointPlan {
  readonly members: Omit<BidField, 'key'>;
  readonly agreement: Omit<BidField, 'key'>;
}

/** Deductions from the original price, as bidders declare them in fields of the form (`counts`). The notice chooses the small enterprises' share. */
export interface PolicyPlan {
  readonly small: { readonly least: UniformKeyOf<'ratio'>; readonly most: UniformKeyOf<'ratio'> };
  readonly domestic: UniformKeyOf<'ratio'>;
}

/** How suppliers are negotiated with behind closed doors, and how many of them must make a last offer. */
export interface NegotiationPlan {
  /** the articles it goes by */
  readonly source: Words;
  readonly suppliersMin: UniformKeyOf<'count'>;
  /** when fewer are enough, and how many then are */
  readonly exceptions: readonly {
    readonly id: string;
    readonly says: Words;
    readonly source: Words;
    readonly least: UniformKeyOf<'count'>;
  }[];
  /** what of the documents may be changed while it goes on; nothing else */
  readonly changeable: readonly { readonly id: string; readonly says: Words }[];
  /** on which grounds it is ended without a result, beside too few suppliers */
  readonly endings: readonly { readonly id: string; readonly says: Words; readonly source: Words }[];
  /** how long suppliers have for their last offers, at least */
  readonly offersMin: UniformKeyOf<'minute'>;
}

/** A conforming bid whose original price lies below one of these shares is asked to explain it, with so much time at least. */
export interface LowPricePlan {
  readonly ofAverage: UniformKeyOf<'ratio'>;
  readonly ofSecondLowest: UniformKeyOf<'ratio'>;
  readonly ofCeiling: UniformKeyOf<'ratio'>;
  readonly minutes: UniformKeyOf<'minute'>;
}

/** The host determines the winner by itself, or by silence; the notice of the result runs, and questions about it follow. */
export interface ResultPlan {
  /** by which the first-ranked counts as determined when the host has let its time (`limits.decideAward`) go by */
  readonly silence: Words;
  readonly noticePeriod: UniformKeyOf<'workday'>;
  /** how long questions about the result are taken once its notice has run */
  readonly questions: UniformKeyOf<'workday'>;
}

/** What a line offers for blind review: the files that can do without names, and the item by which the panel deals with a mark that tells. */
export interface BlindPlan {
  readonly documents: readonly string[];
  readonly item: ReviewItem;
}

/** One rule by which a panel corrects a price; the bidder confirms it, or its bid is out. */
export interface CorrectionGround {
  readonly id: string;
  readonly says: Words;
  readonly source: Words;
}

/** Why nobody can evaluate by the documents as they are. */
export interface HaltGround {
  readonly id: string;
  readonly says: Words;
  readonly source: Words;
}

export interface LineParameters {
  readonly minimumBids: KeyOf<'count'>;
  readonly candidatesMax: KeyOf<'count'>;
  readonly bidPeriodMin: KeyOf<'day' | 'workday'>;
  readonly documentsWindowMin: KeyOf<'day' | 'workday'>;
  readonly addendumAhead: KeyOf<'day' | 'workday'>;
  /** how long before the deadline objections to the documents end; null: they are counted from the notice, by `documentQuestions` */
  readonly documentObjectionAhead: KeyOf<'day'> | null;
  /** how long questions about the documents are taken, from the end of the period of the notice or from collecting them, whichever is later */
  readonly documentQuestions?: { readonly noticePeriod: UniformKeyOf<'workday'>; readonly within: UniformKeyOf<'workday'> };
  /** how long candidates are public before the award; null: they are published with it */
  readonly publicityMin: KeyOf<'day'> | null;
  readonly bidValidityUsual: KeyOf<'day'>;
  readonly securityShareMax: KeyOf<'ratio'>;
  readonly panelMin: KeyOf<'count'>;
  readonly panelExpertShare: KeyOf<'ratio'>;
  /** how long a complaint may be made, for papers and pages */
  readonly complaintMax: KeyOf<'day' | 'workday'>;
  readonly mandatory: Readonly<Record<'works' | 'goods' | 'services', UniformKeyOf<'yuan'>>>;
}

/** The rules by the moment they are asked. Each set is upheld whole; every field knows its rules by `rulesOfField`. */
export interface RuleSets {
  /** asked of the choice of a procedure, when a project is registered */
  readonly project: readonly FieldRule<ProjectFacts>[];
  /** asked with the notice, of what lies before it */
  readonly start: readonly FieldRule<StartFacts>[];
  readonly notice: readonly FieldRule<NoticeFacts>[];
  readonly panel: readonly FieldRule<PanelFacts>[];
  readonly addendum: readonly FieldRule<AddendumFacts>[];
  readonly documentObjection: readonly FieldRule<DocumentObjectionFacts>[];
  readonly publicity: readonly FieldRule<PublicityFacts>[];
  readonly award: readonly FieldRule<AwardFacts>[];
  /** asked when the contract is registered */
  readonly contract: readonly FieldRule<PendingFacts>[];
  /** asked of a change of the contract; absent: the line's law limits none */
  readonly change?: readonly FieldRule<ChangeFacts>[];
}

/** Duties with a time limit: late is a breach and an alert, never a refusal. */
export interface TimeLimits {
  readonly answerObjection: TimeLimit;
  /** absent: candidates are not published before the award */
  readonly publishCandidates?: TimeLimit;
  /** from the report to the host's decision, and from it to the notice of the result; where the line has a `result` */
  readonly decideAward?: TimeLimit;
  readonly publishResult?: TimeLimit;
  readonly signContract: TimeLimit;
  /** from the day of signing to the notice of the contract; absent: no term of its own */
  readonly publishContract?: TimeLimit;
  /** from the day of signing to the filing of a copy of the contract; absent: none is asked for */
  readonly fileContract?: TimeLimit;
  /** the written report to the supervisor; absent: none is asked for */
  readonly fileReport?: TimeLimit;
  /** to those who did not win; from what, the plan of securities says */
  readonly refundSecurity: TimeLimit;
  /** to the winner, from the contract */
  readonly refundWinner: TimeLimit;
  readonly refundWithdrawn: TimeLimit;
  /** counted back from the end of bid validity; absent: the time runs from the report (`decideAward`) */
  readonly determineAward?: TimeLimit;
}

/** What is pending on a lot: unanswered questions and whatever else makes it stand still. */
export interface PendingFacts {
  readonly holds: readonly { readonly says: Words }[];
}

/** A panel as planned in the notice and as formed. */
export interface PanelFacts extends Ground {
  readonly size: number;
  readonly experts: number;
  /** of the lot, in fen; where it is known */
  readonly estimate?: Fen | undefined;
}

export interface Specialty {
  /** code of the expert classification, e.g. `A08` */
  readonly code: string;
  readonly title: Words;
}

export interface PanelPlan {
  readonly size: number;
  readonly experts: number;
  readonly specialties: readonly Specialty[];
  /** the seats a new lot starts with; `reserve` experts stand by for each */
  readonly seats: readonly { readonly specialty: string; readonly count: number; readonly reserve: number }[];
  /** how a new lot's members give their sheets */
  readonly sheets: SheetWay;
}

export type BidFieldKind = 'money' | 'days' | 'text' | 'choice' | 'person' | 'table' | 'file';

/** One field of the bid form. */
export interface BidField {
  readonly key: string;
  readonly label: Words;
  readonly kind: BidFieldKind;
  /** the envelope it goes into where a bid has several */
  readonly part: BidPart;
  readonly required: boolean;
  /** read out at the opening (招标投标法 §36) */
  readonly read: boolean;
  readonly hint?: Words;
  /** the rule the value must keep, and where it comes from */
  readonly rule?: { readonly says: Words; readonly source: Words };
  /** of a table: its columns in order; an uploaded CSV or Excel sheet has these headings */
  readonly columns?: readonly BidFieldColumn[];
  /** of a choice: the values it may have, as they are stored and read out */
  readonly options?: readonly { readonly value: string; readonly label: Words }[];
  /** of a choice: which deduction of the policy it declares, and by which value */
  readonly counts?: { readonly as: 'small' | 'domestic'; readonly value: string };
  /** of a file: accepted file name endings */
  readonly accept?: readonly string[];
}
export interface BidFieldColumn {
  readonly key: string;
  readonly label: Words;
  readonly kind: 'text' | 'number' | 'money';
  readonly required: boolean;
}
export type BidPart = 'qualification' | 'technical' | 'price';

export interface ReviewItem {
  readonly id: string;
  readonly stage: 'qualification' | 'form' | 'response';
  /** the envelope with which it is judged where a bid has several */
  readonly part: BidPart;
  readonly title: Words;
  /** what makes a bid fail */
  readonly says: Words;
  readonly source: Words;
  /** nobody fails a bid here for a price below the ceiling before its bidder was asked to explain it */
  readonly asksFirst?: 'low-price';
}

export interface Criterion {
  readonly id: string;
  readonly title: Words;
  readonly says: Words;
  /** points, decimal text */
  readonly max: string;
  /** the envelope with which it is scored where a bid has several */
  readonly part: BidPart;
  readonly kind: 'objective' | 'subjective';
}

/** A method a lot of this line may choose, with what the wizard starts from. The arithmetic is the evaluation room's. */
export interface MethodOffer {
  readonly id: string;
  readonly template: MethodTemplate;
  /** how the price is scored: by deviation from a benchmark, by ratio to the lowest, or not at all */
  readonly price: 'deviation' | 'ratio' | null;
  readonly title: Words;
  readonly says: Words;
  readonly source: Words;
  readonly benchmarks: readonly BenchmarkKind[];
  /** the shares of a `composite` benchmark; needed where that one is offered */
  readonly composite?: CompositeShares;
  readonly defaults: Partial<MethodChoices>;
}

export type SealPolicy = 'council' | 'bidder+council';

export interface SealOffer {
  readonly policy: SealPolicy;
  readonly title: Words;
  readonly says: Words;
  /** the ways a bid may be cut into envelopes */
  readonly parts: readonly (readonly ['whole'] | readonly BidPart[])[];
}

export interface PaperPlan {
  readonly kind: string;
  readonly title: Words;
  /** the phase in which it is due */
  readonly phase: Phase;
}

const inUse = new Map<string, Line>();

/** Called once by the house with every line the platform trades. */
export function useLines(lines: readonly Line[]): void {
  for (const line of lines) inUse.set(line.id, line);
}

/** Every line in use, in the order given. */
export const linesInUse = (): readonly Line[] => [...inUse.values()];

/** The line of a stored id. An unknown one is a broken store, not a refusal. */
export function lineOf(id: string): Line {
  const line = inUse.get(id);
  if (line === undefined) throw new Error(`no line '${id}' is in use`);
  return line;
}

/** The procedure a project is awarded by. An unknown one is a broken store, not a refusal. */
export function procedureOf({ line, procedure }: { readonly line: string; readonly procedure: string }): Procedure {
  const found = lineOf(line).procedures.find(({ id }) => id === procedure);
  if (found === undefined) throw new Error(`the line '${line}' has no procedure '${procedure}'`);
  return found;
}

/** The edition something of a project stands under: the pinned one, or before publication the one in force. */
export const editionFor = (project: Parameters<typeof procedureOf>[0], pinned: string | null | undefined, now: Instant): LineEdition => {
  const procedure = procedureOf(project);
  return pinned ? editionById(procedure, pinned) : editionInForce(procedure, dayOf(now));
};

/** Rules that every line keeps, with the sources of this line's own law: what a refusal cites, and what a page shows. */
export const underOwnLaw = <R extends { readonly id: string; readonly source: Words }>(
  { wording }: Pick<LineEdition, 'wording'>,
  rules: readonly R[],
): readonly R[] => rules.map((rule) => ({ ...rule, source: wording.sources?.[rule.id] ?? rule.source }));

/** The rules of a set that speak of a field: what a form shows beside it. */
export function rulesOfField<Facts>(
  rules: readonly FieldRule<Facts>[],
  field: string,
): readonly (Rule<Facts> & { readonly field: string })[] {
  return rules.filter((each) => each.field === field);
}

/** The fields read out at the opening, in order. */
export const readAloud = (edition: LineEdition): readonly BidField[] => edition.bidForm.filter((each) => each.read);
