/*
 * HOW TO WRITE A PAGE (two minutes)
 *
 *   import { html } from '../html.ts';
 *   import { layout } from '../layout.ts';
 *   import { card, field, form, pageHead } from '../parts/index.ts';
 *   import type { Texts, View } from '../view.ts';
 *
 *   const say = {
 *     title: { zh: '登记项目', en: 'Register a project' },
 *     bids: { zh: '共 {n} 家', en: '{n} bids' },
 *   } satisfies Texts;                                      // page texts stand beside their page, always in both languages
 *
 *   export function registerPage(view: View, data: { … }): Html {
 *     return layout(view, {
 *       title: view.t(say.title),
 *       main: html`${pageHead(view, { title: say.title })} ${card(view, { body: form(view, { … }) })}`,
 *     });
 *   }
 *
 * - A page is a pure function of (view, data). It never reads a store, a clock or the environment; `view.now` is the time.
 * - Every part takes the view first. Labels are `Words`; data that people wrote (names, titles) are plain strings.
 * - `html` escapes everything. Never build markup by hand; never use inline styles or scripts (the CSP forbids both).
 * - Moments are `Instant`s and shown in Beijing time by `time.ts` parts; amounts are decimal strings ("980.00") in yuan.
 * - Form names are the dotted paths of the JSON body. After a refusal the web room shows the GET page again with `view.problem`
 *   and `view.values`: `field` puts the sentence beside the field and the value back by itself.
 * - A `datetime` field sends `2026-12-02T14:00`, Beijing time without zone: read it as `${value}:00+08:00`.
 * - A page that moves by itself (hall, board) wraps its moving pieces in `live(name, piece)` and lists `scripts: ['live.js']`.
 * - Text with `[data-…]` attributes, `class="…"` from face.css and tabler's grid are fine; new looks go into views/assets/face only.
 * - `layout(view, { section: '/lots' })` lights the navigation entry when the page's address does not begin with it.
 * - All parts in all states: /parts. If a part is missing, add it under views/parts/ and to the gallery; do not style by hand.
 */
import type { Role } from '../src/kernel/actor.ts';
import type { Instant } from '../src/kernel/clock.ts';
import type { Language, Words } from '../src/kernel/words.ts';

export type { Instant, Language, Role, Words };

/** The texts of one page. */
export type Texts = Readonly<Record<string, Words>>;

/** Who is signed in, as the header shows it. */
export interface Me {
  readonly name: string;
  readonly organisation: string | null;
  readonly role: Role;
}

/** A refusal as a page shows it (made from a `Problem` by the web room). */
export interface PageProblem {
  readonly name: string;
  readonly title: Words;
  readonly says?: Words | undefined;
  /** the rule's id, as printed in the rulebook */
  readonly rule?: string | undefined;
  readonly source?: Words | undefined;
  readonly fields: readonly { readonly path: string; readonly says: Words }[];
}

/** What the journal said when the page was made: the foot of every page shows it. */
export interface Checkpoint {
  readonly size: number;
  /** root hash, base64 */
  readonly root: string;
  readonly at: Instant;
  /** how many witnesses co-signed exactly this checkpoint, and how many there are */
  readonly agreeing: number;
  readonly witnesses: number;
  /** witnesses that refuse to cosign, or have fallen silent: every page says so */
  readonly alarms?: readonly { readonly name: string; readonly alarm: 'refused' | 'silent' }[];
}

/** What the web room knows of a request. */
export interface ViewFacts {
  readonly lang: Language;
  readonly now: Instant;
  readonly me: Me | null;
  readonly sandbox: { readonly rate: number } | null;
  readonly csrf: string;
  /** path and query of the page, for coming back to it (language switch, sign-in) */
  readonly path: string;
  readonly problem: PageProblem | null;
  /** what was typed into the form that was refused, by field name */
  readonly values: Readonly<Record<string, unknown>>;
  readonly checkpoint: Checkpoint | null;
  /** URL of a built asset by its plain name (`face.css`, `page.js`), from the manifest of src/web/assets.ts */
  readonly asset: (name: string) => string;
  /** subresource integrity of a built script or style by its plain name: the browser runs nothing else in its place */
  readonly integrity: (name: string) => string;
  /** Chinese capitals of an amount in yuan ("980.00" → 玖佰捌拾元整); null when it is no amount */
  readonly capitals: (yuan: string) => string | null;
  readonly nonce?: string | undefined;
  /** puts a text into the words of the line that the page's lot is of; absent: pages speak in the words of tendering, in which they are written */
  readonly inTrade?: ((words: Words) => Words) | undefined;
}

/** What every page and part is given. */
export interface View extends ViewFacts {
  /** The text in the page's language, with `{name}` places filled. */
  t(words: Words, values?: Readonly<Record<string, string | number>>): string;
}

/** The view of one request. */
export function viewOf(facts: ViewFacts): View {
  return {
    ...facts,
    t(words, values) {
      const text = (facts.inTrade?.(words) ?? words)[facts.lang];
      return values ? text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place)) : text;
    },
  };
}
