import { column, columns, fitted } from './columns.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import type { Text } from './letters.ts';
import type { Sheet } from './sheet.ts';
import { type CellInput, entries, table } from './table.ts';
import { figures, side, signedFigures } from './wording.ts';

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

/** Contents 7: prices and scores side by side; factors are numbered, and many of them go into tables of their own. */
export function comparisonSection(sheet: Sheet, report: EvaluationReport): void {
  const factors = report.criteria.filter(({ kind }) => kind !== 'price').map(({ name }, index) => ({ name, index }));
  const few = factors.length <= besideTotals;
  sheet.heading({ zh: '经评审的价格和评分比较一览表', en: 'Comparison of evaluated prices and scores' });
  scoreTable(sheet, report, few ? factors : [], true);
  for (let from = 0; !few && from < factors.length; from += perTable)
    scoreTable(sheet, report, factors.slice(from, from + perTable), false);
  if (factors.length > 0)
    sheet.remark({
      zh: `因素：${factors.map(({ name, index }) => `因素${index + 1} ${side(name, 'zh')}`).join('；')}。`,
      en: `Factors: ${factors.map(({ name, index }) => `F${index + 1} ${side(name, 'en')}`).join('; ')}.`,
    });
  if (report.adjustments.length === 0) return;
  sheet.caption({ zh: '评审价格调整', en: 'Adjustments of the price' });
  table(
    sheet,
    [columns.bidder, fitted('调整（元）', 'Adjustment (CNY)', 'right'), column('理由', 'Reason', 6)],
    report.adjustments.map((each): CellInput[] => [each.bidder.name, signedFigures(each.amount), each.reason]),
  );
}

/** more factor columns than these leave no room for the bidders' names */
const perTable = 7;
/** and beside prices and totals more than these */
const besideTotals = 4;

interface Factor {
  readonly name: Text;
  readonly index: number;
}

function scoreTable(sheet: Sheet, report: EvaluationReport, factors: readonly Factor[], totals: boolean): void {
  const before = totals ? [fitted('投标报价（元）', 'Price', 'right'), fitted('评审价（元）', 'Evaluated', 'right')] : [];
  const after = totals ? [fitted('技术', 'Tech.', 'right'), fitted('报价', 'Price', 'right'), fitted('总分', 'Total', 'right')] : [];
  table(
    sheet,
    [columns.bidder, ...before, ...factors.map(({ index }) => fitted(`因素${index + 1}`, `F${index + 1}`, 'right')), ...after],
    report.rows.map((each): CellInput[] => [
      each.bidder.name,
      ...(totals ? [figures(each.bidPrice), figures(each.evaluatedPrice)] : []),
      ...factors.map(({ index }) => each.scores[index] ?? '—'),
      ...(totals ? [each.technical, each.price, { text: each.total, weight: 'bold' as const }] : []),
    ]),
    7.2,
  );
}
