import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fact } from '../kernel/act.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { commit } from './merkle.ts';

/**
 * The journal's lock. Whoever appends holds it with the others until commit, so that transactions end side by side; the sequencer takes it alone for
 * the moment in which it looks (sequence-events.ts): then nobody is between a position and its commit, and what it sees has no gap that fills later.
 */
export const journalLock = 7_201_126;

/**
 * Writes facts into the journal inside the caller's transaction; the journal lock comes last in the lock order.
 * Answers the event ids in order. Each event gets its own 32 random bytes of salt (protocol §1).
 *
 * `position` is given under the lock and goes up: an act that began after another had committed stands behind it, and so do acts that waited for
 * each other's locks. Of acts that had nothing to do with each other either may come first.
 */
export async function append(em: EntityManager, facts: readonly Fact[], by: Actor, now: Instant): Promise<readonly string[]> {
  const rows = facts.map(({ type, subject, data }, place) => {
    const salt = crypto.getRandomValues(new Uint8Array(32));
    const { body, commitment } = commit({ type, at: now, subject, data }, salt);
    return {
      place,
      id: newId(now),
      type,
      lot: subject.lot ?? null,
      party: subject.party ?? null,
      body,
      salt: hex(salt),
      commitment: hex(commitment),
    };
  });
  // one statement: the lock is there before the first position is given, because the rows are made from it
  await em.execute(
    `with pen as materialized (select pg_advisory_xact_lock_shared(?))
     insert into journal_event (id, type, at, lot, party, actor, body, salt, commitment, address)
     select f.id, f.type, ?::timestamptz, f.lot, f.party, ?::uuid, f.body, decode(f.salt, 'hex'), decode(f.commitment, 'hex'), ?::varchar
     from pen, json_to_recordset(?::json) as f(place int, id uuid, type text, lot uuid, party text, body text, salt text, commitment text)
     order by f.place`,
    [journalLock, now, by.user, by.address, JSON.stringify(rows)],
  );
  return rows.map((row) => row.id);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
