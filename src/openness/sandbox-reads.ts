import type { EntityManager } from '@mikro-orm/postgresql';
import { type Instant, instantOf } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';

/** A moment at which something happens in a lot. All of them stand in its public notices. */
export interface Moment {
  readonly lot: string;
  readonly number: string;
  readonly name: string;
  readonly what: Words;
  readonly at: Instant;
}

const moments = {
  documents_until: { zh: '招标文件获取截止', en: 'Documents are no longer given out' },
  deadline: { zh: '投标截止，自动开标', en: 'Deadline: the bids are opened' },
  publicity_until: { zh: '候选人公示期满', en: 'Publicity of the candidates ends' },
  contract_until: { zh: '合同订立期限', en: 'The contract is due' },
} satisfies Record<string, Words>;

const each = Object.keys(moments)
  .map(
    (column) =>
      `select id, number, name, '${column}' as what, ${column} as at from lot where published_at is not null and failed_at is null`,
  )
  .join(' union all ');

/** The moments to come, the next first: of one lot, or of all. */
export async function momentsAhead(em: EntityManager, now: Instant, lot: string | null, limit: number): Promise<readonly Moment[]> {
  const rows = await em.execute<{ id: string; number: string; name: string; what: keyof typeof moments; at: string }[]>(
    `select * from (${each}) m where at > ? and (?::uuid is null or id = ?::uuid) order by at, id limit ?`,
    [now, lot, lot, limit],
  );
  return rows.map(({ id, number, name, what, at }) => ({ lot: id, number, name, what: moments[what], at: instantOf(new Date(at)) }));
}
