import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore as TusFolder } from '@tus/file-store';
import { Server } from '@tus/server';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { databaseNow, type Frame } from '../kernel/act.ts';
import type { Actor } from '../kernel/actor.ts';
import type { FileStore } from '../kernel/files.ts';
import { newId } from '../kernel/ids.ts';
import { notPermitted, Problem } from '../kernel/problem.ts';
import { readHeaderOfFile } from '../sealing/decrypt-node.ts';
import { partShape } from '../sealing/shapes.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { biddingClosed, uploadIncomplete } from './problems.ts';
import { Upload } from './schema.ts';

/** One sealed bid may not be larger (also the longest a disk must be trusted with one bidder's upload). */
const largestEnvelope = 2 * 1024 ** 3;

export interface UploadOptions {
  readonly frame: Frame;
  readonly files: FileStore;
  /** where unfinished uploads lie */
  readonly folder: string;
  /** who sends this request, from its session cookie or bearer token; a page's script sends the form token along */
  readonly senderOf: (request: Request, response: Response) => Promise<Actor>;
}

const metadata = z.object({ lot: z.string().regex(/^[0-9a-f-]{36}$/), part: partShape });

/**
 * Resumable uploads of sealed envelopes (tus 1.0), mounted at /uploads. An upload belongs to one bidder and is nobody else's to see, resume or
 * count; its id is random. When the last byte is stored the file goes into the file store with its digest, and the head of the envelope is kept.
 */
export function uploadRouter({ frame, files, folder, senderOf }: UploadOptions): Router {
  const senders = new WeakMap<object, Actor>();
  const server = new Server({
    path: '/uploads',
    datastore: new TusFolder({ directory: folder }),
    maxSize: largestEnvelope,
    respectForwardedHeaders: true,
    relativeLocation: true,
    namingFunction: () => crypto.randomUUID(),
    onUploadCreate: async (request, upload) => {
      const sender = senderIn(request, senders);
      const read = metadata.safeParse(upload.metadata ?? {});
      if (!read.success || upload.size === undefined) throw tusProblem(uploadIncomplete());
      await begin(frame, sender, { id: upload.id, bytes: upload.size, ...read.data }).catch((error: unknown) => {
        throw error instanceof Problem ? tusProblem(error) : error;
      });
      return {};
    },
    onUploadFinish: async (_request, upload) => {
      await complete(frame, files, join(folder, upload.id), upload.id);
      return {};
    },
  });
  const router = express.Router();
  const own: RequestHandler = async (request, response, next) => {
    const sender = await senderOf(request, response);
    if (sender.role !== 'bidder' || sender.code === null) throw notPermitted();
    const id = request.path.slice(1);
    // an upload of somebody else is not there
    if (id !== '' && (await frame.fork().count(Upload, { id, party: sender.code })) === 0) return response.status(404).end();
    senders.set(request, sender);
    return next();
  };
  router.use(own, (request, response) => server.handle(request, response));
  return router;
}

/** tus hands the web request around; the Express request it was made from is the key under which the sender is known. */
function senderIn(request: { runtime?: { node?: { req?: object } } } | object, senders: WeakMap<object, Actor>): Actor {
  const { runtime } = request as { runtime?: { node?: { req?: object } } };
  const sender = runtime?.node?.req && senders.get(runtime.node.req);
  if (!sender) throw tusProblem(notPermitted());
  return sender;
}

const tusProblem = (problem: Problem): { status_code: number; body: string } => ({
  status_code: problem.definition.kind === 'not-permitted' ? 403 : 409,
  body: JSON.stringify({ type: `/problems/${problem.problem}`, title: problem.title.zh, titleEn: problem.title.en }),
});

interface Beginning {
  readonly id: string;
  readonly lot: string;
  readonly part: string;
  readonly bytes: number;
}

async function begin(frame: Frame, sender: Actor, { id, lot: lotId, part, bytes }: Beginning): Promise<void> {
  await frame.fork().transactional(async (em) => {
    const now = await databaseNow(em);
    const lot = await em.findOne(Lot, { id: lotId });
    if (!lot?.deadline || now >= lot.deadline) throw biddingClosed();
    allow('submit-bid', lot.phase);
    em.create(Upload, { id, party: sender.code ?? '', lot: lotId, part, bytes: BigInt(bytes), createdAt: now, envelope: newId(now) });
  });
}

async function complete(frame: Frame, files: FileStore, path: string, id: string): Promise<void> {
  const stored = await files.put(createReadStream(path));
  const head = await readHeaderOfFile(path);
  const em = frame.fork();
  const now = await databaseNow(em);
  const seal = head.ok
    ? { council: head.header.council, ephemeral: head.header.ephemeral, proof: head.header.proof, wrappedKey: head.header.wrappedKey }
    : null;
  await em.nativeUpdate(
    Upload,
    { id },
    { completedAt: now, sha256: stored.sha256, fileKey: stored.key, bytes: BigInt(stored.bytes), seal },
  );
  await rm(path, { force: true });
}
