import type { WatchedAnswer } from '../../src/supervision/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '暂停令', en: 'Suspension' },
  none: { zh: '没有在执行的暂停令。', en: 'No order is in force.' },
  suspend: { zh: '责令暂停开标', en: 'Suspend the opening' },
  suspendSays: {
    zh: '立即公开。解除之前平台不截标入档、不解密、不唱标，托管人各自拒绝；投标截止时间不变。',
    en: 'Public at once. Until it is lifted the platform closes, decrypts and reads nothing, and the custodians refuse by themselves; the deadline stays.',
  },
  scope: { zh: '暂停什么', en: 'What stops' },
  all: { zh: '暂停招标投标活动', en: 'Everything about the lot' },
  allSays: {
    zh: '立即公告。除答复外什么也不能做，各项期限停止计算，恢复时按暂停的天数重新计算；托管人各自拒绝开启。',
    en: 'Public at once. Nothing but answers is taken, every period stands still and is reckoned again at the resumption; custodians refuse by themselves.',
  },
  opening: { zh: '只暂停开标', en: 'The opening alone' },
  suspendAll: { zh: '责令暂停', en: 'Order the suspension' },
  liftAllSays: {
    zh: '标段回到暂停前的阶段，停止的期限按暂停的天数重新计算并公告。',
    en: 'The lot goes on in the phase it was in; what stood still is reckoned again and published.',
  },
  lift: { zh: '解除暂停', en: 'Lift the order' },
  liftSays: { zh: '解除后开标自动继续。', en: 'The opening then goes on by itself.' },
  reason: { zh: '事由', en: 'Reason' },
  ground: { zh: '法律依据', en: 'Legal ground' },
  groundHint: { zh: '例如：招标投标法实施条例第六十二条', en: 'For example: Regulation on the Bidding Law, art. 62' },
  inForce: { zh: '执行中', en: 'in force' },
  lifted: { zh: '已解除', en: 'lifted' },
  heeded: { zh: '{n}/{all} 位托管人已签名表示遵守', en: '{n} of {all} custodians have signed that they keep to it' },
  enough: { zh: '已足够：其余托管人不足以开启。', en: 'Enough: the others are too few to open.' },
  notEnough: {
    zh: '还不够：至少需要 {enough} 位。迟迟不足时，请把命令直接送达各托管机构，由其按标段停用。',
    en: 'Not enough yet: {enough} are needed. Should it stay so, hand the order to the trustees’ institutions themselves, which hold the lot on their side.',
  },
} satisfies Texts;

type Order = WatchedAnswer['orders'][number];

/** The orders about a lot, who keeps to them, and the form for the next one. What is signed is put together and signed in the browser. */
export function orderCard(view: View, here: string, answer: WatchedAnswer): Html {
  const { orders, mayOrder } = answer;
  if (!mayOrder && orders.length === 0) return nothing;
  const standing = orders.find((order) => order.liftedAt === null);
  return part.card(view, {
    title: say.title,
    now: standing !== undefined,
    body: html`<div class="stack">${orders.length === 0 ? html`<p class="sub">${view.t(say.none)}</p>` : each(orders, (order) => one(view, order, answer.custodians))}${mayOrder ? orderForm(view, here, answer.lot.id, mayOrder, standing) : nothing}</div>`,
  });
}

function one(view: View, order: Order, { all, enough }: WatchedAnswer['custodians']): Html {
  const state = order.liftedAt ? html`${view.t(say.lifted)} ${part.time(view, order.liftedAt)}` : part.pill(view, 'refused', say.inForce);
  const heed = order.heeded.length;
  const binding = order.liftedAt
    ? nothing
    : html`<p class="sub">${view.t(say.heeded, { n: heed, all })}${view.t({ zh: '。', en: '. ' })}${heed >= enough ? view.t(say.enough) : view.t(say.notEnough, { enough })}</p>`;
  return html`<div><p>${state} ${order.authorityName} · ${part.time(view, order.suspendedAt)}</p><p>${order.reason}</p><p class="sub">${order.ground}${order.liftedFor ? html` · ${order.liftedFor}` : nothing}</p>${binding}</div>`;
}

function orderForm(
  view: View,
  here: string,
  lot: string,
  { kind, scopes, authority, holder }: NonNullable<WatchedAnswer['mayOrder']>,
  standing: Order | undefined,
): Html {
  const lifting = kind === 'lift';
  const reason = part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, required: true, rows: 2, maxlength: 500 });
  const ground = part.field(view, {
    kind: 'text',
    name: 'ground',
    label: say.ground,
    hint: say.groundHint,
    required: true,
    maxlength: 200,
  });
  const all = scopes.includes('proceedings');
  const both = !lifting && scopes.length > 1;
  const scope = both
    ? part.field(view, {
        kind: 'radio',
        name: 'scope',
        label: say.scope,
        required: true,
        value: 'proceedings',
        choices: [
          { value: 'proceedings', label: say.all, hint: say.allSays },
          { value: 'opening', label: say.opening, hint: say.suspendSays },
        ],
      })
    : part.hidden('scope', all ? 'proceedings' : 'opening');
  const says = lifting ? (all ? say.liftAllSays : say.liftSays) : all ? say.allSays : say.suspendSays;
  const paths = lifting
    ? { all: `${here}/resumption`, opening: `${here}/orders/lifting` }
    : { all: `${here}/suspension`, opening: `${here}/orders` };
  return html`<div data-order="${kind}" data-lot="${lot}" data-authority="${authority}" data-lifts="${standing?.digest ?? ''}" data-all="${paths.all}" data-opening="${paths.opening}">${both ? nothing : html`<p class="sub">${view.t(says)}</p>`}${part.form(
    view,
    {
      action: all ? paths.all : paths.opening,
      id: 'order',
      fields: html`${scope}${reason}${lifting ? nothing : ground}${part.signerPart(view, { holder })}${part.hidden('signature', '')}${part.hidden('at', '')}`,
      submit: lifting ? say.lift : all ? say.suspendAll : say.suspend,
      icon: 'writing-sign',
      tone: lifting ? 'primary' : 'danger',
    },
  )}</div>`;
}
