import type { Todo } from '../../src/kernel/todo.ts';
import { each, type Html, html, type Piece } from '../html.ts';
import { layout } from '../layout.ts';
import type { View, Words } from '../view.ts';
import { at, confirmations, sampleForm } from './gallery-forms.ts';
import { files, progresses, tables, timelines } from './gallery-lists.ts';
import * as part from './index.ts';

const say = {
  title: { zh: '界面部件', en: 'Parts' },
  below: {
    zh: '每个部件的每种状态。后来的页面只用这些部件，不另写样式。',
    en: 'Every part in every state. Later pages are made of these and never style by hand.',
  },
};

const digest = '7Q2fK1m0sXvB5yT8wLrZ4cNdHgJeAoPiUuVtRbQxMk0';

/** /parts: the whole library on one page, for those who build pages (sandbox only). */
export function galleryPage(view: View): Html {
  const refused: View = {
    ...view,
    problem: {
      name: 'period-too-short',
      title: { zh: '发售至截标的期间短于法定期限。', en: 'The bidding period is shorter than the law allows.' },
      says: {
        zh: '公告发布至投标截止为 18 日，至少应为 20 日。',
        en: 'There are 18 days from the notice to the deadline; at least 20 are required.',
      },
      rule: 'R-3.2',
      source: { zh: '招标投标法第二十四条', en: 'Bidding Law, art. 24' },
      fields: [
        { path: 'deadline', says: { zh: '最早可为 12 月 2 日 14:00。', en: 'The earliest possible time is 2 Dec, 14:00.' } },
        {
          path: 'deposit',
          says: {
            zh: '保证金不得超过估算价的 2%，即 396,000.00 元。',
            en: 'The deposit may not exceed 2 % of the estimate: 396,000.00 yuan.',
          },
        },
      ],
    },
    values: { deadline: '2026-11-30T14:00', deposit: '420000', name: '夷陵区黄柏河生态护岸工程施工' },
  };
  const sections: readonly [Words, Piece][] = [
    [{ zh: '页首、卡片、事实', en: 'Page head, card, facts' }, heads(view)],
    [{ zh: '进行到哪一步', en: 'Where it stands' }, stageBars(view)],
    [{ zh: '待办', en: 'To do' }, part.card(view, { flush: true, body: part.todoList(view, todos(view)) })],
    [{ zh: '时钟与时限', en: 'Clock and time limits' }, clocks(view)],
    [{ zh: '状态、密封、核验', en: 'Status, seal, verification' }, marks(view)],
    [{ zh: '金额', en: 'Money' }, amounts(view)],
    [{ zh: '表格（手机上成为卡片）', en: 'Table (cards on a phone)' }, tables(view)],
    [{ zh: '日志', en: 'Timeline' }, timelines(view)],
    [{ zh: '文件', en: 'Files' }, files(view)],
    [{ zh: '表单', en: 'Form' }, part.card(view, { body: sampleForm(view, 'plain') })],
    [{ zh: '被拒绝的表单', en: 'A refused form' }, part.card(view, { body: sampleForm(refused, 'refused') })],
    [{ zh: '不可撤销的操作', en: 'What cannot be undone' }, part.card(view, { body: confirmations(view) })],
    [{ zh: '进度', en: 'Progress' }, progresses(view)],
    [{ zh: '提示与空白', en: 'Asides and emptiness' }, asides(view)],
    [{ zh: '筛选、标签页、分页', en: 'Filter, tabs, pages' }, lists(view)],
    [{ zh: '唱标舞台', en: 'The stage of the hall' }, readings(view)],
    [{ zh: '公告正文', en: 'Notice body' }, part.card(view, { body: notice(view) })],
  ];
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
<div class="stack">${each(sections, ([name, body]) => html`<section class="stack"><h2>${view.t(name)}</h2>${body}</section>`)}</div>`,
  });
}

function heads(view: View): Html {
  return html`<div class="stack">${part.card(view, {
    title: { zh: '项目概况', en: 'The project' },
    beside: html`<a href="#main">${view.t({ zh: '全部', en: 'Everything' })}</a>`,
    body: part.facts(
      view,
      [
        { label: { zh: '招标人', en: 'Tenderee' }, value: '夷陵区水利局' },
        { label: { zh: '招标代理', en: 'Agent' }, value: '宜昌明衡招标代理' },
        { label: { zh: '最高限价', en: 'Ceiling price' }, value: part.money(view, { yuan: '19800000.00' }) },
        { label: { zh: '工期', en: 'Period' }, value: view.t({ zh: '240 日历天', en: '240 calendar days' }) },
      ],
      'wide',
    ),
    foot: part.linkButton(view, { href: '#main', label: { zh: '查看公告', en: 'Read the notice' }, icon: 'file-text' }),
  })}${part.card(view, {
    now: true,
    title: { zh: '正在进行', en: 'Happening now' },
    body: part.grid(
      part.stat(view, { label: { zh: '在场', en: 'Watching' }, value: '2,318' }),
      part.stat(view, { label: { zh: '已唱读', en: 'Read' }, value: '4 / 9' }),
      part.stat(view, {
        label: { zh: '最近检查点', en: 'Latest checkpoint' },
        value: '48 219',
        note: view.t({ zh: '2 家联署', en: '2 co-signed' }),
      }),
    ),
  })}</div>`;
}

function stageBars(view: View): Html {
  const label = (zh: string, en: string): Words => ({ zh, en });
  return html`${part.stages(view, [
    { label: label('登记', 'Registered'), state: 'done' },
    { label: label('公告', 'Notice'), state: 'done', note: view.t({ zh: '20 天', en: '20 days' }) },
    { label: label('投标', 'Bidding'), state: 'done' },
    { label: label('开标', 'Opening'), state: 'now', note: '#48 219' },
    { label: label('评标', 'Evaluation'), state: 'next' },
    { label: label('公示', 'Publicity'), state: 'next', note: view.t({ zh: '≥3 日', en: '≥3 days' }) },
    { label: label('中标', 'Award'), state: 'next' },
  ])}${part.stages(
    view,
    [
      { label: label('公告', 'Notice'), state: 'done' },
      { label: label('投标', 'Bidding'), state: 'stopped', note: view.t({ zh: '不足 3 家', en: 'fewer than 3' }) },
      { label: label('开标', 'Opening'), state: 'next' },
    ],
    { zh: '已中止的项目', en: 'A stopped tender' },
  )}`;
}

function todos(view: View): readonly Todo[] {
  const one = (hours: number | null, what: Words, about: string, why: Words, otherwise: Words, action: Words): Todo => ({
    due: hours === null ? null : at(view, hours),
    what,
    about,
    why,
    otherwise,
    href: '#main',
    action,
  });
  return [
    one(
      -2,
      { zh: '核对开标记录', en: 'Check the opening record' },
      '枝江市第二人民医院门诊楼',
      { zh: '招标文件第 5.3 条', en: 'Tender documents, 5.3' },
      { zh: '视为确认，不再受理异议。', en: 'It counts as confirmed; objections are no longer taken.' },
      { zh: '核对', en: 'Check' },
    ),
    one(
      8.3,
      { zh: '答复异议：招标文件第 3.2 条业绩要求', en: 'Answer the objection to clause 3.2 (past works)' },
      '夷陵区黄柏河生态护岸工程施工',
      { zh: '实施条例第二十二条', en: 'Regulations, art. 22' },
      { zh: '招标投标活动自动暂停。', en: 'The tender is suspended by itself.' },
      { zh: '答复', en: 'Answer' },
    ),
    one(
      49,
      { zh: '主持开标', en: 'Hold the opening' },
      '西陵区老旧小区改造（二标段）',
      { zh: '招标投标法第三十四条', en: 'Bidding Law, art. 34' },
      { zh: '委员会到时自行开启，由监管人员代为主持。', en: 'The council opens on time; the regulator presides instead.' },
      { zh: '进入大厅', en: 'Enter the hall' },
    ),
    one(
      null,
      { zh: '补充电话号码', en: 'Add a telephone number' },
      '宜昌明衡招标代理',
      { zh: '平台约定', en: 'Platform terms' },
      { zh: '紧急通知无法送达。', en: 'Urgent messages cannot reach you.' },
      { zh: '填写', en: 'Fill in' },
    ),
  ];
}

function clocks(view: View): Html {
  const deadline = { zh: '投标截止', en: 'Deadline' };
  return part.grid(
    part.card(view, {
      body: html`<div class="stack">${part.countdown(view, { until: at(view, 260), label: deadline, size: 'large' })}${part.countdown(view, { until: at(view, 0.6), label: deadline, size: 'large' })}</div>`,
    }),
    part.card(view, {
      body: html`<div class="stack">${part.clock(view)}${part.countdown(view, { until: at(view, -1), label: deadline })}${part.countdown(view, { until: at(view, 30), label: deadline })}</div>`,
    }),
    part.card(view, {
      title: { zh: '时限', en: 'Time limits' },
      body: html`${part.timeLimit(view, { label: { zh: '评标报告', en: 'Evaluation report' }, from: at(view, -18), until: at(view, 30), ground: { zh: '承诺 2 日', en: 'promised in 2 days' } })}
${part.timeLimit(view, { label: { zh: '异议答复', en: 'Answer to the objection' }, from: at(view, -62), until: at(view, 10), ground: { zh: '法定 3 日', en: '3 days by law' } })}
${part.timeLimit(view, { label: { zh: '退还保证金', en: 'Return of deposits' }, from: at(view, -140), until: at(view, -20), ground: { zh: '法定 5 日', en: '5 days by law' } })}
${part.timeLimit(view, { label: { zh: '订立合同', en: 'Contract' }, from: at(view, -100), until: at(view, 620), done: at(view, -28), ground: { zh: '法定 30 日', en: '30 days by law' } })}
${part.timeLimit(view, { kind: 'period', label: { zh: '公示', en: 'Publicity' }, from: at(view, -100), until: at(view, -28), ground: { zh: '法定 3 日', en: '3 days by law' } })}
${part.timeLimit(view, { label: { zh: '投诉处理', en: 'Complaint' }, from: at(view, -100), until: at(view, 60), paused: true, ground: { zh: '30 个工作日，检测期间不计', en: '30 working days, tests not counted' } })}`,
    }),
  );
}

function marks(view: View): Html {
  const states: readonly part.SealState[] = [
    'open',
    'sealed',
    'uploading',
    'uploaded',
    'submitted',
    'verified',
    'replaced',
    'withdrawn',
    'opened',
    'invalid',
  ];
  const row = (...pieces: readonly Piece[]): Html => html`<p>${pieces.map((p) => html`${p} `)}</p>`;
  return part.grid(
    part.card(view, {
      title: { zh: '状态', en: 'Status' },
      body: html`${row(
        part.pill(view, 'plain', { zh: '投标中', en: 'Bidding' }),
        part.pill(view, 'now', { zh: '唱标中 · 第 {n} 家', en: 'Reading · no. {n}' }, { n: 4 }),
        part.pill(view, 'wait', { zh: '待公示', en: 'To be published' }),
        part.pill(view, 'verified', { zh: '已核验', en: 'Verified' }),
        part.pill(view, 'refused', { zh: '流标', en: 'Failed' }),
      )}`,
    }),
    part.card(view, {
      title: { zh: '密封', en: 'Seal' },
      body: html`<div class="stack">${each(states, (state) => part.seal(view, state))}${part.seal(view, 'opened', { at: view.now })}</div>`,
    }),
    part.card(view, {
      title: { zh: '核验', en: 'Verification' },
      body: html`<div class="stack">${part.verifyMark(view, { verdict: 'verified', says: { zh: '抽取可复算', en: 'The draw can be recomputed' }, proof: '#main' })}${part.verifyMark(view, { verdict: 'checking' })}${part.verifyMark(view, { verdict: 'unchecked' })}${part.verifyMark(view, { verdict: 'refuted', says: { zh: '包内签名与证书不符', en: 'The signature does not fit the certificate' } })}
<div>${part.hash(view, digest)} ${part.journalNumber(view, 48219, '#main')}</div></div>`,
    }),
  );
}

function amounts(view: View): Html {
  return part.grid(
    part.card(view, { body: part.money(view, { yuan: '19800000.00' }) }),
    part.card(view, { body: part.money(view, { yuan: '18462700.00', capitals: true, size: 'large' }) }),
    part.card(view, { body: part.money(view, { yuan: '100500.05', capitals: true }) }),
  );
}

function asides(view: View): Html {
  return html`<div class="stack">${part.notice(view, 'plain', { zh: '投标人数量与名单在开标前对任何人保密。', en: 'Who bids, and how many, is secret for everyone until the opening.' })}${part.notice(view, 'now', { zh: '补遗将使截止时间顺延 4 天，新时间为 12 月 2 日 14:00。', en: 'The addendum moves the deadline by 4 days, to 2 Dec, 14:00.' })}${part.notice(view, 'refused', { zh: '投标人不足 3 家，本次不开标。', en: 'Fewer than three bids: there is no opening.' })}${part.card(
    view,
    {
      body: part.empty(view, {
        title: { zh: '还没有投标', en: 'No bid yet' },
        says: { zh: '下载招标文件即可开始，无须报名。', en: 'Download the documents to begin; no registration is asked.' },
        icon: 'package',
        action: { href: '#main', label: { zh: '查看正在招标的项目', en: 'See open tenders' } },
      }),
    },
  )}</div>`;
}

function lists(view: View): Html {
  return html`${part.tabs(
    view,
    [
      { label: { zh: '公告', en: 'Notice' }, href: '#main', current: true },
      { label: { zh: '文件', en: 'Documents' }, href: '#main', count: 3 },
      { label: { zh: '答疑', en: 'Questions' }, href: '#main', count: 12 },
    ],
    { zh: '项目内容', en: 'The tender' },
  )}${part.filterBar(view, {
    action: '/parts',
    clear: '/parts',
    fields: html`${part.field(view, { kind: 'search', name: 'q', label: { zh: '名称或编号', en: 'Name or number' } })}${part.field(view, { kind: 'select', name: 'stage', label: { zh: '阶段', en: 'Stage' }, choices: [{ value: 'bidding', label: { zh: '投标', en: 'Bidding' } }], empty: { zh: '全部', en: 'All' } })}`,
  })}`;
}

function readings(view: View): Html {
  const shared = { label: { zh: '正在唱读', en: 'Reading now' } };
  return html`<div class="stack">${part.reading(view, {
    ...shared,
    place: { zh: '第 4 家，共 9 家', en: 'no. 4 of 9' },
    name: '湖北清岚水利建设有限公司',
    yuan: '18462700.00',
    marks: html`${part.verifyMark(view, { verdict: 'verified', says: { zh: '签名有效', en: 'Signature valid' }, proof: '#main' })}${part.seal(view, 'opened', { at: view.now })}`,
    facts: [
      { label: { zh: '工期', en: 'Period' }, value: view.t({ zh: '240 日历天', en: '240 calendar days' }) },
      { label: { zh: '项目经理', en: 'Project manager' }, value: '陈晖' },
      { label: { zh: '最高限价', en: 'Ceiling price' }, value: part.money(view, { yuan: '19800000.00' }), note: '-6.75 %' },
    ],
  })}${part.reading(view, { ...shared, name: '当阳长坂市政建设有限公司', yuan: null, invalid: { zh: '包内签名与证书不符，记为无效', en: 'Signature and certificate differ: recorded as invalid' } })}${part.interlude(view, { label: { zh: '共同解密', en: 'Opening together' }, says: { zh: '等待第 2 位托管人', en: 'Waiting for the second trustee' }, body: part.progress(view, { label: { zh: '托管人', en: 'Trustees' }, value: 1, max: 2, unit: 'steps' }) })}</div>`;
}

function notice(view: View): Html {
  return part.prose(view, [
    {
      heading: { zh: '一、招标条件', en: '1. Grounds' },
      text: {
        zh: '本招标项目已由宜昌市夷陵区发展和改革局批准建设，资金来自财政投资，招标人为夷陵区水利局。项目已具备招标条件，现对该项目的施工进行公开招标。',
        en: 'The project is approved and funded by the district budget. The tenderee is the Water Bureau of Yiling District. It is open to everyone who meets the requirements.',
      },
    },
    {
      heading: { zh: '二、投标人资格', en: '2. Who may bid' },
      text: {
        zh: '具备水利水电工程施工总承包三级及以上资质。\n本次招标不接受联合体投标。',
        en: 'General contractors for water works, class 3 or above.\nNo consortia.',
      },
    },
  ]);
}
