import type { Words } from '../kernel/words.ts';
import type { SecondFailureWay } from '../tenders/line.ts';
import { failedTwice } from '../tenders/second-failure.ts';
import { commonOf, contactsOf, deadlineOf, noticeOf, sourceOf } from './compose-facts.ts';
import type { FailureNotice } from './failure-notice.ts';
import type { History } from './history.ts';
import type { Names } from './names.ts';
import { failureKind, failures } from './outcome-words.ts';

/** 流标公告 */
export function composeFailureNotice(history: History, names: Names): FailureNotice {
  const { data, at } = sourceOf<'tender.failed'>(history);
  const notice = history.must('notice.published').data;
  const { agent, supervisor } = contactsOf(history);
  const kind = failureKind(data.reason);
  const reason = kind === 'too-few-bids' || kind === 'none-decrypted' ? kind : 'too-few-valid';
  const ways = waysOut(history, names, data.reason);
  const { explanation, bids, ...stated } = { ...failures[kind], ...(ways.length > 0 ? failedAgain : {}) };
  const basis = names.edition.wording.failure ?? stated.basis;
  return {
    ...commonOf(history, names, 'failure-notice'),
    notice: noticeOf(history),
    deadline: deadlineOf(history),
    failedAt: at,
    reason,
    counted: data.counted,
    minimum: notice.minimumBids,
    basis,
    explanation,
    bids,
    security:
      notice.security === null
        ? { zh: '本标段未收取投标保证金。', en: 'No bid security was asked for.' }
        : {
            zh: '已递交的投标保证金由招标人依法退还，并付银行同期存款利息。',
            en: 'The tenderee returns the bid securities as the law says, with deposit interest.',
          },
    next: nextAfter(ways),
    contacts: { agent, supervisor },
  };
}

/** What the notice says of a tender that was done again for too few bidders and found too few again: the law then leaves more than a third tender. */
const failedAgain: { readonly explanation: Words } = {
  explanation: {
    zh: '重新招标后，投标截止时递交投标文件的投标人仍少于规定的最少数，依法不得开标。',
    en: 'The lot had been tendered again, and again fewer bids than the law asks for were handed in by the deadline; there is no opening.',
  },
};

/** The line's ways of ending after a second failure; none where it is the first, where either failed for another reason, or where the line has none. */
function waysOut(history: History, { edition }: Names, reason: string): readonly SecondFailureWay[] {
  const before = history.last('lot.retendered')?.data.reason;
  return before !== undefined && failedTwice([before, reason]) ? (edition.secondFailure ?? []) : [];
}

function nextAfter(ways: readonly SecondFailureWay[]): Words {
  if (ways.length === 0)
    return {
      zh: '招标人分析招标失败的原因并采取相应措施后，依法重新招标。',
      en: 'The tenderee looks into the causes, takes measures and tenders again.',
    };
  const [zh, en] = [ways.map(({ title }) => title.zh).join('；'), ways.map(({ title }) => title.en).join('; ')];
  const sources = [...new Map(ways.map(({ source }) => [source.zh, source])).values()];
  return {
    zh: `招标人分析招标失败的原因并采取相应措施后，可以再次招标，也可以依法不再招标（${zh}；${sources.map((each) => each.zh).join('、')}）。所作决定及其依据在本平台公开。`,
    en: `The tenderee looks into the causes and takes measures. It may tender once more, or end tendering as the law allows (${en}; ${sources.map((each) => each.en).join(', ')}). What it decides, and on which ground, is public on this platform.`,
  };
}
