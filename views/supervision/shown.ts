import type { BoardAnswer, ClockAnswer, EntryAnswer, WatchedAnswer } from '../../src/supervision/answers.ts';
import { html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import { phaseTone } from '../tenders/phase.ts';
import type { View, Words } from '../view.ts';
import type { Board } from './board.ts';
import { orderCard } from './order.ts';
import type { SupervisedTender, Warning } from './tender.ts';

/** What the supervision room answers, as its two pages are given it. */

export function boardOf(view: View, answer: BoardAnswer): Board {
  const { query, counts } = answer;
  const href = (change: Readonly<Record<string, string | number>>): string => {
    const wanted = Object.entries({ ...query, ...change }).filter(([, value]) => value !== '');
    return `/supervision?${new URLSearchParams(wanted.map(([name, value]) => [name, String(value)])).toString()}`;
  };
  return {
    rows: answer.rows.map((row) => ({
      href: `/supervision/lots/${row.id}`,
      number: row.number,
      name: row.name,
      region: view.t(row.regionName),
      tenderee: row.tenderee.name,
      agent: row.agent?.name ?? null,
      where: row.phaseTitle,
      tone: phaseTone(row.phase),
      step: row.step,
      steps: row.steps,
      limit: row.next && { what: row.next.label, until: row.next.until },
      warnings: row.overdue,
      stoppedFor: row.stoppedFor,
    })),
    counts: [
      { label: { zh: '全部标段', en: 'Lots' }, value: counts.all, href: '/supervision' },
      { label: { zh: '正在开标', en: 'Being opened' }, value: counts.opening, href: '/supervision?phase=opening' },
      { label: { zh: '一天内到期', en: 'Due within a day' }, value: counts.soon, href: '/supervision?due=soon' },
      { label: { zh: '有逾期', en: 'Overdue' }, value: counts.overdue, href: '/supervision?due=overdue' },
    ],
    filter: { action: '/supervision', ...query },
    choices: answer.choices,
    pages: { page: answer.page, pages: answer.pages, total: answer.total, href: (page) => href({ page }) },
  };
}

const entryKinds: Readonly<Record<string, Words>> = {
  notices: { zh: '公告与文件', en: 'Notices' },
  bids: { zh: '投标与开标', en: 'Bids and opening' },
  draws: { zh: '抽取', en: 'Draws' },
  evaluation: { zh: '评标与定标', en: 'Evaluation and award' },
  orders: { zh: '暂停令', en: 'Orders' },
  looks: { zh: '敏感查看', en: 'Looks' },
  refusals: { zh: '被拒绝', en: 'Refusals' },
};

const say = {
  all: { zh: '全部', en: 'Everything' },
  tenderee: { zh: '招标人', en: 'Tenderee' },
  agent: { zh: '招标代理', en: 'Agent' },
  none: { zh: '无', en: 'none' },
  ceiling: { zh: '最高限价', en: 'Ceiling price' },
  method: { zh: '评标办法', en: 'Method' },
  published: { zh: '公告发布', en: 'Published' },
  deadline: { zh: '投标截止', en: 'Deadline' },
  opened: { zh: '开标', en: 'Opened' },
  reported: { zh: '评标报告', en: 'Report' },
  page: { zh: '公开页面', en: 'Public page' },
  sealed: {
    zh: '谁投标、有几家，开标前对监管部门同样保密。',
    en: 'Who bids and how many is secret for the regulator too until the opening.',
  },
  seats: { zh: '席位', en: 'Seats' },
  drawnSeats: { zh: '随机抽取的专家', en: 'Experts drawn at random' },
  representatives: { zh: '招标人代表', en: 'Representatives' },
  overdue: { zh: '逾期', en: 'Overdue' },
  look: { zh: '查看评标过程', en: 'Look at the evaluation' },
  lookSays: {
    zh: '评标过程依法保密。您可以凭理由查看，查看本身会写入日志：谁、何时、为何。看到的是查看那一刻的情况。',
    en: 'An evaluation is confidential by law. You may look for a stated reason; the look itself goes into the journal: who, when and why. It shows what stands at that moment.',
  },
  ground: { zh: '查看理由', en: 'Why you look' },
  groundHint: { zh: '例如：核实来信反映的评分异常', en: 'For example: checking a complaint about odd scores' },
} satisfies Readonly<Record<string, Words>>;

export function tenderOf(view: View, answer: WatchedAnswer): SupervisedTender {
  const { lot } = answer;
  const here = `/supervision/lots/${lot.id}`;
  return {
    lot: lot.id,
    number: lot.number,
    name: lot.name,
    region: lot.regionPath.length > 0 ? lot.regionPath.map((name) => view.t(name)).join(' › ') : view.t(lot.regionName),
    kind: lot.lineName,
    stages: answer.stages.map(({ label, state, at }) => ({ label, state, ...(at === null ? {} : { note: part.time(view, at, 'day') }) })),
    facts: factsOf(view, lot),
    limits: answer.clocks.map(limitOf),
    warnings: answer.clocks.filter((clock) => clock.overdue && clock.done === null).map((clock) => warningOf(view, clock)),
    entries: answer.entries.map(entryOf),
    filters: [
      { label: say.all, href: here, current: answer.only === '' },
      ...answer.kinds
        .filter(({ kind, count }) => count > 0 || kind === answer.only)
        .map(({ kind, count }) => ({
          label: entryKinds[kind] ?? kind,
          href: `${here}?only=${kind}`,
          current: answer.only === kind,
          count,
        })),
    ],
    panel: answer.panel && panelOf(answer.panel, lot.id),
    papers: answer.papers.map(({ kind, title, bytes, sha256, at }) => ({
      name: `${view.t(title)}.pdf`,
      bytes,
      sha256,
      at,
      href: `/lots/${lot.id}/papers/${kind}`,
    })),
    evidence: answer.evidence,
    acts: html`${orderCard(view, here, answer)}${answer.mayLook ? lookForm(view, here) : nothing}`,
  };
}

function factsOf(view: View, lot: WatchedAnswer['lot']): readonly part.Fact[] {
  const moments = [
    [say.published, lot.publishedAt],
    [say.deadline, lot.deadline],
    [say.opened, lot.openedAt],
    [say.reported, lot.reportedAt],
  ] as const;
  return [
    { label: say.tenderee, value: lot.tenderee.name },
    { label: say.agent, value: lot.agent?.name ?? view.t(say.none) },
    { label: say.ceiling, value: lot.ceiling === null ? view.t(say.none) : part.money(view, { yuan: lot.ceiling }) },
    ...(lot.method ? [{ label: say.method, value: view.t(lot.method) }] : []),
    ...moments.flatMap(([label, at]) => (at === null ? [] : [{ label, value: part.time(view, at) }])),
    {
      label: say.page,
      value: html`<a href="/lots/${lot.id}">${lot.number}</a>`,
      ...(lot.openedAt === null ? { note: view.t(say.sealed) } : {}),
    },
  ];
}

const limitOf = ({ kind, label, from, until, done, ground }: ClockAnswer): part.TimeLimit => ({ kind, label, from, until, done, ground });

const warningOf = (view: View, clock: ClockAnswer): Warning => ({
  tone: 'refused',
  grade: say.overdue,
  says: clock.label,
  detail: [part.remainingText(view, clock.until), ...(clock.otherwise ? [view.t(clock.otherwise)] : [])].join(' · '),
  href: `/rules#${clock.rule ?? ''}`,
});

const entryOf = ({ number, event, at, says, actor, kind }: EntryAnswer): part.TimelineEntry => ({
  index: number,
  at,
  says,
  actor,
  kind,
  ...(number === null ? {} : { proof: `/receipts/${event}` }),
});

function panelOf({ seats, drawn }: NonNullable<WatchedAnswer['panel']>, lot: string): SupervisedTender['panel'] {
  const experts = seats.filter((seat) => seat.kind === 'expert').length;
  return {
    facts: [
      { label: say.seats, value: seats.length },
      { label: say.drawnSeats, value: experts },
      { label: say.representatives, value: seats.length - experts },
    ],
    proof: drawn ? `/lots/${lot}/draw` : null,
  };
}

const lookForm = (view: View, here: string) =>
  part.card(view, {
    title: say.look,
    body: html`<p class="sub">${view.t(say.lookSays)}</p>${part.form(view, {
      action: `${here}/looks`,
      fields: html`<input type="hidden" name="matter" value="evaluation">${part.field(view, { kind: 'textarea', name: 'ground', label: say.ground, hint: say.groundHint, required: true, rows: 2, maxlength: 300 })}`,
      submit: say.look,
      icon: 'eye-exclamation',
      tone: 'plain',
    })}`,
  });
