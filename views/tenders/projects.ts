import type { NewProjectAnswer, ProjectAnswer, ProjectPageAnswer, ProjectsAnswer } from '../../src/tenders/answers.ts';
import { each, type Html, html, when } from '../html.ts';
import { layout } from '../layout.ts';
import {
  card,
  columns,
  empty,
  facts,
  field,
  form,
  ground,
  linkButton,
  money,
  notice,
  pageHead,
  pill,
  table,
  time,
} from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { phaseTone } from './phase.ts';
import { tradeCodeFacts } from './trade-code.ts';

const say = {
  title: { zh: '我的项目', en: 'My projects' },
  below: {
    zh: '先登记项目，再分标段编制招标文件、发布公告。',
    en: 'Register a project first; then prepare its lots and publish their notices.',
  },
  new: { zh: '登记项目', en: 'Register a project' },
  none: { zh: '还没有项目', en: 'No projects yet' },
  noneSays: {
    zh: '登记项目只需批准文号、资金来源、估算价和地区。',
    en: 'All it needs is the approval number, the funds, the estimate and the region.',
  },
  lots: { zh: '标段', en: 'Lots' },
  sessions: { zh: '合并开标场次', en: 'Open lots together' },
  lot: { zh: '标段', en: 'Lot' },
  phase: { zh: '阶段', en: 'Phase' },
  deadline: { zh: '投标截止', en: 'Deadline' },
  noLots: { zh: '还没有标段', en: 'No lots yet' },
  noLotsSays: { zh: '一个项目可以分成几个标段，每个标段单独招标。', en: 'A project may have several lots; each is tendered by itself.' },
  addLot: { zh: '新增标段', en: 'Add a lot' },
  lotName: { zh: '标段名称', en: 'Name of the lot' },
  open: { zh: '打开项目', en: 'Open the project' },
  continue: { zh: '继续编制', en: 'Go on' },
  look: { zh: '查看', en: 'Look' },
  act: { zh: '操作', en: 'Action' },
  number: { zh: '项目编号', en: 'Project number' },
  approval: { zh: '批准文号', en: 'Approval number' },
  approvedBy: { zh: '批准（核准、备案）机关', en: 'Approving body' },
  funds: { zh: '资金来源', en: 'Source of funds' },
  estimate: { zh: '估算价', en: 'Estimate' },
  region: { zh: '项目所在地', en: 'Region' },
  tenderee: { zh: '招标人', en: 'Tenderee' },
  agent: { zh: '招标代理机构', en: 'Agent' },
  selfHosted: { zh: '自行招标', en: 'none; the tenderee tenders itself' },
  line: { zh: '交易类别', en: 'Line of trade' },
  procedure: { zh: '采购（招标）方式', en: 'Procedure' },
  usual: { zh: '公开招标', en: 'Open tender' },
  category: { zh: '采购品目编码', en: 'Category' },
  categoryHint: {
    zh: '政府采购填写，如 A02010108（便携式计算机）。',
    en: 'For government procurement: the code of the catalogue, like A02010108.',
  },
  methodApproval: { zh: '采购方式批准文号', en: 'Approval of the procedure' },
  methodApprovalHint: {
    zh: '达到公开招标数额标准而采用其他方式的，或者本年度同一品目累计超过标准的，须填写。',
    en: 'From the threshold of open tendering on, also together with what was bought of the category this year.',
  },
  intention: { zh: '采购意向公开日期', en: 'Intention published on' },
  intentionHint: {
    zh: '政府采购填写；公告不得早于公开后三十日。',
    en: 'For government procurement; the notice follows thirty days later at the earliest.',
  },
  waived: { zh: '不公开采购意向的理由', en: 'Why no intention was published' },
  waivedHint: {
    zh: '因不可预见的原因急需开展采购的，填写理由，随公告公开。',
    en: 'Only for what was unforeseeably urgent; it becomes public with the notice.',
  },
  procedureHint: {
    zh: '其他方式仅限所列交易类别，并须符合法定情形。',
    en: 'Another way only in the line named, and where the law allows it.',
  },
  name: { zh: '项目名称', en: 'Name of the project' },
  nameHint: { zh: '与批准文件一致，如“宜昌市第三中学教学楼工程”。', en: 'As in the approval document.' },
  approvalHint: { zh: '如“宜发改审批〔2026〕118号”。', en: 'As printed on the approval document.' },
  approvalGround: { zh: '未经批准、核准或备案的项目不能招标。', en: 'A project that was not approved cannot be tendered.' },
  fundsHint: { zh: '如“市级财政资金 60%，企业自筹 40%”。', en: 'For example: municipal budget 60 %, own funds 40 %.' },
  fundsGround: {
    zh: '资金或其来源应已落实，并在公告中如实载明。',
    en: 'The funds or their source must be settled, and the notice says so.',
  },
  estimateHint: {
    zh: '整个项目批准的估算价；各标段的估算价在标段里填写。',
    en: 'For the whole project, as approved; each lot states its own.',
  },
  tendereeCode: { zh: '招标人统一社会信用代码', en: 'Tenderee: unified social credit code' },
  tendereeHint: { zh: '18 位。招标人须已在本平台登记。', en: '18 characters. The tenderee must be registered here.' },
  agentCode: { zh: '招标代理机构统一社会信用代码', en: 'Agent: unified social credit code' },
  agentHint: { zh: '自行招标的，不填。', en: 'Leave empty to tender yourself.' },
  law9: { zh: '《招标投标法》第9条', en: 'Tendering and Bidding Law, art. 9' },
  law12: { zh: '《招标投标法》第12条', en: 'Tendering and Bidding Law, art. 12' },
  register: { zh: '登记项目', en: 'Register' },
  registerNote: {
    zh: '登记后即可新增标段。登记内容写入存证日志，公告发布前公众看不到。',
    en: 'Lots can be added right after. The registration is journalled; the public sees it only once a notice is out.',
  },
  must: { zh: '哪些项目必须招标？', en: 'Which projects must be tendered?' },
  findCode: { zh: '不知道招标人的代码？', en: 'The tenderee’s code?' },
  findCodeSays: {
    zh: '在主体名录中按名称查找；没有登记的，请招标人先登记。',
    en: 'Find it by name in the register; one that is not there registers first.',
  },
  find: { zh: '查主体名录', en: 'Register of organisations' },
  back: { zh: '我的项目', en: 'My projects' },
  facts: { zh: '项目信息', en: 'The project' },
  next: { zh: '下一步', en: 'What comes next' },
  nextNone: {
    zh: '新增一个标段，按六步填写，随时保存，下次接着填。',
    en: 'Add a lot and fill in its six steps; it can be saved and resumed at any time.',
  },
} satisfies Texts;

/** The projects of an agent or a tenderee, with their lots. */
export function projectsPage(view: View, { projects }: ProjectsAnswer): Html {
  const register = linkButton(view, { href: '/projects/new', label: say.new, icon: 'plus', tone: 'primary' });
  const none = card(view, {
    body: empty(view, { title: say.none, says: say.noneSays, icon: 'building', action: { href: '/projects/new', label: say.new } }),
  });
  return layout(view, {
    title: view.t(say.title),
    main: html`${pageHead(view, { title: say.title, below: view.t(say.below), actions: register })}
<div class="stack">${projects.length === 0 ? none : each(projects, (project) => projectCard(view, project))}</div>`,
  });
}

function projectCard(view: View, project: ProjectsAnswer['projects'][number]): Html {
  return card(view, {
    title: project.name,
    beside: html`<span class="sub">${project.number}</span> ${linkButton(view, { href: `/projects/${project.id}`, label: say.open, small: true })}`,
    flush: true,
    body: lotTable(view, project.lots, true),
  });
}

function lotTable(view: View, lots: ProjectPageAnswer['lots'], mayDraft: boolean): Html {
  return table(view, {
    caption: say.lots,
    rows: lots,
    empty: empty(view, { title: say.noLots, says: say.noLotsSays, icon: 'files' }),
    columns: [
      {
        label: say.lot,
        phone: 'head',
        cell: (lot) => html`<a href="${lotHref(lot, mayDraft)}">${lot.name}</a><br><span class="sub">${lot.number}</span>`,
      },
      { label: say.phase, cell: (lot) => pill(view, phaseTone(lot.phase), lot.phaseTitle) },
      { label: say.deadline, cell: (lot) => (lot.deadline === null ? '—' : time(view, lot.deadline)) },
      {
        label: say.act,
        cell: (lot) =>
          linkButton(view, { href: lotHref(lot, mayDraft), label: isDraft(lot) && mayDraft ? say.continue : say.look, small: true }),
      },
    ],
  });
}

const isDraft = (lot: ProjectPageAnswer['lots'][number]): boolean => lot.publishedAt === null;
const lotHref = (lot: ProjectPageAnswer['lots'][number], mayDraft: boolean): string =>
  isDraft(lot) && mayDraft ? `/lots/${lot.id}/draft` : `/lots/${lot.id}`;

/** One project: what was registered, its lots, and the form for another lot. */
export function projectPage(view: View, { project, lots, mayDraft }: ProjectPageAnswer): Html {
  const add = form(view, {
    action: `/projects/${project.id}/lots`,
    submit: say.addLot,
    icon: 'plus',
    tone: lots.length === 0 ? 'primary' : 'plain',
    fields: field(view, {
      kind: 'text',
      name: 'name',
      label: say.lotName,
      required: true,
      maxlength: 200,
      value: lots.length === 0 ? project.name : '',
    }),
  });
  return layout(view, {
    title: project.name,
    main: html`${pageHead(view, {
      title: project.name,
      above: html`${project.number} · ${view.t(project.lineName)} · ${view.t(project.procedureName)} · ${view.t(project.regionName)}`,
      back: { href: '/projects', label: say.back },
    })}
${columns({
  main: html`${when(lots.length === 0, () => notice(view, 'now', say.nextNone))}${card(view, { title: say.lots, flush: true, body: lotTable(view, lots, mayDraft), ...(mayDraft && lots.filter(({ phase }) => phase === 'bidding').length > 1 ? { beside: html`<a href="/projects/${project.id}/sessions">${view.t(say.sessions)}</a>` } : {}) })}${when(mayDraft, () => card(view, { title: say.addLot, body: add }))}`,
  right: card(view, { title: say.facts, body: projectFacts(view, project) }),
})}`,
  });
}

/** What was registered of a project. */
export function projectFacts(view: View, project: ProjectAnswer): Html {
  return facts(view, [
    { label: say.number, value: project.number },
    ...tradeCodeFacts(view, project.tradeCode),
    { label: say.line, value: view.t(project.lineName) },
    { label: say.procedure, value: view.t(project.procedureName) },
    ...[
      { label: say.category, value: project.category },
      { label: say.methodApproval, value: project.methodApproval },
      { label: say.intention, value: project.intentionOn },
      { label: say.waived, value: project.intentionWaived },
    ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }])),
    { label: say.region, value: html`${view.t(project.regionName)}`, note: project.region },
    { label: say.tenderee, value: project.tenderee.name, note: project.tenderee.code },
    { label: say.agent, value: project.agent?.name ?? view.t(say.selfHosted), note: project.agent?.code },
    { label: say.approval, value: project.approvalNumber, note: project.approvedBy },
    { label: say.funds, value: project.funds },
    { label: say.estimate, value: money(view, { yuan: project.estimate }) },
  ]);
}

/** The form that registers a project. */
export function newProjectPage(view: View, data: NewProjectAnswer): Html {
  return layout(view, {
    title: view.t(say.new),
    main: html`${pageHead(view, { title: say.new, back: { href: '/projects', label: say.back } })}
${columns({
  main: card(view, {
    body: form(view, {
      action: '/projects',
      submit: say.register,
      icon: 'check',
      note: say.registerNote,
      cancel: { href: '/projects', label: say.back },
      fields: newProjectFields(view, data),
    }),
  }),
  right: html`${data.as === 'agent' ? card(view, { title: say.findCode, body: html`<p>${view.t(say.findCodeSays)}</p>${linkButton(view, { href: '/organisations?kind=tenderee', label: say.find, icon: 'search', small: true })}` }) : null}${card(
    view,
    {
      title: say.must,
      body: html`<ul class="plain">${each(data.thresholds, (each) => html`<li>${view.t(each.says)}<br>${ground(view, each)}</li>`)}</ul>`,
    },
  )}`,
})}`,
  });
}

function newProjectFields(view: View, data: NewProjectAnswer): Html {
  const onlyLine = data.lines.length === 1 ? data.lines[0]?.value : null;
  return html`${[
    field(view, { kind: 'text', name: 'name', label: say.name, hint: say.nameHint, required: true, maxlength: 200 }),
    field(view, {
      kind: 'select',
      name: 'line',
      label: say.line,
      choices: data.lines,
      required: true,
      half: true,
      value: onlyLine ?? null,
    }),
    field(view, {
      kind: 'select',
      name: 'procedure',
      label: say.procedure,
      hint: say.procedureHint,
      choices: data.procedures,
      half: true,
      value: '',
      empty: say.usual,
    }),
    field(view, {
      kind: 'select',
      name: 'region',
      label: say.region,
      choices: data.regions,
      required: true,
      value: '',
      empty: { zh: '请选择', en: 'Please choose' },
    }),
    field(view, {
      kind: 'text',
      name: 'approvalNumber',
      label: say.approval,
      hint: say.approvalHint,
      ground: { says: say.approvalGround, source: say.law9 },
      required: true,
      maxlength: 100,
      half: true,
    }),
    field(view, { kind: 'text', name: 'approvedBy', label: say.approvedBy, required: true, maxlength: 200, half: true }),
    field(view, {
      kind: 'text',
      name: 'funds',
      label: say.funds,
      hint: say.fundsHint,
      ground: { says: say.fundsGround, source: say.law9 },
      required: true,
      maxlength: 200,
    }),
    field(view, { kind: 'text', name: 'category', label: say.category, hint: say.categoryHint, maxlength: 20, half: true }),
    field(view, {
      kind: 'text',
      name: 'methodApproval',
      label: say.methodApproval,
      hint: say.methodApprovalHint,
      maxlength: 100,
      half: true,
    }),
    field(view, {
      kind: 'date',
      name: 'intentionOn',
      label: say.intention,
      hint: say.intentionHint,
      max: view.now.slice(0, 10),
      half: true,
    }),
    field(view, { kind: 'text', name: 'intentionWaived', label: say.waived, hint: say.waivedHint, maxlength: 500, half: true }),
    field(view, { kind: 'money', name: 'estimate', label: say.estimate, hint: say.estimateHint, required: true, capitals: true }),
    data.as === 'agent'
      ? field(view, {
          kind: 'text',
          name: 'tenderee',
          label: say.tendereeCode,
          hint: say.tendereeHint,
          ground: { source: say.law12 },
          required: true,
          maxlength: 18,
        })
      : field(view, {
          kind: 'text',
          name: 'agent',
          label: say.agentCode,
          hint: say.agentHint,
          ground: { source: say.law12 },
          maxlength: 18,
        }),
  ]}`;
}
