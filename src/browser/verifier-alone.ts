import type { Check, Verification } from '../evidence/checks.ts';
import { formatOf, verifyFile } from '../evidence/file.ts';
import { checkLine, closingLines, meaningOf, verdictWords } from '../evidence/report.ts';
import { parseVerifierKey } from '../journal/checkpoint.ts';
import { base64url } from '../kernel/bytes.ts';
import type { Language, Words } from '../kernel/words.ts';
import { sha256 } from '../sealing/digest.ts';

/*
 * The verifier as a page in one file (web/verifiers.ts): opened from a disk, without network, it says the same lines as the command line, and in
 * plain words what they mean. Nothing that is dropped here goes anywhere: the page's own policy forbids every connection.
 */

const say = {
  title: { zh: '阳光 · 离线核验', en: 'Yangguang · verify offline' },
  lead: {
    zh: '把证据包、回执、开标记录或抽取记录拖到这里。本页是一个独立的文件，不连接网络：请断网使用，也请保存它。',
    en: 'Drop an evidence bundle, a receipt, the transcript of an opening or a draw. This page is one file of its own and connects to nothing: use it offline, and keep it.',
  },
  drop: { zh: '拖入文件，或选择文件', en: 'Drop a file here, or choose one' },
  key: { zh: '平台公钥', en: 'The platform’s key' },
  keyHint: {
    zh: '名称+散列+base64。请填您自己记下的、或监督部门给出的公钥；不填时只能相信文件自带的公钥，核验结果会注明。',
    en: 'name+hash+base64. Give the key that you noted down yourself, or that the supervisor gave you; without it the file’s own key must be believed, and the result says so.',
  },
  keyWrong: { zh: '这不是有效的公钥，未作核验。', en: 'This is no verifier key; nothing was verified.' },
  working: { zh: '正在核验', en: 'Verifying' },
  broken: { zh: '核验程序出错，未能得出结论。', en: 'The verifier itself failed; there is no verdict.' },
  file: { zh: '文件', en: 'File' },
  checks: { zh: '逐项核验', en: 'Checks, one by one' },
  shows: { zh: '这证明了什么', en: 'What this establishes' },
  asFar: { zh: '假如全部成立，它会证明', en: 'What it would establish if everything held' },
  open: { zh: '这个文件证明不了什么', en: 'What this file cannot show' },
  print: { zh: '打印结果', en: 'Print the result' },
  other: { zh: 'English', en: '中文' },
} as const satisfies Readonly<Record<string, Words>>;

/** What was verified last, so that the other language can say it again. */
interface Done {
  readonly name: string;
  readonly bytes: number;
  readonly digest: string;
  readonly pinned: string;
  readonly format: string;
  readonly verdict: Verification;
}

let language: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
let chosen: File | null = null;
let done: Done | null = null;
let turn = 0;

const in_ = (words: Words): string => words[language];

function element(tag: string, text = '', attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = document.createElement(tag);
  if (text !== '') made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const place = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no place '${id}'`);
  return found;
};
const fileField = element('input', '', {
  type: 'file',
  id: 'file',
  accept: '.json,.zip,application/json,application/zip',
}) as HTMLInputElement;
const keyField = element('input', '', { type: 'text', id: 'key', spellcheck: 'false', autocomplete: 'off' }) as HTMLInputElement;

/** Builds the page in the language of the reader; what was typed, chosen and verified stays. */
function show(): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = in_(say.title);
  place('title').textContent = in_(say.title);
  place('lead').textContent = in_(say.lead);
  place('language').textContent = in_(say.other);
  const drop = place('drop');
  drop.replaceChildren(element('label', in_(say.drop), { for: 'file' }), fileField);
  place('key-place').replaceChildren(
    element('label', in_(say.key), { for: 'key' }),
    keyField,
    element('p', in_(say.keyHint), { class: 'sub' }),
  );
  if (done !== null) showDone(done);
}

function showDone({ name, bytes, digest, pinned, format, verdict }: Done): void {
  const { result, checks } = verdict;
  const [closing = '', ...notes] = closingLines(verdict, language);
  const meaning = meaningOf(format);
  const print = element('button', in_(say.print), { type: 'button', class: 'screen-only' });
  print.addEventListener('click', () => window.print());
  place('result').replaceChildren(
    element('p', `${mark[result]} ${in_(verdictWords[result])}`, { class: `verdict ${result}`, id: 'verdict' }),
    ...(result === 'verified' ? [] : [element('p', closing, { class: 'line' })]),
    ...notes.map((note) => element('p', note, { class: 'line note' })),
    facts([
      [say.file, `${name} · ${bytes} B · SHA-256 ${digest}`],
      ...(format === '' ? [] : ([[{ zh: '种类', en: 'Kind' }, in_(meaning.title)]] as [Words, string][])),
      [say.key, pinned === '' ? '—' : pinned],
    ]),
    ...(format === '' ? [] : [list(result === 'verified' ? say.shows : say.asFar, meaning.shows), list(say.open, meaning.open)]),
    element('h2', in_(say.checks)),
    linesOf(checks),
    print,
  );
}

const mark = { verified: '✓', refuted: '✗', unreadable: '?' } as const satisfies Readonly<Record<Verification['result'], string>>;

function facts(rows: readonly (readonly [Words, string])[]): HTMLElement {
  const made = element('dl');
  for (const [label, value] of rows) made.append(element('dt', in_(label)), element('dd', value));
  return made;
}

function list(title: Words, words: readonly Words[]): HTMLElement {
  const made = element('section');
  const items = element('ul');
  items.append(...words.map((each) => element('li', in_(each))));
  made.append(element('h2', in_(title)), items);
  return made;
}

function linesOf(checks: readonly Check[]): HTMLElement {
  const made = element('ol', '', { class: 'lines' });
  made.append(...checks.map((check) => lineOf(check)));
  return made;
}
const lineOf = (check: Check): HTMLElement => element('li', checkLine(check, language), { class: check.ok ? 'line ok' : 'line bad' });

async function verify(file: File): Promise<void> {
  chosen = file;
  turn += 1;
  const mine = turn;
  const result = place('result');
  const given = keyField.value.trim();
  const key = given === '' ? undefined : parseVerifierKey(given);
  done = null;
  result.dataset.state = 'working';
  if (given !== '' && key === undefined) {
    result.replaceChildren(element('p', in_(say.keyWrong), { class: 'verdict refuted', id: 'verdict' }));
    result.dataset.state = 'done';
    return;
  }
  const lines = element('ol', '', { class: 'lines' });
  result.replaceChildren(element('p', `${in_(say.working)} · ${file.name}`, { class: 'verdict' }), lines);
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const verdict = await verifyFile(bytes, { key, tell: (check) => lines.append(lineOf(check)) });
    // another file was dropped meanwhile: its result is the one to show
    if (mine !== turn) return;
    done = {
      name: file.name,
      bytes: bytes.length,
      digest: base64url(sha256(bytes)),
      pinned: given,
      format: verdict.result === 'unreadable' ? '' : formatOf(bytes),
      verdict,
    };
    showDone(done);
  } catch (error) {
    if (mine !== turn) return;
    result.replaceChildren(
      element('p', in_(say.broken), { class: 'verdict refuted', id: 'verdict' }),
      element('pre', error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  }
  result.dataset.state = 'done';
  result.focus();
}

function start(): void {
  const drop = place('drop');
  const over = (on: boolean) => (event: Event) => {
    event.preventDefault();
    drop.classList.toggle('over', on);
  };
  // a file dropped beside the field must not replace the page
  for (const target of [window, drop]) target.addEventListener('dragover', over(true));
  window.addEventListener('dragleave', over(false));
  window.addEventListener('drop', (event) => {
    over(false)(event);
    const file = event.dataTransfer?.files[0];
    if (file) void verify(file);
  });
  fileField.addEventListener('change', () => {
    const file = fileField.files?.[0];
    if (file) void verify(file);
    // so that the same file can be chosen again
    fileField.value = '';
  });
  keyField.addEventListener('change', () => {
    if (chosen !== null) void verify(chosen);
  });
  place('language').addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    show();
  });
  show();
}

start();
