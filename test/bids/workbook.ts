import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

/** The bytes of an Excel workbook with one sheet, as Excel writes it: compressed, numbers as numbers, texts inline. */
export async function workbook(rows: readonly (readonly (string | number)[])[]): Promise<Uint8Array> {
  const cell = (value: string | number, address: string): string =>
    typeof value === 'number' ? `<c r="${address}"><v>${value}</v></c>` : `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const line = (row: readonly (string | number)[], at: number): string =>
    `<row r="${at + 1}">${row.map((value, column) => cell(value, `${'ABCDEFGH'.charAt(column)}${at + 1}`)).join('')}</row>`;
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="清单" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows.map(line).join('')}</sheetData></worksheet>`,
  };
  const channel = new TransformStream<Uint8Array, Uint8Array>();
  const out = new Response(channel.readable).arrayBuffer();
  const zip = new ZipWriter(channel.writable, { useWebWorkers: false });
  for (const [path, text] of Object.entries(parts))
    await zip.add(path, { readable: new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}`]).stream() });
  await zip.close();
  return new Uint8Array(await out);
}
