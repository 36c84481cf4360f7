import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { isBlind } from '../tenders/blind.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { attributionsDue, leaveOut } from './attribution.ts';
import { askCouncil } from './envelope-task.ts';
import { layersLimit, layersOpen } from './layer-state.ts';
import { layersAwaited, layersOver, pseudonymsAwaited } from './problems.ts';
import { OpeningItem, PseudonymRow } from './schema.ts';
import { notSuspended, platformStop } from './suspension.ts';

/**
 * Ends the bidders' part of an opening, when every layer is removed or the limit is over, and asks the council once, for exactly the bids whose layer was
 * removed in time. Of the others it says whose doing it was, or asks for a ruling, at once or when the probes have spoken (attribute-layers); none of them holds the rest. How many are left does not stop the
 * opening: three had been submitted (regulations art. 44), and whether there is still competition the panel judges. With none the tender fails.
 */
export const closeLayers = act({
  name: 'close-layers',
  by: ['system'],
  says: { zh: '投标人解密结束', en: 'End the decryption by bidders' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('close-layers', lot.phase);
    await notSuspended(call, lot.id);
    if (!(await layersOpen(call.em, lot))) throw layersOver();
    const items = await call.em.find(OpeningItem, { lot: lot.id }, { orderBy: { id: 'asc' } });
    const [removed, missing] = [items.filter((item) => item.layerRemovedAt), items.filter((item) => !item.layerRemovedAt)];
    const until = await layersLimit(call.em, lot);
    if (missing.length > 0 && call.now < until) throw layersAwaited();
    const part = items[0]?.part ?? 'whole';
    // of a blind review the pseudonyms are settled before anybody can know which bids will be open
    if (isBlind(lot, termsOf(lot), part) && (await call.em.count(PseudonymRow, { lot: lot.id, part })) === 0) throw pseudonymsAwaited();
    const ids = (some: readonly OpeningItem[]): string[] => some.map((item) => item.submission);
    const closed = fact('layers.closed', { lot: lot.id }, { part, until, removed: ids(removed), missing: ids(missing) });
    for (const item of missing) leaveOut(item);
    const outcomes = missing.length === 0 ? [] : await attributionsDue(call, lot, until);
    if (removed.length === 0) return { result: { asked: 0 }, facts: [closed, ...outcomes, fail(call, lot)] };
    const listed = removed.map(({ submission: id, bidder, bidderName }) => ({ id, bidder, bidderName }));
    await askCouncil(call, lot, part, listed, 'layers.closed');
    return { result: { asked: removed.length }, facts: [closed, ...outcomes] };
  },
});

function fail(call: Call, lot: Lot): Fact {
  lot.phase = next(lot.phase, 'tender.failed');
  lot.failedAt = call.now;
  lot.failedFor = 'none-decrypted';
  lot.resultedAt = call.now;
  return fact('tender.failed', { lot: lot.id }, { reason: 'none-decrypted', counted: 0 });
}

export const layerClosings = clockwork({
  name: 'layer-closings',
  act: closeLayers,
  async due(em: EntityManager, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<{ id: string; missing: boolean }[]>(
      `select lot.id, exists (select from opening_item i where i.lot = lot.id and i.layer_removed_at is null) as missing
       from lot where lot.phase = 'opening' and lot.terms ->> 'sealPolicy' = 'bidder+council'
       and not exists (select from council_task t where t.lot = lot.id and t.kind = 'opening')
       and (lot.terms -> 'blind' is null or exists (select from pseudonym p where p.lot = lot.id))
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null) limit 200`,
    );
    const due: { lot: Id }[] = [];
    for (const { id, missing } of rows)
      if (!missing || (await layersLimit(em, await em.findOneOrFail(Lot, { id }))) <= now) due.push({ lot: id as Id });
    return due;
  },
});
