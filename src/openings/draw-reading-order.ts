import { z } from 'zod';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField, newId } from '../kernel/ids.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { askDraw } from './draws.ts';
import { nothingToOrder, orderAsked, stillSealed } from './problems.ts';
import { readingRequest } from './reading-draw.ts';
import { awaitsOrder, orderIsDrawn, readingDrawOf } from './reading-state.ts';
import { OpeningItem } from './schema.ts';
import { notSuspended, platformStop } from './suspension.ts';

/**
 * Asks the council for the order in which the envelopes at hand are read, once for each part, where the notice has it drawn: when none of them is sealed
 * any more, so that the list is fixed, and before any of them is read, so that nobody is moved for what it offers.
 */
export const drawReadingOrder = act({
  name: 'draw-reading-order',
  by: ['system'],
  says: { zh: '抽取唱标顺序', en: 'Draw the order of reading' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('draw-reading-order', lot.phase);
    await notSuspended(call, lot.id);
    const part = currentPart(lot);
    const items = await call.em.find(OpeningItem, { lot: lot.id, part }, { orderBy: { id: 'asc' } });
    if (items.some((item) => item.state === 'sealed')) throw stillSealed();
    if (!orderIsDrawn(lot, items)) throw nothingToOrder();
    if (await readingDrawOf(call.em, lot)) throw orderAsked();
    const opened = items.filter((item) => item.state === 'opened').map((item) => item.submission);
    const request = readingRequest({ id: newId(call.now), lot: lot.id, at: call.now }, opened);
    const of = { part, parts: termsOf(lot).parts };
    const asked = askDraw(call, lot, { request, purpose: 'reading', of, drawSalt: null, saltKey: null, excluded: {}, excludedBands: {} });
    return { result: { draw: asked.id }, facts: [asked.fact] };
  },
});

export const readingDraws = clockwork({
  name: 'reading-draws',
  act: drawReadingOrder,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot where lot.phase = 'opening' and ${awaitsOrder('lot')}
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null)
       and not exists (select from opening_item i where i.lot = lot.id and i.part = lot.part and i.state = 'sealed')
       and not exists (select from draw_request d where d.lot = lot.id and d.part = lot.part and d.purpose = 'reading')`,
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
