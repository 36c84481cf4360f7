import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { closingRoot, keepHallSignature } from './hall-signature.ts';
import type { AttendanceStatement } from './hall-statement.ts';
import { alreadySignedIn, notOnTheList } from './problems.ts';
import { OpeningItem } from './schema.ts';

export const signedFields = z.object({
  /** the moment in the signed statement */
  at: z.iso.datetime({ precision: 3, error: '请用证书签名。 | Sign with a certificate.' }),
  /** base64 of the detached CMS over the statement */
  signature: z.base64().min(1, '请用证书签名。 | Sign with a certificate.').max(30_000),
});

/**
 * A bidder signs in to the session with its certificate. Only from the opening on: before it, even an empty chair with a name on it would tell who bids.
 */
export const attendOpening = act({
  name: 'attend-opening',
  by: ['bidder'],
  says: { zh: '开标签到', en: 'Attend the opening' },
  takes: signedFields.extend({ lot: idField }),
  async run(call, { lot: id, at, signature }) {
    const lot = await lock(call, Lot, id);
    allow('attend-opening', lot.phase);
    const items = await call.em.find(OpeningItem, { lot: lot.id, part: currentPart(lot), bidder: call.by.code ?? '' });
    const own = items[0];
    const root = await closingRoot(call.em, lot);
    if (!own || root === null) throw notOnTheList();
    if (own.attendedAt) throw alreadySignedIn();
    const { bidder, bidderName: name, part } = own;
    const statement: AttendanceStatement = {
      format: 'yangguang/attendance/v1',
      lot: lot.id,
      part: part as AttendanceStatement['part'],
      bidder,
      root,
      at,
    };
    await keepHallSignature(call, lot, 'attended', { statement, signature, name });
    for (const item of items) item.attendedAt ??= call.now;
    return {
      result: { attendedAt: own.attendedAt },
      facts: [fact('opening.attended', { lot: lot.id }, { bidder, name, statement, signature })],
    };
  },
});
