import { z } from 'zod';
import { type OutageRule, outageRuleShape } from '../journal/outage.ts';
import { fill, type Words } from '../kernel/words.ts';
import { graceShape } from '../sealing/grace.ts';
import { contactTable, documentTable, lotBlock, numbered, told } from './blocks.ts';
import { common, contact, heldDocument, instant, type Paper, text, words, yuan } from './paper.ts';
import { sealBlock } from './seal.ts';
import { type Entry, entries } from './table.ts';
import { amount, moment, side, span } from './wording.ts';

const data = z.strictObject({
  ...common,
  /** approval document, its number and body; source of funds */
  approval: z.strictObject({ number: z.string(), by: text, funds: text }),
  place: text,
  region: text,
  /** scale and main content of the project */
  scale: text,
  /** what this lot covers */
  scope: text,
  /** planned period in calendar days */
  periodDays: z.int().positive(),
  quality: text,
  ceiling: yuan.nullable(),
  estimate: yuan,
  /** qualification, performance, project manager, credit … one condition each */
  qualifications: z.array(text),
  consortium: text,
  documentsFrom: instant,
  documentsUntil: instant,
  documentsAt: z.string(),
  documents: z.array(heldDocument),
  deadline: instant,
  /** address of the place (online) where bids are handed in and opened */
  openingAt: z.string(),
  sealing: z.enum(['council', 'bidder+council']),
  /** the bidder's own sealed copy where a bid cannot be decrypted, and whether the documents name the time. Left out where they provide no remedy. */
  remedy: z.strictObject({ minutes: z.int().positive(), documents: z.boolean() }).optional(),
  /** the envelopes in the order of their sessions. Left out where a bid is one. */
  envelopes: z.array(words).optional(),
  /** how the order comes about in which bids are read out. Left out by notices before this word. */
  readingOrder: z.enum(['received', 'drawn']).optional(),
  /** how long each member of the panel has for its sealed score sheet. Left out where sheets are not sealed. */
  sheets: z.strictObject({ hours: z.int().positive() }).optional(),
  trustees: z.array(text),
  threshold: z.int().positive(),
  /** what a committed bid's bytes may take after the deadline (protocol §5); absent where the notice gives none */
  grace: graceShape.optional(),
  /** when a witnessed outage of the intake moves the deadline; absent where the notice has no such rule */
  outage: outageRuleShape.optional(),
  /** null: none asked */
  security: z.strictObject({ amount: yuan, forms: text, note: text }).nullable(),
  validityDays: z.int().positive(),
  method: words,
  /** coefficients drawn in the opening session, with their choices */
  drawn: z.array(z.strictObject({ name: text, choices: z.array(z.string()) })),
  media: z.array(text),
  objections: text,
  contacts: z.strictObject({ tenderee: contact, agent: contact.nullable(), supervisor: contact }),
});
export type TenderNotice = z.infer<typeof data>;

/** 招标公告 (招标投标法 §16, 实施条例 §15–16, 标准施工招标文件). */
export const tenderNotice: Paper<TenderNotice> = {
  kind: 'tender-notice',
  version: 3,
  title: { zh: '招标公告', en: 'Tender notice' },
  follows: ['notice.published'],
  data,
  draw(sheet, notice) {
    const { approval, tender } = notice;
    sheet.heading({ zh: '招标条件', en: 'Ground of this tender' });
    sheet.paragraph({
      zh: `本招标项目${side(tender.project.name, 'zh')}已由${side(approval.by, 'zh')}以${approval.number}批准建设，招标人为${side(tender.tenderee.name, 'zh')}，建设资金来自${side(approval.funds, 'zh')}。项目已具备招标条件，现对${side(tender.name, 'zh')}进行公开招标。`,
      en: `This project was approved by ${side(approval.by, 'en')} under ${approval.number}; the tenderee is ${side(tender.tenderee.name, 'en')}; funds: ${side(approval.funds, 'en')}. The conditions are met and the lot named below is tendered openly.`,
    });
    lotBlock(sheet, tender);
    sheet.heading({ zh: '项目概况与招标范围', en: 'Project and scope' });
    entries(sheet, scopeEntries(notice));
    sheet.heading({ zh: '投标人资格要求', en: 'Who may bid' });
    numbered(sheet, notice.qualifications);
    told(sheet, { zh: '联合体投标', en: 'Consortia' }, notice.consortium);
    sheet.heading({ zh: '招标文件的获取', en: 'Tender documents' });
    entries(sheet, [
      { label: { zh: '获取时间', en: 'Issued' }, value: span(notice.documentsFrom, notice.documentsUntil) },
      {
        label: { zh: '获取方式', en: 'Where' },
        value: {
          zh: `登录 ${notice.documentsAt} 免费下载，无需报名，下载者名单与数量依法保密。`,
          en: `Free of charge at ${notice.documentsAt}, without registration for this tender; who and how many download is kept secret.`,
        },
      },
    ]);
    documentTable(sheet, notice.documents);
    sheet.heading({ zh: '投标文件的递交与开标', en: 'Submission and opening' });
    entries(sheet, openingEntries(notice));
    sheet.heading({ zh: '评标办法', en: 'How bids are evaluated' });
    sheet.paragraph(notice.method);
    for (const each of notice.drawn) {
      const choices = each.choices.join('、');
      sheet.paragraph({
        zh: `${side(each.name, 'zh')}于开标会上公开抽取，备选值：${choices}。`,
        en: `${side(each.name, 'en')} is drawn in the opening session from: ${each.choices.join(', ')}.`,
      });
    }
    sheet.heading({ zh: '发布公告的媒介', en: 'Published at' });
    sheet.paragraph({
      zh: `本公告同时在以下媒介发布：${notice.media.map((each) => side(each, 'zh')).join('、')}。各媒介内容一致。`,
      en: `This notice is published at the same time and with the same text at: ${notice.media.map((each) => side(each, 'en')).join(', ')}.`,
    });
    sheet.heading({ zh: '异议与投诉', en: 'Objections and complaints' });
    sheet.paragraph(notice.objections);
    sheet.heading({ zh: '联系方式', en: 'Contacts' });
    contactTable(sheet, notice.contacts);
    sealBlock(
      sheet,
      [
        { role: { zh: '招标人', en: 'Tenderee' }, name: tender.tenderee.name },
        ...(tender.agent === null ? [] : [{ role: { zh: '招标代理机构', en: 'Tendering agent' }, name: tender.agent.name }]),
      ],
      notice.issuedAt,
    );
  },
};

function scopeEntries(notice: TenderNotice): Entry[] {
  return [
    { label: { zh: '建设地点', en: 'Place' }, value: notice.place, half: true },
    { label: { zh: '行政区划', en: 'Region' }, value: notice.region, half: true },
    { label: { zh: '建设规模', en: 'Scale' }, value: notice.scale },
    { label: { zh: '招标范围', en: 'Scope' }, value: notice.scope },
    {
      label: { zh: '计划工期', en: 'Planned period' },
      value: { zh: `${notice.periodDays} 日历天`, en: `${notice.periodDays} calendar days` },
      half: true,
    },
    { label: { zh: '质量标准', en: 'Quality' }, value: notice.quality, half: true },
    { label: { zh: '合同估算价', en: 'Estimate' }, value: amount(notice.estimate), half: true },
    {
      label: { zh: '最高投标限价', en: 'Ceiling price' },
      value: notice.ceiling === null ? { zh: '不设', en: 'none' } : amount(notice.ceiling),
      half: true,
    },
  ];
}

const sheetsWords: Words = {
  zh: '评标委员会成员的评审表密封递交，全部递交后由开标委员会共同开启。成员应在评审开始（或其就任）后{hours}小时内递交，逾期或无效的予以更换。',
  en: 'Members of the panel seal their score sheets; once all are in the opening council opens them together. Each has {hours} hours from the start (or from taking its seat); whoever hands in nothing, or something void, is replaced.',
};
const readingOrderWords: Readonly<Record<'received' | 'drawn', Words>> = {
  received: { zh: '按投标文件递交的先后。', en: 'As bids were received.' },
  drawn: {
    zh: '开标现场抽签：全部解密后由开标委员会共同抽取，任何人可复算。',
    en: 'Drawn in the session: when all are decrypted the opening council draws it together; anyone can recompute it.',
  },
};

const graceWords: Words = {
  zh: '截止前递交已签名的投标声明即为按时；文件可在截止后 {minutes} 分钟内传完，每 {bytesPerMinute} 字节另加一分钟，最长 {mostMinutes} 分钟。逾期未传完视为撤销。',
  en: 'A signed statement before the deadline is in time; the bytes may follow within {minutes} minutes of it, and a minute more for each {bytesPerMinute} bytes, {mostMinutes} at most. A bid whose bytes are not there by then lapses.',
};

const outageWords: Words = {
  zh: '投标截止前 {windowMinutes} 分钟内，经 {quorum} 家以上机构的独立探测方签名证实收件各累计中断 {downMinutes} 分钟以上的，投标截止时间自动顺延 {moveHours} 小时，最多 {mostMoves} 次，对所有投标人适用。探测方：{probes}。',
  en: 'When independent probes of at least {quorum} institutions have signed that the intake was down for {downMinutes} minutes or more within {windowMinutes} minutes before the deadline, it moves by {moveHours} hours by itself, at most {mostMoves} times, for all bidders. Probes: {probes}.',
};
const outageFigures = ({ probes, ...figures }: OutageRule) => ({
  ...figures,
  probes: [...new Set(probes.map((each) => each.institution))].join('、'),
});

const remedyWords = ({ minutes, documents }: { readonly minutes: number; readonly documents: boolean }, own: boolean): Words => ({
  zh: `投标人自存密封副本。平台存储的投标文件损坏的${own ? '，或投标人丢失解密密钥的' : ''}，投标人可在${own ? '解密时限或' : ''}平台提示后 ${minutes} 分钟内（${documents ? '招标文件规定' : '平台规则'}）提交自存的密封副本，其摘要须与截止前签名的一致，即照常开启；逾期未提交的，依《电子招标投标办法》第三十一条处理。其他投标不受影响。`,
  en: `The bidder's own sealed copy. Where the stored file is damaged${own ? ', or the bidder has lost its decryption key' : ''}, the bidder may hand in the sealed copy whose digest it signed before the deadline, within ${minutes} minutes of being asked (${documents ? 'by the documents' : "by the platform's rule"})${own ? ' or within the time to decrypt' : ''}; the bid is then opened as any other. Otherwise Art. 31 of the E-tendering Measures applies. The other bids go on.`,
});

function openingEntries(notice: TenderNotice): Entry[] {
  const trustees = notice.trustees.map((each) => side(each, 'zh')).join('、');
  const english = notice.trustees.map((each) => side(each, 'en')).join(', ');
  const own = notice.sealing === 'bidder+council';
  const { security } = notice;
  return [
    { label: { zh: '投标截止时间', en: 'Deadline' }, value: moment(notice.deadline), weight: 'bold' },
    {
      label: { zh: '开标时间地点', en: 'Opening' },
      value: {
        zh: `投标截止同一时间，${notice.openingAt}（网上开标，任何人可旁听）`,
        en: `At the deadline, ${notice.openingAt} (online, open to the public)`,
      },
    },
    {
      label: { zh: '加密与解密', en: 'Sealing' },
      value: {
        zh: `投标文件在投标人浏览器内加密；截止前任何人（含平台）不能打开。${own ? '开标时由投标人解除外层密封，再' : '开标时'}由 ${notice.trustees.length} 个保管人中任意 ${notice.threshold} 个共同解密：${trustees}。`,
        en: `Bids are sealed in the bidder's browser; nobody, the platform included, can open them early. At the opening ${own ? 'the bidder removes the outer seal, then ' : ''}any ${notice.threshold} of ${notice.trustees.length} trustees open together: ${english}.`,
      },
    },
    ...(notice.remedy === undefined ? [] : [{ label: { zh: '补救方案', en: 'Remedy' }, value: remedyWords(notice.remedy, own) }]),
    ...(notice.envelopes === undefined
      ? []
      : [
          {
            label: { zh: '信封', en: 'Envelopes' },
            value: {
              zh: `依次开启：${notice.envelopes.map((each) => each.zh).join('、')}。后一信封在前一信封评审结果签署以后开标；未通过者的其余信封不开启，原样退回。`,
              en: `opened in turn: ${notice.envelopes.map((each) => each.en).join(', ')}. Each later one after the signed result of the one before; those of bidders who fail come back unopened.`,
            },
          },
        ]),
    ...(notice.readingOrder === undefined
      ? []
      : [{ label: { zh: '唱标顺序', en: 'Order of reading' }, value: readingOrderWords[notice.readingOrder] }]),
    ...(notice.sheets === undefined ? [] : [{ label: { zh: '评审表', en: 'Score sheets' }, value: fill(sheetsWords, notice.sheets) }]),
    ...(notice.grace === undefined ? [] : [{ label: { zh: '传输宽限', en: 'Grace' }, value: fill(graceWords, notice.grace) }]),
    ...(notice.outage === undefined
      ? []
      : [{ label: { zh: '收件中断', en: 'Outage' }, value: fill(outageWords, outageFigures(notice.outage)) }]),
    ...(security === null
      ? [
          {
            label: { zh: '投标保证金', en: 'Bid security' },
            value: { zh: '本标段不收取投标保证金。', en: 'No bid security is asked for.' },
          },
        ]
      : [
          { label: { zh: '投标保证金', en: 'Bid security' }, value: amount(security.amount), half: true },
          { label: { zh: '递交形式', en: 'Forms' }, value: security.forms, half: true },
          { label: { zh: '保证金说明', en: 'Note' }, value: security.note },
        ]),
    {
      label: { zh: '投标有效期', en: 'Bid validity' },
      value: { zh: `自投标截止之日起 ${notice.validityDays} 日历天`, en: `${notice.validityDays} calendar days from the deadline` },
    },
  ];
}
