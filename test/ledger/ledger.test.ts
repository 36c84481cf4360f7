import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fraction } from '../../src/kernel/fraction.ts';
import { fen } from '../../src/kernel/money.ts';
import { day } from '../../src/kernel/working-days.ts';
import { balanced, balances, merged, transfer } from '../../src/ledger/books.ts';
import { readCamt053 } from '../../src/ledger/camt053.ts';
import { interest } from '../../src/ledger/interest.ts';
import { pain001 } from '../../src/ledger/payment-order.ts';
import { readStatementTable } from '../../src/ledger/statement-csv.ts';
import { accountNumber, isAccountNumber } from '../../src/ledger/virtual-account.ts';
import { readXml } from '../../src/ledger/xml.ts';
import { parameter, parameterInForce } from '../../src/rulebook/parameters.ts';

const key = new Uint8Array(32).fill(5);

describe('an account number', () => {
  const number = accountNumber(key, '620588', 'a lot/a bidder');

  it('is the same for its holder, another for every other, and says nothing of either', () => {
    expect(accountNumber(key, '620588', 'a lot/a bidder')).toBe(number);
    expect(accountNumber(key, '620588', 'a lot/another')).not.toBe(number);
    expect(accountNumber(new Uint8Array(32), '620588', 'a lot/a bidder')).not.toBe(number);
    expect(number).toMatch(/^620588\d{14}$/);
  });

  it('is caught with any digit wrong, and with any two neighbours that changed places', () => {
    expect(isAccountNumber(number, '620588')).toBe(true);
    expect(isAccountNumber(`${number.slice(0, 8)} ${number.slice(8)}`, '620588')).toBe(true);
    for (let at = 6; at < number.length; at += 1) {
      const digit = Number(number[at]);
      for (let other = 0; other < 10; other += 1)
        if (other !== digit) expect(isAccountNumber(number.slice(0, at) + other + number.slice(at + 1), '620588')).toBe(false);
      const [a, b] = [number[at] ?? '', number[at + 1] ?? ''];
      if (b !== '' && a !== b) expect(isAccountNumber(number.slice(0, at) + b + a + number.slice(at + 2), '620588')).toBe(false);
    }
    expect(isAccountNumber(number.slice(1), '620588')).toBe(false);
  });
});

const head = ['账号', '流水号', '记账时间', '收付', '金额', '专用账号', '对方户名', '对方账号', '指令号', '摘要'];
const row = (change: Partial<Record<string, string>> = {}): string[] => {
  const usual: Record<string, string> = {
    账号: '17001234567890',
    流水号: 'B1',
    记账时间: '2031-11-02 09:30:00',
    收付: '收',
    金额: '300,000.00',
    专用账号: '6205 8812 3456 7890 1234',
    对方户名: '宜昌建设有限公司',
    对方账号: '42001111',
    指令号: '',
    摘要: '保证金',
  };
  return head.map((title) => change[title] ?? usual[title] ?? '');
};

describe('a statement as a table', () => {
  it('is read exactly: fen, moments of Beijing, numbers without their blanks', () => {
    const read = readStatementTable([head, row()]);
    expect(read).toMatchObject({
      ok: true,
      statement: {
        account: '17001234567890',
        entries: [
          {
            ref: 'B1',
            amount: 30_000_000n,
            credit: true,
            reversal: false,
            bookedAt: '2031-11-02T01:30:00.000Z',
            number: '62058812345678901234',
          },
        ],
      },
    });
  });

  it('is refused whole, with every faulty row named', () => {
    const read = readStatementTable([
      head,
      row(),
      row({ 流水号: 'B2', 金额: '1.005' }),
      row({ 流水号: 'B1' }),
      row({ 流水号: 'B3', 收付: '入' }),
      row({ 流水号: 'B4', 记账时间: '2031-02-30' }),
    ]);
    expect(read.ok ? [] : read.faults.map((fault) => fault.row)).toEqual([3, 5, 6]);
    const twice = readStatementTable([head, row(), row({ 流水号: 'B2' }), row()]);
    expect(twice.ok ? [] : twice.faults.map((fault) => fault.row)).toEqual([4]);
  });
});

const camt = (entries: string, more = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><Othr><Id>17001234567890</Id></Othr></Id></Acct>${more}${entries}</Stmt></BkToCstmrStmt></Document>`;
const entry = (ref: string, amount: string, inside = '', currency = 'CNY'): string =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2031-11-02T09:30:00</DtTm></BookgDt><AcctSvcrRef>${ref}</AcctSvcrRef><NtryDtls>${inside}</NtryDtls></Ntry>`;
const payment = (amount = '', name = 'A &amp; B', ref = ''): string =>
  `<TxDtls><Refs>${ref === '' ? '' : `<AcctSvcrRef>${ref}</AcctSvcrRef>`}<EndToEndId>E1</EndToEndId></Refs>${amount === '' ? '' : `<Amt Ccy="CNY">${amount}</Amt>`}<RltdPties><Dbtr><Pty><Nm>${name}</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>42001111</Id></Othr></Id></DbtrAcct><CdtrAcct><Id><Othr><Id>62058812345678901234</Id></Othr></Id></CdtrAcct></RltdPties></TxDtls>`;
const balance = (code: string, amount: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`;

describe('a statement as camt.053', () => {
  it('is read like the table; a batch is taken apart into its payments', () => {
    const read = readCamt053(
      camt(entry('B1', '300000.00', payment()) + entry('B2', '5.00', payment('2.00', 'X', 'B2a') + payment('3.00', 'Y'))),
    );
    expect(read.ok && read.statement.entries.map(({ ref, amount, payerName, bookedAt }) => [ref, amount, payerName, bookedAt])).toEqual([
      ['B1', 30_000_000n, 'A & B', '2031-11-02T01:30:00.000Z'],
      ['B2a', 200n, 'X', '2031-11-02T01:30:00.000Z'],
      ['B2/2', 300n, 'Y', '2031-11-02T01:30:00.000Z'],
    ]);
  });

  it('must add up: a batch to its entry, what moved to the closing balance', () => {
    expect(readCamt053(camt(entry('B2', '5.00', payment('2.00') + payment('2.99')))).ok).toBe(false);
    const balanced = camt(entry('B1', '300000.00', payment()), balance('OPBD', '10.00') + balance('CLBD', '300010.00'));
    expect(readCamt053(balanced).ok).toBe(true);
    expect(readCamt053(balanced.replace('300010.00', '300010.01')).ok).toBe(false);
  });

  it('takes no other currency, no half of a fen, no money without a payer', () => {
    for (const wrong of [
      entry('B1', '1.00', payment(), 'USD'),
      entry('B1', '1.001', payment()),
      entry('B1', '1.00', payment('', '')),
      entry('', '1.00', payment()),
    ])
      expect(readCamt053(camt(wrong)).ok).toBe(false);
  });

  it('opens nothing outside itself and cannot be made to burst: whatever has a document type is refused, as is what is cut off or too deep', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${camt(entry('B1', '1.00', payment('', '&b;'))).slice(38)}`;
    const outside = `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>`;
    for (const text of [bomb, outside, camt(entry('B1', '1.00')).slice(0, -20), `${'<a>'.repeat(30)}${'</a>'.repeat(30)}`, '', 'no xml'])
      expect(readCamt053(text).ok).toBe(false);
    // an entity that nobody declared stays what was written: it is never looked up
    expect(readXml('<a>&unknown;</a>')?.text ?? '').not.toContain('root:');
  });

  it('and what we order can be read back by any reader of XML', () => {
    const order = pain001({
      id: '019a0000-0000-7000-8000-000000000000',
      at: '2031-12-01T00:00:00.000Z' as never,
      on: day('2031-12-01'),
      debtor: { name: '中心', account: '17001234567890' },
      payments: [{ endToEnd: 'E1', amount: fen(123n), payeeName: '<A & "B">', payeeAccount: '4200', payeeBank: '', text: '退' }],
    });
    const read = readXml(order);
    const initiation = read?.children[0]?.children[1];
    expect(
      initiation?.children.find(({ name }) => name === 'CdtTrfTxInf')?.children.find(({ name }) => name === 'Cdtr')?.children[0]?.text,
    ).toBe('<A & "B">');
    expect(order).toContain('<CtrlSum>1.23</CtrlSum>');
  });
});

describe('interest', () => {
  const rule = {
    yearDays: 360,
    rateOn: (on: ReturnType<typeof day>) => ({
      rate: parameter('security.interest.demand', on),
      until: parameterInForce('security.interest.demand', on).inForceTo,
    }),
  };
  it('is reckoned by the rate of each day, the last not counted, and rounded once to the fen', () => {
    // 300 000.00 for 10 days at 0.05 %: 4.1666… yuan
    expect(interest(fen(30_000_000n), day('2031-11-01'), day('2031-11-11'), rule)).toBe(417n);
    // ten days at 0.10 % and ten at 0.05 %
    expect(interest(fen(30_000_000n), day('2025-05-10'), day('2025-05-30'), rule)).toBe(1250n);
    expect(interest(fen(30_000_000n), day('2025-05-10'), day('2025-05-10'), rule)).toBe(0n);
    expect(
      Fraction.of(30_000_000n)
        .times(parameter('security.interest.demand', day('2031-11-01')))
        .times(Fraction.of(10, 360))
        .print(2),
    ).toBe('416.67');
  });
});

describe('the books', () => {
  const account = fc.constantFrom('bank', 'received', 'held/a', 'held/b', 'ordered');
  const move = fc.record({ amount: fc.bigInt({ min: 1n, max: 10n ** 12n }).map(fen), from: account, to: account });

  it('balance to nothing after any moves in any order, and the same moves in another order stand the same', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1 }), fc.infiniteStream(fc.nat()), (moves, chance) => {
        const postings = moves.flatMap(({ amount, from, to }) => transfer(amount, from, to));
        const shuffled = [...postings].map((posting) => ({ posting, at: chance.next().value })).sort((a, b) => a.at - b.at);
        const sum = [...balances(postings).values()].reduce((total, each) => total + each, 0n);
        expect(sum).toBe(0n);
        expect(balances(shuffled.map(({ posting }) => posting))).toEqual(balances(postings));
        const net = merged(postings);
        expect(net.length === 0 || balanced(net)).toBe(true);
      }),
    );
  });

  it('refuse what does not add up, and what moves nothing', () => {
    expect(balanced([{ account: 'bank', amount: fen(1n) }])).toBe(false);
    expect(
      balanced([
        { account: 'bank', amount: fen(2n) },
        { account: 'received', amount: fen(-1n) },
      ]),
    ).toBe(false);
    expect(
      balanced([
        { account: 'bank', amount: fen(0n) },
        { account: 'received', amount: fen(0n) },
      ]),
    ).toBe(false);
  });
});
