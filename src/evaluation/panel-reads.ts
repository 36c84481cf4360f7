import type { EntityManager } from '@mikro-orm/postgresql';
import { specialtyTitle } from '../experts/classification.ts';
import { knowsNames } from '../experts/names.ts';
import { lotHeadOf, nameReader } from '../experts/reads.ts';
import { DrawSeat } from '../experts/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/problem.ts';
import { termsOf } from '../tenders/lot.ts';
import { allows } from '../tenders/phases.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import type { PanelAnswer } from './answers.ts';
import { maskWords } from './mask.ts';
import { isMember } from './member-reads.ts';
import { EvaluationReport, PanelMember } from './schema.ts';

/** The panel of a lot as this reader may see it: seats and masks for everyone, names from the moment they may be known. */
export async function panelPage(em: EntityManager, by: Actor, id: string): Promise<PanelAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  if (!lot.publishedAt) throw notFound();
  const { panel } = termsOf(lot);
  const rows = await em.find(PanelMember, { lot: lot.id }, { orderBy: { seat: 'asc', formedAt: 'asc' } });
  const drawn = await em.find(DrawSeat, { lot: lot.id, state: { $in: ['accepted', 'called'] } });
  const accepted = new Set(drawn.filter((seat) => seat.state === 'accepted').map((seat) => seat.id));
  const reader = await nameReader(em, by, lot.id, project);
  const named = knowsNames(reader, lot);
  const host = hosts(by, project);
  const concerned = host || reader.sits || reader.supervises || by.role === 'centre';
  // an expert whose draw was put out of force has no seat any more, though the panel has not been formed again
  const sits = (row: PanelMember): boolean => !row.leftAt && (!row.drawSeat || accepted.has(row.drawSeat));
  const sitting = rows.filter(sits);
  const experts = sitting.filter((row) => row.kind === 'expert').length;
  const vacant = { experts: panel.experts - experts, representatives: panel.size - panel.experts - (sitting.length - experts) };
  const seated = new Set(sitting.map((row) => row.drawSeat));
  const waiting = drawn.filter((seat) => seat.state === 'accepted' && !seated.has(seat.id)).length;
  const concluded = (await em.count(EvaluationReport, { lot: lot.id })) > 0;
  const full = vacant.experts === 0 && vacant.representatives === 0;
  return {
    lot: lotHeadOf(lot),
    size: panel.size,
    experts: panel.experts,
    members: rows.map((row) => ({
      seat: row.seat,
      mask: maskWords(row.mask),
      kind: row.kind,
      specialty: row.specialty ? specialtyTitle(row.specialty) : null,
      name: named && (sits(row) || lot.resultedAt) ? row.name : null,
      state: sits(row) ? 'sitting' : row.recusedFor ? 'recused' : 'replaced',
      declared: concerned && sits(row) ? Boolean(row.declaredAt) : null,
      you: isMember(row, by),
    })),
    vacant,
    accepted: waiting,
    called: drawn.filter((seat) => seat.state === 'called').length,
    startedAt: lot.evaluationStartedAt ?? null,
    host,
    may: {
      form: host && allows('form-panel', lot.phase) && !full && !concluded && waiting >= vacant.experts,
      start: host && allows('start-evaluation', lot.phase) && full && sitting.every((row) => row.declaredAt),
      draw: host && allows('request-draw', lot.phase) && drawn.length === 0 && !concluded,
    },
  };
}
