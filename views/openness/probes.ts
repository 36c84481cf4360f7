import type { ProbesAnswer } from '../../src/openness/probe-routes.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { removal } from './removal.ts';

const say = {
  title: { zh: '收件探测', en: 'Probes of the intake' },
  below: {
    zh: '几家互不隶属的机构每分钟像投标人那样向平台试投一个文件，收得下、收不下都签名记入存证日志。截止前收件中断的，投标截止时间按公告里的规则自动顺延，不由任何人决定。',
    en: 'Institutions that do not depend on each other hand a file in every minute as a bidder would, and sign in the journal whether it was taken. When the intake is down before a deadline, the deadline moves by the rule of the notice; nobody decides it.',
  },
  rule: { zh: '顺延规则', en: 'The rule' },
  ruleText: {
    zh: '截止前 {windowMinutes} 分钟内，{quorum} 家以上机构的探测方各看到累计 {downMinutes} 分钟以上收不下文件的，投标截止时间顺延 {moveHours} 小时，最多 {mostMoves} 次，对所有投标人一样。',
    en: 'When probes of at least {quorum} institutions each saw the intake down for {downMinutes} minutes or more within {windowMinutes} minutes before the deadline, the deadline moves by {moveHours} hours, at most {mostMoves} times, for all bidders alike.',
  },
  pinned: {
    zh: '公告发布时登记的探测方写在公告里，之后增减探测方不影响已发布的公告。登记的探测方不足 {institutions} 家机构时发布的公告没有这条规则。',
    en: 'A notice names the probes that are registered when it is published; later changes do not touch it. A notice published with probes of fewer than {institutions} institutions carries no such rule.',
  },
  settle: {
    zh: '截止后，还在路上的陈述可能改变结果的，先不截标，最多等 {settleMinutes} 分钟；等候期间照样不收投标。',
    en: 'After the deadline, while statements on their way could still change the answer, bidding is not closed, for {settleMinutes} minutes at most; no bid is taken meanwhile.',
  },
  day: { zh: '最近 24 小时', en: 'The last 24 hours' },
  now: { zh: '现在', en: 'now' },
  ago: { zh: '24 小时前', en: '24 hours ago' },
  none: { zh: '还没有登记探测方', en: 'No probe is registered yet' },
  noneSays: {
    zh: '管理员登记之后，这里显示每一家看到的情况。',
    en: 'What each of them sees is shown here once the administrator has registered them.',
  },
  until: { zh: '已陈述到', en: 'Stated up to' },
  never: { zh: '还没有陈述', en: 'Has stated nothing yet' },
  slowest: { zh: '一天中最慢一次 {ms} 毫秒', en: 'slowest of the day: {ms} ms' },
  down: { zh: '收不下 {n} 分钟', en: 'down {n} minutes' },
  allUp: { zh: '没有看到中断', en: 'saw no outage' },
  contradicts: { zh: '自相矛盾 {n} 次，所涉分钟不计', en: 'contradicted itself {n} times: those minutes do not count' },
  removed: { zh: '已撤销；已写入公告的仍然有效', en: 'Removed; notices that name it still count on it' },
  register: { zh: '登记独立探测方', en: 'Register an independent probe' },
  key: { zh: '探测方公钥', en: 'Verifier key of the probe' },
  keyHint: { zh: '探测方第一次启动时打印的一行', en: 'the line that the probe prints at its first start' },
  institution: { zh: '运行机构', en: 'Institution that runs it' },
  remove: { zh: '撤销', en: 'Remove' },
  reason: { zh: '撤销理由（公开）', en: 'Reason (public)' },
  legend: { zh: '图例', en: 'Legend' },
} satisfies Texts;

const legend: readonly (readonly [string, Words])[] = [
  ['up', { zh: '收得下', en: 'taken' }],
  ['down', { zh: '收不下', en: 'not taken' }],
  ['none', { zh: '未探测或未陈述', en: 'not looked, or not stated' }],
  ['void', { zh: '自相矛盾', en: 'contradicted' }],
];
const tones: Readonly<Record<string, string>> = { u: 'up', d: 'down', '!': 'void' };

type Probe = ProbesAnswer['probes'][number];

/** /probes: who watches the intake from outside, and what each saw of it. */
export function probesPage(view: View, { probes, rule }: ProbesAnswer): Html {
  const list =
    probes.length === 0
      ? part.card(view, { title: say.day, body: part.empty(view, { title: say.none, says: say.noneSays, icon: 'history' }) })
      : part.card(view, {
          title: say.day,
          body: html`<div class="stack">${each(probes, (probe) => oneProbe(view, probe))}<p class="sub strip-legend">${each(legend, ([tone, says]) => html`<span><svg class="strip-key" viewBox="0 0 10 10" aria-hidden="true"><rect class="strip-${tone}" width="10" height="10"/></svg> ${view.t(says)}</span> `)}</p></div>`,
        });
  const figures = { ...rule };
  const rules = part.card(view, {
    title: say.rule,
    body: html`<div class="stack"><p>${view.t(say.ruleText, figures)}</p><p>${view.t(say.settle, figures)}</p><p class="sub">${view.t(say.pinned, figures)}</p></div>`,
    foot: part.linkButton(view, { href: '/journal', label: { zh: '存证日志', en: 'The journal' }, icon: 'history' }),
  });
  return layout(view, {
    title: view.t(say.title),
    section: '/verify',
    scripts: ['live.js'],
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
${part.columns({
  main: part.live('probes', list),
  right: html`${rules}${view.me?.role === 'administrator' ? registration(view) : nothing}`,
})}`,
  });
}

function oneProbe(view: View, probe: Probe): Html {
  const down = probe.day.split('d').length - 1;
  const stated = probe.until ? html`${view.t(say.until)} ${part.time(view, probe.until, 'full')}` : html`${view.t(say.never)}`;
  const slow = probe.slowest === null ? nothing : html` · ${view.t(say.slowest, { ms: probe.slowest })}`;
  const verdict =
    down > 0
      ? part.pill(view, 'refused', say.down, { n: down })
      : part.pill(view, probe.until ? 'verified' : 'wait', probe.until ? say.allUp : say.never);
  return html`<section class="probe"><div class="probe-head"><strong>${probe.institution}</strong>${verdict}</div>
${strip(view, probe)}
<p class="sub">${stated}${slow}${probe.removedAt ? html`<br>${view.t(say.removed)}` : nothing}</p>${probe.contradictions > 0 ? part.notice(view, 'refused', html`${view.t(say.contradicts, { n: probe.contradictions })}`) : nothing}
${part.hash(view, probe.vkey)}${removalOf(view, probe)}</section>`;
}

/** A day as a strip: one run for each stretch of the same state. */
function strip(view: View, { day, institution }: Probe): Html {
  const runs: { at: number; length: number; letter: string }[] = [];
  for (const [at, letter] of [...day].entries()) {
    const last = runs.at(-1);
    if (last && last.letter === letter) last.length += 1;
    else runs.push({ at, length: 1, letter });
  }
  const label = `${institution}${part.colon(view)}${view.t(say.day)}`;
  return html`<svg class="strip" viewBox="0 0 ${day.length} 24" preserveAspectRatio="none" role="img" aria-label="${label}">${each(runs, ({ at, length, letter }) => html`<rect class="strip-${tones[letter] ?? 'none'}" x="${at}" width="${length}" height="24"/>`)}</svg><div class="strip-ends sub"><span>${view.t(say.ago)}</span><span>${view.t(say.now)}</span></div>`;
}

function removalOf(view: View, { name, removedAt }: Probe): Html {
  if (removedAt !== null || view.me?.role !== 'administrator') return nothing;
  return removal(view, { action: `/administration/probes/${encodeURIComponent(name)}/removal`, remove: say.remove, reason: say.reason });
}

const registration = (view: View): Html =>
  part.card(view, {
    title: say.register,
    body: part.form(view, {
      action: '/administration/probes',
      fields: html`${part.field(view, { kind: 'text', name: 'institution', label: say.institution, required: true, maxlength: 100 })}${part.field(view, { kind: 'text', name: 'vkey', label: say.key, hint: say.keyHint, required: true, maxlength: 300 })}`,
      submit: say.register,
      tone: 'plain',
    }),
  });
