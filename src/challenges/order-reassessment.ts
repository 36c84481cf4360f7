import { z } from 'zod';
import { Candidate } from '../awards/schema.ts';
import { disqualified } from '../evaluation/qualification-reads.ts';
import { reassessmentStatement } from '../evaluation/reassessment-statement.ts';
import { groundNames, type ReopeningGround, reopeningGrounds, takesReference } from '../evaluation/reopening.ts';
import { putAway, standingReport } from '../evaluation/report-version.ts';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { checkOrderSignature } from '../openings/order-signature.ts';
import { OpeningItem } from '../openings/schema.ts';
import { holderOf } from '../parties/certify.ts';
import { hostedBy, watchedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { groundNotNow, scopeEmpty, unknownReference } from './problems.ts';
import { Objection } from './schema.ts';

/** Ticked boxes arrive as nothing, one word, or several. */
const chosen = z.preprocess(
  (given) => (given === undefined || given === '' ? [] : typeof given === 'string' ? [given] : given),
  z.array(z.string().max(64)).max(200),
);
export const reassessmentFields = z.object({
  ground: z.enum(groundNames),
  /** number of the supervisor's decision, or id of the objection */
  reference: z.preprocess((given) => (given === '' ? undefined : given), z.string().trim().max(100).optional()),
  explanation: z.string().trim().min(10, '请写明事实和理由，至少十个字。 | State facts and reasons, ten characters at least.').max(2000),
  bids: chosen,
  items: chosen,
  criteria: chosen,
  /** the moment in the signed statement */
  at: z.string().max(40),
  /** base64 of the detached CMS over the statement */
  signature: z.base64().min(1, '请用证书签名。 | Sign with a certificate.').max(30_000),
});
type Ordered = Omit<z.infer<typeof reassessmentFields>, 'at' | 'signature'>;

/**
 * Orders the original panel to evaluate again what a lawful ground affects (reopening.ts). The signed report stays as a version; its candidates are no
 * longer published, and what the panel then signs is a version of its own. A supervisor orders it by its decision, the host on the grounds of the law;
 * either signs the order with its certificate, so that what may change stands under a name and not on the platform's word.
 */
export const orderReassessment = act({
  name: 'order-reassessment',
  by: ['agent', 'tenderee', 'regulator'],
  says: { zh: '组织原评标委员会重新评审', en: 'Have the original panel evaluate again' },
  takes: reassessmentFields.extend({ lot: idField }),
  async run(call, { lot: id, at, signature, ...given }) {
    const lot = await lock(call, Lot, id);
    await orderedByRight(call, lot, given.ground);
    allow('order-reassessment', lot.phase);
    if (!(reopeningGrounds[given.ground].phases as readonly string[]).includes(lot.phase)) throw groundNotNow();
    const reference = await referenceOf(call, lot.id, given);
    const scope = await scopeOf(call, lot, given);
    const by = call.by.code;
    if (by === null) throw notPermitted();
    const { ground, explanation } = given;
    const order = { ground, reference, explanation, by, ...scope };
    const { version, sha256: was } = await standingReport(call.em, lot.id);
    const signer = holderOf(call.by).holder;
    const statement = reassessmentStatement({ ...order, lot: lot.id, version: version + 1, was, signer, at });
    await checkOrderSignature(call, statement, signature);
    await putAway(call, lot, { ...order, signature });
    await call.em.nativeDelete(Candidate, { lot: lot.id });
    lot.phase = next(lot.phase, 'evaluation.reopened');
    Object.assign(lot, { reportedAt: null, candidatesAt: null, publicityUntil: null });
    const number = statement.version;
    return {
      result: { version: number },
      facts: [
        fact('evaluation.reopened', { lot: lot.id }, { version: number, ground, reference, was, by }),
        fact('reassessment.ordered', { lot: lot.id }, { version: number, explanation, ...scope, statement, signature }),
      ],
    };
  },
});

/** A supervisor of the lot's region for its own decisions, the host for the rest. */
async function orderedByRight(call: Call, lot: Lot, ground: ReopeningGround): Promise<void> {
  const supervisor = call.by.role === 'regulator';
  await (supervisor ? watchedBy : hostedBy)(call, lot);
  if ((reopeningGrounds[ground].by === 'regulator') !== supervisor) throw notPermitted();
}

/** A decision has a number; an objection is one that was raised to this result. */
async function referenceOf(call: Call, lot: string, { ground, reference }: Ordered): Promise<string | null> {
  if (!takesReference(ground)) return null;
  if (ground === 'regulator-decision') {
    if (!reference)
      throw unknownReference({
        fields: [{ path: 'reference', says: { zh: '请填写决定文号。', en: 'Enter the number of the decision.' } }],
      });
    return reference;
  }
  const found = await call.em.findOne(Objection, { lot, stage: 'candidates', id: idField.safeParse(reference).data ?? lot });
  if (!found)
    throw unknownReference({
      fields: [{ path: 'reference', says: { zh: '请选择对评标结果的异议。', en: 'Choose the objection to the result.' } }],
    });
  return found.id;
}

/** Bids that the panel judged last, and items and criteria of the notice that stand on its sheets of that envelope. */
async function scopeOf(call: Call, lot: Lot, { bids, items, criteria }: Ordered) {
  const terms = termsOf(lot);
  const judged = await call.em.find(OpeningItem, { lot: lot.id, part: lot.judgedPart ?? 'whole', state: 'opened' });
  const out = await disqualified(call.em, lot.id);
  const known = new Set(judged.map(({ submission }) => submission).filter((submission) => !out.has(submission)));
  const asked = new Set(
    [...terms.items, ...terms.criteria].filter(({ part }) => part === undefined || part === lot.judgedPart).map(({ id }) => id),
  );
  if (bids.some((bid) => !known.has(bid)) || [...items, ...criteria].some((id) => !asked.has(id))) throw scopeEmpty();
  if (bids.length === 0 || items.length + criteria.length === 0) throw scopeEmpty();
  const unique = (list: readonly string[]): string[] => [...new Set(list)].sort();
  return { bids: unique(bids), items: unique(items), criteria: unique(criteria) };
}
