import { sheetFlaws } from '../evaluation/member-sheet.ts';
import { sealedSheet } from '../evaluation/sealed-sheet.ts';
import type { SheetWork } from '../evaluation/sheet-answers.ts';
import { base64 } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import type { OwnIdentity } from './bid-store.ts';
import { serverNow } from './clock.ts';
import { element, maybe, one, tellIn } from './desk-parts.ts';
import { t } from './page-words.ts';
import { ask, Refused } from './platform.ts';
import { bidsOf, type Entries, leftOn, sheetFrom } from './sheet-entries.ts';
import { placeAt } from './sheet-progress.ts';
import { signerChoice } from './signer.ts';

/** The end of the work while sheets are sealed: what is missing, then signed, sealed and handed in, all in this browser. */
const say = {
  missing: { zh: '还没有填完：', en: 'Still open:' },
  review: { zh: '评审余 {n} 项', en: '{n} reviews to go' },
  score: { zh: '评分余 {n} 项', en: '{n} scores to go' },
  whole: { zh: '已全部填完，可以密封递交。', en: 'Everything is filled in; it can be sealed.' },
  tooLong: { zh: '理由合计过长，请适当精简。', en: 'The reasons are too long all together; please shorten them.' },
  key: { zh: '请先选择草稿的密钥文件，或从头开始。', en: 'Choose the key file of your draft first, or begin anew.' },
  offline: { zh: '没有连上平台，请稍后再试；草稿仍在。', en: 'The platform could not be reached; try again. Your draft is kept.' },
} as const satisfies Readonly<Record<string, Words>>;

export interface HandIn {
  /** shows what is missing; the button works once nothing is */
  show(entries: Entries): void;
}

export function startHandIn(work: SheetWork, own: () => OwnIdentity | null, csrf: string): HandIn | null {
  const form = maybe<HTMLFormElement>('form[data-hand-in]');
  if (!form) return null;
  const button = one<HTMLButtonElement>('button[type="submit"]', form);
  const wrong = one('[data-hand-in-wrong]', form);
  const choice = signerChoice(one('[data-signer]', form));
  let entries: Entries | null = null;
  const sayWrong = (words: string): void => tellIn(wrong, words);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    void handIn();
  });

  async function handIn(): Promise<void> {
    const identity = own();
    const at = parseInstant(serverNow());
    if (entries === null || at === undefined || button.disabled) return;
    if (identity === null) return sayWrong(t(say.key));
    sayWrong('');
    button.disabled = true;
    try {
      const signer = await (await choice).signer();
      if (signer === null) return;
      const { asks, council } = work;
      const made = await sealedSheet(sheetFrom(entries, asks), { asks, council, ownRecipient: identity.recipient, signer, at });
      if (typeof made === 'string') return sayWrong(t(made === 'too-long' ? say.tooLong : sheetFlaws[made]));
      await ask(`/lots/${asks.lot}/sheet`, {
        body: { version: asks.version, sealed: base64(made.sealed), at: made.at, signature: made.signature },
        csrf,
      });
      location.assign(placeAt(asks.lot, { view: 'sheet' }));
    } catch (error) {
      sayWrong(error instanceof Refused ? t(error.says) : t(say.offline));
    } finally {
      button.disabled = false;
    }
  }

  return {
    show(given) {
      entries = given;
      const { asks } = work;
      const open = bidsOf(asks).flatMap((bid) => {
        const left = leftOn(given, asks, bid);
        return left.review + left.score > 0 ? [{ bid, ...left }] : [];
      });
      button.disabled = open.length > 0;
      const lines = open.map(({ bid, review, score }) => {
        const link = element('a', { href: `${placeAt(asks.lot, { view: review > 0 ? 'review' : 'score', bid })}#open` }, nameOf(bid));
        const left = [...(review > 0 ? [t(say.review, { n: review })] : []), ...(score > 0 ? [t(say.score, { n: score })] : [])];
        return element('li', {}, link, ` ${left.join('，')}`);
      });
      const place = one('[data-sheet-open]', form);
      place.replaceChildren(
        ...(lines.length === 0 ? [element('p', {}, t(say.whole))] : [element('p', {}, t(say.missing)), element('ul', {}, ...lines)]),
      );
    },
  };
}

/** The page knows the bids by name. */
const nameOf = (bid: string): string => document.querySelector<HTMLElement>(`[data-bid-name="${bid}"]`)?.dataset.name ?? bid;
