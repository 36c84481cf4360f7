import type { ResumptionNotice, SuspensionNotice } from '../../src/papers/standstill-notice.ts';
import type { TerminationNotice } from '../../src/papers/termination-notice.ts';
import { common, supervisor, tenderNotice } from './samples.ts';

const contacts = { agent: null, supervisor };

export const suspensionNotice: SuspensionNotice = {
  ...common('暂停〔2026〕宜伍第 0009-1 号', '2026-11-10T02:00:00.000Z'),
  notice: { number: tenderNotice.number, issuedAt: tenderNotice.issuedAt },
  authority: '宜昌市公共资源交易监督管理局',
  suspendedAt: '2026-11-10T02:00:00.000Z',
  phase: { zh: '投标中', en: 'Bidding' },
  reason: '收到对资格条件的投诉，需核实是否存在限制、排斥潜在投标人的内容',
  ground: '《招标投标法实施条例》第六十二条',
  contacts,
};
export const resumptionNotice: ResumptionNotice = {
  ...common('恢复〔2026〕宜伍第 0009-1 号', '2026-11-13T07:30:00.000Z'),
  notice: { number: tenderNotice.number, issuedAt: tenderNotice.issuedAt },
  authority: '宜昌市公共资源交易监督管理局',
  suspendedAt: '2026-11-10T02:00:00.000Z',
  resumedAt: '2026-11-13T07:30:00.000Z',
  days: 4,
  phase: { zh: '投标中', en: 'Bidding' },
  reason: '经核实，资格条件与项目实际需要相适应，投诉不成立',
  periods: [
    {
      title: { zh: '投标截止', en: 'Deadline for bids' },
      counted: { zh: '日', en: 'days' },
      was: '2026-11-20T01:30:00.000Z',
      until: '2026-11-24T01:30:00.000Z',
    },
    {
      title: { zh: '公示', en: 'Publicity' },
      counted: { zh: '工作日', en: 'working days' },
      was: '2026-11-20T16:00:00.000Z',
      until: '2026-11-24T16:00:00.000Z',
    },
  ],
  contacts,
};
export const terminationNotice: TerminationNotice = {
  ...common('终止〔2026〕宜伍第 0009 号', '2026-11-14T02:00:00.000Z'),
  notice: { number: tenderNotice.number, issuedAt: tenderNotice.issuedAt },
  terminatedAt: '2026-11-14T02:00:00.000Z',
  phase: { zh: '投标中', en: 'Bidding' },
  ground: {
    zh: '项目审批、核准或者规划作出重大调整，原招标内容不再适用',
    en: 'approval or planning has changed so much that what is tendered no longer fits',
  },
  source: '《招标投标法实施条例》第三十一条',
  reason: '市规划部门调整了该路段红线，原设计不能实施，需重新报批后另行招标。',
  bids: { zh: '已递交的投标文件不予解密，永久密封。', en: 'The bids are not opened and stay sealed for good.' },
  security: { zh: '已收取的投标保证金全部退还，并付银行同期存款利息。', en: 'All bid securities go back, with deposit interest.' },
  refundBy: '2026-11-19T16:00:00.000Z',
  fees: { zh: '平台免费提供电子招标文件。', en: 'The platform charges nothing for electronic documents.' },
  contacts,
};
