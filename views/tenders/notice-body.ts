import type { ProjectAnswer, ShownTerms } from '../../src/tenders/answers.ts';
import type { LotTerms } from '../../src/tenders/lot.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import { colon, type Fact, facts, money, prose, table, time } from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';
import { blindPictureLabels, brandTieLabels, kinds, kindsMean, labels, partLabels, readingOrderLabels, subjects, units } from './labels.ts';
import { findingsBody, findingsTitle } from './method-findings.ts';

const say = {
  conditions: { zh: '一、招标条件', en: '1. Ground of this tender' },
  conditionsText: {
    zh: '{project}已由{body}以{approval}批准，招标人为{tenderee}，资金来源为{funds}。项目已具备招标条件，现公开招标。',
    en: '{project} was approved by {body} under {approval}. The tenderee is {tenderee}; funds: {funds}. The conditions are met and it is tendered openly.',
  },
  scope: { zh: '二、概况与招标范围', en: '2. Project and scope' },
  who: { zh: '三、投标人资格要求', en: '3. Who may bid' },
  consortiumYes: { zh: '接受联合体投标，须提交共同投标协议。', en: 'Consortia are accepted with their agreement.' },
  consortiumUpTo: {
    zh: '接受不超过 {max} 家的联合体投标：须提交共同投标协议，全体成员签名；任一成员不得再单独或者参加其他联合体投标。',
    en: 'Joint bids of at most {max} members are accepted, with their agreement and signed by all of them; none of them may bid alone or in another joint venture besides.',
  },
  consortiumNo: { zh: '不接受联合体投标。', en: 'Consortia are not accepted.' },
  documents: { zh: '四、招标文件的获取', en: '4. Tender documents' },
  documentsText: {
    zh: '在本页面免费获取。获取单位的名单和数量依法保密，平台、招标人、代理机构在开标前均不可见。',
    en: 'Free of charge on this page. Who and how many collect them is secret by law: platform, tenderee and agent cannot see it before the opening.',
  },
  bids: { zh: '五、投标文件的递交与开标', en: '5. Submission and opening' },
  bidsText: {
    zh: '投标文件在投标人浏览器内加密、签名后上传；截止前任何人（含平台）不能打开，截止时由开标委员会的托管人共同解密，公开唱标。有效投标少于{n}家的，不予开标。',
    en: 'Bids are signed and sealed in the bidder’s browser. Nobody, the platform included, can open them early; at the deadline the trustees of the council open them together, in public. With fewer than {n} bids nothing is opened.',
  },
  grace: {
    zh: '截止前递交已签名的投标声明即为按时；文件可在截止后 {minutes} 分钟内传完，每 {bytesPerMinute} 字节另加一分钟，最长 {mostMinutes} 分钟。',
    en: 'A signed statement before the deadline is in time; the bytes may follow within {minutes} minutes of it, and a minute more for each {bytesPerMinute} bytes, {mostMinutes} at most.',
  },
  outage: {
    zh: '投标截止前 {windowMinutes} 分钟内，经 {quorum} 家以上机构的独立探测方签名证实收件各累计中断 {downMinutes} 分钟以上的，投标截止时间自动顺延 {moveHours} 小时，最多 {mostMoves} 次，对所有投标人适用。探测方：{probes}。',
    en: 'When independent probes of at least {quorum} institutions have signed that the intake was down for {downMinutes} minutes or more within {windowMinutes} minutes before the deadline, it moves by {moveHours} hours by itself, at most {mostMoves} times, for all bidders. Probes: {probes}.',
  },
  envelopes: {
    zh: '投标文件分 {n} 个信封，依次开启：{list}。后一信封在前一信封评审结果签署以后开标；未通过者的其余信封不开启，原样退回。',
    en: 'A bid has {n} envelopes, opened in turn: {list}. Each later one after the signed result of the one before; those of bidders who fail are never opened and come back as they are.',
  },
  method: { zh: '六、评标办法', en: '6. How bids are evaluated' },
  drawn: { zh: '开标现场公开抽取：{name}，备选值 {choices}。', en: 'Drawn in the opening session: {name}, from {choices}.' },
  price: { zh: '报价分', en: 'Price' },
  total: { zh: '合计', en: 'Total' },
  form: { zh: '投标文件须载明', en: 'A bid states' },
  panel: { zh: '七、评标委员会与公示', en: '7. Panel and publicity' },
  sheets: {
    zh: '评审表密封递交：每名成员签名后密封给开标委员会，全部递交后共同开启，开启前任何人（包括平台）都不能读到。成员应在本信封评审开始（或其就任）后{hours}小时内递交，逾期未递交或递交无效的予以更换，其评审无效。',
    en: 'Score sheets are sealed: each member signs its own and seals it to the opening council; once all are in they are opened together, and before that nobody, the platform included, can read any. A member has {hours} hours from the start of the evaluation of this envelope (or from taking its seat); whoever hands in nothing, or something void, is replaced, and what it judged is void.',
  },
  panelText: {
    zh: '评标委员会 {size} 人，其中专家 {experts} 人，开标后从专家库随机抽取，抽取过程任何人可复算。',
    en: 'A panel of {size}, {experts} of them experts drawn at random after the opening; anyone can recompute the draw.',
  },
  publicity: { zh: '中标候选人公示不少于 {days} 日。', en: ' The candidates are public for at least {days} days.' },
  noPublicity: { zh: '招标人确定结果后公告。', en: ' The result is published once the tenderee has determined it.' },
  contact: { zh: '八、联系方式', en: '8. Contact' },
  none: { zh: '不设', en: 'none' },
  lodgedFromBasic: {
    zh: '通过平台：从投标人基本账户转入本单位本标段专用账号，或者提交电子保函；以截标前到账（提交）为准',
    en: 'with the platform: from the bidder’s basic account to its own number for this lot, or an electronic guarantee; credited or lodged before the deadline',
  },
  lodgedFromOwn: {
    zh: '通过平台：从本单位账户转入本单位本标段专用账号，或者提交电子保函；以截标前到账（提交）为准',
    en: 'with the platform: from an account in the bidder’s name to its own number for this lot, or an electronic guarantee; credited or lodged before the deadline',
  },
  noSecurity: { zh: '不收取', en: 'none is asked' },
  item: { zh: '评审项', en: 'Item' },
  standard: { zh: '不通过的情形', en: 'What makes a bid fail' },
  criterion: { zh: '评分项', en: 'Criterion' },
  says: { zh: '评分要点', en: 'What is looked at' },
  kind: { zh: '性质', en: 'Kind' },
  points: { zh: '分值', en: 'Points' },
  benchmark: { zh: '评标基准价', en: 'Benchmark' },
  deviation: {
    zh: '每高1%扣{above}分，每低1%扣{below}分，最低{floor}分',
    en: '{above} points off for each 1 % above, {below} for each 1 % below, at least {floor}',
  },
  ratioRule: { zh: '最低有效报价得满分，其余按比例', en: 'the lowest valid price takes full points, the others in proportion' },
  blind: {
    zh: '{documents}采用暗标评审：评标委员会以开标委员会共同抽定的编号评审“{criteria}”，全部成员评完后揭晓投标人，此后不再改动。',
    en: '{documents}: reviewed blind. The panel judges “{criteria}” under numbers that the opening council draws; bidders are named when every member has finished, and nothing is changed then.',
  },
  blindPlain: {
    zh: 'A4 纸幅，黑色文字，除页码外不设页眉页脚；不得出现投标人名称、人员、电话、印章、标志等能够识别投标人的内容，也不得在文件属性中留下',
    en: 'A4, black text, no headers or footers but page numbers; no name, person, telephone number, seal, logo or anything else that tells the bidder, nor in the properties of the file',
  },
  blindPages: { zh: '每个文件不超过 {n} 页', en: 'no file of more than {n} pages' },
  blindMark: {
    zh: '投标人可在投标页密封前检查并清除文件属性；出现识别标记的，由评标委员会按“暗标格式”一项表决。',
    en: 'Bidders can check their files, and strip their properties, before they seal; on a mark that tells, the panel votes under “No telling marks”.',
  },
  agreement: {
    zh: '淘汰比例不低于 {share}，且至少淘汰一家；框架协议有效期自入围结果公告起 {months} 个月；第二阶段以“{way}”方式授予合同，成交价格不高于协议价格。',
    en: 'At least {share} of the suppliers, and one in any case, are eliminated; the agreement lasts {months} months from the result; contracts are awarded by “{way}”, never above its price.',
  },
  agreementMost: {
    zh: '淘汰比例不低于 {share}，且至少淘汰一家，入围不超过 {most} 家；框架协议有效期自入围结果公告起 {months} 个月；第二阶段以“{way}”方式授予合同，成交价格不高于协议价格。',
    en: 'At least {share} of the suppliers, and one in any case, are eliminated, and {most} enter at most; the agreement lasts {months} months from the result; contracts are awarded by “{way}”, never above its price.',
  },
  lowestRule: {
    zh: '评审合格的投标按经评审的投标价由低到高排序，能够满足实质性要求且不低于成本的最低价中标',
    en: 'bids that pass are ranked by their evaluated price, lowest first, never below cost',
  },
} satisfies Texts;

const at = (text: string): Instant => text as Instant;

/** The notice as everyone reads it: made from the terms alone, before publication as a preview, afterwards for good. */
export function noticeBody(view: View, terms: ShownTerms, project: ProjectAnswer, deadline: string = terms.deadline): Html {
  return prose(view, [
    {
      heading: say.conditions,
      body: html`<p>${view.t(say.conditionsText, { project: project.name, body: project.approvedBy, approval: project.approvalNumber, tenderee: project.tenderee.name, funds: project.funds })}</p>`,
    },
    {
      heading: say.scope,
      body: html`${paragraphs(terms.description)}${paragraphs(terms.scope)}${facts(view, scopeFacts(view, terms), 'wide')}`,
    },
    {
      heading: say.who,
      body: html`<ol>${each(terms.qualification, (line) => html`<li>${line}</li>`)}</ol><p>${view.t(consortiumSays(terms), terms.joint)}</p>`,
    },
    {
      heading: say.documents,
      body: html`<p>${view.t(say.documentsText)}</p>${facts(view, [{ label: labels.documentsUntil, value: time(view, at(terms.documentsUntil), 'full') }])}`,
    },
    {
      heading: say.bids,
      body: html`<p>${view.t(say.bidsText, { n: terms.minimumBids })}</p>${when(terms.parts.length > 1, () => html`<p>${view.t(say.envelopes, { n: terms.parts.length, list: terms.parts.map((part) => view.t(partLabels[part] ?? { zh: part, en: part })).join('、') })}</p>`)}${terms.grace ? html`<p>${view.t(say.grace, terms.grace)}</p>` : nothing}${terms.outage ? outageText(view, terms.outage) : nothing}${facts(view, bidFacts(view, terms, deadline), 'wide')}<p>${view.t(say.form)}：${each(terms.bidForm, (field, index) => html`${index > 0 ? '、' : ''}${view.t(field.label)}`)}</p>`,
    },
    { heading: say.method, body: html`${methodBody(view, terms)}${terms.blind ? blindText(view, terms, terms.blind) : nothing}` },
    {
      heading: say.panel,
      body: html`<p>${view.t(say.panelText, { size: terms.panel.size, experts: terms.panel.experts })}${terms.publicityDays > 0 ? view.t(say.publicity, { days: terms.publicityDays }) : view.t(say.noPublicity)}</p>${facts(
        view,
        terms.panel.seats.map((seat) => ({ label: seat.title, value: html`${seat.count} ${view.t(units.people)}`, note: seat.specialty })),
        'wide',
      )}${terms.sheets ? html`<p>${view.t(say.sheets, terms.sheets)}</p>` : nothing}`,
    },
    { heading: say.contact, body: facts(view, contactFacts(view, terms, project), 'wide') },
  ]);
}

const paragraphs = (text: string): Html =>
  html`${each(
    text.split(/\r?\n/).filter((line) => line.trim() !== ''),
    (line) => html`<p>${line}</p>`,
  )}`;

function scopeFacts(view: View, terms: LotTerms): Fact[] {
  return [
    { label: labels.subject, value: view.t(subjects[terms.subject] ?? { zh: terms.subject, en: terms.subject }) },
    { label: labels.place, value: terms.place },
    { label: labels.periodDays, value: html`${terms.periodDays} ${view.t(units.days)}` },
    { label: labels.quality, value: terms.quality },
    { label: labels.estimate, value: money(view, { yuan: terms.estimate }) },
    { label: labels.ceiling, value: terms.ceiling === null ? view.t(say.none) : money(view, { yuan: terms.ceiling, capitals: true }) },
  ];
}

const bidFacts = (view: View, terms: LotTerms, deadline: string): Fact[] => [
  { label: labels.deadline, value: time(view, at(deadline), 'full') },
  {
    label: labels.security,
    value: terms.security === null ? view.t(say.noSecurity) : money(view, { yuan: terms.security, capitals: true }),
  },
  ...(terms.lodging === undefined
    ? []
    : [{ label: labels.securityWay, value: view.t(terms.lodging.payer === 'basic' ? say.lodgedFromBasic : say.lodgedFromOwn) }]),
  ...(terms.layerMinutes === undefined
    ? []
    : [
        {
          label: { zh: '投标人解密', en: 'Decryption by bidders' },
          value: view.t(
            {
              zh: '开标开始后 {minutes} 分钟内，投标人在开标大厅解密',
              en: 'each bidder decrypts in the hall within {minutes} minutes of the start',
            },
            { minutes: terms.layerMinutes },
          ),
        },
      ]),
  ...(terms.remedy === undefined
    ? []
    : [
        {
          label: labels.remedyPlan,
          value: view.t(
            {
              zh: '投标人自存密封副本：平台存储的文件损坏{layer}的，投标人可在 {minutes} 分钟内（{basis}）提交与截止前签名摘要一致的密封副本',
              en: 'the bidder’s own sealed copy: where the stored file is damaged{layer} the bidder may hand in, within {minutes} minutes ({basis}), the sealed copy whose digest it signed before the deadline',
            },
            {
              minutes: terms.remedy.minutes,
              layer: terms.sealPolicy === 'council' ? '' : view.t({ zh: '，或解密密钥丢失', en: ', or the decryption key is lost,' }),
              basis: view.t(
                terms.remedy.basis === 'documents'
                  ? { zh: '招标文件规定', en: 'by the documents' }
                  : { zh: '平台规则', en: 'by the platform’s rule' },
              ),
            },
          ),
        },
      ]),
  {
    label: labels.readingOrder,
    value: view.t(readingOrderLabels[terms.readingOrder].label),
    ...(terms.readingOrder === 'drawn' ? { note: view.t(readingOrderLabels.drawn.says) } : {}),
  },
  { label: labels.bidValidityDays, value: html`${terms.bidValidityDays} ${view.t(units.days)}` },
];

const contactFacts = (_view: View, terms: LotTerms, project: ProjectAnswer): Fact[] => [
  { label: { zh: '招标人', en: 'Tenderee' }, value: project.tenderee.name, note: project.tenderee.code },
  ...(project.agent ? [{ label: { zh: '招标代理机构', en: 'Agent' }, value: project.agent.name, note: project.agent.code }] : []),
  { label: labels.contactPerson, value: html`${terms.contact.person} ${terms.contact.phone}` },
];

/** Of a framework agreement: who is eliminated, how long it lasts, how its contracts are awarded. */
function agreementBody(view: View, { agreement }: ShownTerms): Html {
  if (agreement === undefined) return nothing;
  const share = `${Math.round(Number(agreement.eliminated) * 10_000) / 100}%`;
  return html`<p>${view.t(agreement.most === null ? say.agreement : say.agreementMost, { share, months: agreement.months, way: view.t(agreement.way.title), most: agreement.most ?? '' })}</p>`;
}

function methodBody(view: View, terms: ShownTerms): Html {
  return html`<p><strong>${view.t(terms.methodOffer.title)}</strong> ${view.t(terms.methodOffer.says)}</p>
${agreementBody(view, terms)}${when(terms.method.rank === 'evaluated-price' && terms.agreement === undefined, () => html`<p>${view.t(say.lowestRule)}</p>`)}
${when(terms.method.sameBrand !== undefined, () => html`<p>${view.t(labels.sameBrand)}${colon(view)}${view.t(brandTieLabels[terms.method.sameBrand?.tie ?? 'none'] ?? labels.sameBrand)}</p>`)}
${each(terms.parameters, (drawn) => html`<p>${view.t(say.drawn, { name: drawn.name, choices: drawn.choices.join('、') })}</p>`)}
${table(view, {
  caption: labels.items,
  showCaption: true,
  rows: terms.items,
  columns: [
    { label: say.item, phone: 'head', cell: (item) => view.t(item.title) },
    { label: say.standard, cell: (item) => view.t(item.says) },
  ],
})}
${when(terms.method.rank === 'score', () => criteriaTable(view, terms))}${terms.findings === undefined ? nothing : html`<h4>${view.t(findingsTitle)}</h4>${findingsBody(view, terms.findings, 'notice')}`}`;
}

function criteriaTable(view: View, terms: ShownTerms): Html {
  const { price } = terms.method;
  const rows = [
    ...terms.criteria.map((each) => ({
      title: view.t(each.title),
      says: view.t(each.says),
      kind: view.t(kinds[each.kind] ?? { zh: '', en: '' }),
      max: each.max,
    })),
    ...(price === null ? [] : [{ title: view.t(say.price), says: priceRule(view, terms, price), kind: '', max: price.full }]),
  ];
  return html`${table(view, {
    caption: labels.criteria,
    showCaption: true,
    rows,
    columns: [
      { label: say.criterion, phone: 'head', cell: (row) => row.title },
      { label: say.says, cell: (row) => row.says },
      { label: say.kind, cell: (row) => row.kind },
      { label: say.points, numeric: true, phone: 'figure', cell: (row) => row.max },
    ],
  })}<p class="sub">${view.t(kindsMean)}</p>`;
}

function priceRule(view: View, { benchmarkSays }: ShownTerms, price: NonNullable<LotTerms['method']['price']>): string {
  if (price.kind === 'ratio' || benchmarkSays === null) return view.t(say.ratioRule);
  return `${view.t(say.benchmark)}${colon(view)}${view.t(benchmarkSays)}${view.t({ zh: '。', en: '. ' })}${view.t(say.deviation, { above: price.above, below: price.below, floor: price.floor })}`;
}

function blindText(view: View, terms: LotTerms, { documents, criteria, rules }: NonNullable<LotTerms['blind']>): Html {
  const listed = {
    documents: titles(
      view,
      terms.bidForm.filter(({ key }) => documents.includes(key)).map(({ label }) => label),
    ),
    criteria: titles(
      view,
      terms.criteria.filter(({ id }) => criteria.includes(id)).map(({ title }) => title),
    ),
  };
  return html`<h4>${view.t(labels.blind)}</h4><p>${view.t(say.blind, listed)}</p><ul><li>${view.t(say.blindPlain)}</li>${rules.pages === null ? nothing : html`<li>${view.t(say.blindPages, { n: rules.pages })}</li>`}<li>${view.t(labels.blindPictures)}${colon(view)}${view.t(blindPictureLabels[rules.pictures])}</li>${
    rules.fonts.length === 0
      ? nothing
      : html`<li>${view.t(labels.blindFonts)}${colon(view)}${titles(
          view,
          rules.fonts.map((font) => ({ zh: font, en: font })),
        )}</li>`
  }</ul><p>${view.t(say.blindMark)}</p>`;
}

const titles = (view: View, all: readonly Words[]): string => all.map((each) => view.t(each)).join('、');

function outageText(view: View, { probes, ...figures }: NonNullable<LotTerms['outage']>): Html {
  const named = [...new Set(probes.map((each) => each.institution))].join('、');
  return html`<p>${view.t(say.outage, { ...figures, probes: named })}</p>`;
}

function consortiumSays({ consortium, joint }: Pick<LotTerms, 'consortium' | 'joint'>): Words {
  if (!consortium) return say.consortiumNo;
  return joint ? say.consortiumUpTo : say.consortiumYes;
}
