import type { EntityManager } from '@mikro-orm/postgresql';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { parseVerifierKey } from './checkpoint.ts';
import type { RefusalReport } from './refusal.ts';
import { claimedSeconds } from './witness.ts';

/** A registered witness that has not cosigned what there is to cosign for so long is said to be silent. */
export const silentAfterSeconds = 15 * 60;

/** The keys of everyone who witnesses now; of those who hold a share of the council only, where it is about them. */
export async function presentWitnesses(em: EntityManager, { ofCouncil = false } = {}): Promise<readonly string[]> {
  const rows = await em.execute<{ vkey: string }[]>(
    `select vkey from journal_witness where removed_at is null ${ofCouncil ? 'and not independent' : ''} order by vkey`,
  );
  return rows.map((row) => row.vkey).filter((vkey) => parseVerifierKey(vkey) !== undefined);
}

export type WitnessAlarm = 'refused' | 'silent';

/** How a witness stands to the journal. */
export interface WitnessStanding {
  readonly name: string;
  readonly vkey: string;
  readonly independent: boolean;
  /** the largest tree it cosigned, and when it says it did so (its own clock); null when it never has */
  readonly last: { readonly size: number; readonly at: Instant } | null;
  readonly alarm: WitnessAlarm | null;
  /** its newest report, while nothing it cosigned came after */
  readonly refusal: RefusalReport | null;
}

interface StandingFields {
  name: string;
  vkey: string;
  independent: boolean;
  since: string | null;
  size: string | null;
  line: string | null;
  refusal: RefusalReport | null;
  newest: string | null;
  now: number;
}

/** Every present witness: how far it has cosigned, and whether it refuses or has fallen silent. Public, so that nobody need be believed about it. */
export async function witnessStandings(em: EntityManager): Promise<readonly WitnessStanding[]> {
  const rows = await em.execute<StandingFields[]>(
    `select w.name, w.vkey, w.independent, w.since, s.size, s.line, r.report as refusal, (select max(size) from journal_checkpoint) as newest,
       extract(epoch from clock_timestamp())::double precision as now
     from journal_witness w
     left join lateral (select size, line, at from journal_cosignature where witness = w.name order by size desc limit 1) s on true
     left join lateral (select at, body::jsonb #> '{data,report}' as report from journal_event
       where type = 'witness.refused' and body::jsonb #>> '{data,witness}' = w.name order by position desc limit 1) r on s.at is null or r.at >= s.at
     where w.removed_at is null order by w.independent, w.name`,
  );
  return rows.map(standingOf);
}

function standingOf({ name, vkey, independent, since, size, line, refusal, newest, now }: StandingFields): WitnessStanding {
  const seconds = line === null ? undefined : claimedSeconds(line);
  const behind = newest !== null && Number(newest) > Number(size ?? 0);
  // a trustee's program is judged from its first cosignature on; an independent one from its registration
  const heard = seconds ?? (since === null ? undefined : Date.parse(since) / 1000);
  const silent = behind && heard !== undefined && now - heard > silentAfterSeconds;
  return {
    name,
    vkey,
    independent,
    last: size === null || seconds === undefined ? null : { size: Number(size), at: instantOf(new Date(seconds * 1000)) },
    alarm: refusal ? 'refused' : silent ? 'silent' : null,
    refusal,
  };
}
