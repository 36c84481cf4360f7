import { z } from 'zod';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField, newId } from '../kernel/ids.ts';
import { currentPart, isLast } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { askDraw } from './draws.ts';
import { drawNotDone, notAllRead } from './problems.ts';
import { DrawRequest as DrawRow, OpeningItem } from './schema.ts';
import { notSuspended, platformStop } from './suspension.ts';

/**
 * Asks the council for the session's draw, once: the coefficients the documents name, and the seed that breaks ties. It is asked when the
 * last bid has been read (of the last envelopes, where there are several), so that nobody knew a coefficient when the prices were still closed, nor a price when it was drawn.
 */
export const drawInSession = act({
  name: 'draw-in-session',
  by: ['system'],
  says: { zh: '开标现场抽取参数', en: 'Draw the parameters in session' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('draw-in-session', lot.phase);
    await notSuspended(call, lot.id);
    const { parameters, parts } = termsOf(lot);
    const part = currentPart(lot);
    if (!isLast(parts, part)) throw notAllRead();
    const unread = await call.em.count(OpeningItem, { lot: lot.id, part, $or: [{ state: 'sealed' }, { state: 'opened', readAt: null }] });
    if (unread > 0) throw notAllRead();
    if ((await call.em.count(DrawRow, { lot: lot.id, purpose: 'parameters' })) > 0) throw drawNotDone();
    const request = {
      format: 'yangguang/draw/v1' as const,
      id: newId(call.now),
      lot: lot.id,
      at: call.now,
      seats: [],
      eligible: {},
      parameters: parameters.map(({ name, choices }) => ({ name, choices: [...choices] })),
    };
    const asked = askDraw(call, lot, { request, purpose: 'parameters', drawSalt: null, saltKey: null, excluded: {}, excludedBands: {} });
    return { result: { draw: asked.id }, facts: [asked.fact] };
  },
});

export const sessionDraws = clockwork({
  name: 'session-draws',
  act: drawInSession,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot where lot.phase = 'opening' and lot.part = lot.terms -> 'parts' ->> -1
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null)
       and not exists (select from opening_item i where i.lot = lot.id and i.part = lot.part and (i.state = 'sealed' or (i.state = 'opened' and i.read_at is null)))
       and not exists (select from draw_request d where d.lot = lot.id and d.purpose = 'parameters')`,
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
