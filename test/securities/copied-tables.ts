import { expect } from '@jest/globals';
import type { TestHouse } from '../support/house.ts';

interface Looked {
  readonly lot: string;
  /** ids, codes and names that may not stand beside the lot */
  readonly whose: readonly string[];
  /** what may stand nowhere */
  readonly secrets: readonly string[];
}

/** What whoever copies all tables before the opening can learn from them of who pays for a lot: nothing by a name, nothing by a length, nothing by a number of rows. */
export async function expectToldNothing(house: TestHouse, { lot, whose, secrets }: Looked): Promise<void> {
  const sql = <Row extends object>(text: string): Promise<Row[]> => house.em().execute<Row[]>(text);
  const tables = await sql<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public'`);
  const rows: string[] = [];
  for (const { name } of tables) rows.push(...(await sql<{ row: string }>(`select t::text as row from "${name}" t`)).map(({ row }) => row));
  expect(rows.filter((row) => row.includes(lot)).length).toBeGreaterThan(5);
  expect(rows.filter((row) => row.includes(lot) && whose.some((each) => row.includes(each)))).toEqual([]);
  for (const secret of secrets) expect(rows.filter((row) => row.includes(secret))).toEqual([]);
  // each statement is as long as its tree, with one booking, whatever moved; no sum stands anywhere; each row is as long as the next
  const lines = await sql<{ lines: string }>('select count(*) as lines from statement_line group by statement');
  const statements = (await sql('select id from bank_statement')).length;
  expect(lines.map((each) => each.lines)).toEqual(Array(statements).fill('64'));
  expect(await sql('select id from sealed_booking')).toHaveLength(statements);
  expect(await sql('select * from ledger_posting')).toEqual([]);
  const lengths = await sql(
    `select distinct length(sealed) from (select sealed from security_account union all select sealed from statement_line
       union all select sealed from guarantee union all select sealed from sealed_booking) each`,
  );
  expect(lengths).toHaveLength(1);
  const [veiled] = await sql<{ lengths: string; places: string; rows: string; told: string }>(
    `select count(distinct length(body)) as lengths, count(distinct veil) as places, count(*) as rows,
       count(coalesce(lot::text, party, actor::text, address)) as told from journal_event where type = 'veiled'`,
  );
  // four askings, each told twice; one guarantee; four refusals; one entry of cover
  expect(veiled).toEqual({ lengths: '1', places: '14', rows: '14', told: '0' });
}
