import type { Words } from '../kernel/words.ts';

const kinds = ['publicity', 'awarded', 'contracted', 'failed'] as const;
export type ResultKind = (typeof kinds)[number];

/** What a published result can be, in the order a tender passes them. */
export const choices = { kinds } as const;

export const kindTitles: Readonly<Record<ResultKind, Words>> = {
  publicity: { zh: '候选人公示', en: 'Candidates' },
  awarded: { zh: '中标结果', en: 'Award' },
  contracted: { zh: '合同', en: 'Contract' },
  failed: { zh: '流标', en: 'Failed' },
};

/** Why a tender came to nothing. Unknown reasons show their name: nothing is hidden. */
export const failures: Readonly<Record<string, Words>> = {
  'too-few-bids': { zh: '投标人少于三个', en: 'fewer than three bidders' },
  'none-left': { zh: '前一信封评审后无人通过', en: 'nobody passed an earlier envelope' },
  'competition-lacking': { zh: '前一信封评审后缺乏竞争', en: 'competition was lacking after an earlier envelope' },
  'none-decrypted': { zh: '无一投标文件完成解密', en: 'no bid was decrypted' },
  'documents-flawed': {
    zh: '招标文件存在歧义、重大缺陷或者违反强制性规定，停止评标',
    en: 'the documents were ambiguous, defective or unlawful, and the panel stopped',
  },
  'too-few-qualified': { zh: '资格审查合格的不足法定家数', en: 'too few bidders were qualified' },
  'too-few-suppliers': { zh: '继续参加的供应商不足规定家数', en: 'too few suppliers stayed' },
  'method-unfit': { zh: '不再符合规定的采购方式适用情形', en: 'this way of procurement no longer fitted' },
  'unlawful-acts': { zh: '出现影响采购公正的违法、违规行为', en: 'unlawful acts touched its fairness' },
  'task-cancelled': { zh: '因重大变故，采购任务取消', en: 'the task was cancelled' },
  terminated: { zh: '招标人依法终止招标', en: 'the tenderee has ended the tender' },
  'too-few-valid': { zh: '有效投标不足', en: 'too few valid bids' },
};
export const failureWords = (reason: string | null): Words | null =>
  reason === null ? null : (failures[reason] ?? { zh: reason, en: reason });
