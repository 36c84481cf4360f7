import { type Instant, later } from '../kernel/clock.ts';
import { addDays, dayOf, dueAfter, endOfDay } from '../kernel/working-days.ts';
import { calendar } from '../rulebook/calendar-data.ts';
import { parameter, period } from '../rulebook/parameters.ts';
import type { LineEdition } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import type { Phase } from '../tenders/phases.ts';
import type { Lot } from '../tenders/schema.ts';
import { questionsUntil } from '../tenders/timetable.ts';

/** From when to when something may be objected to; `end` is the first moment too late. */
export interface Window {
  readonly start: Instant;
  readonly end: Instant;
  /** in which phases */
  readonly phases: readonly Phase[];
}

/** The phases in which the result of a lot of this line is objected to. */
export const resultPhases = (edition: LineEdition): readonly Phase[] => (edition.result ? ['awarded', 'contracted'] : ['publicity']);

/**
 * When the result may be objected to: while the candidates are public before the award; or, where the line publishes the result with it, from the
 * end of that notice on, for so many working days (rules/domain CF-9).
 */
export function resultWindow(lot: Lot, edition: LineEdition): Window | null {
  const { candidatesAt, publicityUntil } = lot;
  if (!candidatesAt || !publicityUntil) return null;
  const phases = resultPhases(edition);
  if (!edition.result) return { start: candidatesAt, end: publicityUntil, phases };
  // the notice ends at 24:00: its last moment lies on its last day
  const { due } = dueAfter(later(publicityUntil, -1), period(edition.result.questions, groundOf(lot, candidatesAt)), calendar);
  return { start: publicityUntil, end: due, phases };
}

/** The first moment too late for objections to the documents, for somebody who collected them then. */
export function documentsWindowEnd(lot: Lot, edition: LineEdition, collectedAt: Instant | null): Instant | null {
  const { deadline, publishedAt } = lot;
  if (!deadline || !publishedAt) return null;
  const { documentObjectionAhead: ahead, documentQuestions: plan } = edition.parameters;
  const ground = groundOf(lot, publishedAt);
  if (ahead !== null) return endOfDay(addDays(dayOf(deadline), -parameter(ahead, ground)));
  const until = plan ? questionsUntil({ publishedAt, collectedAt }, plan, ground) : deadline;
  return until < deadline ? until : deadline;
}
