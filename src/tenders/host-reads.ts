import type { Call } from '../kernel/act.ts';
import { notFound } from '../kernel/problem.ts';
import { regionWatched } from '../parties/reads.ts';
import { regionsWithin } from '../rulebook/regions.ts';
import { type Lot, Project } from './schema.ts';

/**
 * The project of a lot, if the actor may act as its host: the tenderee itself or the agent it entrusted (or the platform's clock).
 * For anyone else the lot is simply not there: a foreign agent learns nothing.
 */
export async function hostedBy(call: Call, lot: Lot): Promise<Project> {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const { role, code } = call.by;
  if (role === 'system') return project;
  if (role === 'agent' && code !== null && project.agent === code) return project;
  if (role === 'tenderee' && code !== null && project.tenderee === code) return project;
  throw notFound();
}

/** The project of a lot, if the actor supervises its region; a lot elsewhere is not there for a supervisor who acts. */
export async function watchedBy(call: Call, lot: Lot): Promise<Project> {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const area = await regionWatched(call.em, call.by);
  if (area === null || !regionsWithin(area).includes(project.region)) throw notFound();
  return project;
}
