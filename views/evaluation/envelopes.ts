import type { EnvelopesAnswer } from '../../src/evaluation/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '信封与场次', en: 'Envelopes and sessions' },
  below: {
    zh: '后一信封在前一信封的评审结果由全体成员签署以后，按公布的时间另行开标；未通过的投标人，其余信封从不提交开启，原样退回。',
    en: 'A later envelope is opened at its announced time, after every member has signed the result of the one before. Those of bidders who did not pass are never put to the council and come back as they are.',
  },
  progress: { zh: '各信封进行到哪一步', en: 'Where the envelopes stand' },
  opened: { zh: '开启', en: 'Opened' },
  session: { zh: '开标时间', en: 'Session' },
  valid: { zh: '有效', en: 'Valid' },
  invalid: { zh: '无效', en: 'Invalid' },
  result: { zh: '评审结果', en: 'Result' },
  passed: { zh: '通过', en: 'Passed' },
  failed: { zh: '未通过', en: 'Did not pass' },
  digest: { zh: '结果摘要（SHA-256）', en: 'Digest of the result (SHA-256)' },
  returned: { zh: '未开启退回', en: 'Returned unopened' },
  bidder: { zh: '投标人', en: 'Bidder' },
  why: { zh: '原因', en: 'Reason' },
  file: { zh: '密封文件', en: 'Sealed file' },
  receipt: { zh: '回执', en: 'Receipt' },
  none: { zh: '无人通过，否决全部投标。', en: 'Nobody passed: all bids are rejected.' },
  lacking: { zh: '评标委员会认为明显缺乏竞争，否决全部投标：', en: 'The panel found competition lacking and rejected all bids: ' },
  kept: { zh: '通过者不足法定数，评标委员会认为仍有竞争：', en: 'Fewer went on than usual; the panel found that they still compete: ' },
  until: {
    zh: '请在 {until} 前公布；逾期由系统公布，次日开标。',
    en: 'Please announce it before {until}; after that the platform announces it, for the day after.',
  },
  schedule: { zh: '公布下一信封的开标时间', en: 'Announce the next session' },
  at: { zh: '开标时间', en: 'When it opens' },
  atHint: {
    zh: '留空：按规定的最早时间。公布以后只能推后，不能提前。',
    en: 'Empty: as early as the rule allows. Once announced it may be put off, never moved forward.',
  },
  announce: { zh: '公布', en: 'Announce' },
  hall: { zh: '去开标大厅', en: 'To the opening hall' },
  sealed: { zh: '仍然密封，任何人（含平台）不能打开。', en: 'Still sealed; nobody, the platform included, can open it.' },
  evidence: { zh: '证据包', en: 'Evidence' },
  proof: {
    zh: '退回的信封从未交托管人开启：证据包列明每个退回的信封，并核对它不在任何一次开标的名单里。',
    en: 'No envelope that came back was ever put to the trustees: the evidence lists each, and checks that it stands in no opening’s list.',
  },
} satisfies Texts;

const states: Readonly<Record<EnvelopesAnswer['parts'][number]['state'], Words>> = {
  sealed: { zh: '密封', en: 'Sealed' },
  opening: { zh: '正在开标', en: 'Being opened' },
  judging: { zh: '评审中', en: 'Being judged' },
  judged: { zh: '已评审', en: 'Judged' },
  returned: { zh: '未开启退回', en: 'Returned unopened' },
};
type Envelope = EnvelopesAnswer['parts'][number];

/** The envelopes of a lot in the order of their sessions: for everybody, and for the host the next announcement. */
export function envelopesPage(view: View, data: EnvelopesAnswer): Html {
  const { lot, parts, schedule } = data;
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    main: html`${part.pageHead(view, {
      back: { href: `/lots/${lot.id}`, label: lot.name },
      above: `${lot.number} · ${view.t(lot.phaseTitle)}`,
      title: view.t(say.title),
      below: view.t(say.below),
    })}
${part.stages(
  view,
  parts.map((each) => ({ label: each.title, state: stageOf(each), note: view.t(states[each.state]) })),
  say.progress,
)}
<div class="stack">${schedule ? scheduleCard(view, lot.id, schedule, parts) : nothing}${each(parts, (envelope) => envelopeCard(view, lot.id, envelope))}</div>`,
  });
}

const stageOf = ({ state }: Envelope): part.Stage['state'] =>
  state === 'judged' ? 'done' : state === 'sealed' ? 'next' : state === 'returned' ? 'stopped' : 'now';

function scheduleCard(view: View, lot: string, schedule: NonNullable<EnvelopesAnswer['schedule']>, parts: readonly Envelope[]): Html {
  const next = parts.find((each) => each.state === 'sealed');
  const until = schedule.until ? part.timeText(view.lang, schedule.until, 'full') : null;
  return part.card(view, {
    title: say.schedule,
    now: true,
    body: html`${until ? html`<p>${view.t(say.until, { until })}</p>` : nothing}${part.form(view, {
      action: `/lots/${lot}/sessions`,
      submit: say.announce,
      icon: 'calendar-event',
      fields: part.field(view, {
        kind: 'datetime',
        name: 'at',
        label: say.at,
        value: next?.sessionAt ?? schedule.earliest,
        hint: say.atHint,
        ground: { says: schedule.says, source: schedule.source },
      }),
    })}`,
  });
}

function envelopeCard(view: View, lot: string, envelope: Envelope): Html {
  const { title, state, openedAt, sessionAt, opened, invalid, result, returned } = envelope;
  const facts: part.Fact[] = [
    ...(openedAt ? [{ label: say.opened, value: part.time(view, openedAt, 'full') }] : []),
    ...(!openedAt && sessionAt ? [{ label: say.session, value: part.time(view, sessionAt, 'full') }] : []),
    ...(openedAt ? [{ label: say.valid, value: String(opened) }] : []),
    ...(invalid > 0 ? [{ label: say.invalid, value: String(invalid) }] : []),
  ];
  return part.card(view, {
    title,
    beside: part.pill(view, state === 'returned' ? 'refused' : state === 'sealed' || state === 'judged' ? 'plain' : 'now', states[state]),
    body: html`<div class="stack">${state === 'sealed' ? html`<p>${view.t(say.sealed)}</p>` : nothing}${facts.length > 0 ? part.facts(view, facts) : nothing}${
      state === 'opening'
        ? html`<p class="form-actions">${part.linkButton(view, { href: `/lots/${lot}/hall`, label: say.hall })}</p>`
        : nothing
    }${result ? resultOf(view, result) : nothing}${returned.length > 0 ? returnedOf(view, lot, returned) : nothing}</div>`,
  });
}

function resultOf(view: View, result: NonNullable<Envelope['result']>): Html {
  const spoken = result.competition;
  return html`${result.outcome === 'none-left' ? part.notice(view, 'refused', say.none) : nothing}${
    spoken
      ? part.notice(view, spoken.lacking ? 'refused' : 'plain', html`${view.t(spoken.lacking ? say.lacking : say.kept)}${spoken.reason}`)
      : nothing
  }${part.facts(
    view,
    [
      ...(result.passed.length > 0
        ? [{ label: say.passed, value: html`<ul class="plain">${each(result.passed, (name) => html`<li>${name}</li>`)}</ul>` }]
        : []),
      { label: say.digest, value: part.hash(view, result.sha256) },
    ],
    'wide',
  )}${
    result.failed.length > 0
      ? html`<p class="sub">${view.t(say.failed)}</p>${part.table(view, {
          caption: say.failed,
          columns: [
            { label: say.bidder, phone: 'head', cell: (row) => row.name },
            { label: say.why, cell: (row) => view.t(row.reason) },
          ],
          rows: result.failed,
        })}`
      : nothing
  }`;
}

function returnedOf(view: View, lot: string, returned: Envelope['returned']): Html {
  return html`<p class="sub">${view.t(say.returned)}</p>${part.table(view, {
    caption: say.returned,
    columns: [
      { label: say.bidder, phone: 'head', cell: (row) => row.name },
      { label: say.file, cell: (row) => part.hash(view, row.sha256) },
      { label: say.receipt, cell: (row) => html`<a href="/receipts/${row.event}">${view.t(say.receipt)}</a>` },
    ],
    rows: returned,
  })}<p class="sub">${view.t(say.proof)} <a href="/lots/${lot}/evidence">${view.t(say.evidence)}</a></p>`;
}
