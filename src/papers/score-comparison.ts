import { column, columns, fitted } from './columns.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import type { Sheet } from './sheet.ts';
import { type CellInput, type Column, entries, table } from './table.ts';
import { figures, side } from './wording.ts';

/** Contents 6: standards, method, factors, what was drawn, the benchmark. */
export function methodSection(sheet: Sheet, report: EvaluationReport): void {
  const kinds = {
    objective: { zh: '客观分', en: 'objective' },
    subjective: { zh: '主观分', en: 'subjective' },
    price: { zh: '报价', en: 'price' },
  } as const;
  sheet.heading({ zh: '评标标准、评标方法和评标因素一览表', en: 'Standards, method and factors' });
  sheet.paragraph(report.method);
  table(
    sheet,
    [column('评审因素', 'Factor', 3), fitted('类别', 'Kind'), fitted('分值', 'Max', 'right'), column('评分标准', 'Standard', 7)],
    report.criteria.map((each): CellInput[] => [each.name, kinds[each.kind], each.max, each.standard]),
  );
  if (report.benchmark !== null || report.drawn.length > 0)
    entries(sheet, [
      ...report.drawn.map((each) => ({
        label: { zh: side(each.name, 'zh'), en: typeof each.name === 'string' ? 'Drawn' : each.name.en },
        value: each.choice,
        half: true,
      })),
      ...(report.benchmark === null
        ? []
        : [{ label: { zh: '评标基准价', en: 'Benchmark' }, value: `¥${figures(report.benchmark)}`, half: true, weight: 'bold' as const }]),
    ]);
}

/** Contents 7: prices and scores side by side, factors numbered so that many fit. */
export function comparisonSection(sheet: Sheet, report: EvaluationReport): void {
  const factors = report.criteria.filter(({ kind }) => kind !== 'price');
  sheet.heading({ zh: '经评审的价格和评分比较一览表', en: 'Comparison of evaluated prices and scores' });
  table(
    sheet,
    [
      columns.bidder,
      fitted('投标报价（元）', 'Price', 'right'),
      fitted('评审价（元）', 'Evaluated', 'right'),
      ...factors.map((_, index): Column => fitted(`因素${index + 1}`, `F${index + 1}`, 'right')),
      fitted('技术', 'Tech.', 'right'),
      fitted('报价', 'Price', 'right'),
      fitted('总分', 'Total', 'right'),
    ],
    report.rows.map((each): CellInput[] => [
      each.bidder.name,
      figures(each.bidPrice),
      figures(each.evaluatedPrice),
      ...each.scores,
      each.technical,
      each.price,
      { text: each.total, weight: 'bold' },
    ]),
    7.2,
  );
  sheet.remark({
    zh: `因素按上表次序：${factors.map((each, index) => `因素${index + 1} ${side(each.name, 'zh')}`).join('；')}。`,
    en: `Factors in the order above: ${factors.map((each, index) => `F${index + 1} ${side(each.name, 'en')}`).join('; ')}.`,
  });
}
