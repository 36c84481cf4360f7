import type { OwnBids } from '../bids/reads.ts';
import type { Council } from '../sealing/council.ts';
import { nodeKeys, receiptHolds } from './bid-receipt.ts';
import { bidStore } from './bid-store.ts';
import { openWay } from './bid-way.ts';
import { element, maybe, one, show, Trouble, tellTrouble } from './desk-parts.ts';
import { ownKeyChoice } from './own-key.ts';
import { bytesText, t } from './page-words.ts';
import { ask, Refused } from './platform.ts';
import { removeFiles } from './private-files.ts';
import { renewRegions } from './regions.ts';
import { clearNames, rereadBid } from './reread-bid.ts';
import { signerChoice } from './signer.ts';
import { deskOf } from './submit-sealed.ts';
import { withdrawBid } from './withdraw-bid.ts';

const say = {
  fetching: { zh: '正在取回并解密……{bytes}', en: 'Fetching and opening… {bytes}' },
  withdrawn: { zh: '投标已撤回，撤回回执核验无误。', en: 'The bid is withdrawn; the receipt of the withdrawal is verified.' },
  council: { zh: '{name}（{n} 家中须 {t} 家共同开启），公钥 {key}', en: '{name} ({t} of {n} must open together), key {key}' },
  understand: { zh: '请先勾选“我已知晓”。', en: 'Tick first that you understand.' },
};

/** The bid desk in the browser: marks what it verified itself, rereads and withdraws own bids, and leads through the five steps of a new one. */
export async function openDesk(root: HTMLElement): Promise<void> {
  const { lot = '', holder = '', csrf = '' } = root.dataset;
  const store = bidStore(holder, lot);
  let desk = await deskOf(lot);
  const refreshed = async (): Promise<OwnBids> => {
    desk = await deskOf(lot);
    await renewRegions();
    void markReceipts(desk);
    return desk;
  };
  void markReceipts(desk);
  void showCouncil(desk);
  // what an earlier visit had opened does not stay on this machine
  void removeFiles(clearNames(lot));
  const ownPart = maybe('[data-own-key]');
  const signerPart = maybe('[data-signer]');
  const own = ownPart && (await ownKeyChoice(ownPart, holder, store.identity));
  const signer = signerPart && (await signerChoice(signerPart));

  /** What may fail is told in its place, in words; what nobody expected is told too, and stays in the console. */
  const attempt = async (step: string, act: () => Promise<void>): Promise<void> => {
    tellTrouble(step, null);
    try {
      await act();
    } catch (error) {
      tellTrouble(step, error instanceof Trouble ? error : unexpected(error));
      if (!(error instanceof Trouble)) console.error(error);
    }
  };

  root.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-reread], [data-withdraw]') : null;
    if (button?.dataset.reread !== undefined) void attempt('own', () => reread(button));
    else if (button) void attempt('own', () => withdraw(button));
  });

  async function reread(button: HTMLElement): Promise<void> {
    const identity = own?.identity();
    if (!identity) return maybe('#keys')?.scrollIntoView();
    const place = one('[data-reread-result]');
    show('[data-rereading]', true);
    const tell = (bytes: number): void =>
      place.replaceChildren(element('p', { class: 'sub' }, t(say.fetching, { bytes: bytesText(bytes) })));
    tell(0);
    try {
      const { reread: submission = '', received = '' } = button.dataset;
      place.replaceChildren(...(await rereadBid({ desk, submission, receivedAt: received, own: identity, tell })));
      maybe('#reread')?.scrollIntoView();
    } catch (error) {
      show('[data-rereading]', false);
      throw error;
    }
  }

  async function withdraw(button: HTMLElement): Promise<void> {
    const panel = button.closest<HTMLDetailsElement>('[data-withdrawal]');
    const understood = panel && one<HTMLInputElement>('[data-understood]', panel);
    if (!understood?.checked) {
      understood?.setCustomValidity(t(say.understand));
      understood?.reportValidity();
      understood?.setCustomValidity('');
      return;
    }
    const key = await signer?.signer();
    if (!key) return maybe('#keys')?.scrollIntoView();
    button.setAttribute('disabled', '');
    try {
      await withdrawBid({ lot, bidder: holder, submission: panel?.dataset.withdrawal ?? '', signer: key, csrf });
    } finally {
      button.removeAttribute('disabled');
    }
    if (panel) panel.open = false;
    (document.activeElement as HTMLElement | null)?.blur();
    await refreshed();
    maybe('[data-live="own"]')?.prepend(
      element('p', { class: 'verdict verdict-verified', role: 'status', 'data-withdrawn': '' }, t(say.withdrawn)),
    );
  }

  const form = maybe<HTMLFieldSetElement>('[data-bid-form]');
  if (!form || !own || !signer) return;
  if (await alone(`bid/${holder}/${lot}`)) await openWay({ desk: () => desk, refreshed, store, csrf, own, signer, form, attempt });
  else show('[data-other-tab]', true);
}

export type Attempt = (step: string, act: () => Promise<void>) => Promise<void>;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether this tab is the only one that works on a bid. A page that was just reloaded lets go of its lock a moment later. */
async function alone(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return true;
  for (let tries = 0; tries < 4; tries += 1) {
    const got = await new Promise<boolean>((resolve) => {
      void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => undefined);
      });
    });
    if (got) return true;
    await pause(400);
  }
  return false;
}

/** To whom a bid will be sealed, so that its key can be compared with the notice. */
async function showCouncil({ lot }: OwnBids): Promise<void> {
  const place = maybe('[data-council]');
  if (!place || lot.council === null) return;
  const { council } = await ask<{ council: Council }>(`/councils/${lot.council}`);
  place.textContent = t(say.council, { name: council.name, t: council.threshold, n: council.trustees.length, key: council.groupKey });
}

/** Green is given here and nowhere else: to a submission whose receipt this browser has verified. */
async function markReceipts(desk: OwnBids): Promise<void> {
  const current = desk.submissions.find((each) => each.status === 'current');
  if (!current?.event || current.awaitedUntil !== null) return;
  const keys = await nodeKeys();
  for (let tries = 0; tries < 60; tries += 1) {
    const receipt = await ask<unknown>(`/receipts/${current.event}`).catch((error: unknown) => {
      if (error instanceof Refused && error.status === 503) return null;
      throw error;
    });
    if (receipt === null) {
      await pause(1000);
      continue;
    }
    const holds =
      receiptHolds(receipt, keys, {
        types: ['bid.received', 'bid.replaced'],
        lot: desk.lot.id,
        bidder: desk.bidder.code,
        submission: current.id,
        parts: current.parts,
        deadline: desk.lot.deadline,
      }) && (await completionHolds(desk, current.completionEvent, current.id, receipt, keys));
    for (const place of document.querySelectorAll<HTMLElement>(`[data-marks="${CSS.escape(current.event)}"]`)) {
      show(one('[data-mark="submitted"]', place), !holds);
      show(one('[data-mark="verified"]', place), holds);
    }
    return;
  }
}

/** A bid that was committed first is green only when the receipt of its bytes holds too. */
async function completionHolds(
  { lot, bidder }: OwnBids,
  event: string | null,
  submission: string,
  first: unknown,
  keys: Awaited<ReturnType<typeof nodeKeys>>,
): Promise<boolean> {
  if (!(first as { event: { data: { awaited?: boolean } } }).event.data.awaited) return true;
  if (event === null) return false;
  const receipt = await ask<unknown>(`/receipts/${event}`).catch((error: unknown) => {
    if (error instanceof Refused) return null;
    throw error;
  });
  return receiptHolds(receipt, keys, { types: ['bid.completed'], lot: lot.id, bidder: bidder.code, submission, deadline: null });
}

const unexpected = (error: unknown): Trouble => {
  const said = error instanceof Error ? error.message : String(error);
  return new Trouble(
    { zh: `这一步没有成功（${said}）。`, en: `This step did not succeed (${said}).` },
    { zh: '已完成的步骤都保存着，没有丢失。', en: 'What was done before is kept; nothing is lost.' },
    {
      zh: '请重试；仍不成功请刷新本页，再不成功请联系交易中心。',
      en: 'Try again, then reload the page; if it stays, call the trading centre.',
    },
  );
};
