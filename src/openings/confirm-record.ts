import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { signedFields } from './attend-opening.ts';
import { keepHallSignature } from './hall-signature.ts';
import type { ConfirmationStatement } from './hall-statement.ts';
import { alreadyConfirmed, notOnTheList, recordChanged, recordNotReady } from './problems.ts';
import { HallSignature, OpeningItem } from './schema.ts';
import { confirmInTime, type StandingRecord, standingRecord } from './standing-record.ts';
import { notSuspended } from './suspension.ts';

export const wordFields = signedFields.extend({
  /** digest of the record that was signed */
  record: z.string().max(43),
});

/** A bidder confirms the opening record, with its certificate, before its time is over. */
export const confirmRecord = act({
  name: 'confirm-record',
  by: ['bidder'],
  says: { zh: '确认开标记录（投标人）', en: 'Confirm the opening record as a bidder' },
  takes: wordFields.extend({ lot: idField }),
  async run(call, { lot: id, at, signature, record }) {
    const lot = await lock(call, Lot, id);
    allow('confirm-record', lot.phase);
    const { own, digest, part } = await recordBefore(call, lot, record);
    if ((await call.em.count(HallSignature, { lot: lot.id, part, bidder: own.bidder, word: 'confirmed' })) > 0) throw alreadyConfirmed();
    const { bidder, bidderName: name } = own;
    const statement: ConfirmationStatement = { format: 'yangguang/record-confirmation/v1', lot: lot.id, part, bidder, record: digest, at };
    await keepHallSignature(call, lot, 'confirmed', { statement, signature, name });
    return { result: { record: digest }, facts: [fact('record.confirmed', { lot: lot.id }, { bidder, name, statement, signature })] };
  },
});

/** What a bidder of the list is asked about: the record as it stands, in time, and the very one it has looked at. */
export async function recordBefore(
  call: Call,
  lot: Lot,
  seen: string,
): Promise<Pick<StandingRecord, 'digest'> & { readonly own: OpeningItem; readonly part: ConfirmationStatement['part'] }> {
  await notSuspended(call, lot.id);
  const [own] = await call.em.find(OpeningItem, { lot: lot.id, part: currentPart(lot), bidder: call.by.code ?? '' });
  if (!own) throw notOnTheList();
  const standing = await standingRecord(call.em, lot);
  if (standing === null) throw recordNotReady();
  uphold([confirmInTime], { now: call.now, until: standing.until });
  if (standing.digest !== seen) throw recordChanged();
  return { own, digest: standing.digest, part: standing.record.part as ConfirmationStatement['part'] };
}
