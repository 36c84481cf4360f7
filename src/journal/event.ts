import type { z } from 'zod';
import type { Fact } from '../kernel/act.ts';
import type { Actor } from '../kernel/actor.ts';
import { events } from './event-list.ts';
import type { Audience, EventSpec, Moment } from './event-spec.ts';

export { events } from './event-list.ts';
export type { Audience, Moment, Shown } from './event-spec.ts';

export type EventType = keyof typeof events;
export type EventData<T extends EventType> = z.infer<(typeof events)[T]['data']>;

/** Ids an event is about. `lot` ties it to a lot; `party` is the code of the organisation it belongs to; `actor` the user. */
export interface Subject {
  readonly lot?: string;
  readonly project?: string;
  readonly party?: string;
  readonly actor?: string;
  readonly expert?: string;
  readonly organisation?: string;
  /** a seat of the panel: whose it is, the event does not tell */
  readonly member?: string;
}

/** Writes a fact of the closed list; the data is checked by the compiler and again by its schema. */
export function fact<T extends EventType>(type: T, subject: Subject, data: EventData<T>): Fact {
  events[type].data.parse(data);
  const ids: Record<string, string> = {};
  for (const [key, value] of Object.entries(subject)) if (value !== undefined && value !== null) ids[key] = value;
  return { type, subject: ids, data };
}

/** An event as it stands in the journal (protocol §1), exactly what is hashed. */
export interface JournalEvent {
  readonly type: string;
  readonly at: string;
  readonly subject: Readonly<Record<string, string>>;
  readonly data: unknown;
}

/** What of a lot decides who sees its events: which moments it has reached, and who its people are. */
export interface LotView {
  readonly reached: ReadonlySet<Moment>;
  /** evaluations that were done again: what had been shown of one stays shown, while the next is confidential until its own moments */
  readonly versions?: readonly { readonly until: string; readonly reached: ReadonlySet<Moment> }[];
  /** codes of the tenderee and its agent */
  readonly host: ReadonlySet<string>;
  /** codes of those whose bids were opened (empty before the opening) */
  readonly bidders: ReadonlySet<string>;
  /** expert record ids and user ids of the panel */
  readonly panel: ReadonlySet<string>;
  /** the lot is opened to its group alone, and there is no result yet: the public, and suppliers among each other, learn nothing of who takes part */
  readonly behindDoors?: boolean;
  /** whose seat is whose: member id → expert record id, or user id of the representative */
  readonly seats?: ReadonlyMap<string, string>;
}

/** What of an event decides who sees it. Without a time it is judged as one of now. */
interface SeenEvent {
  readonly type: string;
  readonly at?: string;
  readonly subject: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/** Has the lot reached this moment for an event of that time? */
export const hasReached = ({ reached, versions = [] }: LotView, moment: Moment, at?: string): boolean =>
  reached.has(moment) || (at !== undefined && versions.some((version) => at < version.until && version.reached.has(moment)));

/**
 * May this reader see this event now? Pure: the table above, the lot's moments, and who the reader is.
 * A moment other than `now` needs a lot that has reached it; an event without a lot is then not shown.
 */
export function maySee(event: SeenEvent, reader: Actor, lot: LotView | null): boolean {
  const spec = events[event.type as EventType] as EventSpec | undefined;
  if (!spec) return false;
  const audiences = audiencesOf(event, reader, lot);
  const outside = lot?.behindDoors === true && !audiences.some((each) => within.has(each));
  for (const audience of audiences) {
    const from = spec.shown[audience];
    if (from === undefined || (outside && audience === 'public' && !toldOutdoors(spec, event.data))) continue;
    if (from === 'now') return true;
    if (lot && hasReached(lot, from, event.at)) return true;
  }
  return false;
}

/** Who is within closed doors. What is for those who take part, one by one or all of them, says so itself. */
const within: ReadonlySet<Audience> = new Set(['host', 'panel', 'regulator']);
const toldOutdoors = ({ outdoors }: EventSpec, data: unknown): boolean =>
  outdoors === true || (typeof outdoors === 'function' && outdoors(data));

function audiencesOf(event: { subject: Readonly<Record<string, string>> }, reader: Actor, lot: LotView | null): Audience[] {
  const found: Audience[] = ['public'];
  const { subject } = event;
  const ownParty = subject.party !== undefined && reader.code !== null && subject.party === reader.code && reader.role !== 'expert';
  const ownUser = subject.actor !== undefined && reader.user !== null && subject.actor === reader.user;
  const ownExpert = subject.expert !== undefined && reader.expert !== null && subject.expert === reader.expert;
  const seated = subject.member === undefined ? undefined : lot?.seats?.get(subject.member);
  const ownSeat = seated !== undefined && (seated === reader.expert || seated === reader.user);
  if (ownParty || ownUser || ownExpert || ownSeat) found.push('self');
  if (reader.role === 'regulator') found.push('regulator');
  if (reader.role === 'administrator') found.push('administrator');
  if (lot) {
    if ((reader.role === 'agent' || reader.role === 'tenderee') && reader.code !== null && lot.host.has(reader.code)) found.push('host');
    if (reader.role === 'centre') found.push('host');
    if (reader.role === 'bidder' && reader.code !== null && lot.bidders.has(reader.code)) found.push('bidders');
    if ((reader.expert !== null && lot.panel.has(reader.expert)) || (reader.user !== null && lot.panel.has(reader.user)))
      found.push('panel');
  }
  return found;
}
