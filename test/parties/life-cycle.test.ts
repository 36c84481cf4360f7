import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { theSystem } from '../../src/kernel/actor.ts';
import { dateOf, type Instant, instantOf, later, systemClock } from '../../src/kernel/clock.ts';
import { makeAuthority, readAuthority, theAuthority, useAuthority } from '../../src/parties/authority.ts';
import { fateOfSerial, standingCertificate } from '../../src/parties/certificate-reads.ts';
import { sessionOf } from '../../src/parties/reads.ts';
import { todo } from '../../src/parties/todo-reads.ts';
import { certificatePem, readCertificate } from '../../src/sealing/certificate.ts';
import { createSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { readRevocationList, revocationListPem } from '../../src/sealing/revocation-list.ts';
import { openssl, withOpenssl } from '../sealing/pki.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { administrator, registered, signIn } from './people.ts';

const day = 86_400_000;
/** a full hour that lies ahead: the clock of a sandbox never goes back */
const start = instantOf(new Date((Math.floor(dateOf(systemClock()).getTime() / day) + 1) * day + 3_600_000));
let house: TestHouse;
let folder: string;
beforeAll(async () => {
  useAuthority(await readAuthority(await makeAuthority({ now: later(start, -day), sandbox: true })), 'https://ggzy.example.cn');
  folder = mkdtempSync(join(tmpdir(), 'yangguang-cycle-'));
  house = await openHouse({ at: start });
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await house.close();
});

const csr = async (): Promise<string> => {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair;
  return signingRequestPem(await createSigningRequest({ commonName: 'anyone' }, pair));
};

async function holder(n: number) {
  const person = await registered(house, n);
  const { token } = await signIn(house, person.login);
  const issued = (await house.api(token).post('/certificates', { csr: await csr() })).body;
  const of = (what: string, body: object = {}, by = token) => house.api(by).post(`/certificates/${issued.serial}/${what}`, body);
  const stands = (at: Instant) => standingCertificate(house.em(), person.code, issued.serial, issued.fingerprint, at);
  return { ...person, token, issued, of, stands, serial: issued.serial as string };
}

async function list(): Promise<{ der: Buffer; entries: ReadonlyMap<string, string>; number: bigint; nextUpdate: Instant }> {
  const answer = await request(house.app)
    .get('/certificates/revocations.crl')
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => done(null, Buffer.concat(pieces)));
    });
  expect([answer.status, answer.type]).toEqual([200, 'application/pkix-crl']);
  const read = await readRevocationList(new Uint8Array(answer.body), theAuthority().issuing.certificate);
  if (!read.ok) throw read.problem;
  const { entries, number, nextUpdate } = read.list;
  return { der: answer.body, entries: new Map(entries.map((each) => [each.serial, each.reason])), number, nextUpdate };
}

const now = async (): Promise<Instant> =>
  (await house.em().execute<{ now: Date }[]>('select yangguang_now() as now'))[0]?.now as unknown as Instant;
const pass = async (milliseconds: number): Promise<Instant> => house.clock.to(later(instantOf(new Date(await now())), milliseconds));

describe('A certificate on hold', () => {
  it('signs nothing until it is lifted, is on the list meanwhile, and off it afterwards', async () => {
    const one = await holder(1);
    const at = await pass(1000);
    expect(await one.stands(at)).not.toBeNull();
    const before = await list();
    expect((await one.of('suspension')).status).toBe(201);
    await expect(one.stands(at)).rejects.toThrow('certificate-not-standing');
    expect((await one.of('suspension')).body.type).toBe('/problems/certificate-not-standing');
    const held = await list();
    expect(held.entries.get(one.serial)).toBe('certificateHold');
    expect(held.number > before.number).toBe(true);
    const after = await pass(1000);
    expect((await one.of('resumption')).status).toBe(201);
    expect((await one.of('resumption')).body.type).toBe('/problems/certificate-not-on-hold');
    expect(await one.stands(after)).not.toBeNull();
    await expect(one.stands(at)).rejects.toThrow('certificate-not-standing');
    const lifted = await list();
    expect(lifted.entries.has(one.serial)).toBe(false);
    expect(lifted.number > held.number).toBe(true);
  });

  it('by the administrator is lifted by the administrator alone; by another organisation not at all', async () => {
    const [one, other] = [await holder(2), await holder(3)];
    const { token } = await signIn(house, await administrator(house));
    expect((await one.of('suspension', {}, other.token)).status).toBe(404);
    expect((await one.of('suspension', {}, token)).status).toBe(201);
    expect((await one.of('resumption')).body.type).toBe('/problems/certificate-held-by-administrator');
    expect((await one.of('resumption', {}, token)).status).toBe(201);
  });

  it('can be revoked, and never comes back then', async () => {
    const one = await holder(4);
    await one.of('suspension');
    expect((await one.of('revocation', { reason: 'key-exposed' })).status).toBe(201);
    expect((await one.of('resumption')).body.type).toBe('/problems/certificate-already-revoked');
    expect((await list()).entries.get(one.serial)).toBe('keyCompromise');
  });
});

describe('A certificate that is renewed', () => {
  it('signs for the overlap of seven days, to the millisecond, and then stands on the list as superseded', async () => {
    const one = await holder(10);
    const renewed = await one.of('renewal', { csr: await csr() });
    expect(renewed.status).toBe(201);
    const until = renewed.body.until as Instant;
    expect(until).toBe(later(instantOf(new Date(await now())), 7 * day));
    expect(renewed.body).toMatchObject({ replaces: one.serial });
    const read = readCertificate(renewed.body.certificate as string);
    expect(read.ok && read.certificate.code).toBe(one.code);
    expect(await one.stands(later(until, -1))).not.toBeNull();
    await expect(one.stands(until)).rejects.toThrow('certificate-not-standing');
    expect((await one.of('renewal', { csr: await csr() })).body.type).toBe('/problems/certificate-already-renewed');
    await house.clock.to(later(until, -1));
    expect((await list()).entries.has(one.serial)).toBe(false);
    await house.clock.to(until);
    expect((await list()).entries.get(one.serial)).toBe('superseded');
    expect(await fateOfSerial(house.em(), one.code, one.serial, one.issued.fingerprint)).toMatchObject({
      revokedAt: null,
      supersededAt: until,
    });
  });

  it('by another organisation, or when it no longer stands, is refused', async () => {
    const [one, other] = [await holder(11), await holder(12)];
    expect((await one.of('renewal', { csr: await csr() }, other.token)).status).toBe(404);
    await one.of('revocation', { reason: 'key-lost' });
    expect((await one.of('renewal', { csr: await csr() })).body.type).toBe('/problems/certificate-not-standing');
  });

  it('is asked for on the to-do list from thirty days before its end, and no longer once it is done', async () => {
    const one = await holder(13);
    const actor = (await sessionOf(house.em(), one.token))?.actor ?? theSystem;
    const asked = async (at: Instant) => (await todo(house.em(), actor, at)).map((each) => each.what.en);
    const end = one.issued.notAfter as Instant;
    expect(await asked(later(end, -30 * day - 1))).toEqual([]);
    expect(await asked(later(end, -30 * day))).toEqual(['Replace the certificate that is about to expire']);
    await pass(day);
    await one.of('renewal', { csr: await csr() });
    expect(await asked(later(end, -30 * day))).toEqual([]);
  });
});

describe('The revocation list', () => {
  it('is the same bytes for everybody until something changes or an hour is over, and good for a day', async () => {
    const [first, second] = [await list(), await list()];
    expect(first.der.equals(second.der)).toBe(true);
    await pass(3_600_000);
    const next = await list();
    expect(next.der.equals(first.der)).toBe(false);
    expect(next.nextUpdate > later(instantOf(new Date(await now())), day - 3_600_001)).toBe(true);
  });

  (withOpenssl ? it : it.skip)('openssl agrees with: who is on it, who is not, and where certificates say that it is', async () => {
    const [good, bad] = [await holder(20), await holder(21)];
    await bad.of('revocation', { reason: 'left-organisation' });
    const { der } = await list();
    const { root, issuing } = theAuthority();
    const put = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const paths = [
      put('root.pem', certificatePem(root)),
      put('issuing.pem', certificatePem(issuing.certificate)),
      put('list.pem', revocationListPem(der)),
    ];
    const at = String(Math.ceil(new Date(await now()).getTime() / 1000) + 1);
    const verify = (name: string, pem: string) =>
      openssl(
        'verify',
        '-crl_check',
        '-attime',
        at,
        '-CAfile',
        paths[0] ?? '',
        '-untrusted',
        paths[1] ?? '',
        '-CRLfile',
        paths[2] ?? '',
        put(name, pem),
      );
    expect(verify('good.pem', good.issued.certificate)).toMatchObject({ accepted: true });
    const refused = verify('bad.pem', bad.issued.certificate);
    expect([refused.accepted, refused.says.includes('certificate revoked')]).toEqual([false, true]);
    const text = openssl('x509', '-in', join(folder, 'good.pem'), '-noout', '-text').says;
    expect(text).toContain('URI:https://ggzy.example.cn/certificates/revocations.crl');
  });
});
