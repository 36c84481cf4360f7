import type { Problem } from '../src/kernel/problem.ts';
import { type Html, html, nothing } from './html.ts';
import { layout } from './layout.ts';
import { places } from './navigation.ts';
import { card, ground, linkButton, pageHead } from './parts/index.ts';
import type { Texts, View } from './view.ts';

const say = {
  above: { zh: '未能完成', en: 'This could not be done' },
  signIn: { zh: '登录', en: 'Sign in' },
  home: { zh: '今日待办', en: 'What I have to do' },
  front: { zh: '返回首页', en: 'To the front page' },
  nothingStored: { zh: '什么也没有改变：被拒绝的操作不会留下一半。', en: 'Nothing was changed: a refused act leaves nothing behind.' },
  name: { zh: '代号', en: 'Its name' },
  hint401: { zh: '登录后会回到这一页。', en: 'You come back to this page after signing in.' },
  hint403: {
    zh: '如果您应当有此权限，请联系本单位的管理人，或切换到另一个角色。',
    en: 'If you should have this right, ask your organisation, or choose another of your roles.',
  },
  hint404: { zh: '地址可能写错了，或者此事项对您尚不公开。', en: 'The address may be wrong, or this is not open to you yet.' },
  hint409: { zh: '请重新打开页面，看看现在的情况。', en: 'Open the page again and look at how things stand now.' },
  hint429: { zh: '请稍等一分钟。', en: 'Please wait a minute.' },
  hint503: { zh: '通常几秒后即恢复。', en: 'It usually passes within seconds.' },
} satisfies Texts;

/** A refusal that belongs to no form: what happened, what it means, what to do. */
export function problemPage(view: View, problem: Problem, status: number): Html {
  const hints: Readonly<Record<number, Texts[string]>> = {
    401: say.hint401,
    403: say.hint403,
    404: say.hint404,
    409: say.hint409,
    429: say.hint429,
    503: say.hint503,
  };
  const hint = hints[status];
  const { detail } = problem;
  return layout(view, {
    title: view.t(problem.title),
    narrow: true,
    main: html`${pageHead(view, { above: view.t(say.above), title: problem.title })}
${card(view, {
  body: html`<div class="stack">${detail.says ? html`<p>${view.t(detail.says)}</p>` : nothing}${hint ? html`<p>${view.t(hint)}</p>` : nothing}
<p class="sub">${view.t(say.nothingStored)}</p>
<p>${ground(view, { rule: detail.rule, source: detail.source })}</p>
<p class="sub">${view.t(say.name)} <a href="${places.problems}#${problem.problem}"><code>${problem.problem}</code></a></p></div>`,
  foot: html`<div class="form-actions">${wayOut(view, status)}${linkButton(view, { href: places.front, label: say.front })}</div>`,
})}`,
  });
}

function wayOut(view: View, status: number): Html {
  if (view.me) return linkButton(view, { href: places.home, label: say.home, tone: 'primary' });
  if (status === 401 || status === 403)
    return linkButton(view, {
      href: `${places.signIn}?back=${encodeURIComponent(view.path)}`,
      label: say.signIn,
      tone: 'primary',
      icon: 'login',
    });
  return nothing;
}
