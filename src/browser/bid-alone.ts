import { config } from 'zod';
import { type Alone, alonePage } from '../../views/bids/alone.ts';
import { viewOf } from '../../views/view.ts';
import { judgeReceipts } from '../bids/receipt.ts';
import { checkSealedBid, readSealedBid } from '../bids/sealed-bid.ts';
import { openTenderFile, type Tender } from '../bids/tender-file.ts';
import { parseVerifierKey } from '../journal/checkpoint.ts';
import { systemClock } from '../kernel/clock.ts';
import { capitals, parseYuan } from '../kernel/money.ts';
import type { Language, Words } from '../kernel/words.ts';
import { blobSource } from '../sealing/package-reader.ts';
import { attempt, jsonOf, openAloneBid, type Packed } from './alone-bid.ts';
import { chooseFirst, noIdentity, notThisFile, otherBidder, refused } from './alone-trouble.ts';
import type { BidForm } from './bid-form.ts';
import { breathe } from './breath.ts';
import { countFrom, serverNow } from './clock.ts';
import { element, one, show } from './desk-parts.ts';
import { memoryStore } from './memory-store.ts';
import { ownInlineBuild } from './own-build.ts';
import { identityIn } from './own-key.ts';
import { refinePage } from './page.ts';
import { beijingText, t } from './page-words.ts';
import { openOwn } from './reread-bid.ts';

/*
 * The bidder's side as a page in one file (web/clients.ts): opened from a disk, without network. It takes a tender file, makes one sealed-bid file, and
 * judges the receipts that come back. The page's own policy forbids every connection.
 */
config({ jitless: true });

const say = {
  title: { zh: '阳光 · 离线投标', en: 'Yangguang · bid offline' },
  other: { zh: 'English', en: '中文' },
  wrongKey: { zh: '这不是有效的平台公钥。', en: 'This is no verifier key.' },
  submitted: { zh: '已递交：回执核验无误', en: 'Submitted: the receipt verifies' },
  submittedSays: {
    zh: '这份密封投标文件于 {at} 写入平台日志，是第 {index} 项。请保存回执。',
    en: 'This sealed-bid file entered the platform’s journal at {at} as entry {index}. Keep the receipt.',
  },
  committed: { zh: '已承诺，尚未计入', en: 'Committed, not counted yet' },
  committedSays: {
    zh: '回执说明递交时文件还没有传完：还须有“投标文件传完”的回执，投标才计入。',
    en: 'The receipt says that the bytes were still on their way: the bid counts only with the receipt that they are there.',
  },
} as const satisfies Readonly<Record<string, Words>>;

let language: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
let tenderFile: File | null = null;
let tender: Tender | null = null;
let flaw: Words | null = null;
let key = '';
let packed: Packed | null = null;
let ownKey = '';
let form: BidForm | null = null;
const store = memoryStore();
const build = ownInlineBuild('bid-offline', 'yangguang-bid.html');

const isPinned = (): boolean => tender !== null && key !== '';

/** Draws the page in the reader's language; what was typed, chosen and sealed stays. */
async function draw(): Promise<void> {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = say.title[language];
  one('#title').textContent = say.title[language];
  one('#language').textContent = say.other[language];
  const known: Alone = { build, tender, flaw, pinned: isPinned(), ownKey };
  const view = viewOf({
    lang: language,
    now: serverNow(),
    me: null,
    sandbox: null,
    csrf: '',
    path: '',
    problem: null,
    values: {},
    checkpoint: null,
    // the drawings stand in this file
    asset: () => '',
    integrity: () => '',
    capitals: (yuan) => {
      const amount = parseYuan(yuan);
      return amount === undefined ? null : capitals(amount);
    },
  });
  const drawn = new DOMParser().parseFromString(String(alonePage(view, known)), 'text/html');
  one('#page').replaceChildren(...drawn.body.childNodes);
  one<HTMLInputElement>('#platform-key').value = key;
  wire();
  form = null;
  if (tender && isPinned())
    form = await openAloneBid({
      tender,
      store,
      client: build,
      packed,
      keep: (made) => {
        packed = made;
      },
    });
}

function wire(): void {
  const tenderInput = one<HTMLInputElement>('#tender-file');
  // a file chosen before the page was drawn again is still chosen
  if (tenderFile) tenderInput.files = listOf(tenderFile);
  tenderInput.addEventListener('change', () => {
    tenderFile = tenderInput.files?.[0] ?? null;
    void take();
  });
  one<HTMLInputElement>('#platform-key').addEventListener('change', (event) => {
    key = (event.target as HTMLInputElement).value.trim();
    void take();
  });
  one('[data-judge]').addEventListener('click', () => void attempt('receipt', judge));
  one('[data-open]').addEventListener('click', () => void attempt('reread', reread));
}

function listOf(file: File): FileList {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  return transfer.files;
}

/** Verifies the tender file under the key that was given, and draws what it establishes. */
async function take(): Promise<void> {
  await form?.keepNow();
  tender = null;
  flaw = null;
  const pinned = key === '' ? undefined : parseVerifierKey(key);
  if (key !== '' && pinned === undefined) flaw = say.wrongKey;
  else if (tenderFile !== null) {
    const value: unknown = await jsonOf(tenderFile).catch(() => null);
    const verdict = openTenderFile(value, pinned);
    if (verdict.ok) {
      tender = verdict.tender;
      ownKey = (value as { platform: string }).platform;
      // a sandbox's clock is not that of this computer
      countFrom(tender.sandbox ? tender.at : systemClock());
    } else flaw = verdict.problem.title;
  }
  await draw();
  one('#platform-key').focus();
}

const chosen = (id: string): readonly File[] => [...(one<HTMLInputElement>(id).files ?? [])];

/** The sealed-bid file that was chosen, or the one just made; whole and unaltered. Throws `Trouble`. */
async function sealedFrom(id: string): Promise<{ readonly file: Blob } & Awaited<ReturnType<typeof wholeBid>>> {
  const file = chosen(id)[0] ?? packed?.file;
  if (file === undefined) throw chooseFirst();
  return { file, ...(await wholeBid(file)) };
}
async function wholeBid(file: Blob) {
  const source = blobSource(file);
  const read = await readSealedBid(source);
  if (!read.ok) throw notThisFile(read.problem.title);
  const checked = await checkSealedBid(source, read, () => breathe());
  if (!checked.ok) throw notThisFile(checked.problem.title);
  return read;
}

async function judge(): Promise<void> {
  const place = one('[data-receipt-result]');
  place.replaceChildren();
  const files = chosen('#receipt-files');
  if (tender === null || !isPinned() || files.length === 0) throw chooseFirst();
  const { record } = await sealedFrom('#receipt-sealed');
  if (record.statement.lot !== tender.lot.id) throw otherBidder();
  const verdict = judgeReceipts(await Promise.all(files.map(jsonOf)), record, tender.key, tender.deadline);
  if (!verdict.ok) throw refused(verdict.problem.title);
  const { standing, receipt } = verdict;
  const whole = standing === 'submitted';
  const words = whole ? t(say.submittedSays, { at: beijingText(receipt.event.at), index: receipt.index }) : t(say.committedSays);
  place.replaceChildren(
    element(
      'p',
      { class: whole ? 'verdict verdict-verified' : 'verdict', 'data-standing': standing },
      t(whole ? say.submitted : say.committed),
    ),
    element('p', {}, words),
  );
  place.focus();
}

async function reread(): Promise<void> {
  const place = one('[data-reread-result]');
  place.replaceChildren();
  const [keyFile] = chosen('#reread-identity');
  if (tender === null || !isPinned() || keyFile === undefined) throw chooseFirst();
  const own = await identityIn(await keyFile.slice(0, 100_000).text());
  if (own === undefined) throw noIdentity();
  const { file, record, envelopes } = await sealedFrom('#reread-sealed');
  const [envelope] = envelopes;
  if (record.statement.lot !== tender.lot.id || envelope === undefined) throw otherBidder();
  const shown = await openOwn({
    asked: { lot: { id: tender.lot.id }, terms: tender.terms, bidder: { code: record.statement.bidder, name: '' } },
    envelope: file.slice(envelope.offset, envelope.offset + envelope.bytes).stream(),
    part: 'whole',
    name: `clear-alone-${record.statement.id}.asice`,
    authorities: tender.authorities,
    at: record.statement.at,
    own,
    tell: () => undefined,
  });
  place.replaceChildren(...shown);
  place.focus();
}

one('#language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  void (form?.keepNow() ?? Promise.resolve()).then(draw);
});
window.addEventListener('beforeunload', (event) => {
  if (packed !== null) event.preventDefault();
});
refinePage();
countFrom(systemClock());
show('#page', true);
void draw();
