import { type Given, givenIn } from '../evaluation/given.ts';
import type { ProvenEvent } from '../journal/receipt.ts';
import { fill } from '../kernel/words.ts';
import type { Checklist } from './checks.ts';
import { type ReadData, type ReadType, readEvents } from './events.ts';

/** An event whose data the verifier can read. */
export interface Placed<T extends ReadType> {
  readonly type: T;
  readonly index: number;
  readonly at: string;
  readonly subject: Readonly<Record<string, string>>;
  readonly data: ReadData<T>;
  /** the data as hashed, with every member */
  readonly raw: unknown;
}

/** The proven events of one lot in journal order, by type. An event whose data cannot be read refutes the bundle. */
export class History {
  private readonly events: readonly Placed<ReadType>[];
  private readonly list: Checklist;

  constructor(proven: readonly ProvenEvent[], list: Checklist) {
    this.list = list;
    this.events = proven.flatMap((each) => placed(each, list)).sort((a, b) => a.index - b.index);
  }

  all<T extends ReadType>(...types: readonly T[]): Placed<T>[] {
    return this.events.filter((each): each is Placed<T> => types.some((type) => type === each.type));
  }

  /** The only event of a type; a second one refutes the bundle. */
  one<T extends ReadType>(type: T): Placed<T> | undefined {
    const [first, ...more] = this.all(type);
    if (more.length > 0) this.list.that(fill({ zh: '事件 {type} 只出现一次', en: 'Event {type} stands once' }, { type }), false);
    return first;
  }

  last<T extends ReadType>(type: T): Placed<T> | undefined {
    return this.all(type).at(-1);
  }

  /** The latest time that an entry bears; empty where there is none. */
  newest(): string {
    return this.events.reduce((latest, { at }) => (at > latest ? at : latest), '');
  }

  /** What members of the panel gave below an index: the last of each. */
  given(before: number): Given {
    const told = this.all('sheet.opened', 'bid.reviewed', 'bid.scored', 'pseudonyms.revealed').filter((each) => each.index < before);
    return givenIn(told.map(({ type, raw }) => ({ type, data: raw })));
  }

  has(type: ReadType): boolean {
    return this.events.some((each) => each.type === type);
  }
}

function placed({ index, event }: ProvenEvent, list: Checklist): Placed<ReadType>[] {
  const { type, at, subject, data } = event;
  if (!isRead(type)) return [];
  const read = readEvents[type].safeParse(data);
  if (!read.success)
    list.that(fill({ zh: '事件 {index}（{type}）内容完整', en: 'Event {index} ({type}) is whole' }, { index, type }), false);
  return read.success ? [{ type, index, at, subject, data: read.data, raw: data }] : [];
}

const isRead = (type: string): type is ReadType => Object.hasOwn(readEvents, type);
