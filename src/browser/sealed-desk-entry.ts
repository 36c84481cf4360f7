import type { SheetWork } from '../evaluation/sheet-answers.ts';
import { canonical } from '../kernel/bytes.ts';
import type { Words } from '../kernel/words.ts';
import { newAgeIdentity } from '../sealing/envelope.ts';
import { bidStore, type OwnIdentity } from './bid-store.ts';
import { serverNow } from './clock.ts';
import { download, maybe } from './desk-parts.ts';
import { startHandIn } from './hand-in.ts';
import { identityIn, keyFileText } from './own-key.ts';
import { t } from './page-words.ts';
import { ask, isOffline } from './platform.ts';
import { keepLocal, keepRemote, localEntries, remoteEntries } from './sheet-draft.ts';
import { type Entries, fillIn, isOpen, rowsIn, taken } from './sheet-entries.ts';
import { placeAt, showProgress } from './sheet-progress.ts';
import { startChanges } from './sign-changes.ts';

/** The desk where sheets are sealed: what is typed never leaves this browser but encrypted under its author's own key. */
const say = {
  kept: { zh: '已加密保存 {at}', en: 'kept, encrypted, at {at}' },
  keeping: { zh: '正在加密保存…', en: 'being encrypted and kept…' },
  local: { zh: '暂存在本浏览器，连上平台后加密保存', en: 'in this browser for now; kept, encrypted, once the platform is reached' },
  tooLong: { zh: '理由合计过长，只存在本浏览器', en: 'the reasons are too long all together: in this browser only' },
  none: { zh: '尚无内容', en: 'nothing yet' },
  wanted: { zh: '等待密钥文件', en: 'waits for its key file' },
  unreadable: { zh: '不是这份草稿的密钥', en: 'this is not the key of the draft' },
} as const satisfies Readonly<Record<string, Words>>;

const root = maybe('[data-sealed-desk]');
if (root?.dataset.sealedDesk === 'changing')
  void ask<SheetWork>(`/lots/${root.dataset.lot}/sheet`).then(({ asks }) => startChanges(root.dataset, asks.part));
if (root?.dataset.sealedDesk === 'sealing') void sealing(root.dataset);

/** So long after the last key a draft is kept on the platform. */
const restMilliseconds = 1500;

async function sealing({ lot = '', seat = '', holder = '', csrf = '' }: DOMStringMap): Promise<void> {
  const work = await ask<SheetWork>(`/lots/${lot}/sheet`);
  const { asks } = work;
  const keys = bidStore(holder, lot).identity;
  let own: OwnIdentity | null = (await keys.read().catch(() => undefined)) ?? null; // private windows keep nothing
  let entries = localEntries(lot, seat, asks.part);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (words: Words, values: Readonly<Record<string, string>> = {}): void => {
    const place = maybe('[data-draft-state]');
    if (place) place.textContent = t(words, values);
  };
  const all = rowsIn(document);
  const rows = all.filter(({ of }) => asks.items.includes(of) || asks.criteria.some(({ id }) => id === of));
  // what was given with an earlier envelope stands
  for (const row of all) if (!rows.includes(row)) for (const field of row.fields) field.disabled = true;
  const handIn = startHandIn(work, () => own, csrf);
  const show = (): void => {
    showProgress(entries, asks);
    handIn?.show(entries);
  };
  const fill = (): void => {
    for (const row of rows) fillIn(row, entries);
    for (const closed of document.querySelectorAll<HTMLFieldSetElement>('[data-sheet-form] fieldset[disabled]')) closed.disabled = false;
    document.querySelector('#score-sheet')?.dispatchEvent(new Event('input'));
    show();
    if (location.hash === '#open') rows.find((row) => isOpen(row, entries, asks))?.first?.focus();
  };
  let keeping: Promise<void> = Promise.resolve();
  /** One after the other: an older draft that was slow on its way never lies over a newer one. */
  const keep = (): Promise<void> => {
    keeping = keeping.then(keepNow, keepNow);
    return keeping;
  };
  const keepNow = async (): Promise<void> => {
    clearTimeout(timer);
    if (own === null) return tell(say.wanted);
    tell(say.keeping);
    const these = entries;
    try {
      const fits = await keepRemote(these, work, own, csrf);
      // what was typed meanwhile is not kept yet, and its own turn comes
      if (entries === these) tell(fits ? say.kept : say.tooLong, { at: clockText() });
    } catch (error) {
      if (!isOffline(error)) throw error;
      tell(say.local);
      timer = setTimeout(() => void keep(), 10 * restMilliseconds);
    }
  };
  const use = async (identity: OwnIdentity): Promise<void> => {
    own = identity;
    await keys.put(identity).catch(() => undefined);
    const wanted = maybe('[data-key-wanted]');
    if (wanted) wanted.hidden = true;
  };
  /** With a new key; a draft that an older one locked is given up, though nothing may have been typed yet. */
  const begin = async (): Promise<void> => {
    await use(await newAgeIdentity());
    fill();
    if (entries.at === '' && work.draft === null) tell(say.none);
    else await keep();
  };

  for (const row of rows)
    for (const field of row.fields)
      field.addEventListener('input', () => {
        entries = taken(row, entries, serverNow());
        keepLocal(lot, seat, asks.part, entries);
        show();
        if (own !== null) tell(say.keeping);
        clearTimeout(timer);
        timer = setTimeout(() => void keep(), restMilliseconds);
      });
  listen();

  const remote = work.draft !== null && own !== null ? await remoteEntries(work.draft, own) : undefined;
  if (work.draft !== null && remote === undefined) {
    const wanted = maybe('[data-key-wanted]');
    if (wanted) wanted.hidden = false;
    tell(say.wanted);
    own = null;
    fill();
  } else if (own === null) await begin();
  else await settle(remote);

  /** The newer of what lies here and there stands. */
  async function settle(there: Entries | undefined): Promise<void> {
    if (there && (there.at > entries.at || canonical(there) === canonical(entries))) {
      entries = there;
      keepLocal(lot, seat, asks.part, entries);
      tell(say.kept, { at: clockText(there.at) });
      return fill();
    }
    fill();
    if (entries.at === '') tell(say.none);
    else await keep();
  }

  function listen(): void {
    for (const form of document.querySelectorAll<HTMLFormElement>('[data-sheet-form] form'))
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        event.stopPropagation();
        const to = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
        void keep().then(() => goOn(to));
      });
    for (const form of document.querySelectorAll<HTMLFormElement>('form.sign-out'))
      form.addEventListener('submit', (event) => {
        if (timer === undefined) return;
        event.preventDefault();
        timer = undefined;
        void keep().finally(() => form.submit());
      });
    for (const input of document.querySelectorAll<HTMLInputElement>('input[data-key-file]'))
      input.addEventListener('change', async () => {
        const file = input.files?.[0];
        const read = file && file.size < 100_000 ? await identityIn(await file.text()) : undefined;
        const there = read && work.draft !== null ? await remoteEntries(work.draft, read) : undefined;
        if (read === undefined || (work.draft !== null && there === undefined)) return tell(say.unreadable);
        await use(read);
        await settle(there);
      });
    maybe('[data-draft-anew]')?.addEventListener('click', () => void begin());
    maybe('[data-key-download]')?.addEventListener('click', () => {
      if (own) download(new Blob([keyFileText(own, serverNow())], { type: 'text/plain' }), `yangguang-sheet-key-${lot.slice(0, 8)}.txt`);
    });
  }

  /** The buttons that save and go on name the bid, or the item across the bids. */
  function goOn(button: HTMLButtonElement | null): void {
    const view = new URLSearchParams(location.search).get('view') ?? 'review';
    if (button?.name === 'next') location.assign(placeAt(lot, { view, bid: button.value }));
    if (button?.name === 'onward') location.assign(placeAt(lot, { view: 'compare', of: button.value }));
  }
}

const clockText = (at: string = serverNow()): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16);
