import { z } from 'zod';
import { anchorEntries, lotBlock, tableOr } from './blocks.ts';
import { column, columns, fitted } from './columns.ts';
import { anchor, common, count, hash, instant, type Paper, party, text, words, yuan } from './paper.ts';
import type { Sheet } from './sheet.ts';
import { type CellInput, entries, table } from './table.ts';
import { amount, exactStamp, exceeds, figures, moment, side, stamp } from './wording.ts';

const data = z.strictObject({
  ...common,
  /** which envelopes were opened, where they are opened in turn. Left out where a bid is one envelope. */
  part: words.optional(),
  session: z.strictObject({ openedAt: instant, closedAt: instant, place: text, host: text, recorder: text }),
  deadline: instant,
  ceiling: yuan.nullable(),
  /** the snapshot that fixed the list of bids: size of the tree before which a bid must stand, and its root */
  closing: anchor,
  council: z.strictObject({ name: text, threshold: count, trustees: z.array(z.strictObject({ name: text, gaveAt: instant.nullable() })) }),
  /** SHA-256 of the JCS of the public opening transcript */
  transcript: hash,
  /** what the event `record.closed` binds: list, figures, invalid bids and drawn values */
  record: hash,
  attendance: z.array(z.strictObject({ bidder: party, signedInAt: instant.nullable() })),
  /** how the order of reading came about; `draw` where it was drawn. Left out by records before this word. */
  reading: z
    .strictObject({
      order: z.enum(['received', 'drawn']),
      draw: z.strictObject({ completedAt: instant, digest: hash, seed: hash }).nullable(),
    })
    .optional(),
  /** in the order they were read out */
  bids: z.array(
    z.strictObject({
      order: count,
      bidder: party,
      /** null where these envelopes hold none */
      price: yuan.nullable(),
      period: z.string(),
      quality: text,
      manager: z.string(),
      security: text,
      receivedAt: instant,
      sha256: hash,
    }),
  ),
  invalid: z.array(z.strictObject({ bidder: party, reason: text, attributedTo: words, consequence: text })),
  /** certificates that were revoked or put on hold after the deadline: their bids are valid. Left out where there is none. */
  notes: z.array(z.strictObject({ bidder: party, says: words, at: instant })).optional(),
  /** sealed copies that bidders handed in under the remedy of the notice, or were asked for. Left out where there is none. */
  remedies: z
    .array(
      z.strictObject({ bidder: party, says: words, askedAt: instant.nullable(), appliedAt: instant.nullable(), sha256: hash.nullable() }),
    )
    .optional(),
  /** how the securities that were lodged with the platform stood when the record was closed. Left out where none were. */
  securities: z
    .strictObject({
      asked: yuan,
      list: z.array(z.strictObject({ bidder: party, form: words, amount: yuan, counts: z.boolean(), says: words })),
    })
    .optional(),
  drawn: z.array(z.strictObject({ name: text, choices: z.array(z.string()), choice: z.string(), digest: hash })),
  objections: z.array(z.strictObject({ by: text, raisedAt: instant, text, answer: text.nullable() })),
  signatures: z.array(z.strictObject({ role: words, name: z.string(), signedAt: instant.nullable(), mark: z.string().nullable() })),
});
export type OpeningRecord = z.infer<typeof data>;

/** 开标记录 (招标投标法 §36; 电子招标投标办法 §29–32): public as soon as it is closed. */
export const openingRecord: Paper<OpeningRecord> = {
  kind: 'opening-record',
  version: 3,
  title: { zh: '开标记录', en: 'Record of bid opening' },
  follows: ['record.closed'],
  data,
  draw(sheet, record) {
    sheet.heading({ zh: '开标基本情况', en: 'The session' });
    lotBlock(sheet, record.tender);
    entries(sheet, [
      ...(record.part === undefined ? [] : [{ label: { zh: '本次开启', en: 'Envelopes opened' }, value: record.part }]),
      { label: { zh: '开标时间', en: 'Opened' }, value: moment(record.session.openedAt), half: true },
      { label: { zh: '结束时间', en: 'Closed' }, value: moment(record.session.closedAt), half: true },
      { label: { zh: '开标地点', en: 'Place' }, value: record.session.place },
      { label: { zh: '主持', en: 'Host' }, value: record.session.host, half: true },
      { label: { zh: '记录', en: 'Recorder' }, value: record.session.recorder, half: true },
      {
        label: { zh: '最高投标限价', en: 'Ceiling price' },
        value: record.ceiling === null ? { zh: '不设', en: 'none' } : amount(record.ceiling),
      },
    ]);
    closingSection(sheet, record);
    sheet.heading({ zh: '唱标', en: 'Bids as read out' });
    readingOrder(sheet, record);
    readTable(sheet, record);
    securitySection(sheet, record);
    invalidSection(sheet, record);
    remedySection(sheet, record);
    notesSection(sheet, record);
    drawnSection(sheet, record);
    objectionSection(sheet, record);
    sheet.heading({ zh: '签到', en: 'Attendance' });
    table(
      sheet,
      [columns.number, column('投标人', 'Bidder', 6), columns.code, fitted('签到时间', 'Signed in (UTC+8)')],
      record.attendance.map((each, index): CellInput[] => [
        String(index + 1),
        each.bidder.name,
        each.bidder.code,
        each.signedInAt === null ? { zh: '未签到', en: 'did not sign in' } : stamp(each.signedInAt),
      ]),
    );
    sheet.heading({ zh: '确认', en: 'Confirmation' });
    confirmationTable(sheet, record);
  },
};

function closingSection(sheet: Sheet, record: OpeningRecord): void {
  const total = record.bids.length + record.invalid.length;
  sheet.heading({ zh: '截标与解密', en: 'Closing and decryption' });
  sheet.paragraph({
    zh: `截至投标截止时间（${moment(record.deadline).zh}），${record.part === undefined ? '共收到投标' : '本次开启信封'} ${total} 份，解密有效 ${record.bids.length} 份，无效 ${record.invalid.length} 份。开标名单即截标快照中全部未撤回的投标，由保管人共同解密，不少于 ${record.council.threshold} 人方可解密。`,
    en: `At the deadline (${moment(record.deadline).en}) ${record.part === undefined ? `there were ${total} bids` : `of those who took part ${total} envelopes were due`}: ${record.bids.length} opened, ${record.invalid.length} invalid. The list is exactly the set of bids in the closing snapshot that were not withdrawn; at least ${record.council.threshold} trustees opened them together.`,
  });
  entries(sheet, [
    ...anchorEntries(record.closing),
    { label: { zh: '解密存证摘要', en: 'Transcript' }, value: record.transcript },
    { label: { zh: '开标记录摘要', en: 'Record' }, value: record.record },
  ]);
  table(
    sheet,
    [column('保管人', 'Trustee', 6), fitted('给出解密份额', 'Share given (UTC+8)')],
    record.council.trustees.map((each) => [
      each.name,
      each.gaveAt === null ? { zh: '未参与', en: 'took no part' } : exactStamp(each.gaveAt),
    ]),
  );
}

/** How it was decided who is read first. */
function readingOrder(sheet: Sheet, { reading }: OpeningRecord): void {
  if (reading === undefined) return;
  if (reading.order === 'received') {
    sheet.paragraph({ zh: '按公告，唱标以投标文件递交的先后为序。', en: 'As the notice says, bids were read as they were received.' });
    return;
  }
  if (reading.draw === null) {
    sheet.paragraph({
      zh: '公告载明唱标顺序现场抽签；解密有效的不足两份，无须抽签。',
      en: 'The notice has the order of reading drawn; fewer than two bids were opened, and none was.',
    });
    return;
  }
  sheet.paragraph({
    zh: `按公告，唱标顺序于 ${exactStamp(reading.draw.completedAt)} 由开标委员会共同抽签确定。抽取申请在抽取前已写入日志，任何人可由下列种子复算顺序。`,
    en: `As the notice says, the opening council drew the order of reading, done at ${exactStamp(reading.draw.completedAt)} (UTC+8). The request stood in the journal before; anyone can recompute the order from this seed.`,
  });
  entries(sheet, [
    { label: { zh: '抽取申请摘要', en: 'Request' }, value: reading.draw.digest },
    { label: { zh: '种子', en: 'Seed' }, value: reading.draw.seed },
  ]);
}

function readTable(sheet: Sheet, record: OpeningRecord): void {
  table(
    sheet,
    [
      fitted('顺序', 'No.'),
      columns.bidder,
      columns.price,
      columns.period,
      column('质量', 'Quality', 1.6, 'center'),
      columns.manager,
      column('保证金', 'Security', 3, 'center'),
    ],
    record.bids.map((each): CellInput[] => {
      const over = record.ceiling !== null && each.price !== null && exceeds(each.price, record.ceiling);
      const note = over
        ? { zh: `${side(each.bidder.name, 'zh')}（报价高于最高投标限价）`, en: 'price above the ceiling' }
        : each.bidder.name;
      return [
        String(each.order),
        note,
        each.price === null ? '—' : { text: figures(each.price), weight: 'bold' },
        each.period,
        each.quality,
        each.manager,
        each.security,
      ];
    }),
    8.2,
  );
  sheet.caption({ zh: '各投标的签收时间与密文摘要', en: 'When each bid was received, and the hash of its sealed file' });
  table(
    sheet,
    [fitted('顺序', 'No.'), columns.code, fitted('签收时间', 'Received (UTC+8)'), column('密文 SHA-256', 'Sealed file', 1)],
    record.bids.map((each) => [String(each.order), each.bidder.code, exactStamp(each.receivedAt), each.sha256]),
    7.6,
  );
}

/** By what the bank had told and issuers had signed: whoever reads the record need not ask the tenderee. */
function securitySection(sheet: Sheet, { securities }: OpeningRecord): void {
  if (securities === undefined) return;
  sheet.heading({ zh: '投标保证金', en: 'Bid securities' });
  const asked = figures(securities.asked);
  sheet.paragraph({
    zh: `应提交 ${asked} 元。到账时间以银行记账为准；本记录形成后银行补报的流水，以平台公布的情况为准。`,
    en: `Asked for: CNY ${asked}. What counts is when the bank booked it; what the bank tells later is shown by the platform.`,
  });
  table(
    sheet,
    [
      columns.bidder,
      columns.code,
      column('形式', 'Form', 2, 'center'),
      fitted('金额（元）', 'Amount (CNY)', 'right'),
      column('是否计入', 'Counts', 2, 'center'),
      column('情况', 'How it stands', 4),
    ],
    securities.list.map((each): CellInput[] => [
      each.bidder.name,
      each.bidder.code,
      each.form,
      figures(each.amount),
      each.counts ? { zh: '计入', en: 'yes' } : { zh: '不计入', en: 'no' },
      each.says,
    ]),
  );
}

function invalidSection(sheet: Sheet, record: OpeningRecord): void {
  sheet.heading({ zh: '无效投标', en: 'Invalid bids' });
  table(
    sheet,
    [
      column('投标人', 'Bidder', 4),
      column('原因', 'Reason', 6),
      column('责任归属', 'Attributed to', 2, 'center'),
      column('后果', 'Consequence', 4),
    ],
    record.invalid.map((each): CellInput[] => [each.bidder.name, each.reason, each.attributedTo, each.consequence]),
  );
}

function remedySection(sheet: Sheet, { remedies = [] }: OpeningRecord): void {
  if (remedies.length === 0) return;
  sheet.heading({ zh: '补救方案的适用', en: 'Remedy applied' });
  const at = (moment: string | null): CellInput => (moment === null ? '—' : exactStamp(moment));
  table(
    sheet,
    [
      column('投标人', 'Bidder', 4),
      column('补救', 'Remedy', 5),
      fitted('等待起', 'Asked (UTC+8)'),
      fitted('提交', 'Handed in (UTC+8)'),
      column('副本摘要', 'Digest of the copy', 4),
    ],
    remedies.map((each): CellInput[] => [each.bidder.name, each.says, at(each.askedAt), at(each.appliedAt), each.sha256 ?? '—']),
  );
}

function notesSection(sheet: Sheet, { notes = [] }: OpeningRecord): void {
  if (notes.length === 0) return;
  sheet.heading({ zh: '证书状态注记', en: 'Notes on certificates' });
  table(
    sheet,
    [column('投标人', 'Bidder', 4), column('注记', 'Note', 7), fitted('时间', 'At (UTC+8)')],
    notes.map((each): CellInput[] => [each.bidder.name, each.says, exactStamp(each.at)]),
  );
}

function drawnSection(sheet: Sheet, record: OpeningRecord): void {
  if (record.drawn.length === 0) return;
  sheet.heading({ zh: '现场抽取', en: 'Drawn in session' });
  table(
    sheet,
    [
      column('参数', 'Parameter', 3),
      column('备选值', 'Choices', 4),
      fitted('抽取结果', 'Drawn'),
      column('抽取申请摘要', 'Request digest', 5),
    ],
    record.drawn.map((each): CellInput[] => [each.name, each.choices.join('、'), { text: each.choice, weight: 'bold' }, each.digest]),
  );
}

function objectionSection(sheet: Sheet, record: OpeningRecord): void {
  sheet.heading({ zh: '开标异议与答复', en: 'Objections and answers' });
  tableOr(
    sheet,
    { zh: '开标过程中无人提出异议。', en: 'No objection was raised in the session.' },
    [column('提出人', 'By', 3), columns.at, column('异议', 'Objection', 5), column('当场答复', 'Answer', 5)],
    record.objections.map((each): CellInput[] => [
      each.by,
      stamp(each.raisedAt),
      each.text,
      each.answer ?? { zh: '未答复', en: 'not answered' },
    ]),
  );
}

/** Who confirmed the record, and when: the host by its session, each bidder by a signature over the record's digest. */
function confirmationTable(sheet: Sheet, { signatures }: OpeningRecord): void {
  table(
    sheet,
    [
      column('身份', 'Capacity', 3),
      column('名称', 'Name', 4),
      fitted('确认时间', 'Confirmed at (UTC+8)'),
      column('记录摘要 · 证书序列号', 'Digest of the record · certificate', 4),
    ],
    signatures.map((each): CellInput[] => [
      each.role,
      { text: each.name, weight: 'bold' },
      each.signedAt === null ? { zh: '未签名', en: 'not signed' } : exactStamp(each.signedAt),
      each.mark ?? '—',
    ]),
  );
}
