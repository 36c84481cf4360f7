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
  const { explanation, bids, ...stated } = failures[kind];
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
    next: {
      zh: '招标人分析招标失败的原因并采取相应措施后，依法重新招标。',
      en: 'The tenderee looks into the causes, takes measures and tenders again.',
    },
    contacts: { agent, supervisor },
  };
}
