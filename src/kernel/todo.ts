import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from './actor.ts';
import type { Instant } from './clock.ts';
import type { Words } from './words.ts';

/** One thing somebody has to do: by when, what, on what ground, and what happens if not. */
export interface Todo {
  readonly due: Instant | null;
  readonly what: Words;
  /** the matter it concerns: lot or project name */
  readonly about: string;
  /** law and article, or the parameter */
  readonly why: Words;
  readonly otherwise: Words;
  readonly href: string;
  readonly action: Words;
}

/** Finds what somebody has to do in one room. It sees no more than that person may. */
export type TodoFinder = (em: EntityManager, by: Actor, now: Instant) => Promise<readonly Todo[]>;

/** text order is time order, and this stands after every moment */
const never = '~';

const finders = new Map<string, TodoFinder>();

/** A room says how its part of the to-do list is found; the workspace joins them all. */
export function provideTodo(room: string, find: TodoFinder): void {
  if (finders.has(room)) throw new Error(`the to-do list of '${room}' is provided twice`);
  finders.set(room, find);
}

/** What waits for somebody in every room, most pressing first; what has no time limit stands last. */
export async function todosOf(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  const found: Todo[] = [];
  for (const find of finders.values()) found.push(...(await find(em, by, now)));
  const rank = (todo: Todo): string => todo.due ?? never;
  return found.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}
