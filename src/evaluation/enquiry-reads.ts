import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { bidFigures } from '../openings/record.ts';
import { OpeningItem } from '../openings/schema.ts';
import { holderOf } from '../parties/certify.ts';
import { parameter } from '../rulebook/parameters.ts';
import { isBlind } from '../tenders/blind.ts';
import { isLast } from '../tenders/envelopes.ts';
import type { LineEdition } from '../tenders/line.ts';
import { termsOf } from '../tenders/lot.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allows } from '../tenders/phases.ts';
import { lotFor } from '../tenders/reads.ts';
import { type EnquiryFacts, type EnquiryKind, type EnquiryState, unconfirmed } from './enquiry.ts';
import type { EnquiriesAnswer } from './enquiry-answers.ts';
import { isMember, sittingMembers } from './member-reads.ts';
import { judgedPart } from './part-work.ts';
import { disqualified } from './qualification-reads.ts';
import { Enquiry, EvaluationReport } from './schema.ts';

/** What the panel has asked so far, oldest first. */
export const enquiriesOf = (em: EntityManager, lot: string): Promise<(Enquiry & EnquiryFacts)[]> =>
  em.find(Enquiry, { lot }, { orderBy: { askedAt: 'asc', id: 'asc' } }) as Promise<(Enquiry & EnquiryFacts)[]>;

/** The bids of a part that the panel has before it: opened, qualified, and not out for a correction that was not confirmed. */
export async function bidsBefore(em: EntityManager, lot: string, part: string): Promise<ReadonlySet<string>> {
  const gone = new Set([...unconfirmed(await enquiriesOf(em, lot)), ...(await disqualified(em, lot)).keys()]);
  const items = await em.find(OpeningItem, { lot, part, state: 'opened' }, { fields: ['submission'] });
  return new Set(items.map(({ submission }) => submission).filter((submission) => !gone.has(submission)));
}

/**
 * The page of the panel's questions: a member sees all of them and may ask, a bidder its own and may answer. For anyone else there is no such page:
 * that somebody was asked is part of the evaluation.
 */
export async function enquiriesPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<EnquiriesAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  if (!lot.evaluationStartedAt) throw notFound();
  const member = (await sittingMembers(em, lot.id)).find((each) => isMember(each, by) && each.declaredAt) ?? null;
  const all = await enquiriesOf(em, lot.id);
  const own = by.role === 'bidder' && by.code !== null ? all.filter((each) => each.bidder === by.code) : [];
  if (!member && own.length === 0) throw notFound();
  const part = judgedPart(lot);
  const items = await em.find(OpeningItem, { lot: lot.id, part, state: 'opened' }, { orderBy: { readOrder: 'asc', id: 'asc' } });
  const nameOf = (submission: string): string => items.find((item) => item.submission === submission)?.bidderName ?? '';
  const edition = editionOf(lot, project, now);
  const labelOf = (key: string) => edition.bidForm.find((field) => field.key === key)?.label ?? { zh: key, en: key };
  const open =
    allows('enquire-bid', lot.phase) && !isBlind(lot, termsOf(lot), part) && (await em.count(EvaluationReport, { lot: lot.id })) === 0;
  return {
    lot: { id: lot.id, number: lot.number, name: lot.name },
    reader: member ? 'member' : 'bidder',
    holder: holderOf(by).holder,
    bidder: by.code ?? '',
    enquiries: (member ? all : own).map((each) => ({
      id: each.id,
      name: nameOf(each.submission),
      kind: each.kind as EnquiryKind,
      text: each.text,
      ground: edition.corrections.find((ground) => ground.id === each.ground)?.says ?? null,
      correctedPrice: each.correctedPrice ?? null,
      fields: (each.fields ?? []).map((key) => labelOf(key)),
      readPrice: bidFigures(items.find((item) => item.submission === each.submission)?.bid).price,
      askedAt: each.askedAt,
      until: each.answerUntil,
      state: each.state as EnquiryState,
      accepts: each.accepts ?? null,
      answer: each.answer ?? null,
      answeredAt: each.answeredAt ?? null,
    })),
    ask: member && open ? askingOf(items, edition, isLast(termsOf(lot).parts, part), now) : null,
  };
}

function askingOf(
  items: readonly OpeningItem[],
  { corrections, mending, bidForm }: Pick<LineEdition, 'corrections' | 'mending' | 'bidForm'>,
  last: boolean,
  now: Instant,
): NonNullable<EnquiriesAnswer['ask']> {
  return {
    bids: items.map(({ submission, bidderName, bid }) => ({ submission, name: bidderName, price: bidFigures(bid).price })),
    // a price can be asked about once it is open
    kinds: ['clarification', ...(mending ? (['mending'] as const) : []), ...(last ? (['correction', 'low-price'] as const) : [])],
    mendable: bidForm.filter(({ key }) => mending?.fields.includes(key)).map(({ key, label }) => ({ key, label })),
    grounds: corrections.map(({ id, says, source }) => ({ id, says, source })),
    least: parameter('op.enquiry.answer.min', dayOf(now)),
    most: parameter('op.enquiry.answer.max', dayOf(now)),
  };
}
