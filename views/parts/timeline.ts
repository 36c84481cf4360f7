import { classes, each, type Html, html, nothing, type Piece, when } from '../html.ts';
import type { Instant, View, Words } from '../view.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon-names.ts';
import { journalNumber } from './mark.ts';
import { time, timeText } from './time.ts';

/** One entry of the journal as people read it. */
export interface TimelineEntry {
  /** the number in the journal; null while it is not yet in the tree */
  readonly index: number | null;
  /** its place in the sequence that is shown, from 1 */
  readonly order?: number | null;
  readonly at: Instant;
  readonly says: Words | string;
  readonly actor?: string | null;
  /** where its proof is */
  readonly proof?: string;
  /** `look` a look at confidential matter, `refused` a refusal, `order` an order of the regulator */
  readonly kind?: 'plain' | 'look' | 'refused' | 'order' | 'draw';
  /** pills or links beside the sentence */
  readonly beside?: Piece;
}

export interface Timeline {
  readonly label: Words;
  readonly entries: readonly TimelineEntry[];
  /** `times` for one sitting (14:07:20), `dates` for a whole process, grouped by day */
  readonly show?: 'times' | 'dates';
  /** the newest entries arrive here while the page is open */
  readonly live?: boolean;
  readonly empty?: Html;
}

const kinds: Readonly<Record<string, { readonly icon: IconName; readonly says: Words }>> = {
  look: { icon: 'eye-exclamation', says: { zh: '敏感查看', en: 'Confidential look' } },
  refused: { icon: 'ban', says: { zh: '被拒绝', en: 'Refused' } },
  order: { icon: 'gavel', says: { zh: '监管指令', en: 'Order' } },
  draw: { icon: 'dice-5', says: { zh: '抽取', en: 'Draw' } },
};

/** What happened, newest first as given: time, what, who, the number in the journal, the proof one click away. */
export function timeline(view: View, t: Timeline): Html {
  if (t.entries.length === 0 && t.empty) return t.empty;
  const dates = t.show === 'dates';
  let day = '';
  return html`<ol class="${classes('events', dates && 'events-dates')}" aria-label="${view.t(t.label)}"${when(t.live === true, html` aria-live="polite" aria-relevant="additions" data-timeline`)}>${each(
    t.entries,
    (entry) => {
      const today = timeText(view.lang, entry.at, 'day', view.now);
      const heading = dates && today !== day ? html`<li class="events-day">${today}</li>` : nothing;
      day = today;
      return html`${heading}${timelineEntry(view, entry)}`;
    },
  )}</ol>`;
}

/** One entry alone: the live pages push these. */
export function timelineEntry(view: View, entry: TimelineEntry): Html {
  const kind = kinds[entry.kind ?? 'plain'];
  const number =
    entry.index === null
      ? html`<span class="journal-number">${view.t({ zh: '待编号', en: 'to be numbered' })}</span>`
      : journalNumber(view, entry.index, entry.proof);
  return html`<li class="event event-${entry.kind ?? 'plain'}"${entry.index === null ? nothing : html` data-index="${entry.index}"`}>${time(view, entry.at, 'time')}<div class="event-says">${entry.order ? html`<span class="event-order">${entry.order}.</span> ` : nothing}${
    kind ? html`<span class="event-kind">${icon(view, kind.icon)}${view.t(kind.says)}</span> ` : nothing
  }${typeof entry.says === 'string' ? entry.says : view.t(entry.says)}${entry.actor ? html` <span class="event-actor">${entry.actor}</span>` : nothing} ${entry.beside} ${number}</div></li>`;
}
