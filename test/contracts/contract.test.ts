import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { determineAward } from '../../src/awards/determine-award.ts';
import { notifyAward } from '../../src/awards/notify-award.ts';
import { publishCandidates } from '../../src/awards/publish-candidates.ts';
import { type Acceptance, type DeedText, deedBytes } from '../../src/contracts/deed.ts';
import { verification } from '../../src/evidence/checks.ts';
import { checkContracts } from '../../src/evidence/contracts.ts';
import { History } from '../../src/evidence/history.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { thePublic } from '../../src/kernel/actor.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { fen } from '../../src/kernel/money.ts';
import { day } from '../../src/kernel/working-days.ts';
import { rules as procurement } from '../../src/lines/procurement/rules.ts';
import { ownAnchors } from '../../src/parties/authority.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { watchedLot } from '../../src/supervision/lots-reads.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, eventsSeenBy, pageOf, regulatorOf, shown, today } from '../awards/scene.ts';
import { evaluatedLot } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, phaseOf } from '../support/opened-lot.ts';
import { sequenced } from '../support/sequenced.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let regulator: Person;
let lot: string;
const price = '17800000.00';
const winner = () => town.bidders[0] as Person;
const loser = () => town.bidders[1] as Person;

beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  town = today(await makeTown(house));
  regulator = await regulatorOf(town, '420500');
  const evaluated = await evaluatedLot(town, {
    offers: [{ price }, { price: '18000000.00' }, { price: '18250000.00' }],
    reportAt: at('2031-04-09T10:00'),
  });
  lot = evaluated.lot;
  await house.perform(publishCandidates, town.agent.actor, { lot });
  await house.clock.to((await house.em().findOneOrFail(Lot, { id: lot })).publicityUntil as Instant);
  await house.perform(determineAward, town.tenderee.actor, { lot, winner: evaluated.bids[0] ?? '' });
}, 240_000);
afterAll(() => house.close());

const post = async (who: Person, path: string, body: object) => (await who.api()).post(`/lots/${lot}/contract/${path}`, body);
const named = ({ status, body }: { status: number; body: { type?: string; rule?: string } }): string =>
  status < 300 ? 'done' : [body.type?.replace('/problems/', ''), body.rule].filter(Boolean).join(' ');
const page = async (who: Person | null) => (await shown(house, who, `/lots/${lot}/contract/signing`)).body;
const signed = async (who: Person, text: DeedText | Acceptance): Promise<string> =>
  Buffer.from(await signDetached(deedBytes(text), await who.signer(), await houseNow(house))).toString('base64');
/** Reads the text that waits, and signs it with somebody's key. */
async function sign(who: Person, key: Person = who): Promise<string> {
  const { text, sha256 } = (await page(who)).pending;
  return named(await post(who, 'signatures', { sha256, signature: await signed(key, text) }));
}
async function inspect(milestone: number, passed: 'yes' | 'no', key: Person = town.tenderee): Promise<string> {
  const [stated, contract] = [
    { milestone, opinion: '按合同约定完成', people: '王工（监理单位）' },
    (await page(town.tenderee)).contract.sha256,
  ];
  const at = await houseNow(house);
  const acceptance: Acceptance = { format: 'yangguang/acceptance/v1', lot, contract, ...stated, passed: passed === 'yes', at };
  return named(await post(town.tenderee, 'inspections', { ...stated, passed, at, signature: await signed(key, acceptance) }));
}
const draft = {
  number: 'HT-2031-9',
  startsOn: '2031-05-01',
  endsOn: '2032-04-30',
  guarantee: '银行保函，合同价的10%',
  paymentDays: 30,
  clauses: '缺陷责任期二十四个月。',
  milestones: [
    { title: '主体结构', dueOn: '2031-12-01', amount: '10000000.00' },
    { title: '竣工验收', dueOn: '2032-04-30', amount: '7800000.00' },
    { title: '', dueOn: '', amount: '' },
  ],
};

describe('The contract, signed by both sides', () => {
  it('is not drafted before the letter of award, by nobody but the host', async () => {
    expect(named(await post(town.agent, 'draft', draft))).toBe('award-not-notified');
    await house.perform(notifyAward, town.tenderee.actor, { lot });
    expect(named(await post(town.stranger, 'draft', draft))).toBe('not-found');
    expect(named(await post(winner(), 'draft', draft))).toBe('not-permitted');
  });
  it('DEED-1, DEED-2, DEED-3: refused a fen off the price, outside its time, and when it is paid later than the law allows', async () => {
    const first = draft.milestones[0];
    const off = (amount: string) => post(town.agent, 'draft', { ...draft, milestones: [{ ...first, amount }, draft.milestones[1]] });
    expect(named(await off('10000000.01'))).toBe('milestones-differ-from-price DEED-1');
    expect(named(await off('9999999.99'))).toBe('milestones-differ-from-price DEED-1');
    expect(named(await post(town.agent, 'draft', { ...draft, endsOn: '2032-04-29' }))).toBe('contract-times-impossible DEED-2');
    expect(named(await post(town.agent, 'draft', { ...draft, paymentDays: 61 }))).toBe('payment-term-too-long DEED-3');
    expect(named(await post(town.agent, 'draft', { ...draft, paymentDays: 60 }))).toBe('done');
    expect(named(await post(town.agent, 'draft', draft))).toBe('done');
  });
  it('takes parties, price and what was read out from the award, and shows it to both sides and the supervisor alone', async () => {
    const { pending } = await page(winner());
    expect(pending.text).toMatchObject({
      format: 'yangguang/contract/v1',
      price,
      contractor: { code: winner().actor.code },
      tenderee: { code: town.tenderee.actor.code },
      figures: { price },
    });
    for (const who of [town.agent, town.tenderee, regulator]) expect((await page(who)).pending.sha256).toBe(pending.sha256);
    for (const who of [loser(), town.stranger]) expect((await shown(house, who, `/lots/${lot}/contract/signing`)).status).toBe(404);
    expect(await eventsSeenBy(house, loser(), lot, 'deed.drafted')).toEqual([]);
    expect(await eventsSeenBy(house, { actor: thePublic }, lot, 'deed.drafted')).toEqual([]);
  });
  it('is signed by each side with its own certificate, over the text it read, once; the second signature concludes it', async () => {
    const { sha256, text } = (await page(winner())).pending;
    expect(await sign(winner(), loser())).toBe('deed-signature-refused');
    expect(named(await post(winner(), 'signatures', { sha256, signature: await signed(winner(), { ...text, price: '1.00' }) }))).toBe(
      'deed-signature-refused',
    );
    expect(named(await post(winner(), 'signatures', { sha256: 'x', signature: await signed(winner(), text) }))).toBe('deed-is-another');
    expect(named(await post(loser(), 'signatures', { sha256, signature: await signed(loser(), text) }))).toBe('not-found');
    expect(await sign(winner())).toBe('done');
    expect(await sign(winner())).toBe('deed-already-signed');
    expect(named(await post(town.agent, 'draft', draft))).toBe('deed-already-signed');
    expect(await phaseOf(house, lot)).toBe('awarded');
    expect(await sign(town.tenderee)).toBe('done');
    expect(await phaseOf(house, lot)).toBe('contracted');
    expect(await eventsSeenBy(house, { actor: thePublic }, lot, 'contract.registered')).toEqual([
      { number: 'HT-2031-9', price, signedOn: '2031-04-15', sha256 },
    ]);
    expect((await shown(house, null, `/lots/${lot}/contract`)).body.contract).toMatchObject({ price, file: null, late: false });
  });
});

describe('Its performance', () => {
  it('DEED-4, DEED-5: a milestone is paid once it is accepted, and no more than it is worth', async () => {
    const pay = async (amount: string, paidOn = '2031-04-15') =>
      named(await post(town.agent, 'payments', { milestone: 1, amount, paidOn }));
    expect(await pay('1.00')).toBe('milestone-not-accepted DEED-4');
    expect(await inspect(1, 'yes', loser())).toBe('deed-signature-refused');
    expect(await inspect(1, 'no')).toBe('done');
    expect(await pay('1.00')).toBe('milestone-not-accepted DEED-4');
    expect(await inspect(1, 'yes')).toBe('done');
    expect(await inspect(1, 'yes')).toBe('milestone-already-accepted');
    expect(await inspect(3, 'yes')).toBe('no-such-milestone');
    expect(await pay('10000000.01')).toBe('payment-above-milestone DEED-5');
    expect(await pay('4000000.00')).toBe('done');
    expect(await pay('1.00', '2031-04-16')).toBe('contract-times-impossible');
    const [first] = (await page(regulator)).milestones;
    expect(first).toMatchObject({ paid: '4000000.00', owed: '6000000.00', overdue: false, payUntil: at('2031-05-16T00:00') });
  });
  it('says to the supervisor that payment is late, from the first moment too late', async () => {
    await house.clock.to(at('2031-05-16T00:00'));
    expect((await page(regulator)).milestones[0]).toMatchObject({ overdue: true });
    const clock = async () =>
      (await watchedLot(house.em(), regulator.actor, lot, await houseNow(house))).clocks.find(
        ({ label }) => label.en === 'Payment: 主体结构',
      );
    expect(await clock()).toMatchObject({ from: at('2031-04-15T00:00'), until: at('2031-05-16T00:00'), done: null });
    for (const who of [town.agent, town.tenderee, winner(), regulator]) {
      const { status, text } = await pageOf(house, who, `/lots/${lot}/contract/signing`);
      expect([status, text.includes('付款逾期')]).toEqual([200, true]);
    }
    expect(named(await post(town.agent, 'payments', { milestone: 1, amount: '6000000.00', paidOn: '2031-05-16' }))).toBe('done');
    expect((await page(regulator)).milestones[0]).toMatchObject({ overdue: false, owed: '0.00' });
    expect(await clock()).toMatchObject({ done: at('2031-05-16T00:00') });
  });
  it('is changed by both sides; everyone sees the price before and after', async () => {
    const [first] = draft.milestones;
    const change = {
      ground: '设计变更：增加地下管线迁改。',
      price: '18800000.00',
      endsOn: '2032-06-30',
      milestones: [first, { title: '竣工验收', dueOn: '2032-06-30', amount: '8800000.00' }],
    };
    expect(named(await post(town.agent, 'changes', { ...change, price: '18800000.01' }))).toBe('milestones-differ-from-price DEED-1');
    expect(named(await post(town.agent, 'changes', change))).toBe('done');
    expect(await sign(town.tenderee)).toBe('done');
    expect(await eventsSeenBy(house, { actor: thePublic }, lot, 'contract.changed')).toEqual([]);
    expect(await sign(winner())).toBe('done');
    expect(await eventsSeenBy(house, { actor: thePublic }, lot, 'contract.changed')).toMatchObject([
      { change: 1, was: price, price: '18800000.00', endsOn: '2032-06-30' },
    ]);
    expect(await page(winner())).toMatchObject({ pending: null, contract: { price: '18800000.00', first: price } });
  });
  it('is rechecked from the journal alone: signatures, award and price before each change', async () => {
    await sequenced(house);
    const told = await eventsOfLot(house.em(), lot);
    const verdict = async (alter: (type: string, data: Record<string, unknown>) => object = (_type, data) => data) => {
      const proven = told.map(({ index, event }) => {
        const data = alter(event.type, event.data as Record<string, unknown>);
        return { index: index ?? 0, event: { ...event, data }, salt: '', proof: [] };
      });
      return (await verification((list) => checkContracts(new History(proven as never, list), list, lot, ownAnchors()))).result;
    };
    expect(await verdict()).toBe('verified');
    expect(await verdict((type, data) => (type === 'award.determined' ? { ...data, price: '17800000.01' } : data))).toBe('refuted');
    expect(
      await verdict((type, data) => (type === 'deed.signed' && data.side === 'tenderee' ? { ...data, side: 'contractor' } : data)),
    ).toBe('refuted');
    expect(await verdict((type, data) => (type === 'milestone.inspected' ? { ...data, passed: true } : data))).toBe('refuted');
    expect(await verdict((type, data) => (type === 'contract.registered' ? { ...data, sha256: 'x'.repeat(43) } : data))).toBe('refuted');
  });
});

describe('PROC-ADDON: procurement adds at most a tenth of the contract as first signed', () => {
  const [limit] = procurement.change ?? [];
  const refuses = (price: bigint) => limit?.refuses({ on: day('2026-11-28'), local: [], original: fen(1_000_000_00n), price: fen(price) });
  it('to the fen', () => {
    expect(refuses(1_100_000_00n)).toBe(false);
    expect(refuses(1_100_000_01n)).toMatchObject({ says: { zh: expect.stringContaining('最多追加100000.00元') } });
    expect(refuses(900_000_00n)).toBe(false);
  });
});
