import type { ExpertYearAnswer } from '../../src/appraisal/annual-answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { periodText, reviewTitle, statePill, verdictPill, verdictWords } from './annual-words.ts';

const say = {
  work: { zh: '我的评标与考核', en: 'My evaluations' },
  record: { zh: '专家档案', en: 'Its record' },
  figures: { zh: '考核依据', en: 'What the platform holds' },
  liveSays: {
    zh: '按现在的数据统计，只含结果已确定的标段。',
    en: 'Counted now, of lots whose result is decided only.',
  },
  frozenSays: { zh: '作出结论时的数据，已记入日志。', en: 'As it stood when the verdict was given; it is in the journal.' },
  best: { zh: '规则所允许的最好结论', en: 'The best verdict the rules allow' },
  hints: { zh: '偏差提示（不单独作为结论的依据）', en: 'Pointed out (decides nothing by itself)' },
  pairs: { zh: '多次相遇的投标人', en: 'Bidders met more than once' },
  bidder: { zh: '投标人', en: 'Bidder' },
  times: { zh: '相遇', en: 'Met' },
  won: { zh: '其中中标', en: 'Won' },
  course: { zh: '结论与复核', en: 'Verdict and recheck' },
  waits: { zh: '交易中心尚未作出结论。', en: 'The centre has given no verdict yet.' },
  told: { zh: '考核结论', en: 'Verdict' },
  reason: { zh: '理由', en: 'Reasons' },
  objection: { zh: '复核申请', en: 'Recheck asked for' },
  decision: { zh: '复核决定', en: 'Recheck' },
  final: { zh: '最终结论', en: 'Final verdict' },
  settled: { zh: '期满未申请复核，结论生效。', en: 'Nobody asked for a recheck in time.' },
  contestUntil: { zh: '申请复核期限', en: 'Recheck may be asked for until' },
  recheckUntil: { zh: '复核期限', en: 'Recheck due' },
  follows: { zh: '不合格的后果', en: 'What unfit leads to' },
  judge: { zh: '作出结论', en: 'Give the verdict' },
  judgeSays: { zh: '告知专家，不能撤回；专家可以申请复核。', en: 'The expert is told, for good, and may ask for a recheck.' },
  choice: { zh: '结论', en: 'Verdict' },
  contest: { zh: '申请复核', en: 'Ask for a recheck' },
  contestSays: { zh: '复核只能申请一次，复核期间结论不生效。', en: 'Once only; the verdict has no effect meanwhile.' },
  grounds: { zh: '申请理由', en: 'Why' },
  decide: { zh: '作出复核决定', en: 'Decide' },
  decideSays: { zh: '复核决定为最终结论，立即生效。', en: 'It is final and takes effect at once.' },
} satisfies Texts;

/** One expert in one annual review, for those who keep the pool and for itself (GET /expert-years/:entry). */
export function expertYearPage(view: View, data: ExpertYearAnswer): Html {
  const title = reviewTitle(data.review.year);
  const own = data.expert === null;
  return layout(view, {
    title: `${view.t(title)} · ${data.name}`,
    section: own ? '/expert' : '/experts/applications',
    main: html`${part.pageHead(view, {
      title: own ? title : data.name,
      back: own ? { href: '/expert/work', label: say.work } : { href: `/experts/annual-reviews/${data.review.id}`, label: title },
      below: periodText(view, data.review),
      beside: statePill(view, data.state),
      ...(own ? {} : { actions: part.linkButton(view, { href: `/experts/people/${data.expert}`, label: say.record, icon: 'user' }) }),
    })}
${part.columns({
  main: part.stack(figuresCard(view, data), data.figures.pairs.length > 0 ? pairsCard(view, data) : nothing),
  right: part.stack(courseCard(view, data), followsCard(view, data)),
})}`,
  });
}

type Figures = ExpertYearAnswer['figures'];
interface Line {
  readonly label: Words;
  readonly source: Words;
  readonly value: (figures: Figures) => Words | string;
}

const nothingCounted: Words = { zh: '无', en: 'none' };
const both = (text: string): Words => ({ zh: text, en: text });

/** Each figure with where it comes from. Data: a further figure is a row. */
const lines: readonly Line[] = [
  {
    label: { zh: '抽取与答复', en: 'Calls' },
    source: { zh: '抽取记录', en: 'the draws' },
    value: ({ called, accepted, declined, silent }) => ({
      zh: `抽中 ${called}，参加 ${accepted}，不能参加 ${declined}，未答复 ${silent}`,
      en: `called ${called}, accepted ${accepted}, declined ${declined}, silent ${silent}`,
    }),
  },
  {
    label: { zh: '完成评标', en: 'Evaluations done' },
    source: { zh: '评标报告', en: 'the reports' },
    value: ({ evaluations }) => String(evaluations),
  },
  {
    label: { zh: '中途回避', en: 'Withdrew' },
    source: { zh: '回避申报', en: 'the declarations' },
    value: ({ withdrew }) => String(withdrew),
  },
  {
    label: { zh: '缺席', en: 'Absent' },
    source: { zh: '评标台签到记录', en: 'the log of the desks' },
    value: ({ absent, due, absence }) => (absence === null ? nothingCounted : both(`${absent} / ${due} (${absence}%)`)),
  },
  {
    label: { zh: '所受评价平均分', en: 'Mean of appraisals' },
    source: { zh: '一标一评记录', en: 'the appraisals' },
    value: ({ mean, scores }) => (mean === null ? nothingCounted : { zh: `${mean}（${scores} 项评分）`, en: `${mean} (${scores} marks)` }),
  },
  {
    label: { zh: '记分', en: 'Conduct points' },
    source: { zh: '记分记录', en: 'the entries' },
    value: ({ points, contested, struck }) => ({
      zh: `${points} 分${contested > 0 ? `，异议待处理 ${contested} 项` : ''}${struck > 0 ? `，已撤销 ${struck} 项` : ''}`,
      en: `${points}${contested > 0 ? `, ${contested} under objection` : ''}${struck > 0 ? `, ${struck} struck` : ''}`,
    }),
  },
  {
    label: { zh: '测试', en: 'Tests' },
    source: { zh: '入库与续聘记录', en: 'the applications' },
    value: ({ tests, testsPassed }) =>
      tests === 0 ? nothingCounted : { zh: `${tests} 次，合格 ${testsPassed} 次`, en: `${tests}, passed ${testsPassed}` },
  },
  {
    label: { zh: '主观分偏离其他评委均值', en: 'Subjective marks, from the others’ mean' },
    source: { zh: '各评委评分表', en: 'the score sheets' },
    value: ({ deviation, lean, marks }) =>
      deviation === null
        ? nothingCounted
        : {
            zh: `平均为满分的 ${deviation}%（正负相抵 ${lean}%，${marks} 项评分）`,
            en: `${deviation}% of the full mark on average (signed ${lean}%, ${marks} marks)`,
          },
  },
  {
    label: { zh: '本人首选即中标人', en: 'Own first won' },
    source: { zh: '本人评分表与中标结果', en: 'its score sheets and the awards' },
    value: ({ firstWon, ranked }) => (ranked === 0 ? nothingCounted : both(`${firstWon} / ${ranked}`)),
  },
];

function figuresCard(view: View, { figures, live, best, grounds, hints }: ExpertYearAnswer): Html {
  return part.card(view, {
    title: say.figures,
    body: html`<div class="stack"><p class="sub">${view.t(live ? say.liveSays : say.frozenSays)}</p>${part.facts(
      view,
      lines.map(({ label, source, value }) => {
        const text = value(figures);
        return {
          label,
          value: html`${typeof text === 'string' ? text : view.t(text)} <span class="sub">${view.t({ zh: `来源：${source.zh}`, en: `from ${source.en}` })}</span>`,
        };
      }),
    )}<h3>${view.t(say.best)}</h3><p>${verdictPill(view, best)}</p>${wordList(view, grounds)}${
      hints.length > 0 ? html`<h3>${view.t(say.hints)}</h3>${wordList(view, hints)}` : nothing
    }</div>`,
  });
}

const wordList = (view: View, list: readonly Words[]): Html =>
  list.length === 0 ? nothing : html`<ul class="plain">${each(list, (says) => html`<li>${view.t(says)}</li>`)}</ul>`;

const pairsCard = (view: View, { figures }: ExpertYearAnswer): Html =>
  part.tableCard(view, {
    title: say.pairs,
    rows: figures.pairs,
    columns: [
      { label: say.bidder, phone: 'head', cell: (row) => row.name },
      { label: say.times, cell: (row) => row.times, numeric: true, phone: 'figure' },
      { label: say.won, cell: (row) => row.won, numeric: true },
    ],
  });

function courseCard(view: View, data: ExpertYearAnswer): Html {
  const { told, objection, decision, state } = data;
  const rows = [
    ...(told
      ? [
          { label: say.told, value: html`${verdictPill(view, told.verdict)} <span class="sub">${part.time(view, told.at)}</span>` },
          { label: say.reason, value: told.reason },
        ]
      : []),
    ...(state === 'told' && data.contestUntil ? [{ label: say.contestUntil, value: part.time(view, data.contestUntil) }] : []),
    ...(objection
      ? [{ label: say.objection, value: html`${objection.text} <span class="sub">${part.time(view, objection.at)}</span>` }]
      : []),
    ...(state === 'contested' && data.recheckUntil ? [{ label: say.recheckUntil, value: part.time(view, data.recheckUntil) }] : []),
    ...(decision
      ? [
          {
            label: decision.reason === null ? say.final : say.decision,
            value: html`${verdictPill(view, decision.verdict)} <span class="sub">${part.time(view, decision.at)}</span>`,
          },
          { label: say.reason, value: decision.reason ?? view.t(say.settled) },
        ]
      : []),
  ];
  return part.card(view, {
    title: say.course,
    now: data.may.judge || data.may.contest || data.may.decide,
    body: html`<div class="stack">${rows.length > 0 ? part.facts(view, rows) : html`<p class="sub">${view.t(say.waits)}</p>`}${actOf(view, data)}</div>`,
  });
}

function actOf(view: View, data: ExpertYearAnswer): Html {
  const action = `/expert-years/${data.id}`;
  if (data.may.judge)
    return verdictForm(view, data, { action: `${action}/verdict`, submit: say.judge, confirm: { title: say.judge, says: say.judgeSays } });
  if (data.may.decide)
    return verdictForm(view, data, {
      action: `${action}/decision`,
      submit: say.decide,
      confirm: { title: say.decide, says: say.decideSays },
    });
  if (!data.may.contest) return nothing;
  return part.form(view, {
    action: `${action}/objection`,
    fields: part.field(view, { kind: 'textarea', name: 'text', label: say.grounds, required: true, rows: 4, maxlength: 1000 }),
    submit: say.contest,
    confirm: { title: say.contest, says: say.contestSays },
  });
}

/** A verdict, no better than the rules allow, and its reasons. */
const verdictForm = (view: View, { allowed }: ExpertYearAnswer, f: Omit<part.Form, 'fields'>): Html =>
  part.form(view, {
    ...f,
    fields: html`${part.field(view, {
      kind: 'radio',
      name: 'verdict',
      label: say.choice,
      required: true,
      choices: allowed.map((value) => ({ value, label: verdictWords[value] })),
    })}${part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, required: true, rows: 4, maxlength: 1000 })}`,
  });

const followsCard = (view: View, { consequences }: ExpertYearAnswer): Html =>
  part.card(view, { title: say.follows, body: wordList(view, consequences) });
