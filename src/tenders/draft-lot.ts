import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { stateMovedOn } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { editionInForce } from '../rulebook/edition.ts';
import { groundFor } from '../rulebook/override-reads.ts';
import { changedDraft, digestOf, draftFields, draftKeys, draftOf, usualChoices } from './draft.ts';
import { judged, problemFor, refusedNow } from './judgement.ts';
import { procedureOf } from './line.ts';
import { allow } from './phases.ts';
import { lockHostedLot } from './reads.ts';

export const draftChange = draftFields.extend({
  /** the revision the form was filled from: two people on one draft do not overwrite each other unseen */
  revision: z.coerce.number().int().optional(),
});

/** Saves a part of the draft. What is missing may stay missing; what the law refuses is refused at once, beside its field. */
export const draftLot = act({
  name: 'draft-lot',
  by: ['agent', 'tenderee'],
  says: { zh: '保存标段草稿', en: 'Save the draft of a lot' },
  takes: draftChange.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('draft-lot', lot.phase);
    if (command.revision !== undefined && command.revision !== lot.revision) throw stateMovedOn();
    const edition = editionInForce(procedureOf(project), dayOf(call.now));
    const before = draftOf(lot.draft);
    const draft = changedDraft(before, { ...usualChoices(edition, before, command.method), ...command });
    const changed = draftKeys.filter((key) => command[key] !== undefined);
    const refused = problemFor(refusedNow(judged(edition, draft, call.now, await groundFor(call.em, project, dayOf(call.now))), changed));
    if (refused) throw refused;
    lot.draft = draft;
    lot.name = draft.name ?? lot.name;
    lot.revision += 1;
    const { id, revision } = lot;
    return {
      result: { lot: id, revision },
      facts: [fact('lot.drafted', { lot: id, project: project.id }, { revision, sha256: digestOf(draft) })],
    };
  },
});
