import type { EntityManager } from '@mikro-orm/postgresql';
import { type Seen, seenDown, settledBy } from '../journal/outage.ts';
import { statedDuring } from '../journal/probe-reads.ts';
import type { Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { layersUntil, minutesOfLayers, type Standstill } from './layer.ts';
import { layersOver, notOnTheList } from './problems.ts';
import { CouncilTask, OpeningItem, PlatformSuspension, SuspensionOrder } from './schema.ts';

/** Where the bidders' part of an opening stands: shared by the acts of the policy `bidder+council`. */

/** When the bidders' time ends; moved by every order, and every failure of the platform, that stopped the opening meanwhile. */
export async function layersLimit(em: EntityManager, lot: Lot): Promise<Instant> {
  const { layerMinutes } = termsOf(lot);
  if (!lot.openedAt || layerMinutes === undefined) throw layersOver();
  return layersUntil(lot.openedAt, layerMinutes, await standstillsOf(em, lot.id));
}

/** What has stopped the opening of a lot: orders about it, and suspensions of all openings. */
export async function standstillsOf(em: EntityManager, lot: string): Promise<readonly Standstill[]> {
  const orders = await em.find(SuspensionOrder, { lot });
  const stops = await em.find(PlatformSuspension, {});
  return [
    ...orders.map((order) => ({ from: order.suspendedAt, until: order.liftedAt ?? null })),
    ...stops.map(({ suspendedAt, endedAt, reopensAt }) => ({
      from: suspendedAt,
      until: endedAt && endedAt < reopensAt ? endedAt : reopensAt,
    })),
  ];
}

/** Whether bidders may still remove their layers: the council has not been asked. */
export const layersOpen = async (em: EntityManager, lot: Lot): Promise<boolean> =>
  lot.phase === 'opening' &&
  termsOf(lot).sealPolicy === 'bidder+council' &&
  (await em.count(CouncilTask, { lot: lot.id, kind: 'opening' })) === 0;

/** The bidder's own item while layers are removed; refused for everybody else, and once it is over. */
export async function ownLayer(call: Call, lot: Lot): Promise<OpeningItem> {
  const item = await call.em.findOne(OpeningItem, { lot: lot.id, bidder: call.by.code ?? '' });
  if (!item) throw notOnTheList();
  if (!(await layersOpen(call.em, lot))) throw layersOver();
  return item;
}

/** What the probes say of the bidders' time, and whether they may still say something that decides; null where the notice names no rule. */
export interface LayersSeen {
  readonly seen: Seen;
  readonly quorum: number;
  /** no statement still to come can decide, or none is waited for any longer */
  readonly settled: boolean;
}

export async function layersSeen(em: EntityManager, lot: Lot, until: Instant, now: Instant): Promise<LayersSeen | null> {
  const { outage: rule, layerOutage } = termsOf(lot);
  if (!rule || !layerOutage || !lot.openedAt) return null;
  const minutes = minutesOfLayers(lot.openedAt, until, await standstillsOf(em, lot.id));
  const seen = seenDown(rule, minutes, layerOutage.downMinutes, await statedDuring(em, lot.openedAt, until));
  return { seen, quorum: rule.quorum, settled: seen.decided || now >= settledBy(rule, until) };
}
