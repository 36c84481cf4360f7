import { base64url } from '../kernel/bytes.ts';
import { runningSha256 } from '../sealing/digest.ts';
import { breathe } from './breath.ts';
import { Trouble } from './desk-parts.ts';

/**
 * Large files that a page makes: written piece by piece into the origin's private file system, so that neither the page nor the server ever holds
 * one in memory. Browsers without it keep the pieces as Blobs, which they page out themselves; there a file has an upper size.
 */
export interface WrittenFile {
  /** name in the private file system, or the content itself where there is none */
  readonly file: string | Blob;
  /** base64url SHA-256 */
  readonly sha256: string;
  readonly bytes: number;
}

const folderName = 'bids';
/** Written at once: fewer, larger writes are several times faster. */
const pieceBytes = 1024 * 1024;
/** The largest file kept as Blobs. */
export const mostBlobBytes = 100 * 1024 * 1024;

const isSupported = (): boolean =>
  'storage' in navigator && 'getDirectory' in navigator.storage && 'createWritable' in FileSystemFileHandle.prototype;

const folder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create: true });

/** Writes a stream to its end; `tell` hears the bytes so far. What was written of a stream that fails is removed. */
export async function writeFile(name: string, stream: ReadableStream<Uint8Array>, tell: (bytes: number) => void): Promise<WrittenFile> {
  // a page that was opened from a disk has no private file system, whatever the browser can do
  const keep = isSupported() ? await keepInFile(name).catch(orBlobs) : keepInBlobs();
  const running = runningSha256();
  let bytes = 0;
  // one buffer for the whole file: what is written is copied before the write ends
  const piece = new Uint8Array(pieceBytes);
  let filled = 0;
  const flush = async (): Promise<void> => {
    if (filled === 0) return;
    await keep.write(piece.subarray(0, filled));
    filled = 0;
    tell(bytes);
  };
  const take = async (read: Uint8Array): Promise<void> => {
    running.update(read);
    bytes += read.length;
    for (let at = 0; at < read.length; ) {
      const part = read.subarray(at, at + pieceBytes - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === pieceBytes) await flush();
    }
    await breathe();
  };
  try {
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) await take(next.value);
    await flush();
    return { file: await keep.close(), sha256: base64url(running.digest()), bytes };
  } catch (error) {
    await keep.abandon();
    throw isFull(error) ? full() : error;
  }
}

function orBlobs(error: unknown): Keeping {
  if (error instanceof DOMException && error.name === 'SecurityError') return keepInBlobs();
  throw error;
}

interface Keeping {
  write(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<string | Blob>;
  abandon(): Promise<void>;
}

async function keepInFile(name: string): Promise<Keeping> {
  const handle = await (await folder()).getFileHandle(name, { create: true });
  const writable = await handle.createWritable();
  return {
    write: (piece) => writable.write(piece),
    close: async () => {
      await writable.close();
      return name;
    },
    abandon: async () => {
      await writable.abort().catch(() => undefined); // it may be the writing itself that failed
      await removeFile(name);
    },
  };
}

function keepInBlobs(): Keeping {
  let whole = new Blob([]);
  return {
    write: async (piece) => {
      whole = new Blob([whole, piece]); // a Blob copies
      if (whole.size > mostBlobBytes) throw tooLarge();
    },
    close: async () => whole,
    abandon: async () => {
      whole = new Blob([]);
    },
  };
}

/** The content of a written file, read from disk as it is needed; undefined when the browser no longer has it. */
export async function openFile(file: string | Blob): Promise<Blob | undefined> {
  if (typeof file !== 'string') return file;
  try {
    return await (await (await folder()).getFileHandle(file)).getFile();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}

/** Removes a written file; one that is not there is well too. */
export async function removeFile(file: string | Blob): Promise<void> {
  if (typeof file !== 'string') return;
  await (await folder()).removeEntry(file).catch(() => undefined);
}

/** Removes every written file whose name begins so: what an earlier visit left behind. */
export async function removeFiles(prefix: string): Promise<void> {
  if (!isSupported()) return;
  const place = await folder();
  for await (const name of place.keys()) if (name.startsWith(prefix)) await place.removeEntry(name).catch(() => undefined);
}

/** Asks the browser not to clear what is kept here when its disk runs low; it may say no. */
export async function keepSafe(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
}

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';
const full = (): Trouble =>
  new Trouble(
    { zh: '本浏览器的存储空间不够。', en: 'This browser has no more room.' },
    { zh: '密封文件没有写完，尚未上传，也没有递交。', en: 'The sealed file could not be written; nothing was uploaded or submitted.' },
    {
      zh: '请清理磁盘，或换一台电脑、换一个非隐私窗口后重新密封。',
      en: 'Make room on the disk, or use another computer or a window that is not private, and seal again.',
    },
  );
const tooLarge = (): Trouble =>
  new Trouble(
    { zh: '本浏览器不支持这么大的文件（上限 100 MB）。', en: 'This browser cannot handle a file of this size (100 MB at most).' },
    { zh: '密封没有完成，尚未上传，也没有递交。', en: 'Sealing did not end; nothing was uploaded or submitted.' },
    {
      zh: '请改用新版 Chrome、Edge 或 Firefox，或压缩附件后再试。',
      en: 'Use a recent Chrome, Edge or Firefox, or make the attachments smaller.',
    },
  );
