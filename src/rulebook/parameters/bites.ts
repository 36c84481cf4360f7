import type { Words } from '../../kernel/words.ts';

/** What the platform does with a figure. Said once, used by all tables. */
export const bites = {
  refusesNotice: { zh: '不符合的，拒绝发布公告', en: 'publication of the notice is refused otherwise' },
  refusesAct: { zh: '不符合的，拒绝办理', en: 'the act is refused otherwise' },
  movesDeadline: { zh: '不足的，自动顺延投标截止时间', en: 'the deadline is moved until it holds' },
  setsDue: { zh: '列入待办，倒计时，逾期亮红灯', en: 'a to-do with its due time; overdue turns red' },
  decides: { zh: '系统按此判断流程走向', en: 'decides which way the tender goes on' },
  informs: { zh: '填报时提示，不阻断', en: 'shown while filling in; blocks nothing' },
  excludes: { zh: '抽取前自动排除', en: 'excluded before the draw' },
  records: { zh: '信用与监管记录使用', en: 'used by credit and supervision records' },
  runs: { zh: '平台运行参数', en: 'runs the platform' },
} as const satisfies Record<string, Words>;
