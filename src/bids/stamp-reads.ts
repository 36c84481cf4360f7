import type { EntityManager } from '@mikro-orm/postgresql';
import { SubmissionStamp } from './schema.ts';

/** Submissions without a stamp of this authority, the oldest first. */
export async function stampsMissing(em: EntityManager, authority: 'platform' | 'external', most: number): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select s.id from submission s where not exists (select from submission_stamp t where t.submission = s.id and t.authority = ?)
     order by s.received_at, s.id limit ?`,
    [authority, most],
  );
  return rows.map(({ id }) => id);
}

/** Opened lots with stamps that the journal does not hold yet. */
export async function lotsToRecord(em: EntityManager): Promise<string[]> {
  const rows = await em.execute<{ lot: string }[]>(
    `select distinct s.lot from submission_stamp t join submission s on s.id = t.submission join lot on lot.id = s.lot
     where t.recorded_at is null and lot.opened_at is not null`,
  );
  return rows.map(({ lot }) => lot);
}

/** The stamps of a submission (base64 tokens by authority). The caller has asked whether the reader may know of the submission. */
export async function stampsOf(em: EntityManager, submission: string): Promise<Readonly<Record<string, string>>> {
  const found = await em.find(SubmissionStamp, { submission }, { orderBy: { authority: 'asc' } });
  return Object.fromEntries(found.map(({ authority, token }) => [authority, token]));
}
