import { attribute, classes, each, type Html, html, nothing, type Piece } from './html.ts';
import { navigation, places, roleNames } from './navigation.ts';
import { clock } from './parts/clock.ts';
import { icon } from './parts/icon.ts';
import { groupDigits, hash, verifyMark } from './parts/mark.ts';
import type { View } from './view.ts';

const say = {
  brand: { zh: '阳光交易平台', en: 'Yangguang Exchange' },
  skip: { zh: '跳到正文', en: 'Skip to the content' },
  sandbox: { zh: '演示环境 · 时间加速 ×{rate} · 数据不具法律效力', en: 'Sandbox · time runs ×{rate} · nothing here has legal effect' },
  sandboxPlain: { zh: '演示环境 · 数据不具法律效力', en: 'Sandbox · nothing here has legal effect' },
  sandboxName: { zh: '演示环境', en: 'Sandbox' },
  hurry: { zh: '拨快时钟', en: 'Hurry the clock' },
  menu: { zh: '菜单', en: 'Menu' },
  main: { zh: '主导航', en: 'Main' },
  signIn: { zh: '登录', en: 'Sign in' },
  signOut: { zh: '退出', en: 'Sign out' },
  audience: { zh: '公众席', en: 'Public' },
  agrees: {
    zh: '本页与监督节点一致（{agreeing}/{witnesses} 联署）',
    en: 'This page agrees with the witnesses ({agreeing} of {witnesses} co-signed)',
  },
  waits: { zh: '等待监督节点联署（{agreeing}/{witnesses}）', en: 'Waiting for the witnesses ({agreeing} of {witnesses})' },
  alarm: { zh: '警示', en: 'Alarm' },
  refuses: { zh: '见证方 {name} 拒绝为日志联署', en: 'The witness {name} refuses to cosign the journal' },
  silent: { zh: '见证方 {name} 已长时间没有联署', en: 'The witness {name} has not cosigned for a long time' },
  why: { zh: '查看', en: 'What it reports' },
  checkpoint: { zh: '检查点 {size}', en: 'Checkpoint {size}' },
  how: { zh: '怎样自己核验？', en: 'How do I verify this?' },
  rules: { zh: '规则与依据', en: 'Rules and sources' },
  api: { zh: '开放接口', en: 'API' },
} as const;

export interface Page {
  /** the page's name, for the window title; the h1 is the page's own (pageHead) */
  readonly title: string;
  readonly main: Piece;
  /** extra bundles of src/browser, by asset name: ['seal-bid.js'] */
  readonly scripts?: readonly string[];
  /** which entry of the navigation this page belongs to, when its address does not tell: '/openings' */
  readonly section?: string;
  /** the whole width of the screen (hall, regulator) */
  readonly wide?: boolean;
  /** a narrow column for a short form (sign in) */
  readonly narrow?: boolean;
}

/** The frame of every page. */
export function layout(view: View, page: Page): Html {
  return html`<!doctype html>
<html lang="${view.lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${view.t(say.brand)}</title>
<meta name="color-scheme" content="light">
<link rel="icon" href="${view.asset('sun.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${view.asset('base.css')}" integrity="${view.integrity('base.css')}">
<link rel="stylesheet" href="${view.asset('face.css')}" integrity="${view.integrity('face.css')}">
${each(['page.js', ...(page.scripts ?? [])], (name) => html`<script type="module" src="${view.asset(name)}" integrity="${view.integrity(name)}"></script>\n`)}</head>
<body>
<a class="skip" href="#main">${view.t(say.skip)}</a>
${sandboxRibbon(view)}
${alarm(view)}
${header(view, page.section ?? view.path)}
<main id="main" class="${classes('sheet', page.wide && 'sheet-wide', page.narrow && 'sheet-narrow')}" tabindex="-1">
${page.main}
</main>
${footer(view)}
</body>
</html>
`;
}

function sandboxRibbon(view: View): Html {
  if (!view.sandbox) return nothing;
  const { rate } = view.sandbox;
  return html`<aside class="sandbox" aria-label="${view.t(say.sandboxName)}">${rate === 1 ? view.t(say.sandboxPlain) : view.t(say.sandbox, { rate })} · <a href="${places.sandbox}">${view.t(say.hurry)}</a></aside>`;
}

/** What a witness has against the journal concerns whoever reads any page of it. */
function alarm(view: View): Html {
  const [first] = [...(view.checkpoint?.alarms ?? [])].sort((a, b) => a.alarm.localeCompare(b.alarm));
  if (!first) return nothing;
  return html`<aside class="journal-alarm" role="alert" aria-label="${view.t(say.alarm)}">${view.t(first.alarm === 'refused' ? say.refuses : say.silent, { name: first.name })} · <a href="/journal#witnesses">${view.t(say.why)}</a></aside>`;
}

/** Longest matching address wins, so that /supervision/tenders lights 全域看板 and nothing else. */
function isCurrent(path: string, href: string): boolean {
  const here = path.split('?')[0] ?? path;
  return here === href || (href !== '/' && here.startsWith(`${href}/`));
}

function header(view: View, section: string): Html {
  const role = view.me?.role ?? 'public';
  const links = navigation[role];
  const list = html`<ul>${each(links, (item) => html`<li><a href="${item.href}"${attribute('aria-current', isCurrent(section, item.href) ? 'page' : null)}>${view.t(item.label)}</a></li>`)}</ul>`;
  return html`<header class="top">
  <a class="brand" href="${places.front}"><span class="sunmark" aria-hidden="true"></span><span>${view.t(say.brand)}</span></a>
  <nav class="top-nav" aria-label="${view.t(say.main)}">${list}</nav>
  <div class="top-side">
    ${clock(view)}
    ${languageSwitch(view)}
    ${who(view)}
    <details class="top-menu"><summary aria-label="${view.t(say.menu)}">${icon(view, 'menu-2')}</summary><div class="top-menu-panel"><nav aria-label="${view.t(say.menu)}">${list}</nav><div class="top-menu-account">${languageSwitch(view)}${who(view)}</div></div></details>
  </div>
</header>`;
}

function languageSwitch(view: View): Html {
  const to = view.lang === 'zh' ? 'en' : 'zh';
  const href = `${places.language}?to=${to}&back=${encodeURIComponent(view.path)}`;
  return html`<a class="language" href="${href}" hreflang="${to === 'zh' ? 'zh-CN' : 'en'}" lang="${to === 'zh' ? 'zh-CN' : 'en'}">${to === 'zh' ? '中文' : 'English'}</a>`;
}

function who(view: View): Html {
  if (!view.me)
    return html`<span class="who">${view.t(say.audience)}</span><a class="btn btn-sm btn-primary" href="${places.signIn}?back=${encodeURIComponent(view.path)}">${view.t(say.signIn)}</a>`;
  const { me } = view;
  return html`<span class="who"><a class="who-name" href="${places.profile}">${me.name}</a><span class="who-for">${me.organisation ?? view.t(roleNames[me.role])}</span></span>
    <form method="post" action="${places.signOut}" class="sign-out"><input type="hidden" name="_csrf" value="${view.csrf}"><button class="btn btn-sm" type="submit">${icon(view, 'logout')}<span>${view.t(say.signOut)}</span></button></form>`;
}

/** The foot says what the page can be checked against. It names a checkpoint only when the witnesses signed that very one. */
function footer(view: View): Html {
  const at = view.checkpoint;
  const agreement = at
    ? html`<div class="foot-agreement">${verifyMark(view, {
        verdict: at.agreeing > 0 && at.agreeing === at.witnesses ? 'verified' : 'checking',
        says: at.agreeing > 0 && at.agreeing === at.witnesses ? say.agrees : say.waits,
        values: { agreeing: at.agreeing, witnesses: at.witnesses },
      })}<div class="foot-checkpoint">${view.t(say.checkpoint, { size: groupDigits(String(at.size), ' ') })} · ${hash(view, at.root)}</div></div>`
    : nothing;
  return html`<footer class="foot"><div class="foot-inner">${agreement}<nav aria-label="${view.t(say.how)}"><a href="${places.verify}">${view.t(say.how)}</a><a href="${places.rules}">${view.t(say.rules)}</a><a href="/api">${view.t(say.api)}</a></nav></div></footer>`;
}
