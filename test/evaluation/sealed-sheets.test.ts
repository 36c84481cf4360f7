import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeSheet } from '../../src/evaluation/change-sheet.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import { keepDraft } from '../../src/evaluation/keep-draft.ts';
import { type SheetAsks, sheetBytes } from '../../src/evaluation/member-sheet.ts';
import { replaceMember } from '../../src/evaluation/replace-member.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { PanelMember, Review, Score, SealedSheet } from '../../src/evaluation/schema.ts';
import { sealSheet } from '../../src/evaluation/seal-sheet.ts';
import { sealedSheet } from '../../src/evaluation/sealed-sheet.ts';
import { sheetChange } from '../../src/evaluation/sheet-change.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { base64, canonicalBytes } from '../../src/kernel/bytes.ts';
import { later } from '../../src/kernel/clock.ts';
import { CouncilTask } from '../../src/openings/schema.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { declared, expertOf, panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, openedLot, phaseOf, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { fullSheet, handsIn, type Sitting, sitting, workOf } from '../support/sealed-sheets.ts';
import { makeTown, soon, type Town } from '../support/town.ts';
import { bundleOf, verdictOf } from '../turns/scene.ts';

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
}, 120_000);
afterAll(() => house.close());

const typesOf = async (lot: string): Promise<string[]> => (await eventsOfLot(house.em(), lot)).map(({ event }) => event.type);
/** What the journal says in events of a type, once so many are numbered. */
async function dataOf<T>(lot: string, type: string, count: number): Promise<T[]> {
  const read = () => eventsOfLot(house.em(), lot, { types: [type] });
  await until(town, async () => (await read()).length >= count);
  return (await read()).map(({ event }) => event.data as T);
}
interface Complete {
  readonly round: number;
  readonly list: readonly { readonly member: string; readonly version: number }[];
}
async function atWork(): Promise<{ lot: string; seats: [Sitting, Sitting, Sitting, Sitting, Sitting] }> {
  const { lot } = await openedLot(town, { prices: ['17800000.00', '18000000.00', '18250000.00'], draft: { sheets: 'sealed' } });
  await panelAtWork(town, lot);
  const [a, b, c, d, e] = await sitting(town, lot);
  if (!a || !b || !c || !d || !e) throw new Error('a panel of five');
  return { lot, seats: [a, b, c, d, e] };
}

/** A sheet made and sealed with something changed, handed in or refused. */
async function handedIn(
  lot: string,
  seat: Sitting,
  change: { asks?: Partial<SheetAsks>; signer?: Sitting; version?: number; cut?: boolean } = {},
): Promise<string> {
  const { asks, council } = await workOf(town, lot, seat);
  const at = await houseNow(house);
  const { recipient: ownRecipient } = await newAgeIdentity();
  const signer = await (change.signer ?? seat).person.signer();
  const made = await sealedSheet(fullSheet(asks), { asks: { ...asks, ...change.asks }, council, ownRecipient, signer, at });
  if (typeof made === 'string') return made;
  const sealed = change.cut ? made.sealed.subarray(0, made.sealed.length - 65_552) : made.sealed;
  const { signature } = made;
  return refusal(
    house.perform(sealSheet, seat.person.actor, { lot, version: change.version ?? asks.version, sealed: base64(sealed), at, signature }),
  );
}

describe('score sheets sealed until all are in', () => {
  it('keeps nothing in the clear, tells nothing by size, and opens all together', async () => {
    const { lot, seats } = await atWork();
    const [first, second] = seats;
    const { asks } = await workOf(town, lot, first);
    const [bid = ''] = asks.bids;
    const [item = ''] = asks.items;
    expect(await refusal(house.perform(reviewBid, first.person.actor, { lot, verdicts: [{ bid, item, pass: true }] }))).toBe(
      'sheets-are-sealed',
    );
    // another seat's, another version's, a stranger's signature, another length: refused while there is time to mend it
    expect(await handedIn(lot, first, { asks: { member: second.member } })).toBe('sheet-refused');
    expect(await handedIn(lot, first, { asks: { version: 2 } })).toBe('sheet-refused');
    expect(await handedIn(lot, first, { version: 2 })).toBe('nothing-changed');
    expect(await handedIn(lot, first, { signer: second })).toBe('report-signature-refused');
    expect(await handedIn(lot, first, { cut: true })).toBe('sheet-refused');
    expect(await refusal(house.perform(keepDraft, first.person.actor, { lot, sealed: base64(new Uint8Array(100)) }))).toBe('sheet-refused');
    const { criteria } = termsOf(await house.em().findOneOrFail(Lot, { id: lot }));
    // near enough to the others’ to ask for no reason
    const { id: criterion = '', max = '' } = criteria.find(({ kind }) => kind === 'subjective') ?? {};
    const less = (points: number): string => (Number(max) - points).toFixed(2);
    for (const seat of seats.slice(0, 4)) await handsIn(town, lot, seat);
    // replaced by a newer version while somebody is awaited, with quite other content: the length is the same
    await handsIn(town, lot, first, (each) =>
      fullSheet(each).map((row) => ({
        ...row,
        scores: row.scores.map((mark) => (mark.criterion === criterion ? { ...mark, score: less(1), reason: '依据投标文件' } : mark)),
      })),
    );
    const stored = await house.em().find(SealedSheet, { lot });
    expect(new Set(stored.map(({ sealed }) => sealed.length)).size).toBe(1);
    expect(stored).toHaveLength(5);
    expect(await house.em().count(CouncilTask, { lot, kind: 'sheets' })).toBe(0);
    expect(await house.em().count(Score, { lot })).toBe(0);
    expect(await refusal(house.perform(concludeEvaluation, first.person.actor, { lot }))).toBe('sheets-still-sealed');
    expect(await typesOf(lot)).not.toContain('sheets.complete');
    await handsIn(town, lot, seats[4]);
    expect(await handedIn(lot, first)).toBe('sheets-complete');
    await until(town, async () => (await workOf(town, lot, first)).open);
    const [complete] = await dataOf<Complete>(lot, 'sheets.complete', 1);
    expect(complete?.list.map(({ member, version }) => [member, version])).toEqual(
      seats.map(({ member }) => [member, member === first.member ? 2 : 1]).sort(),
    );
    expect((await dataOf(lot, 'sheets.opened', 1))[0]).toMatchObject({ opened: 5, flawed: 0, all: true });
    expect(await house.em().count(Review, { lot })).toBe(5 * asks.bids.length * asks.items.length);
    expect(await house.em().count(Score, { lot, member: first.member, score: less(1) })).toBe(asks.bids.length);

    // what is changed now is signed, with its reason
    const at = await houseNow(house);
    const changes = { verdicts: [], scores: [{ bid, criterion, score: less(2), reason: '复核后更正' }] };
    const changed = async (signer: Sitting) => {
      const statement = canonicalBytes(sheetChange({ lot, part: asks.part, member: first.member, at }, changes));
      const signature = base64(await signDetached(statement, await signer.person.signer(), at));
      return refusal(house.perform(changeSheet, first.person.actor, { lot, ...changes, at, signature }));
    };
    expect(await changed(second)).toBe('report-signature-refused');
    expect(await changed(first)).toBe('performed');
    expect(await dataOf(lot, 'bid.scored', 1)).toMatchObject([{ version: 2, score: less(2) }]);
    await panelSigns(town, lot, {});
    for (const reader of [undefined, town.regulator]) {
      const verified = await verdictOf(house, await bundleOf(house, lot, reader));
      expect(verified.result).toBe('verified');
      expect(verified.checks).toContain('The sheets of whole were asked for only when every seat’s was in');
      const contents = 'Each sheet opened of whole is word for word the one that was sealed, signed by its author; each found void is void';
      expect(verified.checks.includes(contents)).toBe(reader !== undefined);
      expect(verified.checks.includes('1 changes after the opening, each signed, with its reason')).toBe(reader !== undefined);
    }
  }, 120_000);

  it('replaces whoever hands nothing in, or something void, and opens the newcomer’s apart', async () => {
    const { lot, seats } = await atWork();
    const [silent, rubbish, ...rest] = seats;
    for (const seat of rest) await handsIn(town, lot, seat);
    const started = (await eventsOfLot(house.em(), lot, { types: ['evaluation.started'] }))[0]?.event.at as Awaited<
      ReturnType<typeof houseNow>
    >;
    expect(await refusal(house.perform(replaceMember, theSystem, { lot, member: silent.member }))).toBe('sheet-time-runs');
    await house.clock.to(later(started, 120 * 3_600_000 - 60_000));
    // what is signed and sealed for a stranger's task opens to something that is not whole
    const { asks, council } = await workOf(town, lot, rubbish);
    const at = await houseNow(house);
    const { recipient: ownRecipient } = await newAgeIdentity();
    const partial = { ...asks, items: asks.items.slice(1) };
    expect(sheetBytes(partial)).toBe(sheetBytes(asks));
    const made = await sealedSheet(fullSheet(partial), { asks: partial, council, ownRecipient, signer: await rubbish.person.signer(), at });
    if (typeof made === 'string') throw new Error(made);
    await house.perform(sealSheet, rubbish.person.actor, { lot, version: 1, sealed: base64(made.sealed), at, signature: made.signature });
    await house.clock.to(later(started, 120 * 3_600_000));
    await beat(house);
    expect((await house.em().findOneOrFail(PanelMember, { id: silent.member })).leftAt).not.toBeNull();
    expect(await dataOf(lot, 'member.replaced', 1)).toEqual([{ part: 'whole', member: silent.member, ground: 'no-sheet' }]);
    const newcomer = async (): Promise<Sitting> => {
      const known = new Set((await sitting(town, lot)).map(({ member }) => member));
      const [called] = await house.em().find(DrawSeat, { lot, state: 'called' });
      if (!called) throw new Error('nobody was called');
      await house.perform(answerCall, expertOf(town, called.expert).actor, { seat: called.id, accepts: true });
      await house.perform(formPanel, town.agent.actor, { lot, representative: [town.tenderee.login] });
      const seat = (await sitting(town, lot)).find(({ member }) => !known.has(member));
      if (!seat) throw new Error('nobody came');
      await declared(house, seat.person, lot, seat.member);
      return seat;
    };
    await handsIn(town, lot, await newcomer());
    await until(town, async () => (await typesOf(lot)).includes('sheets.opened'));
    expect(await dataOf(lot, 'sheet.flawed', 1)).toEqual([
      { part: 'whole', member: rubbish.member, version: 1, reason: 'sheet-incomplete' },
    ]);
    expect((await dataOf(lot, 'sheets.opened', 1))[0]).toMatchObject({ opened: 4, flawed: 1, all: false });
    expect(await refusal(house.perform(concludeEvaluation, rest[0]?.person.actor ?? town.agent.actor, { lot }))).toBe('seats-empty');
    const last = await newcomer();
    await panelSigns(town, lot, {});
    const [all, again] = await dataOf<Complete>(lot, 'sheets.complete', 2);
    expect(all?.list).toHaveLength(5);
    expect(again).toMatchObject({ round: 2, list: [{ member: last.member, version: 1 }] });
    expect(await phaseOf(house, lot)).toBe('evaluated');
    for (const reader of [undefined, town.regulator])
      expect((await verdictOf(house, await bundleOf(house, lot, reader))).result).toBe('verified');
  }, 120_000);
});
