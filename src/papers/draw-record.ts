import { z } from 'zod';
import { anchorEntries, lotBlock } from './blocks.ts';
import { column, columns, fitted } from './columns.ts';
import { anchor, common, count, hash, instant, type Paper, text, words } from './paper.ts';
import { sealBlock } from './seal.ts';
import { ink, type Sheet } from './sheet.ts';
import { type CellInput, entries, table } from './table.ts';
import { exactStamp, moment } from './wording.ts';

const states = {
  drawn: { zh: '抽中', en: 'drawn' },
  standby: { zh: '候补', en: 'standing by' },
  called: { zh: '已通知', en: 'called' },
  accepted: { zh: '确认参加', en: 'accepted' },
  declined: { zh: '不能参加', en: 'declined' },
  silent: { zh: '逾期未答复', en: 'no answer' },
  recused: { zh: '回避', en: 'recused' },
} as const;

const data = z
  .strictObject({
    ...common,
    /** `final` names the experts; until the result only commitments are shown */
    edition: z.enum(['masked', 'final']),
    draw: z.strictObject({ id: z.string(), purpose: words, requestedAt: instant, completedAt: instant, digest: hash, seed: hash }),
    conditions: text,
    excluded: z.array(z.strictObject({ ground: words, count: text })),
    seats: z.array(z.strictObject({ specialty: text, code: z.string(), count, reserve: count, eligible: count })),
    called: z.array(
      z.strictObject({
        code: z.string(),
        /** place in the ticket order of its seat, from 1 */
        place: count,
        expert: hash,
        state: z.enum(['drawn', 'standby', 'called', 'accepted', 'declined', 'silent', 'recused']),
        at: instant.nullable(),
        ground: text.nullable(),
        name: z.string().nullable(),
        employer: z.string().nullable(),
      }),
    ),
    parameters: z.array(z.strictObject({ name: text, choices: z.array(z.string()), choice: z.string() })),
    trustees: z.array(z.strictObject({ name: text, gaveAt: instant.nullable() })),
    journal: anchor,
  })
  .refine((given) => given.edition === 'final' || given.called.every((each) => each.name === null && each.employer === null), {
    message: 'a masked edition names nobody',
    path: ['called'],
  });
export type DrawRecord = z.infer<typeof data>;

/** 抽取记录 (招标投标法实施条例 §46; 评标专家和评标专家库管理办法). Anyone repeats the draw from its request and the trustees' shares. */
export const drawRecord: Paper<DrawRecord> = {
  kind: 'draw-record',
  version: 2,
  title: { zh: '评标专家抽取记录', en: 'Record of the draw' },
  follows: ['draw.completed', 'experts.revealed'],
  data,
  draw(sheet, record) {
    const final = record.edition === 'final';
    sheet.remark(
      final
        ? {
            zh: '公开版：评标已结束，专家姓名与盐值已公布，任何人可重算承诺与抽取次序。',
            en: 'Final edition: the evaluation is over, names and salts are public, and anyone can recompute commitments and order.',
          }
        : {
            zh: '保密版：中标结果公布前，专家以承诺值表示，任何人（含平台管理员）不得获知姓名。',
            en: 'Masked edition: until the result experts appear as commitments; nobody, administrators included, may learn their names.',
          },
    );
    sheet.heading({ zh: '抽取申请', en: 'Request' });
    lotBlock(sheet, record.tender);
    entries(sheet, [
      { label: { zh: '抽取用途', en: 'Purpose' }, value: record.draw.purpose, half: true },
      { label: { zh: '抽取编号', en: 'Draw' }, value: record.draw.id, half: true },
      { label: { zh: '申请时间', en: 'Requested' }, value: moment(record.draw.requestedAt), half: true },
      { label: { zh: '完成时间', en: 'Completed' }, value: moment(record.draw.completedAt), half: true },
      { label: { zh: '抽取条件', en: 'Conditions' }, value: record.conditions },
      { label: { zh: '申请摘要', en: 'Request digest' }, value: record.draw.digest },
      { label: { zh: '随机种子', en: 'Seed' }, value: record.draw.seed },
    ]);
    seatSection(sheet, record);
    calledSection(sheet, record, final);
    sheet.heading({ zh: '随机性来源', en: 'Where the randomness comes from' });
    sheet.paragraph({
      zh: '抽取申请先写入存证日志，再由开标委员会保管人共同计算唯一的随机值；少于门限的保管人、平台和申请人均不能预知或选择结果，也不能重抽。任何人可由申请与各保管人份额重算种子与次序。',
      en: 'The request was journalled before any trustee answered; the trustees together compute the one value there is. Fewer than the threshold, the platform and the applicant can neither foresee, choose nor repeat it. Anyone recomputes seed and order from the request and the shares.',
    });
    table(
      sheet,
      [column('保管人', 'Trustee', 6), fitted('给出份额', 'Share given (UTC+8)')],
      record.trustees.map((each) => [each.name, each.gaveAt === null ? { zh: '未参与', en: 'took no part' } : exactStamp(each.gaveAt)]),
    );
    entries(sheet, anchorEntries(record.journal));
    sealBlock(sheet, [{ role: { zh: '抽取平台', en: 'Platform' }, name: record.platform }], record.issuedAt);
  },
};

function seatSection(sheet: Sheet, record: DrawRecord): void {
  if (record.seats.length > 0) {
    sheet.heading({ zh: '席位与备选', en: 'Seats and pool' });
    table(
      sheet,
      [
        column('专业', 'Specialty', 5),
        fitted('分类代码', 'Code'),
        fitted('席位', 'Seats', 'right'),
        fitted('候补', 'Reserve', 'right'),
        fitted('备选人数', 'Eligible', 'right'),
      ],
      record.seats.map((each): CellInput[] => [each.specialty, each.code, String(each.count), String(each.reserve), String(each.eligible)]),
    );
  }
  if (record.excluded.length === 0) return;
  sheet.caption({ zh: '抽取前回避排除（仅列理由与人数区间）', en: 'Excluded before the draw (grounds and bands of numbers only)' });
  table(
    sheet,
    [column('回避理由', 'Ground', 5), fitted('人数', 'Experts', 'right')],
    record.excluded.map((each): CellInput[] => [each.ground, each.count]),
  );
}

function calledSection(sheet: Sheet, record: DrawRecord, final: boolean): void {
  if (record.called.length > 0) {
    sheet.heading({ zh: '抽取结果', en: 'Drawn' });
    table(
      sheet,
      [
        fitted('专业', 'Seat'),
        fitted('次序', 'Place'),
        final ? column('姓名与单位', 'Name and employer', 4) : column('专家', 'Expert', 2),
        column('承诺值', 'Commitment', 4),
        column('状态', 'State', 3),
        columns.at,
      ],
      record.called.map((each): CellInput[] => [
        each.code,
        String(each.place),
        final
          ? { text: `${each.name ?? '—'}\n${each.employer ?? ''}`, weight: 'regular' }
          : { text: { zh: '保密', en: 'masked' }, colour: ink.quiet },
        each.expert,
        stateOf(each.state, each.ground),
        each.at === null ? '—' : exactStamp(each.at),
      ]),
      8,
    );
  }
  if (record.parameters.length === 0) return;
  sheet.heading({ zh: '抽取的参数', en: 'Parameters drawn' });
  table(
    sheet,
    [column('参数', 'Parameter', 3), column('备选值', 'Choices', 5), fitted('结果', 'Drawn')],
    record.parameters.map((each): CellInput[] => [each.name, each.choices.join('、'), { text: each.choice, weight: 'bold' }]),
  );
}

function stateOf(state: keyof typeof states, ground: DrawRecord['called'][number]['ground']) {
  const said = states[state];
  if (ground === null) return said;
  const both = typeof ground === 'string' ? { zh: ground, en: ground } : ground;
  return { zh: `${said.zh}：${both.zh}`, en: `${said.en}: ${both.en}` };
}
