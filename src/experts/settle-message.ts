import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { attemptsOf } from './message-reads.ts';
import { CallMessage, DrawSeat } from './schema.ts';

/**
 * A message has gone out, or no channel took it. One entry of the journal for a message, however often it was tried: more of them would tell
 * whoever jams a mailbox whose call it is.
 */
export const settleMessage = act({
  name: 'settle-message',
  by: ['system'],
  says: { zh: '登记通知的发送结果', en: 'Record how a message to a called expert went out' },
  takes: z.object({ message: idField }),
  async run(call, command) {
    const message = await lock(call, CallMessage, command.message);
    if (message.state !== 'waiting') throw notFound();
    const attempts = await attemptsOf(call.em, message.id);
    const sent = attempts.some(({ channel, state }) => channel !== 'in-app' && (state === 'accepted' || state === 'delivered'));
    message.state = sent ? 'sent' : 'unreached';
    message.settledAt = call.now;
    const { lot, request, specialty, commitment } = await call.em.findOneOrFail(DrawSeat, { id: message.seat });
    const channels = attempts.map(({ channel, tries, state, at, failure }) => ({ channel, tries, state, at, failure: failure ?? null }));
    const told = { request, specialty, expert: commitment, kind: message.kind, channels };
    return { result: { state: message.state }, facts: [fact('expert.notified', { lot }, told)] };
  },
});
