import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evaluationShape } from '../../src/evaluation/bundle.ts';
import { changeSheet } from '../../src/evaluation/change-sheet.ts';
import { concludePart } from '../../src/evaluation/conclude-part.ts';
import { deskPage } from '../../src/evaluation/desk-reads.ts';
import { replaceMember } from '../../src/evaluation/replace-member.ts';
import { revealPseudonyms } from '../../src/evaluation/reveal-pseudonyms.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { EvaluationReport, PanelMember, Review, Score, SheetDraft } from '../../src/evaluation/schema.ts';
import { sheetChange } from '../../src/evaluation/sheet-change.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { Checklist } from '../../src/evidence/checks.ts';
import type { CheckedDraw } from '../../src/evidence/draws.ts';
import { History } from '../../src/evidence/history.ts';
import { checkPseudonyms } from '../../src/evidence/pseudonyms.ts';
import { checkSheets } from '../../src/evidence/sheets.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import type { ProvenEvent } from '../../src/journal/receipt.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { base64, base64url, canonical, canonicalBytes, fromBase64url } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { DrawRequest as DrawRow, PseudonymRow } from '../../src/openings/schema.ts';
import type { EvaluationReport as PrintedReport } from '../../src/papers/evaluation-report.ts';
import { PaperRow } from '../../src/papers/schema.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { temporaryFolder } from '../../src/store/places.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { nextSession, panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, openedLot, phaseOf, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { custodianOfSheets, handsIn, newcomer, type Sitting, sitting, withEvents, workOf } from '../support/sealed-sheets.ts';
import { makeTown, soon, type Town } from '../support/town.ts';
import { bundleOf, verdictOf } from '../turns/scene.ts';

/** A blind review on sealed sheets: over pseudonyms first, opened together, then laid open; then the rest, by name, sealed and opened anew. */

let house: TestHouse;
let town: Town;
let lot: string;
let bids: readonly string[];
let seats: readonly Sitting[];
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
  ({ lot, bids } = await openedLot(town, {
    prices: ['17800000.00', '18000000.00', '18250000.00'],
    draft: { envelopes: 'technical+price', blind: true, sheets: 'sealed' },
  }));
  await panelAtWork(town, lot);
  seats = await sitting(town, lot);
}, 120_000);
afterAll(() => house.close());

const seat = (at: number): Sitting => {
  const found = seats[at];
  if (!found) throw new Error(`no seat ${at}`);
  return found;
};
const terms = async () => termsOf(await house.em().findOneOrFail(Lot, { id: lot }));
const list = () => house.em().find(PseudonymRow, { lot }, { orderBy: { number: 'asc' } });
const opens = () => until(town, async () => (await workOf(town, lot, seat(0))).open);
/** One mark of a member changed after an opening, under its signature. */
async function changes(by: Sitting, bid: string, criterion: string, score: string): Promise<string> {
  const { asks } = await workOf(town, lot, by);
  const at = await houseNow(house);
  const changed = { verdicts: [], scores: [{ bid, criterion, score, reason: '复核后更正' }] };
  const statement = canonicalBytes(sheetChange({ lot, part: asks.part, member: by.member, at }, changed));
  const signature = base64(await signDetached(statement, await by.person.signer(), at));
  return refusal(house.perform(changeSheet, by.person.actor, { lot, ...changed, at, signature }));
}

describe('While it is blind', () => {
  it('a sheet asks what is judged blind, of pseudonyms, and names nobody', async () => {
    const { blind } = await terms();
    const { asks } = await workOf(town, lot, seat(0));
    const pseudonyms = await list();
    expect(asks.bids).toEqual(pseudonyms.map(({ id }) => id));
    expect([asks.items, asks.criteria.map(({ id }) => id)]).toEqual([blind?.items, blind?.criteria]);
    const told = JSON.stringify(asks);
    for (const bid of bids) expect(told).not.toContain(bid);
    const [first] = pseudonyms;
    const verdicts = [{ bid: first?.id, item: 'blind-mark', pass: true }];
    expect(await refusal(house.perform(reviewBid, seat(0).person.actor, { lot, verdicts }))).toBe('sheets-are-sealed');
  });

  it('nothing is laid open before every blind sheet is open, and nothing concluded before it is laid open', async () => {
    const by = seat(0).person.actor;
    for (const each of seats.slice(0, 4)) await handsIn(town, lot, each);
    expect(await refusal(house.perform(revealPseudonyms, by, { lot }))).toBe('sheets-still-sealed');
    await handsIn(town, lot, seat(4));
    expect(await refusal(house.perform(revealPseudonyms, by, { lot }))).toBe('sheets-still-sealed');
    await opens();
    const { blind } = await terms();
    expect(await house.em().count(Review, { lot, submission: { $in: [...bids] } })).toBe(5 * 3);
    expect(await house.em().count(Score, { lot })).toBe(5 * 3 * (blind?.criteria.length ?? 0));
    expect(await refusal(house.perform(concludePart, by, { lot }))).toBe('blind-review-open');
    // changed over the pseudonym, before anybody knows whose it is
    const [first] = await list();
    const { asks } = await workOf(town, lot, seat(0));
    const criterion = asks.criteria[0];
    expect(await changes(seat(0), first?.id ?? '', criterion?.id ?? '', (Number(criterion?.max) - 1).toFixed(2))).toBe('performed');
    const desk = await deskPage(house.em(), by, lot, undefined);
    expect(desk.blind).toMatchObject({ state: 'blind', mayReveal: true });
    expect(desk.opened?.drift.map(({ marks }) => marks)).toEqual([1, 0, 0, 0, 0]);
    for (const bid of [...bids, ...town.bidders.map((each) => each.actor.organisationName ?? '?')])
      expect(JSON.stringify({ ...desk, bidders: [] })).not.toContain(bid);
  }, 60_000);
});

describe('Laid open', () => {
  it('the rest is sealed by name, under the next version; what was judged blind stands', async () => {
    const pseudonyms = await list();
    const blindWork = await workOf(town, lot, seat(0));
    await house.perform(revealPseudonyms, seat(0).person.actor, { lot });
    expect(await refusal(house.perform(revealPseudonyms, seat(0).person.actor, { lot }))).toBe('no-blind-review');
    expect(await house.em().count(SheetDraft, {})).toBe(0);
    const { asks, closed } = await workOf(town, lot, seat(0));
    expect([closed, asks.version, [...asks.bids].sort()]).toEqual([false, 2, [...bids].sort()]);
    expect(asks.items).not.toContain('blind-mark');
    expect(asks.criteria.some(({ id }) => blindWork.asks.criteria.some((each) => each.id === id))).toBe(false);
    const [first] = pseudonyms;
    const { id: criterion = '' } = blindWork.asks.criteria[0] ?? {};
    expect(await changes(seat(0), first?.submission ?? '', criterion, '1.00')).toBe('sheets-still-sealed');
    // all but one, an expert
    for (const each of seats) if (each !== seat(1)) await handsIn(town, lot, each);
  }, 60_000);

  it('a member has the whole time anew; who came later owes everything, by name', async () => {
    const { unblindedAt } = await house.em().findOneOrFail(Lot, { id: lot });
    const { sheets } = await terms();
    const end = later(unblindedAt as Instant, (sheets?.hours ?? 0) * 3_600_000);
    await house.clock.to(later(end, -60_000));
    expect(await refusal(house.perform(replaceMember, theSystem, { lot, member: seat(1).member }))).toBe('sheet-time-runs');
    await beat(house);
    expect((await house.em().findOneOrFail(PanelMember, { id: seat(1).member })).leftAt).toBeNull();
    await house.clock.to(end);
    await beat(house);
    expect((await house.em().findOneOrFail(PanelMember, { id: seat(1).member })).leftAt).not.toBeNull();
    const late = await newcomer(town, lot);
    const { asks } = await workOf(town, lot, late);
    expect([asks.version, asks.items.includes('blind-mark'), [...asks.bids].sort()]).toEqual([1, true, [...bids].sort()]);
    await handsIn(town, lot, late);
    seats = await sitting(town, lot);
    await opens();
    const { blind } = await terms();
    expect(await changes(seat(0), bids[0] ?? '', blind?.criteria[0] ?? '', '1.00')).toBe('sheets-closed');
    // the drift of the blind review is told on, under the names
    const desk = await deskPage(house.em(), seat(0).person.actor, lot, undefined);
    expect(desk.opened?.drift.map(({ marks }) => marks)).toEqual([1, 0, 0, 0, 0]);
  }, 60_000);

  it('goes on to the signed report, and the evidence verifies', async () => {
    await panelSigns(town, lot);
    await nextSession(town, lot);
    await house.perform(startEvaluation, town.agent.actor, { lot });
    await panelSigns(town, lot);
    expect(await phaseOf(house, lot)).toBe('evaluated');
    for (const reader of [undefined, town.regulator]) {
      const { result, checks } = await verdictOf(house, await bundleOf(house, lot, reader));
      expect(result).toBe('verified');
      expect(checks).toContain('The pseudonyms were laid open only when every blind sheet was open');
      expect(checks.filter((says) => says.startsWith('Each sheet opened of technical')).length).toBe(reader === undefined ? 0 : 1);
    }
  }, 120_000);
});

describe('The result', () => {
  it('is the same on the page, in the report and from `yangguang rank`, and so is what was judged blind', async () => {
    const { bundle, sha256: digest } = await house.em().findOneOrFail(EvaluationReport, { lot });
    const sent = await (await seat(0).person.api()).get(`/lots/${lot}/evaluation/bundle`);
    expect(base64url(sha256(Buffer.from(sent.text)))).toBe(digest);
    const folder = temporaryFolder('yangguang-rank-');
    try {
      await writeFile(join(folder, 'evaluation.json'), sent.text);
      const { stdout } = await promisify(execFile)(process.execPath, ['src/cli.mjs', 'rank', join(folder, 'evaluation.json')], { env: {} });
      expect(stdout).toBe(`${canonical(evaluationShape.parse(bundle).result)}\n`);
    } finally {
      await rm(folder, { recursive: true });
    }
    const paper = () => house.em().findOne(PaperRow, { lot, kind: 'evaluation-report' });
    await until(town, async () => (await paper()) !== null);
    const report = (await paper())?.data as PrintedReport;
    const { result } = await deskPage(house.em(), seat(0).person.actor, lot, undefined);
    const printed = report.rows.map(({ rank, bidder, technical, price, total }) => [rank, bidder.name, technical, price, total]);
    expect(report.bundle).toBe(digest);
    expect(result?.rows.map(({ rank, name, technical, price, total }) => [rank, name, technical, price, total])).toEqual(printed);
    const verdicts = result?.sheets.flatMap((sheet) => sheet.verdicts.filter(({ item }) => item.zh === '暗标格式')) ?? [];
    for (const { bidder, votes } of report.blind?.bids ?? []) {
      const own = verdicts.filter(({ bid }) => bid === bidder.name);
      expect(votes.map(({ against, of }) => [against, of])).toEqual([[own.filter(({ pass }) => !pass).length, own.length]]);
    }
    expect(report.blind?.bids).toHaveLength(bids.length);
  }, 60_000);
});

describe('A custodian', () => {
  it('answers each round, and none where names were told too early, twice, or without the notice', async () => {
    const says = (round: number, change?: Parameters<typeof withEvents>[0]) =>
      custodianOfSheets(town, lot, round, change && withEvents(change));
    expect([await says(1), await says(2)]).toEqual(['answered', 'answered']);
    const without =
      (...types: string[]): Parameters<typeof withEvents>[0] =>
      (type, data) =>
        types.includes(type) && data.part === 'technical' ? null : data;
    // the names told before the blind sheets were open, or while one was missing
    expect(await says(2, without('sheets.opened'))).toBe('pseudonyms-too-early');
    const firstSheet = (type: string, data: Record<string, unknown>) =>
      type === 'sheets.opened' && data.round === 1 ? { ...data, all: false } : data;
    expect(await says(2, firstSheet)).toBe('pseudonyms-too-early');
    // the list kept back: who was in the blind round is in none again
    expect(await says(2, without('pseudonyms.revealed'))).not.toBe('answered');
    expect(await says(2, (type, data) => (type === 'notice.published' ? { ...data, blind: undefined } : data))).toBe('blind-not-announced');
    const early = (type: string) =>
      custodianOfSheets(town, lot, 1, (evidence) => {
        const revealed = evidence.events.find(({ event }) => event.type === 'pseudonyms.revealed');
        const before = evidence.events.find(({ event }) => event.type === type);
        if (!revealed || !before) throw new Error('nothing was laid open');
        return {
          ...evidence,
          events: [...evidence.events.filter((each) => each !== revealed), { ...revealed, index: before.index - 0.5 }].sort(
            (a, b) => a.index - b.index,
          ),
        };
      });
    for (const type of ['evaluation.started', 'sheet.sealed', 'sheets.complete', 'sheets.opened'])
      expect([type, await early(type)]).toEqual([type, 'pseudonyms-too-early']);
  }, 60_000);
});

describe('A verifier', () => {
  const told = async (): Promise<readonly ProvenEvent[]> =>
    (await eventsOfLot(house.em(), lot)).map(
      ({ index, event }) => ({ index: index ?? 0, event, salt: '', proof: [] }) as unknown as ProvenEvent,
    );
  const each =
    (change: (event: ProvenEvent['event']) => ProvenEvent['event'] | null) =>
    (events: readonly ProvenEvent[]): readonly ProvenEvent[] =>
      events.flatMap((proven) => {
        const event = change(proven.event);
        return event === null ? [] : [{ ...proven, event }];
      });
  const tooEarly = (before: string) => (events: readonly ProvenEvent[]) => {
    const revealed = events.find(({ event }) => event.type === 'pseudonyms.revealed');
    const place = events.find(({ event }) => event.type === before);
    return events.map((each) => (each === revealed && place ? { ...each, index: place.index - 0.5 } : each));
  };

  it('refutes names told before the blind sheets were open, and a blind mark given again by name', async () => {
    const laidOpen = 'The pseudonyms were laid open only when every blind sheet was open';
    expect(await checksOf((events) => events)).toContain(laidOpen);
    for (const type of ['sheet.sealed', 'sheets.complete', 'sheets.opened'])
      expect([type, await refuted(tooEarly(type))]).toEqual([type, laidOpen]);
    const part = (event: ProvenEvent['event'], round: number) =>
      event.type === 'sheets.opened' && (event.data as { round: number }).round === round;
    expect(await refuted(each((event) => (part(event, 1) ? { ...event, data: { ...(event.data as object), all: false } } : event)))).toBe(
      laidOpen,
    );
    const twice = (events: readonly ProvenEvent[]) =>
      events.flatMap((each) => (each.event.type === 'pseudonyms.revealed' ? [each, { ...each, index: each.index + 0.5 }] : [each]));
    expect(await refuted(twice)).toBe(laidOpen);
  });

  it('refutes what stood on a blind sheet and was given again when the names were known', async () => {
    const row = await house.em().findOneOrFail(DrawRow, { lot, purpose: 'blind' });
    const blindChecks = async (change: (events: readonly ProvenEvent[]) => readonly ProvenEvent[]): Promise<string> => {
      const checks = new Checklist();
      const history = new History(change(await told()), checks);
      const asked = history.all('draw.requested').find(({ data }) => data.purpose === 'blind');
      const drawn = {
        requestedAt: asked?.index,
        transcript: row.transcript,
        seed: fromBase64url(row.seed ?? ''),
      } as unknown as CheckedDraw;
      try {
        checkPseudonyms(history, checks, new Map([['blind', drawn]]));
        return 'verified';
      } catch {
        return checks.checks.at(-1)?.says.en ?? '';
      }
    };
    expect(await blindChecks((events) => events)).toBe('verified');
    const last = (events: readonly ProvenEvent[], more: Partial<ProvenEvent['event']>): readonly ProvenEvent[] => {
      const end = events.at(-1);
      return end ? [...events, { ...end, index: end.index + 1, event: { ...end.event, ...more } }] : events;
    };
    const mark = {
      member: seat(0).member,
      bid: bids[0],
      criterion: (await terms()).blind?.criteria[0],
      score: '1.00',
      reason: '改',
      version: 3,
    };
    expect(await blindChecks((events) => last(events, { type: 'bid.scored', data: mark }))).toContain(
      'were not changed when the names were known',
    );
    const sheet = (events: readonly ProvenEvent[]) => events.find(({ event }) => event.type === 'sheet.opened')?.event ?? {};
    expect(await blindChecks((events) => last(events, sheet(events)))).toContain('after it was laid open');
  });

  /** The checks about rounds and pseudonyms alone: files and signatures are looked at by the other tests. */
  async function checksOf(change: (events: readonly ProvenEvent[]) => readonly ProvenEvent[]): Promise<readonly string[]> {
    const checks = new Checklist();
    const events = await told();
    const context = { transcripts: new Map(), sealed: new Map(), lot, council: town.council, anchors: [] };
    await checkSheets(new History(change(events), checks), checks, context).catch(() => undefined);
    return checks.checks.map(({ says, ok }) => `${ok ? '' : '✗ '}${says.en}`);
  }
  const refuted = async (change: Parameters<typeof checksOf>[0]): Promise<string> =>
    ((await checksOf(change)).find((says) => says.startsWith('✗ ')) ?? 'nothing').replace('✗ ', '');
});
