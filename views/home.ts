import type { Todo } from '../src/kernel/todo.ts';
import { type Html, html, join, nothing } from './html.ts';
import { layout } from './layout.ts';
import { roleNames } from './navigation.ts';
import * as part from './parts/index.ts';
import type { Instant, Texts, View, Words } from './view.ts';

/** A matter this person takes part in, with where it stands. */
export interface Running {
  readonly href: string;
  readonly name: string;
  /** 投标中 */
  readonly where: Words;
  readonly tone: part.Tone;
  /** the next date that counts, with what it is */
  readonly next: { readonly at: Instant; readonly what: Words } | null;
}

export interface Home {
  /** most pressing first */
  readonly todos: readonly Todo[];
  readonly running: readonly Running[];
  /** title and page of the list of running matters, by role: 进行中的项目, 我的投标 */
  readonly runningTitle: Words;
  readonly runningEmpty: { readonly says: Words; readonly action?: { readonly href: string; readonly label: Words } };
  /** what this role begins: register a project, find a tender */
  readonly begin: readonly { readonly href: string; readonly label: Words; readonly icon?: part.IconName }[];
  /** what one should know: a moved deadline, a new document, with a link */
  readonly news: readonly { readonly says: Words | string; readonly at: Instant; readonly href: string }[];
}

const say = {
  title: { zh: '今日待办', en: 'To do' },
  none: { zh: '没有待办事项', en: 'Nothing to do' },
  noneSays: {
    zh: '有事项到来时会出现在这里，并说明时限、依据和不办的后果。',
    en: 'What comes up appears here, with its time, its ground and what happens if it is not done.',
  },
  news: { zh: '提醒', en: 'News' },
} satisfies Texts;

const day = 24 * 3_600_000;

function summary(view: View, todos: readonly Todo[]): Html {
  const left = (todo: Todo): number =>
    todo.due === null ? Number.POSITIVE_INFINITY : new Date(todo.due).getTime() - new Date(view.now).getTime();
  const count = (from: number, to: number): number => todos.filter((todo) => left(todo) > from && left(todo) <= to).length;
  const overdue = count(Number.NEGATIVE_INFINITY, 0);
  const parts = [
    overdue > 0 ? view.t({ zh: '{n} 项逾期', en: '{n} overdue' }, { n: overdue }) : null,
    view.t({ zh: '{n} 项一天内到期', en: '{n} due within a day' }, { n: count(0, day) }),
    view.t({ zh: '{n} 项一周内到期', en: '{n} within a week' }, { n: count(day, 7 * day) }),
    view.t({ zh: '每项都写明依据', en: 'each with its ground' }),
  ];
  return join(parts, ' · ');
}

/** The workspace of everyone who works here: what waits for them, what goes on, what they may begin. */
export function homePage(view: View, home: Home): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, {
      ...(view.me ? { above: join([view.t(roleNames[view.me.role]), view.me.organisation], ' · ') } : {}),
      title: say.title,
      below: summary(view, home.todos),
      actions: home.begin.map((begin) => part.linkButton(view, { icon: 'plus', ...begin, tone: 'primary' })),
    })}
${part.columns({
  main: part.card(view, {
    flush: true,
    body:
      home.todos.length > 0
        ? part.todoList(view, home.todos)
        : part.empty(view, { title: say.none, says: say.noneSays, icon: 'checklist', ...beginning(home) }),
  }),
  right: html`${runningCard(view, home)}${home.news.length > 0 ? newsCard(view, home) : nothing}`,
})}`,
  });
}

const beginning = (home: Home): { action?: { href: string; label: Words } } => (home.begin[0] ? { action: home.begin[0] } : {});

function runningCard(view: View, home: Home): Html {
  return part.card(view, {
    title: home.runningTitle,
    beside: home.running.length > 0 ? String(home.running.length) : nothing,
    flush: true,
    body:
      home.running.length === 0
        ? part.empty(view, {
            title: { zh: '还没有', en: 'None yet' },
            says: home.runningEmpty.says,
            ...(home.runningEmpty.action ? { action: home.runningEmpty.action } : {}),
          })
        : html`<ul class="matters">${home.running.map(
            (matter) =>
              html`<li class="matter"><div><a href="${matter.href}">${matter.name}</a>${
                matter.next
                  ? html`<p class="sub">${view.t(matter.next.what)} ${part.time(view, matter.next.at)} · ${part.remainingText(view, matter.next.at)}</p>`
                  : nothing
              }</div>${part.pill(view, matter.tone, matter.where)}</li>`,
          )}</ul>`,
  });
}

function newsCard(view: View, home: Home): Html {
  return part.card(view, {
    title: say.news,
    flush: true,
    body: html`<ul class="matters">${home.news.map(
      (news) =>
        html`<li class="matter"><div><a href="${news.href}">${typeof news.says === 'string' ? news.says : view.t(news.says)}</a><p class="sub">${part.time(view, news.at)}</p></div></li>`,
    )}</ul>`,
  });
}
