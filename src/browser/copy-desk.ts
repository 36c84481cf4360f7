import { Upload } from 'tus-js-client';
import { readSealedBid } from '../bids/sealed-bid.ts';
import { base64, base64url, canonicalBytes } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { copyKindOf, type RemedyStatement } from '../openings/remedy.ts';
import { runningSha256 } from '../sealing/digest.ts';
import { blobSource } from '../sealing/package-reader.ts';
import type { Part } from '../sealing/shapes.ts';
import { signDetached } from '../sealing/signature.ts';
import { breathe } from './breath.ts';
import { serverNow } from './clock.ts';
import { maybe, moveProgress, one, show, tellIn } from './desk-parts.ts';
import { t } from './page-words.ts';
import { ask, isOffline, Refused } from './platform.ts';
import type { SignerChoice } from './signer.ts';

const say = {
  none: { zh: '请先选择密封时保存的副本。', en: 'Choose the copy you saved when you sealed.' },
  noKey: { zh: '请先选定签名用的证书密钥。', en: 'Choose the certificate key that signs.' },
  differs: {
    zh: '这不是截止前签名递交的那一份：摘要不一致，没有上传。请换用密封时保存的副本，时限内可再试。',
    en: 'This is not what you signed for before the deadline: its digest differs, and nothing was sent. Use the copy you saved when you sealed; you may try again in time.',
  },
  covered: {
    zh: '这份副本还带着外层，没有密钥解不开。请选择内层副本（inner-….age）。',
    en: 'This copy still bears your own layer. Choose the inner copy (inner-….age).',
  },
  offline: { zh: '连不上平台，没有提交成功。请重试。', en: 'The platform cannot be reached; nothing was handed in. Try again.' },
} satisfies Readonly<Record<string, Words>>;

/** A sentence for the person at the screen. */
class Told extends Error {
  readonly says: Words;
  constructor(says: Words) {
    super(says.en);
    this.says = says;
  }
}

/**
 * A bidder hands in its own sealed copy in the hall. Its digest is taken here first, so that a wrong file is not sent at all; then it is uploaded like any envelope,
 * and the bidder signs which bytes they are. What is asked for moves with the hall; the choice of the file stands still beside it.
 */
export function openCopyDesk(desk: HTMLElement, signer: Promise<SignerChoice>): void {
  const asked = (): DOMStringMap | undefined => maybe('[data-copy-own]')?.dataset;
  const button = one<HTMLButtonElement>('[data-copy-send]', desk);
  const details = one<HTMLDetailsElement>('[data-copy-details]', desk);
  const tell = (text: string): void => tellIn(one('[data-copy-wrong]', desk), text);
  let handed: string | undefined;
  const look = (): void => {
    const own = asked();
    // what was handed in needs no second hand; only another envelope that is asked for opens the form again
    const done = handed !== undefined && (own === undefined || named(own) === handed);
    desk.hidden = own === undefined && !done;
    show(one('[data-copy-fields]', desk), !done);
    show(one('[data-copy-done]', desk), done);
    if (own === undefined) return;
    show(one('[data-copy-layer]', desk), own.because === 'layer');
    show(one('summary', desk), own.because === 'layer');
    // what the platform asks for stands open; the way for whoever lost a key is only offered
    if (own.because === 'bytes') details.open = true;
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  button.addEventListener('click', async () => {
    const own = asked();
    if (own === undefined || button.disabled) return;
    button.disabled = true;
    tell('');
    try {
      await handIn(own, desk, await signer);
      handed = named(own);
      look();
    } catch (error) {
      if (error instanceof Told || error instanceof Refused) tell(t(error.says));
      else if (isOffline(error)) tell(t(say.offline));
      else throw error;
    } finally {
      button.disabled = false;
      show(one('[data-copy-sending]', desk), false);
    }
  });
}

/** Which envelope is asked for, and why. */
const named = ({ part, submission, because }: DOMStringMap): string => `${submission} ${part} ${because}`;

async function handIn(own: DOMStringMap, desk: HTMLElement, signers: SignerChoice): Promise<void> {
  const { lot = '', part = '', submission = '', bidder = '', sha256 = '', inner, because } = own;
  const chosen = one<HTMLInputElement>('[data-copy-file]', desk).files?.[0];
  if (chosen === undefined) throw new Told(say.none);
  const copy = await envelopeIn(chosen, part);
  const digest = await digestOf(copy);
  const kind = copyKindOf({ sha256, inner: inner === undefined ? null : { sha256: inner } }, digest);
  if (kind === undefined) throw new Told(say.differs);
  if (because === 'layer' && kind === 'sealed') throw new Told(say.covered);
  const key = await signers.signer();
  const at = parseInstant(serverNow());
  if (key === null || at === undefined) throw new Told(say.noKey);
  const statement: RemedyStatement = {
    format: 'yangguang/remedy/v1',
    lot,
    part: part as Part,
    submission,
    bidder,
    plan: 'sealed-copy',
    kind,
    sha256: digest,
    at,
  };
  const signature = base64(await signDetached(canonicalBytes(statement), key, at));
  show(one('[data-copy-sending]', desk), true);
  const csrf = desk.dataset.csrf ?? '';
  const upload = await uploadCopy(copy, { lot, part, csrf });
  await ask(`/lots/${lot}/remedies`, { csrf, body: { upload, at, signature } });
}

/** The envelope itself: a file that was sealed without a line holds it among other things. */
async function envelopeIn(file: File, part: string): Promise<Blob> {
  if (!file.name.endsWith('.sealed-bid')) return file;
  const read = await readSealedBid(blobSource(file));
  const found = read.ok ? read.envelopes.find((each) => each.part === part) : undefined;
  if (found === undefined) throw new Told(say.differs);
  return file.slice(found.offset, found.offset + found.bytes);
}

async function digestOf(file: Blob): Promise<string> {
  const running = runningSha256();
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    running.update(next.value);
    await breathe();
  }
  return base64url(running.digest());
}

/** Sends it as the bid page sends an envelope, and answers the upload's id. */
function uploadCopy(
  file: Blob,
  { lot, part, csrf }: { readonly lot: string; readonly part: string; readonly csrf: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: '/uploads',
      chunkSize: 8 * 1024 * 1024,
      metadata: { lot, part },
      headers: { 'x-csrf-token': csrf, accept: 'application/json' },
      storeFingerprintForResuming: false,
      retryDelays: [0, 500, 1500, 3000, 5000],
      onProgress: (sent, all) => moveProgress('copy', sent, all ?? file.size),
      onSuccess: () => resolve((upload.url ?? '').split('/').at(-1) ?? ''),
      onError: (error) => {
        const response = 'originalResponse' in error ? error.originalResponse : null;
        if (!response) return reject(new Told(say.offline));
        reject(new Refused(response.getStatus(), bodyOf(response.getBody())));
      },
    });
    upload.start();
  });
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
