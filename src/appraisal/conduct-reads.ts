import type { EntityManager } from '@mikro-orm/postgresql';
import { PanelMember } from '../evaluation/schema.ts';
import { knowsNames } from '../experts/names.ts';
import { nameReader } from '../experts/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { seesDrafts } from '../tenders/reads.ts';
import { Lot, Project } from '../tenders/schema.ts';
import type { ConductAnswer, EntryAnswer } from './answers.ts';
import { conductWords, consequenceWords } from './conduct.ts';
import { objectionUntil } from './objection-limit.ts';
import { ConductEntry } from './schema.ts';

/** What was entered, objections first: of the lots that this supervisor watches, or that the centre entered itself. */
export async function conductOf(em: EntityManager, by: Actor, now: Instant): Promise<ConductAnswer> {
  const where = by.role === 'centre' ? { enteredBy: by.user ?? '' } : {};
  const rows = await em.find(ConductEntry, where, { orderBy: { enteredAt: 'desc', id: 'desc' }, limit: 500 });
  const entries = await entryAnswers(em, by, rows, now);
  return { entries: [...entries].sort((a, b) => Number(b.state === 'objected') - Number(a.state === 'objected')) };
}

/** Entries as this reader may read them; those of lots it does not watch are left out. */
export async function entryAnswers(em: EntityManager, by: Actor, rows: readonly ConductEntry[], now: Instant): Promise<EntryAnswer[]> {
  const lots = new Map((await em.find(Lot, { id: { $in: [...new Set(rows.map(({ lot }) => lot))] } })).map((lot) => [lot.id, lot]));
  const projects = await em.find(Project, { id: { $in: [...lots.values()].map(({ project }) => project) } });
  const members = new Map((await em.find(PanelMember, { id: { $in: rows.map(({ member }) => member) } })).map((row) => [row.id, row]));
  const answers: EntryAnswer[] = [];
  for (const row of rows) {
    const lot = lots.get(row.lot);
    const project = projects.find(({ id }) => id === lot?.project);
    const member = members.get(row.member);
    if (!lot || !project || !member) continue;
    if (by.role === 'regulator' && !(await seesDrafts(em, by, project))) continue;
    const named = row.expert === by.expert || knowsNames(await nameReader(em, by, lot.id, project), lot);
    const on = dayOf(row.enteredAt);
    answers.push({
      id: row.id,
      lot: lot.id,
      about: lot.name,
      who: named ? member.name : member.mask,
      ...conductWords(row.code, on),
      points: row.points,
      ground: row.ground,
      evidence: row.evidence,
      at: row.enteredAt,
      until: row.until,
      state: row.state,
      consequence: consequenceWords[row.consequence],
      objection: row.objection ?? null,
      decision: row.decision ?? null,
      objectUntil: objectionUntil(row.enteredAt),
      may: {
        object: row.expert === by.expert && row.state === 'standing' && now < objectionUntil(row.enteredAt),
        decide: by.role === 'regulator' && row.state === 'objected' && row.enteredBy !== by.user,
      },
    });
  }
  return answers;
}
