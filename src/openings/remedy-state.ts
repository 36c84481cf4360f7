import { Envelope } from '../bids/schema.ts';
import type { Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import type { InnerSeal } from '../sealing/statement.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Remedy } from '../tenders/remedy.ts';
import type { Lot } from '../tenders/schema.ts';
import { layersLimit, layersOpen, standstillsOf } from './layer-state.ts';
import { copyUntil } from './remedy.ts';
import type { OpeningItem } from './schema.ts';

type EntityManager = Call['em'];

/** Where a bid stands with the remedy of its notice: shared by the acts of it, and by the hall. */

/** `layer`: the bidder may hand in the envelope under its layer instead of the layer's key; `bytes`: what the platform stores is damaged. */
export interface CopyAwaited {
  readonly remedy: Remedy;
  readonly because: 'layer' | 'bytes';
  readonly until: Instant;
}

/** What is awaited of a bid, and until when; null where its notice provides no remedy, or nothing of this bid needs one. */
export async function copyAwaited(em: EntityManager, lot: Lot, item: OpeningItem): Promise<CopyAwaited | null> {
  const { remedy, sealPolicy } = termsOf(lot);
  if (!remedy || item.state !== 'sealed' || item.copyKey) return null;
  if (item.copyAwaitedAt) return { remedy, because: 'bytes', until: await copyLimit(em, lot, item.copyAwaitedAt, remedy) };
  const covered = sealPolicy === 'bidder+council' && !item.layerRemovedAt && (await layersOpen(em, lot));
  return covered ? { remedy, because: 'layer', until: await layersLimit(em, lot) } : null;
}

export const copyLimit = async (em: EntityManager, lot: Pick<Lot, 'id'>, awaitedAt: Instant, { minutes }: Remedy): Promise<Instant> =>
  copyUntil(awaitedAt, minutes, await standstillsOf(em, lot.id));

/** The digests that its bidder signed for one part of a bid. */
export async function signedDigests(em: EntityManager, { submission, part }: Pick<OpeningItem, 'submission' | 'part'>) {
  const envelope = await em.findOneOrFail(Envelope, { submission, part });
  return { envelope, sha256: envelope.sha256, inner: envelope.inner as InnerSeal | null };
}
