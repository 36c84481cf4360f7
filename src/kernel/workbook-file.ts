import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import Papa from 'papaparse';
import { utf8 } from './bytes.ts';

/** Tables as files that people open in their own programs. Every cell is a text: nothing in it is ever computed. */
export interface SheetText {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** Makes a program that opens a CSV read the cell as text: one that begins like a formula is led in by an apostrophe. */
const guarded = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
/** The text again that was guarded. */
export const unguarded = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/** RFC 4180 in UTF-8, with the mark by which Excel knows it. */
export const csvFile = (rows: readonly (readonly string[])[]): Uint8Array =>
  utf8(
    `\ufeff${Papa.unparse(
      rows.map((row) => row.map(guarded)),
      { newline: '\r\n' },
    )}`,
  );

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const office = 'http://schemas.openxmlformats.org';
const relations = `${office}/officeDocument/2006/relationships`;
const main = `${office}/spreadsheetml/2006/main`;
const packaged = `${office}/package/2006`;
const typed = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** 1980-01-01 00:00, the first moment a zip can tell, as its raw number. */
const fixedDate = 0x00210000;

/** An Excel workbook (ECMA-376); its first row stays in sight, columns are as wide as what they hold. */
export async function workbookFile(sheets: readonly SheetText[]): Promise<Uint8Array> {
  // the same tables make the same bytes: the moment of a download is nobody's matter
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, rawLastModDate: fixedDate, extendedTimestamp: false });
  const part = (path: string, xml: string): Promise<unknown> => zip.add(path, new TextReader(`${declaration}${xml}`));
  const each = <T>(made: (sheet: SheetText, number: number) => T): T[] => sheets.map((sheet, at) => made(sheet, at + 1));
  const overrides = each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${typed}.worksheet+xml"/>`).join('');
  await part(
    '[Content_Types].xml',
    `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${typed}.sheet.main+xml"/>${overrides}</Types>`,
  );
  await part(
    '_rels/.rels',
    `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  const list = each(({ name }, n) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`).join('');
  await part('xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${list}</sheets></workbook>`);
  const targets = each((_, n) => `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('');
  await part('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${packaged}/relationships">${targets}</Relationships>`);
  for (const [at, { rows }] of sheets.entries()) await part(`xl/worksheets/sheet${at + 1}.xml`, sheetXml(rows));
  return zip.close();
}

function sheetXml(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((head, column) =>
    Math.min(60, Math.max(10, ...rows.slice(0, 50).map((row) => widthOf(row[column] ?? head)))),
  );
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('');
  const lines = rows.map(
    (row, r) =>
      `<row r="${r + 1}">${row.map((cell, c) => (cell === '' ? '' : `<c r="${letters(c)}${r + 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`)).join('')}</row>`,
  );
  return `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${columns === '' ? '' : `<cols>${columns}</cols>`}<sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** A Chinese character is as wide as two others. */
const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + (character > 'ÿ' ? 2 : 1), 2);

/** 0 → A, 26 → AA. */
const letters = (column: number): string =>
  `${column < 26 ? '' : letters(Math.floor(column / 26) - 1)}${String.fromCharCode(65 + (column % 26))}`;

/** What XML cannot hold at all is left out. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must go
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
