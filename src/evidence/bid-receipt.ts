import { z } from 'zod';
import type { JournalEvent } from '../journal/event.ts';
import { fill } from '../kernel/words.ts';
import { clientOf, submissionShape } from '../sealing/statement.ts';
import type { Checklist } from './checks.ts';

/** What the receipt of a bid proves besides its place in the journal, in plain words: whose bid, of what, sealed by which program, whole or awaited. */
const taken = z.object({
  statement: submissionShape,
  envelopes: z.array(z.object({ part: z.string(), sha256: z.string(), bytes: z.number() })),
  awaited: z.literal(true).optional(),
});
const completed = z.object({ submission: z.string(), completedAt: z.string() });

/** Says what a receipt of a bid, or of the bytes of a committed one, is about; of other events nothing. */
export function checkBidReceipt({ type, data, subject }: JournalEvent, list: Checklist): void {
  if (type === 'bid.received' || type === 'bid.replaced') checkTaken(data, subject, list);
  if (type !== 'bid.completed') return;
  const read = completed.safeParse(data);
  if (read.success) list.that(fill(arrived, { submission: read.data.submission, at: read.data.completedAt }), true);
}

function checkTaken(data: unknown, subject: JournalEvent['subject'], list: Checklist): void {
  const read = taken.safeParse(data);
  // an event of another time's spelling stands in the journal all the same: that much the receipt has proven
  if (!read.success) return;
  const { statement, envelopes, awaited } = read.data;
  const { id, lot, bidder, parts } = statement;
  list.that(fill(whose, { id, lot, bidder }), subject.lot === lot && subject.party === bidder);
  for (const { part, sha256, bytes } of parts)
    list.that(
      fill(sealed, { part, bytes, sha256 }),
      envelopes.some((each) => each.part === part && each.sha256 === sha256 && each.bytes === bytes),
    );
  const client = clientOf(statement);
  if (client === null) list.note(noClient);
  else {
    list.that(fill(sealedBy, { ...client }), true);
    list.note(compareClient);
  }
  if (awaited) list.note(committed);
}

const whose = {
  zh: '这是 {bidder} 对标段 {lot} 的投标 {id}',
  en: 'It is bid {id} of {bidder} for lot {lot}',
};
const sealed = {
  zh: '加密文件（{part}，{bytes} 字节）的摘要是 {sha256}：平台换不了文件',
  en: 'The sealed file ({part}, {bytes} bytes) has the digest {sha256}: the platform cannot swap it',
};
const sealedBy = {
  zh: '投标人签名的声明写明密封程序：{name} {version}，摘要 {sha256}',
  en: 'The statement that the bidder signed names the program that sealed it: {name} {version}, digest {sha256}',
};
const compareClient = {
  zh: '请把密封程序的摘要与平台“投标程序”页（/clients）公布的核对：不在其中的，可能是您自己的程序，也可能是被人换过的程序。证据包会自动核对。',
  en: 'Compare the program’s digest with those published on /clients: one that is not there is your own program, or a doctored one. The evidence bundle makes that comparison by itself.',
};
const noClient = { zh: '声明没有写明密封程序（v1 格式）。', en: 'The statement names no sealing client (format v1).' };
const committed = {
  zh: '这是先行承诺：递交时文件尚未传完。还须有“投标文件传完”（bid.completed）的回执，投标才计入。',
  en: 'This is a commitment: the bytes were still on their way. The bid counts only with a second receipt, of bid.completed.',
};
const arrived = {
  zh: '投标 {submission} 承诺的文件已于 {at} 传完',
  en: 'The bytes committed with bid {submission} were there at {at}',
};
