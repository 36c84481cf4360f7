import { rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { cite, nonTenderOrder, platformRule } from '../rulebook/law.ts';
import type { MendingPlan } from '../tenders/mending.ts';
import { mendingRefused } from './problems.ts';

/** A request to put right formal gaps of a bid, and how often its bidder was asked for that before. */
interface MendingFacts {
  readonly plan: MendingPlan | undefined;
  readonly fields: readonly string[];
  readonly before: number;
}

const notGranted: Words = { zh: '本项目的交易规则没有规定补正。', en: 'The rules of this procedure know no putting right.' };

/** Only what the line names, where it names anything: whatever is missing elsewhere is judged as it is. */
export const mendsListed = rule<MendingFacts>({
  id: 'MEND-1',
  acts: ['enquire-bid'],
  certainty: 'M',
  source: cite(nonTenderOrder, '16'),
  says: {
    zh: '只能要求补正交易规则列明的形式性内容，不得超出响应文件范围或改变其实质性内容',
    en: 'only formal gaps in fields that the rules of the procedure name are put right, and nothing of substance changes',
  },
  problem: mendingRefused,
  refuses({ plan, fields }) {
    if (plan === undefined) return { says: notGranted, field: 'kind' };
    const source = plan.source;
    if (fields.length === 0) return { says: { zh: '请选择需要补正的内容。', en: 'Say what is to be put right.' }, field: 'fields', source };
    return fields.every((key) => plan.fields.includes(key)) ? false : { field: 'fields', source };
  },
});

export const mendsOnce = rule<MendingFacts>({
  id: 'MEND-2',
  acts: ['enquire-bid'],
  certainty: 'D',
  source: cite(platformRule),
  says: {
    zh: '同一响应文件只能要求补正一次，逾期未补正的不再要求',
    en: 'a bid is put right once; whoever lets the time pass is not asked again',
  },
  problem: mendingRefused,
  refuses: ({ before }) => before > 0 && { field: 'kind' },
});
