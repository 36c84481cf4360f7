/**
 * What is typed at the desk and not yet saved: kept in this browser alone, so that a broken line, a closed window or a session that ended elsewhere
 * costs nobody an hour. It goes with the save, with the conclusion, with signing out, and as soon as somebody else sits down here.
 */
const shelves = 'yangguang/desk/';

type Drafts = Record<string, Record<string, string>>;
type Entry = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface Desk {
  readonly lot: string;
  readonly seat: string;
  readonly saved: boolean;
  readonly concluded: boolean;
}

const shelfOf = ({ lot, seat }: Desk): string => `${shelves}${lot}/${seat}`;
const pendingOf = (desk: Desk): string => `${shelfOf(desk)}/sent`;

function draftsOn(shelf: string): Drafts {
  try {
    return JSON.parse(localStorage.getItem(shelf) ?? '{}') as Drafts;
  } catch {
    return {}; // not ours, or half of it
  }
}

function put(shelf: string, drafts: Drafts): void {
  if (Object.keys(drafts).length === 0) localStorage.removeItem(shelf);
  else localStorage.setItem(shelf, JSON.stringify(drafts));
}

/** Takes away what is kept; all of it, or all but one seat's. */
export function clearDrafts(but: string | null = null): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(shelves) && (but === null || !key.startsWith(but))) localStorage.removeItem(key);
}

/** Puts back what was typed and not saved, and keeps what is typed from now on. Answers how many fields came back. */
export function keepDrafts(desk: Desk): number {
  const shelf = shelfOf(desk);
  clearDrafts(shelf);
  if (desk.concluded) clearDrafts();
  const drafts = draftsOn(shelf);
  const sent = localStorage.getItem(pendingOf(desk));
  if (sent !== null && desk.saved) delete drafts[sent];
  if (sent !== null) localStorage.removeItem(pendingOf(desk));
  put(shelf, drafts);
  let back = 0;
  for (const place of document.querySelectorAll<HTMLElement>('[data-keep]')) {
    const form = place.querySelector('form');
    const key = place.dataset.keep;
    if (!form || !key) continue;
    // after a refusal the platform shows what was typed: that is newer
    if (!form.querySelector('[data-problem]')) back += restore(form, drafts[key] ?? {});
    form.addEventListener('input', () => put(shelf, withChanges(draftsOn(shelf), key, form)));
    form.addEventListener('submit', () => localStorage.setItem(pendingOf(desk), key));
  }
  return back;
}

const entries = (form: HTMLFormElement): Entry[] =>
  [...form.elements].filter(
    (each): each is Entry =>
      each instanceof HTMLTextAreaElement ||
      each instanceof HTMLSelectElement ||
      (each instanceof HTMLInputElement && each.type !== 'hidden'),
  );

const isChoice = (entry: Entry): entry is HTMLInputElement =>
  entry instanceof HTMLInputElement && (entry.type === 'radio' || entry.type === 'checkbox');

function restore(form: HTMLFormElement, draft: Readonly<Record<string, string>>): number {
  let back = 0;
  for (const entry of entries(form)) {
    const kept = draft[entry.name];
    if (kept === undefined) continue;
    const differs = isChoice(entry) ? entry.value === kept && !entry.checked : entry.value !== kept;
    if (!differs) continue;
    if (isChoice(entry)) entry.checked = true;
    else entry.value = kept;
    back += 1;
  }
  return back;
}

/** Only what differs from the page is kept: what is saved needs no keeping. */
function withChanges(drafts: Drafts, key: string, form: HTMLFormElement): Drafts {
  const changed: Record<string, string> = {};
  for (const entry of entries(form)) {
    if (isChoice(entry)) {
      if (entry.checked && !entry.defaultChecked) changed[entry.name] = entry.value;
    } else if (!(entry instanceof HTMLSelectElement) && entry.value !== entry.defaultValue) changed[entry.name] = entry.value;
  }
  const { [key]: _before, ...others } = drafts;
  return Object.keys(changed).length === 0 ? others : { ...others, [key]: changed };
}
