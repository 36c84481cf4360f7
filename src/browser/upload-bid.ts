import { type DetailedError, Upload } from 'tus-js-client';
import type { Part } from '../sealing/shapes.ts';
import type { SealedBid, SealedEnvelope } from './bid-store.ts';
import { Trouble } from './desk-parts.ts';
import { openFile } from './private-files.ts';

/** A chunk is what is sent again after a cut at worst, and what a proxy may hold back at once. */
const chunkBytes = 8 * 1024 * 1024;

export interface Uploading {
  readonly sealed: SealedBid;
  readonly csrf: string;
  /** of all envelopes together */
  readonly tell: (sent: number, all: number) => void;
  /** an upload's address, as soon as it is known: with it a reloaded page goes on */
  readonly begun: (part: Part, url: string) => Promise<void>;
  /** an envelope is on the platform to its last byte */
  readonly ended: (part: Part) => Promise<void>;
  /** the connection is gone, or back */
  readonly connection: (up: boolean) => void;
}

export interface RunningUpload {
  /** resolves when the last byte is stored; rejects with `Trouble` */
  readonly done: Promise<void>;
  pause(): void;
  resume(): void;
}

/** Uploads the envelopes of a sealed bid side by side, so that all of them have begun at once; what has arrived before is not sent again. */
export async function uploadSealed(uploading: Uploading): Promise<RunningUpload> {
  const { sealed, tell, ended } = uploading;
  const sizes = new Map(sealed.statement.parts.map(({ part, bytes }) => [part, bytes]));
  const all = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const sent = new Map(sealed.envelopes.map(({ part, uploaded }) => [part, uploaded ? (sizes.get(part) ?? 0) : 0]));
  const running = await Promise.all(
    sealed.envelopes
      .filter((envelope) => !envelope.uploaded)
      .map(async (envelope) => {
        const { part } = envelope;
        const one = await uploadEnvelope(envelope, {
          ...uploading,
          tell: (bytes) => {
            sent.set(part, bytes);
            tell(
              [...sent.values()].reduce((sum, each) => sum + each, 0),
              all,
            );
          },
        });
        return { ...one, done: one.done.then(() => ended(part)) };
      }),
  );
  return {
    done: Promise.all(running.map((each) => each.done)).then(() => undefined),
    pause: () => {
      for (const each of running) each.pause();
    },
    resume: () => {
      for (const each of running) each.resume();
    },
  };
}

/** Uploads one envelope; goes on by itself after every loss of connection, for as long as the page is open. */
async function uploadEnvelope(envelope: SealedEnvelope, { sealed, csrf, tell, begun, connection }: Uploading): Promise<RunningUpload> {
  const file = await openFile(envelope.file);
  if (file === undefined) throw fileLost();
  let resolve: () => void = () => undefined;
  let reject: (trouble: unknown) => void = () => undefined;
  const done = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  let paused = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  const goOn = (): void => {
    clearTimeout(again);
    if (!paused) upload.start();
  };
  const finish = (): void => {
    window.removeEventListener('online', goOn);
    clearTimeout(again);
  };
  const upload = new Upload(file, {
    endpoint: '/uploads',
    ...(envelope.uploadUrl === null ? {} : { uploadUrl: envelope.uploadUrl }),
    chunkSize: chunkBytes,
    metadata: { lot: sealed.statement.lot, part: envelope.part },
    headers: { 'x-csrf-token': csrf, accept: 'application/json' },
    // the address is kept with the sealed file, not in a list that outlives it
    storeFingerprintForResuming: false,
    retryDelays: [0, 500, 1500, 3000, 5000],
    onUploadUrlAvailable: () => {
      if (upload.url !== null) void begun(envelope.part, upload.url);
    },
    onProgress: (sent, all) => tell(sent, all ?? file.size),
    onChunkComplete: () => connection(true),
    onSuccess: () => {
      finish();
      resolve();
    },
    onError: (error) => {
      const trouble = refusalIn(error);
      if (trouble !== null) {
        finish();
        reject(trouble);
        return;
      }
      connection(false);
      again = setTimeout(goOn, 4000);
    },
  });
  window.addEventListener('online', goOn);
  upload.start();
  return {
    done,
    pause: () => {
      paused = true;
      clearTimeout(again);
      void upload.abort();
    },
    resume: () => {
      paused = false;
      goOn();
    },
  };
}

/** What the platform answered, when it answered; null for a connection that failed and for failures that pass. */
function refusalIn(error: Error | DetailedError): Trouble | null {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  if (status === 0 || status >= 500 || status === 409 || status === 423 || status === 429) {
    const said = bodyOf(response?.getBody() ?? '');
    if (said === null || status >= 500) return null;
    return refused(said);
  }
  if (status === 401 || status === 403) return signedOut();
  return refused(
    bodyOf(response?.getBody() ?? '') ?? { zh: `平台拒绝了上传（${status}）。`, en: `The platform refused the upload (${status}).` },
  );
}

function bodyOf(text: string): { zh: string; en: string } | null {
  try {
    const body = JSON.parse(text) as Record<string, unknown>;
    const zh = body.detail ?? body.title;
    const en = body.detailEn ?? body.titleEn;
    return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : null;
  } catch {
    return null;
  }
}

const refused = (says: { zh: string; en: string }): Trouble =>
  new Trouble(
    says,
    { zh: '文件没有传完，投标没有递交。', en: 'The file is not whole on the platform; nothing was submitted.' },
    {
      zh: '请按提示处理后点“继续上传”；密封文件仍在本浏览器。',
      en: 'Mend it, then press “Go on”; the sealed file is still in this browser.',
    },
  );
const signedOut = (): Trouble =>
  new Trouble(
    { zh: '登录已失效。', en: 'You are no longer signed in.' },
    {
      zh: '上传停在原处，什么都没有丢失；投标尚未递交。',
      en: 'The upload stands where it was, nothing is lost; the bid is not submitted yet.',
    },
    {
      zh: '请在新标签页登录，再刷新本页，上传会从断处继续。',
      en: 'Sign in again in another tab and reload this page: the upload goes on where it stopped.',
    },
  );
const fileLost = (): Trouble =>
  new Trouble(
    { zh: '密封文件已不在本浏览器。', en: 'The sealed file is no longer in this browser.' },
    { zh: '浏览器数据可能被清理过；投标没有递交。', en: 'Its data may have been cleared; the bid was not submitted.' },
    { zh: '请重新检查并密封。', en: 'Check and seal again.' },
  );
