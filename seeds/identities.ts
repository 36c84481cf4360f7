import { addDays, day } from '../src/kernel/working-days.ts';
import { bankCardCheck, makeResidentNumber } from '../src/parties/person.ts';

/** Invented identity data for the n-th person of a seeded pool (n from 0, below nine million): always the same, each number right in its check characters and nobody's twice. */
export function inventedIdentity(n: number): {
  readonly idNumber: string;
  readonly phone: string;
  readonly bankAccount: string;
  readonly email: string;
} {
  const card = `621799${String(n).padStart(12, '0')}`;
  return {
    // born between 1958 and 1982: old enough for the years in the field, too young for the age limit
    idNumber: makeResidentNumber('420502', addDays(day('1958-01-01'), n % 9000), Math.floor(n / 9000)),
    phone: `138${String(10_000_000 + n).padStart(8, '0')}`,
    bankAccount: `${card}${bankCardCheck(card)}`,
    email: `expert${n + 1}@pool.example`,
  };
}
