import { type Instant, later } from '../kernel/clock.ts';
import type { Fen } from '../kernel/money.ts';
import { problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import {
  addDays,
  addWorkingDays,
  type DayString,
  dayOf,
  daysBetween,
  dueAfter,
  endOfDay,
  isWorkingDay,
  longEnoughAfter,
  longEnoughBefore,
  movedOffRestDay,
  type Span,
  sameTimeOn,
  workingDaysBetween,
} from '../kernel/working-days.ts';
import { calendar } from '../rulebook/calendar-data.ts';
import { type FieldRule, fieldRule, figureRule } from '../rulebook/figure-rule.ts';
import type { Ground } from '../rulebook/ground.ts';
import { cite, platformRule, tenderingLaw } from '../rulebook/law.ts';
import { type Dated, type KeyOf, parameterInForce, period, type UniformKeyOf } from '../rulebook/parameters.ts';

/** What a notice is judged by before it is published. Amounts in fen; `on` is the day of publication. */
export interface NoticeFacts extends Ground {
  readonly now: Instant;
  /** documents are offered from here … */
  readonly documentsFrom: Instant;
  /** … to here */
  readonly documentsUntil: Instant;
  readonly deadline: Instant;
  readonly publicityDays: number;
  /** what is bought; decides which cap and threshold apply. Works where nothing is said. */
  readonly subject?: Subject | undefined;
  readonly estimate: Fen;
  readonly ceiling: Fen | null;
  readonly security: Fen | null;
  /** performance security as a share of the contract, e.g. `0.1`; null when none is asked */
  readonly performanceShare?: string | null | undefined;
  /** points of a hundred that the price carries; null where the method does not score it */
  readonly priceWeight?: string | null | undefined;
  /** what is deducted from the price of small enterprises, as a percentage; null: nothing */
  readonly smallDiscount?: string | null | undefined;
  /** of a framework agreement: what share of suppliers is eliminated, as a percentage, and how many months it lasts */
  readonly eliminationShare?: string | null | undefined;
  readonly agreementMonths?: number | null | undefined;
}
export type Subject = 'works' | 'goods' | 'services';

type DayKey = KeyOf<'day' | 'workday'>;

/** Beijing date for sentences. */
const on = (at: Instant): DayString => dayOf(at);

/** Days or working days from one moment to another, counted as the unit says (DAY-7). */
function counted(from: Instant, to: Instant, unit: Span['unit']): number {
  if (unit === 'workday') return workingDaysBetween(dayOf(from), dayOf(to), calendar).count;
  return daysBetween(dayOf(from), dayOf(to));
}

/** Does a period that runs forward from a start last at least so long? */
export function lastsAtLeast(from: Instant, to: Instant, span: Span): boolean {
  return span.unit === 'workday' ? counted(from, to, span.unit) >= span.count : longEnoughAfter(from, to, span.count);
}

/** The first date on which a minimum period that starts with an event is over. */
export function earliest(from: Instant, span: Span): DayString {
  return span.unit === 'workday' ? addWorkingDays(dayOf(from), span.count, calendar).day : addDays(dayOf(from), span.count);
}

export const bidPeriodTooShort = problem('bid-period-too-short', 'refused', '投标时间太短。', 'The time for bidding is too short.');
export const documentsWindowTooShort = problem(
  'documents-window-too-short',
  'refused',
  '招标文件发售期太短。',
  'The documents are not offered long enough.',
);
export const timetableOutOfOrder = problem('timetable-out-of-order', 'refused', '时间安排前后矛盾。', 'The times are not in order.');
export const addendumTooLate = problem(
  'addendum-too-late',
  'refused',
  '距截止时间不足，应顺延投标截止时间。',
  'Too close to the deadline: the deadline must move.',
);
export const objectionTooLate = problem('objection-too-late', 'refused', '已过提出异议的期限。', 'The time for objections is over.');
export const publicityTooShort = problem(
  'publicity-too-short',
  'refused',
  '公示期不符合规定。',
  'The period of publicity does not comply.',
);
export const publicityNotOver = problem('publicity-not-over', 'refused', '公示期未满。', 'The period of publicity is not over.');

/** Issue of the documents to deadline, e.g. ≥ 20 days. */
export const bidPeriodAtLeast = (id: string, key: DayKey): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, DayKey>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'deadline',
    problem: bidPeriodTooShort,
    refuses(facts) {
      const span = period(key, facts);
      if (lastsAtLeast(facts.documentsFrom, facts.deadline, span)) return false;
      const first = earliest(facts.documentsFrom, span);
      return {
        zh: `${on(facts.documentsFrom)}开始发出，截止时间最早为${first}`,
        en: `Issue starts on ${on(facts.documentsFrom)}: the deadline is ${first} at the earliest.`,
      };
    },
  });

/** How long the documents are offered, e.g. ≥ 5 days. */
export const documentsWindowAtLeast = (id: string, key: DayKey): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, DayKey>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'documentsUntil',
    problem: documentsWindowTooShort,
    refuses(facts) {
      const span = period(key, facts);
      if (lastsAtLeast(facts.documentsFrom, facts.documentsUntil, span)) return false;
      const first = earliest(facts.documentsFrom, span);
      return {
        zh: `${on(facts.documentsFrom)}开始发售，最早到${first}`,
        en: `The offer starts on ${on(facts.documentsFrom)}: it ends on ${first} at the earliest.`,
      };
    },
  });

/** Rules of order that need no figure and hold in every line. */
export const deadlineAhead = fieldRule<NoticeFacts>({
  id: 'TIME-1',
  acts: ['draft-lot', 'publish-notice'],
  source: cite(platformRule),
  says: { zh: '投标截止时间必须晚于当前时间', en: 'the deadline lies in the future' },
  problem: timetableOutOfOrder,
  field: 'deadline',
  refuses: (facts) => facts.deadline <= facts.now && { field: 'deadline' },
});
export const documentsEndBeforeDeadline = fieldRule<NoticeFacts>({
  id: 'TIME-2',
  acts: ['draft-lot', 'publish-notice'],
  source: cite(platformRule),
  says: { zh: '招标文件发售结束不得晚于投标截止时间', en: 'the offer of documents ends before the deadline' },
  problem: timetableOutOfOrder,
  field: 'documentsUntil',
  refuses: (facts) => facts.documentsUntil > facts.deadline && { field: 'documentsUntil' },
});
export const documentsStartFirst = fieldRule<NoticeFacts>({
  id: 'TIME-3',
  acts: ['draft-lot', 'publish-notice'],
  source: cite(platformRule),
  says: { zh: '招标文件发售开始时间不得早于公告发布', en: 'documents are not offered before the notice is published' },
  problem: timetableOutOfOrder,
  field: 'documentsFrom',
  refuses: (facts) => facts.documentsFrom < facts.now && { field: 'documentsFrom' },
});

/** A change of the documents while bids are prepared. */
export interface AddendumFacts extends Ground {
  readonly now: Instant;
  readonly affectsPreparation: boolean;
  /** the deadline that would hold after the addendum */
  readonly deadline: Instant;
}

/** A change that may affect bids comes so many days, or working days, before the deadline, else the deadline moves. */
export const addendumAhead = (id: string, key: DayKey): FieldRule<AddendumFacts> =>
  figureRule<AddendumFacts, DayKey>({
    id,
    acts: ['publish-addendum'],
    key,
    field: 'deadline',
    problem: addendumTooLate,
    refuses(facts) {
      const span = period(key, facts);
      if (!facts.affectsPreparation || lastsAtLeast(facts.now, facts.deadline, span)) return false;
      const first = earliest(facts.now, span);
      return { zh: `投标截止时间最早为${first}`, en: `The deadline is ${first} at the earliest.` };
    },
  });

export interface MovedDeadline {
  readonly deadline: Instant;
  readonly moved: boolean;
  readonly source: Words;
  readonly says: Words;
}

/**
 * The deadline after an addendum: moved to the first date that leaves the days the law asks for, at the same time of day,
 * when the change may affect bids and comes too late; otherwise unchanged. Says which, and why.
 */
export function deadlineAfterAddendum(key: DayKey, facts: AddendumFacts): MovedDeadline {
  const row = parameterInForce(key, facts);
  const span = period(key, facts);
  if (!facts.affectsPreparation) {
    const says = { zh: '不影响投标文件编制，投标截止时间不变。', en: 'It does not affect bids; the deadline stays.' };
    return { deadline: facts.deadline, moved: false, source: row.source, says };
  }
  const left = counted(facts.now, facts.deadline, span.unit);
  const unit = span.unit === 'workday' ? { zh: '个工作日', en: 'working days' } : { zh: '日', en: 'days' };
  if (left >= span.count) {
    const says = {
      zh: `距投标截止尚有${left}${unit.zh}，不少于${span.count}${unit.zh}，截止时间不变。`,
      en: `${left} ${unit.en} are left, no fewer than ${span.count}; the deadline stays.`,
    };
    return { deadline: facts.deadline, moved: false, source: row.source, says };
  }
  const first = earliest(facts.now, span);
  const says = {
    zh: `距投标截止仅${left}${unit.zh}，不足${span.count}${unit.zh}，截止时间顺延至${first}同一时刻。`,
    en: `Only ${left} ${unit.en} are left, fewer than ${span.count}; the deadline moves to the same time on ${first}.`,
  };
  return { deadline: sameTimeOn(facts.deadline, first), moved: true, source: row.source, says };
}

export interface DocumentObjectionFacts extends Ground {
  readonly now: Instant;
  readonly deadline: Instant;
  readonly publishedAt: Instant;
  /** when the one who objects collected the documents; null where it has not */
  readonly collectedAt: Instant | null;
}

/** Objections to the documents come so many days before the deadline. */
export const objectionAhead = (id: string, key: KeyOf<'day'>): FieldRule<DocumentObjectionFacts> =>
  figureRule<DocumentObjectionFacts, KeyOf<'day'>>({
    id,
    acts: ['raise-objection'],
    key,
    field: 'text',
    problem: objectionTooLate,
    refuses(facts, days) {
      if (longEnoughBefore(facts.now, facts.deadline, days)) return false;
      const last = addDays(dayOf(facts.deadline), -days);
      return { zh: `本标段提出异议的最后日期为${last}`, en: `For this lot the last day was ${last}.` };
    },
  });

type WorkdayKey = UniformKeyOf<'workday'>;

/** The first moment too late for a question: so many working days from the end of the period of the notice, or from collecting what is asked about. */
export function questionsUntil(
  given: { readonly publishedAt: Instant; readonly collectedAt: Instant | null },
  plan: { readonly noticePeriod: WorkdayKey; readonly within: WorkdayKey },
  asked: Dated,
): Instant {
  const noticed = lastMomentOf(dueAfter(given.publishedAt, period(plan.noticePeriod, asked), calendar).due);
  const from = given.collectedAt !== null && given.collectedAt > noticed ? given.collectedAt : noticed;
  return dueAfter(from, period(plan.within, asked), calendar).due;
}
/** A period ends at 24:00: its last moment lies on its last day. */
const lastMomentOf = (until: Instant): Instant => later(until, -1);

/** Questions about the documents come within so many working days of knowing them. */
export const questionInTime = (id: string, noticePeriod: WorkdayKey, within: WorkdayKey): FieldRule<DocumentObjectionFacts> =>
  figureRule<DocumentObjectionFacts, WorkdayKey>({
    id,
    acts: ['raise-objection'],
    key: within,
    field: 'text',
    problem: objectionTooLate,
    refuses(facts) {
      const until = questionsUntil(facts, { noticePeriod, within }, facts);
      if (facts.now < until) return false;
      const last = dayOf(lastMomentOf(until));
      return { zh: `对采购文件提出质疑的最后日期为${last}`, en: `The last day for questions about the documents was ${last}.` };
    },
  });

export interface PublicityFacts extends Ground {
  readonly from: Instant;
  /** the first moment after the period */
  readonly until: Instant;
}

const lastDayOf = (facts: PublicityFacts): DayString =>
  addDays(dayOf(facts.until), facts.until === endOfDay(addDays(dayOf(facts.until), -1)) ? -1 : 0);

/** Candidates stay published so many days; the day of publication is not counted. */
export const publicityAtLeast = (id: string, key: KeyOf<'day'>): FieldRule<PublicityFacts> =>
  figureRule<PublicityFacts, KeyOf<'day'>>({
    id,
    acts: ['publish-candidates'],
    key,
    field: 'publicityDays',
    problem: publicityTooShort,
    refuses(facts, days) {
      if (daysBetween(dayOf(facts.from), lastDayOf(facts)) >= days) return false;
      const first = addDays(dayOf(facts.from), days);
      return {
        zh: `${on(facts.from)}公示，最早于${first}结束`,
        en: `Published on ${on(facts.from)}, it ends on ${first} at the earliest.`,
      };
    },
  });

/** The number of days that the notice announces for the later publicity. */
export const announcedPublicityAtLeast = (id: string, key: KeyOf<'day'>): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, KeyOf<'day'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'publicityDays',
    problem: publicityTooShort,
    refuses: (facts, days) => facts.publicityDays < days,
  });

/** The last day of publicity is a working day. */
export const publicityEndsOnWorkingDay = (id: string, key: KeyOf<'text'>): FieldRule<PublicityFacts> =>
  figureRule<PublicityFacts, KeyOf<'text'>>({
    id,
    acts: ['publish-candidates'],
    key,
    field: 'publicityDays',
    problem: publicityTooShort,
    refuses(facts) {
      const last = lastDayOf(facts);
      if (isWorkingDay(last, calendar)) return false;
      const moved = movedOffRestDay(last, calendar).day;
      return { zh: `${last}为休息日，应顺延至${moved}`, en: `${last} is a rest day: it ends on ${moved}.` };
    },
  });

/** When publicity of so many days ends: 24:00 of the last day, moved off rest days (DAY-1, DAY-2, DAY-3). */
export function publicityUntil(from: Instant, days: number): { readonly until: Instant; readonly provisional: boolean } {
  const last = movedOffRestDay(addDays(dayOf(from), days), calendar);
  return { until: endOfDay(last.day), provisional: last.provisional };
}

/** A contract whose price is to be changed: what it was when both first signed, and what it is to be. */
export interface ChangeFacts extends Ground {
  readonly original: Fen;
  readonly price: Fen;
}

export interface AwardFacts {
  readonly now: Instant;
  /** null: the line has no publicity before the award */
  readonly publicityUntil: Instant | null;
}

/** Nobody is awarded while the candidates may still be objected to. */
export const awardAfterPublicity = fieldRule<AwardFacts>({
  id: 'TIME-4',
  acts: ['determine-award'],
  certainty: 'M',
  source: cite(tenderingLaw, '45'),
  says: { zh: '公示期满且异议已答复后方可确定中标人', en: 'the winner is determined after publicity has ended' },
  problem: publicityNotOver,
  field: 'winner',
  refuses: (facts) => (facts.publicityUntil === null || facts.now < facts.publicityUntil) && { field: 'winner' },
});
