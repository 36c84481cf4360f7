import type { Instant } from '../../src/kernel/clock.ts';
import { attendOpening } from '../../src/openings/attend-opening.ts';
import { confirmRecord } from '../../src/openings/confirm-record.ts';
import { closingRoot } from '../../src/openings/hall-signature.ts';
import { type HallStatement, hallStatementBytes } from '../../src/openings/hall-statement.ts';
import { readBid } from '../../src/openings/read-bid.ts';
import { DrawRequest, OpeningItem } from '../../src/openings/schema.ts';
import { standingRecord } from '../../src/openings/standing-record.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { houseNow, until } from '../support/opened-lot.ts';
import type { Person, Town } from '../support/town.ts';

/** Signs a statement of the hall as the browser does. */
export async function signed(signer: Person, statement: HallStatement): Promise<string> {
  const der = await signDetached(hallStatementBytes(statement), await signer.signer(), statement.at as Instant);
  return Buffer.from(der).toString('base64');
}

/** What a bidder's browser puts together to sign in. */
export async function attendance(town: Town, lot: string, bidder: Person, changed: Partial<HallStatement> = {}) {
  const row = await town.house.em().findOneOrFail(Lot, { id: lot });
  const statement = {
    format: 'yangguang/attendance/v1',
    lot,
    part: 'whole',
    bidder: bidder.actor.code ?? '',
    at: await houseNow(town.house),
    root: (await closingRoot(town.house.em(), row)) ?? '',
    ...changed,
  } as HallStatement;
  return { lot, at: statement.at, signature: await signed(bidder, statement) };
}
export const attends = async (town: Town, lot: string, bidder: Person) =>
  town.house.perform(attendOpening, bidder.actor, await attendance(town, lot, bidder));

export async function digestOf(town: Town, lot: string): Promise<string> {
  const em = town.house.em();
  const standing = await standingRecord(em, await em.findOneOrFail(Lot, { id: lot }));
  if (standing === null) throw new Error('the record is not complete');
  return standing.digest;
}

/** What a bidder's browser puts together about the record: a confirmation, or with a text an objection. */
export async function word(town: Town, lot: string, bidder: Person, changed: { text?: string; at?: string; record?: string } = {}) {
  const { text, ...rest } = changed;
  const head = {
    lot,
    part: 'whole',
    bidder: bidder.actor.code ?? '',
    at: await houseNow(town.house),
    record: await digestOf(town, lot),
    ...rest,
  };
  const format = text === undefined ? 'yangguang/record-confirmation/v1' : 'yangguang/record-objection/v1';
  const statement = { format, ...head, ...(text === undefined ? {} : { text }) } as HallStatement;
  return { lot, at: head.at, record: head.record, signature: await signed(bidder, statement), ...(text === undefined ? {} : { text }) };
}
export const confirms = async (town: Town, lot: string, bidder: Person) =>
  town.house.perform(confirmRecord, bidder.actor, await word(town, lot, bidder));

/** Reads every bid and waits for the session's draw: the record is complete. */
export async function readAndDrawn(town: Town, lot: string): Promise<void> {
  const { house, agent } = town;
  while ((await house.em().count(OpeningItem, { lot, state: 'opened', readAt: null })) > 0)
    await house.perform(readBid, agent.actor, { lot });
  await until(town, async () => (await house.em().count(DrawRequest, { lot, purpose: 'parameters', completedAt: { $ne: null } })) > 0);
}
