import type { NoteVerifier } from '../journal/checkpoint.ts';
import { type Receipt, verifyReceipt } from '../journal/receipt.ts';
import { canonical } from '../kernel/bytes.ts';
import { reasons, type Verdict } from '../sealing/verdict.ts';
import type { SealedBidRecord } from './sealed-bid.ts';

/** Receipts of bids, as whoever sealed one asks them: does this prove that exactly this bid was taken in time? */

/** What a receipt must be about to count for this bid. */
export interface Expected {
  readonly types: readonly string[];
  readonly lot: string;
  readonly bidder: string;
  readonly submission: string;
  /** digests by part, where the event names them */
  readonly parts?: readonly { readonly part: string; readonly sha256: string }[];
  /** bids count only before it */
  readonly deadline: string | null;
}

/** Whether a receipt proves what it should: it stands in the platform's journal, and it is about exactly this bid. */
export function receiptProves(receipt: unknown, key: NoteVerifier, expected: Expected): receipt is Receipt {
  if (!verifyReceipt(receipt, key).ok) return false;
  const { event } = receipt as Receipt;
  const data = event.data as {
    submission?: string;
    statement?: { id?: string; submission?: string; parts?: { part: string; sha256: string }[] };
  };
  const about = data.statement?.id ?? data.statement?.submission ?? data.submission;
  const parts = data.statement?.parts ?? [];
  return (
    expected.types.includes(event.type) &&
    event.subject.lot === expected.lot &&
    event.subject.party === expected.bidder &&
    about === expected.submission &&
    (expected.deadline === null || event.at < expected.deadline) &&
    (expected.parts ?? []).every(({ part, sha256 }) => parts.some((each) => each.part === part && each.sha256 === sha256))
  );
}

const refute = reasons({
  'receipt-not-genuine': {
    zh: '回执在该平台公钥下不成立：不能认为已经递交。',
    en: 'The receipt does not hold under the platform’s key: do not count the bid as submitted.',
  },
  'receipt-of-another-bid': {
    zh: '回执成立，但说的不是这份密封投标。',
    en: 'The receipt holds, but it is about another bid than this sealed file.',
  },
  'receipt-late': { zh: '回执的时间不早于投标截止时间。', en: 'The receipt’s time is not before the deadline.' },
});
export type BidReceiptFlaw = Parameters<typeof refute>[0];

/** What receipts say of a sealed bid: taken whole; committed, with its bytes still to come; or committed and since complete. */
export type Standing = 'submitted' | 'committed';

/**
 * Judges the receipts that came back for a sealed-bid file: the first one of the bid, and for a commitment that of its bytes. Compared is the whole
 * statement with its signature, not an id.
 */
export function judgeReceipts(
  receipts: readonly unknown[],
  record: SealedBidRecord,
  key: NoteVerifier,
  deadline: string | null,
): Verdict<{ readonly standing: Standing; readonly receipt: Receipt }, BidReceiptFlaw> {
  const genuine = receipts.flatMap((each) => {
    const verdict = verifyReceipt(each, key);
    return verdict.ok ? [verdict.receipt] : [];
  });
  if (genuine.length !== receipts.length || genuine.length === 0) return refute('receipt-not-genuine');
  const { statement, signature } = record;
  const own = genuine.filter(({ event }) => event.subject.lot === statement.lot && event.subject.party === statement.bidder);
  const taken = own.find(({ event }) => {
    const data = event.data as { statement?: unknown; signature?: unknown };
    const bid = event.type === 'bid.received' || event.type === 'bid.replaced';
    return bid && data.signature === signature && canonical(data.statement ?? null) === canonical(statement);
  });
  if (taken === undefined) return refute('receipt-of-another-bid');
  if (deadline !== null && taken.event.at >= deadline) return refute('receipt-late');
  const awaited = (taken.event.data as { awaited?: boolean }).awaited === true;
  const complete = own.some(
    ({ event }) => event.type === 'bid.completed' && (event.data as { submission?: string }).submission === statement.id,
  );
  return { ok: true, standing: awaited && !complete ? 'committed' : 'submitted', receipt: taken };
}

/** The bid of an earlier receipt, which a new one is to replace: a genuine receipt, of this lot and this bidder. */
export function judgeEarlier(
  receipt: unknown,
  key: NoteVerifier,
  { lot, bidder }: { readonly lot: string; readonly bidder: string },
): Verdict<{ readonly submission: string }, BidReceiptFlaw> {
  const verdict = verifyReceipt(receipt, key);
  if (!verdict.ok) return refute('receipt-not-genuine');
  const { type, subject, data } = verdict.receipt.event;
  const id = (data as { statement?: { id?: unknown } } | null)?.statement?.id;
  const bid = type === 'bid.received' || type === 'bid.replaced';
  if (!bid || subject.lot !== lot || subject.party !== bidder || typeof id !== 'string') return refute('receipt-of-another-bid');
  return { ok: true, submission: id };
}
