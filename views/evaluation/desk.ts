import type { DeskAnswer } from '../../src/evaluation/answers.ts';
import { attribute, classes, each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { bidView } from './desk-bids.ts';
import { blindNotice, revealCard } from './desk-blind.ts';
import { compareView } from './desk-compare.ts';
import { type DeskView, deskAt, nextOpen, openOn } from './desk-place.ts';
import { resultView } from './desk-result.ts';
import { draftLine, sealedRoot } from './desk-sealed.ts';
import { ownSheetsView, reviewView, scoreView } from './desk-sheets.ts';
import { reassessmentLink, versionCards } from './desk-versions.ts';
import { votesView } from './desk-votes.ts';
import { sheetWay } from './desk-way.ts';
import { progressTable } from './progress.ts';

const say = {
  title: { zh: '评标台', en: 'Evaluation desk' },
  views: { zh: '评标步骤', en: 'Steps of the evaluation' },
  bids: { zh: '投标文件', en: 'Bids' },
  review: { zh: '评审', en: 'Review' },
  score: { zh: '评分', en: 'Scores' },
  compare: { zh: '并列比较', en: 'Side by side' },
  sheet: { zh: '我的评审表', en: 'My sheets' },
  result: { zh: '结果', en: 'Result' },
  done: { zh: '已完成 {done} / {of}', en: '{done} of {of} done' },
  next: { zh: '下一未完成项', en: 'Next open item' },
  allDone: { zh: '全部完成', en: 'All done' },
  enquiries: { zh: '澄清与说明', en: 'Questions' },
  choose: { zh: '选择投标', en: 'Choose a bid' },
  saved: { zh: '已保存，并写入日志。', en: 'Saved, and in the journal.' },
  declare: { zh: '回避声明', en: 'Recusal declaration' },
  declareSays: {
    zh: '请核对各投标人。签署声明后才能查看投标文件。',
    en: 'Look at the bidders. Only after the declaration are the bids shown.',
  },
  identity: {
    zh: '先用本人证书确认身份：签名的内容是标段、您的席位和声明全文，在本浏览器内完成，密钥不会离开这台设备。',
    en: 'First confirm who you are with your own certificate: you sign the lot, your seat and the declaration, in this browser; the key does not leave this device.',
  },
  keys: { zh: '快捷键', en: 'Keys' },
  keysOn: { zh: '启用单字母快捷键', en: 'Keys of one letter work' },
  autosave: {
    zh: '输入的内容随时留在本浏览器内，保存、退出登录或结果计算后清除。',
    en: 'What you type is kept in this browser until it is saved, you sign out, or the result is computed.',
  },
  restored: { zh: '已恢复上次未保存的输入，请核对后保存。', en: 'What you had typed and not saved is back; check it and save.' },
  discard: { zh: '放弃', en: 'Discard' },
  place: { zh: '评标场地', en: 'Where I work' },
  mainPlace: { zh: '主场', en: 'main venue' },
  subPlace: { zh: '副场', en: 'sub-venue' },
  noPlace: { zh: '未说明', en: 'not said' },
  moveTo: { zh: '确定', en: 'Save' },
  leave: { zh: '离开评标台', en: 'Leave the desk' },
  log: { zh: '评标室记录', en: 'Log of the desks' },
  sign: { zh: '签署声明', en: 'Sign the declaration' },
  signTitle: { zh: '声明内容', en: 'The declaration' },
  recuse: { zh: '声明回避', en: 'Withdraw' },
  recuseAsk: { zh: '发现与投标人有应当回避的情形？', en: 'Is there a tie to a bidder after all?' },
  recuseSays: {
    zh: '回避后您不再是成员，已作的评审不再计算，由抽取次序中的下一名专家接替。',
    en: 'You are a member no more, what you judged no longer counts, and the next expert of the draw takes your seat.',
  },
  ground: { zh: '回避理由', en: 'Why you withdraw' },
  groundHint: { zh: '监管部门可见；请勿写明姓名。', en: 'The regulator reads it; please write no names.' },
  waits: { zh: '声明已签署，等待组织方开始评标。', en: 'The declaration is signed; the host will start the evaluation.' },
  secret: {
    zh: '评标依法保密：在评标报告提交前，评审意见和评分对组织方、交易中心和公众不可见。',
    en: 'The evaluation is confidential by law: until the report is signed, host, centre and public see nothing of it.',
  },
  secretTitle: { zh: '评标保密', en: 'The evaluation is confidential' },
  notYet: { zh: '评标尚未开始', en: 'The evaluation has not started' },
  reported: { zh: '评标报告已提交，结果随中标候选人公示一并公布。', en: 'The report is in; the result is published with the candidates.' },
  failed: { zh: '有效投标不足，本次招标失败。', en: 'Too few valid bids: this tender has failed.' },
  look: { zh: '查看评审内容须登记理由并留痕', en: 'A closer look needs a ground and stays on record' },
  lookAt: { zh: '去监管页面', en: 'To the supervision page' },
  panel: { zh: '评标委员会', en: 'The panel' },
  progress: { zh: '进度（只有数字）', en: 'Progress, in numbers only' },
} satisfies Texts;

/** The desk: each reader its share. For a member the day's work, in four steps. */
export function deskPage(view: View, data: DeskAnswer, asked: DeskView | null, saved: boolean): Html {
  const base = `/lots/${data.lot.id}`;
  const working = data.own !== null && data.bids !== null;
  const way = sheetWay(data);
  const shown: DeskView = asked ?? (data.concludedAt || data.turn?.result ? 'result' : 'bids');
  return layout(view, {
    title: `${view.t(say.title)} · ${data.lot.name}`,
    section: '/evaluations',
    wide: working || data.result !== null,
    scripts: [
      ...(working ? ['desk.js'] : []),
      ...(working && (way === 'sealing' || way === 'changing') ? ['sealed-desk.js'] : []),
      ...(data.sheets && !data.concludedAt ? ['live.js'] : []),
      ...(data.identify ? ['identity.js'] : []),
      ...(working && shown === 'score' ? ['sheet.js'] : []),
      ...(data.sign || data.turn?.sign ? ['report.js'] : []),
    ],
    main: html`${part.pageHead(view, {
      back: { href: working ? '/evaluations' : base, label: working ? { zh: '我的评标', en: 'My evaluations' } : data.lot.name },
      above: `${data.lot.number} · ${view.t(data.lot.phaseTitle)}`,
      title: data.lot.name,
      ...(data.own ? { beside: part.pill(view, 'plain', data.own.mask) } : {}),
    })}
${working ? memberDesk(view, data, shown, saved) : data.own ? outsideDesk(view, data) : readerDesk(view, data)}`,
  });
}

function memberDesk(view: View, data: DeskAnswer, shown: DeskView, saved: boolean): Html {
  const mine = data.progress?.find((row) => row.you);
  const bid = data.chosen?.submission;
  const tab = (to: DeskView, label: Words): part.Tab => ({
    label,
    href: deskAt(data, to === 'result' || to === 'sheet' || to === 'compare' ? { view: to } : { view: to, bid, file: data.shown?.index }),
    current: shown === to,
  });
  const count = (label: Words, done: { done: number; of: number } | undefined): Words =>
    done ? { zh: `${label.zh} ${done.done}/${done.of}`, en: `${label.en} ${done.done}/${done.of}` } : label;
  const tabs = [
    tab('bids', say.bids),
    tab('review', count(say.review, mine?.reviews)),
    ...(data.criteria.length > 0 ? [tab('score', count(say.score, mine?.scores))] : []),
    tab('compare', say.compare),
    tab('sheet', say.sheet),
    tab('result', say.result),
    { label: say.enquiries, href: `/lots/${data.lot.id}/enquiries`, current: false },
  ];
  return html`<div data-desk data-lot="${data.lot.id}" data-seat="${data.own?.seat ?? ''}"${attribute('data-saved', saved && !view.problem)}${attribute('data-concluded', data.concludedAt !== null)}></div>${sealedRoot(view, data)}${placeLine(view, data)}${part.tabs(view, tabs, say.views)}
${data.concludedAt ? nothing : workBar(view, data, shown, mine)}${draftLine(view, data)}
<p class="desk-restored" data-restored hidden role="status"><span>${view.t(say.restored)}</span> <button class="btn btn-sm" type="button" data-discard>${view.t(say.discard)}</button></p>
<div class="stack">${data.votes?.halt.open ? votesView(view, data) : nothing}${saved && !view.problem ? part.notice(view, 'plain', say.saved) : nothing}${blindNotice(view, data)}${
    shown === 'result'
      ? html`${data.blind?.state === 'blind' ? revealCard(view, data) : resultView(view, data)}${data.concludedAt ? nothing : recuseCard(view, data)}`
      : shown === 'sheet'
        ? ownSheetsView(view, data)
        : shown === 'compare'
          ? data.compared && compareView(view, data, data.compared)
          : html`${bidSwitch(view, data, shown)}${shown === 'bids' ? bidView(view, data) : shown === 'review' ? reviewView(view, data) : scoreView(view, data)}`
  }${data.votes?.halt.open ? nothing : votesView(view, data)}</div>`;
}

/** From which room the member works, and the way out: what the session log is made of. */
function placeLine(view: View, data: DeskAnswer): Html {
  const { sitting } = data;
  if (!sitting) return nothing;
  const base = `/lots/${data.lot.id}`;
  const named = ({ name, main }: { readonly name: string; readonly main: boolean }): string =>
    `${name}${part.bracketed(view, view.t(main ? say.mainPlace : say.subPlace))}`;
  const choice =
    sitting.rooms.length === 0
      ? nothing
      : html`<form method="post" action="${base}/desk"><input type="hidden" name="_csrf" value="${view.csrf}"><label for="desk-place">${view.t(say.place)}</label><select class="form-select form-select-sm" id="desk-place" name="booking"><option value="">${view.t(say.noPlace)}</option>${each(sitting.rooms, (room) => html`<option value="${room.booking}"${attribute('selected', room.booking === sitting.booking)}>${named(room)}</option>`)}</select><button class="btn btn-sm" type="submit">${view.t(say.moveTo)}</button></form>`;
  return html`<div class="desk-place">${choice}<a href="${base}/evaluation/log">${view.t(say.log)}</a><form method="post" action="${base}/desk/end"><input type="hidden" name="_csrf" value="${view.csrf}"><button class="btn btn-sm" type="submit">${part.icon(view, 'logout')}<span>${view.t(say.leave)}</span></button></form></div>`;
}

/** How far one has come, and the way to what is still open: in sight wherever one reads. */
function workBar(view: View, data: DeskAnswer, shown: DeskView, mine: NonNullable<DeskAnswer['progress']>[number] | undefined): Html {
  if (!mine) return nothing;
  const [done, of] = [mine.reviews.done + mine.scores.done, mine.reviews.of + mine.scores.of];
  const to = nextOpen(data, shown);
  return html`<div class="desk-bar"><label class="desk-progress"><span data-work-done>${view.t(say.done, { done, of })}</span><progress class="bar" max="${Math.max(1, of)}" value="${done}" data-work-bar></progress></label>${
    to
      ? html`<a class="btn btn-sm btn-primary" data-next-open href="${deskAt(data, to)}#open">${part.icon(view, 'arrow-right')}<span>${view.t(say.next)}</span></a>`
      : html`<span class="sub" data-all-done>${view.t(say.allDone)}</span>`
  }${keyHelp(view)}</div>`;
}

const keys: readonly { readonly keys: readonly string[]; readonly says: Words }[] = [
  { keys: ['N'], says: { zh: '下一未完成项', en: 'next open item' } },
  { keys: ['J', 'K'], says: { zh: '下一家、上一家（并列比较时：下一项、上一项）', en: 'next and previous bid (side by side: item)' } },
  { keys: ['P', 'F'], says: { zh: '当前评审项：通过、不通过', en: 'the item at hand: pass, fail' } },
  { keys: ['Ctrl + S', 'Ctrl + Enter'], says: { zh: '保存本表', en: 'save this sheet' } },
  { keys: ['↑', '↓', 'Enter'], says: { zh: '评分表内：上一格、下一格', en: 'on a score sheet: previous and next mark' } },
  { keys: ['?'], says: { zh: '打开或收起本说明', en: 'open or close this list' } },
];

/** The keys that work here, in sight of whoever looks for them; those of one letter can be turned off (WCAG 2.1.4). */
function keyHelp(view: View): Html {
  return html`<details class="desk-keys needs-script" data-keys><summary class="btn btn-sm">${view.t(say.keys)}</summary><div class="desk-keys-panel"><dl>${each(
    keys,
    (row) => html`<div><dt>${each(row.keys, (key) => html`<kbd>${key}</kbd> `)}</dt><dd>${view.t(row.says)}</dd></div>`,
  )}</dl><label class="form-check"><input class="form-check-input" type="checkbox" data-keys-on checked><span class="form-check-label">${view.t(say.keysOn)}</span></label><p class="sub">${view.t(say.autosave)}</p></div></details>`;
}

/** The bids side by side as links, with what is done of each; the one at hand is marked. */
function bidSwitch(view: View, data: DeskAnswer, shown: DeskView): Html {
  const left = (bid: string): number => (shown === 'review' || shown === 'score' ? openOn(data, shown, bid) : 0);
  return html`<nav class="${classes('bid-switch', (data.bids?.length ?? 0) > 10 && 'bid-switch-many')}" aria-label="${view.t(say.choose)}"><ul>${each(
    data.bids ?? [],
    (bid) => {
      const open = left(bid.submission);
      const here = bid.submission === data.chosen?.submission;
      return html`<li><a class="${classes('bid-choice', here && 'bid-here', bid.out !== null && 'bid-out')}" href="${deskAt(data, { view: shown, bid: bid.submission, file: data.shown?.index })}"${attribute('aria-current', here ? 'true' : null)}><span class="bid-name">${bid.name}</span><span class="bid-note">${bid.price === '' ? nothing : part.figure(bid.price)}${bid.price === '' || shown === 'bids' ? nothing : ' · '}${
        shown === 'bids'
          ? nothing
          : bid.out
            ? view.t({ zh: '已否决', en: 'out' })
            : html`<span data-left="${bid.submission}">${open > 0 ? view.t({ zh: '余 {open} 项', en: '{open} to go' }, { open }) : view.t({ zh: '已完成', en: 'done' })}</span>`
      }</span></a></li>`;
    },
  )}</ul></nav>`;
}

/** A member before it may see the bids: the declaration, or the wait for the start. */
function outsideDesk(view: View, data: DeskAnswer): Html {
  if (data.own?.declaredAt) return html`<div class="stack">${part.notice(view, 'plain', say.waits)}${recuseCard(view, data)}</div>`;
  return html`<div class="stack">${part.card(view, {
    title: say.declare,
    now: true,
    body: html`<div class="stack"${attribute('data-identify', data.identify !== null)} data-lot="${data.lot.id}" data-member="${data.identify?.member ?? ''}"><p>${view.t(say.declareSays)}</p><ul>${each(data.bidders, (name) => html`<li><strong>${name}</strong></li>`)}</ul>${part.form(
      view,
      {
        action: `/lots/${data.lot.id}/declarations`,
        fields: html`${part.hidden('recuses', 'false')}${part.hidden('identity', '')}${part.hidden('identifiedAt', '')}${data.identify ? html`<p>${view.t(say.identity)}</p>${part.signerPart(view, { holder: data.identify.holder })}` : nothing}`,
        submit: say.sign,
        icon: 'writing-sign',
        confirm: {
          title: say.signTitle,
          says: data.declaration,
          understood: { zh: '以上属实，由本人承担责任', en: 'This is true, and I answer for it' },
        },
      },
    )}</div>`,
  })}${recuseCard(view, data)}</div>`;
}

/** Rarely needed, so folded; it unfolds by itself when it was refused. */
function recuseCard(view: View, data: DeskAnswer): Html {
  const refused = view.problem?.fields.some((field) => field.path === 'ground') === true;
  return part.card(view, {
    body: html`<details class="step-working"${attribute('open', refused)}><summary>${view.t(say.recuseAsk)}</summary>${part.form(view, {
      action: `/lots/${data.lot.id}/declarations`,
      quiet: true,
      fields: html`${part.hidden('recuses', 'true')}${part.field(view, { kind: 'textarea', name: 'ground', label: say.ground, hint: say.groundHint, rows: 2, maxlength: 500, required: true })}`,
      submit: say.recuse,
      tone: 'danger',
      confirm: { title: say.recuse, says: say.recuseSays },
    })}</details>`,
  });
}

/** Everyone else: where it stands, and as much of the result as may be known. */
function readerDesk(view: View, data: DeskAnswer): Html {
  if (data.result) return html`<div class="stack">${resultView(view, data)}</div>`;
  const says = data.failed ? say.failed : data.reportedAt ? say.reported : data.startedAt ? say.secret : say.notYet;
  const stopped = Boolean(data.votes?.halt.open);
  return html`<div class="stack">${stopped ? votesView(view, data) : nothing}${part.card(view, {
    body: part.empty(view, {
      title: !data.startedAt || data.reportedAt ? says : say.secretTitle,
      ...(data.startedAt ? { says } : {}),
      icon: 'lock',
      action: { href: `/lots/${data.lot.id}/panel`, label: say.panel },
    }),
  })}${
    data.progress
      ? part.card(view, {
          title: say.progress,
          flush: true,
          body: progressTable(view, data.progress),
          foot: html`<a href="/lots/${data.lot.id}/evaluation/log">${view.t(say.log)}</a> · ${view.t(say.look)} ${part.linkButton(view, { href: `/supervision/lots/${data.lot.id}`, label: say.lookAt, small: true })}`,
        })
      : nothing
  }${stopped ? nothing : votesView(view, data)}${versionCards(view, data)}${reassessmentLink(view, data)}</div>`;
}
