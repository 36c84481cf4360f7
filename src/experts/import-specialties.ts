import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import type { Words } from '../kernel/words.ts';
import { isSpecialtyCode, parentOf, shippedSpecialties, shippedTree } from './classification.ts';
import { specialtyRowsWrong } from './problems.ts';
import { Specialty } from './schema.ts';

/** One entry a line: code, Chinese name, and an English one where there is one; separated by a comma or a tab, as a table pastes. */
export const specialtyRows = z.object({
  rows: z.string().min(1).max(400_000),
  /** of the official text, e.g. 2018 */
  version: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z.-]{1,20}$/, '版本如 2018。 | A version such as 2018.'),
});

/**
 * Adds deeper levels of the classification, all rows or none. What is shipped is not renamed by it; an entry that was imported before takes its new
 * name. Nothing is ever taken out: experts and past draws bear the codes.
 */
export const importSpecialties = act({
  name: 'import-specialties',
  by: ['administrator'],
  says: { zh: '导入专业分类', en: 'Import specialties' },
  takes: specialtyRows,
  async run(call, { rows, version }) {
    const known = new Map((await call.em.find(Specialty, {})).map((entry) => [entry.code, entry]));
    const read = readRows(rows, new Set([...shippedTree.titles.keys(), ...known.keys()]));
    if (read.wrong.length > 0) throw specialtyRowsWrong({ fields: read.wrong.slice(0, 50).map((says) => ({ path: 'rows', says })) });
    for (const { code, zh, en } of read.entries) {
      const before = known.get(code);
      if (before) Object.assign(before, { zh, en, version, importedAt: call.now });
      else call.em.create(Specialty, { code, zh, en, version, importedAt: call.now });
    }
    const codes = read.entries.map(({ code }) => code).sort();
    return { result: { imported: codes.length }, facts: [fact('specialties.imported', {}, { version, codes })] };
  },
});

interface Row {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Rows in the order of their codes, so that a parent may stand anywhere in the same table. */
function readRows(text: string, known: ReadonlySet<string>): { readonly entries: readonly Row[]; readonly wrong: readonly Words[] } {
  const wrong: Words[] = [];
  const entries = new Map<string, Row>();
  const lines = text.split(/\r?\n/).map((line, at) => ({ at: at + 1, cells: line.split(/[,，\t]/).map((cell) => cell.trim()) }));
  for (const { at, cells } of lines) {
    const [code = '', zh = '', en = ''] = cells;
    if (code === '' && zh === '') continue;
    const fault = faultOf(code, zh, en, entries);
    if (fault) wrong.push({ zh: `第${at}行：${fault.zh}`, en: `Row ${at}: ${fault.en}` });
    else entries.set(code, { code, zh, en: en || zh });
  }
  for (const { code } of entries.values()) {
    const parent = parentOf(code) ?? '';
    if (!known.has(parent) && !entries.has(parent))
      wrong.push({ zh: `${code}：上级 ${parent} 不在分类中。`, en: `${code}: its parent ${parent} is not in the tree.` });
  }
  if (entries.size === 0 && wrong.length === 0) wrong.push({ zh: '没有可导入的行。', en: 'There is no row to import.' });
  return { entries: [...entries.values()].sort((a, b) => (a.code < b.code ? -1 : 1)), wrong };
}

function faultOf(code: string, zh: string, en: string, entries: ReadonlyMap<string, Row>): Words | undefined {
  if (!isSpecialtyCode(code) || code.length === 1)
    return {
      zh: `代码“${code.slice(0, 20)}”不符合“字母加两位一级”的格式。`,
      en: `'${code.slice(0, 20)}' is not a letter and levels of two digits.`,
    };
  if (shippedSpecialties.some((entry) => entry.code === code))
    return { zh: `${code} 是内置条目，不能改名。`, en: `${code} is shipped and not renamed.` };
  if (entries.has(code)) return { zh: `${code} 重复。`, en: `${code} stands twice.` };
  if (zh === '' || zh.length > 100 || en.length > 200)
    return { zh: `${code} 的名称为空或过长。`, en: `The name of ${code} is empty or too long.` };
  return undefined;
}
