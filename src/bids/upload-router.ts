import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import { FileStore as TusFolder } from '@tus/file-store';
import { Metadata, Server } from '@tus/server';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { databaseNow, type Frame } from '../kernel/act.ts';
import type { Actor } from '../kernel/actor.ts';
import { base64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { FileStore } from '../kernel/files.ts';
import { newId } from '../kernel/ids.ts';
import { notFound, notPermitted, notSignedIn } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { readCoverOfFile, readHeaderOfFile } from '../sealing/decrypt-node.ts';
import { idShape, partShape } from '../sealing/shapes.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { envelopeTooLarge, tooManyUploads, uploadUnreadable } from './problems.ts';
import { graceOfUpload, openUploads } from './reads.ts';
import { Interest, Upload } from './schema.ts';
import { beforeDeadline, documentsBefore } from './submit-bid.ts';

const gigabyte = 1024 ** 3;
/** One sealed bid may not be larger (also the longest a disk must be trusted with one bidder's upload). */
export const largestEnvelope = 2 * gigabyte;
/** How many uploads of one bidder for one lot may wait to be submitted: enough for every mishap, too few to fill a disk. */
export const mostOpenUploads = 20;

export interface UploadOptions {
  readonly frame: Frame;
  readonly files: FileStore;
  /** where unfinished uploads lie */
  readonly folder: string;
  /** who sends this request, from its session cookie or bearer token; a page's script sends the form token along */
  readonly senderOf: (request: Request, response: Response) => Promise<Actor>;
}

interface Bidder {
  readonly code: string;
}

/**
 * Resumable uploads of sealed envelopes (tus 1.0), mounted at /uploads. An upload belongs to one bidder and is nobody else's to see, resume or
 * count; its id is random. When the last byte is stored the file goes into the file store with its digest, and the head of the envelope is kept.
 * Refusals leave as `Problem`s, for the web room to word.
 */
export function uploadRouter({ frame, files, folder, senderOf }: UploadOptions): Router {
  const begun = new WeakMap<object, string>();
  const finishing = new Map<string, Promise<void>>();
  /** Once for each upload, however many requests ask for it at the same time. */
  const finish = (id: string): Promise<void> => {
    const running = finishing.get(id) ?? complete(frame, files, join(folder, id), id).finally(() => finishing.delete(id));
    finishing.set(id, running);
    return running;
  };
  const server = new Server({
    path: '/uploads',
    datastore: new TusFolder({ directory: folder }),
    maxSize: largestEnvelope,
    relativeLocation: true,
    // only pages of this node upload: no other origin is ever invited
    allowedOrigins: [],
    namingFunction: (request) => begun.get(request.runtime?.node?.req ?? {}) ?? crypto.randomUUID(),
    onUploadFinish: async (_request, upload) => {
      await finish(upload.id);
      return {};
    },
  });

  const begin = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const bidder = await bidderOf(request, response, senderOf);
    begun.set(request, await beginUpload(frame, bidder, asked(request)));
    next();
  };
  const resume = async (request: Request<{ id: string }>, response: Response, next: NextFunction): Promise<unknown> => {
    const bidder = await bidderOf(request, response, senderOf);
    const upload = await frame.fork().findOne(Upload, { id: request.params.id, party: bidder.code });
    // an upload of somebody else is not there
    if (!upload) throw notFound();
    // The last byte may have come without its answer reaching the bidder, or with us dying before the file was put away.
    const whole = upload.completedAt !== null || (await sizeOf(join(folder, upload.id))) === Number(upload.bytes);
    if (!whole) {
      if (request.method === 'PATCH') await stillOpen(frame, upload);
      return next();
    }
    if (upload.completedAt === null) await finish(upload.id);
    const bytes = String(upload.bytes);
    response.set({ 'tus-resumable': '1.0.0', 'upload-offset': bytes, 'upload-length': bytes, 'cache-control': 'no-store' });
    return response.status(request.method === 'HEAD' ? 200 : 204).end();
  };
  const handOver = (request: Request, response: Response): Promise<unknown> => server.handle(request, response);

  const router = express.Router();
  router.post('/', begin, handOver);
  router.head('/:id', resume, handOver);
  router.patch('/:id', resume, handOver);
  // Nobody fetches or deletes here: an own envelope is fetched where it was submitted, the rest is swept.
  router.use(() => {
    throw notFound();
  });
  return router;
}

async function bidderOf(request: Request, response: Response, senderOf: UploadOptions['senderOf']): Promise<Bidder> {
  const { role, code } = await senderOf(request, response);
  if (role === 'public') throw notSignedIn();
  if (role !== 'bidder' || code === null) throw notPermitted();
  return { code };
}

const question = z.object({ lot: idShape, part: partShape, bytes: z.int().min(1) });
type Question = z.infer<typeof question>;

/** What an upload says of itself before its first byte. */
function asked(request: Request): Question {
  const length = request.get('upload-length') ?? '';
  const read = question.safeParse({
    ...metadataOf(request.get('upload-metadata')),
    bytes: /^\d{1,15}$/.test(length) ? Number(length) : null,
  });
  if (!read.success) throw uploadUnreadable();
  if (read.data.bytes > largestEnvelope) throw envelopeTooLarge({ values: { gigabytes: largestEnvelope / gigabyte } });
  return read.data;
}

function metadataOf(header: string | undefined): object {
  try {
    return Metadata.parse(header);
  } catch {
    return {}; // whatever is unreadable lacks what is asked
  }
}

/** Takes note of an upload and answers its id. Refused as the submission would be, while there is time to mend it. */
async function beginUpload(frame: Frame, { code }: Bidder, { lot: lotId, part, bytes }: Question): Promise<string> {
  return frame.fork().transactional(async (em) => {
    const now = await databaseNow(em);
    const lot = await em.findOne(Lot, { id: lotId });
    if (!lot?.publishedAt) throw notFound();
    const copy = await copyTakenUntil(em, { lot: lotId, party: code, part });
    uphold([beforeDeadline], { now, deadline: copy ?? lot.deadline });
    if (copy === null) {
      allow('submit-bid', lot.phase);
      uphold([documentsBefore], { collected: (await em.count(Interest, { lot: lotId, party: code })) > 0 });
    }
    if (!(termsOf(lot).parts as readonly string[]).includes(part)) throw uploadUnreadable();
    if ((await openUploads(em, code, lotId)).length >= mostOpenUploads) throw tooManyUploads();
    const id = crypto.randomUUID();
    em.create(Upload, { id, party: code, lot: lotId, part, bytes: BigInt(bytes), createdAt: now, envelope: newId(now) });
    return id;
  });
}

/**
 * After the deadline bytes are taken for a live commitment alone, within its grace, or for the copy that the notice's remedy lets a bidder hand in: nothing else
 * could be submitted with them.
 */
async function stillOpen(frame: Frame, upload: Upload): Promise<void> {
  const em = frame.fork();
  const lot = await em.findOne(Lot, { id: upload.lot }, { fields: ['deadline'] });
  const now = await databaseNow(em);
  const deadline = lot?.deadline ?? null;
  const late = deadline !== null && now >= deadline;
  const longer = late ? ((await graceOfUpload(em, upload, deadline)) ?? (await copyTakenUntil(em, upload))) : null;
  uphold([beforeDeadline], { now, deadline: longer ?? deadline });
}

let copyTakenUntil: (
  em: EntityManager,
  asked: { readonly lot: string; readonly party: string; readonly part: string },
) => Promise<Instant | null> = async () => null;
/** The openings room says here until when a bidder's copy of a part is taken; null where none is awaited. */
export function provideCopies(find: typeof copyTakenUntil): void {
  copyTakenUntil = find;
}

async function complete(frame: Frame, files: FileStore, path: string, id: string): Promise<void> {
  const head = await readHeaderOfFile(path);
  const seal = head.ok
    ? { council: head.header.council, ephemeral: head.header.ephemeral, proof: head.header.proof, wrappedKey: head.header.wrappedKey }
    : await coverAt(path);
  const stored = await files.put(createReadStream(path));
  const em = frame.fork();
  const now = await databaseNow(em);
  const taken = await em.nativeUpdate(
    Upload,
    { id, completedAt: null },
    { completedAt: now, sha256: stored.sha256, fileKey: stored.key, bytes: BigInt(stored.bytes), seal },
  );
  // another node was faster: its copy counts
  if (taken === 0) await files.remove(stored.key);
  await dropUnfinished(path);
}

/** What the head says under the policy `bidder+council`: the bidder's own layer, and nothing else that could be read. */
async function coverAt(path: string): Promise<{ readonly cover: string } | null> {
  const cover = await readCoverOfFile(path);
  return cover ? { cover: base64url(cover) } : null;
}

/** Removes what lies in the folder of unfinished uploads under this path; nothing there is well too. */
export async function dropUnfinished(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.json`, { force: true });
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return found?.size ?? null;
}
