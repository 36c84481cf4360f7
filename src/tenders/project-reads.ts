import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, yuan } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { regionName, regions } from '../parties/region.ts';
import { editionInForce } from '../rulebook/edition.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameterInForce } from '../rulebook/parameters.ts';
import type { NewProjectAnswer, ProjectAnswer, ProjectPageAnswer, ProjectsAnswer } from './answers.ts';
import { lineOf, linesInUse, procedureOf } from './line.ts';
import { phaseOf, phases } from './phases.ts';
import { hosts, namesOf, seesDrafts } from './reads.ts';
import { Lot, Project } from './schema.ts';
import { inTradeOf } from './vocabulary-reads.ts';

export const lineChoices = () => linesInUse().map((line) => ({ value: line.id, label: line.title }));
/** Every way besides the usual one of its line, named with its line. */
const procedureChoices = () =>
  linesInUse().flatMap(({ title, procedures: [, ...others] }) =>
    others.map((each) => ({ value: each.id, label: { zh: `${title.zh} · ${each.title.zh}`, en: `${title.en} · ${each.title.en}` } })),
  );
export const regionChoices = () => regions.map((region) => ({ value: region.code, label: region.name }));
export const phaseChoices = () =>
  (Object.keys(phases) as (keyof typeof phases)[])
    .filter((each) => each !== 'draft')
    .map((each) => ({ value: each, label: phases[each].title }));

/** A project as pages show it. */
export function projectAnswer(project: Project, nameOf: (code: string) => string): ProjectAnswer {
  const { id, number, name, line, approvalNumber, approvedBy, funds, region, tenderee, agent, registeredAt } = project;
  return {
    id,
    number,
    tradeCode: project.tradeCode ?? null,
    name,
    line,
    lineName: lineOf(line).title,
    procedure: procedureOf(project).id,
    procedureName: procedureOf(project).title,
    category: project.category ?? null,
    methodApproval: project.methodApproval ?? null,
    intentionOn: project.intentionOn ?? null,
    intentionWaived: project.intentionWaived ?? null,
    approvalNumber,
    approvedBy,
    funds,
    estimate: yuan(fen(project.estimate)),
    region,
    regionName: regionName(region),
    tenderee: { code: tenderee, name: nameOf(tenderee) },
    agent: agent ? { code: agent, name: nameOf(agent) } : null,
    registeredAt,
  };
}

/** A lot as a line of a list. */
export function lotRow(lot: Lot) {
  const { id, number, name, publishedAt, deadline } = lot;
  const phase = phaseOf(lot.phase);
  return {
    id,
    number,
    tradeCode: lot.tradeCode ?? null,
    name,
    phase,
    phaseTitle: phases[phase].title,
    publishedAt: publishedAt ?? null,
    deadline: deadline ?? null,
  };
}

/** The projects this actor hosts, newest first, with their lots. */
export async function projectsOf(em: EntityManager, by: Actor, now: Instant): Promise<ProjectsAnswer> {
  if (by.code === null) return { projects: [] };
  const own = by.role === 'agent' ? { agent: by.code } : { tenderee: by.code };
  const projects = await em.find(Project, own, { orderBy: { registeredAt: 'desc', id: 'desc' }, limit: 200 });
  const lots = await em.find(Lot, { project: { $in: projects.map((each) => each.id) } }, { orderBy: { number: 'asc' } });
  const nameOf = await namesOf(
    em,
    projects.flatMap((each) => [each.tenderee, each.agent ?? null]),
  );
  return {
    projects: projects.map((project) => ({
      ...projectAnswer(project, nameOf),
      lots: lots
        .filter((lot) => lot.project === project.id)
        .map((lot) => {
          const row = lotRow(lot);
          const { line, procedure } = project;
          return { ...row, phaseTitle: inTradeOf({ line, procedure, edition: lot.edition }, now)(row.phaseTitle) };
        }),
    })),
  };
}

/** One project for those who may see it: its host, the trading centre, the regulator. Its lots as far as the reader may see them. */
export async function projectPage(em: EntityManager, by: Actor, id: string): Promise<ProjectPageAnswer> {
  const project = await em.findOne(Project, { id });
  if (project === null) throw notFound();
  const mayDraft = hosts(by, project);
  if (!(await seesDrafts(em, by, project))) throw notFound();
  const lots = await em.find(Lot, { project: project.id }, { orderBy: { number: 'asc' } });
  const nameOf = await namesOf(em, [project.tenderee, project.agent ?? null]);
  return { project: projectAnswer(project, nameOf), lots: lots.map(lotRow), mayDraft };
}

/** What the registration form offers. */
export function newProject(by: Actor, now: Instant): NewProjectAnswer {
  const on = dayOf(now);
  const keys = linesInUse().flatMap(({ procedures: [usual] }) => Object.values(editionInForce(usual, on).parameters.mandatory));
  const thresholds = [...new Set(keys)].map((key) => {
    const row = parameterInForce(key, on);
    return { rule: row.key, source: row.source, says: sentence(row) };
  });
  return {
    lines: lineChoices(),
    procedures: procedureChoices(),
    regions: regionChoices(),
    as: by.role === 'agent' ? 'agent' : 'tenderee',
    thresholds,
  };
}
