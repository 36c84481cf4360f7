import express, { type Request, type Response, type Router } from 'express';
import { reportAvailability } from '../journal/report-availability.ts';
import { databaseNow, type Frame, perform } from '../kernel/act.ts';
import { thePublic } from '../kernel/actor.ts';
import { awaitedDeadlines } from './outage-reads.ts';

/**
 * The probes' door, mounted at /probes/door. They only call out: they ask what time it is here and which published deadlines are near, and hand in signed
 * statements, which authenticate themselves. All of it is public.
 */
export function probeRouter(frame: Frame): Router {
  const router = express.Router();
  router.get('/now', async (_request: Request, response: Response) => {
    const em = frame.fork();
    const now = await databaseNow(em);
    response.set('cache-control', 'no-store').json({ now, deadlines: await awaitedDeadlines(em, now) });
  });
  router.post('/statements', express.json({ limit: '4kb' }), async (request: Request, response: Response) => {
    const { result, events } = await perform(frame, reportAvailability, { ...thePublic, address: request.ip ?? null }, request.body);
    response.status(201).json({ ...result, event: events[0] });
  });
  return router;
}
