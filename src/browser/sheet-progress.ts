import type { SheetAsks } from '../evaluation/member-sheet.ts';
import type { Words } from '../kernel/words.ts';
import { maybe } from './desk-parts.ts';
import { t } from './page-words.ts';
import { bidsOf, type Entries, keyOf, leftOn, sumIn } from './sheet-entries.ts';

/** How far a sealed sheet has come, shown where the platform would show it if it could read it. */
const say = {
  done: { zh: '已完成 {done} / {of}', en: '{done} of {of} done' },
  left: { zh: '余 {n} 项', en: '{n} to go' },
  whole: { zh: '已完成', en: 'done' },
  pass: { zh: '✓ 通过', en: '✓ Pass' },
  fail: { zh: '✗ 不通过', en: '✗ Fail' },
  allDone: { zh: '全部完成', en: 'All done' },
} as const satisfies Readonly<Record<string, Words>>;

type Sheet = 'review' | 'score';
const sheets: readonly Sheet[] = ['review', 'score'];

const query = (): URLSearchParams => new URLSearchParams(location.search);
/** An address at the desk. */
export const placeAt = (lot: string, place: Readonly<Record<string, string>>): string =>
  `/lots/${lot}/evaluation?${new URLSearchParams(place)}`;

export function showProgress(entries: Entries, asks: SheetAsks): void {
  const bids = bidsOf(asks);
  const left = new Map(bids.map((bid) => [bid, leftOn(entries, asks, bid)]));
  const open = (sheet: Sheet): number => [...left.values()].reduce((sum, each) => sum + each[sheet], 0);
  const of = { review: bids.length * asks.items.length, score: bids.length * asks.criteria.length };
  const [all, done] = [of.review + of.score, of.review + of.score - open('review') - open('score')];
  const text = maybe('[data-work-done]');
  if (text) text.textContent = t(say.done, { done, of: all });
  const bar = maybe<HTMLProgressElement>('[data-work-bar]');
  if (bar) Object.assign(bar, { max: Math.max(1, all), value: done });
  for (const sheet of sheets) showCount(sheet, of[sheet] - open(sheet), of[sheet]);
  const view = query().get('view');
  for (const [bid, each] of left) {
    const note = maybe(`[data-left="${bid}"]`);
    const n = view === 'score' ? each.score : each.review;
    if (note) note.textContent = n > 0 ? t(say.left, { n }) : t(say.whole);
    const sum = maybe(`[data-sum="${bid}"]`);
    if (sum) sum.textContent = sumIn(entries, asks, bid);
  }
  showNext(asks, left);
  showMatrix(entries, asks);
}

/** The tab of a sheet bears its count. */
function showCount(sheet: Sheet, done: number, of: number): void {
  for (const tab of document.querySelectorAll<HTMLAnchorElement>(`nav.tabs a[href*="view=${sheet}"]`))
    tab.textContent = `${(tab.textContent ?? '').replace(/\s*\d+\/\d+\s*$/, '')} ${done}/${of}`;
}

/** Where the next open item is: on the sheet in front first, this bid and those after it before the others. */
function showNext(asks: SheetAsks, left: ReadonlyMap<string, Readonly<Record<Sheet, number>>>): void {
  const link = maybe<HTMLAnchorElement>('[data-next-open]');
  if (!link) return;
  const bids = [...left.keys()];
  const at = Math.max(0, bids.indexOf(query().get('bid') ?? ''));
  const order = [...bids.slice(at), ...bids.slice(0, at)];
  const front = query().get('view') === 'score' ? ([...sheets].reverse() as Sheet[]) : sheets;
  const place = front.flatMap((view) => order.flatMap((bid) => ((left.get(bid)?.[view] ?? 0) > 0 ? [{ view, bid }] : [])))[0];
  link.hidden = false;
  link.href = place ? `${placeAt(asks.lot, place)}#open` : placeAt(asks.lot, { view: 'sheet' });
  const label = link.querySelector('span');
  if (label && !place) label.textContent = t(say.allDone);
}

/** The page of one's own sheets: every verdict and mark. */
function showMatrix(entries: Entries, asks: SheetAsks): void {
  for (const bid of bidsOf(asks)) {
    for (const item of asks.items) {
      const cell = maybe(`[data-verdict="${keyOf(bid, item)}"]`);
      const given = entries.verdicts[keyOf(bid, item)];
      if (!cell || given?.pass == null) continue;
      cell.className = given.pass ? 'verdict-pass' : 'verdict-fail';
      cell.textContent = t(given.pass ? say.pass : say.fail);
      cell.title = given.reason;
    }
    for (const { id } of asks.criteria) {
      const cell = maybe(`[data-mark="${keyOf(bid, id)}"]`);
      const score = entries.marks[keyOf(bid, id)]?.score.trim();
      if (cell && score) cell.textContent = score;
    }
  }
}
