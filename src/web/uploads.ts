import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { StagedFile } from '../kernel/endpoint.ts';
import type { FileStore } from '../kernel/files.ts';
import { problem } from '../kernel/problem.ts';
import { asWritten } from './line-breaks.ts';

export const fileTooLarge = problem('file-too-large', 'too-large', '文件过大。', 'The file is too large.');
export const unreadableForm = problem('unreadable-form', 'invalid', '表单内容无法读取。', 'The form could not be read.');

const largestFile = 500 * 1024 * 1024;

/**
 * Reads a multipart form: text fields as they are, each named file field streamed into the store. A file that nothing refers to
 * in the end is swept later; when the form breaks off, what was stored of it is removed at once.
 */
export async function readMultipart(
  request: IncomingMessage,
  fileFields: readonly string[],
  files: FileStore,
): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  const storing: Promise<void>[] = [];
  const stored: string[] = [];
  let tooLarge = false;
  await new Promise<void>((resolve, reject) => {
    const reader = new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { fileSize: largestFile, files: 10, fields: 400, fieldSize: 1_000_000 },
      defParamCharset: 'utf8',
    } as never);
    reader.on('field', (name: string, value: string) => {
      if (!fileFields.includes(name)) body[name] = asWritten(value);
    });
    reader.on('file', (name: string, stream: Readable & { truncated?: boolean }, filename: string, _encoding: string, type: string) => {
      if (!fileFields.includes(name) || !filename) {
        stream.resume();
        return;
      }
      storing.push(
        files.put(Readable.from(stream)).then((file) => {
          stored.push(file.key);
          if (stream.truncated) tooLarge = true;
          const staged: StagedFile = { ...file, name: filename.slice(-200), type: type || 'application/octet-stream' };
          body[name] = staged;
        }),
      );
    });
    reader.on('error', () => reject(unreadableForm()));
    reader.on('finish', () => resolve());
    request.on('aborted', () => reject(unreadableForm()));
    request.pipe(reader);
  }).catch(async (error: unknown) => {
    await Promise.allSettled(storing);
    await Promise.all(stored.map((key) => files.remove(key)));
    throw error;
  });
  await Promise.all(storing);
  if (tooLarge) {
    await Promise.all(stored.map((key) => files.remove(key)));
    throw fileTooLarge();
  }
  return body;
}
