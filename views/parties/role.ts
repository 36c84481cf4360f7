import type { Holding } from '../../src/parties/reads.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import { roleNames } from '../navigation.ts';
import { card, hidden, pageHead, pill, problemPanel, stack } from '../parts/index.ts';
import type { Role, Texts, View } from '../view.ts';

const say = {
  title: { zh: '以哪个角色办理？', en: 'In which role do you act?' },
  below: {
    zh: '每项操作都记在当前角色和单位名下；随时可以切换。',
    en: 'Every act is recorded under the role and organisation chosen here. You can change at any time.',
  },
  choose: { zh: '使用此角色', en: 'Act in this role' },
  present: { zh: '当前', en: 'present' },
  forOneself: { zh: '以个人名义', en: "in one's own name" },
} satisfies Texts;

export interface RoleChoice {
  readonly me: { readonly role: Role; readonly code: string | null };
  readonly roles: readonly Pick<Holding, 'membership' | 'role' | 'organisation'>[];
  readonly back: string;
}

/** Choosing one of several roles. */
export function rolePage(view: View, data: RoleChoice): Html {
  return layout(view, {
    title: view.t(say.title),
    narrow: true,
    main: html`${pageHead(view, { title: say.title, below: view.t(say.below) })}${problemPanel(view)}<div class="stack">${each(
      data.roles,
      (held) => {
        const present = held.role === data.me.role && (held.organisation?.code ?? null) === data.me.code;
        return card(view, {
          title: roleNames[held.role],
          beside: present ? pill(view, 'now', say.present) : nothing,
          body: stack(
            html`<p>${held.organisation ? html`${held.organisation.name}<br><code>${held.organisation.code}</code>` : view.t(say.forOneself)}</p>`,
            html`<form class="form" method="post" action="/session/role">${hidden('_csrf', view.csrf)}${hidden('membership', held.membership)}${hidden('back', data.back)}<button class="btn ${present ? '' : 'btn-primary'}" type="submit">${view.t(say.choose)}<span class="visually-hidden"> ${view.t(roleNames[held.role])}</span></button></form>`,
          ),
        });
      },
    )}</div>`,
  });
}
