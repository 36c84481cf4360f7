import { create } from 'qrcode';
import type { Words } from '../kernel/words.ts';
import { column, fitted } from './columns.ts';
import type { Text } from './letters.ts';
import { ink, measure, page, type Sheet, small } from './sheet.ts';
import { type CellInput, table } from './table.ts';
import { exactStamp, formalDay, side } from './wording.ts';

/** Who puts its name and seal under a paper. */
export interface Signatory {
  readonly role: Words;
  readonly name: Text;
}

/** The closing block of an official paper: names, place of the seal, date; always on one page. */
export function sealBlock(sheet: Sheet, signatories: readonly Signatory[], at: string): void {
  const width = 270;
  const x = page.left + measure - width;
  sheet.need(signatories.length * 40 + 60);
  sheet.skip(14);
  const top = sheet.y;
  for (const { role, name } of signatories) {
    const zh = `${role.zh}：${side(name, 'zh')}（电子签章）`;
    const english = typeof name === 'string' ? `${role.en} (e-seal)` : `${role.en}: ${name.en} (e-seal)`;
    const lines = sheet.set({ zh, en: english }, { size: 10.5, colour: ink.text, second: ink.quiet, leading: 1.5 }, width);
    sheet.stack(lines, x, sheet.y, width, { align: 'right' });
    sheet.y += lines.reduce((sum, line) => sum + line.leading, 0) + 5;
  }
  const date = sheet.set(formalDay(at), { size: 10.5, colour: ink.text, second: ink.quiet, leading: 1.6 }, width);
  sheet.stack(date, x, sheet.y, width, { align: 'right' });
  sheet.y += 17;
  const radius = 33;
  const centre = Math.min(x - radius - 4, page.left + measure - width - 20);
  const middle = top + Math.max((sheet.y - top) / 2, radius);
  sheet.circle(centre, middle, radius, '#dda19c');
  const inside = sheet.set(
    { zh: '电子签章处', en: 'e-seal here' },
    { size: 8, colour: '#c2716a', second: '#c2716a', leading: 1.4 },
    radius * 2,
  );
  sheet.stack(inside, centre - radius, middle - 10, radius * 2, { align: 'center' });
  sheet.y = Math.max(sheet.y, middle + radius) + 10;
}

/** One electronic signature that has been given over the data a paper states. */
export interface GivenSignature {
  readonly role: Words;
  readonly name: string;
  readonly signedAt: string | null;
  /** first figures of the signer's certificate fingerprint or of the signature's digest */
  readonly mark: string | null;
}

/** A table of signatures given; an empty place stays visibly empty. */
export function signatureTable(sheet: Sheet, signatures: readonly GivenSignature[]): void {
  const unsigned: Words = { zh: '未签署', en: 'not signed' };
  const rows = signatures.map((each): CellInput[] => [
    each.role,
    { text: each.name, weight: 'bold' },
    each.signedAt === null ? { text: unsigned, colour: ink.red } : exactStamp(each.signedAt),
    each.mark ?? '—',
  ]);
  table(
    sheet,
    [
      column('身份', 'Capacity', 3),
      column('姓名', 'Name', 3),
      fitted('电子签名时间', 'Signed at (UTC+8)'),
      column('签名摘要', 'Signature digest', 4),
    ],
    rows,
  );
}

/** The last block of every paper: a QR code to the verify page, and what anyone can check without us. */
export function verifyBlock(sheet: Sheet, address: string): void {
  const side = 78;
  const { dataHash, template } = sheet.frame;
  const url = `${address}${dataHash}`;
  const text: Words = {
    zh: `核验本文书：扫描二维码，或打开 ${url}；页面所示数据指纹应与页脚一致。本文件是签名数据的纯函数：附件 data.json 即其全部数据，以模板 ${template} 与同一字体重新生成，得到逐字节相同的文件。`,
    en: 'Verify this paper: scan the code or open the address; the data hash shown there must equal the one in the foot. This file is a pure function of signed data: data.json, attached to it, is all of that data, and the same template and fonts render the same bytes again.',
  };
  const width = measure - side - 34;
  const lines = sheet.set(text, { ...small, size: 8.2, colour: ink.quiet }, width);
  const height = Math.max(side + 16, lines.reduce((sum, line) => sum + line.leading, 0) + 16);
  sheet.need(height + 12);
  sheet.skip(10);
  sheet.rectangle(page.left, sheet.y, measure, height, null, ink.rule);
  const code = create(url, { errorCorrectionLevel: 'M' });
  sheet.modules(
    (row, column) => code.modules.get(row, column) !== 0,
    code.modules.size,
    page.left + 10,
    sheet.y + (height - side) / 2,
    side,
  );
  sheet.stack(lines, page.left + side + 24, sheet.y + (height - lines.reduce((sum, line) => sum + line.leading, 0)) / 2, width);
  sheet.y += height;
}
