import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { dayField, instantField } from '../kernel/clock-fields.ts';
import { type Fen, yuanField } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';
import type { DayString } from '../kernel/working-days.ts';

/** One movement on the collecting account, as the bank reports it. */
export interface StatementEntry {
  /** the bank's own reference, unique on the account: by it a movement that is reported again is known */
  readonly ref: string;
  /** always above zero; whether it came or went, `credit` says */
  readonly amount: Fen;
  readonly credit: boolean;
  /** takes an earlier movement of the other direction back */
  readonly reversal: boolean;
  readonly bookedOn: DayString;
  /** the moment of booking, where the bank tells it */
  readonly bookedAt: Instant | null;
  /** the number below the collecting account to which it was credited; empty where the payer named none */
  readonly number: string;
  readonly payerName: string;
  readonly payerAccount: string;
  /** of a payment that was ordered here: the reference that the order gave it */
  readonly endToEnd: string;
  readonly text: string;
}

/** A statement as it was read: the account it is of, and what moved. */
export interface Statement {
  readonly account: string;
  readonly entries: readonly StatementEntry[];
}

/** What is wrong with a statement, row by row. */
export interface StatementFault {
  /** row of the table, or number of the entry, from 1; 0: the whole file */
  readonly row: number;
  readonly says: Words;
}

export type ReadStatement =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly faults: readonly StatementFault[] };

/** Money in and money out as one signed amount: what a movement adds to the account. */
export const signed = ({ amount, credit }: Pick<StatementEntry, 'amount' | 'credit'>): bigint => (credit ? amount : -amount);

export const refShape = /^[\x21-\x7e]{1,70}$/;

/** The faults that both formats share; null when the movement can stand. */
export function faultIn(entry: StatementEntry): Words | null {
  if (!refShape.test(entry.ref))
    return { zh: '缺少银行流水号，或者流水号格式不符。', en: 'The bank’s reference is missing or cannot be one.' };
  if (entry.amount <= 0n) return { zh: '金额必须大于零。', en: 'The amount must be above zero.' };
  if (entry.credit && !entry.reversal && (entry.payerName === '' || entry.payerAccount === ''))
    return { zh: '收款没有付款人名称或账号。', en: 'Money came without its payer’s name or account.' };
  return null;
}

/** A reference stands once in a statement. */
export function doubledRefs(entries: readonly StatementEntry[]): readonly StatementFault[] {
  const seen = new Set<string>();
  return entries.flatMap(({ ref }, at) => {
    const again = seen.has(ref);
    seen.add(ref);
    return again
      ? [{ row: at + 1, says: { zh: `流水号 ${ref} 在文件中重复。`, en: `The reference ${ref} stands twice in the file.` } }]
      : [];
  });
}

const short = z.string().max(300);

/** A movement as a command carries it. */
export const entryShape: z.ZodType<StatementEntry> = z.object({
  ref: z.string().regex(refShape),
  amount: yuanField,
  credit: z.boolean(),
  reversal: z.boolean(),
  bookedOn: dayField,
  bookedAt: instantField.nullable(),
  number: short,
  payerName: short,
  payerAccount: short,
  endToEnd: short,
  text: short,
});
