import type { DraftAnswer } from '../../src/tenders/answers.ts';
import { each, type Html, html, when } from '../html.ts';
import { beijingInput, card, field, form, ground, hidden, notice, stack, timeText } from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { labels, readingOrderLabels, sheetWayLabels, subjects, units } from './labels.ts';
import { rowTable } from './rows.ts';
import { choicesOf, groundOf, stepForm } from './wizard-form.ts';
import { methodStep } from './wizard-method.ts';

const say = {
  nameHint: { zh: '公告和全部文书使用此名称。', en: 'The notice and every paper use this name.' },
  descriptionHint: {
    zh: '建设内容、规模、结构等，投标人据此判断能否投标。',
    en: 'Content, size, structure: by this a bidder judges whether to bid.',
  },
  scopeHint: { zh: '本标段包括哪些工作，如“施工图范围内的土建、安装工程”。', en: 'What this lot covers.' },
  estimateHint: { zh: '保证金上限按此计算。', en: 'The cap of the bid security is reckoned from it.' },
  ceilingHint: { zh: '不设最高限价的留空。超过限价的投标在评审中否决。', en: 'Leave empty for none. A bid above it is rejected.' },
  securityHint: { zh: '不收取的留空。', en: 'Leave empty for none.' },
  securityWayHint: {
    zh: '通过平台缴纳的，每个投标人每个标段有专用账号；开标前任何人不知道谁缴纳、有几家。',
    en: 'With the platform each bidder has an account number of its own for the lot; before the opening nobody learns who paid, or how many.',
  },
  securityElsewhere: { zh: '按招标文件载明的方式，不经过平台', en: 'As the documents say, outside the platform' },
  securityHere: { zh: '通过平台专用账号或电子保函', en: 'With the platform: own account number, or electronic guarantee' },
  now: {
    zh: '如果现在发布：招标文件最早提供到 {documents}，投标截止最早为 {deadline}。',
    en: 'If it were published now, documents are offered until {documents} and the deadline is {deadline} at the earliest.',
  },
  nowFilled: {
    zh: '如果现在发布：招标文件最早提供到 {documents}，投标截止最早为 {deadline}。已为您填入，可以改晚。',
    en: 'If it were published now, documents are offered until {documents} and the deadline is {deadline} at the earliest. Both are filled in; you may choose later ones.',
  },
  adopt: { zh: '改为最早的合法时间', en: 'Use the earliest legal times' },
  provisional: {
    zh: '期间跨入尚未公布放假安排的年份，工作日暂按周一至周五推算。',
    en: 'The period reaches a year whose holidays are not published yet; working days are reckoned as Monday to Friday.',
  },
  noRemedy: { zh: '不设补救方案', en: 'None' },
  noRemedySays: { zh: '不能解密的，依法视为撤销或撤回。', en: 'A bid that cannot be decrypted is revoked or withdrawn, as the law says.' },
  sealedCopy: { zh: '投标人自存密封副本', en: 'The bidder’s own sealed copy' },
  sealedCopySays: {
    zh: '平台存储的文件损坏（双层加密时或密钥丢失）的，投标人在时限内提交与截止前签名摘要一致的密封副本，照常开标。',
    en: 'Where the stored file is damaged (or, with an own layer, the key is lost) the bidder hands in the copy whose digest it signed before the deadline, and is opened as any other.',
  },
  remedyMinutes: { zh: '招标文件写明的时间；留空则按平台规则。', en: 'As the documents say; empty: the platform’s rule.' },
  later: {
    zh: '期间从公告发布之日的次日起算。晚一天发布，最早日期也晚一天；发布时会再核对一次。',
    en: 'Periods run from the day after publication. Publishing a day later moves them; they are checked again then.',
  },
  qualificationHint: {
    zh: '每行一条，只写与本标段相适应的必要条件；不得以不合理条件限制、排斥潜在投标人。',
    en: 'One a line. Only what this lot needs: unreasonable demands that shut bidders out are forbidden.',
  },
  qualificationGround: { zh: '《招标投标法》第18条、《实施条例》第32条', en: 'Tendering Law, art. 18; Regulation, art. 32' },
  consortiumYes: { zh: '接受', en: 'Accepted' },
  consortiumMembersHint: {
    zh: '接受联合体投标的填写；每一成员都要签名，任一成员不得再单独或者参加其他联合体投标',
    en: 'Where joint bids are accepted; every member signs, and none may bid alone or in another joint venture besides',
  },
  consortiumNo: { zh: '不接受', en: 'Not accepted' },
  itemsHint: {
    zh: '超过半数的评委判定不通过的，该投标被否决。清空名称即删除该行。',
    en: 'A bid failed by more than half of the reviewers is rejected. Clear a name to remove its row.',
  },
  itemName: { zh: '评审项', en: 'Item' },
  itemSays: { zh: '不通过的情形', en: 'What makes a bid fail' },
  formTitle: { zh: '投标文件须填写和提交的内容（由本类别规则确定）', en: 'What a bid states and attaches (set by the rules of this line)' },
  seatSpecialty: { zh: '专业', en: 'Specialty' },
  seatCount: { zh: '抽取人数', en: 'To be drawn' },
  seatReserve: { zh: '备选人数', en: 'Standing by' },
  seatsHint: {
    zh: '专家在开标后从专家库随机抽取，任何人可以复算。',
    en: 'Experts are drawn at random after the opening; anyone can recompute the draw.',
  },
} satisfies Texts;

/** The six steps, in order. */
export const wizardSteps: readonly { readonly title: Words; readonly body: (view: View, data: DraftAnswer) => Html }[] = [
  { title: { zh: '基本信息', en: 'Basics' }, body: basics },
  { title: { zh: '金额', en: 'Money' }, body: money },
  { title: { zh: '时间安排', en: 'Timetable' }, body: timetable },
  { title: { zh: '资格与评审', en: 'Qualification' }, body: qualification },
  { title: { zh: '评标办法', en: 'Method' }, body: methodStep },
  { title: { zh: '委员会与公示', en: 'Panel' }, body: panel },
];

function basics(view: View, data: DraftAnswer): Html {
  const { draft } = data;
  const fields = [
    field(view, {
      kind: 'text',
      name: 'name',
      label: labels.name,
      hint: say.nameHint,
      value: draft.name ?? null,
      maxlength: 200,
      required: true,
    }),
    field(view, {
      kind: 'select',
      name: 'subject',
      label: labels.subject,
      value: draft.subject ?? null,
      choices: choicesOf(subjects),
      required: true,
      half: true,
    }),
    field(view, { kind: 'text', name: 'place', label: labels.place, value: draft.place ?? null, maxlength: 200, half: true }),
    field(view, {
      kind: 'textarea',
      name: 'description',
      label: labels.description,
      hint: say.descriptionHint,
      value: draft.description ?? null,
      rows: 5,
      maxlength: 5000,
    }),
    field(view, {
      kind: 'textarea',
      name: 'scope',
      label: labels.scope,
      hint: say.scopeHint,
      value: draft.scope ?? null,
      rows: 3,
      maxlength: 2000,
    }),
    field(view, {
      kind: 'number',
      name: 'periodDays',
      label: labels.periodDays,
      value: draft.periodDays ?? null,
      min: 1,
      unit: units.days,
      half: true,
    }),
    field(view, { kind: 'text', name: 'quality', label: labels.quality, value: draft.quality ?? null, maxlength: 200, half: true }),
    field(view, {
      kind: 'text',
      name: 'contactPerson',
      label: labels.contactPerson,
      value: draft.contactPerson ?? null,
      maxlength: 50,
      half: true,
    }),
    field(view, {
      kind: 'text',
      name: 'contactPhone',
      label: labels.contactPhone,
      value: draft.contactPhone ?? null,
      maxlength: 40,
      half: true,
    }),
  ];
  return card(view, { body: stepForm(view, data, html`${fields}`) });
}

function money(view: View, data: DraftAnswer): Html {
  const { draft } = data;
  const fields = [
    field(view, {
      kind: 'money',
      name: 'estimate',
      label: labels.estimate,
      hint: say.estimateHint,
      value: draft.estimate ?? null,
      required: true,
      ...groundOf(data, 'estimate'),
    }),
    field(view, {
      kind: 'money',
      name: 'ceiling',
      label: labels.ceiling,
      hint: say.ceilingHint,
      value: draft.ceiling ?? null,
      ...groundOf(data, 'ceiling'),
    }),
    field(view, {
      kind: 'money',
      name: 'security',
      label: labels.security,
      hint: say.securityHint,
      value: draft.security ?? null,
      ...groundOf(data, 'security'),
    }),
    when(
      data.lodgingOffered,
      field(view, {
        kind: 'select',
        name: 'securityWay',
        label: labels.securityWay,
        hint: say.securityWayHint,
        value: draft.securityWay ?? '',
        empty: say.securityElsewhere,
        choices: [{ value: 'platform', label: say.securityHere }],
        ...groundOf(data, 'securityWay'),
      }),
    ),
  ];
  return card(view, {
    body: html`${data.mandatory ? notice(view, 'plain', data.mandatory) : null}${stepForm(view, data, html`${fields}`)}`,
  });
}

function timetable(view: View, data: DraftAnswer): Html {
  const { draft, suggested } = data;
  const said = {
    documents: timeText(view.lang, suggested.documentsUntil, 'minute', view.now),
    deadline: timeText(view.lang, suggested.deadline, 'minute', view.now),
  };
  const fields = [
    field(view, {
      kind: 'datetime',
      name: 'documentsUntil',
      label: labels.documentsUntil,
      value: beijingInput(draft.documentsUntil ?? suggested.documentsUntil),
      required: true,
      half: true,
      ...groundOf(data, 'documentsUntil'),
    }),
    field(view, {
      kind: 'datetime',
      name: 'deadline',
      label: labels.deadline,
      value: beijingInput(draft.deadline ?? suggested.deadline),
      required: true,
      half: true,
      ...groundOf(data, 'deadline'),
    }),
    field(view, {
      kind: 'number',
      name: 'bidValidityDays',
      label: labels.bidValidityDays,
      value: draft.bidValidityDays ?? null,
      min: 1,
      unit: units.days,
      required: true,
      half: true,
    }),
    field(view, {
      kind: 'radio',
      name: 'sealPolicy',
      label: labels.sealPolicy,
      value: draft.sealPolicy ?? data.seals[0]?.value ?? null,
      required: true,
      choices: data.seals.map(({ value, label, says }) => ({ value, label, hint: says })),
    }),
    field(view, {
      kind: 'radio',
      name: 'remedyPlan',
      label: labels.remedyPlan,
      value: draft.remedyPlan ?? 'none',
      required: true,
      choices: [
        { value: 'none', label: say.noRemedy, hint: say.noRemedySays },
        { value: 'sealed-copy', label: say.sealedCopy, hint: say.sealedCopySays },
      ],
    }),
    field(view, {
      kind: 'number',
      name: 'remedyMinutes',
      label: labels.remedyMinutes,
      hint: say.remedyMinutes,
      value: draft.remedyMinutes ?? null,
      min: 5,
      max: 240,
      unit: { zh: '分钟', en: 'minutes' },
      half: true,
    }),
    field(view, {
      kind: 'radio',
      name: 'readingOrder',
      label: labels.readingOrder,
      value: draft.readingOrder ?? 'received',
      required: true,
      choices: Object.entries(readingOrderLabels).map(([value, { label, says }]) => ({ value, label, hint: says })),
    }),
  ];
  const tooEarly = data.refusals.some((each) => each.step === data.step);
  const adopt = form(view, {
    action: `/lots/${data.lot.id}/draft`,
    submit: say.adopt,
    icon: 'calendar-event',
    tone: 'plain',
    quiet: true,
    fields: html`${hidden('step', '3')}${hidden('go', 'stay')}${hidden('documentsUntil', suggested.documentsUntil)}${hidden('deadline', suggested.deadline)}`,
  });
  const filledIn = draft.deadline === null || draft.deadline === undefined;
  return card(view, {
    body: stack(
      notice(view, tooEarly ? 'now' : 'plain', filledIn ? say.nowFilled : say.now, said),
      when(suggested.provisional, () => notice(view, 'plain', say.provisional)),
      when(tooEarly, adopt),
      stepForm(view, data, html`${fields}`),
      html`<p class="form-note">${view.t(say.later)}</p>`,
    ),
  });
}

function qualification(view: View, data: DraftAnswer): Html {
  const { draft } = data;
  const fields = html`${[
    field(view, {
      kind: 'textarea',
      name: 'qualification',
      label: labels.qualification,
      hint: say.qualificationHint,
      value: (draft.qualification ?? []).join('\n'),
      rows: 6,
      ground: { source: say.qualificationGround },
    }),
    field(view, {
      kind: 'select',
      name: 'consortium',
      label: labels.consortium,
      value: draft.consortium ? 'yes' : 'no',
      required: true,
      half: true,
      choices: [
        { value: 'no', label: say.consortiumNo },
        { value: 'yes', label: say.consortiumYes },
      ],
    }),
    field(view, {
      kind: 'number',
      name: 'consortiumMembers',
      label: labels.consortiumMembers,
      hint: say.consortiumMembersHint,
      value: draft.consortiumMembers ?? null,
      min: 2,
      max: 20,
      half: true,
    }),
  ]}${rowTable(view, {
    name: 'items',
    caption: labels.items,
    rows: draft.items ?? [],
    spare: 2,
    most: 40,
    columns: [
      { key: 'id', label: say.itemName, kind: 'hidden' },
      { key: 'name', label: say.itemName, kind: 'text', maxlength: 100, head: true },
      { key: 'says', label: say.itemSays, kind: 'long', maxlength: 500 },
    ],
  })}<p class="field-hint">${view.t(say.itemsHint)}</p>`;
  const asked = html`<ul class="plain">${each(data.bidForm, (f) => html`<li>${view.t(f.label)}${f.required ? '' : view.t({ zh: '（可选）', en: ' (optional)' })}</li>`)}</ul>`;
  return html`${card(view, { body: stepForm(view, data, fields) })}${card(view, { title: say.formTitle, body: asked })}`;
}

function panel(view: View, data: DraftAnswer): Html {
  const { draft } = data;
  const fields = html`${[
    field(view, {
      kind: 'number',
      name: 'panelSize',
      label: labels.panelSize,
      value: draft.panelSize ?? null,
      min: 1,
      unit: units.people,
      required: true,
      half: true,
      ...groundOf(data, 'panelSize'),
    }),
    field(view, {
      kind: 'number',
      name: 'panelExperts',
      label: labels.panelExperts,
      value: draft.panelExperts ?? null,
      min: 0,
      unit: units.people,
      required: true,
      half: true,
      ...groundOf(data, 'panelExperts'),
    }),
    data.publicity &&
      field(view, {
        kind: 'number',
        name: 'publicityDays',
        label: labels.publicityDays,
        value: draft.publicityDays ?? null,
        min: 0,
        unit: units.days,
        required: true,
        half: true,
        ...groundOf(data, 'publicityDays'),
      }),
    field(view, {
      kind: 'radio',
      name: 'sheets',
      label: labels.sheets,
      value: draft.sheets ?? 'open',
      required: true,
      choices: Object.entries(sheetWayLabels).map(([value, { label, says }]) => ({ value, label, hint: says })),
    }),
  ]}${rowTable(view, {
    name: 'seats',
    caption: labels.seats,
    rows: draft.seats ?? [],
    spare: 2,
    most: 20,
    columns: [
      {
        key: 'specialty',
        label: say.seatSpecialty,
        kind: 'select',
        choices: [{ value: '', label: { zh: '—', en: '—' } }, ...data.specialties],
        head: true,
      },
      { key: 'count', label: say.seatCount, kind: 'count' },
      { key: 'reserve', label: say.seatReserve, kind: 'count' },
    ],
  })}<p class="field-hint">${view.t(say.seatsHint)}</p><p class="field-ground">${each(data.grounds.seats ?? [], (rule) => html`${view.t(rule.says)} ${ground(view, rule)} `)}</p>`;
  return card(view, { body: stepForm(view, data, fields) });
}
