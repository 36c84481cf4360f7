import { z } from 'zod';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { stateMovedOn } from '../kernel/problem.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { stateLot } from './stating.ts';

/** Says, when the opening has begun, whose security was there in time. Until then nobody but the bidder itself, and the bank that keeps the money, could know. */
export const stateSecurities = act({
  name: 'state-securities',
  by: ['system'],
  says: { zh: '公布投标保证金到账情况', en: 'State how the bid securities stand' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('state-securities', lot.phase);
    const stated = await stateLot(call, lot);
    if (!stated) throw stateMovedOn();
    return { result: { lot: lot.id }, facts: [stated] };
  },
});

clockwork({
  name: 'securities',
  act: stateSecurities,
  async due(em) {
    const rows = await em.execute<{ id: string }[]>(
      `select id from lot where phase = 'opening' and terms -> 'lodging' is not null and not exists (select from lot_security s where s.lot = lot.id) limit 50`,
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
