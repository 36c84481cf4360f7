import type { CalledSeat } from '../../src/experts/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { View, Words } from '../view.ts';

type SentMessage = NonNullable<CalledSeat['messages']>[number];

export const channelNames: Readonly<Record<SentMessage['channel'], Words>> = {
  'in-app': { zh: '站内', en: 'In the platform' },
  'e-mail': { zh: '邮件', en: 'E-mail' },
  sms: { zh: '短信', en: 'Text message' },
  voice: { zh: '语音电话', en: 'Voice call' },
};
const kinds: Readonly<Record<SentMessage['kind'], Words | null>> = {
  call: null,
  reminder: { zh: '催答', en: 'reminder' },
  voided: { zh: '作废通知', en: 'out of force' },
};
const states: Readonly<Record<string, Words>> = {
  trying: { zh: '发送中', en: 'being sent' },
  accepted: { zh: '通道已接收', en: 'taken over' },
  delivered: { zh: '已送达', en: 'arrived' },
  failed: { zh: '未成功', en: 'failed' },
};

/** By which channels a call went out, one line each. */
export function channelList(view: View, messages: readonly SentMessage[]): Html {
  if (messages.length === 0) return nothing;
  return html`<ul class="plain">${each(messages, (sent) => {
    const kind = kinds[sent.kind];
    const state = view.t(states[sent.state] ?? { zh: sent.state, en: sent.state });
    return html`<li>${view.t(channelNames[sent.channel])}${kind ? html` <span class="sub">${view.t(kind)}</span>` : nothing} <span class="sub">${state} ${part.time(view, sent.at)}${sent.failure ? html` ${view.t(sent.failure)}` : nothing}</span></li>`;
  })}</ul>`;
}
