import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { daysOfPause, type PausedPeriod, pausedPeriods } from '../tenders/pause.ts';
import { phaseOf, phases } from '../tenders/phases.ts';
import { commonOf, contactsOf, noticeOf, sourceOf } from './compose-facts.ts';
import type { History } from './history.ts';
import type { Names } from './names.ts';
import type { ResumptionNotice, SuspensionNotice } from './standstill-notice.ts';
import type { TerminationNotice } from './termination-notice.ts';

const titles: Readonly<Record<PausedPeriod, Words>> = {
  documents: { zh: '招标文件获取', en: 'Issue of documents' },
  deadline: { zh: '投标截止', en: 'Deadline for bids' },
  publicity: { zh: '公示', en: 'Publicity' },
  contract: { zh: '订立合同', en: 'Signing of the contract' },
};
const units = { day: { zh: '日', en: 'days' }, workday: { zh: '工作日', en: 'working days' } } as const satisfies Record<string, Words>;

const reached = (history: History): SuspensionNotice['contacts'] => {
  const { agent, supervisor } = contactsOf(history);
  return { agent, supervisor };
};

/** Which suspension of the lot it is: a lot may have several. */
const nth = (history: History, type: 'lot.suspended' | 'lot.resumed'): number => history.all(type).length;

/** 暂停公告 */
export function composeSuspension(history: History, names: Names): SuspensionNotice {
  const { data, at } = sourceOf<'lot.suspended'>(history);
  return {
    ...commonOf(history, names, 'suspension-notice', nth(history, 'lot.suspended')),
    notice: noticeOf(history),
    authority: data.authorityName,
    suspendedAt: at,
    phase: phases[phaseOf(data.phase)].title,
    reason: data.reason,
    ground: data.ground,
    contacts: reached(history),
  };
}

/** 恢复公告 */
export function composeResumption(history: History, names: Names): ResumptionNotice {
  const { data, at } = sourceOf<'lot.resumed'>(history);
  return {
    ...commonOf(history, names, 'resumption-notice', nth(history, 'lot.resumed')),
    notice: noticeOf(history),
    authority: data.authorityName,
    suspendedAt: data.suspendedAt,
    resumedAt: at,
    days: daysOfPause({ from: data.suspendedAt as Instant, until: at as Instant }),
    phase: phases[phaseOf(data.phase)].title,
    reason: data.reason,
    periods: data.periods.map(({ period, counted, was, until }) => ({
      title: titles[pausedPeriods.find((each) => each === period) ?? 'deadline'],
      counted: units[counted],
      was,
      until,
    })),
    contacts: reached(history),
  };
}

/** 终止公告 */
export function composeTermination(history: History, names: Names): TerminationNotice {
  const { data, at } = sourceOf<'tender.terminated'>(history);
  const ground = names.edition.terminations?.find(({ id }) => id === data.ground);
  if (!ground) throw new Error(`the line has no ground '${data.ground}'`);
  return {
    ...commonOf(history, names, 'termination-notice'),
    notice: noticeOf(history),
    terminatedAt: at,
    phase: phases[phaseOf(data.phase)].title,
    ground: ground.says,
    source: ground.source,
    reason: data.reason,
    bids: data.opened
      ? {
          zh: '已开启的投标文件由平台按档案管理规定保存；尚未开启的不再开启，任何人（含平台）不能打开。',
          en: 'What was opened is kept as a record; what was not stays sealed, and nobody, the platform included, can open it.',
        }
      : {
          zh: '已递交的投标文件不予解密，永久密封：各托管机构拒绝已终止标段的开启请求，任何人（含平台）不能打开。',
          en: 'The bids are not opened and stay sealed for good: custodians refuse a tender that was ended, and nobody, the platform included, can open them.',
        },
    security:
      history.must('notice.published').data.security === null
        ? { zh: '本标段未收取投标保证金。', en: 'No bid security was asked for.' }
        : { zh: '已收取的投标保证金全部退还，并付银行同期存款利息。', en: 'All bid securities go back, with deposit interest.' },
    refundBy: data.refundBy,
    fees: {
      zh: '平台免费提供电子招标文件；在平台以外收取过文件费用的，一并退还。',
      en: 'The platform charges nothing for electronic documents; whatever was taken for them elsewhere goes back too.',
    },
    contacts: reached(history),
  };
}
