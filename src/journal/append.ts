import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fact } from '../kernel/act.ts';
import type { Actor } from '../kernel/actor.ts';
import { base64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { commit } from './merkle.ts';
import { isVeiled, veil, veiledType, veilPlaces } from './veil.ts';
import { veiledRows } from './veiled-reads.ts';

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
  const rows: EventLine[] = [];
  for (const [place, each] of facts.entries())
    rows.push({ place, ...(isVeiled(each) ? await veiled(em, each, by, now) : plain(each, by, now)) });
  // one statement: the lock is there before the first position is given, because the rows are made from it
  await em.execute(
    `with pen as materialized (select pg_advisory_xact_lock_shared(?))
     insert into journal_event (id, type, at, lot, party, actor, body, salt, commitment, address, veil)
     select f.id, f.type, ?::timestamptz, f.lot, f.party, f.actor, f.body, decode(f.salt, 'hex'), decode(f.commitment, 'hex'), f.address, f.veil
     from pen, json_to_recordset(?::json) as f(place int, id uuid, type text, lot uuid, party text, actor uuid, body text, salt text, commitment text, address text, veil text)
     order by f.place`,
    [journalLock, now, JSON.stringify(rows)],
  );
  return rows.map((row) => row.id);
}

interface EventRowText {
  readonly id: string;
  readonly type: string;
  readonly lot: string | null;
  readonly party: string | null;
  readonly actor: string | null;
  readonly address: string | null;
  readonly body: string;
  readonly salt: string;
  readonly commitment: string;
  readonly veil: string | null;
}
type EventLine = EventRowText & { readonly place: number };

const freshSalt = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32));

function plain({ type, subject, data }: Fact, by: Actor, now: Instant): EventRowText {
  const salt = freshSalt();
  const { body, commitment } = commit({ type, at: now, subject, data }, salt);
  return {
    id: newId(now),
    type,
    lot: subject.lot ?? null,
    party: subject.party ?? null,
    actor: by.user,
    address: by.address,
    body,
    salt: hex(salt),
    commitment: hex(commitment),
    veil: null,
  };
}

/** The row of an event that tells nothing but its time. What stands as its salt is chance: the true one is sealed with it, because both together would let a guess be tried. */
async function veiled(em: EntityManager, { type, subject, data }: Fact, by: Actor, now: Instant): Promise<EventRowText> {
  const salt = freshSalt();
  const event = { type, at: now, subject, data };
  const id = newId(now);
  return {
    id,
    type: veiledType,
    lot: null,
    party: null,
    actor: null,
    address: null,
    body: veil(id, { event, salt, actor: by.user, address: by.address }),
    salt: hex(freshSalt()),
    commitment: hex(commit(event, salt).commitment),
    veil: subject.lot === undefined ? base64url(freshSalt()) : await nextPlace(em, subject.lot),
  };
}

async function nextPlace(em: EntityManager, lot: string): Promise<string> {
  // two who write for the same lot at once would take the same place
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, ?))', [`veil/${lot}`, journalLock]);
  const [place] = veilPlaces(lot, (await veiledRows(em, lot)).length);
  if (place === undefined) throw new Error('this process was given no key of veiled events');
  return place;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
