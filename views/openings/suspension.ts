import type { PlatformStop } from '../../src/openings/suspension-reads.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '全部开标暂停', en: 'Suspension of all openings' },
  below: {
    zh: '平台整体故障时，交易中心暂停全部开标并公布恢复时间；密封的保持密封，到时各场自动继续。',
    en: 'When the platform fails as a whole, the trading centre stops every opening and says when they go on. What is sealed stays sealed.',
  },
  stopped: { zh: '平台故障，全部开标暂停', en: 'All openings are suspended: the platform has failed' },
  goesOn: { zh: '距恢复开标', en: 'They go on in' },
  stays: { zh: '未开的投标文件保持密封；已唱读的结果不变。', en: 'What is sealed stays sealed; what was read stands.' },
  none: { zh: '当前没有暂停。', en: 'Nothing is suspended now.' },
  stop: { zh: '暂停全部开标', en: 'Suspend all openings' },
  another: { zh: '另行公布恢复时间', en: 'Announce another time' },
  goOn: { zh: '提前恢复', en: 'Go on now' },
  reason: { zh: '事由', en: 'Reason' },
  reopensAt: { zh: '恢复开标时间', en: 'They go on at' },
} satisfies Texts;

/** Said on every hall and on the list of openings while all of them are stopped. */
export function stopNotice(view: View, stop: PlatformStop | null): Html {
  if (stop === null) return nothing;
  return part.notice(
    view,
    'refused',
    html`<strong>${view.t(say.stopped)}</strong><p>${stop.authorityName} · ${part.time(view, stop.suspendedAt)}</p><p>${stop.reason}</p>${part.countdown(view, { until: stop.reopensAt, label: say.goesOn })}<p class="sub">${view.t(say.stays)}</p>`,
  );
}

/** GET /suspension: whether all openings are stopped, and until when; the trading centre's forms. */
export function suspensionPage(view: View, answer: { readonly stop: PlatformStop | null; readonly mayStop: boolean }): Html {
  const { stop, mayStop } = answer;
  const reason = part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, required: true, rows: 2, maxlength: 500 });
  const halt = part.form(view, {
    action: '/suspension',
    submit: stop ? say.another : say.stop,
    tone: 'danger',
    fields: html`${reason}${part.field(view, { kind: 'datetime', name: 'reopensAt', label: say.reopensAt, required: true })}`,
  });
  const goOn = part.form(view, { action: '/suspension/end', submit: say.goOn, fields: reason, quiet: true });
  return layout(view, {
    title: view.t(say.title),
    section: '/openings',
    scripts: ['live.js'],
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
<div class="stack">${part.live('stop', stop ? stopNotice(view, stop) : html`<p>${view.t(say.none)}</p>`)}${mayStop ? part.card(view, { title: stop ? say.another : say.stop, body: halt }) : nothing}${mayStop && stop ? part.card(view, { title: say.goOn, body: goOn }) : nothing}</div>`,
  });
}
