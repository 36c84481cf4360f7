import { type Html, html } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View } from '../view.ts';

/** A supervisor's order in force, as every page of the lot says it. */
export interface OrderInForce {
  readonly authorityName: string;
  readonly reason: string;
  readonly ground: string;
  readonly suspendedAt: Instant;
}

const say = {
  suspended: { zh: '监管部门已责令暂停开标', en: 'The supervisor has suspended the opening' },
  until: {
    zh: '解除之前不截标入档、不解密、不唱标；托管人各自拒绝给出份额。投标截止时间不因此改变。',
    en: 'Until it is lifted nothing is closed, decrypted or read, and the custodians refuse by themselves. The deadline for bids does not move.',
  },
  ground: { zh: '依据：{ground}', en: 'Ground: {ground}' },
} satisfies Texts;

export const orderNotice = (view: View, order: OrderInForce): Html =>
  part.notice(
    view,
    'refused',
    html`<strong>${view.t(say.suspended)}</strong><p>${order.authorityName} · ${part.time(view, order.suspendedAt)}</p><p>${order.reason}</p><p class="sub">${view.t(say.ground, { ground: order.ground })} · ${view.t(say.until)}</p>`,
  );
