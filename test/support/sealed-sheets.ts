import type { MemberSheet, SheetAsks } from '../../src/evaluation/member-sheet.ts';
import { PanelMember } from '../../src/evaluation/schema.ts';
import { sealSheet } from '../../src/evaluation/seal-sheet.ts';
import { sealedSheet } from '../../src/evaluation/sealed-sheet.ts';
import { sheetWork } from '../../src/evaluation/sheet-desk-reads.ts';
import { base64 } from '../../src/kernel/bytes.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { expertOf } from './evaluated-lot.ts';
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
    const { asks } = await workOf(town, lot, seat);
    if (asks.version === 1) await handsIn(town, lot, seat, (each) => fullSheet(each, fails));
  }
  const [first] = await sitting(town, lot);
  if (!first) throw new Error('the panel is empty');
  await until(town, async () => (await workOf(town, lot, first)).open);
}
