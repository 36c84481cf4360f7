import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fact } from '../kernel/act.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { commit } from './merkle.ts';

/**
 * Writes facts into the journal inside the caller's transaction; the journal lock comes last in the lock order.
 * Answers the event ids in order. Each event gets its own 32 random bytes of salt (protocol §1).
 *
 * `journal_append` takes the lock and keeps it until commit, so `position` is commit order and the sequencer never meets a gap that fills later. It also
 * lets this commit end before it is on the disk, so that nobody waits for a disk with the lock in hand: the caller answers nobody before `settlerOf` says
 * that it is there, and the sequencer's own commit, which follows in the same write-ahead log, carries it there before any checkpoint covers it.
 */
export async function append(em: EntityManager, facts: readonly Fact[], by: Actor, now: Instant): Promise<readonly string[]> {
  const entries = facts.map(({ type, subject, data }) => {
    const salt = crypto.getRandomValues(new Uint8Array(32));
    const { body, commitment } = commit({ type, at: now, subject, data }, salt);
    return {
      id: newId(now),
      type,
      at: now,
      lot: subject.lot ?? null,
      party: subject.party ?? null,
      actor: by.user,
      body,
      salt: Buffer.from(salt).toString('hex'),
      commitment: Buffer.from(commitment).toString('hex'),
      address: by.address,
    };
  });
  await em.execute('select journal_append(?::json)', [JSON.stringify(entries)]);
  return entries.map(({ id }) => id);
}

/**
 * What waits until everything committed so far is on the disk, and wakes the sequencer. Those who come while one is under way share the next: a commit
 * that writes something carries everything before it in the write-ahead log to the disk.
 */
export function settlerOf(fork: () => EntityManager): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    await fork().execute(`select pg_logical_emit_message(true, 'yangguang', ''), pg_notify('journal', '')`);
  };
  return () => {
    next ??= running
      // whoever waited for that one has been told
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        running = flush();
        return running;
      });
    return next;
  };
}
