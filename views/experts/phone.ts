import type { PhoneAnswer } from '../../src/experts/answers.ts';
import { each, type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { channelNames } from './channels.ts';

const say = {
  title: { zh: '演示手机', en: 'The sandbox phone' },
  warning: {
    zh: '仅演示环境：这里显示发给专家本人的通知、写入文件夹的邮件与短信原文，以及由哪个演示账号答复。正式环境没有这一页，任何人都看不到通知发给了谁。',
    en: 'Sandbox only: what experts themselves are told, the mails and text messages written into a folder, and which demonstration account answers them. A production node has no such page; nobody sees whom a message went to.',
  },
  to: { zh: '收件账号', en: 'Account' },
  at: { zh: '发送时间', en: 'Sent' },
  text: { zh: '通知', en: 'Message' },
  copy: { zh: '{channel}原文', en: '{channel} as sent' },
  state: { zh: '状态', en: 'State' },
  answered: { zh: '已答复', en: 'Answered' },
  waits: { zh: '等待答复', en: 'Waiting' },
  none: { zh: '没有通知', en: 'No messages' },
  noneSays: { zh: '抽取完成后，通知会出现在这里。', en: 'Calls appear here when a draw is complete.' },
  noAccount: { zh: '未开通账号', en: 'no account' },
  signIn: { zh: '去登录', en: 'Sign in' },
} satisfies Texts;

/** The notifier's outbox of a demonstration: whoever plays all the parts learns here which expert was called. */
export function phonePage(view: View, data: PhoneAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    scripts: ['live.js'],
    main: html`${part.pageHead(view, { title: say.title, actions: part.linkButton(view, { href: '/session', label: say.signIn, icon: 'login' }) })}
<div class="stack">${part.notice(view, 'now', say.warning)}${part.live(
      'messages',
      part.card(view, {
        flush: true,
        body: part.table(view, {
          caption: say.title,
          columns: [
            { label: say.to, cell: (message) => html`<code>${message.to ?? view.t(say.noAccount)}</code>`, phone: 'head' },
            { label: say.at, cell: (message) => part.time(view, message.at) },
            {
              label: say.text,
              cell: (message) =>
                html`${message.text}${each(message.copies, ({ channel, href }) => html` <a class="sub" href="${href}">${view.t(say.copy, { channel: view.t(channelNames[channel]) })}</a>`)}`,
            },
            {
              label: say.state,
              cell: (message) => part.pill(view, message.answered ? 'plain' : 'now', message.answered ? say.answered : say.waits),
            },
          ],
          rows: data.messages,
          tone: (message) => (message.answered ? 'faded' : null),
          empty: part.empty(view, { title: say.none, says: say.noneSays, icon: 'message-circle' }),
        }),
      }),
    )}</div>`,
  });
}
