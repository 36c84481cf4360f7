import type { Role } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';

/** What comes next, for one reader of one lot: a sentence, by when, and where to do it. */
export interface NextStep {
  readonly says: Words;
  readonly due: Instant | null;
  readonly href: string | null;
  readonly action: Words | null;
}

interface LotFacts {
  readonly id: string;
  readonly phase: string;
  readonly deadline?: Instant | null | undefined;
  readonly documentsUntil?: Instant | null | undefined;
  readonly publicityUntil?: Instant | null | undefined;
  readonly contractUntil?: Instant | null | undefined;
  readonly sessionAt?: Instant | null | undefined;
}

interface ReaderFacts {
  readonly host: boolean;
  readonly collected: boolean;
  readonly mayCollect: boolean;
  /** only those invited may bid */
  readonly invitation?: boolean;
  /** questions that wait for an answer; the host's only */
  readonly waiting: number;
  readonly hasDocuments: boolean;
  /** the host looks at the qualification of bidders itself */
  readonly qualifies?: boolean;
  /** candidates are not published before the award */
  readonly decides?: boolean;
  /** several suppliers enter an agreement */
  readonly agreement?: boolean;
  /** of a procedure in which suppliers are negotiated with: the responses, or the last offers that follow (terms.round) */
  readonly round?: 'responses' | 'offers' | undefined;
}

const step = (zh: string, en: string, href: string | null = null, action: Words | null = null, due: Instant | null = null): NextStep => ({
  says: { zh, en },
  href,
  action,
  due,
});

const agreement: Words = { zh: '框架协议', en: 'Agreement' };

/** The next steps of a reader. Every phase leads somewhere: there is no dead end. */
export function nextSteps(lot: LotFacts, role: Role, reader: ReaderFacts): readonly NextStep[] {
  const at = `/lots/${lot.id}`;
  const behind = reader.round && roundSteps(lot, at, role, { ...reader, round: reader.round });
  if (behind) return behind;
  if (reader.host) return hostSteps(lot, at, reader);
  if (role === 'bidder') return bidderSteps(lot, at, reader);
  return readerSteps(lot, at);
}

/** Where suppliers are negotiated with behind closed doors: what differs from a lot that is opened in public; null where nothing does. */
function roundSteps(
  { phase, deadline = null }: LotFacts,
  at: string,
  role: Role,
  { host, round, collected, mayCollect }: ReaderFacts & { readonly round: 'responses' | 'offers' },
): readonly NextStep[] | null {
  const page = `${at}/negotiation`;
  const negotiation: Words = { zh: '谈判', en: 'Negotiation' };
  const takesPart = host || role === 'bidder' || role === 'expert' || role === 'regulator';
  if (phase === 'bidding' && !host && !(role === 'bidder' && (collected || mayCollect)))
    return [
      step(
        '截止后由小组不公开开启；成交结果公告前，谁参加、报价多少，不对外公开。',
        'It is opened to its group alone; who takes part, and with what price, is not public before the result.',
        `${at}/timeline`,
        { zh: '查看记录', en: 'See the timeline' },
        deadline,
      ),
    ];
  if (phase === 'opened' && round === 'responses' && host)
    return [
      step('抽取专家，组建小组。', 'Draw the experts and form the group.', `${at}/draw`, { zh: '抽取专家', en: 'Draw experts' }),
      step('小组组成并签署声明后，开始谈判。', 'When the group is formed and has declared, start the negotiation.', page, negotiation),
    ];
  if (phase === 'negotiating' || phase === 'offering')
    return [
      host && phase === 'negotiating'
        ? step(
            '小组与每家供应商谈判、记录成立后，要求最后报价。',
            'When the minutes with each supplier stand, ask for last offers.',
            page,
            negotiation,
          )
        : takesPart
          ? step('查看谈判、需求变动和最后报价。', 'See the talks, the changes and the last offers.', page, negotiation)
          : step('正在谈判，不公开。', 'Suppliers are negotiated with, not in public.', `${at}/timeline`, {
              zh: '查看记录',
              en: 'See the timeline',
            }),
    ];
  if (['closed', 'opening', 'opened', 'evaluating', 'evaluated'].includes(phase) && !host)
    return [
      step(
        '不公开开启和评审，结束后公告成交结果。',
        'It is opened and judged behind closed doors; the result is published.',
        round === 'responses' && phase === 'opened' && role === 'bidder' ? page : `${at}/timeline`,
        { zh: '查看', en: 'See' },
      ),
    ];
  return null;
}

function hostSteps(lot: LotFacts, at: string, reader: ReaderFacts): readonly NextStep[] {
  const deadline = lot.deadline ?? null;
  switch (lot.phase) {
    case 'draft':
      return [
        step(
          '编制标段信息，上传招标文件，然后发布公告。',
          'Complete the draft, add the documents, then publish the notice.',
          `${at}/draft`,
          {
            zh: '继续编制',
            en: 'Go on with the draft',
          },
        ),
      ];
    case 'applying':
    case 'qualifying':
      return [
        step(
          '申请截止后审查资格，从合格的供应商中抽取受邀的。',
          'When applications have closed, judge them; those invited are drawn from the qualified.',
          `${at}/prequalification`,
          { zh: '资格预审', en: 'Prequalification' },
        ),
      ];
    case 'inviting':
      return [
        step(
          '完成招标文件，向抽定的供应商同时发出邀请。',
          'Complete the documents and invite those drawn, all at once.',
          `${at}/draft?step=7`,
          {
            zh: '发出邀请',
            en: 'Invite',
          },
        ),
      ];
    case 'bidding':
      return [
        ...(reader.waiting > 0
          ? [
              step(`有 ${reader.waiting} 个疑问待答复。`, `${reader.waiting} questions wait for an answer.`, '#questions', {
                zh: '去答复',
                en: 'Answer',
              }),
            ]
          : []),
        step('投标截止前，可答复疑问、发布补遗。', 'Until the deadline: answer questions and publish addenda.', '#amend', {
          zh: '发布补遗',
          en: 'Addendum',
        }),
        step(
          '到截止时间，委员会自动共同开标，请届时进入开标大厅。谁在投标、有几家，此前无人可知。',
          'At the deadline the council opens the bids; be in the hall. Until then nobody knows who bids or how many.',
          `${at}/hall`,
          { zh: '开标大厅', en: 'Opening hall' },
          deadline,
        ),
      ];
    case 'opened':
      return [
        ...(reader.qualifies
          ? [
              step(
                '审查投标人资格，合格的才参加评标。',
                'Check the qualification of bidders; only the qualified are evaluated.',
                `${at}/qualification`,
                {
                  zh: '资格审查',
                  en: 'Qualification',
                },
              ),
            ]
          : []),
        step('抽取评标专家，组建评标委员会。', 'Draw the experts and form the panel.', `${at}/draw`, {
          zh: '抽取专家',
          en: 'Draw experts',
        }),
        step('专家到齐后开始评标。', 'When the experts have accepted, start the evaluation.', `${at}/panel`, {
          zh: '评标委员会',
          en: 'Panel',
        }),
      ];
    case 'standing':
      return [
        step(
          '框架协议有效，在入围供应商中授予合同。',
          'The agreement is in force: award contracts among those who entered.',
          `${at}/framework`,
          agreement,
        ),
      ];
    case 'evaluated':
      if (reader.agreement)
        return [
          step(
            '入围供应商由评审结果和淘汰率算出，采购人确定并公告。',
            'Who enters follows from the ranking and the share eliminated; the buyer determines and publishes it.',
            `${at}/framework`,
            agreement,
          ),
        ];
      if (reader.decides)
        return [
          step(
            '招标人在期限内确定中标人；逾期未定的，视同确定排名第一的候选人。',
            'The tenderee determines the winner in time; silence counts as determining the first-ranked.',
            `${at}/award`,
            { zh: '确定中标人', en: 'Determine the winner' },
          ),
        ];
      return [
        step('收到评标报告三日内公示中标候选人。', 'Publish the candidates within three days of the report.', `${at}/candidates`, {
          zh: '公示候选人',
          en: 'Publish candidates',
        }),
      ];
    case 'publicity':
      return [
        step(
          '公示期满且无未答复的异议，确定中标人。',
          'When publicity is over and objections are answered, determine the winner.',
          `${at}/award`,
          {
            zh: '确定中标人',
            en: 'Determine the winner',
          },
          lot.publicityUntil ?? null,
        ),
      ];
    case 'awarded':
      return [
        step(
          '发出中标通知书，三十日内订立书面合同并登记。',
          'Notify the award; sign and register the contract within thirty days.',
          `${at}/contract`,
          {
            zh: '登记合同',
            en: 'Register the contract',
          },
          lot.contractUntil ?? null,
        ),
      ];
    default:
      return readerSteps(lot, at);
  }
}

function bidderSteps(lot: LotFacts, at: string, reader: ReaderFacts): readonly NextStep[] {
  if (lot.phase !== 'bidding') return readerSteps(lot, at);
  const deadline = lot.deadline ?? null;
  if (reader.collected)
    return [
      step(
        '招标文件已获取。请在截止时间前编制、密封并递交投标文件。',
        'You have the documents. Prepare, seal and submit your bid before the deadline.',
        `${at}/bids`,
        {
          zh: '编制投标文件',
          en: 'Prepare a bid',
        },
        deadline,
      ),
      step('对招标文件有疑问，可匿名提问。', 'If something is unclear, ask; nobody learns who asked.', '#questions', {
        zh: '提问',
        en: 'Ask',
      }),
    ];
  if (reader.mayCollect)
    return [
      step(
        '先获取招标文件。贵单位是否获取、共有几家获取，开标前任何人都看不到。',
        'Collect the documents first. That you did, and how many did, nobody sees before the opening.',
        '#documents',
        {
          zh: '获取招标文件',
          en: 'Collect documents',
        },
        lot.documentsUntil ?? null,
      ),
    ];
  if (reader.invitation)
    return [
      step('本次只接受抽取后受邀的供应商投标。', 'Only those drawn and invited may bid here.', `${at}/prequalification`, {
        zh: '资格预审',
        en: 'Prequalification',
      }),
    ];
  return [
    step('招标文件获取时间已过，未获取的单位不能再参加本次投标。', 'The time for collecting documents is over.', '/lots', {
      zh: '看其他项目',
      en: 'Other tenders',
    }),
  ];
}

function readerSteps(lot: LotFacts, at: string): readonly NextStep[] {
  const deadline = lot.deadline ?? null;
  const hall: Words = { zh: '开标大厅', en: 'Opening hall' };
  switch (lot.phase) {
    case 'draft':
      return [
        step('公告尚未发布。', 'The notice has not been published yet.', `${at}/timeline`, { zh: '查看记录', en: 'See the timeline' }),
      ];
    case 'suspended':
      return [
        step(
          '监管部门已责令暂停。除答复外什么也不能办理，各项期限停止计算；恢复时另行公告，请留意。',
          'Suspended by the supervisor: nothing but answers is taken and every period stands still; the resumption will be published here.',
          `${at}/timeline`,
          { zh: '查看记录', en: 'See the timeline' },
        ),
      ];
    case 'bidding':
      return [
        step(
          '投标截止后公开开标，任何人可旁听。',
          'At the deadline the bids are opened in public; anyone may watch.',
          `${at}/hall`,
          hall,
          deadline,
        ),
      ];
    case 'closed':
    case 'opening':
      return [step('正在开标。', 'The bids are being opened.', `${at}/hall`, hall)];
    case 'waiting':
      return [
        step(
          '本信封已评审，等待下一信封开标；未通过者的其余信封不再开启。',
          'This envelope is judged; the next ones wait for their session, and are never opened of those who failed.',
          `${at}/envelopes`,
          { zh: '查看各信封', en: 'See the envelopes' },
          lot.sessionAt ?? null,
        ),
      ];
    case 'halted':
      return [
        step(
          '评标委员会认为招标文件有问题，已停止评标，等待招标人书面答复。',
          'The panel has stopped because of the documents; the host answers in writing.',
          `${at}/timeline`,
          { zh: '查看记录', en: 'See the timeline' },
        ),
      ];
    case 'opened':
    case 'evaluating':
    case 'evaluated':
      return [
        step(
          '评标过程依法保密，结束后公示中标候选人。',
          'The evaluation is confidential by law; its candidates are published afterwards.',
          `${at}/hall`,
          { zh: '查看开标结果', en: 'See the opening' },
        ),
      ];
    case 'publicity':
      return [
        step(
          '中标候选人公示中，投标人和其他利害关系人可提出异议。',
          'The candidates are public; bidders and others concerned may object.',
          `${at}/candidates`,
          {
            zh: '查看公示',
            en: 'See the candidates',
          },
          lot.publicityUntil ?? null,
        ),
      ];
    case 'standing':
    case 'lapsed':
      return [
        step(
          '入围供应商、协议价格和成交结果已公布。',
          'Who entered, at which price, and what was awarded is public.',
          `${at}/framework`,
          agreement,
        ),
      ];
    case 'awarded':
    case 'contracted':
      return [step('中标结果已公布。', 'The result is out.', `${at}/award`, { zh: '查看结果', en: 'See the result' })];
    default:
      return [
        step(
          '本次招标未成功或已终止，全过程记录仍可查看。',
          'This tender came to nothing; its whole record stays open.',
          `${at}/timeline`,
          { zh: '查看记录', en: 'See the timeline' },
        ),
      ];
  }
}
