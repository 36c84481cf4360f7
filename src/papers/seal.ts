import { create } from 'qrcode';
import type { Words } from '../kernel/words.ts';
import { column, fitted } from './columns.ts';
import type { Text } from './letters.ts';
import { corner, ink, measure, page, type Sheet, small } from './sheet.ts';
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
  sheet.need(signatories.length * 34 + 50);
  if (sheet.y === page.top) sheet.log.lonelySeal = true;
  else sheet.skip(14);
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

/** A QR code to the verify page, in the corner beside the title. */
export function verifyCode(sheet: Sheet, address: string): void {
  const side = corner - 6;
  const left = page.left + measure - side;
  const code = create(`${address}${sheet.frame.dataHash}`, { errorCorrectionLevel: 'M' });
  sheet.modules((row, column) => code.modules.get(row, column) !== 0, code.modules.size, left, sheet.y + 2, side);
  const caption = sheet.set('扫码核验 Verify', { size: 6.5, colour: ink.quiet, second: ink.quiet, leading: 1.5 }, side);
  sheet.stack(caption, left, sheet.y + side + 4, side, { align: 'center' });
}

/** The last lines of every paper: what anyone can check without us. */
export function verifyNote(sheet: Sheet, address: string): void {
  const { dataHash, template } = sheet.frame;
  const text: Words = {
    zh: `核验：扫描首页二维码或打开 ${address}${dataHash}，所示数据指纹应与页脚一致。本文件是签名数据的纯函数：附件 data.json 即其全部数据，以模板 ${template} 与同一字体重新生成，得到逐字节相同的文件。`,
    en: 'Verify: the data hash shown there must equal the one in the foot. This file is a pure function of signed data: data.json, attached to it, is all of that data, and the same template and fonts render the same bytes again.',
  };
  const lines = sheet.set(text, { ...small, size: 7.5, colour: ink.quiet, leading: 1.45 });
  sheet.need(lines.reduce((sum, line) => sum + line.leading, 8));
  if (sheet.y === page.top) sheet.log.lonelySeal = true;
  sheet.skip(4);
  sheet.rule(page.left, sheet.y, measure, ink.rule, 0.5);
  sheet.skip(4);
  sheet.lines(lines, {});
}
