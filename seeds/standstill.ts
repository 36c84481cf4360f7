import { base64, canonicalBytes } from '../src/kernel/bytes.ts';
import type { OrderStatement } from '../src/openings/order.ts';
import { signDetached } from '../src/sealing/signature.ts';
import { certified, platformNow } from './bidding.ts';
import { until } from './client.ts';
import type { OpenTender, Walk } from './tender.ts';

/** A lot that stands still, goes on, is ended, or has come to its end: each act as its people do it, through the public API. */

interface Watched {
  readonly orders: readonly { readonly digest: string; readonly liftedAt: string | null }[];
  readonly mayOrder: { readonly authority: string } | null;
}

async function signedOrder({ cast }: Walk, statement: OrderStatement): Promise<string> {
  const signer = await certified(cast.regulator);
  return base64(await signDetached(canonicalBytes(statement), signer, await platformNow(cast.regulator)));
}

/** The supervisor suspends everything about a lot, because of a complaint. */
export async function suspend(walk: Walk, { lot }: OpenTender): Promise<void> {
  const { regulator } = walk.cast;
  const authority = (await regulator.get<Watched>(`/supervision/lots/${lot}`)).mayOrder?.authority ?? '';
  const at = await platformNow(regulator);
  const [reason, ground] = ['收到对资格条件的投诉，需核实是否存在限制、排斥潜在投标人的内容', '《招标投标法实施条例》第六十二条'];
  const statement = { format: 'yangguang/order/v1', kind: 'suspend', lot, authority, reason, ground, scope: 'proceedings', at } as const;
  await regulator.act(`/supervision/lots/${lot}/suspension`, { reason, ground, at, signature: await signedOrder(walk, statement) });
  walk.tell('监管部门责令暂停招标投标活动 suspended by the supervisor’s signed order');
}

/** The order is lifted; every period gets its time back. */
export async function resume(walk: Walk, { lot }: OpenTender): Promise<void> {
  const { regulator } = walk.cast;
  const { orders, mayOrder } = await regulator.get<Watched>(`/supervision/lots/${lot}`);
  const lifts = orders.find(({ liftedAt }) => liftedAt === null)?.digest ?? '';
  const at = await platformNow(regulator);
  const reason = '经核实，资格条件与项目实际需要相适应，投诉不成立';
  const statement = { format: 'yangguang/order/v1', kind: 'lift', lot, authority: mayOrder?.authority ?? '', reason, lifts, at } as const;
  await regulator.act(`/supervision/lots/${lot}/resumption`, { reason, at, signature: await signedOrder(walk, statement) });
  walk.tell('恢复招标投标活动，期限重新计算 resumed, with every period reckoned again');
}

/** The host ends a tender before its opening. */
export async function terminate(walk: Walk, { lot }: OpenTender): Promise<void> {
  await walk.cast.agent.act(`/lots/${lot}/termination`, {
    ground: 'approval-changed',
    reason: '规划部门调整了工程所在区域的用地红线，原设计不能实施，需重新报批后另行招标。',
  });
  walk.tell('招标人终止招标 ended by its host');
}

/** The host closes the volume of a lot that has ended; the platform makes and seals it. */
export async function archive(walk: Walk, { lot }: OpenTender): Promise<void> {
  const { agent } = walk.cast;
  await agent.act(`/lots/${lot}/archive`);
  await until('the volume', async () => {
    const { volume } = await agent.get<{ volume: { state: string } | null }>(`/lots/${lot}/archive`);
    return volume?.state === 'sealed' ? true : null;
  });
  walk.tell('案卷封存 its volume is sealed');
}
