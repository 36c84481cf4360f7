import type { Words } from '../kernel/words.ts';

/** Every refusal of a custodian by name, in words: for the status page, for a trustee at the screen, and for the documentation. */
export const refusalWords = {
  'no-platform-key': { zh: '信任文件中的平台公钥无法读取', en: 'the platform’s key in the trust file cannot be read' },
  checkpoint: { zh: '检查点不是平台签发，或格式不符', en: 'the checkpoint is not the platform’s, or malformed' },
  'other-size': { zh: '给出的不是所要的检查点', en: 'another checkpoint was given than the one asked for' },
  'journal-shrank': { zh: '日志比上次所见更短', en: 'the journal is shorter than it was' },
  'journal-rewritten': { zh: '日志不是上次所见的延续', en: 'the journal does not extend what was seen' },
  'journal-forked': { zh: '依据出自另一份日志', en: 'the evidence is of another journal than the one followed' },
  'not-followed-yet': {
    zh: '依据比已核对的日志更新，稍后再查',
    en: 'the evidence is newer than the journal followed so far; to be asked again',
  },
  'not-witnessed': { zh: '联署的见证方不足', en: 'too few witnesses have cosigned' },
  'not-included': { zh: '事件不在日志中', en: 'an event does not stand in the journal' },
  register: { zh: '约束事件登记不连续', en: 'the register of what binds an opening is out of order' },
  'register-behind': { zh: '约束事件登记尚未跟上，稍后再查', en: 'the register is not followed up to the evidence yet; to be asked again' },
  'event-withheld': { zh: '平台隐瞒了曾经出示的事件', en: 'the platform withholds an event that it has shown before' },
  suspended: { zh: '监管部门已责令暂停', en: 'the supervisor has suspended the opening' },
  'held-by-the-institution': { zh: '本机构停用了该标段', en: 'the institution itself holds this lot' },
  'clock-went-back': { zh: '本机时钟倒退', en: 'the own clock went back' },
  'clock-differs': { zh: '本机时钟落后于其他见证方', en: 'the own clock lies behind the other witnesses’' },
  malformed: { zh: '依据格式不符', en: 'the evidence is malformed' },
  'other-council': { zh: '不是所属的委员会', en: 'another council is asked' },
  'lot-of-another-council': { zh: '该标段密封给另一委员会', en: 'the lot is sealed to another council' },
  'other-lot': { zh: '混入另一标段的事件', en: 'an event of another lot is among the evidence' },
  'no-list': { zh: '没有开标名单', en: 'there is no list' },
  events: { zh: '公告或截标事件缺失或重复', en: 'notice or closing is missing, or stands there twice' },
  'too-early': { zh: '投标截止时间未到', en: 'the deadline has not passed' },
  'deadline-differs': { zh: '截标时间与公告、补遗不符', en: 'the closing names another deadline than notice and addenda' },
  'move-without-rule': { zh: '公告没有顺延规则，截止时间却被顺延', en: 'the deadline was moved although the notice has no rule for it' },
  'move-not-proven': { zh: '探测方的陈述不足以顺延截止时间', en: 'the probes’ statements do not move the deadline as it was moved' },
  'outage-ignored': {
    zh: '探测方的陈述已使截止时间顺延，平台仍按原时间截标',
    en: 'the probes’ statements move the deadline, and bidding was closed at the old one',
  },
  'closed-too-soon': {
    zh: '尚有可能改变截止时间的陈述未到，平台提前截标',
    en: 'bidding was closed while statements could still move the deadline',
  },
  'snapshot-after-closing': { zh: '截标快照晚于截标事件', en: 'the closing snapshot is later than the closing' },
  'no-snapshot': { zh: '取不到截标快照', en: 'the closing snapshot is not to be had' },
  'snapshot-differs': { zh: '截标快照与事件不符', en: 'the closing snapshot is not the one the event names' },
  'no-envelope': { zh: '投标缺少该部分的信封', en: 'a bid has no envelope for this part' },
  'list-differs': { zh: '开标名单与日志不符', en: 'the list is not what the journal says' },
  'bytes-awaited': {
    zh: '有已承诺的投标仍在宽限期内，文件未传完',
    en: 'a committed bid is still within its grace and its bytes are not all there',
  },
  'layers-awaited': {
    zh: '投标人解密时限未到，尚有投标人未解密',
    en: 'the bidders’ time is still running and a layer is not removed',
  },
  'revoked-despite-outage': {
    zh: '探测方的陈述证实平台在解密时段中断，平台仍把未解密归于投标人',
    en: 'a bid was revoked although the probes’ statements show that the platform was down in the bidders’ time',
  },
  'late-by-own-record': { zh: '有投标在截止之后才进入日志', en: 'a bid came into the journal after the deadline' },
  label: { zh: '信封不是为本标段、本投标人封装', en: 'an envelope was not sealed for this lot by its bidder' },
  'no-request': { zh: '没有抽取申请', en: 'there is no request' },
  request: { zh: '抽取申请格式不符', en: 'the draw request is malformed' },
  'request-not-in-the-journal': {
    zh: '抽取申请不在日志中，或已被改动',
    en: 'the draw request does not stand in the journal, or was changed',
  },
  'asked-twice': { zh: '同一场次已申请过抽取', en: 'the session’s draw was asked for before' },
  'part-unknown': { zh: '公告没有这个信封', en: 'the notice names no such envelope' },
  'earlier-part-open': { zh: '前一信封还没有已签署的评审结果', en: 'an earlier envelope has no signed result yet' },
  'part-result': {
    zh: '前一信封的评审结果不成立，或与日志不符',
    en: 'the result of an earlier envelope does not hold, or is not what the journal gives',
  },
  'part-panel': { zh: '前一信封的评审者不是评标委员会', en: 'an earlier envelope was not judged by the panel' },
  'part-unsigned': { zh: '前一信封的评审结果未经全体成员签署', en: 'not every member has signed the result of an earlier envelope' },
  'part-list-differs': { zh: '名单不是通过前一信封的投标人', en: 'the list is not of those who passed the earlier envelope' },
  'session-not-announced': { zh: '下一信封的开标时间没有公布', en: 'the session of these envelopes was not announced' },
  'session-not-due': { zh: '公布的开标时间未到', en: 'the announced session has not come' },
  'answered-differently': { zh: '曾为另一份名单给出份额', en: 'a share was given for another list before' },
  'answered-without-memory': { zh: '日志中有自己不能解释的份额', en: 'the journal holds a share of its own that it cannot explain' },
} as const satisfies Readonly<Record<string, Words>>;

/** The words of a refusal; its name where it has none. */
export const wordsOf = (reason: string): Words => (refusalWords as Readonly<Record<string, Words>>)[reason] ?? { zh: reason, en: reason };
