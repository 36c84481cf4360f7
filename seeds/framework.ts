import type { OpenTender, Walk } from './tender.ts';

interface Shown {
  readonly entrants: readonly { readonly bidder: string; readonly name: string; readonly price: string }[];
  readonly turn: { readonly name: string } | null;
}

/** Who enters is determined, and contracts are awarded within the agreement: to those chosen for a reason, or in their turn. It stays in force. */
export async function enterAndCall({ cast, tell }: Walk, { lot }: OpenTender): Promise<void> {
  const at = `/lots/${lot}/framework`;
  await cast.tenderee.act(at);
  const { entrants, turn } = await cast.public.get<Shown>(at);
  tell(
    `确定入围供应商 ${entrants.length} 家 ${entrants.length} suppliers enter: ${entrants.map(({ name, price }) => `${name} ${price}`).join('，')}`,
  );
  const reason = '协议价格较低，能够在三日内到场服务';
  for (const [place, what] of ['水利站显示设备更换', '乡镇会商室设备补充', '防汛值班室设备更换'].entries()) {
    const chosen = turn === null ? { bidder: entrants[place % entrants.length]?.bidder ?? '', reason } : {};
    const { name, amount } = await cast.agent.post<{ name: string; amount: string }>(`${at}/calls`, {
      what,
      quantity: 10 + place,
      ...chosen,
    });
    tell(`框架协议内成交 awarded within the agreement: ${name} ${amount}`);
  }
}
