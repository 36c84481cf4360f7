import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fact } from '../kernel/act.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { commit } from './merkle.ts';

/** One writer at a time, until commit: so `position` is commit order and the sequencer never meets a gap that fills later. */
const journalLock = 7_201_126;

/**
 * Writes facts into the journal inside the caller's transaction; the journal lock comes last in the lock order.
 * Answers the event ids in order. Each event gets its own 32 random bytes of salt (protocol §1).
 */
export async function append(em: EntityManager, facts: readonly Fact[], by: Actor, now: Instant): Promise<readonly string[]> {
  await em.execute('select pg_advisory_xact_lock(?)', [journalLock]);
  const ids: string[] = [];
  for (const { type, subject, data } of facts) {
    const id = newId(now);
    const salt = crypto.getRandomValues(new Uint8Array(32));
    const { body, commitment } = commit({ type, at: now, subject, data }, salt);
    await em.execute(
      `insert into journal_event (id, type, at, lot, party, actor, body, salt, commitment, address) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, type, now, subject.lot ?? null, subject.party ?? null, by.user, body, Buffer.from(salt), Buffer.from(commitment), by.address],
    );
    ids.push(id);
  }
  await em.execute(`select pg_notify('journal', '')`);
  return ids;
}
