import type { EntityManager } from '@mikro-orm/postgresql';
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { parseVerifierKey, verifyEd25519 } from '../journal/checkpoint.ts';
import { presentWitnesses } from '../journal/witness-reads.ts';
import { type Frame, parse, perform } from '../kernel/act.ts';
import { thePublic } from '../kernel/actor.ts';
import { fromBase64, utf8 } from '../kernel/bytes.ts';
import { systemClock } from '../kernel/clock.ts';
import { idField } from '../kernel/ids.ts';
import { notFound, problem } from '../kernel/problem.ts';
import { giveShare } from './give-share.ts';
import { heedMessage, orderDigest } from './order.ts';
import { registerPage } from './orders-reads.ts';
import { notWitnessedYet } from './problems.ts';
import { SuspensionOrder } from './schema.ts';
import { evidenceOf, openTasks } from './task-reads.ts';
import { askLifetimeSeconds, askMessage } from './tasks.ts';

const unknownCustodian = problem('unknown-custodian', 'not-permitted', '托管程序身份验证失败。', 'This custodian could not be identified.');
/**
 * The custodians' door, mounted at /council. They only call out: they poll for tasks, fetch the evidence, and hand in shares (which
 * authenticate themselves). Evidence is for known witnesses only, because it holds the envelopes' wrapped keys.
 */
export function custodianRouter(frame: Frame): Router {
  const router = express.Router();
  router.get('/tasks', async (request: Request, response: Response) => {
    const { trustee, council } = parse(tasksQuery, request.query);
    await identify(frame, request);
    response.json({ tasks: await openTasks(frame.fork(), trustee, council ?? null) });
  });
  router.get('/tasks/:task', async (request: Request, response: Response) => {
    await identify(frame, request);
    const { task } = parse(z.object({ task: idField }), request.params);
    const em = frame.fork();
    const evidence = await evidenceOf(em, task);
    if (!evidence) throw notWitnessedYet();
    response.json(evidence);
  });
  // what binds an opening, for everybody: all of it is public already
  router.get('/register', async (request: Request, response: Response) => {
    const { from, size } = parse(registerQuery, request.query);
    response.set('cache-control', 'no-store').json(await registerPage(frame.fork(), from, size));
  });
  router.post('/orders/:order/heeds', express.json({ limit: '4kb' }), async (request: Request, response: Response) => {
    const { order } = parse(z.object({ order: idField }), request.params);
    const heed = parse(heedBody, request.body);
    const em = frame.fork();
    const standing = await em.findOne(SuspensionOrder, { id: order });
    if (!standing) throw notFound();
    const message = utf8(heedMessage(order, orderDigest(standing.statement), heed.seconds));
    if (!(await signedByWitness(em, heed.witness, heed.signature, message))) throw unknownCustodian();
    await em.execute(
      `insert into order_heed ("order", witness, seconds, signature, at) values (?, ?, ?, ?, yangguang_now()) on conflict do nothing`,
      [order, heed.witness, heed.seconds, heed.signature],
    );
    response.status(201).json({ order, witness: heed.witness });
  });
  router.post('/tasks/:task/shares', express.json({ limit: '2mb' }), async (request: Request, response: Response) => {
    const performed = await perform(
      frame,
      giveShare,
      { ...thePublic, address: request.ip ?? null },
      { task: request.params.task, share: request.body },
    );
    response.status(201).json(performed.result);
  });
  return router;
}

const tasksQuery = z.object({ trustee: z.coerce.number().int().min(1).max(255), council: idField.optional() });
const registerQuery = z.object({ from: z.coerce.number().int().min(0), size: z.coerce.number().int().min(1) });
const heedBody = z.object({ witness: z.string().max(128), seconds: z.number().int().positive(), signature: z.base64().max(100) });

/** `x-custodian: <name> <posix seconds> <base64 Ed25519 signature over askMessage>` by a witness key this node knows. */
async function identify(frame: Frame, request: Request): Promise<void> {
  const [name, seconds, signature] = (request.get('x-custodian') ?? '').split(' ');
  const age = Math.abs(Date.parse(systemClock()) / 1000 - Number(seconds));
  if (!name || !signature || !(age <= askLifetimeSeconds)) throw unknownCustodian();
  const message = utf8(askMessage(request.originalUrl, Number(seconds)));
  if (!(await signedByWitness(frame.fork(), name, signature, message))) throw unknownCustodian();
}

async function signedByWitness(em: EntityManager, name: string, signature: string, message: Uint8Array): Promise<boolean> {
  const bytes = fromBase64(signature);
  const keys = (await presentWitnesses(em, { ofCouncil: true })).map(parseVerifierKey);
  return bytes !== undefined && keys.some((key) => key?.name === name && verifyEd25519(bytes, message, key));
}
