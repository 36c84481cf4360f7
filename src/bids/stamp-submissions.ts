import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../kernel/act.ts';
import { base64 } from '../kernel/bytes.ts';
import { chore } from '../kernel/clockwork.ts';
import { theAuthority, theTimestamper } from '../parties/authority.ts';
import { timestampService } from '../parties/timestamp-service.ts';
import { randomBytes } from '../sealing/digest.ts';
import { submissionBytes, submissionShape } from '../sealing/statement.ts';
import { stampOf, stampRequest, tokenIn, verifyStamp } from '../sealing/timestamp.ts';
import { Submission, SubmissionStamp } from './schema.ts';
import { stampsMissing } from './stamp-reads.ts';

async function statementOf(em: EntityManager, submission: string): Promise<Uint8Array> {
  return submissionBytes(submissionShape.parse((await em.findOneOrFail(Submission, { id: submission })).statement));
}

/** Kept beside the submission, unjournalled until the opening (record-stamps.ts says why); another worker's stamp is as good. */
async function keepStamp(em: EntityManager, submission: string, authority: 'platform' | 'external', token: Uint8Array): Promise<void> {
  await em.upsert(SubmissionStamp, { submission, authority, token: base64(token), recordedAt: null }, { onConflictAction: 'ignore' });
}

/** Our own time-stamping authority stamps every statement, right after it was received: no transaction waits for it. */
export const ownStamps = chore<string>({
  name: 'stamp-submissions',
  find: async (em) => (theAuthority().timestamping === null ? [] : stampsMissing(em, 'platform', 20)),
  key: (submission) => submission,
  async work(submission, { frame }) {
    const em = frame.fork();
    const content = await statementOf(em, submission);
    await keepStamp(em, submission, 'platform', await stampOf(content, theTimestamper(), await databaseNow(em)));
  },
});

/** When the outside authority was last asked, by this machine's own time. */
let asked = Number.NEGATIVE_INFINITY;

/**
 * An outside authority is asked in an even rhythm, whether or not a bid has come: where none waits, random bytes are sent. An authority, or whoever watches the line to it, that could count our
 * questions could count bids before their opening.
 */
export const outsideStamps = chore<{ readonly submission: string | null }>({
  name: 'stamp-submissions-outside',
  async find(em) {
    const service = timestampService();
    if (service === null || performance.now() - asked < service.every) return [];
    const [submission = null] = await stampsMissing(em, 'external', 1);
    return [{ submission }];
  },
  key: () => 'outside',
  async work({ submission }, { frame }) {
    const service = timestampService();
    if (service === null) return;
    asked = performance.now();
    const em = frame.fork();
    const content = submission === null ? randomBytes(32) : await statementOf(em, submission);
    const request = stampRequest(content);
    const token = tokenIn(await answerOf(service.url, request), request);
    const verdict = token === undefined ? undefined : await verifyStamp(token, content, service.anchors);
    if (token === undefined || !verdict?.ok) throw new Error(`${service.url} gave no time stamp that holds`);
    if (submission !== null) await keepStamp(em, submission, 'external', token);
  },
});

/** A stamp with its certificates is some kilobytes. */
const mostBytes = 100_000;

async function answerOf(url: string, request: Uint8Array): Promise<Uint8Array> {
  const headers = { 'content-type': 'application/timestamp-query' };
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: new Uint8Array(request),
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > mostBytes) throw new Error(`${url} answers with more than a time stamp`);
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
