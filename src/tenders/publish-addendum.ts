import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { instantField } from '../kernel/clock-fields.ts';
import { idField, newId } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { editionById } from '../rulebook/edition.ts';
import { procedureOf } from './line.ts';
import { termsOf } from './lot.ts';
import { groundOf } from './lot-ground.ts';
import { allow } from './phases.ts';
import { biddingOver, deadlineOnlyLater, requirementFixed } from './problems.ts';
import { documentFields, holdDocument } from './publish-document.ts';
import { lockHostedLot } from './reads.ts';
import { Addendum } from './schema.ts';
import { deadlineAfterAddendum } from './timetable.ts';

const yes = z.preprocess((given) => given === true || given === 'true' || given === 'yes', z.boolean());

export const addendumFields = z.object({
  text: z.string().trim().min(1).max(20_000),
  affectsPreparation: yes,
  /** a later deadline the host wishes; the law's own is computed anyway */
  deadline: z.preprocess((given) => (given === '' ? undefined : given), instantField.optional()),
  ...documentFields,
  document: documentFields.document.optional(),
});

/**
 * Changes or clarifies the documents while bids are prepared. If that may affect bids and too few days are left, the deadline moves by
 * itself to the first date that leaves them (Bidding Law art. 23, Regulation art. 21). The host may move it further, never back.
 */
export const publishAddendum = act({
  name: 'publish-addendum',
  by: ['agent', 'tenderee'],
  says: { zh: '发布补遗', en: 'Publish an addendum' },
  takes: addendumFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('publish-addendum', lot.phase);
    if (termsOf(lot).round === 'offers') throw requirementFixed();
    const previousDeadline = lot.deadline;
    if (!previousDeadline || call.now >= previousDeadline) throw biddingOver();
    const edition = editionById(procedureOf(project), lot.edition ?? '');
    const wished = command.deadline ?? previousDeadline;
    if (wished < previousDeadline) throw deadlineOnlyLater({ fields: [{ path: 'deadline', says: deadlineOnlyLater().title }] });
    const facts = { ...groundOf(lot, call.now), now: call.now, affectsPreparation: command.affectsPreparation };
    const { deadline, moved } = deadlineAfterAddendum(edition.parameters.addendumAhead, { ...facts, deadline: wished });
    uphold(edition.rules.addendum, { ...facts, deadline });
    const { document } = command;
    const held = document ? await holdDocument(call, lot, { ...command, document }) : null;
    const before = await call.em.count(Addendum, { lot: lot.id });
    const addendum = call.em.create(Addendum, {
      id: newId(call.now),
      lot: lot.id,
      number: before + 1,
      text: command.text,
      affectsPreparation: command.affectsPreparation,
      previousDeadline,
      deadline,
      publishedAt: call.now,
    });
    lot.deadline = deadline;
    const { supersedes: _, ...kept } = held ?? { supersedes: null };
    const { id, number, text, affectsPreparation } = addendum;
    const published = fact(
      'addendum.published',
      { lot: lot.id },
      {
        addendum: id,
        number,
        text,
        affectsPreparation,
        deadline,
        previousDeadline,
        documents: 'document' in kept ? [kept] : [],
      },
    );
    return {
      result: { addendum: id, number, deadline, previousDeadline, moved: deadline !== previousDeadline, byLaw: moved },
      facts: held ? [fact('document.published', { lot: lot.id }, held), published] : [published],
    };
  },
});
