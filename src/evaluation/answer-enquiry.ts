import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { signedByBidder } from '../openings/bidder-signature.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { type EnquiryAnswer, enquiryAnswerBytes, questionDigest } from './enquiry.ts';
import { consequenceOf } from './enquiry-consequence.ts';
import { enquiryOver, enquirySignature, noSuchEnquiry } from './problems.ts';
import { Enquiry } from './schema.ts';

const lines = (given: unknown): unknown => (typeof given === 'string' ? given.replaceAll('\r\n', '\n') : given);
export const enquiryAnswerFields = z.object({
  text: z.preprocess(lines, z.string().min(1, '请写明答复。 | Please write your answer.').max(10_000)),
  /** whether a correction is confirmed */
  accepts: z.preprocess(
    (given) => (given === 'true' ? true : given === 'false' ? false : given === '' ? undefined : given),
    z.boolean().optional(),
  ),
  /** base64 of the detached CMS over the answer (enquiry.ts), and the moment that stands in it */
  signature: z.base64().max(30_000),
  at: z.string().max(30),
});

/** The bidder that was asked answers, in its time, under its certificate. What it did not ask for cannot be sent: there is no other way in. */
export const answerEnquiry = act({
  name: 'answer-enquiry',
  by: ['bidder'],
  says: { zh: '答复评标委员会', en: 'Answer the panel' },
  takes: enquiryAnswerFields.extend({ enquiry: idField }),
  async run(call, command) {
    const found = await call.em.findOne(Enquiry, { id: command.enquiry, bidder: call.by.code ?? '' });
    if (!found) throw noSuchEnquiry();
    const lot = await lock(call, Lot, found.lot);
    const enquiry = await lock(call, Enquiry, found.id);
    allow('answer-enquiry', lot.phase);
    if (enquiry.state !== 'open' || call.now >= enquiry.answerUntil) throw enquiryOver();
    const accepts = enquiry.kind === 'correction' ? (command.accepts ?? null) : null;
    if (enquiry.kind === 'correction' && accepts === null)
      throw enquirySignature({ fields: [{ path: 'accepts', says: { zh: '请选择是否确认。', en: 'Please say whether you confirm it.' } }] });
    const statement: EnquiryAnswer = {
      format: 'yangguang/enquiry-answer/v1',
      lot: lot.id,
      enquiry: enquiry.id,
      question: questionDigest(enquiry.text),
      bidder: enquiry.bidder,
      accepts,
      text: command.text,
      at: command.at,
    };
    const { signature, at } = command;
    const verdict = await signedByBidder(call, { content: enquiryAnswerBytes(statement), signature, bidder: enquiry.bidder, at });
    if (!verdict.ok) throw enquirySignature({ says: verdict.says });
    Object.assign(enquiry, { state: 'answered', accepts, answer: command.text, signature, answeredAt: call.now });
    const answered = { enquiry: enquiry.id, bid: enquiry.submission, accepts, statement, signature };
    const said = fact('enquiry.answered', { lot: lot.id, party: enquiry.bidder }, answered);
    return { result: { state: 'answered' }, facts: [said, ...(await consequenceOf(call, enquiry))] };
  },
});
