import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { editionInForce } from '../rulebook/edition.ts';
import { procedureOf } from './line.ts';
import { editionOf } from './lot-reads.ts';
import { Lot, Project } from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

const about = z.object({ lot: z.uuid().optional(), project: z.uuid().optional() });

/** How the line of the lot, or the project, that an address names calls things; null where it names none. */
export async function vocabularyFor(em: EntityManager, params: unknown, now: Instant): Promise<Vocabulary | null> {
  const named = about.safeParse(params);
  if (!named.success) return null;
  const lot = named.data.lot ? await em.findOne(Lot, { id: named.data.lot }) : null;
  const id = lot?.project ?? named.data.project;
  const project = id === undefined ? null : await em.findOne(Project, { id });
  if (!project) return null;
  const edition = lot ? editionOf(lot, project, now) : editionInForce(procedureOf(project), dayOf(now));
  return edition.wording.vocabulary;
}
