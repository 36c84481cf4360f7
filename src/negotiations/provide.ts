import { providePeople } from '../tenders/lot-people.ts';
import { Lot } from '../tenders/schema.ts';
import { LastOfferPlace } from './schema.ts';

// Last offers are made by those alone who stayed in the negotiation; to every other lot whoever meets its conditions may come.
providePeople({
  mayOffer: async (em, lot, code) => {
    const row = await em.findOne(Lot, { id: lot }, { fields: ['id', 'follows'] });
    return !row?.follows || (await em.count(LastOfferPlace, { lot, bidder: code })) > 0;
  },
});
