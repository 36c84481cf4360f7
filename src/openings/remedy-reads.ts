import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Remedy } from '../tenders/remedy.ts';
import type { Lot } from '../tenders/schema.ts';
import type { CopyKind } from './remedy.ts';
import { type CopyAwaited, copyAwaited, copyLimit, signedDigests } from './remedy-state.ts';
import { OpeningItem } from './schema.ts';

/** One bid of which a copy was asked for, or handed in. */
export interface CopyLine {
  readonly submission: string;
  readonly name: string;
  readonly state: 'waits' | 'applied' | 'missed';
  readonly until: Instant | null;
  readonly kind: CopyKind | null;
  readonly appliedAt: Instant | null;
}

/** What the reader's own bid is waited for: the digests say in its browser at once whether a file is the one. */
export interface OwnCopy {
  readonly lot: string;
  readonly part: string;
  readonly submission: string;
  readonly bidder: string;
  readonly because: CopyAwaited['because'];
  readonly until: Instant;
  readonly sha256: string;
  /** digest of the envelope under the own layer; null where there is no layer */
  readonly inner: string | null;
}

/** The remedy of the notice in the hall; null where it provides none, and before the opening started. */
export interface HallRemedy {
  readonly remedy: Remedy;
  readonly lines: readonly CopyLine[];
  readonly own: OwnCopy | null;
}

export async function remedyIn(em: EntityManager, by: Actor, lot: Lot): Promise<HallRemedy | null> {
  const { remedy } = termsOf(lot);
  if (!lot.openedAt || !remedy) return null;
  const items = await em.find(OpeningItem, { lot: lot.id, part: currentPart(lot) }, { orderBy: { id: 'asc' } });
  const own = by.role === 'bidder' && lot.phase === 'opening' ? items.find((item) => item.bidder === by.code) : undefined;
  const lines: CopyLine[] = [];
  for (const item of items) if (item.copyAwaitedAt || item.copyKind) lines.push(await lineOf(em, lot, item, remedy));
  return { remedy, lines, own: own ? await ownCopy(em, lot, own) : null };
}

async function lineOf(em: EntityManager, lot: Lot, item: OpeningItem, remedy: Remedy): Promise<CopyLine> {
  const { submission, bidderName: name, copyAwaitedAt, copyKind, copyAt, state } = item;
  return {
    submission,
    name,
    state: copyKind ? 'applied' : state === 'sealed' ? 'waits' : 'missed',
    until: copyAwaitedAt ? await copyLimit(em, lot, copyAwaitedAt, remedy) : null,
    kind: (copyKind ?? null) as CopyKind | null,
    appliedAt: copyAt ?? null,
  };
}

async function ownCopy(em: EntityManager, lot: Lot, item: OpeningItem): Promise<OwnCopy | null> {
  const awaited = await copyAwaited(em, lot, item);
  if (!awaited) return null;
  const { because, until } = awaited;
  const { sha256, inner } = await signedDigests(em, item);
  const { submission, bidder, part } = item;
  return { lot: lot.id, part, submission, bidder, because, until, sha256, inner: inner?.sha256 ?? null };
}
