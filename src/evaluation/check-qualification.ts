import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { rowsOf } from '../kernel/form-rows.ts';
import { idField, newId } from '../kernel/ids.ts';
import { OpeningItem } from '../openings/schema.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { qualificationIncomplete, qualifiedByPanel } from './problems.ts';
import { Qualification } from './schema.ts';

const bidChecked = z.object({
  bid: idField,
  pass: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  reason: z.string().trim().max(1000).default(''),
});
export const qualificationFields = z.object({ bids: z.preprocess(rowsOf, z.array(bidChecked).min(1).max(500)) });
type Checked = z.infer<typeof bidChecked>;

/**
 * The host looks at the qualification of every bidder whose bid was opened (Order 87 art. 44), where the line has it do so: all of them in one act,
 * each failure with its reason. Until the evaluation starts it may be put right. With too few qualified nothing is evaluated.
 */
export const checkQualification = act({
  name: 'check-qualification',
  by: ['agent', 'tenderee'],
  says: { zh: '资格审查', en: 'Check the qualification of bidders' },
  takes: qualificationFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    await hostedBy(call, lot);
    allow('check-qualification', lot.phase);
    const terms = termsOf(lot);
    if (terms.qualifiedBy !== 'host') throw qualifiedByPanel();
    const opened = await call.em.find(OpeningItem, { lot: lot.id, part: currentPart(lot), state: 'opened' }, { orderBy: { id: 'asc' } });
    refuseIncomplete(opened, command.bids);
    await call.em.nativeDelete(Qualification, { lot: lot.id });
    const bids = opened.map(({ submission, bidder }) => {
      const { pass, reason } = command.bids.find((each) => each.bid === submission) as Checked;
      const why = pass ? null : reason;
      call.em.create(Qualification, { id: newId(call.now), lot: lot.id, submission, bidder, pass, reason: why, checkedAt: call.now });
      return { bid: submission, bidder, pass, reason: why };
    });
    const passed = bids.filter((each) => each.pass).length;
    const after = passed < terms.minimumBids ? [failed(call, lot, passed)] : [];
    return { result: { passed, failed: after.length > 0 }, facts: [fact('qualification.checked', { lot: lot.id }, { bids }), ...after] };
  },
});

/** Every opened bid is judged once, and nobody fails without a reason. */
function refuseIncomplete(opened: readonly OpeningItem[], given: readonly Checked[]): void {
  const fields = opened.flatMap(({ submission, bidderName }) => {
    const [own, ...more] = given.filter((each) => each.bid === submission);
    if (!own || more.length > 0)
      return [{ path: 'bids', says: { zh: `${bidderName}应当有且只有一个结论。`, en: `${bidderName} needs exactly one verdict.` } }];
    return own.pass || own.reason !== ''
      ? []
      : [{ path: `bids.${given.indexOf(own)}.reason`, says: { zh: '请写明不通过的理由。', en: 'State why it does not pass.' } }];
  });
  const stray = given.some((each) => !opened.some(({ submission }) => submission === each.bid));
  if (fields.length > 0 || stray) throw qualificationIncomplete({ fields });
}

function failed(call: Call, lot: Lot, passed: number): Fact {
  lot.phase = next(lot.phase, 'tender.failed');
  lot.failedAt = call.now;
  lot.failedFor = 'too-few-qualified';
  lot.resultedAt = call.now;
  return fact('tender.failed', { lot: lot.id }, { reason: 'too-few-qualified', counted: passed });
}
