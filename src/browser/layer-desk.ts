import { coverKey } from '../sealing/layer.ts';
import { bidStore, type OwnIdentity } from './bid-store.ts';
import { tellIn } from './desk-parts.ts';
import { besideForms } from './hall-forms.ts';
import { identityIn } from './own-key.ts';
import { t } from './page-words.ts';

const say = {
  none: { zh: '请先选择密封时保存的密钥文件。', en: 'Choose the key file you saved when you sealed.' },
  unreadable: { zh: '文件中没有完整的密钥（AGE-SECRET-KEY-1…）。', en: 'The file holds no whole key (AGE-SECRET-KEY-1…).' },
  wrong: {
    zh: '密钥不对，解不开贵单位的投标文件，没有提交。请换用密封时保存的密钥，时限内可再试。',
    en: 'The wrong key: it does not open your bid, and nothing was sent. Use the one you saved when you sealed it; you may try again in time.',
  },
};

/**
 * A bidder removes its layer in the hall. The form moves with the hall and is made anew at any moment; the choice of the key stands still beside it. The
 * identity never leaves this browser: with it the layer's own key is found, and that alone is sent.
 */
export function openLayerDesk(desk: HTMLElement): void {
  const input = desk.querySelector<HTMLInputElement>('input[type="file"]');
  const kept = desk.querySelector<HTMLElement>('[data-layer-kept]');
  const wrong = desk.querySelector<HTMLElement>('[data-layer-wrong]');
  let identity: OwnIdentity | undefined;
  const tell = (text: string): void => {
    if (!wrong) return;
    tellIn(wrong, text);
    if (text !== '') desk.scrollIntoView({ block: 'nearest' });
  };
  void bidStore(desk.dataset.holder ?? '', '')
    .identity.read()
    .then((remembered) => {
      identity ??= remembered;
      if (kept) kept.hidden = remembered === undefined;
    })
    .catch(() => undefined); // private windows keep nothing
  input?.addEventListener('change', async () => {
    const file = input.files?.[0];
    if (file === undefined) return;
    identity = await identityIn(file.size < 100_000 ? await file.text() : '');
    tell(identity === undefined ? t(say.unreadable) : '');
  });
  besideForms(desk, { shownFor: '[data-layer-own]', holders: '[data-layer-own]' }, async (form, own) => {
    const key = form.querySelector<HTMLInputElement>('[name="key"]');
    if (!key) return;
    if (identity === undefined) return tell(t(say.none));
    const found = await coverKey(identity.identity, own.dataset.cover ?? '');
    if (found === undefined) return tell(t(say.wrong));
    tell('');
    key.value = found;
    form.submit();
  });
}
