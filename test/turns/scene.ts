import request from 'supertest';
import { Envelope } from '../../src/bids/schema.ts';
import { judge, Refusal, type Trust } from '../../src/custody/judge.ts';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { presentWitnesses } from '../../src/journal/witness-reads.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { CouncilTask } from '../../src/openings/schema.ts';
import { evidenceOf } from '../../src/openings/task-reads.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import type { TestHouse } from '../support/house.ts';
import { houseNow } from '../support/opened-lot.ts';
import type { Person, Town } from '../support/town.ts';

const body = (response: request.Response, done: (error: Error | null, read: unknown) => void): void => {
  const pieces: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  stream.on('end', () => done(null, Buffer.concat(pieces)));
};

/** The evidence of a lot, once witnesses have caught up: the public edition, or the regulator's, taken on record. */
export async function bundleOf(house: TestHouse, lot: string, regulator?: Person): Promise<Uint8Array> {
  const headers = regulator ? { authorization: `Bearer ${await regulator.token()}` } : {};
  const taking = `/api/lots/${lot}/evidence`;
  const taken = regulator && (await request(house.app).post(taking).set(headers).send({ ground: '履行监督职责，核验评审表' }));
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await request(house.app)
      .get(taken ? `${taking}/${taken.body.look}` : taking)
      .set(headers)
      .buffer(true)
      .parse(body);
    if (answer.status === 200) return new Uint8Array(answer.body as Buffer);
    if (answer.status !== 503) throw new Error(`no evidence: ${answer.status} ${String(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the witnesses did not catch up');
}

/** What the verifier says of it: `verified`, or why not; with its checks and notes in English. */
export async function verdictOf(house: TestHouse, bytes: Uint8Array) {
  const key = parseVerifierKey((await house.api().get('/keys')).body.platform);
  const verified = await verifyBundle(bytes, { key });
  return {
    result: verified.result === 'verified' ? 'verified' : `${verified.why.en} after ${verified.checks.at(-1)?.says.en}`,
    checks: verified.checks.map((check) => check.says.en),
    notes: verified.notes.map((note) => note.en),
  };
}

/** What a custodian says to a server that asks for these bids' envelopes of a part now, with everything the journal truly holds. */
export async function custodianAsked(
  { house, council }: Town,
  lot: string,
  asked: { readonly part: string; readonly bids: readonly string[]; readonly envelopesOf?: string; readonly now?: Instant },
): Promise<string> {
  const em = house.em();
  const task = await em.findOneOrFail(CouncilTask, { lot, kind: 'opening' }, { orderBy: { askedAt: 'asc' } });
  const witnesses = await presentWitnesses(em, { ofCouncil: true });
  const evidence = await settledEvidence(house, task.id, lot);
  const envelopes = await em.find(Envelope, { lot, part: asked.envelopesOf ?? asked.part, submission: { $in: [...asked.bids] } });
  const bidders = new Map(
    (await em.execute<{ id: string; bidder: string }[]>('select id, bidder from submission where lot = ?', [lot])).map(({ id, bidder }) => [
      id,
      bidder,
    ]),
  );
  const items = envelopes.map(({ submission, sha256, ephemeral, proof, wrappedKey }) => ({
    submission,
    bidder: bidders.get(submission) ?? '',
    sha256,
    ephemeral,
    proof,
    wrappedKey,
  }));
  const closed = evidence.events.find(({ event }) => event.type === 'bidding.closed')?.event.data as { treeSize: number };
  const snapshot = await request(house.app).get(`/journal/checkpoint?size=${closed.treeSize}`);
  const trust: Trust = { platform: (await house.api().get('/keys')).body.platform, witnesses, quorum: 2, council };
  try {
    judge({ ...evidence, opening: { part: asked.part, items } }, trust, {
      now: asked.now ?? (await houseNow(house)),
      answered: {},
      snapshot: (size) => (size === closed.treeSize ? snapshot.text : undefined),
    });
    return 'answered';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

/** Evidence that holds every event of the lot there is. */
async function settledEvidence(house: TestHouse, task: string, lot: string): Promise<TaskEvidence> {
  for (let tries = 0; tries < 100; tries += 1) {
    const em = house.em();
    const [row] = await em.execute<{ count: string }[]>('select count(*) from journal_event where lot = ?', [lot]);
    const evidence = await evidenceOf(em, task);
    const own = evidence?.events.filter(({ event }) => event.subject.lot === lot).length;
    if (evidence && own === Number(row?.count)) return evidence;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the journal did not settle');
}
