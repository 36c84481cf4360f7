import { saidByIssue } from '../kernel/act.ts';
import type { Words } from '../kernel/words.ts';
import { dateOf, type Limits } from '../kernel/workbook.ts';
import { unguarded } from '../kernel/workbook-file.ts';
import { type DayString, parseDay, startOfDay } from '../kernel/working-days.ts';
import { poolLines } from './admission.ts';
import { isPlausible, isSpecialtyCode, type Tree } from './classification.ts';
import { type ExpertFields, expertFields } from './expert.ts';
import type { IdentityField } from './identity.ts';
import { type Status, statuses } from './standing.ts';

/** Experts as rows of a table: the columns of the template, of what is taken in and of what is given out. */

export const statusWords: Readonly<Record<Status, Words>> = {
  normal: { zh: '正常', en: 'normal' },
  suspended: { zh: '暂停', en: 'suspended' },
  left: { zh: '退库', en: 'left' },
  removed: { zh: '除名', en: 'removed' },
};

export type SheetKey = Exclude<keyof ExpertFields, 'login' | 'password' | 'demonstration'>;
export interface SheetColumn {
  readonly key: SheetKey;
  readonly title: Words;
  readonly needed?: true;
  /** names or reaches the person: never shown again, given out masked */
  readonly identity?: IdentityField;
  readonly says: Words;
}

const column = (key: SheetKey, zh: string, en: string, says: Words, more: Partial<SheetColumn> = {}): SheetColumn => ({
  key,
  title: { zh, en },
  says,
  ...more,
});
const needed = { needed: true } as const;
const several: Words = { zh: '多个以分号或逗号分隔', en: 'several are separated by semicolons or commas' };
const day: Words = { zh: '如 2026-12-20', en: 'such as 2026-12-20' };

export const sheetColumns: readonly SheetColumn[] = [
  column('name', '姓名', 'Name', { zh: '', en: '' }, needed),
  column(
    'employer',
    '工作单位代码',
    'Employer code',
    { zh: '统一社会信用代码，18位', en: 'unified social credit code, 18 characters' },
    needed,
  ),
  column('employerName', '工作单位', 'Employer', { zh: '', en: '' }, needed),
  column('title', '职称', 'Title', { zh: '', en: '' }, needed),
  column(
    'specialties',
    '专业代码',
    'Specialties',
    { zh: '2018年分类代码，1至6个', en: 'codes of the classification of 2018, one to six' },
    needed,
  ),
  column('memberships', '交易类别', 'Lines', { zh: '如 工程建设；政府采购', en: 'such as Construction' }, needed),
  column('region', '行政区划代码', 'Region', { zh: '六位', en: 'six digits' }, needed),
  column('idNumber', '身份证号码', 'Resident number', { zh: '以文本格式填写', en: 'as text' }, { identity: 'idNumber' }),
  column('phone', '手机', 'Phone', { zh: '以文本格式填写', en: 'as text' }, { identity: 'phone' }),
  column('bankAccount', '银行账号', 'Bank account', { zh: '以文本格式填写', en: 'as text' }, { identity: 'bankAccount' }),
  column('email', '电子邮箱', 'E-mail', { zh: '', en: '' }, { identity: 'email' }),
  column('status', '状态', 'Status', { zh: '正常、暂停、退库或除名，空为正常', en: 'normal when empty' }),
  column('formerEmployers', '曾任职单位', 'Former employers', {
    zh: '每个写“代码|名称|离职日期”，多个以分号分隔',
    en: 'each as code|name|last day, separated by semicolons',
  }),
  column('interests', '利害关系单位代码', 'Interests', several),
  column('relatives', '近亲属单位代码', 'Relatives', several),
  column('prepared', '参与编制文件的项目编号', 'Prepared documents of', several),
  column('penalised', '曾受处罚', 'Penalised', { zh: '是或否，空为否', en: 'yes or no, no when empty' }),
  column('bannedUntil', '禁止参加评标至', 'Banned until', day),
  column('admittedAt', '入库日期', 'Admitted', day),
  column('termUntil', '聘期至', 'Term until', day),
];

/** What is taken of a file: more experts than a province has in one year, and no more than a browser waits for. */
export const sheetLimits: Limits = {
  fileBytes: 24 * 1024 * 1024,
  entries: 1000,
  sheetBytes: 96 * 1024 * 1024,
  stringBytes: 48 * 1024 * 1024,
  otherBytes: 1024 * 1024,
  csvBytes: 24 * 1024 * 1024,
  rows: 20_001,
  columns: 40,
  sheets: 60,
  characters: 2000,
};

/** What is wrong with a cell, a row or the head of the table (row 1). */
export interface Fault {
  readonly row: number;
  readonly column: Words | null;
  /** what stands there; of identity data only that something does */
  readonly value: string;
  readonly says: Words;
}
export interface SheetRow {
  readonly row: number;
  readonly expert: ExpertFields;
}
export interface ReadSheet {
  readonly rows: readonly SheetRow[];
  readonly faults: readonly Fault[];
  /** rows that stand below the head */
  readonly count: number;
}

/** Reads a table whose first row names the columns. Every row is judged by itself and every fault told, not only the first. */
export function readExpertSheet(table: readonly (readonly string[])[], numbers: readonly number[], tree: Tree): ReadSheet {
  const [head = [], ...body] = table;
  const places = head.map((cell) => columnNamed(cell));
  const faults: Fault[] = headFaults(head, places);
  const rows: SheetRow[] = [];
  if (faults.length > 0) return { rows, faults, count: body.length };
  for (const [at, cells] of body.entries()) {
    const row = numbers[at + 1] ?? at + 2;
    const texts = new Map(places.flatMap((each, place) => (each ? [[each.key, unguarded((cells[place] ?? '').trim())] as const] : [])));
    const read = expertFields.safeParse(givenBy(texts));
    const unknown = unknownSpecialties(row, texts.get('specialties') ?? '', tree);
    if (read.success && unknown.length === 0) rows.push({ row, expert: read.data });
    faults.push(...unknown, ...(read.success ? [] : faultsOf(row, read.error.issues, texts)));
  }
  return { rows, faults, count: body.length };
}

const plainHead = (text: string): string => text.replace(/[*＊\s\ufeff]/g, '').toLowerCase();
const columnNamed = (text: string): SheetColumn | undefined =>
  sheetColumns.find(({ key, title }) => [key, title.zh, title.en].some((name) => plainHead(name) === plainHead(text)));

function headFaults(head: readonly string[], places: readonly (SheetColumn | undefined)[]): Fault[] {
  const missing = sheetColumns.filter((each) => each.needed && !places.includes(each));
  const twice = places.filter((each, at) => each && places.indexOf(each) !== at);
  const unknown = head.filter((text, at) => text.trim() !== '' && !places[at]);
  const fault = (value: string, says: Words): Fault => ({ row: 1, column: null, value, says });
  return [
    ...missing.map(({ title }) => fault(title.zh, { zh: `缺少“${title.zh}”一列。`, en: `The column '${title.en}' is missing.` })),
    ...twice.flatMap((each) => (each ? fault(each.title.zh, { zh: '该列出现两次。', en: 'This column stands twice.' }) : [])),
    ...unknown.map((text) =>
      fault(text.slice(0, 60), { zh: '不认识的列，请使用模板的表头。', en: 'An unknown column; please use the head of the template.' }),
    ),
  ];
}

/** Codes of the right shape that the classification does not know. */
function unknownSpecialties(row: number, text: string, tree: Tree): Fault[] {
  const codes = parts(text, /[\s,，、;；]+/).filter((code) => code.length > 1 && isSpecialtyCode(code) && !isPlausible(tree, code));
  if (codes.length === 0) return [];
  const says = { zh: `专业分类中没有 ${codes.join('、')}。`, en: `The classification has no ${codes.join(', ')}.` };
  return [faultAt(row, columnOf('specialties'), text, says)];
}

function faultsOf(row: number, issues: readonly Parameters<typeof saidByIssue>[0][], texts: ReadonlyMap<SheetKey, string>): Fault[] {
  const seen = new Set<string>();
  return issues.flatMap((issue) => {
    const found = sheetColumns.find(({ key }) => key === issue.path[0]);
    const says = saidByIssue(issue);
    const what = `${found?.key} ${says.en}`;
    if (seen.has(what)) return [];
    seen.add(what);
    return [faultAt(row, found, found ? (texts.get(found.key) ?? '') : '', says)];
  });
}

export function faultAt(row: number, found: SheetColumn | undefined, text: string, says: Words): Fault {
  const value = found?.identity ? '*'.repeat(Math.min(text.length, 20)) : text.slice(0, 60);
  return { row, column: found?.title ?? null, value, says };
}
export const columnOf = (key: SheetKey): SheetColumn | undefined => sheetColumns.find((each) => each.key === key);

const parts = (text: string, by: RegExp): string[] =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The cells of a row as the fields of an expert; an empty cell is one that is not there. */
function givenBy(texts: ReadonlyMap<SheetKey, string>): Record<string, unknown> {
  return Object.fromEntries([...texts].flatMap(([key, text]) => (text === '' ? [] : [[key, readers[key]?.(text) ?? text]])));
}

const readers: Partial<Record<SheetKey, (text: string) => unknown>> = {
  memberships: (text) =>
    parts(text, /[,，、;；]+/).map((name) => poolLines().find(({ title }) => title.zh === name || title.en === name)?.id ?? name),
  status: (text) => statuses.find((each) => statusWords[each].zh === text || statusWords[each].en === text.toLowerCase()) ?? text,
  formerEmployers: (text) =>
    parts(text, /[;；]+/).map((each) => {
      const [code = '', name = '', until = ''] = each.split(/[|｜]/).map((part) => part.trim());
      return { code, name, until: dayText(until) };
    }),
  penalised: (text) => (/^(是|yes|true|1)$/i.test(text) ? true : /^(否|no|false|0)$/i.test(text) ? false : text),
  bannedUntil: dayText,
  termUntil: dayText,
  admittedAt: (text) => {
    const read = parseDay(dayText(text));
    return read ? startOfDay(read) : text;
  },
};

/** `2026/1/2`, `2026年1月2日` and the number that Excel keeps for a day, as `2026-01-02`. */
function dayText(text: string): string {
  const written = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?$/.exec(text);
  if (written) return [written[1], written[2]?.padStart(2, '0'), written[3]?.padStart(2, '0')].join('-');
  return /^\d{5}$/.test(text) ? (dateOf(Number(text)) ?? text) : text;
}

/** An expert as it is given out. */
export interface SheetExpert {
  readonly name: string;
  readonly employer: string;
  readonly employerName: string;
  readonly title: string;
  readonly specialties: readonly string[];
  readonly memberships: readonly string[];
  readonly region: string;
  readonly status: string;
  readonly formerEmployers: readonly { readonly code: string; readonly name?: string; readonly until: DayString | null }[];
  readonly interests: readonly string[];
  readonly relatives: readonly string[];
  readonly prepared: readonly string[];
  readonly penalised: boolean;
  readonly bannedUntil: string | null;
  readonly admittedOn: DayString;
  readonly termUntil: string | null;
  /** masked */
  readonly identity: Readonly<Record<IdentityField, string | null>>;
}

/** The row of an expert under the columns of the template; identity data are those that were masked before. */
export function sheetRowOf(expert: SheetExpert): string[] {
  const { identity, ...record } = expert;
  const cells: Record<SheetKey, string> = {
    name: record.name,
    employer: record.employer,
    employerName: record.employerName,
    title: record.title,
    region: record.region,
    specialties: record.specialties.join('；'),
    memberships: record.memberships.map((id) => poolLines().find((line) => line.id === id)?.title.zh ?? id).join('；'),
    status: statuses.some((each) => each === record.status) ? statusWords[record.status as Status].zh : record.status,
    formerEmployers: record.formerEmployers.map(({ code, name, until }) => `${code}|${name ?? ''}|${until ?? ''}`).join('；'),
    interests: record.interests.join('；'),
    relatives: record.relatives.join('；'),
    prepared: record.prepared.join('；'),
    penalised: record.penalised ? '是' : '否',
    bannedUntil: record.bannedUntil ?? '',
    admittedAt: record.admittedOn,
    termUntil: record.termUntil ?? '',
    idNumber: identity.idNumber ?? '',
    phone: identity.phone ?? '',
    bankAccount: identity.bankAccount ?? '',
    email: identity.email ?? '',
  };
  return sheetColumns.map(({ key }) => cells[key]);
}

export const sheetHead = (): string[] => sheetColumns.map(({ title, needed: must }) => `${title.zh}${must ? '*' : ''}`);
