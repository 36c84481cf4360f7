import type { JournalState } from '../../src/openness/node-reads.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { removal } from './removal.ts';

const say = {
  witnesses: { zh: '见证方', en: 'Witnesses' },
  says: {
    zh: '见证方由别的机构运行。它先核对新日志是旧日志的延续，再联署；它只签一条历史，平台想给不同的人看不同的历史就会露馅。',
    en: 'Witnesses are run by other institutions. Each checks that the journal continues what it saw before, then co-signs; it signs one history only, so a platform that shows different people different histories is found out.',
  },
  signed: { zh: '已联署最新检查点', en: 'has co-signed the newest checkpoint' },
  notYet: { zh: '尚未联署最新检查点', en: 'has not co-signed the newest checkpoint yet' },
  refuses: { zh: '拒绝联署', en: 'refuses to cosign' },
  silent: { zh: '超过 15 分钟没有联署', en: 'has not cosigned for more than 15 minutes' },
  last: { zh: '上次联署：第 {size} 条，', en: 'Last cosigned: {size} entries, ' },
  never: { zh: '还没有联署过', en: 'Has not cosigned yet' },
  independent: { zh: '独立见证方，不持有开标份额', en: 'Independent: holds no share of the opening key' },
  ofCouncil: { zh: '开标委员会成员的程序', en: 'The program of a trustee of the opening council' },
  saw: { zh: '它此前所见：{size} 条，根 {root}', en: 'What it had seen: {size} entries, root {root}' },
  shown: { zh: '平台后来给它看的检查点', en: 'The checkpoint it was shown afterwards' },
  none: {
    zh: '开标委员会成立时登记见证方，管理员也可以登记独立见证方。',
    en: 'Witnesses are registered with the opening council; the administrator can register independent ones.',
  },
  register: { zh: '登记独立见证方', en: 'Register an independent witness' },
  key: { zh: '见证公钥', en: 'Verifier key of the witness' },
  keyHint: { zh: '见证方第一次启动时打印的一行', en: 'the line that the witness prints at its first start' },
  remove: { zh: '撤销', en: 'Remove' },
  reason: { zh: '撤销理由（公开）', en: 'Reason (public)' },
} satisfies Texts;

const reasons = {
  'journal-rewritten': { zh: '新日志不是此前所见日志的延续。', en: 'What it was shown does not continue what it had seen.' },
  'journal-shrank': { zh: '日志比它此前所见的短。', en: 'The journal is shorter than it had seen it.' },
  'other-size': { zh: '给它的检查点不是它所要的大小。', en: 'It was given a checkpoint of another size than it asked for.' },
  checkpoint: { zh: '检查点没有平台的有效签名。', en: 'The checkpoint bears no valid signature of the platform.' },
} satisfies Texts;

type Witness = JournalState['witnesses'][number];

/** Who watches the journal from outside, how far each has vouched for it, and what any of them has against it. */
export function witnessesCard(view: View, witnesses: JournalState['witnesses']): Html {
  const list =
    witnesses.length === 0
      ? html`<p class="sub">${view.t(say.none)}</p>`
      : html`<ul class="plain">${each(witnesses, (witness) => oneWitness(view, witness))}</ul>`;
  const form = view.me?.role === 'administrator' ? registration(view) : nothing;
  return part.card(view, { title: say.witnesses, body: html`<div class="stack"><p>${view.t(say.says)}</p>${list}${form}</div>` });
}

function oneWitness(view: View, witness: Witness): Html {
  const { alarm, signed, last } = witness;
  const verdict = alarm === 'refused' ? 'refuted' : signed ? 'verified' : 'checking';
  const says = alarm === 'refused' ? say.refuses : alarm === 'silent' ? say.silent : signed ? say.signed : say.notYet;
  const when = last ? html`${view.t(say.last, { size: last.size })}${part.time(view, last.at, 'full')}` : html`${view.t(say.never)}`;
  return html`<li>${part.verifyMark(view, { verdict, says })}<div><strong>${witness.name}</strong></div><p class="sub">${view.t(witness.independent ? say.independent : say.ofCouncil)}<br>${when}</p>${part.hash(view, witness.vkey)}${refusal(view, witness)}${removalOf(view, witness)}</li>`;
}

function refusal(view: View, { refusal: report }: Witness): Html {
  if (!report) return nothing;
  return part.notice(
    view,
    'refused',
    html`<p>${view.t(reasons[report.reason])} ${part.time(view, report.at as never, 'full')}</p><p>${view.t(say.saw, { size: report.seen.size, root: report.seen.root })}</p><details class="whole"><summary>${view.t(say.shown)}</summary><pre><code>${report.shown}</code></pre></details>`,
  );
}

function removalOf(view: View, { name, independent }: Witness): Html {
  if (!independent || view.me?.role !== 'administrator') return nothing;
  return removal(view, { action: `/administration/witnesses/${encodeURIComponent(name)}/removal`, remove: say.remove, reason: say.reason });
}

const registration = (view: View): Html =>
  part.form(view, {
    action: '/administration/witnesses',
    fields: part.field(view, { kind: 'text', name: 'vkey', label: say.key, hint: say.keyHint, required: true, maxlength: 300 }),
    submit: say.register,
    tone: 'plain',
  });
