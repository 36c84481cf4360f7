import type { Instant } from '../src/kernel/clock.ts';
import type { Council } from '../src/sealing/council.ts';
import type { LotTerms } from '../src/tenders/lot.ts';
import type { Client } from './client.ts';
import { drawPanel, formGroup } from './evaluation.ts';
import { bidOn, type OpenTender, openBids, type Walk } from './tender.ts';

interface Negotiation {
  readonly suppliers: readonly { readonly bid: string; readonly name: string; readonly state: string }[];
}

/** The group talks to every supplier, the buyer changes the requirement, they talk again, and last offers are sealed and opened. */
export async function negotiate(
  walk: Walk,
  tender: OpenTender,
): Promise<{ readonly offers: OpenTender; readonly group: readonly Client[] }> {
  const { cast, plan, tell } = walk;
  const at = `/lots/${tender.lot}/negotiation`;
  const group = await formGroup(walk, tender, await drawPanel(walk, tender));
  await cast.agent.act(at);
  await talkToAll(walk, at, group);
  const buyer = group.at(-1);
  if (!buyer) throw new Error('the group is empty');
  await buyer.act(`${at}/changes`, { touches: 'service', text: '质保期由三年改为五年，按变动后的要求重新提交响应文件。' });
  tell('采购需求变动，同时告知所有供应商 requirement changed, all told at once');
  await talkToAll(walk, at, group);
  const called = await cast.agent.post<{ offers: string; number: string; deadline: Instant }>(`${at}/offers`, { hours: 24 });
  tell(`要求提交最后报价 last offers asked for, in lot ${called.number}`);
  const shown = await cast.agent.get<{ lot: { council: string }; terms: LotTerms }>(`/lots/${called.offers}`);
  const { council } = await cast.agent.get<{ council: Council }>(`/councils/${shown.lot.council}`);
  const bids = tender.bids.map((bid) => ({ ...bid, price: plan.lastOffers?.[bid.login] ?? bid.price }));
  const offers = { lot: called.offers, number: called.number, deadline: called.deadline, council, terms: shown.terms, bids };
  const receipts = await bidOn(walk, offers);
  await openBids(walk, offers, receipts);
  return { offers, group };
}

/** One talk with each supplier that stays; its minutes are confirmed by every member. */
async function talkToAll({ tell }: Walk, at: string, group: readonly Client[]): Promise<void> {
  const [first, ...others] = group;
  if (!first) throw new Error('the group is empty');
  const { suppliers } = await first.get<Negotiation>(at);
  for (const { bid } of suppliers.filter(({ state }) => state === 'in')) {
    const text = '就交货期、质保期和付款条款谈判，供应商承诺按要求响应。';
    const { minutes } = await first.post<{ minutes: string }>(`${at}/minutes`, { bid, text, goesOn: true });
    for (const other of others) await other.act(`${at}/words`, { minutes, agrees: true });
  }
  tell(`分别谈判 ${suppliers.length} 家，记录由小组确认 talked to each, minutes confirmed by the group`);
}
