import { z } from 'zod';
import { column, columns, fitted } from './columns.ts';
import { count, hash, instant, party, text, words } from './paper.ts';
import type { Sheet } from './sheet.ts';
import { type CellInput, entries, table } from './table.ts';
import { moment } from './wording.ts';

/**
 * What an evaluation report tells of a blind review: which pseudonym was whose and what proves it, what the platform's check saw in the blind files, and how
 * the panel voted on telling marks, of bids that passed too.
 */
export const blindShape = z.strictObject({
  part: words,
  committedAt: instant,
  revealedAt: instant,
  /** of the request for the draw of pseudonyms, and the root over the whole list that was journalled before any envelope was opened */
  request: hash,
  root: hash,
  /** what stood in the journal of each trustee's share while the list was secret */
  shares: z.array(z.strictObject({ trustee: z.string(), sha256: hash })),
  bids: z.array(
    z.strictObject({
      pseudonym: words,
      bidder: party,
      /** kinds of marks and where, never what was found; null where the files were not looked through */
      marks: z.array(z.strictObject({ file: count, kind: words, place: words })).nullable(),
      /** of each item that was judged blind; none of an envelope that could not be judged */
      votes: z.array(z.strictObject({ item: text, against: count, of: count, reasons: z.array(z.string()) })),
    }),
  ),
});
export type BlindReview = z.infer<typeof blindShape>;

export function blindSection(sheet: Sheet, blind: BlindReview): void {
  sheet.heading({ zh: '暗标评审', en: 'Blind review' });
  entries(sheet, [
    { label: { zh: '暗标部分', en: 'Reviewed blind' }, value: blind.part },
    { label: { zh: '编号锁定', en: 'Committed' }, value: moment(blind.committedAt), half: true },
    { label: { zh: '编号揭晓', en: 'Laid open' }, value: moment(blind.revealedAt), half: true },
    { label: { zh: '抽签申请摘要', en: 'Request' }, value: { zh: blind.request, en: 'SHA-256 of the request for the draw of pseudonyms' } },
    { label: { zh: '编号名单之根', en: 'Root of the list' }, value: { zh: blind.root, en: 'journalled before any envelope was opened' } },
  ]);
  table(
    sheet,
    [column('托管人', 'Trustee', 3), column('份额摘要（SHA-256）', 'Digest of its share', 5)],
    blind.shares.map((each): CellInput[] => [each.trustee, each.sha256]),
  );
  table(
    sheet,
    [fitted('暗标编号', 'Pseudonym'), columns.bidder, column('程序检查发现的标记', 'Marks the check saw', 5)],
    blind.bids.map((each): CellInput[] => [each.pseudonym, each.bidder.name, marksSeen(each.marks)]),
  );
  table(
    sheet,
    [fitted('暗标编号', 'Pseudonym'), column('评审项', 'Item', 3), fitted('不通过票', 'Votes against'), column('不通过理由', 'Reasons', 5)],
    blind.bids.flatMap(({ pseudonym, votes }) =>
      votes.map((vote): CellInput[] => [pseudonym, vote.item, `${vote.against}/${vote.of}`, vote.reasons.join('；') || '—']),
    ),
  );
}

function marksSeen(marks: BlindReview['bids'][number]['marks']): CellInput {
  if (marks === null) return { zh: '未检查', en: 'not looked through' };
  if (marks.length === 0) return { zh: '未发现', en: 'none' };
  return {
    zh: marks.map(({ file, kind, place }) => `文件${file + 1}，${place.zh}：${kind.zh}`).join('；'),
    en: marks.map(({ file, kind, place }) => `file ${file + 1}, ${place.en}: ${kind.en}`).join('; '),
  };
}
