import { provideCouncil } from '../tenders/council.ts';
import { providePeople } from '../tenders/lot-people.ts';
import { CouncilRow, OpeningItem } from './schema.ts';

// What earlier rooms ask of this one: which council seals tenders now, and who is known to have bid (nobody, before the opening started).
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
