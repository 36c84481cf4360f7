import { verifyFile } from '../evidence/file.ts';
import { parseVerifierKey } from '../journal/checkpoint.ts';
import { keepKey, platformKey } from './pinned-key.ts';
import { aside, checkLine, inPage, mark, verdictMark } from './verdicts.ts';

/*
 * Verification in the reader's own browser: nothing is uploaded. A page names a proof with `data-verify="/api/receipts/…"`, or offers
 * `[data-verify-drop]` for any file of the protocol.
 */

const changed = {
  zh: '注意：平台公布的密钥与本浏览器以前见过的不同。以前的密钥：',
  en: 'Careful: the platform’s key is not the one this browser saw before. The earlier key: ',
};
const noKey = { zh: '平台尚未公布密钥，暂不能核验。', en: 'The platform has published no key yet; nothing can be checked.' };
const wrongKey = { zh: '这不是有效的平台密钥。', en: 'This is not a key of a platform.' };
const working = { zh: '正在核验', en: 'Checking' };
const broken = { zh: '核验程序出错，未能得出结论', en: 'The check itself failed; there is no verdict' };

for (const place of document.querySelectorAll<HTMLElement>('[data-verify]')) void verifyInPlace(place);
for (const place of document.querySelectorAll<HTMLElement>('[data-await]')) void awaitNumber(place.dataset.await ?? '');
const drop = document.querySelector<HTMLElement>('[data-verify-drop]');
if (drop) startDrop(drop);

/** Checks the proof that a page names, and says so beside it. */
async function verifyInPlace(place: HTMLElement): Promise<void> {
  try {
    const known = await platformKey();
    if (known === null) return place.replaceChildren(mark('unchecked', inPage(noKey)));
    const answer = await fetch(place.dataset.verify ?? '', { headers: { accept: 'application/json' } });
    const verification = await verifyFile(new Uint8Array(await answer.arrayBuffer()), { key: known.key });
    const lines = document.createElement('ul');
    lines.className = 'plain checks';
    lines.append(...verification.checks.map(checkLine));
    place.replaceChildren(verdictMark(verification), lines);
    if (known.before !== null) place.append(aside(`${inPage(changed)}${known.before}`));
  } catch {
    place.replaceChildren(mark('unchecked', inPage(broken)));
  }
}

/** An event without its number: asks until it has one, then shows the page again. */
async function awaitNumber(path: string): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    const answer = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' }).catch(() => null);
    if (answer?.ok) return location.reload();
  }
}

function startDrop(place: HTMLElement): void {
  const input = place.querySelector<HTMLInputElement>('input[type="file"]');
  const keyField = document.querySelector<HTMLInputElement>('[data-verify-key]');
  void platformKey().then((known) => {
    if (!known || !keyField) return;
    if (keyField.value === '') keyField.value = known.before ?? known.vkey;
    if (known.before === null) return;
    keyField.closest('.field')?.append(mark('refuted', `${inPage(changed)}${known.before}`));
  });
  input?.addEventListener('change', () => void verifyDropped(place, input.files));
  place.addEventListener('dragover', (event) => {
    event.preventDefault();
    place.classList.add('drop-over');
  });
  place.addEventListener('dragleave', () => place.classList.remove('drop-over'));
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    place.classList.remove('drop-over');
    void verifyDropped(place, event.dataTransfer?.files ?? null);
  });
  keyField?.addEventListener('change', () => void verifyDropped(place, input?.files ?? null));
}

async function verifyDropped(place: HTMLElement, files: FileList | null): Promise<void> {
  const file = files?.[0];
  const shown = document.querySelector<HTMLElement>('[data-verify-result]');
  if (!file || !shown) return;
  const given = document.querySelector<HTMLInputElement>('[data-verify-key]')?.value.trim() ?? '';
  const key = given === '' ? undefined : parseVerifierKey(given);
  if (given !== '' && key === undefined) return shown.replaceChildren(mark('refuted', inPage(wrongKey)));
  const list = document.createElement('ol');
  list.className = 'plain checks';
  shown.replaceChildren(mark('checking', `${inPage(working)} · ${file.name}`), list);
  place.dataset.state = 'working';
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const verification = await verifyFile(bytes, { key, tell: (check) => list.append(checkLine(check)) });
    shown.replaceChildren(verdictMark(verification, ` · ${file.name}`), list);
    if (verification.result !== 'verified') shown.append(aside(inPage(verification.why)));
    for (const note of verification.notes) shown.append(aside(inPage(note)));
    if (verification.result === 'verified' && key !== undefined) keepKey(key.name, given);
  } catch {
    shown.replaceChildren(mark('unchecked', inPage(broken)));
  }
  place.dataset.state = 'done';
  shown.focus();
}
