import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';

/** What of a bid.json is read out (Bidding Law art. 36): the price, and the fields of the published form that say `read`. Pure. */
export function bidFigures(
  bid: unknown,
  form: readonly { readonly key: string; readonly read?: boolean }[] = [],
): { readonly price: string; readonly figures: Record<string, string> } {
  const { price, figures } = (bid ?? {}) as { price?: unknown; figures?: unknown };
  const given = (figures ?? {}) as Record<string, unknown>;
  const read: Record<string, string> = {};
  for (const { key } of form.filter((field) => field.read)) {
    const value = given[key];
    if (typeof value === 'string') read[key] = value;
  }
  return { price: String(price ?? ''), figures: read };
}

interface OpenedPart {
  readonly submission: string;
  readonly bid?: unknown;
}

/** What is known of a bid from all its envelopes that were opened. */
export function openedBid(items: readonly OpenedPart[], submission: string) {
  const opened = items.filter((item) => item.submission === submission).map((item) => (item.bid ?? {}) as Partial<OpenedFields>);
  return {
    price: opened.map((each) => each.price ?? '').find((price) => price !== '') ?? '',
    figures: Object.assign({}, ...opened.map((each) => each.figures)) as OpenedFields['figures'],
    tables: Object.assign({}, ...opened.map((each) => each.tables)) as OpenedFields['tables'],
  };
}
interface OpenedFields {
  readonly price: string;
  readonly figures: Record<string, string>;
  readonly tables: Record<string, readonly Record<string, string>[]>;
}

/** The agenda of a session, in order: where it stands is the first stage that is not done. */
export const stages = ['closing', 'decryption', 'order', 'reading', 'draw', 'record'] as const;
export type Stage = (typeof stages)[number];

export interface SessionFacts {
  readonly started: boolean;
  readonly sealed: number;
  /** the order of reading is still to be drawn */
  readonly unordered: boolean;
  readonly unread: number;
  readonly drawDone: boolean;
  readonly recordClosed: boolean;
}

/** The first stage of the agenda that is not done yet; null when the record is closed. */
export function stageOf({ started, sealed, unordered, unread, drawDone, recordClosed }: SessionFacts): Stage | null {
  if (!started) return 'closing';
  if (sealed > 0) return 'decryption';
  if (unordered) return 'order';
  if (unread > 0) return 'reading';
  if (!drawDone) return 'draw';
  return recordClosed ? null : 'record';
}

/**
 * The opening record as everybody may read it: who was on the list, what was read of whom, what was invalid and why, and what was drawn. Put together
 * from the journal by whoever checks it, and from the tables by the platform: both give the same bytes.
 */
export interface OpeningRecordFile {
  readonly format: 'yangguang/opening-record/v1';
  readonly lot: string;
  readonly part: string;
  /** in the order of the closing list */
  readonly items: readonly RecordItem[];
  /** the transcript of the draw that put the bids into their order of reading (protocol §7); left out where they were read as received */
  readonly reading?: unknown;
  /** the transcript of the session's draw (protocol §7) */
  readonly draw: unknown;
}
export interface RecordItem {
  readonly submission: string;
  readonly bidder: string;
  readonly name: string;
  readonly state: 'read' | 'invalid';
  /** why it is invalid */
  readonly reason: string | null;
  /** place in the reading; null where nothing was read */
  readonly order: number | null;
  readonly price: string | null;
  readonly figures: Readonly<Record<string, string>>;
}

/** What bidders confirm and `record.closed` names: SHA-256 of the canonical record, base64url. */
export const recordDigest = (record: OpeningRecordFile): string => base64url(sha256(canonicalBytes(record)));
