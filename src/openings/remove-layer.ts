import { z } from 'zod';
import { Envelope } from '../bids/schema.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, electronicOrder } from '../rulebook/law.ts';
import { opensCover } from '../sealing/layer.ts';
import { bytesShape } from '../sealing/shapes.ts';
import type { InnerSeal } from '../sealing/statement.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { layersLimit, ownLayer } from './layer-state.ts';
import { layerGone, layerKeyWrong, layersOver } from './problems.ts';
import { notSuspended } from './suspension.ts';

/** By the database's clock, in the transaction that records it; at the end of the limit itself it is too late. */
export const withinLayerLimit: Rule<{ readonly now: string; readonly until: string }> = rule({
  id: 'OPEN-LAYER',
  acts: ['remove-layer', 'dispute-layer'],
  figures: ['op.decryption.limit'],
  certainty: 'M',
  source: cite(electronicOrder, '30、31'),
  says: {
    zh: '投标人应在解密时限内解除自己的加密层，逾期不再接受。',
    en: 'A bidder removes its own layer within the limit; later it is refused.',
  },
  problem: layersOver,
  refuses: ({ now, until }) => now >= until,
});

/**
 * A bidder removes its own layer, by giving up its file key. The head that the bidder signed with its bid proves the key at once, so that a wrong one is refused
 * while there is time, and nobody else can have it. What lies under the layer is still sealed for the council.
 */
export const removeLayer = act({
  name: 'remove-layer',
  by: ['bidder'],
  says: { zh: '解除自己的加密层', en: 'Remove the own layer' },
  takes: z.object({ lot: idField, key: bytesShape(16) }),
  async run(call, { lot: id, key }) {
    const lot = await lock(call, Lot, id as Id);
    allow('remove-layer', lot.phase);
    await notSuspended(call, lot.id);
    const item = await ownLayer(call, lot);
    uphold([withinLayerLimit], { now: call.now, until: await layersLimit(call.em, lot) });
    if (item.layerRemovedAt) throw layerGone();
    const { submission, part, bidder, bidderName: name } = item;
    const envelope = await call.em.findOneOrFail(Envelope, { submission, part });
    if (!opensCover((envelope.inner as InnerSeal | null)?.cover ?? '', key)) throw layerKeyWrong();
    item.layerKey = key;
    item.layerRemovedAt = call.now;
    return {
      result: { submission, removedAt: call.now },
      facts: [fact('layer.removed', { lot: lot.id }, { part, submission, bidder, name, key })],
    };
  },
});
