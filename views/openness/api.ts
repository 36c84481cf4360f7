import type { GuidedEndpoint, GuideGroup, Member } from '../../src/openness/api-guide.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import { roleNames } from '../navigation.ts';
import * as part from '../parts/index.ts';
import type { Role, Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '开放接口', en: 'API' },
  below: {
    zh: '网页能做的，程序都能做：同一个地址，前面加 /api，以 JSON 往来。',
    en: 'Everything a page can do, a program can do: the same address below /api, in JSON.',
  },
  start: { zh: '怎样开始', en: 'How to begin' },
  machine: { zh: 'OpenAPI 3.1（机器可读）', en: 'OpenAPI 3.1, for machines' },
  problems: { zh: '全部拒绝', en: 'All refusals' },
  query: { zh: '查询参数', en: 'Query' },
  body: { zh: '请求体', en: 'Body' },
  files: { zh: '文件（multipart/form-data）', en: 'Files (multipart/form-data)' },
  answer: { zh: '回答', en: 'Answer' },
  download: { zh: '回答是一个文件', en: 'The answer is a file' },
  required: { zh: '必填', en: 'required' },
  anyone: { zh: '任何人', en: 'anyone' },
  signedIn: { zh: '登录用户', en: 'anyone signed in' },
} satisfies Texts;

const steps: readonly Words[] = [
  {
    zh: 'POST /api/session，送出 login 和 password，得到 token；此后每个请求带上 Authorization: Bearer <token>。',
    en: 'POST /api/session with login and password; send the token it answers as Authorization: Bearer <token>.',
  },
  {
    zh: '时间一律 RFC 3339 UTC，金额一律以元为单位的十进制文本（"980.00"），编号是 UUIDv7。',
    en: 'Moments are RFC 3339 UTC, amounts are decimal texts in yuan ("980.00"), ids are UUIDv7.',
  },
  {
    zh: '被拒绝的请求得到 application/problem+json：type 是拒绝的代号，rule 和 source 是规则与依据，errors 指出字段。',
    en: 'A refused request gets application/problem+json: type names the refusal, rule and source its ground, errors the fields.',
  },
  {
    zh: '大文件用可续传协议（tus）上传到 /uploads；日志瓦片在 /journal 下，均不需登录即可读取。',
    en: 'Large files go to /uploads by the resumable protocol tus; the journal’s tiles lie below /journal and need no session.',
  },
];

/** /api: the endpoints for people to read, from the same schemas that read the requests. */
export function apiPage(view: View, groups: readonly GuideGroup[]): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, {
      title: say.title,
      below: view.t(say.below),
      actions: [
        part.linkButton(view, { href: '/api/openapi.json', label: say.machine, icon: 'download' }),
        part.linkButton(view, { href: '/problems', label: say.problems }),
      ],
    })}
<div class="stack">${part.card(view, { title: say.start, body: html`<ol class="numbered">${each(steps, (step) => html`<li>${view.t(step)}</li>`)}</ol>` })}
<nav class="jump" aria-label="${view.t(say.title)}">${each(groups, (group) => html`<a href="#${group.name}">/${group.name}</a> `)}</nav>
${each(groups, (group) => part.card(view, { id: group.name, title: `/${group.name}`, beside: String(group.endpoints.length), flush: true, body: html`<ul class="endpoints">${each(group.endpoints, (one) => endpoint(view, one))}</ul>` }))}</div>`,
  });
}

function endpoint(view: View, one: GuidedEndpoint): Html {
  return html`<li id="${one.name}"><details><summary><span class="pill pill-plain">${one.method}</span> <code>${one.path}</code> <span class="sub">${view.t(one.says)}</span></summary>
<div class="stack"><p class="sub">${who(view, one.by)} · <code>${one.name}</code></p>
${members(view, say.query, one.query, true)}${members(view, say.body, one.body, true)}${one.files.length > 0 ? html`<p><strong>${view.t(say.files)}</strong> ${each(one.files, (file) => html`<code>${file}</code> `)}</p>` : nothing}${
  one.download ? html`<p>${view.t(say.download)}</p>` : members(view, say.answer, one.answer, false)
}</div></details></li>`;
}

function who(view: View, by: GuidedEndpoint['by']): string {
  if (by === 'anyone') return view.t(say.anyone);
  if (by === 'signed-in' || typeof by === 'string') return view.t(say.signedIn);
  return by.map((role) => view.t(roleNames[role as Role])).join(view.lang === 'zh' ? '、' : ', ');
}

function members(view: View, title: Words, list: readonly Member[], needed: boolean): Html {
  if (list.length === 0) return nothing;
  return html`<div><strong>${view.t(title)}</strong><ul class="members">${each(
    list,
    (member) =>
      html`<li><code>${member.path}</code> <span class="sub">${member.type}${needed && member.required ? html` · ${view.t(say.required)}` : nothing}</span></li>`,
  )}</ul></div>`;
}
