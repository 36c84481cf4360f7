import type { Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';

type EntityManager = Call['em'];

/** Something pending that makes a lot stand still: an unanswered objection, later an order or an auction. */
export interface Hold {
  readonly says: Words;
  readonly since: Instant;
  /** page where it is settled */
  readonly href: string;
}

/** One challenge as the written report tells it. `by` is null while the objector's name is sealed. */
export interface ChallengeRecord {
  readonly stage: string;
  readonly by: string | null;
  readonly text: string;
  readonly raisedAt: Instant;
  readonly answer: string | null;
  readonly answeredAt: Instant | null;
}

type Find<T> = (em: EntityManager, lot: string) => Promise<readonly T[]>;

const holders = new Map<string, Find<Hold>>();
let recorded: Find<ChallengeRecord> = async () => [];

/** A later room says what it holds a lot for. Each room once, under its own name. */
export function provideHolds(room: string, find: Find<Hold>): void {
  holders.set(room, find);
}

/** The challenges room says here what was objected and answered; until it does, nothing was. */
export function provideChallengeRecord(find: Find<ChallengeRecord>): void {
  recorded = find;
}

/** Everything that holds a lot now, oldest first. */
export async function holdsOn(em: EntityManager, lot: string): Promise<readonly Hold[]> {
  const found: Hold[] = [];
  for (const find of holders.values()) found.push(...(await find(em, lot)));
  return found.sort((a, b) => (a.since < b.since ? -1 : 1));
}

export const challengesOf: Find<ChallengeRecord> = (em, lot) => recorded(em, lot);
