import type { DrawAnswer } from '../../src/experts/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  conditions: { zh: '抽取条件', en: 'Conditions of the draw' },
  specialty: { zh: '专业', en: 'Specialty' },
  seats: { zh: '席位', en: 'Seats' },
  pool: { zh: '可抽取', en: 'Eligible' },
  reach: { zh: '范围', en: 'Looked for' },
  tooFew: { zh: '不足', en: 'too few' },
  bands: {
    zh: '只显示人数区间：准确人数可能被用来推断谁被回避。名单由平台按规则剔除，任何人不能指定或剔除专家。',
    en: 'In bands only: exact numbers could be used to find out who is left out. The platform leaves experts out by rule; nobody names or strikes anybody.',
  },
  before: {
    zh: '开标前投标人未知，这里未计入与投标人有关的回避；开标后才能申请抽取。',
    en: 'Bidders are not known before the opening, and those tied to them are not left out here; a draw can be asked for after it.',
  },
  request: { zh: '申请抽取', en: 'Request the draw' },
  requestTitle: { zh: '申请后不能撤回', en: 'A request cannot be taken back' },
  requestSays: {
    zh: '候选名单随即固定并写入日志，委员会据此抽取，抽中的专家立即收到通知。每个标段只抽取一次，再次抽取须写明理由并公开。',
    en: 'The list of candidates is fixed and journalled, the council draws from it, and those drawn are called at once. A lot has one draw; another needs a ground, which is public.',
  },
  widen: { zh: '按规则逐级扩大范围', en: 'Go further, rung by rung' },
  widenSays: {
    zh: '可抽取专家不足的席位依次扩大：{ladder}。到人数足够即止，不能自选级别；每个席位实际扩大到哪一级，随申请写入日志并公开。',
    en: 'Seats with too few experts go on: {ladder}. They stop at the first rung that suffices; nobody picks one, and how far each seat went is journalled with the request for everyone.',
  },
  supplement: { zh: '补充抽取', en: 'Draw for the empty seats' },
  supplementSays: {
    zh: '抽中和后备专家已全部通知，仍有席位空缺。补充抽取只针对空缺席位，已确认的专家不变；理由由平台记录并永久公开。',
    en: 'Everyone drawn, standbys included, has been called, and seats stand empty. A supplementary draw is for those alone; who accepted stays. The platform records the ground, for ever.',
  },
  again: { zh: '再次抽取', en: 'Draw again' },
  againSays: {
    zh: '再次抽取使前次结果作废，前次已确认的专家不再参加；理由永久公开，监管部门可见。',
    en: 'Another draw puts the earlier one out of force; those who accepted no longer sit. The ground stays public for ever.',
  },
  ground: { zh: '再次抽取的理由', en: 'Ground of the further draw' },
} satisfies Texts;

type Conditions = NonNullable<DrawAnswer['conditions']>;

/** What the host may ask for: the pool of each seat in bands, and the request itself, the first, a supplementary or another one. */
export function requestCards(view: View, data: DrawAnswer): Html {
  const { conditions, may } = data;
  return html`${conditions ? conditionsCard(view, conditions) : nothing}${may.request ? (conditions?.supplement === false || !may.needsGround ? firstCard(view, data) : againCards(view, data)) : nothing}`;
}

function conditionsCard(view: View, conditions: Conditions): Html {
  return part.card(view, {
    title: say.conditions,
    flush: true,
    body: part.table(view, {
      caption: say.conditions,
      columns: [
        { label: say.specialty, cell: (seat) => view.t(seat.specialty), phone: 'head' },
        { label: say.seats, cell: (seat) => seat.count, numeric: true },
        {
          label: say.pool,
          cell: (seat) => html`${view.t(seat.pool)}${seat.enough ? nothing : html` ${part.pill(view, 'wait', say.tooFew)}`}`,
        },
        { label: say.reach, cell: (seat) => view.t(seat.reach) },
      ],
      rows: conditions.seats,
      foot: html`${view.t(say.bands)}${conditions.beforeOpening ? html` ${view.t(say.before)}` : nothing}`,
    }),
  });
}

/** Only where some seat needs it: whoever has enough experts is not asked to look further. */
function widening(view: View, conditions: DrawAnswer['conditions']): Html {
  if (!conditions || conditions.seats.every((seat) => seat.enough)) return nothing;
  const ladder = conditions.ladder.map((rung) => view.t(rung)).join(' → ');
  return html`${part.field(view, { kind: 'checkbox', name: 'widen', label: say.reach, says: say.widen })}<p class="sub">${view.t(say.widenSays, { ladder })}</p>`;
}

const action = (data: DrawAnswer): string => `/lots/${data.lot.id}/draws`;

const firstCard = (view: View, data: DrawAnswer): Html =>
  part.card(view, {
    title: say.request,
    body: part.form(view, {
      action: action(data),
      fields: widening(view, data.conditions),
      submit: say.request,
      icon: 'dice-5',
      confirm: { title: say.requestTitle, says: say.requestSays },
    }),
  });

/** After a draw: for the seats that nobody is left for, where there are any; and all of it again, with a ground. */
function againCards(view: View, data: DrawAnswer): Html {
  const empty = data.conditions !== null && data.draws.some((draw) => draw.completedAt !== null);
  const supplement = empty
    ? part.card(view, {
        title: say.supplement,
        now: true,
        body: html`<p>${view.t(say.supplementSays)}</p>${part.form(view, {
          action: action(data),
          fields: html`<input type="hidden" name="supplement" value="true">${widening(view, data.conditions)}`,
          submit: say.supplement,
          icon: 'dice-5',
          confirm: { title: say.supplement, says: say.requestSays },
        })}`,
      })
    : nothing;
  if (!data.may.again) return supplement;
  return html`${supplement}${part.card(view, {
    title: say.again,
    body: html`<p class="sub">${view.t(say.againSays)}</p>${part.form(view, {
      action: action(data),
      fields: part.field(view, { kind: 'textarea', name: 'ground', label: say.ground, required: true, rows: 2, maxlength: 500 }),
      submit: say.again,
      icon: 'refresh',
      tone: 'plain',
      confirm: { title: say.again, says: say.againSays },
    })}`,
  })}`;
}
