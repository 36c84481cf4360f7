import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow, type Frame, perform } from '../kernel/act.ts';
import { theSystem } from '../kernel/actor.ts';
import { chore } from '../kernel/clockwork.ts';
import { Problem } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { wordingOf } from './call-message.ts';
import { type Channel, channels, failures, frontAddress, SendFailure } from './channel.ts';
import {
  attemptsOf,
  beginAttempt,
  dueMessages,
  keepFailure,
  keepNoAddress,
  keepReceipt,
  type Outgoing,
  outgoing,
} from './message-reads.ts';
import { settleMessage } from './settle-message.ts';

/**
 * Sends what stands in the outbox. The try is noted before the message leaves and its outcome after, so a worker that is killed sends twice rather than
 * never; the id of the attempt goes with it, by which the other side knows the second for the first. A channel that fails for good makes way for the next.
 */
export const deliverMessages = chore<string>({
  name: 'deliver-messages',
  find: async (em, now) => (channels().size === 0 ? [] : dueMessages(em, now, 20)),
  key: (message) => message,
  async work(message, { frame }) {
    const em = frame.fork();
    const due = await outgoing(em, message, await databaseNow(em));
    if (due && (await sendOnce(em, due)) === 'settled') await settle(frame, message);
  },
});

/** One try by the first channel that has not failed; `settled` when a channel has taken the message, or none is left. */
async function sendOnce(em: EntityManager, due: Outgoing): Promise<'settled' | 'waits'> {
  const attempts = new Map((await attemptsOf(em, due.message)).map((attempt) => [attempt.channel, attempt.state]));
  for (const { channel, to } of due.route) {
    const state = attempts.get(channel.name);
    if (state === 'accepted' || state === 'delivered') return 'settled';
    if (state === 'failed') continue;
    if (to !== null) return tryChannel(em, due, channel, to);
    await keepNoAddress(em, due.message, channel.name, await databaseNow(em));
  }
  return 'settled';
}

async function tryChannel(em: EntityManager, due: Outgoing, channel: Channel, to: string): Promise<'settled' | 'waits'> {
  const now = await databaseNow(em);
  const { id, tries } = await beginAttempt(em, due.message, channel.name, now);
  try {
    const receipt = await channel.send({ id, to, ...wordingOf(due.kind, { ...due.facts, address: frontAddress() }) });
    await keepReceipt(em, id, receipt, await databaseNow(em));
    return 'settled';
  } catch (error) {
    // whatever else an error says may name the receiver: it goes nowhere
    const failure = error instanceof SendFailure ? error : new SendFailure('unreachable');
    const again = failures[failure.why].again && tries < parameter('op.callout.tries.max', dayOf(now));
    await keepFailure(em, id, failure, again ? rest(tries) : null, await databaseNow(em));
    return 'waits';
  }
}

/** Seconds until the next try: 5, 10, 20 … */
export const rest = (tries: number): number => Math.min(120, 5 * 2 ** (tries - 1));

async function settle(frame: Frame, message: string): Promise<void> {
  await perform(frame, settleMessage, theSystem, { message }).catch((error: unknown) => {
    // another worker was faster
    if (!(error instanceof Problem)) throw error;
  });
}
