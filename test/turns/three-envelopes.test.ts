import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cutBid } from '../../src/bids/cut.ts';
import { concludePart } from '../../src/evaluation/conclude-part.ts';
import { declareRecusal } from '../../src/evaluation/declare-recusal.ts';
import { PanelMember } from '../../src/evaluation/schema.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { bidForm } from '../../src/lines/construction/bid-form.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { partsOfWay } from '../../src/tenders/envelopes.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, today } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { nextSession, panelAtWork, panelSigns, partSigned } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { type Offer, openedLot, phaseOf } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Town } from '../support/town.ts';
import { bundleOf, verdictOf } from './scene.ts';

let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  const witnessed = await witnessedTown(await makeTown(house, { bidders: 5, experts: 48 }));
  town = today(witnessed.town);
  stop = witnessed.stop;
}, 60_000);
afterAll(async () => {
  await stop();
  await house.close();
});

const eventsOf = async (lot: string, type: string) =>
  (await house.em().execute<{ body: string }[]>('select body from journal_event where lot = ? and type = ? order by id', [lot, type])).map(
    ({ body }) => JSON.parse(body).data as Record<string, unknown>,
  );
const returnedOf = async (lot: string): Promise<string[]> =>
  (await eventsOf(lot, 'envelope.returned')).map(({ submission, part }) => `${submission}/${part}`).sort();
const offers: Offer[] = ['17800000.00', '18000000.00', '18250000.00', '18100000.00', '17000000.00'].map((price) => ({ price }));
const member = async (lot: string) => {
  const [seat] = await house.em().find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } });
  const person = town.experts.find((each) => each.actor.expert === seat?.expert);
  if (!person) throw new Error('the first seat is an expert’s');
  return person.actor;
};

describe('Three envelopes', () => {
  it('goes from qualification to technical to price with ever fewer, and each that fell comes back sealed', async () => {
    // the last bidder shows its price in the envelope that is opened first
    const early: Offer = {
      price: '17000000.00',
      cut: (bid) =>
        cutBid(bid, bidForm, partsOfWay('qualification+technical+price')).map((each) =>
          each.part === 'qualification' ? { ...each, bid: { ...each.bid, price: bid.price } } : each,
        ),
    };
    const { lot, bids } = await openedLot(town, {
      offers: [...offers.slice(0, 4), early],
      draft: { envelopes: 'qualification+technical+price' },
    });
    const [invalid] = await eventsOf(lot, 'bid.invalid');
    expect(invalid).toMatchObject({ submission: bids[4], part: 'qualification', reason: 'bid-misplaced', attributedTo: 'bidder' });

    await panelAtWork(town, lot);
    await panelSigns(town, lot, { fails: [bids[3] ?? ''] });
    await nextSession(town, lot);
    expect((await returnedOf(lot)).sort()).toEqual([bids[3], bids[4]].flatMap((bid) => [`${bid}/price`, `${bid}/technical`]).sort());
    expect(await house.em().count(OpeningItem, { lot, part: 'technical' })).toBe(3);

    await house.perform(startEvaluation, town.agent.actor, { lot });
    // two of three are fewer than a tender needs: nobody may pass over that in silence
    expect(await refusal(panelSigns(town, lot, { fails: [bids[2] ?? ''] }))).toBe('competition-undecided');
    const competition = { lacking: false, reason: '两家报价独立编制，仍有竞争' };
    const chair = await member(lot);
    expect(await refusal(house.perform(concludePart, chair, { lot, lacking: false }))).toBe('competition-undecided');
    await partSigned(town, lot, competition);
    expect(await phaseOf(house, lot)).toBe('waiting');
    await nextSession(town, lot);
    expect(await returnedOf(lot)).toContain(`${bids[2]}/price`);
    expect(await house.em().count(OpeningItem, { lot, part: 'price', state: 'opened' })).toBe(2);

    await house.perform(startEvaluation, town.agent.actor, { lot });
    await panelSigns(town, lot);
    expect(await phaseOf(house, lot)).toBe('evaluated');
    const { result, checks } = await verdictOf(house, await bundleOf(house, lot));
    expect(result).toBe('verified');
    expect(checks).toContain('5 envelopes came back unopened: exactly those of bidders who did not go on');
  }, 120_000);
});

describe('An envelope after which nothing more is opened', () => {
  const two = { offers: offers.slice(0, 3), draft: { envelopes: 'technical+price' as const } };

  it('nobody passed: the tender fails, and every price comes back unopened', async () => {
    const { lot, bids } = await openedLot(town, two);
    await panelAtWork(town, lot);
    await panelSigns(town, lot, { fails: bids });
    expect(await house.em().findOneOrFail(Lot, { id: lot })).toMatchObject({ phase: 'failed', failedFor: 'none-left' });
    expect(await returnedOf(lot)).toEqual(bids.map((bid) => `${bid}/price`).sort());
    expect((await verdictOf(house, await bundleOf(house, lot))).result).toBe('verified');
  }, 90_000);

  it('competition is lacking: the one who passed comes back unopened too; while signatures are awaited nobody leaves', async () => {
    const { lot, bids } = await openedLot(town, two);
    await panelAtWork(town, lot);
    await refusal(panelSigns(town, lot, { fails: bids.slice(1) }));
    const chair = await member(lot);
    await house.perform(concludePart, chair, { lot, lacking: true, reason: '仅一家通过，明显缺乏竞争' });
    expect(await refusal(house.perform(declareRecusal, chair, { lot, recuses: true, ground: '迟到的发现' }))).toBe('sheets-closed');
    await partSigned(town, lot, null);
    expect(await house.em().findOneOrFail(Lot, { id: lot })).toMatchObject({ phase: 'failed', failedFor: 'competition-lacking' });
    expect(await returnedOf(lot)).toEqual(bids.map((bid) => `${bid}/price`).sort());
    expect((await verdictOf(house, await bundleOf(house, lot))).result).toBe('verified');
  }, 90_000);
});
