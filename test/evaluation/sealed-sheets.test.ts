import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { orderReassessment } from '../../src/challenges/order-reassessment.ts';
import { changeSheet } from '../../src/evaluation/change-sheet.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { keepDraft } from '../../src/evaluation/keep-draft.ts';
import { type SheetAsks, sheetBytes } from '../../src/evaluation/member-sheet.ts';
import { replaceMember } from '../../src/evaluation/replace-member.ts';
import { reportStatement } from '../../src/evaluation/report-statement.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { EvaluationReport, PanelMember, Review, Score, SealedSheet } from '../../src/evaluation/schema.ts';
import { sealSheet } from '../../src/evaluation/seal-sheet.ts';
import { sealedSheet } from '../../src/evaluation/sealed-sheet.ts';
import { sheetChange } from '../../src/evaluation/sheet-change.ts';
import { signReport } from '../../src/evaluation/sign-report.ts';
import { type BundleInput, writeBundle } from '../../src/evidence/bundle.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { base64, canonicalBytes } from '../../src/kernel/bytes.ts';
import { later } from '../../src/kernel/clock.ts';
import { CouncilTask } from '../../src/openings/schema.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import { takenEvidence } from '../../src/openness/evidence-reads.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { publicSheetOpening, type SheetOpening } from '../../src/sealing/sheet-opening.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { regulatorOf } from '../awards/scene.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, openedLot, phaseOf, until } from '../support/opened-lot.ts';
import { signedReassessment } from '../support/ordered.ts';
import { refusal } from '../support/refusal.ts';
import { custodianOfSheets, fullSheet, handsIn, newcomer, type Sitting, sitting, withEvents, workOf } from '../support/sealed-sheets.ts';
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
const seatsOf = (complete: Complete | undefined) => complete?.list ?? [];
let judged = '';
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
    judged = lot;
  }, 120_000);

  const custodianSays = (change?: (evidence: TaskEvidence) => TaskEvidence): Promise<string> => custodianOfSheets(town, judged, 1, change);
  type Data = Record<string, unknown>;

  it('is opened by custodians only when the journal shows every seat’s own sheet', async () => {
    expect(await custodianSays()).toBe('answered');
    const [complete] = await dataOf<Complete>(judged, 'sheets.complete', 1);
    const [a, b] = complete?.list ?? [];
    const only = (type: string, change: (data: Data) => Data | null) => withEvents((each, data) => (each === type ? change(data) : data));
    expect(await custodianSays(only('notice.published', ({ sheets: _, ...data }) => data))).toBe('sheets-not-sealed');
    expect(await custodianSays(only('evaluation.started', () => null))).toBe('sheets-too-early');
    expect(await custodianSays(only('sheets.complete', (data) => ({ ...data, round: 2 })))).toBe('sheets-round');
    const without = (member: string | undefined) => (data: Data) => (data.member === member ? null : data);
    const rest = { list: complete?.list.filter((each) => each !== a) };
    const fewer = only('sheets.complete', (data) => ({ ...data, ...rest }));
    const asksFewer = (evidence: TaskEvidence): TaskEvidence => ({
      ...fewer(only('sheet.sealed', without(a?.member))(evidence)),
      sheets: evidence.sheets && { ...evidence.sheets, items: evidence.sheets.items.filter(({ member }) => member !== a?.member) },
    });
    expect(await custodianSays(asksFewer)).toBe('sheet-missing');
    // an earlier version of a sheet that was replaced
    const older = seatsOf(complete).find(({ version }) => version === 2);
    expect(
      await custodianSays(
        withEvents((type, data) => (type === 'sheet.sealed' && data.member === older?.member && data.version === 2 ? null : data)),
      ),
    ).toBe('sheet-signer');
    // the platform invents a sheet: its signature is another seat's
    const stolen = (await dataOf<Data>(judged, 'sheet.sealed', 6)).find((data) => data.member === b?.member);
    expect(
      await custodianSays(only('sheet.sealed', (data) => (data.member === a?.member ? { ...data, signature: stolen?.signature } : data))),
    ).toBe('sheet-signer');
    // … or takes a seat from its holder
    const replaced = (evidence: TaskEvidence): TaskEvidence => {
      const [first] = evidence.events.filter(({ event }) => event.type === 'panel.formed');
      if (!first) throw new Error('no panel');
      const event = { ...first.event, type: 'member.replaced', data: { part: 'whole', member: a?.member, ground: 'no-sheet' } };
      return { ...evidence, events: [{ ...first, index: first.index - 1, event }, ...evidence.events] };
    };
    expect(await custodianSays(replaced)).toBe('member-replaced-without-rule');
    // a point that is no sheet's of this seat
    const swapped = (evidence: TaskEvidence): TaskEvidence => {
      const [one, two, ...others] = evidence.sheets?.items ?? [];
      if (!one || !two || !evidence.sheets) throw new Error('no sheets');
      const items = [{ ...one, wrappedKey: two.wrappedKey }, two, ...others];
      return { ...evidence, sheets: { ...evidence.sheets, items } };
    };
    expect(await custodianSays(swapped)).toBe('label');
  }, 60_000);

  it('refutes evidence whose sealed sheets, keys or shares are not those of the journal', async () => {
    const taken = await request(house.app)
      .post(`/api/lots/${judged}/evidence`)
      .set({ authorization: `Bearer ${await town.regulator.token()}` })
      .send({ ground: '核验评审表' });
    await until(town, async () =>
      (await eventsOfLot(house.em(), judged, { types: ['matter.viewed'] })).some(({ id }) => id === taken.body.look),
    );
    const { parts } = await takenEvidence(house.em(), town.regulator.actor, judged, taken.body.look);
    const says = async (change: (input: BundleInput) => Partial<BundleInput>): Promise<string> => {
      const verified = await verdictOf(house, await writeBundle({ ...parts, ...change(parts) }));
      return verified.result === 'verified' ? 'verified' : 'refuted';
    };
    const sealed = Object.entries(parts.sealedSheets);
    const [[name, bytes] = ['', new Uint8Array(0)], [, others] = ['', new Uint8Array(0)]] = sealed;
    const altered = bytes.slice();
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    const [round, transcript] = (Object.entries(parts.sheets) as [string, SheetOpening][])[0] ?? [];
    if (!round || !transcript) throw new Error('no round');
    const changed = (opening: SheetOpening) => ({ sheets: { ...parts.sheets, [round]: opening } });
    expect(await says(() => ({}))).toBe('verified');
    expect(await says(() => ({ sealedSheets: { ...parts.sealedSheets, [name]: altered } }))).toBe('refuted');
    expect(await says(() => ({ sealedSheets: { ...parts.sealedSheets, [name]: others } }))).toBe('refuted');
    expect(await says(() => ({ sealedSheets: {} }))).toBe('refuted');
    expect(await says(() => changed(publicSheetOpening(transcript)))).toBe('refuted');
    expect(await says(() => changed({ ...transcript, shares: transcript.shares.slice(1) }))).toBe('refuted');
    expect(await says(() => changed({ ...transcript, items: transcript.items.slice(1) }))).toBe('refuted');
    expect(await says(() => changed({ ...transcript, round: 2 }))).toBe('refuted');
    expect(await says(() => ({ sheets: {} }))).toBe('refuted');
    expect(await says(() => ({ sheets: { ...parts.sheets, 'whole-2': { ...transcript, round: 2 } } }))).toBe('refuted');
    expect(await says(({ events }) => ({ events: events.filter(({ event }) => event.type !== 'sheet.changed') }))).toBe('refuted');
    expect(await says(({ events }) => ({ events: events.filter(({ event }) => event.type !== 'sheets.opened') }))).toBe('refuted');
  }, 120_000);

  it('XE-6: is evaluated again on its open sheets: signed changes within the order, by each member, and both versions verify', async () => {
    const regulator = await regulatorOf(town, '420500');
    const seats = await sitting(town, judged);
    const [first] = seats;
    if (!first) throw new Error('a panel');
    const { asks } = await workOf(town, judged, first);
    const [[bid = '', other = ''], [item = '', another = '']] = [asks.bids, asks.items];
    const decision = {
      ground: 'regulator-decision',
      reference: '宜发改监〔2026〕9号',
      explanation: '投诉查实：该投标人的业绩证明系伪造。',
    };
    const order = { lot: judged, ...decision, bids: [bid], items: [item], criteria: [] };
    await house.perform(orderReassessment, regulator.actor, await signedReassessment(house, regulator, order));
    // the opened sheets stand as they were sealed; nobody owes another, and nobody is replaced for want of one
    expect((await workOf(town, judged, first)).open).toBe(true);
    expect(await handedIn(judged, first)).toBe('sheets-complete');
    expect(await refusal(house.perform(replaceMember, theSystem, { lot: judged, member: first.member }))).toBe('sheet-time-runs');
    const fails = async (seat: Sitting, of: string, on: string): Promise<string> => {
      const at = await houseNow(house);
      const changes = { verdicts: [{ bid: of, item: on, pass: false, reason: '业绩证明经查系伪造' }], scores: [] };
      const statement = canonicalBytes(sheetChange({ lot: judged, part: asks.part, member: seat.member, at }, changes));
      const signature = base64(await signDetached(statement, await seat.person.signer(), at));
      return refusal(house.perform(changeSheet, seat.person.actor, { lot: judged, ...changes, at, signature }));
    };
    expect(await fails(first, other, item)).toBe('outside-reassessment');
    expect(await fails(first, bid, another)).toBe('outside-reassessment');
    for (const seat of seats) expect(await fails(seat, bid, item)).toBe('performed');
    await house.perform(concludeEvaluation, first.person.actor, { lot: judged });
    const { sha256, concludedAt } = await house.em().findOneOrFail(EvaluationReport, { lot: judged });
    for (const { member, person } of seats) {
      const signed = await signDetached(canonicalBytes(reportStatement(judged, sha256, member)), await person.signer(), concludedAt);
      await house.perform(signReport, person.actor, { lot: judged, signature: base64(signed) });
    }
    expect(await phaseOf(house, judged)).toBe('evaluated');
    for (const reader of [undefined, town.regulator]) {
      const verified = await verdictOf(house, await bundleOf(house, judged, reader));
      expect(verified.result).toBe('verified');
      expect(verified.checks.includes('6 changes after the opening, each signed, with its reason')).toBe(reader !== undefined);
      expect(verified.checks.includes('A further evaluation differs only in what its order names')).toBe(reader !== undefined);
    }
  }, 60_000);

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
    await handsIn(town, lot, await newcomer(town, lot));
    await until(town, async () => (await typesOf(lot)).includes('sheets.opened'));
    expect(await dataOf(lot, 'sheet.flawed', 1)).toEqual([
      { part: 'whole', member: rubbish.member, version: 1, reason: 'sheet-incomplete' },
    ]);
    expect((await dataOf(lot, 'sheets.opened', 1))[0]).toMatchObject({ opened: 4, flawed: 1, all: false });
    expect(await refusal(house.perform(concludeEvaluation, rest[0]?.person.actor ?? town.agent.actor, { lot }))).toBe('seats-empty');
    const last = await newcomer(town, lot);
    await panelSigns(town, lot, {});
    const [all, again] = await dataOf<Complete>(lot, 'sheets.complete', 2);
    expect(all?.list).toHaveLength(5);
    expect(again).toMatchObject({ round: 2, list: [{ member: last.member, version: 1 }] });
    expect(await phaseOf(house, lot)).toBe('evaluated');
    for (const reader of [undefined, town.regulator])
      expect((await verdictOf(house, await bundleOf(house, lot, reader))).result).toBe('verified');
  }, 120_000);
});
