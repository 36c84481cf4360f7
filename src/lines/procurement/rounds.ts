import { cite, type Law, nonTenderOrder } from '../../rulebook/law.ts';
import type { LineEdition, NegotiationPlan, RuleSets } from '../../tenders/line.ts';
import { group, groupRules, otherwiseLimits, otherwiseNotice, otherwiseParameters, otherwiseResult } from './otherwise.ts';
import { type WayNames, wordingOf } from './otherwise-wording.ts';
import { mending, responseForm, responseItems } from './responses.ts';

/** What of the documents may be changed while suppliers are negotiated with, and nothing else (Order 74 art. 32; measures of consultation, art. 20). */
export const changeable: NegotiationPlan['changeable'] = [
  { id: 'technical', says: { zh: '采购需求中的技术要求', en: 'Technical requirements' } },
  { id: 'service', says: { zh: '采购需求中的服务要求', en: 'Requirements of service' } },
  { id: 'contract', says: { zh: '合同草案条款', en: 'Terms of the draft contract' } },
];

/** Why it is ended without a result, beside too few suppliers. */
export const endingsBy = (law: Law, article: string): NegotiationPlan['endings'] => [
  {
    id: 'method-unfit',
    says: { zh: '因情况变化，不再符合规定的采购方式适用情形', en: 'Circumstances have changed and this way of procurement no longer fits' },
    source: cite(law, article),
  },
  {
    id: 'unlawful-acts',
    says: { zh: '出现影响采购公正的违法、违规行为', en: 'Unlawful acts have touched its fairness' },
    source: cite(law, article),
  },
  {
    id: 'task-cancelled',
    says: { zh: '因重大变故，采购任务取消', en: 'The task is cancelled by a major change' },
    source: cite(nonTenderOrder, '23'),
  },
];

/** What a way of procurement in rounds says of itself; the rest is what all ways otherwise than by tender share. */
export interface RoundsPlan {
  readonly id: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly figures: Pick<LineEdition['parameters'], 'bidPeriodMin' | 'documentsWindowMin' | 'addendumAhead'>;
  readonly notice: RuleSets['notice'];
  readonly addendum: RuleSets['addendum'];
  readonly negotiation: NegotiationPlan;
  readonly methods: LineEdition['methods'];
  readonly criteria: LineEdition['criteria'];
  readonly names: WayNames;
}

/** An edition of a way in rounds, on the base of the line's edition of the same day. */
export const inRounds = (base: LineEdition, plan: RoundsPlan): LineEdition => {
  // securities of a response bind until the last offer is awarded: they are lodged as the documents say
  const { security: _, ...rest } = base;
  return {
    ...rest,
    id: `procurement/${plan.id}/${base.inForceFrom}`,
    title: {
      zh: `政府采购${plan.title.zh}规则（${base.inForceFrom.slice(0, 4)}年版）`,
      en: `Rules of ${plan.title.en} in government procurement, edition ${base.inForceFrom.slice(0, 4)}`,
    },
    parameters: { ...base.parameters, ...otherwiseParameters, ...plan.figures },
    bidForm: responseForm,
    qualifiedBy: 'panel',
    negotiation: plan.negotiation,
    result: otherwiseResult,
    items: responseItems,
    corrections: [],
    mending,
    criteria: plan.criteria,
    methods: plan.methods,
    panel: { ...base.panel, ...group },
    rules: { ...base.rules, ...groupRules, notice: [...otherwiseNotice, ...plan.notice], addendum: plan.addendum },
    limits: otherwiseLimits,
    wording: wordingOf(plan.names),
  };
};
