import { z } from 'zod';
import { collectedAt } from '../bids/interest-reads.ts';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { type LineEdition, underOwnLaw } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { peopleOf } from '../tenders/lot-people.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow } from '../tenders/phases.ts';
import { lockPublishedLot } from '../tenders/reads.ts';
import { type Lot, Project } from '../tenders/schema.ts';
import { type ObjectionStage, raising, stages } from './objection.ts';
import { Objection } from './schema.ts';
import { resultWindow } from './window.ts';

export const objectionFields = z.object({ stage: z.enum(stages), text: z.string().trim().min(1).max(8000) });

/**
 * Objects to the documents (any bidder that might bid), to the opening (a bidder, in the session) or to the result (a bidder, while the
 * candidates are public). Until the bids are open nobody but the objector learns who objects: it would tell who bids.
 */
export const raiseObjection = act({
  name: 'raise-objection',
  by: ['bidder'],
  says: { zh: '提出异议', en: 'Raise an objection' },
  takes: objectionFields.extend({ lot: idField }),
  async run(call, command) {
    const { code, organisationName } = call.by;
    if (code === null || organisationName === null) throw notPermitted();
    const lot = await lockPublishedLot(call, command.lot);
    allow('raise-objection', lot.phase);
    const project = await call.em.findOneOrFail(Project, { id: lot.project });
    const edition = editionOf(lot, project, call.now);
    const ground = groundOf(lot, call.now);
    const { stage, text } = command;
    uphold(underOwnLaw(edition, raising), await factsOf(call, lot, { edition, stage, code }));
    if (stage === 'documents' && lot.deadline)
      uphold(edition.rules.documentObjection, {
        ...ground,
        now: call.now,
        deadline: lot.deadline,
        publishedAt: lot.publishedAt ?? call.now,
        collectedAt: await collectedAt(call.em, lot.id, code),
      });
    const answerUntil = answerDue(stage, () => edition.limits.answerObjection.by(ground).due(call.now).due);
    const id = newId(call.now);
    call.em.create(Objection, {
      id,
      lot: lot.id,
      stage,
      party: code,
      partyName: organisationName,
      text,
      raisedAt: call.now,
      answerUntil,
      answer: null,
      answeredAt: null,
    });
    return {
      result: { objection: id, answerUntil },
      facts: [fact('objection.raised', { lot: lot.id, party: code }, { objection: id, stage, name: organisationName, text })],
    };
  },
});

async function factsOf(
  call: Call,
  lot: Lot,
  { edition, stage, code }: { readonly edition: LineEdition; readonly stage: ObjectionStage; readonly code: string },
) {
  const { phase } = lot;
  return {
    stage,
    phase,
    now: call.now,
    deadline: lot.deadline ?? null,
    publicity: resultWindow(lot, edition),
    isBidder: lot.openedAt ? (await peopleOf.bidders(call.em, lot.id)).includes(code) : false,
  };
}

/** In the session the answer is given on the spot; otherwise within the law's days. */
const answerDue = (stage: ObjectionStage, due: () => Instant): Instant | null => (stage === 'opening' ? null : due());
