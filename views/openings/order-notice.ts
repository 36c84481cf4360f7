import { type Html, html } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View } from '../view.ts';

/** A supervisor's order in force, as every page of the lot says it. */
export interface OrderInForce {
  readonly authorityName: string;
  readonly reason: string;
  readonly ground: string;
  readonly suspendedAt: Instant;
  /** everything about the lot stands still, and not the opening alone */
  readonly proceedings?: boolean;
}

const say = {
  suspended: { zh: '监管部门已责令暂停开标', en: 'The supervisor has suspended the opening' },
  until: {
    zh: '解除之前不截标入档、不解密、不唱标；托管人各自拒绝给出份额。投标截止时间不因此改变。',
    en: 'Until it is lifted nothing is closed, decrypted or read, and the custodians refuse by themselves. The deadline for bids does not move.',
  },
  all: { zh: '监管部门已责令暂停招标投标活动', en: 'The supervisor has suspended the proceedings' },
  allUntil: {
    zh: '解除之前除答复外什么也不能办理，各项期限停止计算；恢复时按暂停的天数重新计算并公告，不必自行推算。',
    en: 'Until it is lifted nothing but answers is taken and every period stands still; at the resumption they are reckoned again and published.',
  },
  ground: { zh: '依据：{ground}', en: 'Ground: {ground}' },
} satisfies Texts;

export const orderNotice = (view: View, order: OrderInForce): Html =>
  part.notice(
    view,
    'refused',
    html`<strong>${view.t(order.proceedings ? say.all : say.suspended)}</strong><p>${order.authorityName} · ${part.time(view, order.suspendedAt)}</p><p>${order.reason}</p><p class="sub">${view.t(say.ground, { ground: order.ground })} · ${view.t(order.proceedings ? say.allUntil : say.until)}</p>`,
  );
