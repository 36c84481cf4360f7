import { provideCopies } from '../bids/upload-router.ts';
import { provideCouncil } from '../tenders/council.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { providePeople } from '../tenders/lot-people.ts';
import { provideOrders } from '../tenders/orders.ts';
import { Lot } from '../tenders/schema.ts';
import { copyAwaited } from './remedy-state.ts';
import { CouncilRow, OpeningItem } from './schema.ts';
import { orderInForce, stopsAll } from './suspension.ts';

// What earlier rooms ask of this one: which council seals tenders now, who is known to have bid (nobody, before the opening started), what stops a lot, and
// whether a bidder's copy of its sealed bytes is awaited.
provideCouncil(async (em) => {
  const row = await em.findOne(CouncilRow, { inUse: true });
  return row && { id: row.id, name: row.name };
});
providePeople({
  bidders: async (em, lot) => {
    const items = await em.find(OpeningItem, { lot }, { fields: ['bidder'] });
    return [...new Set(items.map((item) => item.bidder))];
  },
});
provideOrders(async (em, lot) => {
  const order = await orderInForce({ em }, lot);
  if (!order) return null;
  const { authorityName, reason, ground, suspendedAt, statement } = order;
  return { authorityName, reason, ground, suspendedAt, proceedings: stopsAll(statement) };
});
provideCopies(async (em, { lot: id, party, part }) => {
  const lot = await em.findOne(Lot, { id, phase: 'opening' });
  const item = lot && currentPart(lot) === part ? await em.findOne(OpeningItem, { lot: id, part, bidder: party }) : null;
  return (lot && item && (await copyAwaited(em, lot, item))?.until) ?? null;
});
