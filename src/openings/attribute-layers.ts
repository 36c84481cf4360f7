import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Facts } from '../kernel/act.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { attributionsDue } from './attribution.ts';
import { notRemoved } from './layer.ts';
import { layersLimit, layersSeen } from './layer-state.ts';
import { outageUndecided } from './problems.ts';

/**
 * Says whose doing it was that layers stayed on, when the probes of the notice have said all that could decide, or the time for it is over. The opening did not
 * wait for it: it is about the security and about damages, not about the list.
 */
export const attributeLayers = act({
  name: 'attribute-layers',
  by: ['system'],
  says: { zh: '未解密原因归因', en: 'Attribute the layers that stayed on' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('rule-attribution', lot.phase);
    const facts = await attributionsDue(call, lot, await layersLimit(call.em, lot));
    const [first, ...more] = facts;
    if (!first) throw outageUndecided();
    return { result: { attributed: facts.length }, facts: [first, ...more] satisfies Facts };
  },
});

export const layerAttributions = clockwork({
  name: 'layer-attributions',
  act: attributeLayers,
  async due(em: EntityManager, now) {
    const rows = await em.execute<{ lot: string }[]>(
      `select distinct lot from opening_item where reason = ? and attributed_to is null and ruling_asked_at is null limit 200`,
      [notRemoved],
    );
    const due: { lot: Id }[] = [];
    for (const { lot: id } of rows) {
      const lot = await em.findOneOrFail(Lot, { id });
      const witnessed = await layersSeen(em, lot, await layersLimit(em, lot), now);
      if (!witnessed || witnessed.settled) due.push({ lot: lot.id as Id });
    }
    return due;
  },
});
