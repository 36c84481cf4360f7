import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { databaseNow, type Frame } from '../kernel/act.ts';
import { problem } from '../kernel/problem.ts';
import { reportGates } from './channel.ts';
import { keepReport } from './message-reads.ts';

const unknownReport = problem(
  'unknown-delivery-report',
  'refused',
  '送达回执签名无效或已过时。',
  'The signature of this delivery report does not hold, or it is too old.',
);
const report = z.object({ id: z.uuid(), state: z.enum(['delivered', 'failed']) });

/**
 * Where gateways report what became of a message they took over: `POST /deliveries/<channel>`, signed like what we send them (protocol §16). The answer is the
 * same whether or not the message is known.
 */
export function deliveryRouter(frame: Frame): Router {
  const router = express.Router();
  router.post('/:channel', express.text({ type: '*/*', limit: '4kb' }), async (request: Request, response: Response) => {
    const gate = reportGates().get(String(request.params.channel));
    const body = typeof request.body === 'string' ? request.body : '';
    const time = request.get('x-yangguang-time') ?? '';
    if (!gate?.holds({ time, body, signature: request.get('x-yangguang-signature') ?? '' })) throw unknownReport();
    const read = report.safeParse(parsed(body));
    if (!read.success) throw unknownReport();
    const em = frame.fork();
    await keepReport(em, gate.channel, read.data.id, read.data.state, await databaseNow(em));
    response.sendStatus(204);
  });
  return router;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
