import type { Words } from '../kernel/words.ts';

export interface TradeClass {
  /** first character of a trading code */
  readonly letter: string;
  readonly title: Words;
  readonly source: Words;
}

const norm: Words = { zh: '《公共资源交易平台系统数据规范（V2.0）》', en: 'Data norm of public-resource trading platforms, V2.0' };

/** The classes of trade by the first character of a trading code, and where each stands. */
export const tradeClasses: readonly TradeClass[] = [
  { letter: 'A', title: { zh: '工程建设', en: 'engineering works' }, source: norm },
  { letter: 'B', title: { zh: '土地使用权和矿业权', en: 'land-use and mineral rights' }, source: norm },
  { letter: 'C', title: { zh: '国有产权', en: 'state-owned property rights' }, source: norm },
  { letter: 'D', title: { zh: '政府采购', en: 'buying by government' }, source: norm },
  {
    letter: 'E',
    title: { zh: '药品采购（本地类别）', en: 'drug purchasing (a local class)' },
    source: { zh: '平台规则（规范未列药品）', en: 'Platform rule (the norm has no class for drugs)' },
  },
];

/** The texts by which a trading code is made. */
export const tradeCodeSource: Words = {
  zh: `${norm.zh}；校验码：ISO/IEC 7064 MOD 37-2；主体代码：GB 32100-2015`,
  en: `${norm.en}; check character: ISO/IEC 7064 MOD 37-2; party: GB 32100-2015`,
};
