import request from 'supertest';
import { type NoteVerifier, parseVerifierKey } from '../../src/journal/checkpoint.ts';
import type { TestHouse } from './house.ts';
import { type OpenedLot, openedLot } from './opened-lot.ts';
import type { Town } from './town.ts';

/** A lot opened with a bid of every bidder of the town, each at its own price, through the real acts. */
export const crowdedLot = (town: Town): Promise<OpenedLot> =>
  openedLot(town, { offers: town.bidders.map((_, at) => ({ price: `${17_000_000 + at * 10_000}.00` })) });

/** The public edition of a lot's evidence, as anyone downloads it; waits while its newest entries are being numbered. */
export async function evidenceOfLot(house: TestHouse, lot: string): Promise<Uint8Array> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await request(house.app).get(`/api/lots/${lot}/evidence`).buffer(true).parse(collect);
    if (answer.status === 200) return new Uint8Array(answer.body as Buffer);
    if (answer.status !== 503) throw new Error(`the evidence was refused: ${answer.status}`);
    await new Promise((soon) => setTimeout(soon, 100));
  }
  throw new Error('the evidence waits for ever');
}

export async function evidenceKey(house: TestHouse): Promise<NoteVerifier | undefined> {
  const { body } = await house.api().get('/keys');
  return parseVerifierKey(String(body.platform));
}

function collect(response: request.Response, done: (error: Error | null, body: unknown) => void): void {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
}
