import type { Words } from '../kernel/words.ts';
import type { LotTerms } from '../tenders/lot.ts';
import type { PanelWork } from './bundle-reads.ts';
import { enquiryPending, objectiveDiffers, workIncomplete } from './problems.ts';

/** Says what is missing and from which seat, never from whom; and which objective scores differ, never how. */
export function refuseOpenWork({ members, bids, progress, enquiries }: PanelWork, terms: LotTerms): void {
  if (enquiries.some((each) => each.state === 'open')) throw enquiryPending();
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
