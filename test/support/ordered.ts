import { reassessmentFields } from '../../src/challenges/order-reassessment.ts';
import { reassessmentBytes, reassessmentStatement } from '../../src/evaluation/reassessment-statement.ts';
import { takesReference } from '../../src/evaluation/reopening.ts';
import { standingReport } from '../../src/evaluation/report-version.ts';
import { holderOf } from '../../src/parties/certify.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import type { TestHouse } from './house.ts';
import { houseNow } from './opened-lot.ts';
import type { Person } from './town.ts';

/** What a person hands in to have a signed evaluation done again, signed as its page signs it; `as` is whose key really signs. */
export async function signedReassessment(house: TestHouse, person: Person, given: { readonly lot: string } & object, as: Person = person) {
  const at = await houseNow(house);
  const order = reassessmentFields.omit({ at: true, signature: true }).parse(given);
  const { version, sha256: was } = await standingReport(house.em(), given.lot);
  const { explanation, ground, bids, items, criteria } = order;
  const reference = takesReference(ground) ? (order.reference ?? '') : null;
  const scope = { lot: given.lot, version: version + 1, was, ground, reference, explanation, bids, items, criteria };
  const statement = reassessmentStatement({ ...scope, by: person.actor.code ?? '', signer: holderOf(person.actor).holder, at });
  const signature = await signDetached(reassessmentBytes(statement), await as.signer(), at);
  return { ...given, ...order, at, signature: Buffer.from(signature).toString('base64') };
}
