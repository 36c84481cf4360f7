import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, procurementLaw } from '../rulebook/law.ts';
import { isByInvitation } from '../tenders/entry-reads.ts';
import { peopleOf } from '../tenders/lot-people.ts';
import { allow } from '../tenders/phases.ts';
import { windowClosed } from '../tenders/problems.ts';
import { documentsInForce, documentsOf, lockPublishedLot } from '../tenders/reads.ts';
import { thoseWhoStayed } from './last-offers.ts';
import { notInvited } from './problems.ts';
import { Interest } from './schema.ts';

/** Whoever was not drawn has no documents, and without documents nobody bids (BID-DOCUMENTS). Asked about the bidder's own organisation only. */
export const invitedAlone: Rule<{ readonly asked: boolean; readonly invited: boolean }> = rule({
  id: 'ENTRY-2',
  acts: ['collect-documents'],
  certainty: 'V',
  source: cite(procurementLaw, '34'),
  says: {
    zh: '邀请招标的，只有抽取后受邀的供应商可以获取招标文件和投标。',
    en: 'Where suppliers are invited, only those drawn and invited may collect the documents and bid.',
  },
  problem: notInvited,
  refuses: ({ asked, invited }) => asked && !invited,
});

/**
 * A bidder's organisation takes the tender documents. That it did, and how many did, nobody learns before the opening
 * (Bidding Law art. 22): the event is shown to itself alone, and the lot's own row is not touched.
 */
export const collectDocuments = act({
  name: 'collect-documents',
  by: ['bidder'],
  says: { zh: '获取招标文件', en: 'Collect the tender documents' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lockPublishedLot(call, command.lot);
    allow('collect-documents', lot.phase);
    const { code, user } = call.by;
    if (code === null || user === null) throw notPermitted();
    uphold([invitedAlone], { asked: await isByInvitation(call.em, lot.id), invited: await peopleOf.invited(call.em, lot.id, code) });
    uphold([thoseWhoStayed], { mayOffer: await peopleOf.mayOffer(call.em, lot.id, code) });
    const before = await call.em.findOne(Interest, { lot: lot.id, party: code });
    // Whoever collected in time gets later versions too, until the deadline.
    const until = before === null ? lot.documentsUntil : lot.deadline;
    if (!until || call.now >= until) throw windowClosed();
    if (before === null) call.em.create(Interest, { id: newId(call.now), lot: lot.id, party: code, at: call.now });
    const documents = documentsInForce(await documentsOf(call.em, lot.id)).map((each) => each.document);
    return {
      result: { lot: lot.id, documents },
      facts: [fact('documents.collected', { lot: lot.id, party: code, actor: user }, { documents })],
    };
  },
});
