import { procurementLaw, procurementOrder, procurementRegulation } from '../law.ts';
import { parameterRow as row } from '../parameter.ts';
import { bites } from './bites.ts';

/** The figures of invited tenders in procurement (rules/domain GP-2, §3.2). */
export const invitationParameters = [
  row('proc.prequal.period.min', 'workday', {
    value: '5',
    by: procurementRegulation,
    articles: '21',
    certainty: 'V',
    bites: bites.refusesAct,
    zh: '提交资格预审申请文件的时间自资格预审公告发布之日起不得少于{value}',
    en: 'applications for prequalification are taken for at least {value} from its notice on',
  }),
  row('proc.invite.min', 'count', {
    value: '3',
    by: procurementLaw,
    articles: '34',
    certainty: 'V',
    bites: bites.refusesAct,
    zh: '从符合相应资格条件的供应商中随机选择{value}家以上，向其发出投标邀请书',
    en: 'at least {value} are drawn at random from the suppliers that qualify, and invited',
  }),
  row('proc.invite.witnesses.min', 'count', {
    value: '2',
    by: procurementOrder,
    articles: '14',
    certainty: 'V',
    bites: bites.refusesAct,
    zh: '随机抽取供应商时，应当有不少于{value}名采购人工作人员在场监督',
    en: 'at least {value} of the buyer’s staff watch when suppliers are drawn',
  }),
] as const;
