import { type EventType, events } from '../journal/event.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';

/** One entry of a lot's history as one reader may see it. */
export interface TimelineEntry {
  /** number of the event in the journal; null while the sequencer has not numbered it */
  readonly number: number | null;
  readonly event: string;
  readonly type: string;
  readonly at: Instant;
  readonly says: Words;
  /** who did it, where that may be said; null otherwise */
  readonly actor: string | null;
  readonly data: unknown;
}

/**
 * Acts of the host, which the notice names anyway. Everything else stays without a name here: a bidder's or an expert's name
 * stands in the data of the event when it may be known, and nowhere before.
 */
const hostEvents = new Set<string>([
  'project.registered',
  'lot.drafted',
  'document.published',
  'notice.published',
  'question.answered',
  'addendum.published',
  'objection.answered',
  'record.closed',
  'candidates.published',
  'award.determined',
  'award.notified',
  'contract.registered',
  'contract.filed',
  'report.filed',
  'tender.terminated',
] satisfies EventType[]);

export const isByHost = (type: string): boolean => hostEvents.has(type);

const unknownEvent: Words = { zh: '其他记录', en: 'Other entry' };

/** What an event is called on a timeline. */
export const saidOf = (type: string): Words => (type in events ? events[type as EventType].says : unknownEvent);
