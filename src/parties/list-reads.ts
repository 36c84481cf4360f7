import type { EntityManager } from '@mikro-orm/postgresql';
import { dateOf, type Instant, instantOf, later } from '../kernel/clock.ts';
import { writeRevocationList } from '../sealing/revocation-list.ts';
import type { Suite } from '../sealing/scheme.ts';
import { theAuthority } from './authority.ts';
import { listedRevocations } from './certificate-reads.ts';
import { figures } from './settings.ts';

const hour = 3_600_000;

/** The list of each suite signed last: the same content is signed once. */
const kept = new Map<Suite, { readonly key: string; readonly der: Uint8Array }>();

/**
 * The revocation list of a suite's issuing authority (DER), made from the tables. Its moment is the last change or the last full hour, and its number that
 * moment in milliseconds: it only goes up, and every web process gives out the same bytes without asking another.
 */
export async function currentList(em: EntityManager, now: Instant, suite: Suite = 'international'): Promise<Uint8Array> {
  const { issuing } = theAuthority(suite);
  const { entries, changedAt } = await listedRevocations(em, now, suite);
  const fullHour = instantOf(new Date(Math.floor(dateOf(now).getTime() / hour) * hour));
  const from = issuing.certificate.notBefore > fullHour ? issuing.certificate.notBefore : fullHour;
  const thisUpdate = changedAt !== null && changedAt > from ? changedAt : from;
  const key = JSON.stringify([issuing.certificate.fingerprint, thisUpdate, entries]);
  const last = kept.get(suite);
  if (last?.key === key) return last.der;
  const nextUpdate = later(thisUpdate, figures().listHours * hour);
  const number = BigInt(dateOf(thisUpdate).getTime());
  const der = await writeRevocationList({ number, thisUpdate, nextUpdate, entries }, issuing);
  kept.set(suite, { key, der });
  return der;
}
