import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { parseVerifierKey, verifyEd25519 } from '../journal/checkpoint.ts';
import { presentWitnesses } from '../journal/witness-reads.ts';
import { type Frame, parse, perform } from '../kernel/act.ts';
import { thePublic } from '../kernel/actor.ts';
import { fromBase64, utf8 } from '../kernel/bytes.ts';
import { systemClock } from '../kernel/clock.ts';
import { idField } from '../kernel/ids.ts';
import { problem } from '../kernel/problem.ts';
import { giveShare } from './give-share.ts';
import { evidenceOf, openTasks } from './reads.ts';
import { askLifetimeSeconds, askMessage } from './tasks.ts';

const unknownCustodian = problem('unknown-custodian', 'not-permitted', '托管程序身份验证失败。', 'This custodian could not be identified.');
const notWitnessedYet = problem(
  'not-witnessed-yet',
  'unavailable',
  '检查点尚未得到见证方联署。',
  'No checkpoint has been cosigned by enough witnesses yet.',
);

/**
 * The custodians' door, mounted at /council. They only call out: they poll for tasks, fetch the evidence, and hand in shares (which
 * authenticate themselves). Evidence is for known witnesses only, because it holds the envelopes' wrapped keys.
 */
export function custodianRouter(frame: Frame): Router {
  const router = express.Router();
  router.get('/tasks', async (request: Request, response: Response) => {
    const { trustee } = parse(z.object({ trustee: z.coerce.number().int().min(1).max(255) }), request.query);
    await identify(frame, request);
    response.json({ tasks: await openTasks(frame.fork(), trustee) });
  });
  router.get('/tasks/:task', async (request: Request, response: Response) => {
    await identify(frame, request);
    const { task } = parse(z.object({ task: idField }), request.params);
    const em = frame.fork();
    // more than half of the witnesses, as the custodians' own institutions ask of a checkpoint
    const quorum = Math.floor((await presentWitnesses(em, { ofCouncil: true })).length / 2) + 1;
    const evidence = await evidenceOf(em, task, quorum);
    if (!evidence) throw notWitnessedYet();
    response.json(evidence);
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

/** `x-custodian: <name> <posix seconds> <base64 Ed25519 signature over askMessage>` by a witness key this node knows. */
async function identify(frame: Frame, request: Request): Promise<void> {
  const [name, seconds, signature] = (request.get('x-custodian') ?? '').split(' ');
  const bytes = fromBase64(signature ?? '');
  const age = Math.abs(Date.parse(systemClock()) / 1000 - Number(seconds));
  if (!name || !bytes || !(age <= askLifetimeSeconds)) throw unknownCustodian();
  const message = utf8(askMessage(request.originalUrl, Number(seconds)));
  for (const vkey of await presentWitnesses(frame.fork(), { ofCouncil: true })) {
    const key = parseVerifierKey(vkey);
    if (key?.name === name && verifyEd25519(bytes, message, key)) return;
  }
  throw unknownCustodian();
}
