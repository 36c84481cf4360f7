import { provideCouncil } from '../tenders/council.ts';
import { providePeople } from '../tenders/lot-people.ts';
import { provideOrders } from '../tenders/orders.ts';
import { CouncilRow, OpeningItem } from './schema.ts';
import { orderInForce } from './suspension.ts';

// What earlier rooms ask of this one: which council seals tenders now, who is known to have bid (nobody, before the opening started), and what stops a lot.
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
  return order && { authorityName: order.authorityName, reason: order.reason, ground: order.ground, suspendedAt: order.suspendedAt };
});
