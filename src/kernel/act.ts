import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { Actor, Role } from './actor.ts';
import type { Instant } from './clock.ts';
import { instantOf } from './clock.ts';
import { invalidInput, notFound, notPermitted, notSignedIn, Problem } from './problem.ts';
import type { Words } from './words.ts';

/** One fact an act adds to the journal (the closed list of types is in journal/event.ts). */
export interface Fact {
  readonly type: string;
  readonly subject: Readonly<Record<string, string>>;
  readonly data: unknown;
}
export type Facts = readonly [Fact, ...Fact[]];

/** What an act is given: the transaction's entity manager, who acts, and the one `now` of the database's clock. */
export interface Call {
  readonly em: EntityManager;
  readonly by: Actor;
  readonly now: Instant;
}

/**
 * An act: who may do it, what it takes, and what it does in one transaction. It answers a result and at least one fact.
 * Lock order everywhere: tender (lot), bids by id, journal last.
 */
export interface Act<Command, Result> {
  readonly name: string;
  readonly by: readonly Role[];
  readonly says: Words;
  readonly takes: z.ZodType<Command>;
  run(call: Call, command: Command): Promise<{ readonly result: Result; readonly facts: Facts }>;
}

const registry = new Map<string, Act<unknown, unknown>>();

/** Declares an act. The table of roles × acts is printed from these declarations and tested whole. */
export function act<Command, Result>(declaration: Act<Command, Result>): Act<Command, Result> {
  if (registry.has(declaration.name)) throw new Error(`act '${declaration.name}' is declared twice`);
  registry.set(declaration.name, declaration as unknown as Act<unknown, unknown>);
  return declaration;
}

/** Every declared act, by name. */
export function allActs(): readonly Act<unknown, unknown>[] {
  return [...registry.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the frame needs from the house: a fork of the store per call, the journal's pen, and a nudge after commit. */
export interface Frame {
  fork(): EntityManager;
  /** Writes facts into the journal, inside the caller's transaction; takes the journal lock, which comes last. Answers the event ids. */
  append(em: EntityManager, facts: readonly Fact[], by: Actor, now: Instant): Promise<readonly string[]>;
  /** A keyed digest, by which a text is known again in a table that does not tell it. */
  mark(text: string): string;
  /** Told after commit; only a nudge, readers fetch by number. */
  announce(): void;
}

export interface Performed<Result> {
  readonly result: Result;
  /** ids of the journal events the act wrote, in order */
  readonly events: readonly string[];
  readonly at: Instant;
}

/** The database's clock (a sandbox node may shift it), read in this transaction. */
export async function databaseNow(em: EntityManager): Promise<Instant> {
  const rows = await em.execute<{ now: Date | string }[]>('select yangguang_now() as now');
  const now = rows[0]?.now;
  if (now === undefined) throw new Error('the database did not tell the time');
  return instantOf(new Date(now));
}

/**
 * Performs an act: permit → one transaction { one now → lock → decide → write → facts } → announce.
 * A Problem rolls everything back and, for a signed-in actor, is journalled by itself (at most one a minute per actor, subject and problem).
 */
export async function perform<Command, Result>(
  frame: Frame,
  act: Act<Command, Result>,
  by: Actor,
  input: unknown,
): Promise<Performed<Result>> {
  let command: Command | undefined;
  try {
    permit(act, by);
    command = parse(act.takes, input);
    const taken = command;
    const performed = await frame.fork().transactional(async (em) => {
      const now = await databaseNow(em);
      const { result, facts } = await act.run({ em, by, now }, taken);
      await em.flush();
      const events = await frame.append(em, facts, by, now);
      return { result, events, at: now };
    });
    frame.announce();
    return performed;
  } catch (error) {
    if (error instanceof Problem && by.user !== null) await noteRefusal(frame, act.name, by, command ?? input, error);
    throw error;
  }
}

function permit(act: Act<never, unknown> | Act<unknown, unknown> | { by: readonly Role[] }, by: Actor): void {
  if (act.by.includes(by.role)) return;
  throw by.role === 'public' ? notSignedIn() : notPermitted();
}

/** Reads input at the edge into a command; every fault is named beside its field. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  throw invalidInput({
    fields: read.error.issues.map((issue) => ({ path: issue.path.join('.'), says: saidByIssue(issue) })),
  });
}

/** Zod messages may carry both languages as `中文 | English`; others get the plain bilingual sentence. */
export function saidByIssue(issue: z.core.$ZodIssue): Words {
  const [zh, en] = issue.message.split(' | ');
  if (zh && en) return { zh, en };
  if (issue.code === 'invalid_type' && issue.input === undefined) return { zh: '必填。', en: 'Required.' };
  if (issue.code === 'too_small') return { zh: '太短、太小或未填写。', en: 'Too short, too small or empty.' };
  if (issue.code === 'too_big') return { zh: '太长或太大。', en: 'Too long or too large.' };
  return { zh: '格式不正确。', en: issue.message };
}

async function noteRefusal(frame: Frame, act: string, by: Actor, input: unknown, problem: Problem): Promise<void> {
  const lot = lotOf(input);
  await frame.fork().transactional(async (em) => {
    const now = await databaseNow(em);
    const fresh = await em.execute<{ first: boolean }[]>(
      `insert into refusal_note (mark, minute) values (?, date_trunc('minute', ?::timestamptz)) on conflict do nothing returning true as first`,
      [frame.mark(`refusal/${by.user}/${lot ?? ''}/${problem.problem}`), now],
    );
    if (fresh.length === 0) return;
    const subject: Record<string, string> = { actor: by.user ?? '' };
    if (lot) subject.lot = lot;
    if (by.code) subject.party = by.code;
    await frame.append(
      em,
      // who is on a panel is secret for longer than who bids: such refusals are a type of their own
      [
        {
          type: by.role === 'expert' ? 'expert.refused' : 'act.refused',
          subject,
          data: { act, problem: problem.problem, rule: problem.detail.rule ?? null },
        },
      ],
      by,
      now,
    );
  });
}

function lotOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('lot' in input)) return undefined;
  return typeof input.lot === 'string' && /^[0-9a-f-]{36}$/.test(input.lot) ? input.lot : undefined;
}

/** Locks one row for the rest of the transaction (SELECT … FOR UPDATE); a missing row is the plain `not-found`. */
export async function lock<T extends object>(call: Call, entity: { new (): T } | (abstract new () => T), id: string): Promise<T> {
  const row = await call.em.findOne(entity as never, { id } as never, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (row === null) throw notFound();
  return row as T;
}
