import type { Call } from '../kernel/act.ts';
import { type Instant, instantOf, later } from '../kernel/clock.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { cite, platformRule } from '../rulebook/law.ts';
import { parameter } from '../rulebook/parameters.ts';
import { currentPart, isLast } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { biddersConfirm, recordStands } from './problems.ts';
import { readingDrawOf } from './reading-state.ts';
import { bidFigures, type OpeningRecordFile, type RecordItem, recordDigest } from './record.ts';
import { CouncilTask, DrawRequest as DrawRow, HallSignature, OpeningItem, SuspensionOrder } from './schema.ts';
import { lastWentOn } from './suspension.ts';

type EntityManager = Call['em'];

/** The record of a session that has been read and drawn: nothing in it changes any more. */
export interface StandingRecord {
  readonly record: OpeningRecordFile;
  readonly digest: string;
  /** the first moment at which silence has accepted it */
  readonly until: Instant;
}

/** The record as the tables tell it; null while something is still to be opened, read or drawn. */
export async function standingRecord(em: EntityManager, lot: Lot): Promise<StandingRecord | null> {
  const terms = termsOf(lot);
  const part = currentPart(lot);
  // coefficients are drawn in the session of the last envelopes, where the prices are
  const drawing = isLast(terms.parts, part);
  const draw = drawing ? await em.findOne(DrawRow, { lot: lot.id, purpose: 'parameters' }) : null;
  if (drawing && !draw?.completedAt) return null;
  const items = await em.find(OpeningItem, { lot: lot.id, part }, { orderBy: { id: 'asc' } });
  if (items.some((item) => item.state === 'sealed' || (item.state === 'opened' && !item.readAt))) return null;
  const reading = await readingDrawOf(em, lot);
  const record: OpeningRecordFile = {
    format: 'yangguang/opening-record/v1',
    lot: lot.id,
    part,
    items: items.map((item): RecordItem => {
      const { submission, bidder, bidderName: name, reason } = item;
      if (item.state === 'invalid')
        return { submission, bidder, name, state: 'invalid', reason: reason ?? null, order: null, price: null, figures: {} };
      const { price, figures } = bidFigures(item.bid, terms.bidForm);
      return { submission, bidder, name, state: 'read', reason: null, order: item.readOrder ?? null, price, figures };
    }),
    ...(reading && { reading: reading.transcript }),
    draw: draw?.transcript ?? null,
  };
  const done = draw?.completedAt ?? lastRead(items) ?? (await combinedAt(em, lot.id, part));
  return { record, digest: recordDigest(record), until: await confirmUntil(em, lot.id, done) };
}

const lastRead = (items: readonly OpeningItem[]): Instant | undefined =>
  items
    .flatMap((item) => item.readAt ?? [])
    .sort()
    .at(-1);

/** Where no envelope could be opened there is nothing to read: the session was done when they were decrypted. */
async function combinedAt(em: EntityManager, lot: string, part: string): Promise<Instant> {
  const task = await em.findOneOrFail(CouncilTask, { lot, kind: 'opening', question: { part } });
  return (task.combinedAt ?? task.askedAt) as Instant;
}

/** Silence accepts from then on. A suspension stops the time: it runs anew from the moment the order is lifted, or all openings go on. */
async function confirmUntil(em: EntityManager, lot: string, drawn: Instant): Promise<Instant> {
  const lifted = await em.findOne(SuspensionOrder, { lot, liftedAt: { $ne: null } }, { orderBy: { liftedAt: 'desc' } });
  const [went] = await em.execute<{ on: string | null }[]>(`select (${lastWentOn}) as on`);
  const moments = [drawn, lifted?.liftedAt ?? drawn, went?.on ? instantOf(new Date(went.on)) : drawn];
  const from = moments.reduce((a, b) => (a > b ? a : b));
  return later(from, parameter('op.record.confirm.limit', dayOf(drawn)) * 60_000);
}

/** Bidders that signed in and have said nothing to the record yet. */
export async function silentInHall(em: EntityManager, lot: string, part: string): Promise<readonly string[]> {
  const words = await em.find(HallSignature, { lot, part }, { fields: ['bidder', 'word'] });
  const spoke = new Set(words.filter(({ word }) => word !== 'attended').map(({ bidder }) => bidder));
  return words.filter(({ word, bidder }) => word === 'attended' && !spoke.has(bidder)).map(({ bidder }) => bidder);
}

/** Whoever took the trouble to sign in is asked; who stayed away is taken to agree, as documents commonly say. */
export const thoseThereConfirm: Rule<{ readonly now: Instant; readonly until: Instant; readonly silent: number }> = rule({
  id: 'HALL-1',
  acts: ['close-opening-record'],
  figures: ['op.record.confirm.limit'],
  source: cite(platformRule),
  says: {
    zh: '确认时限内，已签到的投标人全部确认或提出异议后，主持人才可结束开标。',
    en: 'Before the time to confirm runs out, the host ends the session only when every bidder that signed in has confirmed or objected.',
  },
  problem: biddersConfirm,
  refuses: ({ now, until, silent }) => now < until && silent > 0,
});

/** Half open: at the moment itself silence has accepted. */
export const confirmInTime: Rule<{ readonly now: Instant; readonly until: Instant }> = rule({
  id: 'HALL-2',
  acts: ['confirm-record', 'object-to-record'],
  figures: ['op.record.confirm.limit'],
  source: cite(platformRule),
  says: {
    zh: '开标记录在确认时限内由投标人签名确认或提出异议，逾期未表示的视为认可。',
    en: 'A bidder confirms the record, or objects to it, within the time to confirm; silence accepts it.',
  },
  problem: recordStands,
  refuses: ({ now, until }) => now >= until,
});
