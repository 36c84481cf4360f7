import type { Words } from '../kernel/words.ts';
import { changeKeyPassphrase } from '../sealing/trustee-key.ts';
import { download, maybe, one } from './desk-parts.ts';
import { t } from './page-words.ts';
import { mark } from './verdicts.ts';

/** A trustee gives its key file another passphrase, here and nowhere else; the new file is opened once before it is handed over. */
const say = {
  noFile: { zh: '请先选择密钥文件。', en: 'Choose the key file first.' },
  differ: { zh: '两次输入的新口令不同。', en: 'The two new passphrases differ.' },
  done: { zh: '已更换，新文件可以打开：第 {place} 席', en: 'Changed; the new file opens: place {place}' },
} as const satisfies Readonly<Record<string, Words>>;

const root = maybe('[data-passphrase]');
if (root) {
  const go = one<HTMLButtonElement>('[data-passphrase-go]', root);
  const said = one('[data-passphrase-said]', root);
  const field = (name: string): HTMLInputElement => one<HTMLInputElement>(`#change-${name}`, root);
  const tell = (verdict: 'verified' | 'refuted', text: string): void => {
    const line = document.createElement('li');
    line.append(mark(verdict, text));
    said.replaceChildren(line);
  };
  go.addEventListener('click', async () => {
    const file = field('file').files?.[0];
    if (file === undefined) return tell('refuted', t(say.noFile));
    if (field('next').value !== field('again').value) return tell('refuted', t(say.differ));
    go.disabled = true;
    const changed = await changeKeyPassphrase(new Uint8Array(await file.arrayBuffer()), field('old').value, field('next').value);
    go.disabled = false;
    if (!changed.ok) return tell('refuted', t(changed.problem.title));
    download(new Blob([changed.file as Uint8Array<ArrayBuffer>]), 'trustee-key.age');
    for (const name of ['old', 'next', 'again']) field(name).value = '';
    tell('verified', t(say.done, { place: changed.key.index }));
  });
}
