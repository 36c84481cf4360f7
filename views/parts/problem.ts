import { each, type Html, html, nothing, when } from '../html.ts';
import type { PageProblem, View, Words } from '../view.ts';
import { fieldId } from './field.ts';
import { ground } from './ground.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon-names.ts';

/** The refusal of what was just tried: what happened, why, on what ground, and which fields to mend. Nothing when all is well. */
export function problemPanel(view: View, problem: PageProblem | null = view.problem): Html {
  if (!problem) return nothing;
  return html`<div class="problem" role="alert" tabindex="-1" data-problem>
  ${icon(view, 'circle-x')}
  <div><strong>${view.t(problem.title)}</strong>
  ${problem.says ? html`<p>${view.t(problem.says)}</p>` : nothing}
  ${when(problem.fields.length > 0, () => html`<ul>${each(problem.fields, (f) => html`<li><a href="#${fieldId(f.path)}">${view.t(f.says)}</a></li>`)}</ul>`)}
  <p class="problem-foot">${ground(view, problem)} <a class="ground" href="/problems#${problem.name}">${problem.name}</a></p></div>
</div>`;
}

/** A sentence that deserves a frame: `plain` to know, `now` to act on, `refused` when something was stopped. Green is not on offer: it is a mark's. */
export function notice(
  view: View,
  tone: 'plain' | 'now' | 'refused',
  says: Words | Html,
  values?: Readonly<Record<string, string | number>>,
): Html {
  const icons: Record<typeof tone, IconName> = { plain: 'info-circle', now: 'clock-exclamation', refused: 'circle-x' };
  return html`<div class="aside aside-${tone}">${icon(view, icons[tone])}<div>${'zh' in says ? view.t(says, values) : says}</div></div>`;
}

/** Nothing here yet: why, and what comes next. Never a dead end. */
export function empty(
  view: View,
  e: {
    readonly title: Words;
    readonly says?: Words;
    readonly icon?: IconName;
    readonly action?: { readonly href: string; readonly label: Words };
  },
): Html {
  return html`<div class="empty-state">${icon(view, e.icon ?? 'circle-dashed')}
  <p class="empty-title">${view.t(e.title)}</p>${e.says ? html`<p class="sub">${view.t(e.says)}</p>` : nothing}
  ${e.action ? html`<a class="btn" href="${e.action.href}">${view.t(e.action.label)}</a>` : nothing}</div>`;
}
