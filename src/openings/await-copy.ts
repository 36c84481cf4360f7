import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { alreadyOpened, copyNotAwaited, copyTooLate, unknownTask } from './problems.ts';
import { storedBytesDiffer } from './remedy.ts';
import { copyLimit } from './remedy-state.ts';
import { OpeningItem } from './schema.ts';
import { notSuspended } from './suspension.ts';

/**
 * The platform finds that the bytes it stores of a bid are not those of the receipt, and the notice provides a remedy: the bid waits for its bidder's own copy,
 * by name and in the hall, until the limit. The other bids are opened meanwhile. The time runs from the first finding: a copy that is damaged in its turn
 * may be handed in again, but moves nothing.
 */
export const awaitCopy = act({
  name: 'await-copy',
  by: ['system'],
  says: { zh: '等待投标人的密封副本', en: 'Wait for a bidder’s sealed copy' },
  takes: z.object({ lot: idField, item: idField }),
  async run(call, { lot: id, item: itemId }) {
    const lot = await lock(call, Lot, id as Id);
    allow('await-copy', lot.phase);
    await notSuspended(call, lot.id);
    const item = await call.em.findOne(OpeningItem, { id: itemId, lot: lot.id });
    if (!item) throw unknownTask();
    const { remedy } = termsOf(lot);
    if (!remedy) throw copyNotAwaited();
    if (item.state !== 'sealed' || (item.copyAwaitedAt && !item.copyKey)) throw alreadyOpened();
    const from = item.copyAwaitedAt ?? call.now;
    const until = await copyLimit(call.em, lot, from, remedy);
    if (call.now >= until) throw copyTooLate();
    item.copyAwaitedAt = from;
    item.copyKey = null;
    item.copyKind = null;
    item.copyAt = null;
    const { submission, bidder, bidderName: name, part } = item;
    const awaited = { submission, bidder, name, part, plan: remedy.plan, reason: storedBytesDiffer, until };
    return { result: { until }, facts: [fact('remedy.awaited', { lot: lot.id }, awaited)] };
  },
});
