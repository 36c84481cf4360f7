import type { EntityManager } from '@mikro-orm/postgresql';
import type { Request, RequestHandler, Response } from 'express';
import { clockOf } from './node-reads.ts';

/** GET /clock: the server's time and the rate at which a sandbox hurries, as every page's script asks for it. */
export function clockRouter(fork: () => EntityManager): RequestHandler {
  return async (_request: Request, response: Response) => {
    response.set('cache-control', 'no-store').json(await clockOf(fork()));
  };
}
