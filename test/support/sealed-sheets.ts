import type { Trust } from '../../src/custody/judge.ts';
import { Refusal } from '../../src/custody/refusal.ts';
import { checkSheetSigners, checkSheets } from '../../src/custody/sheets.ts';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import type { MemberSheet, SheetAsks } from '../../src/evaluation/member-sheet.ts';
import { PanelMember } from '../../src/evaluation/schema.ts';
import { sealSheet } from '../../src/evaluation/seal-sheet.ts';
import { sealedSheet } from '../../src/evaluation/sealed-sheet.ts';
import { sheetWork } from '../../src/evaluation/sheet-desk-reads.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { base64 } from '../../src/kernel/bytes.ts';
import { CouncilTask } from '../../src/openings/schema.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { declared, expertOf } from './evaluated-lot.ts';
import { houseNow, until } from './opened-lot.ts';
import type { Person, Town } from './town.ts';

/** Sheets of a lot whose notice has them sealed, handed in as a member's browser does it. */
export interface Sitting {
  readonly member: string;
  readonly person: Person;
}

/** Who sits on the panel of a lot now. */
export async function sitting(town: Town, lot: string): Promise<readonly Sitting[]> {
  const rows = await town.house.em().find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } });
  return rows.map((row) => ({ member: row.id, person: row.expert ? expertOf(town, row.expert) : town.tenderee }));
}

/** A whole sheet: everything passes with full marks, but for bids that fail on the first item. */
export const fullSheet = (asks: SheetAsks, fails: readonly string[] = []): MemberSheet['bids'] =>
  asks.bids.map((bid) => ({
    bid,
    reviews: asks.items.map((item, at) =>
      at === 0 && fails.includes(bid) ? { item, pass: false, reason: '资格条件不符合' } : { item, pass: true, reason: null },
    ),
    scores: asks.criteria.map(({ id: criterion, max }) => ({
      criterion,
      score: max.includes('.') ? max.padEnd(max.indexOf('.') + 3, '0') : `${max}.00`,
      reason: null,
    })),
  }));

/** What one's browser is told to hand in. */
export const workOf = async ({ house }: Town, lot: string, { person }: Sitting) => sheetWork(house.em(), person.actor, lot);

/** Fills in, signs, seals and hands in one member's sheet. */
export async function handsIn(
  town: Town,
  lot: string,
  seat: Sitting,
  fill: (asks: SheetAsks) => MemberSheet['bids'] = fullSheet,
): Promise<void> {
  const { asks, council } = await workOf(town, lot, seat);
  const at = await houseNow(town.house);
  const { recipient: ownRecipient } = await newAgeIdentity();
  const made = await sealedSheet(fill(asks), { asks, council, ownRecipient, signer: await seat.person.signer(), at });
  if (typeof made === 'string') throw new Error(`the sheet is not whole: ${made}`);
  await town.house.perform(sealSheet, seat.person.actor, {
    lot,
    version: asks.version,
    sealed: base64(made.sealed),
    at,
    signature: made.signature,
  });
}

/** Every sitting member whose sheet is not in hands one in, and the council opens them. */
export async function sheetsOpened(town: Town, lot: string, { fails }: { readonly fails: readonly string[] }): Promise<void> {
  for (const seat of await sitting(town, lot)) {
    const { closed } = await workOf(town, lot, seat);
    if (!closed) await handsIn(town, lot, seat, (each) => fullSheet(each, fails));
  }
  const [first] = await sitting(town, lot);
  if (!first) throw new Error('the panel is empty');
  await until(town, async () => (await workOf(town, lot, first)).open);
}

/** The next expert of the draw accepts, takes the empty seat and declares. */
export async function newcomer(town: Town, lot: string): Promise<Sitting> {
  const { house } = town;
  const known = new Set((await sitting(town, lot)).map(({ member }) => member));
  const [called] = await house.em().find(DrawSeat, { lot, state: 'called' });
  if (!called) throw new Error('nobody was called');
  await house.perform(answerCall, expertOf(town, called.expert).actor, { seat: called.id, accepts: true });
  await house.perform(formPanel, town.agent.actor, { lot, representative: [town.tenderee.login] });
  const seat = (await sitting(town, lot)).find(({ member }) => !known.has(member));
  if (!seat) throw new Error('nobody came');
  await declared(house, seat.person, lot, seat.member);
  return seat;
}

/** What a custodian says of a round of sheets, of the lot's events as they are or as a lying platform would have them. */
export async function custodianOfSheets(
  { house, council }: Town,
  lot: string,
  round: number,
  change: (evidence: TaskEvidence) => TaskEvidence = (each) => each,
): Promise<string> {
  const tasks = await house.em().find(CouncilTask, { lot, kind: 'sheets' }, { orderBy: { askedAt: 'asc' } });
  const task = tasks[round - 1];
  if (!task) throw new Error(`round ${round} was not asked`);
  const events = (await eventsOfLot(house.em(), lot)).map(({ index, event }) => ({ index: index ?? 0, event, salt: '', proof: [] }));
  const sheets = task.question as TaskEvidence['sheets'];
  const asked = change({ task: task.id, kind: 'sheets', lot, council, checkpoint: '', events, opening: null, draw: null, sheets });
  try {
    await checkSheetSigners(asked);
    const notice = asked.events.find(({ event }) => event.type === 'notice.published')?.event.data as { sheets?: { hours: number } };
    const points = checkSheets(asked.events, asked, { council: asked.council } as Trust, notice);
    return points.join() === (task.points as string[]).join() ? 'answered' : 'other points';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

type Data = Record<string, unknown>;
/** The evidence with its events told otherwise, or left out. */
export const withEvents =
  (change: (type: string, data: Data, at: number) => Data | null) =>
  (evidence: TaskEvidence): TaskEvidence => ({
    ...evidence,
    events: evidence.events.flatMap((each, at) => {
      const data = change(each.event.type, each.event.data as Data, at);
      return data === null ? [] : [{ ...each, event: { ...each.event, data } }];
    }),
  });
