import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { SubmissionStamp } from '../../src/bids/schema.ts';
import { outsideStamps, ownStamps } from '../../src/bids/stamp-submissions.ts';
import { unpack } from '../../src/evidence/archive.ts';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { databaseNow } from '../../src/kernel/act.ts';
import { fromBase64 } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { authorityPem, theAuthority } from '../../src/parties/authority.ts';
import { resumeCertificate } from '../../src/parties/resume-certificate.ts';
import { revokeCertificate } from '../../src/parties/revoke-certificate.ts';
import { suspendCertificate } from '../../src/parties/suspend-certificate.ts';
import { useTimestampService } from '../../src/parties/timestamp-service.ts';
import { certificatePem, readCertificates } from '../../src/sealing/certificate.ts';
import { verifyStamp } from '../../src/sealing/timestamp.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { witnessedTown } from '../openness/witness.ts';
import { openssl } from '../sealing/pki.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
let lot: string;
let deadline: Instant;
const bids: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'yangguang-signers-'));
/** An outside time-stamping authority: a real one, openssl behind a small HTTP server. */
let outside: Server;
const asked: Buffer[] = [];

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  const witnessed = await witnessedTown(await makeTown(house, { bidders: 6 }));
  town = witnessed.town;
  stop = witnessed.stop;
  lot = (await publishedLot(town)).lot;
  deadline = (await house.em().findOneOrFail(Lot, { id: lot })).deadline as Instant;
  outside = await outsideAuthority();
}, 60_000);
afterAll(async () => {
  useTimestampService(null);
  outside.close();
  rmSync(folder, { recursive: true, force: true });
  await stop();
  await house.close();
});

const at = (name: string): string => join(folder, name);

async function outsideAuthority(): Promise<Server> {
  const subject = ['-subj', '/CN=Outside TSA', '-days', '30', '-addext', 'keyUsage=critical,digitalSignature'];
  const purpose = ['-addext', 'extendedKeyUsage=critical,timeStamping'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:3072', '-nodes', '-keyout', at('key.pem'), '-out', at('outside.pem'), ...subject, ...purpose],
    { stdio: 'ignore' },
  );
  writeFileSync(at('serial'), '01\n');
  writeFileSync(
    at('tsa.cnf'),
    `[tsa]\ndefault_tsa = one\n[one]\nserial = ${at('serial')}\ndigests = sha256\ndefault_policy = 1.2.3.4\nsigner_digest = sha256\ness_cert_id_alg = sha256\n`,
  );
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      asked.push(Buffer.concat(pieces));
      writeFileSync(at('query'), Buffer.concat(pieces));
      execFileSync(
        'openssl',
        [
          'ts',
          '-reply',
          '-config',
          at('tsa.cnf'),
          '-queryfile',
          at('query'),
          '-signer',
          at('outside.pem'),
          '-inkey',
          at('key.pem'),
          '-out',
          at('reply'),
        ],
        { stdio: 'ignore' },
      );
      response.setHeader('content-type', 'application/timestamp-reply').end(readFileSync(at('reply')));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

const bidder = (n: number): Person => town.bidders[n] as Person;
const serialOf = async (n: number): Promise<string> => (await bidder(n).signer()).certificate.serial;
const revoke = async (n: number) => house.perform(revokeCertificate, bidder(n).actor, { serial: await serialOf(n), reason: 'key-exposed' });
const suspend = async (n: number) => house.perform(suspendCertificate, bidder(n).actor, { serial: await serialOf(n) });
const resume = async (n: number) => house.perform(resumeCertificate, bidder(n).actor, { serial: await serialOf(n) });
const entries = async (): Promise<number> =>
  Number((await house.em().execute<{ n: string }[]>('select count(*) as n from journal_event'))[0]?.n);
async function turn(which: typeof ownStamps | typeof outsideStamps): Promise<number> {
  const em = house.em();
  const found = await which.find(em, await databaseNow(em));
  for (const item of found) await which.work(item as never, { frame: house.frame, files: house.files });
  return found.length;
}
const binary = (response: request.Response, done: (error: Error | null, body: unknown) => void): void => {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};
async function fetched(path: string, who: Person | null): Promise<request.Response> {
  for (let tries = 0; ; tries += 1) {
    const asking = request(house.app).get(path).buffer(true).parse(binary);
    const answer = await (who === null ? asking : asking.set('authorization', `Bearer ${await who.token()}`));
    if (answer.status !== 503 || tries > 50) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const eventOf = async (submission: string): Promise<string> =>
  (
    await house
      .em()
      .execute<{ id: string }[]>(
        `select id from journal_event where type = 'bid.received' and body::jsonb -> 'data' -> 'statement' ->> 'id' = ?`,
        [submission],
      )
  )[0]?.id ?? '';

describe('A statement', () => {
  it('signed with a certificate on hold is refused by name; nothing is stored', async () => {
    await suspend(5);
    await expect(submitSealed(town, lot, bidder(5), { price: '18500000.00' })).rejects.toThrow('certificate-not-standing');
    await resume(5);
    await house.clock.to(later((await databaseNow(house.em())) as Instant, 1000));
    for (let n = 0; n < 6; n += 1) bids.push(await submitSealed(town, lot, bidder(n), { price: `1${n + 2}000000.00` }));
  });

  it('is stamped by the platform right away, and no entry of the journal tells so', async () => {
    const before = await entries();
    expect(await turn(ownStamps)).toBe(6);
    expect(await turn(ownStamps)).toBe(0);
    expect(await entries()).toBe(before);
    expect(await house.em().count(SubmissionStamp, { authority: 'platform' })).toBe(6);
  });

  it('shows its stamp to its bidder alone, and openssl verifies it', async () => {
    const event = await eventOf(bids[0] ?? '');
    const [token, statement] = [
      await fetched(`/api/receipts/${event}/stamps/platform`, bidder(0)),
      await fetched(`/api/receipts/${event}/statement`, bidder(0)),
    ];
    expect([token.status, statement.status]).toEqual([200, 200]);
    writeFileSync(at('token'), token.body);
    writeFileSync(at('statement'), statement.body);
    writeFileSync(at('root.pem'), certificatePem(theAuthority().root));
    const seconds = String(Math.floor(new Date(await databaseNow(house.em())).getTime() / 1000));
    const verified = openssl(
      'ts',
      '-verify',
      '-token_in',
      '-in',
      at('token'),
      '-data',
      at('statement'),
      '-CAfile',
      at('root.pem'),
      '-attime',
      seconds,
    );
    expect(verified.says).toContain('OK');
    for (const who of [null, bidder(1), town.agent, town.tenderee, town.regulator, town.centre, town.administrator]) {
      expect((await fetched(`/api/receipts/${event}/stamps/platform`, who)).status).toBe(404);
      expect((await fetched(`/api/receipts/${event}/statement`, who)).status).toBe(404);
    }
    const page = await fetched(`/receipts/${event}`, bidder(0));
    expect(page.body.toString()).toContain(`/receipts/${event}/stamps/platform`);
  });

  it('is stamped by an outside authority in an even rhythm; where no bid waits it is asked about random bytes', async () => {
    const pem = readFileSync(at('outside.pem'), 'utf8');
    const { port } = outside.address() as AddressInfo;
    const service = { url: `http://127.0.0.1:${port}/`, anchors: readCertificates(pem), pem, every: 1 };
    useTimestampService(service);
    for (let round = 0; round < 6; round += 1) {
      expect(await turn(outsideStamps)).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const stamps = await house.em().find(SubmissionStamp, { authority: 'external' });
    expect(stamps.map((stamp) => stamp.submission).sort()).toEqual([...bids].sort());
    expect(await turn(outsideStamps)).toBe(1);
    expect(new Set(asked.map((each) => each.length)).size).toBe(1);
    expect(new Set(asked.map((each) => each.toString('hex'))).size).toBe(7);
    expect(await house.em().count(SubmissionStamp, { authority: 'external' })).toBe(6);
    useTimestampService({ ...service, every: 60_000 });
    expect(await turn(outsideStamps)).toBe(0);
    const event = await eventOf(bids[0] ?? '');
    const statement = new Uint8Array((await fetched(`/api/receipts/${event}/statement`, bidder(0))).body);
    const token = new Uint8Array((await fetched(`/api/receipts/${event}/stamps/external`, bidder(0))).body);
    expect((await verifyStamp(token, statement, service.anchors)).ok).toBe(true);
    writeFileSync(at('token'), token);
    expect(
      openssl('ts', '-verify', '-token_in', '-in', at('token'), '-data', at('statement'), '-CAfile', at('outside.pem')).says,
    ).toContain('OK');
  });

  it('and an outside authority that answers for somebody else, or not at all, leaves no stamp', async () => {
    const stranger = readCertificates(authorityPem(theAuthority()));
    const { port } = outside.address() as AddressInfo;
    const service = { url: `http://127.0.0.1:${port}/`, anchors: stranger, pem: '', every: 0 };
    useTimestampService(service);
    await expect(turn(outsideStamps)).rejects.toThrow('no time stamp that holds');
    useTimestampService({ ...service, url: 'http://127.0.0.1:9/' });
    await expect(turn(outsideStamps)).rejects.toThrow();
    const pem = readFileSync(at('outside.pem'), 'utf8');
    useTimestampService({ url: `http://127.0.0.1:${port}/`, anchors: readCertificates(pem), pem, every: 3_600_000 });
  });
});

describe('The time-stamping authority of the platform', () => {
  it('stamps for anybody what openssl asks about, and openssl verifies the answer', async () => {
    openssl('ts', '-query', '-data', at('statement'), '-sha256', '-cert', '-out', at('ask'));
    const answer = await request(house.app)
      .post('/timestamps')
      .set('content-type', 'application/timestamp-query')
      .send(readFileSync(at('ask')))
      .buffer(true)
      .parse(binary);
    expect([answer.status, answer.type]).toEqual([200, 'application/timestamp-reply']);
    writeFileSync(at('answer'), answer.body);
    const seconds = String(Math.floor(new Date(await databaseNow(house.em())).getTime() / 1000));
    const verified = openssl('ts', '-verify', '-queryfile', at('ask'), '-in', at('answer'), '-CAfile', at('root.pem'), '-attime', seconds);
    expect(verified.says).toContain('OK');
  });

  it('refuses what is no request, in the words of the protocol', async () => {
    const answer = await request(house.app)
      .post('/timestamps')
      .set('content-type', 'application/timestamp-query')
      .send(Buffer.from('hello'))
      .buffer(true)
      .parse(binary);
    writeFileSync(at('refusal'), answer.body);
    expect(openssl('ts', '-reply', '-in', at('refusal'), '-text').says).toContain('wrong format');
  });
});

describe('At the opening', () => {
  it('a certificate revoked or on hold before the deadline refuses the bid, to the millisecond; afterwards it is noted', async () => {
    await house.clock.to(later(deadline, -2));
    await suspend(3);
    await suspend(4);
    await house.clock.to(later(deadline, -1));
    await revoke(0);
    await resume(4);
    await house.clock.to(deadline);
    await revoke(1);
    await resume(3);
    await until(town, async () => {
      const sealed = await house.em().count(OpeningItem, { lot, state: 'sealed' });
      return (await phaseOf(house, lot)) === 'opening' && sealed === 0;
    });
    const items = new Map((await house.em().find(OpeningItem, { lot })).map((item) => [item.submission, item]));
    const outcome = bids.map((bid) => [items.get(bid)?.state, items.get(bid)?.reason ?? null, items.get(bid)?.note ?? null]);
    expect(outcome).toEqual([
      ['invalid', 'certificate-revoked', null],
      ['opened', null, { fall: 'certificate-revoked', at: deadline }],
      ['opened', null, null],
      ['invalid', 'certificate-suspended', null],
      ['opened', null, null],
      ['opened', null, null],
    ]);
    expect(items.get(bids[0] ?? '')?.attributedTo).toBe('bidder');
  }, 60_000);

  it('the stamps enter the journal, for everybody; the evidence holds, with the same rule applied offline', async () => {
    await until(town, async () => (await house.em().count(SubmissionStamp, { recordedAt: null })) === 0);
    const answer = await fetched(`/api/lots/${lot}/evidence`, town.regulator);
    expect(answer.status).toBe(200);
    const key = parseVerifierKey((await house.api().get('/keys')).body.platform);
    const verified = await verifyBundle(new Uint8Array(answer.body), { key });
    expect([verified.result, verified.result === 'verified' ? '' : verified.why.en]).toEqual(['verified', '']);
    const checks = verified.checks.map((check) => check.says.en);
    expect(checks).toContain('12 time stamps of statements hold');
    expect(checks.filter((check) => check.includes('had indeed fallen before the deadline'))).toHaveLength(2);
    expect(checks.filter((check) => check.includes('stood at the deadline'))).toHaveLength(4);
    const files = await unpack(new Uint8Array(answer.body));
    const events = JSON.parse(Buffer.from(files?.get('journal/events.json') ?? []).toString()) as {
      event: { type: string; data: { token?: string } };
    }[];
    const tokens = events.filter(({ event }) => event.type === 'submission.stamped');
    expect(tokens).toHaveLength(12);
    expect(fromBase64(tokens[0]?.event.data.token ?? '')?.length).toBeGreaterThan(1000);
    expect((await fetched(`/api/receipts/${await eventOf(bids[0] ?? '')}/stamps/platform`, null)).status).toBe(200);
  }, 60_000);
});
