import { saidByIssue } from '../kernel/act.ts';
import type { Words } from '../kernel/words.ts';
import { dateOf, type Limits } from '../kernel/workbook.ts';
import { unguarded } from '../kernel/workbook-file.ts';
import { type EntryGiven, entryGiven, faultsIn } from './given.ts';
import { entryFields, entryKinds, kindWords } from './kinds.ts';

/** Entries as rows of a table. Pure. */

interface Column {
  readonly key: string;
  readonly title: Words;
}
export const sheetColumns: readonly Column[] = [
  { key: 'kind', title: { zh: '类别', en: 'Kind' } },
  { key: 'title', title: { zh: '名称', en: 'Title' } },
  ...entryFields.map(({ key, label }) => ({ key, title: label })),
  { key: 'validFrom', title: { zh: '有效期起', en: 'Valid from' } },
  { key: 'validUntil', title: { zh: '有效期至', en: 'Valid until' } },
];

/** What is taken of a file at once: more than a firm keeps of one kind, and no more than one reads before signing. */
export const sheetLimits: Limits = {
  fileBytes: 4 * 1024 * 1024,
  entries: 1000,
  sheetBytes: 16 * 1024 * 1024,
  stringBytes: 8 * 1024 * 1024,
  otherBytes: 1024 * 1024,
  csvBytes: 4 * 1024 * 1024,
  rows: 501,
  columns: 30,
  sheets: 60,
  characters: 2000,
};

export interface RowFault {
  /** `rows.3.validUntil`; the head is row 1 */
  readonly path: string;
  readonly says: Words;
}

const plain = (text: string): string => text.replace(/[*＊\s\ufeff]/g, '').toLowerCase();
const columnNamed = (text: string): Column | undefined =>
  sheetColumns.find(({ key, title }) => [key, title.zh, title.en].some((name) => plain(name) === plain(text)));

/** A day as Excel keeps or people write it, as `2026-01-02`; anything else as it stands, to be refused. */
function dayText(text: string): string {
  const written = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?$/.exec(text);
  if (written) return [written[1], written[2]?.padStart(2, '0'), written[3]?.padStart(2, '0')].join('-');
  return /^\d{5}$/.test(text) ? (dateOf(Number(text)) ?? text) : text;
}

const readers: Readonly<Record<string, (text: string) => string>> = {
  kind: (text) => entryKinds.find((kind) => kindWords[kind].title.zh === text || plain(kindWords[kind].title.en) === plain(text)) ?? text,
  validFrom: dayText,
  validUntil: dayText,
};

/** Reads a table whose first row names the columns: every row by itself, every fault of every row. */
export function readEntrySheet(
  table: readonly (readonly string[])[],
  numbers: readonly number[],
): { readonly entries: readonly EntryGiven[]; readonly faults: readonly RowFault[] } {
  const [head = [], ...body] = table;
  const places = head.map(columnNamed);
  const headFaults = faultsOfHead(head, places);
  if (headFaults.length > 0) return { entries: [], faults: headFaults };
  const entries: EntryGiven[] = [];
  const faults: RowFault[] = [];
  for (const [at, cells] of body.entries()) {
    const row = numbers[at + 1] ?? at + 2;
    const fault = (key: string, says: Words): void => {
      const title = sheetColumns.find((each) => each.key === key)?.title;
      const where = { zh: `第${row}行${title ? ` · ${title.zh}` : ''}：`, en: `Row ${row}${title ? ` · ${title.en}` : ''}: ` };
      faults.push({ path: `rows.${row}.${key}`, says: { zh: where.zh + says.zh, en: where.en + says.en } });
    };
    const given = Object.fromEntries(
      places.flatMap((each, place) => {
        const text = unguarded((cells[place] ?? '').trim());
        return each && text !== '' ? [[each.key, readers[each.key]?.(text) ?? text] as const] : [];
      }),
    );
    const read = entryGiven.safeParse(given);
    if (!read.success) for (const issue of read.error.issues) fault(String(issue.path[0]), saidByIssue(issue));
    else {
      const entry = read.data as unknown as EntryGiven;
      entries.push(entry);
      for (const { path, says } of faultsIn(entry)) fault(path, says);
    }
  }
  return { entries, faults };
}

function faultsOfHead(head: readonly string[], places: readonly (Column | undefined)[]): readonly RowFault[] {
  const fault = (zh: string, en: string): RowFault => ({ path: 'rows.1', says: { zh: `第1行：${zh}`, en: `Row 1: ${en}` } });
  const missing = sheetColumns.filter(({ key }) => (key === 'kind' || key === 'title') && !places.some((each) => each?.key === key));
  const unknown = head.filter((text, at) => text.trim() !== '' && !places[at]);
  const twice = places.filter((each, at) => each && places.indexOf(each) !== at);
  return [
    ...missing.map(({ title }) => fault(`缺少“${title.zh}”一列。`, `the column “${title.en}” is missing.`)),
    ...unknown.map((text) => fault(`不认识“${text.slice(0, 40)}”这一列。`, `“${text.slice(0, 40)}” is no column of this table.`)),
    ...twice.flatMap((each) => (each ? [fault(`“${each.title.zh}”一列出现两次。`, `the column “${each.title.en}” stands twice.`)] : [])),
  ];
}
