const heads = '账号,流水号,记账时间,收付,金额,专用账号,对方户名,对方账号,指令号,摘要';

export interface Moved {
  readonly ref: string;
  readonly amount: string;
  readonly number?: string;
  readonly name?: string;
  readonly payer?: string;
  readonly way?: string;
  readonly at?: string;
  readonly order?: string;
  readonly text?: string;
}

/** A bank's statement as a table of text; who pays where a row does not say so. */
export function statementTable(account: string, other: { readonly name: string; readonly payer: string }, rows: readonly Moved[]): Buffer {
  const lines = rows.map(
    ({ ref, amount, number = '', name = other.name, payer = other.payer, way = '收', at = '2031-11-03', order = '', text = '' }) =>
      [account, ref, at, way, amount, number, name, payer, order, text].join(','),
  );
  return Buffer.from([heads, ...lines].join('\n'));
}
