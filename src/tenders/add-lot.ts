import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { editionInForce } from '../rulebook/edition.ts';
import { groundFor } from '../rulebook/override-reads.ts';
import { digestOf, startingDraft } from './draft.ts';
import { lineOf, procedureOf } from './line.ts';
import { lotNumber } from './number.ts';
import { firstPhase } from './phases.ts';
import { hosts } from './reads.ts';
import { Lot, Project } from './schema.ts';
import { nextTradeCode } from './trade-code.ts';

export const lotFields = z.object({ name: z.string().trim().min(1).max(200) });

/** Adds a lot (标段) to a project, with a draft that starts from what the line and the law usually ask. */
export const addLot = act({
  name: 'add-lot',
  by: ['agent', 'tenderee'],
  says: { zh: '新增标段', en: 'Add a lot' },
  takes: lotFields.extend({ project: idField }),
  async run(call, command) {
    const project = await lock<Project>(call, Project, command.project);
    if (!hosts(call.by, project)) throw notFound();
    const before = await call.em.count(Lot, { project: project.id, retenderOf: null });
    const draft = startingDraft(editionInForce(procedureOf(project), dayOf(call.now)), {
      name: command.name,
      estimate: before === 0 ? fen(project.estimate) : null,
      subject: lineOf(project.line).ocdsCategory,
      ground: await groundFor(call.em, project, dayOf(call.now)),
    });
    const lot = call.em.create(Lot, {
      id: newId(call.now),
      project: project.id,
      number: lotNumber(project.number, 1, before + 1),
      tradeCode: await nextTradeCode(call, { line: project.line, code: project.tenderee }),
      name: command.name,
      phase: firstPhase,
      draft,
      revision: 1,
      createdAt: call.now,
    });
    const { id, number, revision } = lot;
    return {
      result: { lot: id, number },
      facts: [fact('lot.drafted', { lot: id, project: project.id }, { revision, sha256: digestOf(draft) })],
    };
  },
});
