import type { SheetAnswer, SheetsAnswer } from '../../src/experts/sheet-answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '专家表格导入与导出', en: 'Tables of experts, in and out' },
  below: {
    zh: 'Excel（.xlsx）或 CSV（UTF-8、GB18030），每次至多 20000 行。',
    en: 'Excel (.xlsx) or CSV (UTF-8, GB 18030), 20 000 rows at a time at most.',
  },
  pool: { zh: '评标专家库', en: 'The pool of experts' },
  import: { zh: '导入', en: 'Take in' },
  file: { zh: '文件', en: 'File' },
  mode: { zh: '有问题的行', en: 'Rows that are wrong' },
  check: { zh: '只检查，什么都不保存', en: 'Check only, store nothing' },
  whole: { zh: '全部正确才导入，有一行不对就一行也不保存', en: 'All or nothing: one wrong row, and none is stored' },
  good: {
    zh: '先导入正确的行；改好原文件后整份再次导入，已入库的人员自动跳过',
    en: 'Store the right rows; mend your file and take it in again, whoever is in the pool is passed over',
  },
  submit: { zh: '上传', en: 'Upload' },
  known: {
    zh: '身份证号码相同（未填号码的，姓名与单位相同）的人员视为已在库：跳过，不改动。同一文件中同一人出现两次是错误。文件读后即删，日志只记文件摘要和行数。',
    en: 'Whoever has the same resident number (or, without one, the same name and employer) is in the pool already: passed over, not changed. The same person twice in one file is a fault. The file is removed once read; the journal holds its digest and the counts.',
  },
  template: { zh: '下载模板', en: 'Download the template' },
  columns: { zh: '各列说明', en: 'The columns' },
  column: { zh: '列', en: 'Column' },
  needed: { zh: '必填', en: 'required' },
  takes: { zh: '填写说明', en: 'What it takes' },
  export: { zh: '导出', en: 'Give out' },
  exportSays: {
    zh: '身份证号码、手机、银行账号、邮箱只以掩码导出。每次导出记入日志（条件与人数）。',
    en: 'Resident number, phone, bank account and e-mail are given out masked only. Each export is journalled (filters and number).',
  },
  line: { zh: '交易类别', en: 'Line' },
  specialty: { zh: '专业代码（含下级）', en: 'Specialty code, with what is below it' },
  region: { zh: '行政区划代码（可只写前几位）', en: 'Region code, or how it begins' },
  status: { zh: '状态', en: 'Status' },
  format: { zh: '格式', en: 'Format' },
  all: { zh: '全部', en: 'All' },
  done: { zh: '最近的导入', en: 'Taken in lately' },
  at: { zh: '时间', en: 'When' },
  rows: { zh: '行', en: 'Rows' },
  stored: { zh: '已入库', en: 'Stored' },
  passed: { zh: '已在库跳过', en: 'In the pool already' },
  wrong: { zh: '有误', en: 'Wrong' },
  none: { zh: '还没有导入过', en: 'Nothing was taken in yet' },
  result: { zh: '导入结果', en: 'What became of the table' },
  faults: { zh: '逐行问题', en: 'Faults, row by row' },
  faultsFile: { zh: '问题清单（CSV）', en: 'Faults (CSV)' },
  row: { zh: '行号', en: 'Row' },
  value: { zh: '内容', en: 'Value' },
  fault: { zh: '问题', en: 'What is wrong' },
  right: { zh: '每一行都正确', en: 'Every row is right' },
  preview: { zh: '预览（前十名，姓名掩码）', en: 'Preview (the first ten, names masked)' },
  previewNone: { zh: '没有可入库的行', en: 'No row to store' },
  person: { zh: '姓名', en: 'Name' },
  employer: { zh: '工作单位', en: 'Employer' },
  specialties: { zh: '专业', en: 'Specialties' },
  place: { zh: '行政区划', en: 'Region' },
  digest: { zh: '文件摘要', en: 'Digest of the file' },
  again: { zh: '再次上传', en: 'Upload again' },
} satisfies Texts;

const modes: Readonly<Record<string, Words>> = { check: say.check, whole: say.whole, good: say.good };

/** Where those who keep the pool take tables of experts in and out. */
export function sheetsPage(view: View, data: SheetsAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { back: { href: '/experts', label: view.t(say.pool) }, title: say.title, below: view.t(say.below) })}
${part.columns({
  main: html`${data.mayImport ? importCard(view) : nothing}${exportCard(view, data)}${data.mayImport ? doneCard(view, data) : nothing}`,
  right: columnsCard(view, data),
})}`,
  });
}

function importCard(view: View): Html {
  const choices = ['check', 'whole', 'good'].map((value) => ({ value, label: modes[value] ?? say.check }));
  return part.card(view, {
    title: say.import,
    beside: part.linkButton(view, { href: '/experts/sheets/template', label: say.template, icon: 'download', small: true }),
    body: part.form(view, {
      action: '/experts/sheets',
      multipart: true,
      submit: say.submit,
      icon: 'upload',
      note: say.known,
      fields: html`${part.field(view, { kind: 'file', name: 'sheet', label: say.file, required: true, accept: '.xlsx,.csv' })}
${part.field(view, { kind: 'radio', name: 'mode', label: say.mode, value: 'check', choices })}`,
    }),
  });
}

function exportCard(view: View, data: SheetsAnswer): Html {
  return part.card(view, {
    title: say.export,
    body: part.form(view, {
      action: '/experts/exports',
      submit: say.export,
      icon: 'download',
      tone: 'plain',
      note: say.exportSays,
      fields: html`${part.field(view, { kind: 'select', name: 'line', label: say.line, half: true, choices: data.lines, empty: say.all })}
${part.field(view, { kind: 'select', name: 'status', label: say.status, half: true, choices: data.statuses, empty: say.all })}
${part.field(view, { kind: 'text', name: 'specialty', label: say.specialty, half: true, maxlength: 7 })}
${part.field(view, { kind: 'text', name: 'region', label: say.region, half: true, maxlength: 6 })}
${part.field(view, {
  kind: 'radio',
  name: 'format',
  label: say.format,
  value: 'xlsx',
  choices: [
    { value: 'xlsx', label: { zh: 'Excel 工作簿（.xlsx）', en: 'Excel workbook (.xlsx)' } },
    { value: 'csv', label: { zh: 'CSV 文本（UTF-8）', en: 'CSV (UTF-8)' } },
  ],
})}`,
    }),
  });
}

function doneCard(view: View, data: SheetsAnswer): Html {
  return part.card(view, {
    title: say.done,
    flush: true,
    body: part.table(view, {
      caption: say.done,
      columns: [
        { label: say.file, cell: (row) => html`<a href="/experts/sheets/${row.sheet}">${row.name}</a>`, phone: 'head' },
        { label: say.at, cell: (row) => part.time(view, row.at) },
        { label: say.rows, cell: (row) => row.rows, numeric: true },
        { label: say.stored, cell: (row) => row.stored, numeric: true },
        { label: say.wrong, cell: (row) => row.wrong, numeric: true },
      ],
      rows: data.imports,
      empty: part.empty(view, { title: say.none, icon: 'users' }),
    }),
  });
}

function columnsCard(view: View, data: SheetsAnswer): Html {
  return part.card(view, {
    title: say.columns,
    flush: true,
    body: part.table(view, {
      caption: say.columns,
      columns: [
        {
          label: say.column,
          cell: (row) => html`${view.t(row.title)}${row.needed ? html` <span class="sub">${view.t(say.needed)}</span>` : nothing}`,
          phone: 'head',
        },
        { label: say.takes, cell: (row) => view.t(row.says) },
      ],
      rows: data.columns,
    }),
  });
}

/** One table: how many rows became what, each fault, and a look at the first people. */
export function sheetPage(view: View, data: SheetAnswer): Html {
  return layout(view, {
    title: `${view.t(say.result)} · ${data.name}`,
    main: html`${part.pageHead(view, { back: { href: '/experts/sheets', label: view.t(say.title) }, title: say.result, below: data.name, beside: outcome(view, data) })}
${part.columns({
  main: html`${faultsCard(view, data)}${previewCard(view, data)}`,
  right: part.card(view, {
    body: html`<div class="stack">${part.facts(view, [
      { label: say.mode, value: view.t(modes[data.mode] ?? say.check) },
      { label: say.at, value: part.time(view, data.at, 'full') },
      { label: say.rows, value: data.rows },
      { label: say.stored, value: data.stored },
      { label: say.passed, value: data.known },
      { label: say.wrong, value: data.wrong },
      { label: say.digest, value: part.hash(view, data.sha256) },
    ])}${part.linkButton(view, { href: '/experts/sheets', label: say.again, icon: 'upload' })}</div>`,
  }),
})}`,
  });
}

function outcome(view: View, data: SheetAnswer): Html {
  if (data.stored > 0) return part.pill(view, 'plain', { zh: '已入库 {n} 人', en: '{n} stored' }, { n: data.stored });
  if (data.mode === 'check' && data.wrong === 0) return part.pill(view, 'plain', { zh: '检查通过，未保存', en: 'Right, nothing stored' });
  return part.pill(view, 'refused', { zh: '未保存任何一行', en: 'No row was stored' });
}

function faultsCard(view: View, data: SheetAnswer): Html {
  return part.card(view, {
    title: say.faults,
    flush: true,
    ...(data.faults.length > 0
      ? {
          beside: part.linkButton(view, {
            href: `/experts/sheets/${data.sheet}/faults`,
            label: say.faultsFile,
            icon: 'download',
            small: true,
          }),
        }
      : {}),
    body: part.table(view, {
      caption: say.faults,
      columns: [
        { label: say.row, cell: (fault) => fault.row, numeric: true, phone: 'head' },
        { label: say.column, cell: (fault) => (fault.column ? view.t(fault.column) : '—') },
        { label: say.value, cell: (fault) => html`<code>${fault.value}</code>` },
        { label: say.fault, cell: (fault) => view.t(fault.says) },
      ],
      rows: data.faults.slice(0, 200),
      empty: part.empty(view, { title: say.right, icon: 'check' }),
      ...(data.faults.length > 200
        ? {
            foot: view.t(
              { zh: '这里显示前 200 条，全部 {n} 条见问题清单。', en: 'The first 200 of {n}; all are in the file.' },
              { n: data.faults.length },
            ),
          }
        : {}),
    }),
  });
}

const previewCard = (view: View, data: SheetAnswer): Html =>
  part.card(view, {
    title: say.preview,
    flush: true,
    body: part.table(view, {
      caption: say.preview,
      columns: [
        { label: say.row, cell: (row) => row.row, numeric: true },
        { label: say.person, cell: (row) => row.name, phone: 'head' },
        { label: say.employer, cell: (row) => row.employer },
        { label: say.specialties, cell: (row) => row.specialties.map((each) => view.t(each)).join('、') },
        { label: say.place, cell: (row) => row.region },
      ],
      rows: data.preview,
      empty: part.empty(view, { title: say.previewNone, icon: 'users' }),
    }),
  });
