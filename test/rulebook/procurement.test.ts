import { describe, expect, it } from '@jest/globals';
import { lowPriceGroundsOf } from '../../src/evaluation/abnormal-price.ts';
import { policyPrice } from '../../src/evaluation/price.ts';
import { choiceExplained } from '../../src/frameworks/rules.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { parseMoment } from '../../src/kernel/clock-fields.ts';
import { Fraction } from '../../src/kernel/fraction.ts';
import { type Fen, parseYuan } from '../../src/kernel/money.ts';
import { day, dayOf, endOfDay } from '../../src/kernel/working-days.ts';
import { procurement } from '../../src/lines/procurement/index.ts';
import { confirmedByBuyer } from '../../src/negotiations/change-requirement.ts';
import { offersInTime } from '../../src/negotiations/last-offers.ts';
import { editionById, editionInForce } from '../../src/rulebook/edition.ts';
import type { FieldRule } from '../../src/rulebook/figure-rule.ts';
import { lawAlone } from '../../src/rulebook/ground.ts';
import { parameter } from '../../src/rulebook/parameters.ts';
import type { PanelFacts } from '../../src/tenders/line.ts';
import type { ProjectFacts } from '../../src/tenders/planning.ts';
import { declaredIn, formUnder } from '../../src/tenders/policy.ts';
import { deadlineAfterAddendum, type NoticeFacts, questionsUntil } from '../../src/tenders/timetable.ts';

/** Beijing time. */
const at = (text: string): Instant => {
  const read = parseMoment(text);
  if (read === undefined) throw new Error(text);
  return read;
};
const edition = editionInForce(procurement.procedures[0], day('2026-11-23'));
const { rules, limits } = edition;
function procedureNamed(id: string) {
  const found = procurement.procedures.find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}
const fen = (yuan: string): Fen => parseYuan(yuan) as Fen;

const refusing = <Facts>(set: readonly FieldRule<Facts>[], facts: Facts): string[] =>
  set.filter((rule) => rule.refuses(facts) !== false).map(({ id }) => id);

const notice: NoticeFacts = {
  ...lawAlone(day('2026-11-02')),
  now: at('2026-11-02T09:00'),
  documentsFrom: at('2026-11-02T09:00'),
  documentsUntil: at('2026-11-09T17:00'),
  deadline: at('2026-11-22T09:30'),
  publicityDays: 0,
  subject: 'goods',
  estimate: fen('5000000.00'),
  ceiling: fen('5000000.00'),
  security: fen('100000.00'),
  performanceShare: '0.1',
  priceWeight: '30',
  smallDiscount: '10%',
};
const with_ = (change: Partial<NoticeFacts>): string[] => refusing(rules.notice, { ...notice, ...change });

describe('The notice of a closed framework agreement, at the edges of its figures', () => {
  const { rules: own } = editionInForce(procedureNamed('closed-framework'), day('2026-11-23'));
  const agreed = { ...notice, ceiling: fen('1800.00'), priceWeight: null, eliminationShare: '20%', agreementMonths: 12 };
  it.each([
    [{}, []],
    [{ eliminationShare: '19.99%' }, ['PROC-N16']],
    [{ agreementMonths: 13 }, ['PROC-N22G']],
    [{ subject: 'services', agreementMonths: 24 }, []],
    [{ subject: 'services', agreementMonths: 25 }, ['PROC-N22S']],
    [{ ceiling: null }, ['PROC-N16C']],
  ] as const)('%j: %j', (change, broken) => expect(refusing(own.notice, { ...agreed, ...change })).toEqual(broken));

  it('a direct choice has its reason; in turn none is asked (FRAME-WHY)', () => {
    const facts = [
      { reason: null, inTurn: false },
      { reason: '价格最低', inTurn: false },
      { reason: null, inTurn: true },
    ];
    expect(facts.map((each) => choiceExplained.refuses(each) !== false)).toEqual([true, false, false]);
  });
});

describe('A notice of prequalification and its draw, at the edges of their figures', () => {
  const { entry } = editionInForce(procedureNamed('invited-tender'), day('2026-11-23'));
  if (!entry) throw new Error('an invited tender has an entry');
  const [on, now] = [day('2026-11-02'), at('2026-11-02T09:00')];
  it.each([
    ['2026-11-06T23:59', 3, ['PROC-GP2P']], // four working days
    ['2026-11-09T00:00', 3, []],
    ['2026-11-09T00:00', 2, ['PROC-GP2']],
  ] as const)('until %s, inviting %s: %j', (until, invited, broken) =>
    expect(refusing(entry.notice, { on, now, until: at(until), invited })).toEqual(broken),
  );
  it.each([
    [3, 3, 2, []],
    [3, 4, 2, ['PROC-GP2Q']],
    [3, 3, 1, ['PROC-GP2W']],
  ] as const)('%s qualified, %s to be invited, %s watching: %j', (qualified, invited, witnesses, broken) =>
    expect(refusing(entry.draw, { on, qualified, invited, witnesses })).toEqual(broken),
  );
});

describe('A notice of procurement, at the edges of its figures', () => {
  it('keeps every rule with exactly what the law asks', () => expect(with_({})).toEqual([]));
  it.each<[string, Partial<NoticeFacts>]>([
    ['PROC-SUBJECT', { subject: 'works' }],
    ['PROC-G5', { documentsUntil: at('2026-11-06T17:00') }], // four working days
    ['PROC-G6', { deadline: at('2026-11-21T09:30') }], // nineteen days
    ['PROC-BOND', { security: fen('100000.01') }],
    ['PROC-PERF', { performanceShare: '0.101' }],
    ['PROC-GV1G', { priceWeight: '29.99' }],
    ['PROC-GV1S', { subject: 'services', priceWeight: '9.99' }],
    ['PROC-SM1', { smallDiscount: '9.99%' }],
    ['PROC-SM1M', { smallDiscount: '20.01%' }],
  ])('%s refuses one step beyond', (rule, change) => expect(with_(change)).toEqual([rule]));
  it.each<[string, Partial<NoticeFacts>]>([
    ['PROC-GV1S allows services a tenth', { subject: 'services', priceWeight: '10' }],
    ['PROC-SM1M allows a fifth', { smallDiscount: '20%' }],
    ['PROC-GV1G has nothing to say where the price is not scored', { priceWeight: null }],
    ['PROC-SM1 has nothing to say where nothing is deducted', { smallDiscount: null }],
  ])('%s', (_, change) => expect(with_(change)).toEqual([]));
  it('the deduction of 46号 held until the notice of 2022 raised it', () => {
    expect(parameter('proc.small.discount.min', day('2022-06-30')).toString()).toBe('0.06');
    expect(parameter('proc.small.discount.min', day('2022-07-01')).toString()).toBe('0.1');
    expect(parameter('proc.domestic.discount', day('2025-12-31')).toString()).toBe('0');
    expect(parameter('proc.domestic.discount', day('2026-01-01')).toString()).toBe('0.2');
  });
  it('PROC-G7 a change comes fifteen days before the deadline', () => {
    const changed = (now: string) =>
      refusing(rules.addendum, { ...lawAlone(day('2026-11-02')), now: at(now), affectsPreparation: true, deadline: notice.deadline });
    expect(changed('2026-11-07T23:59')).toEqual([]);
    expect(changed('2026-11-08T00:00')).toEqual(['PROC-G7']);
  });
});

describe('The panel of a procurement', () => {
  const panel = (size: number, experts: number, estimate: string): string[] =>
    refusing<PanelFacts>(rules.panel, { ...lawAlone(day('2026-11-23')), size, experts, estimate: fen(estimate) });
  it('PROC-XC2 has five members, PROC-XC2E two thirds of them experts', () => {
    expect(panel(5, 4, '9999999.99')).toEqual([]);
    expect(panel(3, 2, '9999999.99')).toEqual(['PROC-XC2']);
    expect(panel(5, 3, '9999999.99')).toEqual(['PROC-XC2E']);
  });
  it('PROC-XC2L has seven from ten million on, that amount included', () => {
    expect(panel(5, 4, '10000000.00')).toEqual(['PROC-XC2L']);
    expect(panel(7, 5, '10000000.00')).toEqual([]);
  });
});

describe('An inquiry, at the edges of its figures', () => {
  const inquiry = editionInForce(procedureNamed('inquiry'), day('2026-11-02'));
  // Monday; the third working day after it is Thursday the 5th
  const quotes: NoticeFacts = {
    ...notice,
    documentsUntil: at('2026-11-05T17:00'),
    deadline: at('2026-11-05T17:30'),
    priceWeight: null,
    estimate: fen('1999999.99'),
    ceiling: fen('1999999.99'),
    security: fen('39999.99'),
  };
  const inquired = (change: Partial<NoticeFacts>): string[] => refusing(inquiry.rules.notice, { ...quotes, ...change });
  it('keeps every rule with exactly what the law asks', () => expect(inquired({})).toEqual([]));
  it.each<[string, Partial<NoticeFacts>]>([
    ['PROC-N9', { deadline: at('2026-11-04T23:59'), documentsUntil: at('2026-11-04T23:59') }],
    ['PROC-N9D', { documentsUntil: at('2026-11-04T17:00') }],
    ['PROC-N9G', { subject: 'services' }],
    ['PROC-M14', { security: fen('40000.00') }],
  ])('%s refuses one step beyond', (rule, change) => expect(inquired(change)).toContain(rule));
  it('PROC-N9C a change comes three working days before the deadline, or the deadline moves over the weekend', () => {
    const changed = {
      ...lawAlone(day('2026-11-05')),
      now: at('2026-11-05T09:00'),
      affectsPreparation: true,
      deadline: at('2026-11-09T09:30'),
    };
    expect(refusing(inquiry.rules.addendum, changed)).toEqual(['PROC-N9C']);
    expect(refusing(inquiry.rules.addendum, { ...changed, deadline: at('2026-11-10T09:30') })).toEqual([]);
    expect(deadlineAfterAddendum(inquiry.parameters.addendumAhead, changed)).toMatchObject({
      deadline: at('2026-11-10T09:30'),
      moved: true,
    });
  });
  it('PROC-M7, PROC-M7O, PROC-M7E, PROC-M7L: three members, an odd number, two thirds experts, five from the threshold on', () => {
    const group = (size: number, experts: number, estimate = '1999999.99'): string[] =>
      refusing<PanelFacts>(inquiry.rules.panel, { ...lawAlone(day('2026-11-23')), size, experts, estimate: fen(estimate) });
    expect(group(3, 2)).toEqual([]);
    expect(group(1, 1)).toEqual(['PROC-M7']);
    expect(group(4, 3)).toEqual(['PROC-M7O']);
    expect(group(3, 1)).toEqual(['PROC-M7E']);
    expect(group(3, 2, '2000000.00')).toEqual(['PROC-M7L']);
    expect(group(5, 4, '2000000.00')).toEqual([]);
  });
  it('PROC-M8 questions run from the end of the notice of three working days', () => {
    const asked = (now: string) =>
      refusing(inquiry.rules.documentObjection, {
        ...lawAlone(dayOf(at(now))),
        now: at(now),
        deadline: quotes.deadline,
        publishedAt: at('2026-11-02T09:00'),
        collectedAt: null,
      });
    expect(asked('2026-11-16T23:59')).toEqual([]);
    expect(asked('2026-11-17T00:00')).toEqual(['PROC-M8']);
  });
});

describe('Before a procurement begins', () => {
  const chosen = (change: Partial<ProjectFacts>): string[] =>
    refusing(rules.project, {
      on: day('2026-11-02'),
      usual: false,
      estimate: fen('1999999.99'),
      category: 'A02010108',
      approval: null,
      already: fen('0.00'),
      ...change,
    });
  it.each<[string, Partial<ProjectFacts>, readonly string[]]>([
    ['PROC-GP11 below the threshold no approval is asked', {}, []],
    ['PROC-GP11 at the threshold it is', { estimate: fen('2000000.00') }, ['PROC-GP11']],
    ['PROC-GP11 an approval, or the open tender, answers it', { estimate: fen('2000000.00'), approval: '宜财采〔2026〕31号' }, []],
    ['PROC-GP12 at the threshold together nothing is evaded', { estimate: fen('500000.00'), already: fen('1500000.00') }, []],
    ['PROC-GP12 above it together it is', { estimate: fen('500000.00'), already: fen('1500000.01') }, ['PROC-GP12']],
    ['PROC-GP12C the category is named', { category: null }, ['PROC-GP12C']],
    ['PROC-GP12C not in an open tender', { category: null, usual: true, estimate: fen('9000000.00'), already: fen('9000000.00') }, []],
  ])('%s', (_, change, refused) => expect(chosen(change)).toEqual(refused));
  it('PROC-G1 the intention is public thirty days before the notice, or the notice says why not', () => {
    const begun = (intentionOn: string | null, intentionWaived: string | null = null): string[] =>
      refusing(rules.start, {
        on: day('2026-11-30'),
        now: at('2026-11-30T09:00'),
        intentionOn: intentionOn === null ? null : day(intentionOn),
        intentionWaived,
      });
    expect(begun('2026-10-31')).toEqual([]);
    expect(begun('2026-11-01')).toEqual(['PROC-G1']);
    expect(begun(null)).toEqual(['PROC-G1']);
    expect(begun(null, '汛期抢险急需')).toEqual([]);
  });
});

describe('PROC-G8 questions about the documents', () => {
  // the notice runs five working days, to Monday the 9th; seven more from there end on Wednesday the 18th
  const asked = (now: string, collectedAt: string | null = null) =>
    refusing(rules.documentObjection, {
      ...lawAlone(dayOf(at(now))),
      now: at(now),
      deadline: at('2026-12-22T09:30'),
      publishedAt: at('2026-11-02T09:00'),
      collectedAt: collectedAt === null ? null : at(collectedAt),
    });
  it('are taken on the seventh working day until midnight, and no later', () => {
    expect(asked('2026-11-18T23:59')).toEqual([]);
    expect(asked('2026-11-19T00:00')).toEqual(['PROC-G8']);
  });
  it('run from collecting the documents where that was later', () => {
    expect(asked('2026-11-20T23:59', '2026-11-11T10:00')).toEqual([]);
    expect(asked('2026-11-21T00:00', '2026-11-11T10:00')).toEqual(['PROC-G8']);
  });
  it('about a result begin where its notice ends (one working day), and last seven', () => {
    const until = questionsUntil(
      { publishedAt: at('2026-11-19T15:00'), collectedAt: null },
      { noticePeriod: 'proc.result.notice.period', within: 'proc.question.max' },
      { on: day('2026-11-19') },
    );
    expect(until).toBe(endOfDay(day('2026-12-01')));
  });
});

describe('PROC-G17 no contract while a question is unanswered', () => {
  it('refuses with what is pending, and nothing else', () => {
    const says = { zh: '质疑待答复', en: 'a question waits' };
    expect(refusing(rules.contract, { holds: [{ says }] })).toEqual(['PROC-G17']);
    expect(refusing(rules.contract, { holds: [] })).toEqual([]);
  });
  it('the decision is due on the fifth working day', () => {
    expect(limits.decideAward?.by(lawAlone(day('2026-11-19'))).due(at('2026-11-19T15:00')).due).toBe(endOfDay(day('2026-11-26')));
  });
});

describe('Deductions (SM-8 to SM-10)', () => {
  const bid = { id: 'a', price: '100.00', receivedAt: '2026-01-01T00:00:00.000Z' };
  it.each([
    [true, true, '70'],
    [true, false, '90'],
    [false, true, '80'],
    [false, false, '100'],
  ])('small %s, domestic %s: each off the original price', (small, domestic, expected) => {
    expect(policyPrice({ ...bid, small, domestic }, { small: '0.1', domestic: '0.2' }).toString()).toBe(expected);
  });
  it('are declared by their fields, which are asked only where something is deducted', () => {
    const form = formUnder(edition.bidForm, { small: '0.1', domestic: '0' });
    expect(form.flatMap(({ counts }) => counts?.as ?? [])).toEqual(['small']);
    expect(declaredIn(form, { smallEnterprise: '是', domesticProduct: '是' })).toEqual({ small: true, domestic: false });
    expect(declaredIn(form, { smallEnterprise: '否' })).toEqual({ small: false, domestic: false });
    expect(formUnder(edition.bidForm, null).some(({ counts }) => counts)).toBe(false);
  });
});

describe('Abnormally low prices', () => {
  const half = Fraction.of(1, 2);
  const shares = { ofAverage: half, ofSecondLowest: half, ofCeiling: Fraction.of(9, 20) };
  const grounds = (price: string, ...others: string[]) => lowPriceGroundsOf(price, [price, ...others], '150.00', shares);
  it('are those strictly below a share: 50, 100, 150 under 150 against the ceiling only', () => {
    expect(grounds('50.00', '100.00', '150.00')).toEqual(['ceiling']);
    expect(grounds('49.99', '100.00', '150.00')).toEqual(['average', 'second-lowest', 'ceiling']);
    expect(grounds('67.50', '100.00', '150.00')).toEqual([]);
    expect(grounds('67.49', '100.00', '150.00')).toEqual(['ceiling']);
  });
  it('are reckoned under the edition of 2026; the one before leaves them to the panel', () => {
    expect(edition.lowPrice).toBeDefined();
    expect(editionById(procurement.procedures[0], 'procurement/2022-07-01').lowPrice).toBeUndefined();
    expect(editionInForce(procurement.procedures[0], day('2026-01-31')).id).toBe('procurement/2022-07-01');
    expect(editionInForce(procurement.procedures[0], day('2026-02-01')).id).toBe('procurement/2026-02-01');
  });
});

describe('A negotiation and a consultation, at the edges of their figures', () => {
  const goods = { ...notice, estimate: fen('1999999.99'), ceiling: fen('1999999.99'), security: fen('39999.99'), priceWeight: null };
  const by = (id: string, facts: Partial<NoticeFacts>): string[] =>
    refusing(editionInForce(procedureNamed(id), day('2026-11-02')).rules.notice, { ...goods, ...facts });
  const changed = (id: string, now: string, deadline: string): string[] =>
    refusing(editionInForce(procedureNamed(id), day('2026-11-02')).rules.addendum, {
      ...lawAlone(day('2026-11-02')),
      now: at(now),
      affectsPreparation: true,
      deadline: at(deadline),
    });
  // Monday; the third working day after it is Thursday the 5th
  it('PROC-N1 and PROC-N1D leave three working days for first responses, PROC-N1C as many after a change', () => {
    const least = { documentsUntil: at('2026-11-05T17:00'), deadline: at('2026-11-05T17:30') };
    expect(by('negotiation', least)).toEqual([]);
    const sooner = { documentsUntil: at('2026-11-04T17:00'), deadline: at('2026-11-04T17:30') };
    expect(by('negotiation', sooner)).toEqual(['PROC-N1D', 'PROC-N1']);
    expect(changed('negotiation', '2026-11-10T23:59', '2026-11-13T09:30')).toEqual([]);
    expect(changed('negotiation', '2026-11-11T00:00', '2026-11-13T09:30')).toEqual(['PROC-N1C']);
  });
  it('PROC-N14 leaves ten days, PROC-N14D five working days, PROC-N14C five days after a change', () => {
    const least = { documentsUntil: at('2026-11-09T17:00'), deadline: at('2026-11-12T09:30') };
    expect(by('consultation', least)).toEqual([]);
    expect(by('consultation', { ...least, deadline: at('2026-11-11T23:59') })).toEqual(['PROC-N14']);
    expect(by('consultation', { ...least, documentsUntil: at('2026-11-06T17:00') })).toEqual(['PROC-N14D']);
    expect(changed('consultation', '2026-11-07T23:59', '2026-11-12T09:30')).toEqual([]);
    expect(changed('consultation', '2026-11-08T00:00', '2026-11-12T09:30')).toEqual(['PROC-N14C']);
  });
  it('NEG-TIME leaves an hour for last offers; NEG-BUYER has a seated representative confirm a change', () => {
    const least = parameter('proc.lastOffer.time.min', day('2026-11-02'));
    expect(offersInTime.refuses({ minutes: 60, least })).toBe(false);
    expect(offersInTime.refuses({ minutes: 59, least })).not.toBe(false);
    expect(confirmedByBuyer.refuses({ seated: false, represented: true })).toBe(true);
    expect(confirmedByBuyer.refuses({ seated: true, represented: true })).toBe(false);
    expect(confirmedByBuyer.refuses({ seated: false, represented: false })).toBe(false);
  });
});
