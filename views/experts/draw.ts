import type { CalledSeat, DrawAnswer, DrawnDraw } from '../../src/experts/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { channelList } from './channels.ts';
import { requestCards } from './draw-request.ts';

const say = {
  title: { zh: '评标专家抽取', en: 'Expert draw' },
  secret: {
    zh: '姓名在评标开始前对任何人保密，包括主持人、交易中心、管理员和监管部门；可以公开之前，这里只显示代号。',
    en: 'Names are hidden from everyone until the evaluation starts, host, centre, administrator and regulator included; only masks stand here.',
  },
  wanted: { zh: '席位', en: 'Seats' },
  specialty: { zh: '专业', en: 'Specialty' },
  need: { zh: '席位数', en: 'Seats' },
  reserve: { zh: '后备', en: 'Standby' },
  eligible: { zh: '可抽取', en: 'Eligible' },
  taken: { zh: '已确认', en: 'Accepted' },
  waiting: { zh: '等待答复', en: 'Waiting' },
  excluded: { zh: '按规则回避（只有人数区间）', en: 'Left out by rule (bands only)' },
  excludedNone: { zh: '没有人需要回避。', en: 'Nobody had to be left out.' },
  excludedSays: {
    zh: '名单由平台按规则剔除，任何人不能指定或剔除专家。',
    en: 'The platform leaves experts out by rule; nobody names or strikes anybody.',
  },
  result: { zh: '抽中与答复', en: 'Called, and what they answered' },
  who: { zh: '专家', en: 'Expert' },
  state: { zh: '状态', en: 'State' },
  calledAt: { zh: '通知时间', en: 'Called' },
  channels: { zh: '发送渠道', en: 'Sent by' },
  answer: { zh: '答复', en: 'Answer' },
  standby: {
    zh: '另有 {n} 名后备专家按抽签次序等候，有人不能参加时依次递补。',
    en: '{n} more stand by in the drawn order and follow when somebody cannot come.',
  },
  nobody: { zh: '委员会答复后立即按次序通知', en: 'Calls go out as soon as the council has answered' },
  council: { zh: '开标委员会共同抽取', en: 'Drawn by the council together' },
  councilSays: {
    zh: '任意 {threshold} 位托管人的份额决定唯一结果，无人能预知、挑选或重来。',
    en: 'The shares of any {threshold} trustees decide one result; nobody can foresee, choose or repeat it.',
  },
  gave: { zh: '{at} 给出份额', en: 'gave its share at {at}' },
  gives: { zh: '等待中', en: 'waiting' },
  notNeeded: { zh: '未参与，不影响结果', en: 'did not take part; not needed' },
  digest: { zh: '申请摘要', en: 'Digest of the request' },
  asked: { zh: '申请时间', en: 'Requested' },
  done: { zh: '抽取完成', en: 'Drawn' },
  proof: { zh: '抽取可复算', en: 'The draw can be recomputed' },
  proofSays: {
    zh: '下载抽取存证（JSON），用 yangguang verify 离线复算；姓名公布后可逐一核对承诺值。',
    en: 'Download the transcript (JSON) and recheck it offline with yangguang verify; once names are out, each commitment can be checked.',
  },
  download: { zh: '抽取存证（JSON）', en: 'Transcript (JSON)' },
  commitment: { zh: '承诺值', en: 'Commitment' },
  groundOf: { zh: '再次抽取的理由', en: 'Ground of the further draw' },
  earlier: { zh: '以前的抽取', en: 'Earlier draws' },
  panel: { zh: '评标委员会', en: 'The panel' },
  formPanel: { zh: '组建评标委员会', en: 'Form the panel' },
  void: { zh: '已被再次抽取取代', en: 'Out of force: drawn again' },
} satisfies Texts;

const states: Readonly<Record<string, { readonly tone: part.Tone; readonly says: Words }>> = {
  called: { tone: 'now', says: { zh: '等待答复', en: 'Waiting for an answer' } },
  accepted: { tone: 'plain', says: { zh: '确认参加', en: 'Accepted' } },
  declined: { tone: 'refused', says: { zh: '不能参加，已递补', en: 'Cannot come, replaced' } },
  void: { tone: 'plain', says: { zh: '作废', en: 'Out of force' } },
};

/** The draw of a lot's experts: what was asked, who was left out by which rule, the council's answer, and who was called, masked. */
export function drawPage(view: View, data: DrawAnswer): Html {
  const [draw, ...earlier] = data.draws;
  const base = `/lots/${data.lot.id}`;
  return layout(view, {
    title: `${view.t(say.title)} · ${data.lot.name}`,
    section: '/lots',
    scripts: ['live.js'],
    main: html`${part.pageHead(view, {
      back: { href: base, label: data.lot.name },
      above: `${data.lot.number} · ${view.t(data.lot.phaseTitle)}`,
      title: say.title,
      below: view.t(say.secret),
      beside: part.live('state', status(view, data)),
    })}
${part.live('stages', part.stages(view, stagesOf(data)))}
${part.columns({
  main: html`${part.live('result', draw ? resultCard(view, draw) : seatsCard(view, data))}${acts(view, data)}${earlier.length > 0 ? earlierCard(view, earlier) : nothing}`,
  right: html`${part.live('council', draw ? councilCard(view, draw) : nothing)}${draw ? poolCard(view, draw) : nothing}${draw ? proofCard(view, draw, base) : nothing}`,
})}`,
  });
}

const complete = (data: DrawAnswer): boolean => data.panel.seats.every((seat) => seat.taken >= seat.count);

function status(view: View, data: DrawAnswer): Html {
  const [draw] = data.draws;
  const taken = data.panel.seats.reduce((all, seat) => all + seat.taken, 0);
  if (!draw) return part.pill(view, 'wait', { zh: '尚未申请', en: 'Not requested yet' });
  if (!draw.completedAt) return part.pill(view, 'now', { zh: '委员会抽取中', en: 'The council is drawing' });
  if (complete(data)) return part.pill(view, 'plain', { zh: '席位已全部确认', en: 'Every seat is taken' });
  return part.pill(
    view,
    'now',
    { zh: '已确认 {taken} / {all} 席', en: '{taken} of {all} seats accepted' },
    { taken, all: data.panel.experts },
  );
}

function stagesOf(data: DrawAnswer): readonly part.Stage[] {
  const [draw] = data.draws;
  const done = [Boolean(draw), Boolean(draw?.completedAt), (draw?.called.length ?? 0) > 0, complete(data), data.panelFormed];
  const labels: readonly Words[] = [
    { zh: '申请', en: 'Request' },
    { zh: '共同抽取', en: 'Draw' },
    { zh: '通知专家', en: 'Calls' },
    { zh: '确认席位', en: 'Acceptance' },
    { zh: '组建委员会', en: 'Panel' },
  ];
  const present = done.indexOf(false);
  return labels.map((label, at) => ({ label, state: present === -1 || at < present ? 'done' : at === present ? 'now' : 'next' }));
}

function seatsCard(view: View, data: DrawAnswer): Html {
  return part.card(view, {
    title: say.wanted,
    beside: view.t(
      { zh: '评标委员会 {size} 人，其中抽取专家 {experts} 人', en: 'A panel of {size}, {experts} of them drawn' },
      { size: data.panel.size, experts: data.panel.experts },
    ),
    flush: true,
    body: part.table(view, {
      caption: say.wanted,
      columns: [
        { label: say.specialty, cell: (seat) => view.t(seat.specialty), phone: 'head' },
        { label: say.need, cell: (seat) => seat.count, numeric: true },
        { label: say.reserve, cell: (seat) => seat.reserve, numeric: true },
      ],
      rows: data.panel.seats,
    }),
  });
}

function stateCell(view: View, seat: CalledSeat): Html {
  const known = states[seat.state] ?? { tone: 'plain' as const, says: { zh: seat.state, en: seat.state } };
  return html`${part.pill(view, known.tone, known.says)}${seat.ground ? html` <span class="sub">${view.t(seat.ground)}</span>` : nothing}`;
}

function resultCard(view: View, draw: DrawnDraw): Html {
  const columns: part.Column<CalledSeat>[] = [
    {
      label: say.who,
      cell: (seat) =>
        html`<strong>${view.t(seat.mask)}</strong>${seat.name ? html` ${seat.name} <span class="sub">${seat.employer}</span>` : nothing}`,
      phone: 'head',
    },
    { label: say.specialty, cell: (seat) => view.t(seat.specialty) },
    { label: say.state, cell: (seat) => stateCell(view, seat) },
    { label: say.calledAt, cell: (seat) => part.time(view, seat.calledAt) },
    ...(draw.called.some((seat) => seat.messages !== null)
      ? [{ label: say.channels, cell: (seat: CalledSeat) => (seat.messages ? channelList(view, seat.messages) : '') }]
      : []),
    {
      label: say.answer,
      cell: (seat) =>
        seat.answeredAt
          ? part.time(view, seat.answeredAt)
          : seat.state === 'called' && seat.answerUntil
            ? html`<span class="sub">${view.t({ zh: '最迟', en: 'by' })} ${part.time(view, seat.answerUntil)}</span>`
            : '',
    },
  ];
  return part.card(view, {
    title: say.result,
    ...(draw.superseded ? { beside: part.pill(view, 'plain', say.void) } : {}),
    flush: true,
    body: part.table(view, {
      caption: say.result,
      columns,
      rows: draw.called,
      tone: (seat) => (seat.state === 'called' ? 'now' : seat.state === 'accepted' ? null : 'faded'),
      empty: part.empty(view, { title: say.nobody, icon: 'dice-5' }),
      ...(draw.standby > 0 ? { foot: view.t(say.standby, { n: draw.standby }) } : {}),
    }),
  });
}

function councilCard(view: View, { council, completedAt, requestedAt, digest }: DrawnDraw): Html {
  return part.card(view, {
    title: say.council,
    now: completedAt === null,
    body: html`<div class="stack">${part.facts(view, [
      { label: say.asked, value: part.time(view, requestedAt, 'full') },
      ...council.trustees.map((trustee) => ({
        label: trustee.name,
        value: trustee.gaveAt
          ? view.t(say.gave, { at: part.timeText(view.lang, trustee.gaveAt, 'time') })
          : html`<span class="sub">${view.t(completedAt ? say.notNeeded : say.gives)}</span>`,
      })),
      ...(completedAt ? [{ label: say.done, value: part.time(view, completedAt, 'full') }] : []),
      { label: say.digest, value: part.hash(view, digest) },
    ])}<p class="sub">${view.t(say.councilSays, { threshold: council.threshold })}</p></div>`,
  });
}

function poolCard(view: View, draw: DrawnDraw): Html {
  return part.card(view, {
    title: say.excluded,
    body: html`<div class="stack">${part.facts(
      view,
      draw.seats.map((seat) => ({
        label: seat.specialty,
        value: view.t(
          { zh: '{eligible} 人可抽取，抽 {count} 人（{reach}）', en: '{count} of {eligible} eligible ({reach})' },
          { eligible: seat.eligible, count: seat.count, reach: view.t(seat.reach) },
        ),
      })),
    )}${
      draw.excluded.length === 0
        ? html`<p class="sub">${view.t(say.excludedNone)}</p>`
        : html`<ul class="plain">${each(
            draw.excluded,
            (out) =>
              html`<li><strong>${view.t({ zh: '{n} 人', en: '{n}' }, { n: out.count })}</strong> ${view.t(out.says)} <span class="sub">${part.ground(view, { rule: out.ground, source: out.source })}</span></li>`,
          )}</ul>`
    }<p class="sub">${view.t(say.excludedSays)}</p></div>`,
  });
}

function proofCard(view: View, draw: DrawnDraw, base: string): Html {
  if (!draw.completedAt) return nothing;
  return part.card(view, {
    title: say.proof,
    body: html`<div class="stack"><p class="sub">${view.t(say.proofSays)}</p><p>${part.linkButton(view, { href: `/api${base}/draws`, label: say.download, icon: 'download', small: true })}</p>
${part.facts(
  view,
  draw.called.map((seat) => ({ label: seat.mask, value: part.hash(view, seat.commitment) })),
)}</div>`,
  });
}

function acts(view: View, data: DrawAnswer): Html {
  const base = `/lots/${data.lot.id}`;
  const panel = html`<p>${part.linkButton(view, { href: `${base}/panel`, label: say.panel, icon: 'users' })}</p>`;
  if (!data.host) return data.panelFormed ? panel : nothing;
  if (data.panelFormed) return html`${panel}${requestCards(view, data)}`;
  const onward =
    data.draws.length > 0
      ? part.linkButton(view, { href: `${base}/panel`, label: say.formPanel, icon: 'users', tone: complete(data) ? 'primary' : 'plain' })
      : nothing;
  return html`${data.draws.length > 0 ? html`<p>${onward}</p>` : nothing}${requestCards(view, data)}`;
}

function earlierCard(view: View, draws: readonly DrawnDraw[]): Html {
  return html`<section class="stack"><h2>${view.t(say.earlier)}</h2>${each(
    draws,
    (draw) =>
      html`${draw.ground ? html`<p>${view.t(say.groundOf)}${part.colon(view)}${draw.ground}</p>` : nothing}${resultCard(view, draw)}`,
  )}</section>`;
}
