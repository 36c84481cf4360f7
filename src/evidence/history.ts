import { type EventData, type EventType, events as eventSpecs } from '../journal/event.ts';
import type { ProvenEvent } from '../journal/receipt.ts';
import { fill } from '../kernel/words.ts';
import type { Checklist } from './checks.ts';

/** An event of the closed list with its data read. */
export interface Placed<T extends EventType> {
  readonly type: T;
  readonly index: number;
  readonly at: string;
  readonly subject: Readonly<Record<string, string>>;
  readonly data: EventData<T>;
  /** the data as hashed, with every member */
  readonly raw: unknown;
}

/** The proven events of one lot in journal order, by type. Data that their type does not allow refute the bundle when asked for. */
export class History {
  private readonly proven: readonly ProvenEvent[];
  private readonly list: Checklist;

  constructor(proven: readonly ProvenEvent[], list: Checklist) {
    this.proven = [...proven].sort((a, b) => a.index - b.index);
    this.list = list;
  }

  all<T extends EventType>(...types: readonly T[]): Placed<T>[] {
    return this.proven.flatMap(({ index, event }) => {
      const type = types.find((each) => each === event.type);
      if (type === undefined) return [];
      const read = eventSpecs[type].data.safeParse(event.data);
      if (!read.success)
        this.list.that(fill({ zh: '事件 {index}（{type}）内容完整', en: 'Event {index} ({type}) is whole' }, { index, type }), false);
      return [{ type, index, at: event.at, subject: event.subject, data: read.data as EventData<T>, raw: event.data }];
    });
  }

  /** The only event of a type; a second one refutes the bundle. */
  one<T extends EventType>(type: T): Placed<T> | undefined {
    const [first, ...more] = this.all(type);
    if (more.length > 0) this.list.that(fill({ zh: '事件 {type} 只出现一次', en: 'Event {type} stands once' }, { type }), false);
    return first;
  }

  last<T extends EventType>(type: T): Placed<T> | undefined {
    return this.all(type).at(-1);
  }

  has(type: EventType): boolean {
    return this.proven.some(({ event }) => event.type === type);
  }
}
