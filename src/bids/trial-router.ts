import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { FileStore as TusFolder } from '@tus/file-store';
import { Server } from '@tus/server';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { parseVerifierKey, verifyEd25519 } from '../journal/checkpoint.ts';
import { trialMessage } from '../journal/probe.ts';
import type { Frame } from '../kernel/act.ts';
import { fromBase64, utf8 } from '../kernel/bytes.ts';
import { systemClock } from '../kernel/clock.ts';
import type { FileStore } from '../kernel/files.ts';
import { notFound, problem } from '../kernel/problem.ts';
import { dropUnfinished } from './upload-router.ts';

const unknownProbe = problem('unknown-probe', 'not-permitted', '探测方身份验证失败。', 'This probe could not be identified.');
const trialTooLarge = problem('trial-too-large', 'invalid', '试投文件过大。', 'The file of this trial is too large.');

/** A trial is the size of a small envelope; nobody stores anything here. */
const largestTrial = 64 * 1024;
/** How old the signature of a request may be, by real time. */
const trialLifetimeSeconds = 120;

/**
 * What a registered probe does at /uploads: the bidder's own steps (create, send, ask, end) over the same protocol, through the same database, folder and
 * file store, with a file that is thrown away once its digest was answered. A request without `x-probe` is none of its business and goes on.
 */
export function trialRouter({
  frame,
  files,
  folder,
}: {
  readonly frame: Frame;
  readonly files: FileStore;
  readonly folder: string;
}): Router {
  const begun = new WeakMap<object, string>();
  const server = new Server({
    path: '/uploads',
    datastore: new TusFolder({ directory: folder }),
    maxSize: largestTrial,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: (request) => begun.get(request.runtime?.node?.req ?? {}) ?? crypto.randomUUID(),
    onUploadFinish: async (_request, upload) => {
      const stored = await files.put(createReadStream(join(folder, upload.id)));
      await files.remove(stored.key);
      return { headers: { 'upload-digest': stored.sha256 } };
    },
  });

  const identified = async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    if (request.get('x-probe') === undefined) return next('router');
    const id = trialId(await probeOf(frame, request));
    if (request.method === 'POST') {
      if (!(Number(request.get('upload-length')) <= largestTrial)) throw trialTooLarge();
      begun.set(request, id);
      // one trial of a probe at a time: what an interrupted one left behind goes
      await dropUnfinished(join(folder, id));
    } else if (request.path !== `/${id}`) throw notFound();
    next();
  };
  const router = express.Router();
  router.use(identified, async (request: Request, response: Response) => {
    await server.handle(request, response);
  });
  return router;
}

/** One place for each probe, of a form that no upload's id has. */
const trialId = (probe: string): string => `trial-${Buffer.from(probe).toString('hex')}`;

/** `x-probe: <name> <posix seconds> <base64 Ed25519 signature over trialMessage>` by a probe this node knows, even one that new notices name no more. */
async function probeOf(frame: Frame, request: Request): Promise<string> {
  const [name = '', seconds, signature = ''] = (request.get('x-probe') ?? '').split(' ');
  const age = Math.abs(Date.parse(systemClock()) / 1000 - Number(seconds));
  const rows = await frame.fork().execute<{ vkey: string }[]>('select vkey from probe where name = ?', [name]);
  const key = parseVerifierKey(rows[0]?.vkey ?? '');
  const bytes = fromBase64(signature);
  const message = utf8(trialMessage(request.method, request.originalUrl, Number(seconds)));
  if (!key || !bytes || !(age <= trialLifetimeSeconds) || !verifyEd25519(bytes, message, key)) throw unknownProbe();
  return name;
}
