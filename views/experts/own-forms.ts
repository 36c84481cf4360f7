import type { Identity } from '../../src/experts/identity.ts';
import { attribute, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

/** What an expert may change on its own record: each form folded away under the card it belongs to. */

const say = {
  employer: { zh: '申报工作单位变动', en: 'State a change of employer' },
  which: { zh: '申报什么', en: 'What you state' },
  present: { zh: '我换了工作单位（原单位转入曾任职单位）', en: 'I work elsewhere now (the old employer joins the former ones)' },
  former: { zh: '补充一个曾任职单位', en: 'A former employer is missing' },
  employerName: { zh: '单位名称', en: 'Name of the organisation' },
  employerCode: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  until: { zh: '在离开的单位工作到哪一天', en: 'Last day at the employer you left' },
  untilHint: {
    zh: '三年内曾任职的单位参与的项目，您应当回避；记录只增不减。',
    en: 'For three years you keep out of what it takes part in; the record only grows.',
  },
  identity: { zh: '变更身份信息', en: 'Change identity data' },
  keep: { zh: '不填写的保持不变。', en: 'What is left empty stays as it is.' },
  idNumber: { zh: '身份证号码', en: 'Resident number' },
  idHint: { zh: '填写后不能自行变更。', en: 'Once given it is not changed here.' },
  phone: { zh: '手机', en: 'Mobile' },
  bankAccount: { zh: '银行账号', en: 'Bank account' },
  email: { zh: '电子邮箱', en: 'E-mail' },
  save: { zh: '保存', en: 'Save' },
  relation: { zh: '申报利害关系', en: 'Declare a relation' },
  kind: { zh: '关系', en: 'Relation' },
  leave: { zh: '退库', en: 'Leave the pool' },
  leaveSays: {
    zh: '退库后不再被抽取，各门类的聘期终止；以后回来须重新申请。',
    en: 'You are not drawn any more and your terms end; to come back you apply again.',
  },
  ground: { zh: '原因', en: 'Reason' },
} satisfies Texts;

/** A form under its heading; it stands open again when it was refused. */
function folded(view: View, title: Words, fields: readonly string[], form: Html): Html {
  const refused = view.problem !== null && fields.some((name) => name in view.values);
  return html`<details class="fold"${attribute('open', refused)}><summary>${view.t(title)}</summary>${form}</details>`;
}

const text = (view: View, name: string, label: Words, more: { hint?: Words; required?: boolean; kind?: 'text' | 'email' } = {}): Html =>
  part.field(view, {
    kind: more.kind ?? 'text',
    name,
    label,
    autocomplete: 'off',
    ...(more.hint ? { hint: more.hint } : {}),
    required: more.required ?? false,
  });

export function employerForm(view: View): Html {
  return folded(
    view,
    say.employer,
    ['employer', 'which'],
    part.form(view, {
      action: '/expert/employers',
      submit: say.save,
      quiet: true,
      fields: html`${part.field(view, {
        kind: 'radio',
        name: 'which',
        label: say.which,
        required: true,
        choices: [
          { value: 'present', label: say.present },
          { value: 'former', label: say.former },
        ],
      })}${text(view, 'employerName', say.employerName, { required: true })}${text(view, 'employer', say.employerCode, { required: true })}
${part.field(view, { kind: 'date', name: 'until', label: say.until, hint: say.untilHint, required: true, max: view.now.slice(0, 10) })}`,
    }),
  );
}

export function identityForm(view: View, identity: Identity): Html {
  return folded(
    view,
    say.identity,
    ['phone', 'bankAccount', 'email', 'idNumber'],
    part.form(view, {
      action: '/expert/identity',
      submit: say.save,
      quiet: true,
      note: say.keep,
      fields: html`${identity.idNumber === null ? text(view, 'idNumber', say.idNumber, { hint: say.idHint }) : nothing}${text(view, 'phone', say.phone)}${text(view, 'bankAccount', say.bankAccount)}${text(view, 'email', say.email, { kind: 'email' })}`,
    }),
  );
}

export function relationForm(view: View, kinds: readonly part.Choice[]): Html {
  return folded(
    view,
    say.relation,
    ['kind', 'code'],
    part.form(view, {
      action: '/expert/relations',
      submit: say.relation,
      icon: 'plus',
      quiet: true,
      fields: html`${part.field(view, { kind: 'select', name: 'kind', label: say.kind, required: true, half: true, choices: kinds })}
${part.field(view, { kind: 'text', name: 'name', label: say.employerName, required: true, half: true, maxlength: 200 })}
${part.field(view, { kind: 'text', name: 'code', label: say.employerCode, required: true, half: true, maxlength: 40, autocomplete: 'off' })}`,
    }),
  );
}

export function leaveForm(view: View): Html {
  return part.card(view, {
    title: say.leave,
    body: html`<div class="stack"><p class="sub">${view.t(say.leaveSays)}</p>${part.form(view, {
      action: '/expert/leaving',
      submit: say.leave,
      tone: 'danger',
      quiet: true,
      fields: part.field(view, { kind: 'text', name: 'ground', label: say.ground, required: true, maxlength: 500 }),
      confirm: { title: say.leave, says: say.leaveSays },
    })}</div>`,
  });
}
