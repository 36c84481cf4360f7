import { z } from 'zod';
import { minutesWithin } from '../journal/outage.ts';
import { minuteMilliseconds } from '../journal/probe.ts';
import { dateOf, type Instant, later } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { codeShape, idShape, instantShape } from '../sealing/shapes.ts';

/**
 * The bidders' part of an opening under `bidder+council` (protocol §3): how long it lasts, and whose doing it was where a layer was not removed. Pure: the
 * platform, every custodian and every verifier compute the same.
 */
export interface Standstill {
  readonly from: string;
  /** null while the order stands */
  readonly until: string | null;
}

/**
 * The end of the bidders' time: so many minutes from the start, and longer by all the time in which the opening stood still, by a supervisor's order or
 * because the platform had failed. Two standstills at once count once.
 */
export function layersUntil(start: Instant, minutes: number, standstills: readonly Standstill[]): Instant {
  let end = later(start, minutes * 60_000);
  let counted: string = start;
  for (const { from, until } of [...standstills].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const begun = from < counted ? counted : from;
    if (until === null || begun >= end || until <= begun) continue;
    end = later(end, dateOf(until as Instant).getTime() - dateOf(begun as Instant).getTime());
    counted = until;
  }
  return end;
}

/** What stopped a lot's opening, out of events in their order: orders about it, and suspensions of all openings. */
export function standstillsIn(
  events: readonly { readonly type: string; readonly at: string; readonly data: unknown }[],
): readonly Standstill[] {
  const orders: Standstill[] = [];
  const stops: { from: string; until: string }[] = [];
  for (const { type, at, data } of events) {
    const open = orders.at(-1)?.until === null;
    if (type === 'order.suspended' && !open) orders.push({ from: at, until: null });
    if (type === 'order.lifted' && open) orders[orders.length - 1] = { from: orders.at(-1)?.from ?? at, until: at };
    const stop = stops.at(-1);
    const standing = stop && at < stop.until ? stop : undefined;
    const { reopensAt = at } = data as { reopensAt?: string };
    if (type === 'openings.suspended' && standing) standing.until = reopensAt;
    if (type === 'openings.suspended' && !standing) stops.push({ from: at, until: reopensAt });
    if (type === 'openings.resumed' && standing) standing.until = at;
  }
  return [...orders, ...stops];
}

/** The whole minutes of the bidders' time in which the opening did not stand still, by their starts: a standstill has lengthened the time already. */
export function minutesOfLayers(start: Instant, until: Instant, standstills: readonly Standstill[]): readonly number[] {
  const still = standstills.map(
    ({ from, until: end }) => [Date.parse(from), end === null ? Number.POSITIVE_INFINITY : Date.parse(end)] as const,
  );
  return minutesWithin(start, until).filter((minute) => still.every(([from, end]) => minute + minuteMilliseconds <= from || minute >= end));
}

/** When the platform counts as down in the bidders' time: so many of its minutes, seen by the quorum of the notice's probes (journal/outage.ts). */
export const layerOutageShape = z.object({ downMinutes: z.int().min(1) });
export type LayerOutage = z.infer<typeof layerOutageShape>;

/** What the journal shows about a bidder whose layer was not removed in time. */
export interface LayerEvidence {
  /** it declared, signed and in time, that the platform kept it from it */
  readonly disputed: boolean;
  /** it had signed in to the session: it reached the platform */
  readonly attended: boolean;
  /** so many others removed theirs in the same time: the way was open */
  readonly othersRemoved: number;
  /** so many institutions' probes saw the platform down for the minutes that the notice names; absent where it names none */
  readonly sawDown?: number | undefined;
}
export const layerGrounds = ['platform-down', 'bidder-attended', 'others-removed', 'disputed', 'no-evidence'] as const;
export type LayerGround = (typeof layerGrounds)[number];
export type Attribution = { readonly to: 'bidder' | 'platform' | 'ruling'; readonly ground: LayerGround };

/**
 * Whose doing it was (电子招标投标办法 art. 31). Where a quorum of independent probes saw the platform down for longer than the notice allows, it is not the
 * bidder's, 撤回, whatever else speaks: others may have come through in the rest of the time. Evidence that the platform was within reach makes it the bidder's, 撤销. Whatever the bidder disputes, and whatever
 * no evidence speaks of, is not decided by a program: a person rules, with reason and on record. What the bidder
 * said in time it has a receipt for, so that the platform cannot leave it out unseen.
 */
export function attributionOf(
  { disputed, attended, othersRemoved, sawDown = 0 }: LayerEvidence,
  quorum: number | null = null,
): Attribution {
  if (quorum !== null && sawDown >= quorum) return { to: 'platform', ground: 'platform-down' };
  if (disputed) return { to: 'ruling', ground: 'disputed' };
  if (attended) return { to: 'bidder', ground: 'bidder-attended' };
  if (othersRemoved > 0) return { to: 'bidder', ground: 'others-removed' };
  return { to: 'ruling', ground: 'no-evidence' };
}

export const groundWords: Readonly<Record<LayerGround, Words>> = {
  'platform-down': {
    zh: '独立探测方签名证实，解密时限内平台中断达到公告规定',
    en: 'independent probes have signed that the platform was down in the bidders’ time for as long as the notice says',
  },
  'bidder-attended': { zh: '该投标人已签到，平台可达', en: 'the bidder had signed in: the platform was within its reach' },
  'others-removed': {
    zh: '同一时段其他投标人已完成解密，平台正常',
    en: 'others removed theirs in the same time: the platform was working',
  },
  disputed: { zh: '投标人声明系平台原因', en: 'the bidder declares that it was the platform' },
  'no-evidence': { zh: '没有证据表明当时平台可达', en: 'nothing shows that the platform was within reach' },
};

/** Why a bid was not opened: what `reason` says of it everywhere. */
export const notRemoved = 'layer-not-removed';

export const disputeText = z.string().trim().min(5, '请写明情况。 | Say what happens.').max(1000);

/** What a bidder signs when it declares that the platform keeps it from removing its layer. */
export const layerDisputeShape = z.strictObject({
  format: z.literal('yangguang/layer-dispute/v1'),
  lot: idShape,
  submission: idShape,
  bidder: codeShape,
  text: disputeText,
  at: instantShape,
});
export type LayerDispute = z.infer<typeof layerDisputeShape>;
