import type { ShownRefund } from '../../src/securities/answers.ts';
import { type Html, html } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

const say = {
  refunds: { zh: '退款', en: 'Refunds' },
  payee: { zh: '收款人', en: 'Payee' },
  why: { zh: '原因', en: 'Why' },
  principal: { zh: '本金（元）', en: 'Principal (yuan)' },
  interest: { zh: '利息及占用费（元）', en: 'Interest and delay (yuan)' },
  due: { zh: '期限', en: 'Due before' },
  state: { zh: '状态', en: 'State' },
  none: { zh: '目前没有', en: 'None at present' },
  noneSays: { zh: '到期的退款会列在这里。', en: 'Refunds that are due appear here.' },
  overdue: { zh: '已逾期', en: 'overdue' },
} satisfies Texts;

const states: Readonly<Record<ShownRefund['state'], Words>> = {
  due: { zh: '待退', en: 'to be ordered' },
  ordered: { zh: '已发指令', en: 'ordered' },
  paid: { zh: '已付', en: 'paid' },
  returned: { zh: '被退回，将重新支付', en: 'sent back: will be paid again' },
};

/** Refunds with their limits; overdue ones stand out. */
export function refundTable(view: View, refunds: readonly ShownRefund[]): Html {
  const late = ({ dueBy, state }: ShownRefund): boolean => state !== 'paid' && dueBy <= view.now;
  return part.table(view, {
    caption: say.refunds,
    columns: [
      {
        label: say.payee,
        phone: 'head',
        cell: ({ payeeName, payeeAccount, reference }) =>
          html`${payeeName}<div class="sub"><code>${payeeAccount}</code></div>${reference === '' ? '' : html`<div class="sub">${reference}</div>`}`,
      },
      { label: say.why, cell: ({ why }) => view.t(why) },
      { label: say.principal, numeric: true, phone: 'figure', cell: ({ principal }) => part.figure(principal) },
      { label: say.interest, numeric: true, cell: ({ interest }) => part.figure(interest) },
      { label: say.due, cell: ({ dueBy }) => part.time(view, dueBy as Instant) },
      {
        label: say.state,
        cell: (refund) =>
          html`${part.pill(view, refund.state === 'paid' ? 'verified' : refund.state === 'returned' ? 'refused' : 'wait', states[refund.state])} ${refund.paidOn ? part.dayText(view.lang, refund.paidOn) : ''}${late(refund) ? part.pill(view, 'refused', say.overdue) : ''}`,
      },
    ],
    rows: refunds,
    empty: part.empty(view, { title: say.none, says: say.noneSays, icon: 'circle-check' }),
  });
}
