import type { SecuritiesDesk } from '../../src/securities/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';
import { refundTable } from './refunds.ts';

const say = {
  title: { zh: '保证金存管', en: 'Securities' },
  below: {
    zh: '报送流水，按指令退款。本页不显示任何标段：账号属于谁、属于哪个标段，由平台自动对应。',
    en: 'Hand in statements, pay refunds. No lot is named here: whose a number is, and for which lot, the platform finds by itself.',
  },
  noAccount: { zh: '没有由本行存管的专户', en: 'No account is held here' },
  noAccountSays: { zh: '由平台管理员开立后即可报送流水。', en: 'The administrator opens it; then statements can be handed in.' },
  take: { zh: '导入银行流水', en: 'Take in a statement' },
  takeSays: {
    zh: '支持 ISO 20022 camt.053（XML）以及 CSV、Excel 表格。同一流水号只计一次，重复报送或期间重叠没有影响；有一行不合格的，整个文件不导入。',
    en: 'ISO 20022 camt.053 (XML), or a table (CSV, Excel). Each reference is taken once, so that the same or an overlapping statement does no harm; with one faulty row nothing is taken.',
  },
  columns: { zh: '表格列：', en: 'Columns of a table: ' },
  file: { zh: '流水文件', en: 'Statement' },
  statements: { zh: '已导入的流水', en: 'Statements taken in' },
  takenAt: { zh: '导入时间', en: 'Taken' },
  digest: { zh: '文件摘要', en: 'Digest of the file' },
  strays: { zh: '不能对应的收付', en: 'What belongs to no number' },
  ref: { zh: '流水号', en: 'Reference' },
  payer: { zh: '对方', en: 'Other side' },
  amount: { zh: '金额（元）', en: 'Amount (yuan)' },
  why: { zh: '原因', en: 'Why' },
  due: { zh: '应退款项', en: 'To be paid back' },
  order: { zh: '生成退款指令', en: 'Order them' },
  orderTitle: { zh: '生成退款指令', en: 'Order the refunds' },
  orderSays: {
    zh: '所列款项一次生成一个指令文件，收款人、金额、利息由规则确定，不能更改。',
    en: 'All of them go into one order. Payees, amounts and interest follow from the rules and cannot be changed.',
  },
  orders: { zh: '退款指令', en: 'Orders' },
  orderedAt: { zh: '生成时间', en: 'Ordered' },
  payments: { zh: '笔数', en: 'Payments' },
  download: { zh: '下载 pain.001', en: 'pain.001' },
  sent: { zh: '已发指令的退款', en: 'Refunds ordered' },
  books: { zh: '账面余额（复式记账，借正贷负，合计为零）', en: 'Books (double entry: debits above zero, credits below, nothing in sum)' },
  bookAccount: { zh: '科目', en: 'Account' },
} satisfies Texts;

const strayWords: Readonly<Record<SecuritiesDesk['strays'][number]['why'], Words>> = {
  'no-number': { zh: '未填写专用账号，退回', en: 'no number named: goes back' },
  'wrong-check-digit': { zh: '账号校验位不符，退回', en: 'check digits do not fit: goes back' },
  'unknown-number': { zh: '账号不存在，退回', en: 'no such number: goes back' },
  unexplained: { zh: '无对应指令，请核对', en: 'no order fits: please look at it' },
};
const bookWords: Readonly<Record<string, Words>> = {
  bank: { zh: '银行存款', en: 'At the bank' },
  received: { zh: '已收待定', en: 'Received, not yet told whose' },
  held: { zh: '已开标标段保证金', en: 'Held for opened lots' },
  ordered: { zh: '已发指令待付', en: 'Ordered, not yet paid' },
  interest: { zh: '利息及占用费', en: 'Interest and delay' },
  unexplained: { zh: '待核对', en: 'Unexplained' },
};

/** The desk of the bank that holds the account. */
export function securitiesDeskPage(view: View, data: SecuritiesDesk): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
${data.collection ? html`<div class="stack">${takeCard(view)}${dueCard(view, data)}${strayCard(view, data)}${ordersCard(view, data)}${booksCard(view, data)}${statementsCard(view, data)}</div>` : part.card(view, { body: part.empty(view, { title: say.noAccount, says: say.noAccountSays, icon: 'building' }) })}`,
  });
}

/** As they stand in a table that a bank hands in, in whatever language the page is read. */
const columnNames = '账号、流水号、记账时间、收付（收、付、收款冲正、付款冲正）、金额、专用账号、对方户名、对方账号、指令号、摘要';

const takeCard = (view: View): Html =>
  part.card(view, {
    title: say.take,
    body: html`<div class="stack"><p>${view.t(say.takeSays)}</p><p class="sub">${view.t(say.columns)}<span lang="zh">${columnNames}</span></p>${part.form(
      view,
      {
        action: '/securities/statements',
        submit: say.take,
        icon: 'upload',
        multipart: true,
        fields: part.field(view, { kind: 'file', name: 'statement', label: say.file, required: true, accept: '.xml,.csv,.xlsx' }),
      },
    )}</div>`,
  });

const dueCard = (view: View, data: SecuritiesDesk): Html =>
  part.card(view, {
    title: say.due,
    body: html`<div class="stack">${refundTable(view, data.due)}${
      data.due.length > 0 || data.refunds.some(({ state }) => state === 'returned')
        ? part.form(view, { action: '/securities/orders', submit: say.order, confirm: { title: say.orderTitle, says: say.orderSays } })
        : nothing
    }</div>`,
  });

const strayCard = (view: View, data: SecuritiesDesk): Html =>
  data.strays.length === 0
    ? html``
    : part.tableCard(view, {
        title: say.strays,
        columns: [
          { label: say.ref, phone: 'head', cell: ({ ref, bookedOn }) => html`<code>${ref}</code><div class="sub">${bookedOn}</div>` },
          {
            label: say.payer,
            cell: ({ payerName, payerAccount }) => html`${payerName}<div class="sub"><code>${payerAccount}</code></div>`,
          },
          { label: say.amount, numeric: true, phone: 'figure', cell: ({ amount }) => part.figure(amount) },
          { label: say.why, cell: ({ why }) => view.t(strayWords[why]) },
        ],
        rows: data.strays,
      });

const ordersCard = (view: View, data: SecuritiesDesk): Html =>
  data.orders.length === 0
    ? html``
    : html`${part.tableCard(view, {
        title: say.orders,
        columns: [
          { label: say.orderedAt, phone: 'head', cell: ({ orderedAt }) => part.time(view, orderedAt as Instant) },
          { label: say.payments, numeric: true, cell: ({ payments }) => payments },
          {
            label: say.download,
            cell: ({ id }) => part.linkButton(view, { href: `/securities/orders/${id}`, label: say.download, small: true, download: true }),
          },
        ],
        rows: data.orders,
      })}${part.card(view, { title: say.sent, flush: true, body: refundTable(view, data.refunds) })}`;

const booksCard = (view: View, data: SecuritiesDesk): Html =>
  part.card(view, {
    title: say.books,
    body: part.facts(
      view,
      data.balances.map(({ account, amount }) => ({
        label: bookWords[account] ?? { zh: account, en: account },
        value: part.figure(amount),
      })),
    ),
  });

const statementsCard = (view: View, data: SecuritiesDesk): Html =>
  part.card(view, {
    title: say.statements,
    body: html`<ul>${each(data.statements, ({ takenAt, sha256 }) => html`<li>${part.time(view, takenAt as Instant)} ${part.hash(view, sha256, say.digest)}</li>`)}</ul>`,
  });
