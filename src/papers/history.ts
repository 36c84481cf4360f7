import { type EventData, type EventType, events } from '../journal/event.ts';
import type { StoredEvent } from '../journal/reads.ts';

/** One event as papers read it: numbered, and its data of the shape the closed list says. */
export interface Told<T extends EventType = EventType> {
  readonly id: string;
  readonly index: number;
  readonly type: T;
  readonly at: string;
  readonly subject: Readonly<Record<string, string>>;
  readonly data: EventData<T>;
}

/**
 * The events a paper is made of, in journal order: those of its lot and project up to its source, and what was registered before about the
 * organisations, council and node they name. Papers read nothing else of the world.
 */
export interface History {
  all<T extends EventType>(...types: readonly T[]): readonly Told<T>[];
  last<T extends EventType>(type: T): Told<T> | undefined;
  /** the last event of this type; a paper that needs one it does not have cannot be made */
  must<T extends EventType>(type: T): Told<T>;
  /** everything, of any type, its data as stored */
  readonly told: readonly Told[];
}

/** Reads stored events; asking for one whose data is not of its type's shape throws, and so does one that has no place in the journal yet. */
export function historyOf(stored: readonly StoredEvent[]): History {
  const told = stored.map(toldOf).sort((a, b) => a.index - b.index);
  const read = new Map<string, Told>();
  const readOne = (each: Told): Told => {
    const known = read.get(each.id) ?? { ...each, data: events[each.type].data.parse(each.data) as EventData<EventType> };
    read.set(each.id, known);
    return known;
  };
  const all = <T extends EventType>(...types: readonly T[]): readonly Told<T>[] =>
    told.filter(({ type }) => (types as readonly string[]).includes(type)).map((each) => readOne(each) as Told<T>);
  const last = <T extends EventType>(type: T): Told<T> | undefined => all(type).at(-1);
  return {
    told,
    all,
    last,
    must: (type) => {
      const found = last(type);
      if (!found) throw new Error(`the events of this paper lack '${type}'`);
      return found;
    },
  };
}

function toldOf({ id, index, event }: StoredEvent): Told {
  if (index === null) throw new Error(`event ${id} has no place in the journal yet`);
  const { type, at, subject, data } = event;
  return { id, index, type: type as EventType, at, subject, data: data as EventData<EventType> };
}
