import type { Todo } from '../../src/kernel/todo.ts';
import { each, type Html, html, nothing } from '../html.ts';
import type { Instant, View } from '../view.ts';
import { dueText, remainingText } from './time.ts';

/** The list of everything that waits for this person, most pressing first as given. */
export function todoList(view: View, list: readonly Todo[]): Html {
  return html`<ul class="todos">${each(list, (todo) => todoItem(view, todo))}</ul>`;
}

function urgency(view: View, due: Instant | null): 'none' | 'overdue' | 'today' | 'later' {
  if (due === null) return 'none';
  const left = new Date(due).getTime() - new Date(view.now).getTime();
  if (left <= 0) return 'overdue';
  return left <= 24 * 3_600_000 ? 'today' : 'later';
}

function todoItem(view: View, todo: Todo): Html {
  const how = urgency(view, todo.due);
  const due = todo.due
    ? html`<div class="todo-due"><time datetime="${todo.due}">${dueText(view, todo.due)}</time><small>${how === 'overdue' ? html`${view.t({ zh: '逾期', en: 'overdue' })} · ` : nothing}${remainingText(view, todo.due)}</small></div>`
    : html`<div class="todo-due"><span>${view.t({ zh: '随时', en: 'Any time' })}</span><small>${view.t({ zh: '不设时限', en: 'no time limit' })}</small></div>`;
  return html`<li class="todo todo-${how}">${due}
  <div class="todo-body"><p class="todo-what">${view.t(todo.what)}</p><p class="todo-about">${todo.about}</p>
  <p class="todo-why">${view.t({ zh: '依据：', en: 'Ground: ' })}${view.t(todo.why)}</p>
  <p class="todo-otherwise">${view.t({ zh: '如未办理：', en: 'If not: ' })}${view.t(todo.otherwise)}</p></div>
  <a class="btn ${how === 'overdue' || how === 'today' ? 'btn-primary' : ''}" href="${todo.href}">${view.t(todo.action)}<span class="visually-hidden">${view.t({ zh: '：', en: ': ' })}${view.t(todo.what)}</span></a></li>`;
}
