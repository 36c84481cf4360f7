import { seatsEmpty } from '../experts/problems.ts';
import type { Words } from '../kernel/words.ts';
import type { LotTerms } from '../tenders/lot.ts';
import type { PanelWork } from './bundle-reads.ts';
import { unexplained } from './outlier.ts';
import { declareFirst, enquiryPending, objectiveDiffers, outliersUnexplained, workIncomplete } from './problems.ts';

/** Every seat is taken, by somebody who has declared to have no interest in any bidder. */
export function refuseMissingMembers({ members }: PanelWork, { panel }: LotTerms): void {
  if (members.length < panel.size) throw seatsEmpty();
  if (members.some(({ declaredAt }) => !declaredAt)) throw declareFirst();
}

/** Says what is missing and from which seat, never from whom; and which objective scores differ, never how. */
export function refuseOpenWork(work: PanelWork, terms: LotTerms): void {
  const { members, bids, progress, enquiries } = work;
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
  refuseUnexplained(work);
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

/** From which seats a reason is still due; never of which score, which is the member's own to know. */
function refuseUnexplained({ members, outliers }: PanelWork): void {
  const open = new Set(unexplained(outliers).map(({ member }) => member));
  if (open.size === 0) return;
  const masks = members.filter(({ id }) => open.has(id)).map(({ mask }) => mask);
  throw outliersUnexplained({
    says: {
      zh: `${masks.join('、')}的评分与其他成员差异较大，请本人核对并写明理由。`,
      en: `${masks.join(', ')}: scores far from the others’; please check them and give the reason.`,
    },
  });
}
