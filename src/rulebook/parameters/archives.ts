import { archiveStandard, procurementLaw } from '../law.ts';
import { parameterRow as row } from '../parameter.ts';
import { bites } from './bites.ts';

/** How long the volume of a lot is kept, and by when it is handed over. */
export const archiveParameters = [
  row('archive.keeping', 'year', {
    value: '15',
    by: procurementLaw,
    articles: '42',
    certainty: 'V',
    bites: bites.refusesAct,
    zh: '采购文件从采购结束之日起至少保存{value}；招标人保存招标档案的期限相同（发改法规〔2025〕1358号）',
    en: 'the files of a procurement are kept for at least {value} from its end; those of a tender as long (NDRC 2025-1358)',
  }),
  row('archive.handover', 'month', {
    value: '3',
    by: archiveStandard,
    articles: '9',
    certainty: 'V2',
    bites: bites.informs,
    zh: '办结次年前{value}内移交归档（三月三十一日前）',
    en: 'a volume is handed over within {value} of the year after the lot ended (by 31 March)',
  }),
] as const;
