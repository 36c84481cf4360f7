import { describe, expect, it } from '@jest/globals';
import { type Bid, bidShape, flawOf } from '../../src/bids/bid.ts';
import { cutBid } from '../../src/bids/cut.ts';
import { findingsOf } from '../../src/bids/findings.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { bidForm } from '../../src/lines/construction/bid-form.ts';
import type { Part } from '../../src/sealing/shapes.ts';
import { partsOfWay } from '../../src/tenders/envelopes.ts';

const lot = '0193f0a0-0000-7000-8000-000000000001';
const bidder = '91420500MA0030011Y';
const whole = (price: string): Bid => ({
  format: 'yangguang/bid/v1',
  lot,
  part: 'whole',
  bidder,
  bidderName: '宜昌三峡建设集团有限公司',
  price,
  figures: { periodDays: '240', quality: '合格', manager: '王建国（鄂1422019）', validityDays: '90', security: '保函 BH-1' },
  tables: { billOfQuantities: [{ code: '1', name: '土方', unit: 'm³', quantity: '1', unitPrice: price, amount: price }] },
  files: [
    { field: 'technical', name: '施工组织设计.pdf', sha256: 'x', bytes: 10 },
    { field: 'qualification', name: '资格.zip', sha256: 'y', bytes: 10 },
  ],
});
const two = partsOfWay('technical+price');
const three = partsOfWay('qualification+technical+price');
const flaw = (bid: unknown, parts: readonly Part[], part: Part) => flawOf(bid, { id: lot, form: bidForm, parts, part }, bidder);

describe('Cutting a bid into its envelopes', () => {
  it('puts everything into the one its form names, nothing twice, nothing lost; qualification goes first where it has none of its own', () => {
    const cuts = cutBid(whole('980.00'), bidForm, three);
    expect(cuts.map(({ part, bid, files }) => [part, bid.price, Object.keys(bid.figures), Object.keys(bid.tables), files])).toEqual([
      ['qualification', '', ['manager', 'security'], [], [1]],
      ['technical', '', ['periodDays', 'quality', 'validityDays'], [], [0]],
      ['price', '980.00', [], ['billOfQuantities'], []],
    ]);
    const [first] = cutBid(whole('980.00'), bidForm, two);
    expect([first?.part, first?.files, Object.keys(first?.bid.figures ?? {})]).toEqual([
      'technical',
      [0, 1],
      ['periodDays', 'quality', 'manager', 'validityDays', 'security'],
    ]);
  });

  it('leaves a bid of one envelope as it was', () => {
    const [only, ...more] = cutBid(whole('980.00'), bidForm, partsOfWay('whole'));
    expect([more, only?.files, only?.bid]).toEqual([[], [0, 1], whole('980.00')]);
  });

  it('makes price envelopes equally long, whatever the price and however many digits the rows have', () => {
    const length = (price: string) => canonicalBytes(cutBid(whole(price), bidForm, two).at(-1)?.bid).length;
    expect(length('9.00')).toBe(length('9876543210.00'));
    expect(length('9.00') % 65_536).toBe(0);
  });

  it('gives envelopes that count at the opening, each as its own part only', () => {
    for (const parts of [two, three])
      for (const { part, bid } of cutBid(whole('980.00'), bidForm, parts)) {
        expect(bidShape.safeParse(bid).success).toBe(true);
        expect(flaw(bid, parts, part)).toBeNull();
        for (const other of parts) if (other !== part) expect(flaw(bid, parts, other)).not.toBeNull();
      }
  });
});

describe('Before it is sealed, the bidder is told where its price shows too early', () => {
  const limits = { ceiling: null, periodDays: 300, bidValidityDays: 60 };
  const shows = (change: Partial<Bid>, parts = two) => {
    const bid = { ...whole('17800000.00'), ...change };
    const found = findingsOf({ bid, lot, bidder, form: bidForm, parts, limits, sheets: {} });
    return found.filter((each) => each.says.zh.includes('这里出现了投标报价')).map((each) => each.field);
  };
  it.each([
    ['in a figure', { figures: { ...whole('1.00').figures, quality: '合格，总价17,800,000元' } }, ['quality']],
    ['in the name of a file', { files: [{ field: 'technical', name: '方案-17800000.pdf', sha256: 'x', bytes: 1 }] }, ['technical']],
    ['nowhere', {}, []],
    ['another number', { figures: { ...whole('1.00').figures, quality: '17800001' } }, []],
  ] as const)('%s', (_what, change, fields) => {
    expect(shows(change as Partial<Bid>)).toEqual(fields);
  });
  it('and not where everything is opened at once', () => {
    expect(shows({ figures: { quality: '17800000' } }, partsOfWay('whole'))).toEqual([]);
  });
});

describe('What stands in the wrong envelope makes it invalid', () => {
  const [technical, price] = cutBid(whole('980.00'), bidForm, two).map(({ bid }) => bid);
  it.each([
    ['a price', { ...technical, price: '980.00' }, 'technical'],
    ['the bill of quantities', { ...technical, tables: whole('980.00').tables }, 'technical'],
    ['a figure of the other envelope', { ...price, figures: { periodDays: '240' } }, 'price'],
    ['an attachment of the other envelope', { ...price, files: whole('980.00').files }, 'price'],
    ['a figure that no form asks for', { ...technical, figures: { ...technical?.figures, note: '报价 980.00' } }, 'technical'],
  ] as const)('%s', (_what, bid, part) => {
    expect(flaw(bid, two, part)).toBe('misplaced');
  });
  it('a price envelope without a price, and a technical one that lacks what its form asks', () => {
    expect(flaw({ ...price, price: '' }, two, 'price')).toBe('price');
    expect(flaw({ ...technical, figures: { quality: '合格' } }, two, 'technical')).toBe('missing');
  });
});
