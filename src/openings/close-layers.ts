import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { askCouncil } from './envelope-task.ts';
import { attributionOf, notRemoved } from './layer.ts';
import { layersLimit, layersOpen } from './layer-state.ts';
import { layersAwaited, layersOver } from './problems.ts';
import { OpeningItem } from './schema.ts';
import { notSuspended, platformStop } from './suspension.ts';

/**
 * Ends the bidders' part of an opening, when every layer is removed or the limit is over, and asks the council once, for exactly the bids whose layer was
 * removed in time. Of the others it says whose doing it was, or asks for a ruling; none of them holds the rest. How many are left does not stop the
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
    const ids = (some: readonly OpeningItem[]): string[] => some.map((item) => item.submission);
    const closed = fact('layers.closed', { lot: lot.id }, { part, until, removed: ids(removed), missing: ids(missing) });
    const outcomes = missing.map((item) => outcomeOf(call, lot, item, removed.length, until));
    if (removed.length === 0) return { result: { asked: 0 }, facts: [closed, ...outcomes, fail(call, lot)] };
    const listed = removed.map(({ submission: id, bidder, bidderName }) => ({ id, bidder, bidderName }));
    await askCouncil(call, lot, part, listed, 'layers.closed');
    return { result: { asked: removed.length }, facts: [closed, ...outcomes] };
  },
});

function outcomeOf(call: Call, lot: Lot, item: OpeningItem, othersRemoved: number, until: Instant): Fact {
  const disputed = item.disputedAt !== null && item.disputedAt !== undefined;
  const attended = item.attendedAt !== null && item.attendedAt !== undefined && item.attendedAt < until;
  const evidence = { disputed, attended, othersRemoved };
  const { to, ground } = attributionOf(evidence);
  const { submission, bidder, bidderName: name } = item;
  item.state = 'invalid';
  item.reason = notRemoved;
  if (to === 'ruling') {
    item.rulingAskedAt = call.now;
    return fact('attribution.asked', { lot: lot.id }, { submission, bidder, name, ground, evidence });
  }
  item.attributedTo = to;
  const revoked = { submission, bidder, name, reason: notRemoved, ground, attributedTo: to, evidence };
  return fact('bid.revoked', { lot: lot.id }, revoked);
}

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
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null) limit 200`,
    );
    const due: { lot: Id }[] = [];
    for (const { id, missing } of rows)
      if (!missing || (await layersLimit(em, await em.findOneOrFail(Lot, { id }))) <= now) due.push({ lot: id as Id });
    return due;
  },
});
