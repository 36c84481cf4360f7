import type { Readable } from 'node:stream';

/** What the file store tells of a file it has taken in whole. */
export interface StoredFile {
  /** random; says nothing of the content or its owner */
  readonly key: string;
  /** base64url SHA-256 of the content */
  readonly sha256: string;
  readonly bytes: number;
}

/** Where documents, envelopes and papers lie. Content is streamed both ways, never held whole. */
export interface FileStore {
  put(content: Readable): Promise<StoredFile>;
  /** From `start` (inclusive) to `end` (inclusive), or all of it. */
  read(key: string, range?: { readonly start: number; readonly end?: number }): Readable;
  remove(key: string): Promise<void>;
  /** A path on this machine with the content (downloaded first where the store is remote); for programs that need to seek. */
  localPath(key: string): Promise<string>;
}
