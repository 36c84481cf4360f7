import { type Html, html, join, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

export interface ShownProblem {
  readonly name: string;
  readonly kind: string;
  readonly title: Words;
  readonly rules: readonly string[];
}

const say = {
  title: { zh: '平台的拒绝', en: 'The platform’s refusals' },
  below: {
    zh: '被拒绝的操作不会留下一半。每种拒绝都有名字，接口以 RFC 9457 返回，页面写在有关的栏目旁边。',
    en: 'A refused act leaves nothing behind. Every refusal has a name: the API answers it as RFC 9457, a page says it beside the field.',
  },
  name: { zh: '代号', en: 'Name' },
  says: { zh: '含义', en: 'What it says' },
  kind: { zh: '种类', en: 'Kind' },
  rules: { zh: '规则', en: 'Rules' },
  all: { zh: '全部拒绝', en: 'All refusals' },
  book: { zh: '规则与依据', en: 'Rules and sources' },
} satisfies Texts;

const kinds: Readonly<Record<string, Words>> = {
  refused: { zh: '规则不允许（409）', en: 'a rule says no (409)' },
  invalid: { zh: '填写有误（422）', en: 'cannot be read (422)' },
  'not-found': { zh: '没有或无权查看（404）', en: 'not there, or not for you (404)' },
  'not-permitted': { zh: '角色不允许（403）', en: 'not for this role (403)' },
  'not-signed-in': { zh: '需要登录（401）', en: 'sign in first (401)' },
  conflict: { zh: '状态已变化（409）', en: 'the state has moved on (409)' },
  'too-many': { zh: '过于频繁（429）', en: 'too often (429)' },
  'too-large': { zh: '过大（413）', en: 'too large (413)' },
  unavailable: { zh: '暂时不能（503）', en: 'not at the moment (503)' },
};

/** /problems: every refusal by name, with the rules that lead to it. */
export function problemsPage(view: View, problems: readonly ShownProblem[]): Html {
  const one = problems.length === 1 ? problems[0] : undefined;
  return layout(view, {
    title: view.t(one?.title ?? say.title),
    section: '/rules',
    main: html`${part.pageHead(view, {
      title: one?.title ?? say.title,
      below: view.t(say.below),
      back: one ? { href: '/problems', label: say.all } : { href: '/rules', label: say.book },
    })}
${part.card(view, {
  flush: true,
  body: part.table<ShownProblem>(view, {
    caption: say.title,
    rows: problems,
    columns: [
      { label: say.name, phone: 'head', cell: (row) => html`<span class="anchor" id="${row.name}"></span><code>${row.name}</code>` },
      { label: say.says, cell: (row) => view.t(row.title) },
      { label: say.kind, cell: (row) => view.t(kinds[row.kind] ?? { zh: row.kind, en: row.kind }) },
      {
        label: say.rules,
        cell: (row) =>
          row.rules.length === 0
            ? nothing
            : join(
                row.rules.map((id) => html`<a href="/rules#${id}"><code>${id}</code></a>`),
                ' ',
              ),
      },
    ],
  }),
})}`,
  });
}
