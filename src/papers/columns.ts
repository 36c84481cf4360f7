import type { Column } from './table.ts';

/** Columns many tables share. */
export const columns = {
  number: { head: { zh: '序号', en: 'No.' }, fit: true, align: 'center' },
  rank: { head: { zh: '名次', en: 'Rank' }, fit: true, align: 'center' },
  bidder: { head: { zh: '投标人', en: 'Bidder' }, share: 5 },
  code: { head: { zh: '统一社会信用代码', en: 'Code' }, fit: true },
  price: { head: { zh: '投标报价（元）', en: 'Price (CNY)' }, fit: true, align: 'right' },
  total: { head: { zh: '得分', en: 'Score' }, fit: true, align: 'right' },
  period: { head: { zh: '工期', en: 'Period' }, fit: true, align: 'center' },
  manager: { head: { zh: '项目经理', en: 'Manager' }, share: 2, align: 'center' },
  at: { head: { zh: '时间', en: 'At (UTC+8)' }, fit: true, align: 'center' },
} as const satisfies Record<string, Column>;

/** A column that shares what the fitted ones leave. */
export const column = (zh: string, en: string, share: number, align: 'left' | 'center' | 'right' = 'left'): Column => ({
  head: { zh, en },
  share,
  align,
});
/** A column as wide as its content. */
export const fitted = (zh: string, en: string, align: 'left' | 'center' | 'right' = 'center'): Column => ({
  head: { zh, en },
  fit: true,
  align,
});
