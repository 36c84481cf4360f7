import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { currentPart } from '../tenders/envelopes.ts';
import type { Lot } from '../tenders/schema.ts';
import { closingRoot, type HallWord } from './hall-signature.ts';
import { HallSignature } from './schema.ts';
import { standingRecord } from './standing-record.ts';

/** The record of a session once it is complete, and the bidders' words about it. */
export interface HallConfirmation {
  readonly digest: string;
  /** silence accepts from then on */
  readonly until: Instant;
  readonly words: readonly { readonly word: HallWord; readonly bidder: string; readonly name: string; readonly at: Instant }[];
}

/** What a bidder may sign in the hall now. */
export interface HallSigning {
  readonly lot: string;
  readonly part: string;
  readonly bidder: string;
  readonly root: string;
  readonly record: string | null;
  readonly mayAttend: boolean;
  readonly mayConfirm: boolean;
}

interface Own {
  readonly bidder: string;
  readonly attendedAt: Instant | null;
}

/** What was signed in a session, and what this reader may sign. Nothing of it exists before the opening started. */
export async function signedInHall(
  em: EntityManager,
  lot: Lot,
  own: Own | undefined,
  { now, suspended }: { readonly now: Instant; readonly suspended: boolean },
): Promise<{ readonly confirmation: HallConfirmation | null; readonly signing: HallSigning | null }> {
  if (!lot.openedAt || lot.failedAt) return { confirmation: null, signing: null };
  const standing = await standingRecord(em, lot);
  const words = standing
    ? await em.find(HallSignature, { lot: lot.id, part: currentPart(lot) }, { orderBy: { word: 'asc', at: 'asc', id: 'asc' } })
    : [];
  const confirmation = standing && {
    digest: standing.digest,
    until: standing.until,
    words: words.map(({ word, bidder, bidderName: name, at }) => ({ word: word as HallWord, bidder, name, at })),
  };
  const root = own && lot.phase === 'opening' ? await closingRoot(em, lot) : null;
  if (!own || root === null) return { confirmation, signing: null };
  const spoke = words.some(({ word, bidder }) => word === 'confirmed' && bidder === own.bidder);
  return {
    confirmation,
    signing: {
      lot: lot.id,
      part: currentPart(lot),
      bidder: own.bidder,
      root,
      record: standing?.digest ?? null,
      mayAttend: own.attendedAt === null,
      mayConfirm: standing !== null && now < standing.until && !spoke && !suspended,
    },
  };
}
