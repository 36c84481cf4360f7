import { type Html, html, nothing } from '../html.ts';
import type { Instant, View, Words } from '../view.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon-names.ts';
import { time } from './time.ts';

/** The tone of a fact. Green means verified and nothing else, red refused or overdue, amber now or waiting. */
export type Tone = 'plain' | 'now' | 'wait' | 'verified' | 'refused';

/** A small word about a state: 唱标中, 待公示, 已终止. */
export function pill(view: View, tone: Tone, says: Words, values?: Readonly<Record<string, string | number>>): Html {
  return html`<span class="pill pill-${tone}">${view.t(says, values)}</span>`;
}

/**
 * Where a sealed thing stands. These never look alike: `sealed` (on your machine only), `uploading`, `uploaded` (here, but not submitted),
 * `submitted` (recorded; receipt not yet checked), `verified` (receipt checked: the only green one), then replaced, withdrawn, opened, invalid.
 */
export type SealState =
  | 'open'
  | 'sealed'
  | 'uploading'
  | 'uploaded'
  | 'submitted'
  | 'verified'
  | 'replaced'
  | 'withdrawn'
  | 'opened'
  | 'invalid';

const seals: Readonly<Record<SealState, { readonly icon: IconName; readonly says: Words }>> = {
  open: { icon: 'pencil', says: { zh: '草稿，未密封', en: 'Draft, not sealed' } },
  sealed: { icon: 'lock', says: { zh: '已密封，未上传', en: 'Sealed, not uploaded' } },
  uploading: { icon: 'upload', says: { zh: '正在上传', en: 'Uploading' } },
  uploaded: { icon: 'package', says: { zh: '已上传，未递交', en: 'Uploaded, not submitted' } },
  submitted: { icon: 'send', says: { zh: '已递交，回执待核验', en: 'Submitted, receipt not checked yet' } },
  verified: { icon: 'shield-check', says: { zh: '已递交，回执核验无误', en: 'Submitted, receipt verified' } },
  replaced: { icon: 'history', says: { zh: '已被新文件替换', en: 'Replaced by a newer bid' } },
  withdrawn: { icon: 'x', says: { zh: '已撤回', en: 'Withdrawn' } },
  opened: { icon: 'lock-open', says: { zh: '已解密', en: 'Opened' } },
  invalid: { icon: 'shield-x', says: { zh: '无效', en: 'Invalid' } },
};

/** The seal mark; `says` adds the concrete reason (invalid) or replaces the standing sentence. */
export function seal(view: View, state: SealState, more: { readonly says?: Words; readonly at?: Instant } = {}): Html {
  const known = seals[state];
  return html`<span class="seal seal-${state}">${icon(view, known.icon)}<span>${view.t(more.says ?? known.says)}${more.at ? html` <span class="seal-at">${time(view, more.at, 'time')}</span>` : nothing}</span></span>`;
}

export type Verdict = 'verified' | 'checking' | 'unchecked' | 'refuted';

const verdicts: Readonly<Record<Verdict, { readonly icon: IconName; readonly says: Words }>> = {
  verified: { icon: 'circle-check', says: { zh: '核验无误', en: 'Verified' } },
  checking: { icon: 'hourglass', says: { zh: '正在核验', en: 'Checking' } },
  unchecked: { icon: 'shield-question', says: { zh: '尚未核验', en: 'Not checked yet' } },
  refuted: { icon: 'circle-x', says: { zh: '核验不通过', en: 'Does not verify' } },
};

export interface VerifyMark {
  readonly verdict: Verdict;
  /** what was verified: 本页与监督节点一致, 抽取可复算 */
  readonly says?: Words;
  /** the proof, one click away */
  readonly proof?: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A mark of verification: what was checked, and the proof one click away. */
export function verifyMark(view: View, mark: VerifyMark): Html {
  const known = verdicts[mark.verdict];
  const proof = mark.proof ? html` <a class="proof" href="${mark.proof}">${view.t({ zh: '证明', en: 'Proof' })}</a>` : nothing;
  return html`<span class="verdict verdict-${mark.verdict}">${icon(view, known.icon)}<span>${view.t(mark.says ?? known.says, mark.values)}</span>${proof}</span>`;
}

/** A hash or other long code: its beginning and end, the whole of it to unfold, and a copy button where script runs. Not inside a `<p>`. */
export function hash(view: View, value: string, label?: Words): Html {
  if (value.length <= 16) return html`<code class="hash">${value}</code>`;
  return html`<details class="hash"><summary><code>${value.slice(0, 6)}…${value.slice(-4)}</code><span class="visually-hidden"> ${view.t(label ?? { zh: '展开完整摘要', en: 'Show the whole digest' })}</span></summary>
  <span class="hash-whole"><code>${value}</code>${copyButton(view, value)}</span></details>`;
}

/** Copies a text; shown only where script runs. */
export function copyButton(view: View, text: string): Html {
  return html`<button class="btn btn-sm copy needs-script" type="button" data-copy="${text}" data-copied="${view.t({ zh: '已复制', en: 'Copied' })}">${icon(view, 'copy')}<span>${view.t({ zh: '复制', en: 'Copy' })}</span></button>`;
}

/** The number of an event in the journal, leading to its proof: #48 219. */
export function journalNumber(view: View, index: number, href?: string): Html {
  const number = `#${groupDigits(String(index), ' ')}`;
  const label = view.t({ zh: '日志第 {n} 号', en: 'journal entry {n}' }, { n: index });
  if (!href) return html`<span class="journal-number" title="${label}">${number}</span>`;
  return html`<a class="journal-number" href="${href}" title="${label}">${number}</a>`;
}

/** Digits in groups of three. */
export function groupDigits(digits: string, between = ','): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, between);
}
