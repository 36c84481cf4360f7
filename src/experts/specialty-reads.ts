import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { dayOf } from '../kernel/working-days.ts';
import { certainties } from '../rulebook/parameter.ts';
import type { SpecialtiesAnswer } from './answers.ts';
import { sizeFor } from './band.ts';
import { classification, parentOf, shippedSpecialties, type Tree, treeOf } from './classification.ts';
import { Specialty } from './schema.ts';
import { readySql } from './standing-reads.ts';

/** The classification as it stands here: what is shipped, and what an administrator added. */
export async function specialtyTree(em: EntityManager): Promise<Tree> {
  const added = await em.find(Specialty, {}, { orderBy: { code: 'asc' } });
  return treeOf(added.map(({ code, zh, en }) => ({ code, title: { zh, en } })));
}

/** The classification as a page: every entry with where it comes from, and how many experts of the pool hold it or something below it. */
export async function specialtiesPage(em: EntityManager, by: Actor, now: Instant): Promise<SpecialtiesAnswer> {
  const added = await em.find(Specialty, {});
  const ready = readySql(dayOf(now));
  const counted = await em.execute<{ code: string; count: number }[]>(
    `select code, count(*)::int as count from expert e, unnest(branches) code where ${ready.sql} group by code`,
    [...ready.values],
  );
  const counts = new Map(counted.map(({ code, count }) => [code, count]));
  const entries = [
    ...shippedSpecialties.map(({ code, title, certainty }) => ({
      code,
      title,
      certainty: certainties[certainty] as Words | null,
      version: classification.version,
    })),
    ...added.map(({ code, zh, en, version }) => ({ code, title: { zh, en }, certainty: null, version })),
  ].sort((a, b) => (a.code < b.code ? -1 : 1));
  return {
    source: classification.source,
    version: classification.version,
    entries: entries.map((entry) => ({ ...entry, parent: parentOf(entry.code), size: sizeFor(by, counts.get(entry.code) ?? 0) })),
    mayImport: by.role === 'administrator',
  };
}
