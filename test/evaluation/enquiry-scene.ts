import { type EnquiryAnswer, enquiryAnswerBytes, questionDigest } from '../../src/evaluation/enquiry.ts';
import type { Enquiry } from '../../src/evaluation/schema.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import type { TestHouse } from '../support/house.ts';
import { houseNow } from '../support/opened-lot.ts';
import type { Person } from '../support/town.ts';

/** What a bidder sends to answer an enquiry, signed now; `more` changes what is signed. */
export async function signedAnswer(house: TestHouse, enquiry: Enquiry, bidder: Person, more: Partial<EnquiryAnswer> = {}) {
  const now = await houseNow(house);
  const statement: EnquiryAnswer = {
    format: 'yangguang/enquiry-answer/v1',
    lot: enquiry.lot,
    enquiry: enquiry.id,
    question: questionDigest(enquiry.text),
    bidder: enquiry.bidder,
    accepts: enquiry.kind === 'correction' ? true : null,
    text: '工期为二百四十日历天',
    at: now,
    ...more,
  };
  const signature = Buffer.from(await signDetached(enquiryAnswerBytes(statement), await bidder.signer(), now)).toString('base64');
  return { enquiry: enquiry.id, text: statement.text, at: statement.at, signature, accepts: statement.accepts ?? undefined };
}
