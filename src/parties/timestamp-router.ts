import type { EntityManager } from '@mikro-orm/postgresql';
import express, { type Request, type Response, type Router } from 'express';
import { databaseNow } from '../kernel/act.ts';
import { grantStamp, readStampRequest, refusedStamp } from '../sealing/timestamp.ts';
import { theTimestamper } from './authority.ts';

const requestType = 'application/timestamp-query';

/**
 * The platform's time-stamping authority (RFC 3161 over HTTP, §3.4), for anyone and about anything: it sees a digest, keeps nothing and counts
 * nothing. Mounted at /timestamps.
 */
export function timestampRouter(fork: () => EntityManager): Router {
  const router = express.Router();
  router.post('/', express.raw({ type: requestType, limit: '8kb' }), async (request: Request, response: Response) => {
    const authority = theTimestamper();
    const asked: unknown = request.body;
    const read = readStampRequest(Buffer.isBuffer(asked) ? new Uint8Array(asked) : new Uint8Array());
    const answer = typeof read === 'string' ? refusedStamp(read) : await grantStamp(read, authority, await databaseNow(fork()));
    response.type('application/timestamp-reply').set('cache-control', 'no-store').send(Buffer.from(answer));
  });
  return router;
}
