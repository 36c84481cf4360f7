import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { sha256 } from '../sealing/digest.ts';
import { isLast } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { awardErrors, type EvaluationBundle } from './bundle.ts';
import { composeBundle, type PanelWork } from './bundle-reads.ts';
import { finishedWork } from './finished-work.ts';
import { refuseUnaskedPrices } from './low-price.ts';
import { ownSeat } from './member-reads.ts';
import { judgedPart } from './part-work.ts';
import { notThisPart, sheetClosed, workIncomplete } from './problems.ts';
import { rank } from './rank.ts';
import { refuseOutside, reopenedVersion } from './report-version.ts';
import { EvaluationReport } from './schema.ts';

/** Closes the sheets and computes the result, a pure function of the bundle that anyone can recompute. The members then sign its hash. */
export const concludeEvaluation = act({
  name: 'conclude-evaluation',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '汇总评分并计算排序', en: 'Conclude the evaluation' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const terms = termsOf(lot);
    allow('conclude-evaluation', lot.phase);
    await ownSeat(call.em, call.by, lot.id);
    if (!isLast(terms.parts, judgedPart(lot))) throw notThisPart();
    if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
    const work = await finishedWork(call, lot);
    await refuseUnaskedPrices(call, lot, work);
    const inputs = await composeBundle(call.em, lot, work);
    await refuseBeyondOrder(call, lot, work, inputs);
    const ranking = rank(inputs);
    if (!ranking.ok)
      throw workIncomplete({
        says: { zh: `${awardErrors[ranking.error].zh}：${ranking.about}`, en: `${awardErrors[ranking.error].en}: ${ranking.about}` },
      });
    const bundle = { ...inputs, result: ranking.value };
    const hash = base64url(sha256(canonicalBytes(bundle)));
    call.em.create(EvaluationReport, { lot: lot.id, bundle, sha256: hash, outcome: ranking.value.outcome, concludedAt: call.now });
    return {
      result: { sha256: hash, outcome: ranking.value.outcome },
      facts: [fact('evaluation.concluded', { lot: lot.id }, { bundle, sha256: hash })],
    };
  },
});

/** Where the evaluation was reopened, only what its order names may differ from the version before. */
async function refuseBeyondOrder(call: Call, lot: Lot, work: PanelWork, inputs: EvaluationBundle): Promise<void> {
  const before = await reopenedVersion(call.em, lot.id);
  if (!before) return;
  const { items, criteria } = termsOf(lot);
  const names = new Map(work.bids.map(({ submission, bidderName }) => [submission, bidderName]));
  const titles = new Map([...items, ...criteria].map(({ id, title }) => [id, title.zh]));
  refuseOutside(
    before,
    inputs,
    (bid) => names.get(bid) ?? bid,
    (id) => titles.get(id) ?? id,
  );
}
