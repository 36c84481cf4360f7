import { frameworkOrder } from '../law.ts';
import { parameterRow as row } from '../parameter.ts';
import { bites } from './bites.ts';

/** The figures of framework agreements (rules/domain §2.3, §3.2, §4.4). */
export const procurementFrameworkParameters = [
  row('proc.frame.suppliers.min', 'count', {
    value: '2',
    by: frameworkOrder,
    articles: '27',
    certainty: 'V',
    bites: bites.decides,
    zh: '提交响应文件和符合资格条件、实质性要求的供应商应当均不少于{value}家',
    en: 'at least {value} suppliers respond, and at least as many meet the conditions',
  }),
  row('proc.frame.elimination.min', 'ratio', {
    value: '0.2',
    by: frameworkOrder,
    articles: '27',
    certainty: 'V',
    bites: bites.refusesNotice,
    zh: '确定第一阶段入围供应商时，淘汰比例一般不得低于{value}，且至少淘汰一家供应商',
    en: 'at least {value} of the suppliers are eliminated, and one of them in any case',
  }),
  row('proc.frame.term.goods', 'month', {
    value: '12',
    by: frameworkOrder,
    articles: '15',
    certainty: 'V',
    bites: bites.refusesNotice,
    zh: '货物项目框架协议有效期一般不超过{value}',
    en: 'an agreement about goods lasts {value} at most as a rule',
  }),
  row('proc.frame.term.services', 'month', {
    value: '24',
    by: frameworkOrder,
    articles: '15',
    certainty: 'V',
    bites: bites.refusesNotice,
    zh: '服务项目框架协议有效期一般不超过{value}',
    en: 'an agreement about services lasts {value} at most as a rule',
  }),
] as const;
