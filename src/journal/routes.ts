import type { EntityManager } from '@mikro-orm/postgresql';
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { type Frame, perform } from '../kernel/act.ts';
import { thePublic } from '../kernel/actor.ts';
import { notFound, problem } from '../kernel/problem.ts';
import { parseNote, parseVerifierKey } from './checkpoint.ts';
import { checkpointAt, newestCheckpoint, readNodes, snapshotSizes } from './reads.ts';
import { reportRefusal } from './report-refusal.ts';
import { entryBundle, isServed, nodesOfTile, parseTilePath, type Tile, tileBytes, tileWidth } from './tiles.ts';
import { cosignedAt } from './witness.ts';
import { presentWitnesses, witnessStandings } from './witness-reads.ts';

const unknownCosignature = problem(
  'unknown-cosignature',
  'refused',
  '联署无效，或联署方未登记。',
  'The cosignature does not verify, or its witness is unknown here.',
);
const cosignature = z.object({ size: z.number().int().positive(), line: z.string().min(10).max(500) });

/**
 * The journal as static files (C2SP tlog-tiles), for anyone: `/checkpoint`, `/tile/<L>/<N>`, `/tile/entries/<N>`; and the place where
 * witnesses hand in their cosignatures (which authenticate themselves). Mounted at /journal.
 */
export function journalRouter(frame: Frame): Router {
  const { fork } = frame;
  const router = express.Router();
  router.get('/checkpoint', async (request: Request, response: Response) => {
    const size = typeof request.query.size === 'string' && /^\d{1,15}$/.test(request.query.size) ? Number(request.query.size) : null;
    const found = size === null ? await newestCheckpoint(fork()) : await checkpointAt(fork(), size);
    if (!found) throw notFound();
    response.type('text/plain; charset=utf-8').set('cache-control', 'no-store').send(found.text);
  });
  router.get('/snapshots', async (request: Request, response: Response) => {
    const from = typeof request.query.from === 'string' && /^\d{1,15}$/.test(request.query.from) ? Number(request.query.from) : 0;
    response.set('cache-control', 'no-store').json({ sizes: await snapshotSizes(fork(), from) });
  });
  router.get('/witnesses', async (_request: Request, response: Response) => {
    response
      .set('cache-control', 'no-store')
      .json({ witnesses: await presentWitnesses(fork()), standings: await witnessStandings(fork()) });
  });
  router.get(/^\/tile\/.+$/, async (request: Request, response: Response) => {
    const tile = parseTilePath(request.path.slice(1));
    const em = fork();
    const size = (await newestCheckpoint(em))?.size ?? 0;
    if (!tile || !isServed(tile, size)) throw notFound();
    const bytes = tile.level === 'entries' ? await entriesOf(em, tile) : await hashesOf(em, tile);
    // a tile never changes, not even a partial one: a log only grows
    response.type('application/octet-stream').set('cache-control', 'public, max-age=31536000, immutable').send(Buffer.from(bytes));
  });
  router.post('/cosignatures', express.json({ limit: '4kb' }), async (request: Request, response: Response) => {
    const read = cosignature.safeParse(request.body);
    if (!read.success) throw unknownCosignature();
    const em = fork();
    const witness = await witnessOf(em, read.data);
    await em.execute('insert into journal_cosignature (size, witness, line, at) values (?, ?, ?, yangguang_now()) on conflict do nothing', [
      read.data.size,
      witness,
      read.data.line,
    ]);
    await em.execute(`select pg_notify('cosignature', ?)`, [String(read.data.size)]);
    response.status(201).json({ size: read.data.size, witness });
  });
  router.post('/refusals', express.json({ limit: '64kb' }), async (request: Request, response: Response) => {
    const { result } = await perform(frame, reportRefusal, { ...thePublic, address: request.ip ?? null }, request.body);
    response.status(201).json(result);
  });
  return router;
}

/** The name of the known witness whose cosignature this is. */
async function witnessOf(em: EntityManager, { size, line }: { size: number; line: string }): Promise<string> {
  const rows = await em.execute<{ text: string }[]>('select text from journal_checkpoint where size = ?', [size]);
  const text = rows[0]?.text;
  const note = text === undefined ? undefined : parseNote(text + line);
  if (!note) throw unknownCosignature();
  for (const vkey of await presentWitnesses(em)) {
    const key = parseVerifierKey(vkey);
    if (key && cosignedAt(note, key) !== undefined) return key.name;
  }
  throw unknownCosignature();
}

async function entriesOf(em: EntityManager, tile: Tile): Promise<Uint8Array> {
  const from = tile.index * tileWidth;
  const rows = await em.execute<{ commitment: Buffer }[]>(
    'select commitment from journal_leaf where index >= ? and index < ? order by index',
    [from, from + tile.width],
  );
  return entryBundle(rows.map((row) => new Uint8Array(row.commitment)));
}

async function hashesOf(em: EntityManager, tile: Tile): Promise<Uint8Array> {
  return tileBytes(tile, await readNodes(em, nodesOfTile(tile)));
}
