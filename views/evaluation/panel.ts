import type { PanelAnswer } from '../../src/evaluation/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '评标委员会', en: 'The panel' },
  below: {
    zh: '{size} 人，其中抽取专家 {experts} 人。专家姓名在评标开始前对任何人保密，中标结果确定后公布。',
    en: '{size} members, {experts} of them drawn experts. Names are hidden from everyone until the evaluation starts, and public once the result is decided.',
  },
  seats: { zh: '席位', en: 'Seats' },
  seat: { zh: '席位', en: 'Seat' },
  member: { zh: '成员', en: 'Member' },
  kind: { zh: '身份', en: 'As' },
  expert: { zh: '随机抽取专家', en: 'Drawn expert' },
  representative: { zh: '招标人代表', en: 'Tenderee’s representative' },
  state: { zh: '状态', en: 'State' },
  you: { zh: '本人', en: 'you' },
  none: { zh: '评标委员会尚未组成', en: 'The panel has not been formed' },
  form: { zh: '组建评标委员会', en: 'Form the panel' },
  formSays: {
    zh: '抽中并确认参加的专家按抽取次序入席，组织方不能挑选，也看不到姓名。',
    en: 'The experts who accepted take their seats in the drawn order; the host chooses nobody and sees no name.',
  },
  who: { zh: '招标人代表（登录名）', en: 'Representative of the tenderee (login name)' },
  whoHint: {
    zh: '须为招标人单位的登记用户；多名代表以逗号分隔。',
    en: 'A registered user of the tenderee; several are separated by commas.',
  },
  start: { zh: '开始评标', en: 'Start the evaluation' },
  hours: { zh: '评标时间', en: 'Time to evaluate' },
  hour: { zh: '小时', en: 'hours' },
  hoursHint: {
    zh: '根据规模和技术复杂程度合理确定；留空按平台规则。超过三分之一成员认为不够的，自动延长。',
    en: 'By size and difficulty; empty for the platform’s rule. Extended when more than one third of the members want more.',
  },
  startTitle: { zh: '开始后成员可见投标文件', en: 'From now on the members see the bids' },
  startSays: {
    zh: '全体成员已签署回避声明。开始后成员互相可见姓名并开始评审；您在评标报告提交前看不到任何评审内容。',
    en: 'Every member has declared. The members then see each other’s names and begin; you see nothing of the evaluation until the report is in.',
  },
  waitsExperts: {
    zh: '还有 {n} 个专家席位未确认，系统正在依次通知。',
    en: '{n} expert seats are still open; the platform is calling in the drawn order.',
  },
  waitsDeclarations: {
    zh: '等待全体成员签署回避声明，签署后即可开始评标。',
    en: 'Waiting for every member’s declaration; then the evaluation can start.',
  },
  exhausted: { zh: '后备专家已用尽，请说明理由后再次抽取。', en: 'Nobody is left to be called: request another draw with its ground.' },
  draw: { zh: '专家抽取', en: 'Expert draw' },
  desk: { zh: '评标台', en: 'The desk' },
  started: { zh: '评标已开始', en: 'The evaluation has started' },
  declared: { zh: '已声明', en: 'declared' },
  undeclared: { zh: '待声明', en: 'to declare' },
  next: { zh: '下一步', en: 'What comes next' },
} satisfies Texts;

const states: Readonly<Record<string, { readonly tone: part.Tone; readonly says: Words }>> = {
  sitting: { tone: 'plain', says: { zh: '在席', en: 'sits' } },
  recused: { tone: 'refused', says: { zh: '声明回避，已退出', en: 'withdrew' } },
  replaced: { tone: 'plain', says: { zh: '再次抽取，已替换', en: 'replaced by another draw' } },
};

/** The panel: seats and masks for everyone; for the host what to do next. */
export function panelPage(view: View, data: PanelAnswer): Html {
  const base = `/lots/${data.lot.id}`;
  return layout(view, {
    title: `${view.t(say.title)} · ${data.lot.name}`,
    section: '/lots',
    scripts: ['live.js'],
    main: html`${part.pageHead(view, {
      back: { href: base, label: data.lot.name },
      above: `${data.lot.number} · ${view.t(data.lot.phaseTitle)}`,
      title: say.title,
      below: view.t(say.below, { size: data.size, experts: data.experts }),
      actions: html`${part.linkButton(view, { href: `${base}/draw`, label: say.draw, icon: 'dice-5' })}${part.linkButton(view, { href: `${base}/evaluation`, label: say.desk, icon: 'scale' })}`,
      ...(data.startedAt ? { beside: part.pill(view, 'now', say.started) } : {}),
    })}
<div class="stack">${part.live('seats', seatsCard(view, data))}${data.host ? hostCard(view, data) : nothing}</div>`,
  });
}

function seatsCard(view: View, data: PanelAnswer): Html {
  return part.card(view, {
    title: say.seats,
    flush: true,
    body: part.table(view, {
      caption: say.seats,
      columns: [
        { label: say.seat, cell: (member) => member.seat, numeric: true, phone: 'hide' },
        {
          label: say.member,
          cell: (member) =>
            html`<strong>${view.t(member.mask)}</strong>${member.name ? html` ${member.name}` : nothing}${member.you ? html` <span class="sub">${view.t(say.you)}</span>` : nothing}`,
          phone: 'head',
        },
        {
          label: say.kind,
          cell: (member) =>
            html`${view.t(member.kind === 'expert' ? say.expert : say.representative)}${member.specialty ? html` <span class="sub">${view.t(member.specialty)}</span>` : nothing}`,
        },
        {
          label: say.state,
          cell: (member) => {
            const state = states[member.state] ?? { tone: 'plain' as const, says: { zh: member.state, en: member.state } };
            return html`${part.pill(view, state.tone, state.says)}${
              member.declared === null
                ? nothing
                : html` <span class="sub">${view.t(member.declared ? say.declared : say.undeclared)}</span>`
            }`;
          },
        },
      ],
      rows: data.members,
      tone: (member) => (member.state === 'sitting' ? null : 'faded'),
      empty: part.empty(view, { title: say.none, icon: 'users', action: { href: `/lots/${data.lot.id}/draw`, label: say.draw } }),
    }),
  });
}

function hostCard(view: View, data: PanelAnswer): Html {
  const base = `/lots/${data.lot.id}`;
  const full = data.vacant.experts === 0 && data.vacant.representatives === 0;
  if (data.may.start)
    return part.card(view, {
      title: say.start,
      now: true,
      body: part.form(view, {
        action: `${base}/evaluation`,
        fields: part.field(view, {
          kind: 'number',
          name: 'hours',
          label: say.hours,
          hint: say.hoursHint,
          min: 1,
          max: 720,
          unit: say.hour,
          half: true,
        }),
        submit: say.start,
        icon: 'scale',
        confirm: { title: say.startTitle, says: say.startSays },
      }),
    });
  if (data.may.form)
    return part.card(view, {
      title: say.form,
      now: true,
      body: html`<p class="sub">${view.t(say.formSays)}</p>${part.form(view, {
        action: `${base}/panel`,
        fields:
          data.vacant.representatives > 0
            ? part.field(view, {
                kind: 'text',
                name: 'representative',
                label: say.who,
                hint: say.whoHint,
                required: true,
                half: true,
                maxlength: 200,
              })
            : nothing,
        submit: say.form,
        icon: 'users',
      })}`,
    });
  if (data.startedAt && full) return nothing;
  const says =
    data.may.draw && data.vacant.experts > 0
      ? say.exhausted
      : data.vacant.experts > data.accepted
        ? say.waitsExperts
        : say.waitsDeclarations;
  return part.card(view, {
    title: say.next,
    body: html`${part.problemPanel(view)}<p>${view.t(says, { n: data.vacant.experts - data.accepted })}</p>${
      data.vacant.experts > data.accepted ? part.linkButton(view, { href: `${base}/draw`, label: say.draw, icon: 'dice-5' }) : nothing
    }`,
  });
}
