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
import { collectDocuments } from '../../src/bids/collect-documents.ts';
import { answerObjection } from '../../src/challenges/answer-objection.ts';
import { objectToRecord } from '../../src/challenges/object-to-record.ts';
import { Objection } from '../../src/challenges/schema.ts';
import { unpack } from '../../src/evidence/archive.ts';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { append } from '../../src/journal/append.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { fact } from '../../src/journal/event.ts';
import { databaseNow, type Fact } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { later } from '../../src/kernel/clock.ts';
import { closeOpeningRecord } from '../../src/openings/close-opening-record.ts';
import { CouncilTask } from '../../src/openings/schema.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, today } from '../awards/scene.ts';
import { attends, confirms, readAndDrawn, word } from '../openings/scene.ts';
import { evaluatedLot } from '../support/evaluated-lot.ts';
import { holdNumbers } from '../support/held-numbers.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openingLot, publishedLot, submitSealed } from '../support/opened-lot.ts';
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

/** Asks for a bundle; while the newest entries wait for their witnesses, asks again as a reader would. */
async function download(path: string, who: Person | null): Promise<request.Response> {
  const token = who === null ? null : await who.token();
  for (let tries = 0; ; tries += 1) {
    const asked = request(house.app).get(path).buffer(true).parse(bytes);
    const answer = await (token === null ? asked : asked.set('authorization', `Bearer ${token}`));
    if (answer.status !== 503 || tries > 50) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const evidence = (lot: string, who: Person | null): Promise<request.Response> => download(`/api/lots/${lot}/evidence`, who);

/** The regulator's edition, taken on record. */
async function taken(lot: string, who: Person = town.regulator): Promise<request.Response> {
  const { body } = await (await who.api()).post(`/lots/${lot}/evidence`, { ground: '办理投诉，需复核' }).expect(201);
  return download(`/api/lots/${lot}/evidence/${body.look}`, who);
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
async function jsonIn<T>(file: Buffer, name: string): Promise<T> {
  const files = await unpack(new Uint8Array(file));
  return JSON.parse(Buffer.from(files?.get(name) ?? []).toString()) as T;
}
const typesIn = async (file: Buffer): Promise<Set<string>> =>
  new Set((await jsonIn<{ event: { type: string } }[]>(file, 'journal/events.json')).map(({ event }) => event.type));
const withheldIn = async (file: Buffer): Promise<readonly string[]> =>
  (await jsonIn<{ reason: string }[]>(file, 'journal/withheld.json')).map(({ reason }) => reason);

describe('Before the opening', () => {
  it('a draft has no evidence; what is not there has none for anybody', async () => {
    const { lot } = await publishedLot(town);
    expect((await evidence('019a0000-0000-7000-8000-000000000000', null)).status).toBe(404);
    await house.em().execute('update lot set published_at = null where id = ?', [lot]);
    expect((await evidence(lot, null)).status).toBe(404);
    const answer = await evidence(lot, town.agent);
    expect([answer.status, problemIn(answer)]).toEqual([409, '/problems/evidence-not-yet']);
  }, 30_000);

  it('both editions verify from the notice on, and neither changes by a single entry when somebody bids', async () => {
    const { lot } = await publishedLot(town);
    const before = [(await evidence(lot, null)).body as Buffer, (await taken(lot)).body as Buffer];
    for (const file of before) expect(await verdict(file)).toMatchObject({ result: 'verified', why: '' });
    const [bidder, second] = town.bidders;
    if (!bidder || !second) throw new Error('the town has bidders');
    const bid = await submitSealed(town, lot, bidder, { price: '17800000.00' });
    await house.perform(collectDocuments, second.actor, { lot });
    await settled();
    const after = [(await evidence(lot, null)).body as Buffer, (await taken(lot)).body as Buffer];
    for (const [at, file] of after.entries()) {
      expect(await verdict(file)).toMatchObject({ result: 'verified', why: '' });
      // the second taking stands beside the first; besides, not one entry came
      const shown = async (bundle: Buffer) =>
        (await jsonIn<{ event: { type: string } }[]>(bundle, 'journal/events.json')).filter(({ event }) => event.type !== 'matter.viewed');
      expect((await shown(file)).map(({ event }) => event)).toEqual((await shown(before[at] ?? Buffer.of())).map(({ event }) => event));
      expect(await withheldIn(file)).toEqual([]);
      for (const name of [bid, bidder.actor.code ?? '?', second.actor.code ?? '?']) expect(file.includes(name)).toBe(false);
    }
  }, 60_000);

  it('does not make readers wait because a bidder’s entry waits for its number: the waiting would tell', async () => {
    const { lot } = await publishedLot(town);
    await settled();
    // a bidder's question tells of an interested party as a bid does, and nobody prints a paper of it
    const hidden = fact('question.asked', { lot, party: town.bidders[0]?.actor.code ?? '' }, { question: lot, text: 'x' });
    const seen = fact('opening.attended', { lot }, { bidder: 'x', name: 'x', statement: {}, signature: '' });
    const asked = async (each: Fact, expected: number) => {
      const letGo = await holdNumbers(house);
      try {
        await house.em().transactional(async (em) => append(em, [each], theSystem, await databaseNow(em)));
        await request(house.app).get(`/api/lots/${lot}/evidence`).expect(expected);
      } finally {
        await letGo();
      }
    };
    await asked(hidden, 200);
    await settled();
    await asked(seen, 503);
  }, 30_000);
});

describe('A lot that has been opened', () => {
  let lot: string;
  beforeAll(async () => {
    ({ lot } = await openingLot(town));
    // what bidders sign in the session is checked along with everything else
    const [first, second] = town.bidders as [Person, Person];
    for (const bidder of [first, second]) await attends(town, lot, bidder);
    await readAndDrawn(town, lot);
    await confirms(town, lot, first);
    await house.perform(objectToRecord, second.actor, (await word(town, lot, second, { text: '质量标准读错' })) as never);
    const raised = await house.em().findOneOrFail(Objection, { lot });
    await house.perform(answerObjection, town.agent.actor, { objection: raised.id, answer: '已核对无误。' });
    await house.perform(closeOpeningRecord, town.agent.actor, { lot });
  }, 60_000);

  it('shows everyone the same public edition, which verifies and holds no key to a bid', async () => {
    const files: Buffer[] = [];
    for (const who of [null, town.agent, town.bidders[0] ?? null, town.experts[0] ?? null, town.centre, town.regulator]) {
      const answer = await evidence(lot, who);
      expect(answer.headers['content-disposition']).toMatch(/\.public\.evidence\.zip/);
      files.push(answer.body as Buffer);
    }
    // signing in makes the journal longer, and the proofs with it: what is shown is the same for all
    const shown = async (file: Buffer) => [
      (await jsonIn<{ event: unknown; salt: string }[]>(file, 'journal/events.json')).map(({ event, salt }) => [event, salt]),
      (await jsonIn<{ index: number; reason: string }[]>(file, 'journal/withheld.json')).map(({ index, reason }) => [index, reason]),
      await jsonIn(file, 'openings/whole.json'),
    ];
    for (const file of files) expect(await shown(file)).toEqual(await shown(files[0] ?? Buffer.of()));
    expect(await verdict(files[0] ?? Buffer.of())).toMatchObject({ result: 'verified', why: '' });
    expect(files[0]?.includes('wrappedKey')).toBe(false);
  }, 30_000);

  it('counts what it withholds now that counting is allowed: collected documents, not the reviews to come', async () => {
    const reasons = await withheldIn((await evidence(lot, null)).body as Buffer);
    // three bidders collected the documents; a refused act may stand beside them
    expect(reasons.filter((reason) => reason === 'party').length).toBeGreaterThanOrEqual(3);
    expect(reasons).not.toContain('evaluation');
    expect(reasons).not.toContain('supervision');
  });

  it('gives its supervisor the edition with the keys, marked as what it is, under another name', async () => {
    const answer = await taken(lot);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-disposition']).toMatch(/\.regulator\.evidence\.zip/);
    const file = answer.body as Buffer;
    expect(await verdict(file)).toMatchObject({ result: 'verified', why: '' });
    expect((await verdict(file)).notes.join()).toContain('Regulator’s edition');
    expect(file.includes('wrappedKey')).toBe(true);
    expect(await typesIn(file)).toContain('documents.collected');
    expect(await withheldIn(file)).not.toContain('party');
  }, 30_000);

  it('gives that edition to nobody else, nor without a ground, nor under another person’s look', async () => {
    for (const who of [town.agent, town.tenderee, town.centre, town.administrator, town.bidders[0]])
      await (await (who ?? town.agent).api()).post(`/lots/${lot}/evidence`, { ground: '想看一看' }).expect(403);
    await house.api().post(`/lots/${lot}/evidence`, { ground: '想看一看' }).expect(401);
    const regulator = await town.regulator.api();
    await regulator.post(`/lots/${lot}/evidence`, { ground: '短' }).expect(422);
    const looked = (await regulator.post(`/lots/${lot}/evidence`, { ground: '办理投诉' }).expect(201)).body as { look: string };
    expect((await download(`/api/lots/${lot}/evidence/${looked.look}`, town.agent)).status).toBe(403);
    // another event of the same lot is no taking
    const rows = await house
      .em()
      .execute<{ id: string }[]>("select id from journal_event where lot = ? and type = 'bid.read' limit 1", [lot]);
    expect((await download(`/api/lots/${lot}/evidence/${rows[0]?.id}`, town.regulator)).status).toBe(404);
  }, 30_000);

  it('puts each taking on record, and what was taken stays what it was', async () => {
    const { look } = (await (await town.regulator.api()).post(`/lots/${lot}/evidence`, { ground: '办理投诉' }).expect(201)).body as {
      look: string;
    };
    // the same cosignatures, the same bytes: both witnesses have looked
    await settled();
    const first = await download(`/api/lots/${lot}/evidence/${look}`, town.regulator);
    await taken(lot);
    const again = await download(`/api/lots/${lot}/evidence/${look}`, town.regulator);
    expect((again.body as Buffer).equals(first.body as Buffer)).toBe(true);
    const seen = await jsonIn<{ event: { type: string; data: { matter?: string; ground?: string } } }[]>(
      first.body as Buffer,
      'journal/events.json',
    );
    expect(seen.at(-1)?.event).toMatchObject({ type: 'matter.viewed', data: { matter: 'evidence', ground: '办理投诉' } });
  }, 30_000);

  it('explains both editions on a page with sizes and hashes, and offers the regulator’s to the regulator alone', async () => {
    const page = async (who: Person | null): Promise<string> => {
      const asked = request(house.app).get(`/lots/${lot}/evidence`).set('accept', 'text/html');
      const { text } = await (who === null ? asked : asked.set('authorization', `Bearer ${await who.token()}`)).expect(200);
      return text;
    };
    // an entry numbered between the page and the file makes another file: asked again until nothing came between
    let file: Buffer;
    let forAll: string;
    do {
      file = (await evidence(lot, null)).body as Buffer;
      forAll = await page(null);
    } while (!file.equals((await evidence(lot, null)).body as Buffer));
    expect(forAll).toContain(base64url(sha256(new Uint8Array(file))).slice(0, 12));
    expect(forAll).toContain('yangguang-verify.html');
    expect(forAll).not.toContain('name="ground"');
    const forRegulator = await page(town.regulator);
    expect(forRegulator).toContain('name="ground"');
    expect(forRegulator).toContain('办理投诉');
  }, 30_000);
});

describe('A tender that failed for want of bids', () => {
  it('verifies for everybody, and never names the one who bid', async () => {
    const { lot, bids } = await openingLot(town, { prices: ['17800000.00'] });
    const [first] = town.bidders;
    const answers = [await evidence(lot, null), await evidence(lot, town.agent), await taken(lot)];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      const file = answer.body as Buffer;
      expect(await withheldIn(file)).toEqual([]);
      expect(await verdict(file)).toMatchObject({ result: 'verified', why: '' });
      expect(file.includes(first?.actor.code ?? '?')).toBe(false);
      expect(file.includes(bids[0] ?? '?')).toBe(false);
    }
  }, 60_000);
  it('gives each bid back unopened, by an event with its digest that its bidder alone sees; the council was never asked', async () => {
    const { lot, bids } = await openingLot(town, { prices: ['17800000.00', '17900000.00'] });
    expect(await house.em().count(CouncilTask, { lot })).toBe(0);
    const returnedTo = async (who: Person | null): Promise<unknown[]> => {
      const asked = request(house.app).get(`/api/lots/${lot}/timeline`);
      const { text } = await (who === null ? asked : asked.set('authorization', `Bearer ${await who.token()}`)).expect(200);
      const { entries } = JSON.parse(text) as {
        entries: { type: string; data: { submission?: string; parts?: { sha256: string }[] } | null }[];
      };
      return entries.filter(({ type }) => type === 'bid.returned').map(({ data }) => data?.submission);
    };
    await settled();
    const [first, second] = town.bidders;
    expect(await returnedTo(first ?? null)).toEqual([bids[0]]);
    expect(await returnedTo(second ?? null)).toEqual([bids[1]]);
    for (const other of [null, town.agent, town.regulator, town.administrator]) expect(await returnedTo(other)).toEqual([]);
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

  it('shows everyone what is public and the supervisor the rest; what each lacks is listed with its reason, and both verify', async () => {
    const [open, full] = [(await evidence(lot, null)).body as Buffer, (await taken(lot)).body as Buffer];
    for (const each of [open, full]) expect(await verdict(each)).toMatchObject({ result: 'verified', why: '' });
    const [shownToAll, shownToSupervisor] = [await typesIn(open), await typesIn(full)];
    for (const types of [shownToAll, shownToSupervisor])
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
    for (const type of ['bid.scored', 'documents.collected', 'lot.drafted', 'matter.viewed']) {
      expect(shownToAll).not.toContain(type);
      expect(shownToSupervisor).toContain(type);
    }
    const reasons = new Set(await withheldIn(open));
    for (const reason of ['party', 'evaluation', 'preparation']) expect(reasons).toContain(reason);
    expect(await withheldIn(full)).not.toContain('evaluation');
    expect((await verdict(open)).notes.join()).toMatch(/Withheld, \d+: what single members/);
  }, 60_000);

  it('makes the same bytes again while the journal stands still', async () => {
    await settled();
    const [one, other] = [await evidence(lot, null), await evidence(lot, null)];
    expect((one.body as Buffer).equals(other.body as Buffer)).toBe(true);
  }, 30_000);
});

/** Until every event has its number and both witnesses have signed over it. */
async function settled(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const rows = await house.em().execute<{ done: boolean }[]>(
      `select (select count(*) from journal_event) = (select max(size) from journal_checkpoint)
         and (select count(*) from journal_cosignature where size = (select max(size) from journal_checkpoint)) = 2 as done`,
    );
    if (rows[0]?.done) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the journal does not come to rest');
}
