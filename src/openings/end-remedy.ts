import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import type { Part } from '../sealing/shapes.ts';
import { partFact } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { clashFacts } from './joint-rules.ts';
import { alreadyOpened, copyStillAwaited, unknownTask } from './problems.ts';
import { storedBytesDiffer } from './remedy.ts';
import { copyAwaited } from './remedy-state.ts';
import { OpeningItem } from './schema.ts';
import { notSuspended, platformStop } from './suspension.ts';

/** No copy came within the limit: the bid stays out as it would have without a remedy, and through the platform, whose bytes were damaged (撤回). */
export const endRemedy = act({
  name: 'end-remedy',
  by: ['system'],
  says: { zh: '未在时限内收到密封副本', en: 'No sealed copy came within the limit' },
  takes: z.object({ lot: idField, item: idField }),
  async run(call, { lot: id, item: itemId }) {
    const lot = await lock(call, Lot, id as Id);
    allow('end-remedy', lot.phase);
    await notSuspended(call, lot.id);
    const item = await call.em.findOne(OpeningItem, { id: itemId, lot: lot.id });
    if (!item) throw unknownTask();
    const awaited = await copyAwaited(call.em, lot, item);
    // a copy that was taken in time may be committed only now: then it counts
    if (awaited?.because !== 'bytes') throw alreadyOpened();
    if (call.now < awaited.until) throw copyStillAwaited();
    item.state = 'invalid';
    item.reason = storedBytesDiffer;
    item.attributedTo = 'platform';
    const { submission, bidder } = item;
    const part = partFact(termsOf(lot).parts, item.part as Part);
    const out = { submission, bidder, ...part, reason: storedBytesDiffer, attributedTo: 'platform' };
    return { result: { state: item.state }, facts: [fact('bid.invalid', { lot: lot.id }, out), ...(await clashFacts(call.em, lot, item))] };
  },
});

export const remedyEnds = clockwork({
  name: 'remedy-ends',
  act: endRemedy,
  async due(em: EntityManager, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<{ id: string; lot: string }[]>(
      `select i.id, i.lot from opening_item i join lot on lot.id = i.lot and lot.phase = 'opening'
       where i.state = 'sealed' and i.copy_awaited_at is not null and i.copy_key is null
       and not exists (select from suspension_order s where s.lot = i.lot and s.lifted_at is null) order by i.id limit 200`,
    );
    const due: { lot: Id; item: Id }[] = [];
    for (const row of rows) {
      const [lot, item] = [await em.findOneOrFail(Lot, { id: row.lot }), await em.findOneOrFail(OpeningItem, { id: row.id })];
      const awaited = await copyAwaited(em, lot, item);
      if (awaited && awaited.until <= now) due.push({ lot: lot.id as Id, item: item.id as Id });
    }
    return due;
  },
});
