import type { Role } from '../kernel/actor.ts';
import type { Words } from '../kernel/words.ts';

/** The roles people hold, each for an organisation; `system` and `public` are nobody's. */
export type HeldRole = Exclude<Role, 'system' | 'public'>;

export interface RoleDeclaration {
  readonly title: Words;
  /** what the role does on the platform, in one sentence */
  readonly says: Words;
  /** what it owes; the limits are figures of the rulebook */
  readonly duties: readonly Words[];
  /** what it can never do, whoever asks */
  readonly never: readonly Words[];
}

const nobodyOpens: Words = { zh: '开标前查看任何投标文件、投标人名称或数量', en: 'see a bid, a bidder or their number before the opening' };

/** Every role with its duties, shown on the page of roles and in the rulebook. */
export const roleDeclarations: Readonly<Record<HeldRole, RoleDeclaration>> = {
  bidder: {
    title: { zh: '投标人', en: 'Bidder' },
    says: {
      zh: '获取招标文件、提问、异议，加密递交投标文件，参加开标。',
      en: 'Collects documents, asks, objects, submits sealed bids and attends the opening.',
    },
    duties: [
      { zh: '在截止时间前完成加密递交并核验回执', en: 'to submit before the deadline and to verify the receipt' },
      { zh: '中标后在法定期限内订立合同', en: 'to sign the contract in time after an award' },
    ],
    never: [nobodyOpens],
  },
  agent: {
    title: { zh: '招标代理机构', en: 'Tendering agent' },
    says: {
      zh: '受招标人委托编制文件、发布公告、答疑、主持开标。',
      en: 'Prepares documents, publishes, answers and hosts the opening for a tenderee.',
    },
    duties: [
      { zh: '在规定期限内答复异议', en: 'to answer objections in time' },
      { zh: '对潜在投标人信息保密', en: 'to keep potential bidders secret' },
    ],
    never: [nobodyOpens, { zh: '指定评标专家', en: 'choose an expert' }],
  },
  tenderee: {
    title: { zh: '招标人', en: 'Tenderee' },
    says: {
      zh: '决定招标事项，委派代表，确定中标人，签订合同。',
      en: 'Decides what is tendered, sends its representative, determines the winner and signs the contract.',
    },
    duties: [
      { zh: '收到评标报告后按期公示候选人', en: 'to publish the candidates in time after the report' },
      { zh: '按期提交书面报告', en: 'to report to the supervisor in time' },
    ],
    never: [nobodyOpens, { zh: '指定评标专家', en: 'choose an expert' }],
  },
  expert: {
    title: { zh: '评标专家', en: 'Evaluation expert' },
    says: {
      zh: '经随机抽取参加评标，独立评审打分并签署报告。',
      en: 'Drawn at random, reviews and scores independently and signs the report.',
    },
    duties: [
      { zh: '按时答复通知，如实声明回避事项', en: 'to answer calls in time and declare conflicts' },
      { zh: '对评审意见终身负责', en: 'to answer for the evaluation for life' },
    ],
    never: [{ zh: '查看其他成员尚未签署的评分', en: 'see other members’ scores before they are signed' }],
  },
  regulator: {
    title: { zh: '行政监督部门', en: 'Regulator' },
    says: {
      zh: '全程监督，查看时间线与证据，处理投诉与预警。',
      en: 'Watches every step, its timeline and evidence, handles complaints and alerts.',
    },
    duties: [
      {
        zh: '按期受理投诉并作出处理决定',
        en: 'to take up and decide complaints in time',
      },
    ],
    never: [nobodyOpens, { zh: '非法干预评标', en: 'interfere with an evaluation' }],
  },
  centre: {
    title: { zh: '公共资源交易中心', en: 'Trading centre' },
    says: {
      zh: '提供场所与平台服务，核对登记完整性，见证开标与评标。',
      en: 'Serves place and platform, checks completeness, witnesses openings and evaluations.',
    },
    duties: [{ zh: '按期完成进场登记核对', en: 'to check registrations in time' }],
    never: [nobodyOpens, { zh: '审批或收取保证金以外的费用', en: 'approve tenders or charge more than securities' }],
  },
  administrator: {
    title: { zh: '平台管理员', en: 'Administrator' },
    says: { zh: '维护用户、参数与系统运行，一切变更入日志。', en: 'Keeps users, parameters and the system; every change is journalled.' },
    duties: [{ zh: '参数变更注明依据', en: 'to give the source of every changed figure' }],
    never: [nobodyOpens, { zh: '更改或删除已入账的记录', en: 'change or delete what the journal holds' }],
  },
  trustee: {
    title: { zh: '开标托管人', en: 'Trustee' },
    says: {
      zh: '保管开标密钥的一份，时间到后共同解密，共同产生抽取随机数。',
      en: 'Holds a share of the opening key; opens bids and seeds draws together with others, after the time.',
    },
    duties: [{ zh: '开标后在时限内给出解密份额', en: 'to give its share within the limit of the opening' }],
    never: [{ zh: '在开标时间前给出份额', en: 'give a share before the opening time' }],
  },
  bank: {
    title: { zh: '保证金存管银行', en: 'Custodian bank' },
    says: {
      zh: '存管投标保证金，报送银行流水，按退款指令付款。',
      en: 'Holds bid securities on account, hands in its statements and pays what is to be returned.',
    },
    duties: [
      { zh: '每个银行工作日报送流水，没有收付的也要报送', en: 'to hand in a statement each banking day, also one on which nothing moved' },
      { zh: '对付款人和账号保密', en: 'to keep payers and account numbers secret' },
    ],
    never: [
      nobodyOpens,
      { zh: '得知账号属于哪个标段', en: 'learn which lot an account number belongs to' },
      { zh: '决定不予退还', en: 'decide that a security is kept' },
    ],
  },
};

export const heldRoles = Object.keys(roleDeclarations) as readonly HeldRole[];

const nobodys: Readonly<Record<'system' | 'public', Words>> = {
  system: { zh: '平台时钟', en: 'Platform clock' },
  public: { zh: '社会公众', en: 'Public' },
};

/** The name of any role. */
export const roleTitle = (role: Role): Words => (role === 'system' || role === 'public' ? nobodys[role] : roleDeclarations[role].title);
