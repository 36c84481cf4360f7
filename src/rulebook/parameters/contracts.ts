import { paymentRegulation, procurementLaw } from '../law.ts';
import { parameterRow as row } from '../parameter.ts';
import { bites } from './bites.ts';

/** Figures of the performance of contracts. */
export const contractParameters = [
  row('contract.payment.max', 'day', {
    value: '60',
    by: paymentRegulation,
    articles: '9',
    certainty: 'M',
    bites: bites.refusesAct,
    zh: '合同约定的付款期限自交付或者验收合格之日起最长不得超过{value}',
    en: 'the term agreed for payment is at most {value} from delivery or acceptance',
  }),
  row('proc.addon.max', 'ratio', {
    value: '0.1',
    by: procurementLaw,
    articles: '49',
    certainty: 'V',
    bites: bites.refusesAct,
    zh: '追加与合同标的相同的货物、工程或者服务的，所有补充合同的采购金额不得超过原合同采购金额的{value}',
    en: 'what supplementary contracts add together is at most {value} of the amount of the original contract',
  }),
];
