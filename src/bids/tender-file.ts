import { z } from 'zod';
import { type NoteVerifier, parseVerifierKey, printVerifierKey } from '../journal/checkpoint.ts';
import { type Receipt, receiptSchema, verifyReceipt } from '../journal/receipt.ts';
import type { Instant } from '../kernel/clock.ts';
import { clientShape, type SealingClient } from '../sealing/client.ts';
import { type Council, councilShape, verifyCouncil } from '../sealing/council.ts';
import { idShape, instantShape } from '../sealing/shapes.ts';
import { reasons, type Verdict } from '../sealing/verdict.ts';
import type { LotTerms } from '../tenders/lot.ts';

/**
 * The tender file (protocol §14): everything that somebody without a line needs to make a bid. Nothing in it counts because it stands there: lot, terms,
 * deadline, council and builds are read out of events, each with its receipt under the platform's key, and that key is compared with the one the bidder
 * noted down.
 */
export const tenderFileFormat = 'yangguang/tender/v1';

export const tenderFileShape = z.strictObject({
  format: z.literal(tenderFileFormat),
  /** the platform's verifier key, for comparing; it vouches for nothing by itself */
  platform: z.string(),
  /** the platform's time when the file was made: the clock of a sandbox is not that of the world */
  at: instantShape,
  notice: receiptSchema,
  /** addenda, and moves by the rule about outages, in the order of the journal; each follows the deadline before it */
  changes: z.array(receiptSchema).max(1000),
  council: receiptSchema,
  /** the builds of sealing clients published so far */
  clients: z.array(receiptSchema).max(1000),
  /** trust anchors of bidders' certificates, PEM */
  authorities: z.array(z.string()).max(20),
});
export type TenderFile = z.infer<typeof tenderFileShape>;

/** What a tender file establishes. */
export interface Tender {
  readonly key: NoteVerifier;
  readonly at: Instant;
  readonly sandbox: boolean;
  readonly lot: { readonly id: string; readonly number: string; readonly name: string };
  readonly deadline: Instant;
  readonly terms: LotTerms;
  readonly council: Council;
  readonly clients: readonly SealingClient[];
  readonly authorities: readonly string[];
  /** entries of the journal when the newest checkpoint in the file was signed: what came later the file cannot know */
  readonly size: number;
}

const refute = reasons({
  'tender-unreadable': { zh: '这不是招标信息文件。', en: 'This is no tender file.' },
  'tender-key-differs': {
    zh: '文件里的平台公钥不是您给出的那一把：文件不是该平台的，或被换过。',
    en: 'The platform’s key in the file is not the one you gave: the file is of another platform, or was swapped.',
  },
  'tender-not-journalled': {
    zh: '公告、补遗、委员会或程序版本的回执不成立：内容与平台签名的日志不符。',
    en: 'A receipt of the notice, an addendum, the council or a build does not hold: the content is not what the platform’s signed journal says.',
  },
  'tender-other-lot': {
    zh: '补遗不是这个标段的，或不是接着上一次的截止时间。',
    en: 'An addendum is of another lot, or does not follow the deadline before it.',
  },
  'tender-other-council': {
    zh: '文件里的开标委员会不是公告指定的那一个，不能向它密封。',
    en: 'The opening council in the file is not the one that the notice names: nothing is to be sealed for it.',
  },
  'tender-not-for-this-program': {
    zh: '该标段分多个部分密封，或须投标人参与解密：请使用平台的投标台。',
    en: 'This lot is sealed in several parts, or its bidders take part in the opening: use the bid desk of the platform.',
  },
});
export type TenderFlaw = Parameters<typeof refute>[0];

const noticeData = z.object({
  number: z.string(),
  name: z.string(),
  deadline: instantShape,
  council: z.string(),
  sealPolicy: z.string(),
  parts: z.array(z.string()),
  terms: z.custom<LotTerms>((value) => Array.isArray((value as { bidForm?: unknown } | null)?.bidForm)),
});
/** what moves a deadline besides an addendum */
const moves = new Set(['deadline.moved', 'deadline.resumed']);
const changeData = z.object({ number: z.number(), deadline: instantShape, previousDeadline: instantShape });

/** Reads a tender file. With `pinned` the key must be that one; without, `key` is the file's own word and must be compared by its reader. */
export function openTenderFile(value: unknown, pinned?: NoteVerifier): Verdict<{ readonly tender: Tender }, TenderFlaw> {
  const read = tenderFileShape.safeParse(value);
  const key = read.success ? parseVerifierKey(read.data.platform) : undefined;
  if (!read.success || key === undefined) return refute('tender-unreadable');
  if (pinned !== undefined && printVerifierKey(pinned) !== read.data.platform) return refute('tender-key-differs');
  const file = read.data;
  const receipts: readonly (readonly [string, Receipt])[] = [
    ['notice.published', file.notice],
    ['council.formed', file.council],
    ...file.changes.map((each) => [moves.has(each.event.type) ? each.event.type : 'addendum.published', each] as const),
    ...file.clients.map((each) => ['client.published', each] as const),
  ];
  const sizes: number[] = [];
  for (const [type, receipt] of receipts) {
    const verdict = verifyReceipt(receipt, key);
    if (!verdict.ok || receipt.event.type !== type) return refute('tender-not-journalled');
    sizes.push(verdict.checkpoint.size);
  }
  const notice = noticeData.safeParse(file.notice.event.data);
  const lot = idShape.safeParse(file.notice.event.subject.lot);
  if (!notice.success || !lot.success) return refute('tender-unreadable');
  const deadline = deadlineAfter(notice.data.deadline, file.changes, lot.data);
  if (deadline === undefined) return refute('tender-other-lot');
  const council = councilShape.safeParse((file.council.event.data as { council?: unknown } | null)?.council);
  if (!council.success || council.data.id !== notice.data.council || !verifyCouncil(council.data).ok) return refute('tender-other-council');
  const { number, name, terms, parts, sealPolicy } = notice.data;
  if (!['council', 'bidder+council'].includes(sealPolicy) || parts.join() !== 'whole') return refute('tender-not-for-this-program');
  return {
    ok: true,
    tender: {
      key,
      at: file.at as Instant,
      sandbox: key.name.endsWith('/sandbox'),
      lot: { id: lot.data, number, name },
      deadline: deadline as Instant,
      terms,
      council: council.data,
      clients: file.clients.flatMap(({ event }) => clientShape.strip().safeParse(event.data).data ?? []),
      authorities: file.authorities,
      size: Math.max(...sizes),
    },
  };
}

/** The deadline that the changes leave; undefined when one of them is of another lot, out of its order, or does not follow. */
function deadlineAfter(first: string, changes: readonly Receipt[], lot: string): string | undefined {
  let deadline = first;
  const numbers: Record<string, number> = {};
  let index = -1;
  for (const { event, index: place } of changes) {
    const read = changeData.safeParse(event.data);
    const number = (numbers[event.type] ?? 0) + 1;
    const follows = read.success && event.subject.lot === lot && place > index && read.data.number === number;
    if (!follows || read.data.previousDeadline !== deadline) return undefined;
    deadline = read.data.deadline;
    numbers[event.type] = number;
    index = place;
  }
  return deadline;
}
