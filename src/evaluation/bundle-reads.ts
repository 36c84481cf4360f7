import type { EntityManager } from '@mikro-orm/postgresql';
import { Submission } from '../bids/schema.ts';
import type { Instant } from '../kernel/clock.ts';
import { Fraction } from '../kernel/fraction.ts';
import { dayOf } from '../kernel/working-days.ts';
import { DrawRequest as DrawRow, OpeningItem } from '../openings/schema.ts';
import { parameter } from '../rulebook/parameters.ts';
import type { DrawTranscript } from '../sealing/draw.ts';
import { partsUpTo } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { declaredIn } from '../tenders/policy.ts';
import { brandKey } from '../tenders/same-brand.ts';
import type { Lot } from '../tenders/schema.ts';
import { blindingOf, nameWhileBlind } from './blind-reads.ts';
import { blindMethod, masked } from './blind-work.ts';
import { type EvaluationBundle, evaluationFormat, methodShape } from './bundle.ts';
import { correctedPrices, type EnquiryFacts, unconfirmed } from './enquiry.ts';
import { enquiriesOf } from './enquiry-reads.ts';
import { sittingMembers } from './member-reads.ts';
import { type GivenMark, outliersIn } from './outlier.ts';
import { judgedPart, methodUpTo } from './part-work.ts';
import { type Progress, progressOf } from './progress.ts';
import { disqualified } from './qualification-reads.ts';
import { type Enquiry, EvaluationVersion, type PanelMember } from './schema.ts';

/** A bid before the panel; what stands in it besides its price is read when somebody looks at it. */
export interface JudgedBid {
  readonly submission: string;
  readonly bidderName: string;
  /** the corrected one where its bidder confirmed it, else the one read out */
  readonly price: string;
  /** as the bid names it, where the notice asks for it */
  readonly brand: string | null;
  /** which deductions of the policy it declares */
  readonly small: boolean;
  readonly domestic: boolean;
}
/** The newest version of a verdict or a mark, as plain values: a day of work holds thousands of them. */
interface Sheet {
  readonly member: string;
  readonly submission: string;
  readonly reason: string | null;
  readonly version: number;
}
export type VerdictRow = Sheet & { readonly item: string; readonly pass: boolean };
export type MarkRow = Sheet & { readonly criterion: string; readonly score: string };

/** Everything the panel of a lot has before it and has done so far: newest versions, of those who sit. */
export interface PanelWork {
  readonly members: readonly PanelMember[];
  readonly bids: readonly JudgedBid[];
  readonly reviews: readonly VerdictRow[];
  readonly scores: readonly MarkRow[];
  readonly progress: Progress;
  /** what was asked of bidders; a bid whose correction was not confirmed is not among `bids` */
  readonly enquiries: readonly Enquiry[];
  /** marks far from the others' (XE-7), once everybody's are in: before, the warning would tell what others gave */
  readonly outliers: readonly GivenMark[];
}

export async function panelWork(em: EntityManager, lot: Lot): Promise<PanelWork> {
  const members = await sittingMembers(em, lot.id);
  const enquiries = await enquiriesOf(em, lot.id);
  const seats = [lot.id, `{${members.map((member) => member.id).join(',')}}`];
  // in an order that does not depend on the database: ids, then the names of rows by their bytes
  const given = await em.execute<VerdictRow[]>(
    `select distinct on (member, submission, item collate "C") member, submission, item, pass, reason, version from review
     where lot = ? and member = any(?::uuid[]) order by member, submission, item collate "C", version desc`,
    seats,
  );
  const marks = await em.execute<MarkRow[]>(
    `select distinct on (member, submission, criterion collate "C") member, submission, criterion, score, reason, version from score
     where lot = ? and member = any(?::uuid[]) order by member, submission, criterion collate "C", version desc`,
    seats,
  );
  const named = { bids: await judgedBids(em, lot, enquiries), reviews: given, scores: marks };
  // while a part is judged blind nobody who reads this learns a name: whoever writes asks blind-reads.ts whose a pseudonym is
  const blinding = await blindingOf(em, lot);
  const { bids, reviews, scores } = blinding ? masked(named, blinding, nameWhileBlind) : named;
  const method = methodUpTo(termsOf(lot), judgedPart(lot));
  const progress = progressOf({
    method: blinding ? blindMethod(method, blinding) : method,
    members: members.map((member) => member.id),
    bids: bids.map(({ submission: id, price, brand }) => ({ id, price, ...(brand === null ? {} : { brand }) })),
    verdicts: reviews.map(({ member, submission, item, pass }) => ({ member, bid: submission, item, pass })),
    marks: scores.map(({ member, submission, criterion, score }) => ({ member, bid: submission, criterion, score })),
  });
  return { members, bids, reviews, scores, progress, enquiries, outliers: progress.complete ? outliersOf(lot, progress, scores) : [] };
}

/** By the figures of the day on which the evaluation began. */
function outliersOf(lot: Lot, progress: Progress, scores: readonly MarkRow[]): readonly GivenMark[] {
  const on = dayOf(lot.evaluationStartedAt as Instant);
  const scored = new Set(progress.scored);
  const subjective = termsOf(lot).criteria.filter(({ kind }) => kind === 'subjective');
  const rule = { points: Fraction.of(parameter('op.outlier.points', on)), share: parameter('op.outlier.share', on) };
  return outliersIn(
    scores.filter((row) => scored.has(row.submission)),
    new Set(subjective.map(({ id }) => id)),
    rule,
  );
}

/** The prices without the bills of quantities they come from; without the bids that are not qualified or whose correction was not confirmed. */
async function judgedBids(em: EntityManager, lot: Lot, enquiries: readonly EnquiryFacts[]): Promise<JudgedBid[]> {
  const rows = await em.execute<(Omit<JudgedBid, 'small' | 'domestic'> & { readonly figures: Record<string, string> })[]>(
    `select o.submission, o.bidder_name as "bidderName", coalesce(o.bid ->> 'price', '') as price, coalesce(o.bid -> 'figures', '{}') as figures,
       (select b.bid -> 'figures' ->> ? from opening_item b where b.lot = o.lot and b.submission = o.submission
        and b.state = 'opened' and b.bid -> 'figures' ->> ? is not null order by b.id limit 1) as brand
     from opening_item o where o.lot = ? and o.part = ? and o.state = 'opened' order by o.read_order, o.id`,
    [brandKey, brandKey, lot.id, judgedPart(lot)],
  );
  const gone = new Set([...unconfirmed(enquiries), ...(await disqualified(em, lot.id)).keys()]);
  const corrected = correctedPrices(enquiries);
  const form = termsOf(lot).bidForm;
  return rows
    .filter(({ submission }) => !gone.has(submission))
    .map(({ figures, ...row }) => ({
      ...row,
      ...declaredIn(form, figures),
      price: corrected.get(row.submission) ?? row.price,
    }));
}

/** What was opened of one bid: its envelopes up to the one that is judged, in the order of their sessions. */
export const openedOf = (em: EntityManager, lot: Lot, submission: string): Promise<OpeningItem[]> =>
  em.find(
    OpeningItem,
    { lot: lot.id, state: 'opened', submission, part: { $in: [...partsUpTo(termsOf(lot).parts, judgedPart(lot))] } },
    { orderBy: { id: 'asc' } },
  );

/**
 * Puts the published inputs of the award together: opened bids, every member's newest verdicts and scores, the drawn values and the seed
 * of the session's draw. Reviewers are named by their seats' ids, as in the event `panel.formed`. Scores of bids that are out are left out:
 * the arithmetic asks for the survivors only.
 */
export async function composeBundle(em: EntityManager, lot: Lot, work: PanelWork): Promise<EvaluationBundle> {
  const received = new Map((await em.find(Submission, { lot: lot.id })).map((submission) => [submission.id, submission.receivedAt]));
  const draw = await em.findOneOrFail(DrawRow, { lot: lot.id, purpose: 'parameters' });
  const version = await em.findOne(EvaluationVersion, { lot: lot.id }, { orderBy: { version: 'desc' } });
  const scored = new Set(work.progress.scored);
  // those who failed with an earlier envelope are in its result, not here
  const judged = new Set(work.bids.map((item) => item.submission));
  const method = methodShape.parse(termsOf(lot).method);
  const ofThese = (row: VerdictRow): boolean => judged.has(row.submission);
  return {
    format: evaluationFormat,
    // a further version bears its number, so that nobody's signature on one stands under another
    id: version ? `${lot.number}-${version.version + 1}` : lot.number,
    lot: lot.id,
    method,
    drawn: (draw.transcript as DrawTranscript).parameters,
    tieSeed: draw.seed ?? '',
    bids: work.bids.map((item) => ({
      id: item.submission,
      price: item.price,
      small: item.small,
      domestic: item.domestic,
      receivedAt: received.get(item.submission) ?? '',
      ...(method.sameBrand ? { brand: item.brand ?? '' } : {}),
    })),
    reviewers: work.members.map((member) => member.id),
    reviews: work.reviews.filter(ofThese).map(({ member, submission, item, pass }) => ({ reviewer: member, bid: submission, item, pass })),
    sheets: work.scores
      .filter((row) => scored.has(row.submission))
      .map(({ member, submission, criterion, score }) => ({ reviewer: member, bid: submission, criterion, score })),
    adjustments: [],
  };
}
