import { z } from 'zod';
import { seatsEmpty } from '../experts/problems.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import type { Words } from '../kernel/words.ts';
import { sha256 } from '../sealing/digest.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { awardErrors } from './bundle.ts';
import { composeBundle, type PanelWork, panelWork } from './bundle-reads.ts';
import { ownSeat } from './member-reads.ts';
import { declareFirst, objectiveDiffers, sheetClosed, workIncomplete } from './problems.ts';
import { rank } from './rank.ts';
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
    if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
    const work = await panelWork(call.em, lot);
    if (work.members.length < terms.panel.size) throw seatsEmpty();
    if (work.members.some((member) => !member.declaredAt)) throw declareFirst();
    refuseOpenWork(work, terms);
    const inputs = await composeBundle(call.em, lot, work);
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

/** Says what is missing and from which seat, never from whom; and which objective scores differ, never how. */
function refuseOpenWork({ members, bids, progress }: PanelWork, terms: LotTerms): void {
  const open = progress.members.filter(({ reviews, scores }) => reviews.done < reviews.of || scores.done < scores.of);
  if (open.length > 0) {
    const lines = open.map(({ member, reviews, scores }): Words => {
      const mask = members.find((each) => each.id === member)?.mask ?? '';
      const left = { reviews: reviews.of - reviews.done, scores: scores.of - scores.done };
      return {
        zh: `${mask}：评审尚缺${left.reviews}项，评分尚缺${left.scores}项`,
        en: `${mask}: ${left.reviews} reviews and ${left.scores} scores missing`,
      };
    });
    throw workIncomplete({
      says: { zh: `${lines.map((line) => line.zh).join('；')}。`, en: `${lines.map((line) => line.en).join('; ')}.` },
    });
  }
  if (progress.differing.length === 0) return;
  const lines = progress.differing.map(({ bid, criterion }): Words => {
    const name = bids.find((each) => each.submission === bid)?.bidderName ?? bid;
    const title = terms.criteria.find((each) => each.id === criterion)?.title ?? { zh: criterion, en: criterion };
    return { zh: `${name}“${title.zh}”`, en: `${name}, “${title.en}”` };
  });
  throw objectiveDiffers({
    says: {
      zh: `客观分不一致：${lines.map((line) => line.zh).join('；')}。请各成员核对，更正须写明理由。`,
      en: `Objective scores differ: ${lines.map((line) => line.en).join('; ')}. Please check; corrections need a reason.`,
    },
  });
}
