import type { EntityManager } from '@mikro-orm/postgresql';
import type { Act, Frame } from './act.ts';
import type { Instant } from './clock.ts';
import type { FileStore } from './files.ts';

/**
 * What the platform does by itself when its time has come. Nothing is queued: what is due is found from the state at every beat, so a
 * killed worker loses nothing and a restarted one repeats nothing. The act compares the time and the state again, in its transaction.
 */
export interface Clockwork<Command> {
  readonly name: string;
  readonly act: Act<Command, unknown>;
  /** the commands that are due now */
  due(em: EntityManager, now: Instant): Promise<readonly Command[]>;
}

/** Work too long for a transaction (decrypting, drawing a paper): found from the state too, ends in an act that checks again. */
export interface Chore<Item> {
  readonly name: string;
  find(em: EntityManager, now: Instant): Promise<readonly Item[]>;
  /** what names the item in the log and in the list of those that wait for another try */
  key(item: Item): string;
  work(item: Item, tools: { readonly frame: Frame; readonly files: FileStore }): Promise<void>;
}

const wheels: Clockwork<unknown>[] = [];
const chores: Chore<unknown>[] = [];

export function clockwork<Command>(declaration: Clockwork<Command>): Clockwork<Command> {
  wheels.push(declaration as unknown as Clockwork<unknown>);
  return declaration;
}
export function chore<Item>(declaration: Chore<Item>): Chore<Item> {
  chores.push(declaration as unknown as Chore<unknown>);
  return declaration;
}

export const allClockwork = (): readonly Clockwork<unknown>[] => wheels;
export const allChores = (): readonly Chore<unknown>[] => chores;
