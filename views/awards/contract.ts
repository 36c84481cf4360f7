import type { ContractAnswer } from '../../src/awards/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { cameToNothing, lotFrame, paperLink, ruleCard } from './lot-frame.ts';

const say = {
  title: { zh: '合同', en: 'The contract' },
  winner: { zh: '中标人', en: 'Winner' },
  awarded: { zh: '中标价', en: 'Award price' },
  number: { zh: '合同编号', en: 'Contract number' },
  price: { zh: '合同价', en: 'Contract price' },
  priceHint: { zh: '须与中标价一致，分毫不差。', en: 'The award price, to the fen.' },
  signedOn: { zh: '签订日期', en: 'Signed on' },
  document: { zh: '合同文件', en: 'The signed contract' },
  documentHint: { zh: '双方签章的合同扫描件或电子合同。', en: 'The contract signed by both sides, scanned or electronic.' },
  registered: { zh: '登记时间', en: 'Registered' },
  register: { zh: '登记合同', en: 'Register the contract' },
  confirmTitle: { zh: '登记后不能更改', en: 'It cannot be changed afterwards' },
  confirmSays: {
    zh: '合同编号、价款、签订日期和文件摘要立即公开并写入存证日志。',
    en: 'Number, price, date and digest are public at once and stand in the journal.',
  },
  understood: {
    zh: '合同的标的、价款、质量、履行期限等主要条款与招标文件和中标人的投标文件一致',
    en: 'Subject, price, quality, period and other main terms are those of the tender documents and of the winner’s bid',
  },
  until: { zh: '订立期限', en: 'Due by' },
  over: { zh: '已过订立期限', en: 'The time is over' },
  late: { zh: '签订日期已超过法定期限', en: 'It was signed after the legal time' },
  inTime: { zh: '在法定期限内签订', en: 'Signed in time' },
  terms: { zh: '投标文件的主要条款', en: 'Main terms of the bid' },
  none: { zh: '合同尚未登记', en: 'No contract has been registered yet' },
  noneSays: {
    zh: '中标通知书发出后三十日内订立合同，登记后在这里公布。',
    en: 'It is signed within thirty days of the award and published here.',
  },
  toAward: { zh: '看中标结果', en: 'See the award' },
  notNotified: { zh: '先发出中标通知书，再登记合同。', en: 'Notify the award first.' },
  paper: { zh: '合同登记表', en: 'Register (PDF)' },
  rules: { zh: '合同规则', en: 'Rules of the contract' },
  download: { zh: '下载合同', en: 'Download the contract' },
  private: {
    zh: '合同全文只提供给双方和监管部门，公众可核对摘要。',
    en: 'The text goes to both sides and the supervisor; anyone may compare the digest.',
  },
  signing: { zh: '在线签署与履行', en: 'Signing and performance' },
  signingSays: {
    zh: '由中标结果直接起草，双方以证书签署同一文本；变更、验收和付款也在这里办理。',
    en: 'Drafted from the award and signed by both sides with their certificates; changes, inspections and payments are done there too.',
  },
  toSigning: { zh: '去办理', en: 'Go there' },
  signedHere: { zh: '双方在线签署同一文本，其摘要为', en: 'Both sides signed one text here, whose digest is' },
  next: { zh: '下一步', en: 'What comes next' },
  nextReport: { zh: '向监督部门提交书面报告。', en: 'File the written report with the supervisor.' },
  toReport: { zh: '书面报告', en: 'The report' },
  filing: { zh: '合同副本备案', en: 'Copy of the contract' },
  filingDue: { zh: '备案期限', en: 'Due' },
  filedAt: { zh: '已报备', en: 'Filed' },
  filedInTime: { zh: '按期报备', en: 'filed in time' },
  filedLate: { zh: '逾期报备', en: 'filed late' },
  notFiled: { zh: '尚未报备', en: 'not filed yet' },
  file: { zh: '报备副本', en: 'File the copy' },
} satisfies Texts;

/** The contract of a lot (GET /lots/:lot/contract): what is registered, or the form for it. */
export function contractPage(view: View, data: ContractAnswer): Html {
  return lotFrame(view, {
    lot: data.lot,
    tab: 'contract',
    title: say.title,
    body: part.columns({
      main: data.contract
        ? registered(view, data, data.contract)
        : data.you.mayRegister
          ? registerCard(view, data)
          : (cameToNothing(view, data.lot) ??
            part.card(view, {
              body: part.empty(view, {
                title: say.none,
                says: data.you.host && data.winner ? say.notNotified : say.noneSays,
                icon: 'writing-sign',
                action: { href: `/lots/${data.lot.id}/award`, label: say.toAward },
              }),
            })),
      right: html`${signingCard(view, data)}${limitCard(view, data)}${filingCard(view, data)}${termsCard(view, data)}${ruleCard(view, say.rules, data.grounds)}`,
    }),
  });
}

function registered(view: View, data: ContractAnswer, contract: NonNullable<ContractAnswer['contract']>): Html {
  return part.card(view, {
    title: { zh: '已登记的合同', en: 'The registered contract' },
    foot: paperLink(view, data.lot, 'contract-register', say.paper),
    beside: part.pill(view, contract.late ? 'refused' : 'plain', contract.late ? say.late : say.inTime),
    body: part.stack(
      part.money(view, { yuan: contract.price, capitals: true, size: 'large' }),
      part.facts(
        view,
        [
          { label: say.winner, value: data.winner?.name ?? '—' },
          { label: say.number, value: contract.number },
          { label: say.signedOn, value: part.dayText(view.lang, contract.signedOn) },
          { label: say.registered, value: part.time(view, contract.registeredAt) },
        ],
        'wide',
      ),
      contract.file
        ? part.file(view, {
            ...contract.file,
            sha256: contract.sha256,
            ...(data.you.mayDownload ? { href: `/lots/${data.lot.id}/contract/document` } : {}),
          })
        : html`<p>${view.t(say.signedHere)} ${part.hash(view, contract.sha256)}</p>`,
      data.you.maySign ? nothing : html`<p class="sub">${view.t(say.private)}</p>`,
    ),
  });
}

/** The copy that goes to the authority, where the line asks for it: by when, and the button. */
function filingCard(view: View, { lot, contract, filing, you }: ContractAnswer): Html {
  if (!contract || !filing) return nothing;
  const done = contract.filedAt;
  return part.card(view, {
    title: say.filing,
    beside: part.pill(view, filing.late ? 'refused' : 'plain', done ? (filing.late ? say.filedLate : say.filedInTime) : say.notFiled),
    body: part.stack(
      part.facts(view, [
        { label: say.filingDue, value: part.time(view, filing.due) },
        ...(done ? [{ label: say.filedAt, value: part.time(view, done) }] : []),
      ]),
      html`<p>${view.t(filing.says)}<br>${part.ground(view, { source: filing.source })}</p>`,
      you.mayFile
        ? part.form(view, { action: `/lots/${lot.id}/contract/filing`, submit: say.file, icon: 'check', fields: nothing })
        : nothing,
    ),
  });
}

/** Both sides, the host and the supervisor find the text of the contract and its performance on a page of their own. */
function signingCard(view: View, { lot, you }: ContractAnswer): Html {
  if (!you.maySign) return nothing;
  return part.card(view, {
    title: say.signing,
    body: html`<p>${view.t(say.signingSays)}</p><div class="form-actions">${part.linkButton(view, { href: `/lots/${lot.id}/contract/signing`, label: say.toSigning, icon: 'writing-sign' })}</div>`,
  });
}

function registerCard(view: View, data: ContractAnswer): Html {
  const price = data.grounds.find((each) => each.rule === 'AWARD-3');
  return part.card(view, {
    title: say.register,
    now: true,
    body: part.form(view, {
      action: `/lots/${data.lot.id}/contract`,
      submit: say.register,
      icon: 'writing-sign',
      multipart: true,
      fields: html`${[
        part.field(view, { kind: 'text', name: 'number', label: say.number, required: true, maxlength: 60, half: true }),
        part.field(view, {
          kind: 'date',
          name: 'signedOn',
          label: say.signedOn,
          required: true,
          half: true,
          ground: { source: data.limit.source, says: data.limit.says },
        }),
        part.field(view, {
          kind: 'money',
          name: 'price',
          label: say.price,
          hint: say.priceHint,
          required: true,
          value: data.winner?.price ?? null,
          ...(price ? { ground: { rule: price.rule, source: price.source } } : {}),
        }),
        part.field(view, {
          kind: 'file',
          name: 'document',
          label: say.document,
          hint: say.documentHint,
          required: true,
          accept: '.pdf,.zip,.ofd',
        }),
      ]}`,
      confirm: { title: say.confirmTitle, says: say.confirmSays, understood: say.understood },
    }),
  });
}

function limitCard(view: View, data: ContractAnswer): Html {
  if (data.contract) {
    if (!data.you.host || !data.lot.report) return nothing;
    return part.card(view, {
      title: say.next,
      body: html`<p>${view.t(say.nextReport)}</p><div class="form-actions">${part.linkButton(view, { href: `/lots/${data.lot.id}/report`, label: say.toReport })}</div>`,
    });
  }
  if (!data.contractUntil) return nothing;
  return part.card(view, {
    title: say.until,
    body: html`${part.countdown(view, { until: data.contractUntil, label: say.until, over: say.over })}<p class="sub">${view.t(data.limit.otherwise)}</p>`,
  });
}

function termsCard(view: View, { winner, terms }: ContractAnswer): Html {
  if (winner === null) return nothing;
  return part.card(view, {
    title: say.terms,
    body: part.facts(view, [
      { label: say.winner, value: winner.name, note: winner.code },
      { label: say.awarded, value: part.money(view, { yuan: winner.price }) },
      ...terms.slice(1).map(({ label, value }) => ({ label, value })),
    ]),
  });
}
