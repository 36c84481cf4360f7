import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';

/** Workbooks as Excel writes them and as somebody writes them who means harm, made entry by entry. */

const kept = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export async function zipOf(entries: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, text] of Object.entries(entries)) await zip.add(name, new TextReader(text));
  return zip.close();
}

export interface SheetSource {
  readonly name: string;
  readonly xml: string;
  readonly state?: string;
}

/** A workbook of these sheets; `entries` adds or replaces parts. */
export function workbookOf(
  sheets: readonly SheetSource[],
  strings: readonly string[] = [],
  entries: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const list = sheets.map(
    ({ name, state }, at) => `<sheet name="${name}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`,
  );
  const relations = sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="worksheet" Target="worksheets/sheet${at + 1}.xml"/>`);
  return zipOf({
    '[Content_Types].xml': `${kept}<Types/>`,
    'xl/workbook.xml': `${kept}<workbook xmlns="${main}" xmlns:r="r"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${kept}<Relationships>${relations.join('')}</Relationships>`,
    'xl/sharedStrings.xml': `${kept}<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    'xl/styles.xml': `${kept}<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(
      sheets.map(({ xml }, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `${kept}<worksheet xmlns="${main}"><sheetData>${xml}</sheetData></worksheet>`,
      ]),
    ),
    ...entries,
  });
}

/** A price list with a formula, a shared string, an inline string and a date. */
export const priceList = (): Promise<Uint8Array> =>
  workbookOf(
    [
      {
        name: '报价清单',
        xml: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>备注 &amp; 说明</t></is></c></row>
<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>12000</v></c><c r="C2"><f>B2*18.5</f><v>222000</v></c><c r="D2" s="1"><v>46354</v></c></row>
<row r="3"><c r="A3" t="str"><f>HYPERLINK("https://evil.example/","点我")</f><v>点我</v></c><c r="B3"><v>0.30000000000000004</v></c><c r="C3" t="e"><v>#REF!</v></c><c r="D3" t="b"><v>1</v></c></row>`,
      },
      { name: '成本测算', xml: '<row r="1"><c r="A1"><v>1</v></c></row>', state: 'hidden' },
    ],
    ['项目', '数量', '土方开挖'],
  );
