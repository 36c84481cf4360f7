import type { CodePageAnswer } from '../../src/openness/code-routes.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '统一交易标识码', en: 'Trading codes' },
  below: {
    zh: '每个项目、标段有一个全国统一的36位标识码，印在公告和各种文书上。在这里可以查它是什么意思、有没有抄错、指的是哪个标段。',
    en: 'Every project and lot has a code of 36 characters that is its own nationwide and stands on every paper. Here is what one means, whether it was copied rightly, and which lot it names.',
  },
  code: { zh: '标识码', en: 'Code' },
  hint: {
    zh: '36位，或者不含类别的33位；空格和连字符不影响',
    en: '36 characters, or 33 without the class; blanks and hyphens do not matter',
  },
  look: { zh: '查询', en: 'Look up' },
  shapeless: {
    zh: '这不是统一交易标识码：应为36位（3位类别、18位主体代码、8位日期、6位流水号、1位校验码），或者不含类别的33位。',
    en: 'This is no trading code: it has 36 characters (3 of class, 18 of the party, 8 of date, 6 of serial, 1 of check), or 33 without the class.',
  },
  right: { zh: '校验码正确。', en: 'The check character is right.' },
  wrong: { zh: '这个标识码有误', en: 'This code is wrong' },
  meaning: { zh: '各位的含义', en: 'What it is made of' },
  text: { zh: '字符', en: 'Characters' },
  is: { zh: '是什么', en: 'What they are' },
  says: { zh: '说明', en: 'Meaning' },
  names: { zh: '指向', en: 'What it names' },
  nothing: { zh: '没有已公开的标段使用这个标识码。', en: 'No published lot has this code.' },
  lot: { zh: '标段', en: 'Lot' },
  project: { zh: '所属项目的标识码', en: 'the code of its project' },
  phase: { zh: '阶段', en: 'Phase' },
  classes: { zh: '类别的首位', en: 'The first character of the class' },
  letter: { zh: '字母', en: 'Letter' },
  class: { zh: '类别', en: 'Class' },
  source: { zh: '依据', en: 'Source' },
} satisfies Texts;

const kinds: Record<'class' | 'party' | 'day' | 'serial' | 'check', Words> = {
  class: { zh: '交易类别', en: 'Class of trade' },
  party: { zh: '主体', en: 'Party' },
  day: { zh: '日期', en: 'Date' },
  serial: { zh: '流水号', en: 'Serial' },
  check: { zh: '校验码', en: 'Check character' },
};
type Explained = NonNullable<CodePageAnswer['explained']>;

/** /codes: a trading code taken apart, and what it names. */
export function codePage(view: View, data: CodePageAnswer): Html {
  const { asked, explained } = data;
  return layout(view, {
    title: view.t(say.title),
    section: '/rules',
    main: html`${part.pageHead(view, {
      title: say.title,
      below: view.t(say.below),
      back: { href: '/rules', label: { zh: '规则与依据', en: 'Rules and sources' } },
    })}
<div class="stack">${part.card(view, { title: say.look, body: question(view, asked) })}
${when(asked !== '' && explained === null, () => part.notice(view, 'refused', say.shapeless))}
${explained ? answered(view, explained) : nothing}
${part.card(view, { title: say.classes, flush: true, body: classTable(view, data) })}</div>`,
  });
}

function question(view: View, asked: string): Html {
  return html`<form class="form" method="get" action="/codes"><div class="fields">
${part.field(view, { kind: 'text', name: 'code', label: say.code, hint: say.hint, value: asked, required: true })}
</div><div class="form-actions"><button class="btn btn-primary" type="submit">${view.t(say.look)}</button></div></form>`;
}

function answered(view: View, { parts, faults, names }: Explained): Html {
  return html`${
    faults.length === 0
      ? part.notice(view, 'plain', say.right)
      : part.notice(
          view,
          'refused',
          html`<strong>${view.t(say.wrong)}</strong><ul class="plain">${each(faults, (fault) => html`<li>${view.t(fault)}</li>`)}</ul>`,
        )
  }
${part.card(view, {
  title: say.meaning,
  flush: true,
  body: part.table<Explained['parts'][number]>(view, {
    caption: say.meaning,
    rows: parts,
    columns: [
      { label: say.text, phone: 'head', cell: ({ text }) => html`<code class="figure">${text}</code>` },
      { label: say.is, cell: ({ is }) => view.t(kinds[is]) },
      { label: say.says, cell: ({ says }) => view.t(says) },
    ],
  }),
})}
${part.card(view, {
  title: say.names,
  flush: names.length > 0,
  body:
    names.length === 0
      ? html`<p class="sub">${view.t(say.nothing)}</p>`
      : part.table<Explained['names'][number]>(view, {
          caption: say.names,
          rows: names,
          columns: [
            {
              label: say.lot,
              phone: 'head',
              cell: (lot) =>
                html`<a href="/lots/${lot.id}">${lot.name}</a>${when(lot.is === 'project', () => html`<br><span class="sub">${view.t(say.project)}</span>`)}`,
            },
            { label: { zh: '编号', en: 'Number' }, cell: ({ number }) => html`<span class="figure">${number}</span>` },
            { label: say.phase, cell: ({ phase }) => view.t(phase) },
          ],
        }),
})}`;
}

function classTable(view: View, { classes, source }: CodePageAnswer): Html {
  return html`${part.table<CodePageAnswer['classes'][number]>(view, {
    caption: say.classes,
    rows: classes,
    columns: [
      { label: say.letter, phone: 'head', cell: ({ letter }) => html`<code>${letter}</code>` },
      { label: say.class, cell: ({ title }) => view.t(title) },
      { label: say.source, cell: (each) => view.t(each.source) },
    ],
  })}<div class="card-foot"><span class="sub">${view.t(say.source)}${part.colon(view)}${view.t(source)}</span></div>`;
}
