import { type Instant, parseInstant } from '../kernel/clock.ts';
import { type Fen, fen, parseYuan } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';
import { type DayString, dayOf, parseDay } from '../kernel/working-days.ts';
import { doubledRefs, faultIn, type ReadStatement, type StatementEntry, type StatementFault, signed } from './statement.ts';
import { all, down, type Element, readXml, textIn } from './xml.ts';

/**
 * Reads a bank statement of ISO 20022 (camt.053, any version): one statement of one account in renminbi, booked entries only. An entry of several payments is
 * taken apart into them; where balances are given, what moved must lead from the opening one to the closing one to the fen.
 */
export function readCamt053(text: string): ReadStatement {
  const document = readXml(text);
  const statements = all(down(document ?? undefined, 'BkToCstmrStmt'), 'Stmt');
  const [statement] = statements;
  if (!document || !statement)
    return refused({
      zh: '不是 camt.053 对账单，或者文件不完整、含有文档类型声明。',
      en: 'This is no camt.053 statement, is cut off, or has a document type.',
    });
  if (statements.length > 1) return refused({ zh: '一个文件只能有一份对账单。', en: 'A file holds one statement.' });
  const account = accountIn(down(statement, 'Acct')).replace(/\s/g, '');
  const read = all(statement, 'Ntry').map((entry) =>
    (textIn(entry, 'Sts', 'Cd') || textIn(entry, 'Sts') || 'BOOK') === 'BOOK' ? readEntry(entry) : [],
  );
  const rows = read.map((parts) => parts.map((part) => ('ref' in part ? (faultIn(part) ?? part) : part)));
  const entries = rows.flat().flatMap((part) => ('ref' in part ? [part] : []));
  const faults: StatementFault[] = rows.flatMap((parts, at) =>
    parts.flatMap((part) => ('ref' in part ? [] : [{ row: at + 1, says: part }])),
  );
  if (account === '') faults.push({ row: 0, says: { zh: '没有写明账户。', en: 'It does not say of which account it is.' } });
  if (faults.length === 0) faults.push(...doubledRefs(entries), ...balanceFaults(statement, entries));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, statement: { account, entries } };
}

const refused = (says: Words): ReadStatement => ({ ok: false, faults: [{ row: 0, says }] });
const accountIn = (account: Element | undefined): string => textIn(account, 'Id', 'IBAN') || textIn(account, 'Id', 'Othr', 'Id');
const nameIn = (party: Element | undefined): string => textIn(party, 'Nm') || textIn(party, 'Pty', 'Nm');

/** The payments of one entry; what is wrong with it, in words, in the place of one that cannot be read. */
function readEntry(entry: Element): (StatementEntry | Words)[] {
  const details = all(entry, 'NtryDtls').flatMap((group) => all(group, 'TxDtls'));
  const amount = amountIn(entry);
  const booked = bookedIn(down(entry, 'BookgDt'));
  const indicator = textIn(entry, 'CdtDbtInd');
  if (amount === undefined)
    return [{ zh: '金额不是两位小数以内的人民币金额。', en: 'The amount is not renminbi with at most two places.' }];
  if (booked === undefined) return [{ zh: '没有记账日期。', en: 'There is no booking date.' }];
  if (indicator !== 'CRDT' && indicator !== 'DBIT')
    return [{ zh: '没有写明收付方向。', en: 'It does not say whether money came or went.' }];
  const ref = textIn(entry, 'AcctSvcrRef') || textIn(entry, 'NtryRef');
  const whole = { ...booked, credit: indicator === 'CRDT', reversal: textIn(entry, 'RvslInd') === 'true' };
  if (details.length <= 1) return [paymentIn(details[0], { ...whole, ref, amount })];
  const parts = details.map((detail) => amountIn(detail) ?? amountIn(down(detail, 'AmtDtls', 'TxAmt')));
  const sum = parts.reduce<bigint>((total, part) => total + (part ?? 0n), 0n);
  if (parts.some((part) => part === undefined) || sum !== amount)
    return [{ zh: '批量入账的各笔金额之和与总额不符。', en: 'The payments of a batch do not add up to it.' }];
  return details.map((detail, at) =>
    paymentIn(detail, { ...whole, ref: textIn(detail, 'Refs', 'AcctSvcrRef') || `${ref}/${at + 1}`, amount: parts[at] ?? fen(0n) }),
  );
}

type Whole = Pick<StatementEntry, 'bookedOn' | 'bookedAt' | 'credit' | 'reversal' | 'ref' | 'amount'>;

function paymentIn(detail: Element | undefined, whole: Whole): StatementEntry {
  const parties = down(detail, 'RltdPties');
  // of money that comes back to us the other side is the creditor it had gone to
  const [payer, own] = whole.credit ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr'];
  return {
    ...whole,
    number: accountIn(down(parties, `${own}Acct`)).replace(/\s/g, ''),
    payerName: nameIn(down(parties, payer)),
    payerAccount: accountIn(down(parties, `${payer}Acct`)).replace(/\s/g, ''),
    endToEnd: textIn(detail, 'Refs', 'EndToEndId'),
    text: all(down(detail, 'RmtInf'), 'Ustrd')
      .map((line) => line.text.trim())
      .join(' ')
      .slice(0, 300),
  };
}

/** Only renminbi, written as a decimal number. */
function amountIn(element: Element | undefined): Fen | undefined {
  const amount = down(element, 'Amt');
  return amount?.attributes.Ccy === 'CNY' ? parseYuan(amount.text.trim().replace(/^0+(?=\d)/, '')) : undefined;
}

function bookedIn(date: Element | undefined): { bookedOn: DayString; bookedAt: Instant | null } | undefined {
  const moment = textIn(date, 'DtTm');
  // a time without a zone is the bank's own: Beijing's
  const at = moment === '' ? undefined : parseInstant(/(Z|[+-]\d{2}:\d{2})$/.test(moment) ? moment : `${moment}+08:00`);
  if (at !== undefined) return { bookedOn: dayOf(at), bookedAt: at };
  const day = moment === '' ? parseDay(textIn(date, 'Dt').slice(0, 10)) : undefined;
  return day === undefined ? undefined : { bookedOn: day, bookedAt: null };
}

function balanceFaults(statement: Element, entries: readonly StatementEntry[]): readonly StatementFault[] {
  const balance = (code: string): bigint | undefined => {
    const found = all(statement, 'Bal').find((each) => textIn(each, 'Tp', 'CdOrPrtry', 'Cd') === code);
    const amount = amountIn(found);
    return amount === undefined ? undefined : textIn(found, 'CdtDbtInd') === 'DBIT' ? -amount : amount;
  };
  const [from, to] = [balance('OPBD'), balance('CLBD')];
  if (from === undefined || to === undefined) return [];
  const moved = entries.reduce((sum, entry) => sum + signed(entry), 0n);
  return from + moved === to
    ? []
    : [
        {
          row: 0,
          says: { zh: '期初余额加发生额不等于期末余额。', en: 'The opening balance and what moved do not make the closing balance.' },
        },
      ];
}
