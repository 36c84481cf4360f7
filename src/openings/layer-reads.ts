import type { EntityManager } from '@mikro-orm/postgresql';
import { Envelope } from '../bids/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import type { InnerSeal } from '../sealing/statement.ts';
import { termsOf } from '../tenders/lot.ts';
import { Lot } from '../tenders/schema.ts';
import { layersLimit, layersOpen } from './layer-state.ts';
import { OpeningItem } from './schema.ts';

/** What stands of one bidder's layer; `asked`: nobody has ruled yet whose doing it was; `settling`: the probes may still say something about it. */
export type LayerState = 'waits' | 'removed' | 'revoked' | 'withdrawn' | 'asked' | 'settling';

export interface LayerLine {
  readonly submission: string;
  readonly name: string;
  readonly state: LayerState;
  readonly removedAt: Instant | null;
  /** the bidder declared that the platform keeps it from it */
  readonly disputed: boolean;
}

/** The reader's own layer while it may be removed. */
export interface OwnLayer {
  readonly lot: string;
  readonly submission: string;
  readonly bidder: string;
  /** head of the layer, as the bidder signed it */
  readonly cover: string;
  readonly disputed: boolean;
}

/** The bidders' part of an opening as anyone may see it; null for a lot without it, and before the opening started. */
export interface HallLayers {
  readonly open: boolean;
  readonly until: Instant;
  readonly minutes: number;
  readonly lines: readonly LayerLine[];
  readonly own: OwnLayer | null;
  /** this reader may rule */
  readonly mayRule: boolean;
}

function stateOf(item: OpeningItem): LayerState {
  if (item.layerRemovedAt) return 'removed';
  if (item.state === 'sealed') return 'waits';
  if (item.rulingAskedAt && !item.ruledAt) return 'asked';
  if (!item.attributedTo) return 'settling';
  return item.attributedTo === 'platform' ? 'withdrawn' : 'revoked';
}

export async function layersOf(em: EntityManager, by: Actor, lot: Lot): Promise<HallLayers | null> {
  if (!lot.openedAt || termsOf(lot).sealPolicy !== 'bidder+council') return null;
  const items = await em.find(OpeningItem, { lot: lot.id }, { orderBy: { id: 'asc' } });
  const open = await layersOpen(em, lot);
  const own = open && by.role === 'bidder' ? items.find((item) => item.bidder === by.code && !item.layerRemovedAt) : undefined;
  return {
    open,
    until: await layersLimit(em, lot),
    minutes: termsOf(lot).layerMinutes ?? 0,
    lines: items.map((item) => ({
      submission: item.submission,
      name: item.bidderName,
      state: stateOf(item),
      removedAt: item.layerRemovedAt ?? null,
      disputed: item.disputedAt !== null && item.disputedAt !== undefined,
    })),
    own: own ? await ownLayerOf(em, lot, own) : null,
    mayRule: by.role === 'regulator' || by.role === 'centre',
  };
}

async function ownLayerOf(em: EntityManager, lot: Lot, item: OpeningItem): Promise<OwnLayer> {
  const { submission, part, bidder } = item;
  const envelope = await em.findOneOrFail(Envelope, { submission, part });
  const { cover } = envelope.inner as InnerSeal;
  return { lot: lot.id, submission, bidder, cover, disputed: item.disputedAt !== null && item.disputedAt !== undefined };
}

/** The bidders' part of a lot's opening (GET /lots/:lot/layers); a lot without it has none. */
export async function layersAt(em: EntityManager, by: Actor, id: string): Promise<HallLayers> {
  const lot = await em.findOne(Lot, { id });
  const layers = lot?.publishedAt ? await layersOf(em, by, lot) : null;
  if (!layers) throw notFound();
  return layers;
}
