import { rereadOwn } from '../sealing/envelope.ts';
import type { OwnIdentity, SealedBid } from './bid-store.ts';
import { download, maybe, tellIn } from './desk-parts.ts';
import { t } from './page-words.ts';
import { openFile, writeFile } from './private-files.ts';
import { clearNames } from './reread-bid.ts';

const say = {
  gone: {
    zh: '密封文件已不在本浏览器，不能保存副本。请重新密封。',
    en: 'The sealed file is no longer in this browser. Seal again to save a copy.',
  },
  noKey: { zh: '请先选定密封时用的自存解密密钥。', en: 'Choose the decryption key with which you sealed.' },
  otherKey: {
    zh: '当前选定的自存解密密钥不是密封时用的那一个。',
    en: 'The decryption key chosen now is not the one with which you sealed.',
  },
};

/**
 * Saves the sealed bytes of a bid for the remedy that the notice provides: the file as it is uploaded, or the envelope under the bidder's own layer, which is taken
 * out here with the bidder's key and is still sealed for the council. Nothing leaves this browser but as a file for the person at it.
 */
export function openCopies(sealed: () => SealedBid | undefined, identity: () => OwnIdentity | null): void {
  const place = maybe('[data-copies]');
  if (place === null) return;
  const wrong = maybe('[data-copies-wrong]', place);
  const tell = (text: string): void => {
    if (wrong) tellIn(wrong, text);
  };
  for (const button of place.querySelectorAll<HTMLButtonElement>('[data-save-copy]'))
    button.addEventListener('click', async () => {
      const bid = sealed();
      if (bid === undefined || button.disabled) return;
      button.disabled = true;
      try {
        tell(await save(bid, button.dataset.saveCopy === 'inner', identity));
      } finally {
        button.disabled = false;
      }
    });
}

/** Answers what is wrong, or nothing. */
async function save({ statement, envelopes }: SealedBid, inner: boolean, identity: () => OwnIdentity | null): Promise<string> {
  const key = inner ? identity() : null;
  if (inner && key === null) return t(say.noKey);
  for (const { part, file } of envelopes) {
    const content = await openFile(file);
    if (content === undefined) return t(say.gone);
    const name = `${inner ? 'inner' : 'sealed'}-${part}-${statement.id.slice(-8)}.age`;
    const copy = key === null ? content : await within(content, key, `${clearNames(statement.lot)}${name}`);
    if (copy === undefined) return t(say.otherKey);
    download(copy, name);
  }
  return '';
}

async function within(content: Blob, { identity }: OwnIdentity, name: string): Promise<Blob | undefined> {
  try {
    const { file } = await writeFile(name, await rereadOwn(identity, content.stream()), () => undefined);
    return await openFile(file);
  } catch (error) {
    // age says so in words of its own: no identity matched a stanza
    if (error instanceof Error && /no identity matched/i.test(error.message)) return undefined;
    throw error;
  }
}
