import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { determineAward } from '../../src/awards/determine-award.ts';
import { notifyAward } from '../../src/awards/notify-award.ts';
import { publishCandidates } from '../../src/awards/publish-candidates.ts';
import { unpack } from '../../src/evidence/archive.ts';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { later } from '../../src/kernel/clock.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, today } from '../awards/scene.ts';
import { evaluatedLot } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot, openingLot, publishedLot } from '../support/opened-lot.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';
import { witnessedTown } from './witness.ts';

const run = promisify(execFile);
let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
const folder = mkdtempSync(join(tmpdir(), 'yangguang-evidence-'));

beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  const witnessed = await witnessedTown(await makeTown(house));
  town = today(witnessed.town);
  stop = witnessed.stop;
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stop();
  await house.close();
});

/** Asks for the evidence; while the newest entries wait for their witnesses, asks again as a reader would. */
async function evidence(lot: string, who: Person | null): Promise<request.Response> {
  const token = who === null ? null : await who.token();
  for (let tries = 0; ; tries += 1) {
    const asked = request(house.app).get(`/api/lots/${lot}/evidence`).buffer(true).parse(bytes);
    const answer = await (token === null ? asked : asked.set('authorization', `Bearer ${token}`));
    if (answer.status !== 503 || tries > 50) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const bytes = (response: request.Response, done: (error: Error | null, body: unknown) => void): void => {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};
const problemIn = (answer: request.Response): string => JSON.parse((answer.body as Buffer).toString()).type;

const platformKey = async (): Promise<string> => (await house.api().get('/keys')).body.platform;
async function verdict(file: Buffer): Promise<{ result: string; why: string; checks: number; notes: string[] }> {
  const verified = await verifyBundle(new Uint8Array(file), { key: parseVerifierKey(await platformKey()) });
  const why = verified.result === 'verified' ? '' : `${verified.why.en} after ${verified.checks.at(-1)?.says.en}`;
  return { result: verified.result, why, checks: verified.checks.length, notes: verified.notes.map((note) => note.en) };
}
const typesIn = async (file: Buffer): Promise<Set<string>> => {
  const files = await unpack(new Uint8Array(file));
  const events = JSON.parse(Buffer.from(files?.get('journal/events.json') ?? []).toString()) as { event: { type: string } }[];
  return new Set(events.map(({ event }) => event.type));
};

describe('Before there is anything to prove', () => {
  it('a draft has no evidence for strangers, and a lot open for bids has none for anybody', async () => {
    const { lot } = await publishedLot(town);
    for (const who of [
      null,
      town.bidders[0],
      town.agent,
      town.tenderee,
      town.regulator,
      town.centre,
      town.administrator,
      town.experts[0],
    ]) {
      const answer = await evidence(lot, who ?? null);
      expect([answer.status, problemIn(answer)]).toEqual([409, '/problems/evidence-not-yet']);
    }
    expect((await evidence('019a0000-0000-7000-8000-000000000000', null)).status).toBe(404);
  }, 30_000);
});

describe('A lot that has been opened', () => {
  let lot: string;
  beforeAll(async () => {
    ({ lot } = await openedLot(town));
  }, 60_000);

  it('has evidence for its supervisor, which verifies', async () => {
    const answer = await evidence(lot, town.regulator);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-disposition']).toMatch(/\.evidence\.zip/);
    expect(await verdict(answer.body as Buffer)).toMatchObject({ result: 'verified', why: '' });
  }, 30_000);

  it('has none yet for host, bidders, experts and the public', async () => {
    for (const who of [null, town.agent, town.tenderee, town.bidders[0], town.experts[0], town.centre])
      expect((await evidence(lot, who ?? null)).status).toBe(409);
  }, 30_000);
});

describe('A tender that failed for want of bids', () => {
  it('verifies for everybody, and never names the one who bid', async () => {
    const { lot, bids } = await openingLot(town, { prices: ['17800000.00'] });
    const [first] = town.bidders;
    for (const who of [null, town.agent, town.regulator]) {
      const answer = await evidence(lot, who);
      expect(answer.status).toBe(200);
      const file = answer.body as Buffer;
      expect(await verdict(file)).toMatchObject({ result: 'verified', why: '' });
      expect(file.includes(first?.actor.code ?? '?')).toBe(false);
      expect(file.includes(bids[0] ?? '?')).toBe(false);
    }
  }, 60_000);
});

describe('A whole tender, from notice to award', () => {
  let lot: string;
  beforeAll(async () => {
    const evaluated = await evaluatedLot(town, { offers: ['17800000.00', '18000000.00', '18250000.00'].map((price) => ({ price })) });
    lot = evaluated.lot;
    const publicity = await house.perform(publishCandidates, town.agent.actor, { lot });
    const { publicityUntil } = await house.em().findOneOrFail(Lot, { id: lot });
    if (!publicityUntil) throw new Error(JSON.stringify(publicity.result));
    await house.clock.to(later(publicityUntil, 3_600_000));
    const [winner] = await house
      .em()
      .execute<{ submission: string }[]>('select submission from candidate where lot = ? and rank = 1', [lot]);
    await house.perform(determineAward, town.agent.actor, { lot, winner: winner?.submission });
    await house.perform(notifyAward, town.agent.actor, { lot });
  }, 120_000);

  it('gives everybody a file that the command line verifies, and refutes when one byte is changed', async () => {
    const answer = await evidence(lot, null);
    expect(answer.status).toBe(200);
    const file = join(folder, 'tender.evidence.zip');
    const key = await platformKey();
    writeFileSync(file, answer.body as Buffer);
    const { stdout } = await run(process.execPath, ['src/cli.ts', 'verify', file, '--key', key]);
    expect(stdout).toContain('✓');
    const altered = Buffer.from(answer.body as Buffer);
    const middle = altered.indexOf('"price"');
    altered[middle + 10] = (altered[middle + 10] ?? 0) ^ 1;
    writeFileSync(file, altered);
    await expect(run(process.execPath, ['src/cli.ts', 'verify', file, '--key', key])).rejects.toMatchObject({ code: 1 });
  }, 60_000);

  it('is cosigned by both witnesses of the council, at the closing and now', async () => {
    const answer = await evidence(lot, null);
    const files = await unpack(new Uint8Array(answer.body as Buffer));
    expect(JSON.parse(Buffer.from(files?.get('keys/witnesses.json') ?? []).toString())).toHaveLength(2);
    expect((await verdict(answer.body as Buffer)).notes).not.toContain('No witness cosigned.');
  });

  it('shows each kind of reader what it may see, and every edition verifies', async () => {
    const [open, host, full] = [await evidence(lot, null), await evidence(lot, town.agent), await evidence(lot, town.regulator)];
    for (const each of [open, host, full]) expect(await verdict(each.body as Buffer)).toMatchObject({ result: 'verified', why: '' });
    const [shownToAll, shownToHost, shownToSupervisor] = [
      await typesIn(open.body as Buffer),
      await typesIn(host.body as Buffer),
      await typesIn(full.body as Buffer),
    ];
    for (const types of [shownToAll, shownToHost, shownToSupervisor])
      for (const type of [
        'notice.published',
        'bid.received',
        'bidding.closed',
        'bid.read',
        'draw.completed',
        'evaluation.concluded',
        'award.determined',
      ])
        expect(types).toContain(type);
    expect(shownToAll).not.toContain('bid.scored');
    expect(shownToHost).toContain('bid.scored');
    expect(shownToAll).not.toContain('documents.collected');
    expect(shownToSupervisor).toContain('documents.collected');
  }, 60_000);

  it('is the same file for all readers of a kind', async () => {
    const events = async (who: Person | null) =>
      (await unpack(new Uint8Array((await evidence(lot, who)).body as Buffer)))?.get('award.json');
    expect(await events(town.bidders[0] ?? null)).toEqual(await events(null));
    expect(await typesIn((await evidence(lot, town.bidders[1] ?? null)).body as Buffer)).toEqual(
      await typesIn((await evidence(lot, town.experts[0] ?? null)).body as Buffer),
    );
  }, 30_000);
});
