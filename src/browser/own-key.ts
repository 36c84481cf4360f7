import { ageRecipientOf, newAgeIdentity } from '../sealing/envelope.ts';
import type { Drawer, OwnIdentity } from './bid-store.ts';
import { serverNow } from './clock.ts';
import { download, maybe, one, show, tellIn } from './desk-parts.ts';
import { t } from './page-words.ts';

const say = {
  none: { zh: '请先选择或生成自存解密密钥。', en: 'Choose or make your own decryption key first.' },
  unreadable: {
    zh: '文件中没有 AGE-SECRET-KEY-1 开头的密钥，或密钥不完整。',
    en: 'The file holds no whole key that begins with AGE-SECRET-KEY-1.',
  },
};

/** The working side of the own key's part (views/bids/keys.ts). */
export interface OwnKeyChoice {
  /** The identity chosen, or null after having said beside the field what is missing. */
  identity(): OwnIdentity | null;
}

/** The identity in the text of a key file, as `age-keygen` writes it; undefined when there is none. */
export async function identityIn(text: string): Promise<OwnIdentity | undefined> {
  const identity = /AGE-SECRET-KEY-1[0-9A-Z]{58}/.exec(text)?.[0];
  const recipient = identity === undefined ? undefined : await ageRecipientOf(identity);
  return identity === undefined || recipient === undefined ? undefined : { identity, recipient };
}

/** The text of a key file; the stock `age` tool reads it with `-i`. */
export const keyFileText = ({ identity, recipient }: OwnIdentity, madeAt: string): string =>
  `# yangguang: opens my own sealed bids / 自存解密密钥，请妥善保管\n# created: ${madeAt}\n# public key: ${recipient}\n${identity}\n`;

/** Makes the choice of the own age identity work: remembered, made now (and downloaded), or from a file. */
export async function ownKeyChoice(part: HTMLElement, holder: string, kept: Drawer<OwnIdentity>): Promise<OwnKeyChoice> {
  const radios = [...part.querySelectorAll<HTMLInputElement>('input[name="own-key-from"]')];
  const remember = one<HTMLInputElement>('[data-own-key-remember] input', part);
  const wrong = one('[data-own-key-wrong]', part);
  const remembered = await kept.read().catch(() => undefined); // private windows may keep nothing
  let chosen: OwnIdentity | null = remembered ?? null;

  const sayWrong = (text: string): null => {
    tellIn(wrong, text);
    return null;
  };
  const tell = (): void => {
    const line = one('[data-own-key-chosen]', part);
    line.hidden = chosen === null;
    one('code', line).textContent = chosen?.recipient ?? '';
  };
  const from = (): string => radios.find((radio) => radio.checked)?.value ?? '';
  const turn = (): void => {
    show(one('[data-own-key-new]', part), from() === 'new');
    show(one('[data-own-key-file]', part), from() === 'file');
    show(one('[data-own-key-remember]', part), from() !== 'kept');
    tell();
  };
  const take = async (identity: OwnIdentity): Promise<void> => {
    chosen = identity;
    sayWrong('');
    tell();
    if (remember.checked) await kept.put(identity).catch(() => undefined);
  };

  show(one('[data-own-key-kept]', part), remembered !== undefined);
  for (const radio of radios) {
    radio.checked = radio.value === (remembered === undefined ? 'new' : 'kept');
    radio.addEventListener('change', () => {
      chosen = from() === 'kept' ? (remembered ?? null) : null;
      turn();
    });
  }
  remember.addEventListener('change', () => {
    if (chosen !== null) void (remember.checked ? kept.put(chosen) : kept.clear()).catch(() => undefined);
  });
  one('[data-own-key-make]', part).addEventListener('click', async () => {
    const made = await newAgeIdentity();
    download(new Blob([keyFileText(made, serverNow())], { type: 'text/plain' }), `yangguang-${holder}-age-key.txt`);
    await take(made);
  });
  one<HTMLInputElement>('[data-own-key-file] input', part).addEventListener('change', async (event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file === undefined) return;
    const read = await identityIn(file.size < 100_000 ? await file.text() : '');
    if (read === undefined) {
      chosen = null;
      tell();
      sayWrong(t(say.unreadable));
    } else await take(read);
  });
  turn();
  return {
    identity() {
      if (chosen !== null) return chosen;
      maybe('input[name="own-key-from"]:checked', part)?.focus();
      return sayWrong(t(say.none));
    },
  };
}
