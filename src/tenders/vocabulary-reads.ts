import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { editionFor } from './line.ts';
import { Lot, Project } from './schema.ts';
import { inTheWordsOf, type Vocabulary } from './vocabulary.ts';

const about = z.object({ lot: z.uuid().optional(), project: z.uuid().optional() });

/** How the line of the lot, or the project, that an address names calls things; null where it names none. */
export async function vocabularyFor(em: EntityManager, params: unknown, now: Instant): Promise<Vocabulary | null> {
  const named = about.safeParse(params);
  if (!named.success) return null;
  const lot = named.data.lot ? await em.findOne(Lot, { id: named.data.lot }) : null;
  const id = lot?.project ?? named.data.project;
  const project = id === undefined ? null : await em.findOne(Project, { id });
  return project && editionFor(project, lot?.edition, now).wording.vocabulary;
}

/** Puts what is said of a lot into the words of its trade. */
export type InTrade = (words: Words) => Words;

/** For a row of a list whose lots are of several lines: the page itself names no lot, so each row speaks for its own. */
export const inTradeOf = (
  { line, procedure, edition }: { readonly line: string; readonly procedure: string; readonly edition: string | null | undefined },
  now: Instant,
): InTrade => {
  const { vocabulary } = editionFor({ line, procedure }, edition, now).wording;
  return (words) => inTheWordsOf(vocabulary, words);
};

/** The same for rows that know a lot only by its id; what concerns no lot is left as it is. */
export async function inTradeOfEach(em: EntityManager, lots: readonly string[], now: Instant): Promise<(lot: string | null) => InTrade> {
  const found = await em.find(Lot, { id: { $in: [...new Set(lots)] } }, { fields: ['id', 'project', 'edition'] });
  const projects = new Map((await em.find(Project, { id: { $in: found.map((lot) => lot.project) } })).map((each) => [each.id, each]));
  const trades = new Map<string, InTrade>();
  for (const { id, project, edition } of found) {
    const of = projects.get(project);
    if (of) trades.set(id, inTradeOf({ line: of.line, procedure: of.procedure, edition }, now));
  }
  return (lot) => trades.get(lot ?? '') ?? ((words) => words);
}
