import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { later } from '../kernel/clock.ts';
import { idField, newId } from '../kernel/ids.ts';
import { parseYuan, yuan } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { bidFigures } from '../openings/record.ts';
import { OpeningItem } from '../openings/schema.ts';
import { parameter } from '../rulebook/parameters.ts';
import { isBlind } from '../tenders/blind.ts';
import { isLast } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { blindPartFirst } from './blind-rule.ts';
import { type EnquiryFacts, type EnquiryKind, enquiryKinds, unconfirmed } from './enquiry.ts';
import { enquiriesOf } from './enquiry-reads.ts';
import { leastMinutes } from './low-price.ts';
import { ownSeat } from './member-reads.ts';
import { mendsListed, mendsOnce } from './mending-rule.ts';
import { judgedPart } from './part-work.ts';
import { correctionIncomplete, declareFirst, enquiryPending, enquiryTime, notThisPart, sheetClosed, unknownItem } from './problems.ts';
import { disqualified } from './qualification-reads.ts';
import { Enquiry, EvaluationReport, PartResult } from './schema.ts';

/** What is asked about a price, once it is open. */
const kindsOfPrices: readonly EnquiryKind[] = ['correction', 'low-price'];

const blank = (given: unknown): unknown => (given === '' ? undefined : given);
export const enquiryFields = z.object({
  bid: idField,
  kind: z.enum(enquiryKinds),
  // a form sends line ends in two characters; the page shows, and the bidder signs, one
  text: z.preprocess(
    (given) => (typeof given === 'string' ? given.replaceAll('\r\n', '\n') : given),
    z.string().trim().min(4, '请写明需要澄清或说明的内容。 | Please write what is to be clarified.').max(5000),
  ),
  /** how long the bidder has */
  minutes: z.coerce.number().int(),
  /** of a correction: which rule of the line, and the price in yuan that it comes to */
  ground: z.preprocess(blank, z.string().max(40).optional()),
  correctedPrice: z.preprocess(blank, z.string().max(24).optional()),
  /** of a mending: keys of the fields that are to be put right */
  fields: z.preprocess((given) => (typeof given === 'string' ? [given] : (given ?? [])), z.array(z.string().max(100)).max(20)),
});

/**
 * The panel asks one bidder in writing. Any member may; the bidder learns the question and its time, never who wrote it. Until it is answered, or its
 * time is over, nothing is concluded.
 */
export const enquireBid = act({
  name: 'enquire-bid',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '要求投标人澄清、确认修正或说明低价', en: 'Ask a bidder to clarify, confirm a correction or explain a price' },
  takes: enquiryFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('enquire-bid', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    if (!member.declaredAt) throw declareFirst();
    const part = judgedPart(lot);
    if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
    if ((await call.em.count(PartResult, { lot: lot.id, part })) > 0) throw sheetClosed();
    uphold([blindPartFirst], { blind: isBlind(lot, termsOf(lot), part) });
    const item = await call.em.findOne(OpeningItem, { lot: lot.id, part, submission: command.bid, state: 'opened' });
    const asked = await enquiriesOf(call.em, lot.id);
    if (!item || unconfirmed(asked).has(command.bid) || (await disqualified(call.em, lot.id)).has(command.bid)) throw unknownItem();
    if (asked.some((each) => each.submission === command.bid && each.state === 'open')) throw enquiryPending();
    if (kindsOfPrices.includes(command.kind) && !isLast(termsOf(lot).parts, part)) throw notThisPart();
    const mends = command.kind === 'mending' ? await mendingIn(call, lot, asked, command) : null;
    const explains = command.kind === 'low-price' ? await leastMinutes(call, lot) : null;
    const [usual, most] = [parameter('op.enquiry.answer.min', dayOf(call.now)), parameter('op.enquiry.answer.max', dayOf(call.now))];
    const least = Math.max(usual, explains ?? 0);
    if (command.minutes < least || command.minutes > most)
      throw enquiryTime({
        fields: [{ path: 'minutes', says: { zh: `应在${least}至${most}分钟之间。`, en: `Between ${least} and ${most} minutes.` } }],
      });
    const correction =
      command.kind === 'correction' ? await correctionIn(call, lot, item, command) : { ground: null, correctedPrice: null };
    const { bid, kind, text } = command;
    const id = newId(call.now);
    const until = later(call.now, command.minutes * 60_000);
    call.em.create(Enquiry, {
      id,
      lot: lot.id,
      part,
      submission: bid,
      bidder: item.bidder,
      kind,
      text,
      ...correction,
      fields: mends,
      member: member.id,
      askedAt: call.now,
      answerUntil: until,
      state: 'open',
    });
    const asks = { enquiry: id, bid, kind, text, until, ...correction, ...(mends ? { fields: [...mends] } : {}) };
    return { result: { enquiry: id, until }, facts: [fact('bid.enquired', { lot: lot.id, party: item.bidder }, asks)] };
  },
});

/** What is to be put right: fields that the line names, and once for each bid. */
async function mendingIn(
  call: Call,
  lot: Lot,
  asked: readonly EnquiryFacts[],
  { bid, fields }: z.infer<typeof enquiryFields>,
): Promise<readonly string[]> {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const { mending: plan } = editionOf(lot, project, call.now);
  const before = asked.filter(({ submission, kind }) => submission === bid && kind === 'mending').length;
  const named = [...new Set(fields)];
  uphold([mendsListed, mendsOnce], { plan, fields: named, before });
  return named;
}

/** A correction rests on a rule of the line and comes to another price than the one read out. */
async function correctionIn(
  call: Call,
  lot: Lot,
  item: OpeningItem,
  { ground, correctedPrice }: z.infer<typeof enquiryFields>,
): Promise<{ ground: string; correctedPrice: string }> {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const known = editionOf(lot, project, call.now).corrections.some((each) => each.id === ground);
  const price = correctedPrice === undefined ? undefined : parseYuan(correctedPrice);
  const wrong = [
    ...(known ? [] : [{ path: 'ground', says: { zh: '请选择修正依据。', en: 'Please choose the rule.' } }]),
    ...(price !== undefined && price > 0n && yuan(price) !== bidFigures(item.bid).price
      ? []
      : [
          {
            path: 'correctedPrice',
            says: { zh: '请填写与唱标报价不同的修正后报价（元）。', en: 'The corrected price in yuan, other than the one read out.' },
          },
        ]),
  ];
  if (wrong.length > 0 || price === undefined || ground === undefined) throw correctionIncomplete({ fields: wrong });
  return { ground, correctedPrice: yuan(price) };
}
