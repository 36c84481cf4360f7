import { z } from 'zod';
import { anchorEntries, lotBlock, named } from './blocks.ts';
import { column, fitted } from './columns.ts';
import { anchor, common, count, hash, instant, type Paper, party, words } from './paper.ts';
import { sealBlock } from './seal.ts';
import { entries, table } from './table.ts';
import { exactStamp, moment, size } from './wording.ts';

const data = z.strictObject({
  ...common,
  bidder: party,
  act: z.enum(['received', 'replaced', 'withdrawn', 'committed']),
  submission: z.string(),
  supersedes: z.string().nullable(),
  parts: z.array(z.strictObject({ name: words, sha256: hash, bytes: count })),
  /** SHA-256 of the JCS of the signed statement */
  statement: hash,
  /** the program that sealed it, where the statement names one; a receipt without is drawn as ever */
  client: z.strictObject({ name: z.string(), version: z.string(), sha256: hash }).optional(),
  /** SHA-256 fingerprint of the certificate that signed it */
  certificate: z.string(),
  /** when the platform recorded it; the last byte was stored by then, unless it was only committed */
  recordedAt: instant,
  deadline: instant,
  /** place of the event in the journal, its blinded commitment, and a checkpoint that holds it */
  journal: z.strictObject({ index: count, commitment: hash, checkpoint: anchor, witnesses: z.array(z.string()) }),
});
export type SubmissionReceipt = z.infer<typeof data>;

const acts = {
  received: { zh: '投标文件已签收', en: 'Bid received' },
  replaced: { zh: '投标文件已替换', en: 'Bid replaced' },
  withdrawn: { zh: '投标文件已撤回', en: 'Bid withdrawn' },
  committed: { zh: '投标已承诺，文件未传完，传完方计入', en: 'Bid committed; it counts only when its bytes are there' },
} as const;

/** 投标回执 (电子招标投标办法 §27; 招标投标法实施条例 §36). Delivered to the bidder alone until the opening. */
export const submissionReceipt: Paper<SubmissionReceipt> = {
  kind: 'submission-receipt',
  version: 1,
  title: { zh: '投标回执', en: 'Receipt of submission' },
  follows: ['bid.received', 'bid.replaced', 'bid.withdrawn'],
  data,
  draw(sheet, given) {
    const { checkpoint, index, commitment, witnesses } = given.journal;
    sheet.heading({ zh: '签收', en: 'Receipt' });
    entries(sheet, [
      { label: { zh: '签收结果', en: 'Result' }, value: acts[given.act], weight: 'bold', half: true },
      {
        label: { zh: '签收时间', en: 'Recorded at' },
        value: {
          zh: exactStamp(given.recordedAt),
          en: given.act === 'committed' ? 'UTC+8, bytes still to arrive' : 'UTC+8, last byte stored',
        },
        half: true,
        weight: 'bold',
      },
      { label: { zh: '投标人', en: 'Bidder' }, value: named(given.bidder) },
      { label: { zh: '投标编号', en: 'Submission' }, value: given.submission },
      ...(given.supersedes === null ? [] : [{ label: { zh: '所替换的投标', en: 'Supersedes' }, value: given.supersedes }]),
      { label: { zh: '投标截止时间', en: 'Deadline' }, value: moment(given.deadline) },
    ]);
    lotBlock(sheet, given.tender);
    if (given.parts.length > 0) {
      sheet.heading({ zh: '密封文件', en: 'Sealed envelopes' });
      table(
        sheet,
        [column('部分', 'Part', 3), fitted('大小', 'Size', 'right'), fitted('密文 SHA-256', 'SHA-256 of the sealed file', 'left')],
        given.parts.map((each) => [each.name, size(each.bytes), each.sha256]),
      );
    }
    sheet.heading({ zh: '存证', en: 'Evidence' });
    entries(sheet, [
      { label: { zh: '投标声明摘要', en: 'Statement' }, value: given.statement },
      { label: { zh: '签名证书指纹', en: 'Certificate' }, value: given.certificate },
      ...(given.client === undefined
        ? []
        : [
            {
              label: { zh: '密封程序', en: 'Sealed by' },
              value: `${given.client.name} ${given.client.version} · ${given.client.sha256}`,
            },
          ]),
      { label: { zh: '日志序号', en: 'Journal index' }, value: String(index), half: true, weight: 'bold' },
      { label: { zh: '事件承诺', en: 'Commitment' }, value: commitment, half: true },
      ...anchorEntries(checkpoint),
      { label: { zh: '见证方', en: 'Witnesses' }, value: witnesses.length === 0 ? '—' : witnesses.join('、') },
    ]);
    sheet.heading({ zh: '如何核验', en: 'How to verify' });
    sheet.paragraph({
      zh: '本回执另有同内容的 JSON 文件（yangguang/receipt/v1）。以 npx yangguang verify 回执.json --key 平台公钥 离线核验：检查点签名有效，且由事件承诺经包含证明可算出上列日志树根，即证明本次签收已不可更改地写入日志。投标文件在开标前任何人（含平台）不能打开；截止前可替换或撤回，以最后一次签收为准。',
      en: 'The same receipt exists as JSON (yangguang/receipt/v1). Check it offline with "npx yangguang verify receipt.json --key PLATFORM_KEY": the checkpoint is signed and the inclusion proof leads from the commitment to the root above. Nobody, the platform included, can open the bid before the opening; until the deadline it may be replaced or withdrawn, and the last receipt counts.',
    });
    sealBlock(sheet, [{ role: { zh: '签收平台', en: 'Platform' }, name: given.platform }], given.recordedAt);
  },
};
