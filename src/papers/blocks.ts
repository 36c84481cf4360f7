import type { z } from 'zod';
import type { Words } from '../kernel/words.ts';
import { column, fitted } from './columns.ts';
import type { Text } from './letters.ts';
import type { anchor, contact, heldDocument, party, tender } from './paper.ts';
import type { Sheet } from './sheet.ts';
import { type CellInput, type Column, type Entry, entries, table } from './table.ts';
import { amount, side, size } from './wording.ts';

/** Blocks several papers state in the same words. */

export type Tender = z.infer<typeof tender>;
export type Party = z.infer<typeof party>;
export type Contact = z.infer<typeof contact>;

/** A party's name with its unified social credit code. */
export function named({ name, code }: Party): Words {
  const both = typeof name === 'string' ? { zh: name, en: '' } : name;
  return { zh: `${both.zh}（${code}）`, en: both.en };
}

/** Which lot of which project, whose, through whom. */
export function lotEntries(given: Tender): Entry[] {
  const { project, agent, tenderee, tradeCode } = given;
  return [
    { label: { zh: '项目名称', en: 'Project' }, value: project.name },
    { label: { zh: '标段名称', en: 'Lot' }, value: given.name },
    { label: { zh: '项目编号', en: 'Project No.' }, value: project.number, half: true },
    { label: { zh: '标段编号', en: 'Lot No.' }, value: given.number, half: true },
    ...(tradeCode === undefined ? [] : [{ label: { zh: '统一交易标识码', en: 'Trading code' }, value: tradeCode }]),
    { label: { zh: '招标人', en: 'Tenderee' }, value: named(tenderee) },
    ...(agent === null ? [] : [{ label: { zh: '招标代理机构', en: 'Tendering agent' }, value: named(agent) }]),
  ];
}

export function lotBlock(sheet: Sheet, given: Tender): void {
  entries(sheet, lotEntries(given));
}

/** Ways to reach people: role, name, person, phone, address. */
export function contactTable(
  sheet: Sheet,
  { tenderee, agent, supervisor }: { readonly tenderee?: Contact; readonly agent: Contact | null; readonly supervisor: Contact },
): void {
  const contacts: readonly (readonly [Words, Contact | null | undefined])[] = [
    [{ zh: '招标人', en: 'Tenderee' }, tenderee],
    [{ zh: '招标代理机构', en: 'Agent' }, agent],
    [{ zh: '行政监督部门', en: 'Supervisor' }, supervisor],
  ];
  const known = contacts.flatMap(([role, each]) => (each ? [{ role, each }] : []));
  // a column in which nothing stands is left out
  const columns = [
    { column: column('联系人', 'Contact', 2), cell: ({ person }: Contact) => person },
    { column: fitted('电话', 'Telephone', 'left'), cell: ({ phone }: Contact) => phone },
    { column: column('地址', 'Address', 5), cell: ({ address }: Contact) => address },
  ].filter(({ cell }) => known.some(({ each }) => cell(each) !== null));
  table(
    sheet,
    [column('单位', 'Body', 5), ...columns.map((each) => each.column)],
    known.map(({ role, each }) => {
      const name = typeof each.name === 'string' ? { zh: each.name, en: '' } : each.name;
      const body = { zh: `${role.zh}：${name.zh}`, en: name.en === '' ? role.en : `${role.en}: ${name.en}` };
      return [body, ...columns.map(({ cell }) => cell(each) ?? '—')];
    }),
  );
}

/** Documents held by the platform, with their hashes. */
export function documentTable(sheet: Sheet, documents: readonly z.infer<typeof heldDocument>[]): void {
  table(
    sheet,
    [column('文件', 'Document', 5), fitted('版本', 'Version'), fitted('大小', 'Size', 'right'), column('SHA-256', '', 5)],
    documents.map((each) => [each.name, String(each.version), size(each.bytes), each.sha256]),
  );
}

/** A table, or a sentence of its own where there is nothing to list. */
export function tableOr(sheet: Sheet, none: Words, columns: readonly Column[], rows: readonly (readonly CellInput[])[]): void {
  if (rows.length === 0) sheet.paragraph(none);
  else table(sheet, columns, rows);
}

/** Numbered sentences, each in its languages. */
export function numbered(sheet: Sheet, list: readonly Text[]): void {
  list.forEach((each, index) => {
    sheet.paragraph({ zh: `${index + 1}. ${side(each, 'zh')}`, en: typeof each === 'string' ? '' : `${index + 1}. ${each.en}` });
  });
}

/** A sentence that begins with what it is about. */
export function told(sheet: Sheet, about: Words, text: Text): void {
  sheet.paragraph({ zh: `${about.zh}：${side(text, 'zh')}`, en: typeof text === 'string' ? '' : `${about.en}: ${text.en}` });
}

/** A ceiling price, or that there is none. */
export const ceilingEntry = (ceiling: string | null): Entry => ({
  label: { zh: '最高投标限价', en: 'Ceiling price' },
  value: ceiling === null ? { zh: '不设', en: 'none' } : amount(ceiling),
});

/** Where the journal stood. */
export function anchorEntries(given: z.infer<typeof anchor>): Entry[] {
  return [
    { label: { zh: '存证日志', en: 'Journal' }, value: given.origin },
    { label: { zh: '日志规模', en: 'Tree size' }, value: String(given.size), half: true },
    { label: { zh: '日志树根', en: 'Tree root' }, value: given.root, half: true },
  ];
}
