import { only, type Placed } from './judge.ts';
import { Refusal } from './refusal.ts';

/** Last offers are opened only of suppliers that were asked for one, when the negotiation that the notice names was ended. */
export function checkCalled(events: readonly Placed[], due: readonly { readonly bidder: string }[], follows: string | undefined): void {
  const admitted = only<{ readonly call: { readonly responses: string; readonly suppliers: readonly { readonly bidder: string }[] } }>(
    events,
    'offers.admitted',
  );
  const { responses, suppliers } = admitted.data.call;
  const stranger = due.find(({ bidder }) => !suppliers.some((each) => each.bidder === bidder));
  if (responses !== follows || stranger) throw new Refusal('not-called', stranger?.bidder ?? responses);
  const early = events.find(({ index, event }) => index < admitted.index && event.type.startsWith('bid.'));
  if (early) throw new Refusal('not-called', `event ${early.index}`);
}
