import type { SpecialtiesAnswer } from '../../src/experts/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '评标专家专业分类', en: 'The classification of experts' },
  tree: { zh: '专业', en: 'Specialties' },
  name: { zh: '名称', en: 'Name' },
  code: { zh: '代码', en: 'Code' },
  experts: { zh: '可抽取人数', en: 'Experts' },
  from: { zh: '来源', en: 'From' },
  shipped: { zh: '内置', en: 'shipped' },
  imported: { zh: '导入', en: 'imported' },
  none: { zh: '没有条目', en: 'No entries' },
  add: { zh: '导入下级专业', en: 'Import deeper levels' },
  rows: { zh: '代码,名称（每行一条）', en: 'code,name (one a line)' },
  rowsHint: {
    zh: '例如 A0801,房屋建筑。英文名可作第三列。全部正确才导入；内置条目不改名。',
    en: 'For example the code A0801 and its name, with a comma between; an English name may follow. All rows are right or none is taken; shipped entries keep their names.',
  },
  version: { zh: '版本', en: 'Version' },
  submit: { zh: '导入', en: 'Import' },
  counted: { zh: '上级的人数含下级。', en: 'The experts of an entry include those below it.' },
} satisfies Texts;

/** The tree of specialties, shipped and imported; the administrator adds to it here. */
export function specialtiesPage(view: View, data: SpecialtiesAnswer): Html {
  const list = part.card(view, {
    title: say.tree,
    flush: true,
    body: part.table(view, {
      caption: say.tree,
      columns: [
        {
          label: say.name,
          phone: 'head',
          cell: (row) => html`<span class="level-${row.code.length === 1 ? 0 : (row.code.length - 1) / 2}">${view.t(row.title)}</span>`,
        },
        { label: say.code, cell: (row) => html`<code>${row.code}</code>` },
        {
          label: say.from,
          cell: (row) => html`${view.t(row.certainty === null ? say.imported : say.shipped)} ${row.version}${sure(view, row.certainty)}`,
        },
        { label: say.experts, cell: (row) => view.t(row.size), numeric: true, phone: 'figure' },
      ],
      rows: data.entries,
      empty: part.empty(view, { title: say.none, icon: 'users' }),
    }),
  });
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, below: `${view.t(data.source)} · ${view.t(say.counted)}` })}
${data.mayImport ? part.columns({ main: list, right: importCard(view, data) }) : list}`,
  });
}

const sure = (view: View, certainty: Words | null): Html | typeof nothing =>
  certainty === null ? nothing : html`<br><span class="sub">${view.t(certainty)}</span>`;

const importCard = (view: View, data: SpecialtiesAnswer): Html =>
  part.card(view, {
    title: say.add,
    id: 'import',
    body: part.form(view, {
      action: '/experts/specialties',
      submit: say.submit,
      icon: 'plus',
      fields: html`${part.field(view, { kind: 'textarea', name: 'rows', label: say.rows, hint: say.rowsHint, required: true })}
${part.field(view, { kind: 'text', name: 'version', label: say.version, required: true, value: data.version })}`,
    }),
  });
