import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { theSystem } from '../../src/kernel/actor.ts';
import { type Instant, later, systemClock } from '../../src/kernel/clock.ts';
import { useAuthority } from '../../src/parties/authority.ts';
import { standingCertificate } from '../../src/parties/certificate-reads.ts';
import { enrolUser } from '../../src/parties/enrol-user.ts';
import { sessionOf } from '../../src/parties/reads.ts';
import { todo } from '../../src/parties/todo-reads.ts';
import { checkChain, readCertificate, readCertificates } from '../../src/sealing/certificate.ts';
import { createSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { createKeyFile, signerFromKeyFile } from '../../src/sealing/key-file.ts';
import { newKeyPair } from '../../src/sealing/signer.ts';
import { authorityFilesIn, ensureAuthority, openAuthority } from '../../src/store/authority-files.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { administrator, password, registered, signIn } from './people.ts';

let house: TestHouse;
let folder: string;
const made = { now: systemClock(), sandbox: true, mayMake: async () => true };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yangguang-ca-'));
  await ensureAuthority(folder, made);
  useAuthority(await openAuthority(folder));
  house = await openHouse();
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await house.close();
});

const curve = (namedCurve: string) =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
const rsa = (modulusLength: number) =>
  crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', modulusLength, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' }, true, [
    'sign',
    'verify',
  ]);

const csrFor = async (pair: CryptoKeyPair, commonName = 'anyone'): Promise<string> =>
  signingRequestPem(await createSigningRequest({ commonName }, pair));

async function bidder(n: number) {
  const person = await registered(house, n);
  const { token } = await signIn(house, person.login);
  return { ...person, token, ask: (csr: string) => house.api(token).post('/certificates', { csr }) };
}

describe('The certificate authority', () => {
  it('keeps its keys in files that only their owner may read, and is made once', async () => {
    const files = authorityFilesIn(folder);
    for (const key of [files.rootKey, files.issuingKey]) expect(statSync(key).mode & 0o777).toBe(0o600);
    const before = readFileSync(files.issuingKey, 'utf8');
    await ensureAuthority(folder, made);
    expect(readFileSync(files.issuingKey, 'utf8')).toBe(before);
    expect((await openAuthority(folder)).root.subject.commonName).toBe('Yangguang Sandbox Root CA');
  });

  it('that is lost is not made again once certificates hang on it', async () => {
    const empty = join(folder, 'empty');
    await ensureAuthority(empty, { ...made, mayMake: async () => false });
    await expect(openAuthority(empty)).rejects.toThrow('is missing');
  });

  it('whose key is another one’s is refused', async () => {
    const mixed = join(folder, 'mixed');
    mkdirSync(mixed);
    for (const name of ['ca-root.pem', 'ca-issuing.pem']) copyFileSync(join(folder, name), join(mixed, name));
    writeFileSync(authorityFilesIn(mixed).issuingKey, readFileSync(authorityFilesIn(folder).rootKey));
    await expect(openAuthority(mixed)).rejects.toThrow('do not belong together');
  });

  it('keeps no key in the database', async () => {
    const secret = readFileSync(authorityFilesIn(folder).issuingKey, 'utf8').split('\n')[3] ?? '';
    const rows = await house.em().execute<{ text: string }[]>('select c::text as text from certificate c');
    for (const { text } of rows) expect(text).not.toContain(secret);
  });

  it('shows its chain to anybody, and openssl agrees that a certificate leads to it', async () => {
    const { ask, code } = await bidder(1);
    const issued = (await ask(await csrFor(await rsa(3072)))).body;
    const chain = (await request(house.app).get('/certificates/authority')).text;
    const [issuing, root] = readCertificates(chain);
    expect([issuing?.subject.commonName, root?.subject.commonName]).toEqual(['Yangguang Sandbox Issuing CA', 'Yangguang Sandbox Root CA']);
    const at = join(folder, 'check');
    const pems = chain.split(/(?<=-----END CERTIFICATE-----\n)/);
    writeFileSync(`${at}-root.pem`, pems[1] ?? '');
    writeFileSync(`${at}-issuing.pem`, pems[0] ?? '');
    writeFileSync(`${at}-leaf.pem`, issued.certificate);
    const verified = execFileSync('openssl', [
      'verify',
      '-x509_strict',
      '-CAfile',
      `${at}-root.pem`,
      '-untrusted',
      `${at}-issuing.pem`,
      `${at}-leaf.pem`,
    ]);
    expect(verified.toString()).toContain('OK');
    const subject = execFileSync('openssl', ['x509', '-in', `${at}-leaf.pem`, '-noout', '-subject', '-nameopt', 'utf8']).toString();
    expect(subject).toContain(`NTRCN-${code}`);
    expect(subject).toContain('宜昌第1建设有限公司');
  }, 60_000);
});

describe('A certificate names whom the register names', () => {
  it('whatever name the request carries: nobody gets one in another’s name', async () => {
    const [mine, theirs] = [await bidder(10), await registered(house, 11)];
    const pair = await curve('P-256');
    const forged = signingRequestPem(await createSigningRequest({ commonName: '宜昌第11建设有限公司', code: theirs.code }, pair));
    const response = await mine.ask(forged);
    expect(response.status).toBe(201);
    const read = readCertificate(response.body.certificate as string);
    if (!read.ok) throw read.problem;
    expect(read.certificate.code).toBe(mine.code);
    expect(read.certificate.subject.commonName).toBe('宜昌第10建设有限公司');
    expect(read.certificate.authority).toBe(false);
  });

  it('an expert’s names the person, with the user’s id, and is shown to him and to regulators only', async () => {
    const { result } = await house.perform(enrolUser, theSystem, { login: 'expert-1', password, userName: '王专家', role: 'expert' });
    const { token } = await signIn(house, 'expert-1');
    const response = await house.api(token).post('/certificates', { csr: await csrFor(await curve('P-256')) });
    const read = readCertificate(response.body.certificate as string);
    if (!read.ok) throw read.problem;
    expect(read.certificate.subject).toMatchObject({ commonName: '王专家', serialNumber: result.user, organizationIdentifier: undefined });
    const path = `/certificates/${response.body.serial}`;
    const other = await bidder(12);
    expect((await house.api().get(path)).status).toBe(404);
    expect((await house.api(other.token).get(path)).status).toBe(404);
    expect((await house.api(token).get(path)).status).toBe(200);
  });

  it('and works with its key file: the browser’s side of it', async () => {
    const { ask, code } = await bidder(13);
    const pair = await newKeyPair();
    const { body } = await ask(await csrFor(pair));
    const [certificate, ...chain] = readCertificates(`${body.certificate}${body.chain}`);
    if (certificate === undefined) throw new Error('no certificate');
    const file = await createKeyFile(pair.privateKey, certificate, chain, 'a passphrase 1');
    const opened = await signerFromKeyFile(file, 'a passphrase 1');
    if (!opened.ok) throw opened.problem;
    expect(opened.signer.certificate.code).toBe(code);
    const anchors = chain.slice(-1);
    expect((await checkChain(opened.signer.certificate, opened.signer.chain, { anchors, at: certificate.notBefore })).ok).toBe(true);
  }, 60_000);
});

describe('A request is refused', () => {
  const refused = async (csr: string, n: number) => {
    const { ask } = await bidder(n);
    const response = await ask(csr);
    expect(response.status).toBe(422);
    expect(response.body.type).toBe('/problems/certificate-request-refused');
    return response.body.detail as string;
  };

  it('with RSA of 2048 bits; 3072 are taken', async () => {
    expect(await refused(await csrFor(await rsa(2048)), 20)).toContain('2048');
    const { ask } = await bidder(21);
    expect((await ask(await csrFor(await rsa(3072)))).status).toBe(201);
  }, 60_000);

  it('when it is not signed with the key it names', async () => {
    const [a, b] = [await curve('P-256'), await curve('P-256')];
    const mixed = signingRequestPem(await createSigningRequest({ commonName: 'x' }, { publicKey: a.publicKey, privateKey: b.privateKey }));
    await refused(mixed, 22);
  });

  it('when it is no request at all', async () => {
    await refused('hello', 23);
    await refused('-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n', 24);
  });

  it('to somebody who is not signed in', async () => {
    expect((await house.api().post('/certificates', { csr: 'x' })).status).toBe(401);
  });
});

describe('A revoked certificate', () => {
  it('is listed for everybody, stands no more, and is revoked once', async () => {
    const { ask, token, code } = await bidder(30);
    const { serial, fingerprint, notBefore } = (await ask(await csrFor(await curve('P-256')))).body;
    expect(await standingCertificate(house.em(), code, serial, fingerprint, notBefore)).not.toBeNull();
    expect(await standingCertificate(house.em(), code, serial, '0'.repeat(64), notBefore)).toBeNull();
    const revoke = () => house.api(token).post(`/certificates/${serial}/revocation`, { reason: 'key-lost' });
    expect((await revoke()).status).toBe(201);
    expect((await revoke()).body.type).toBe('/problems/certificate-already-revoked');
    const list = (await house.api().get('/certificates/revocations')).body.revoked;
    expect(list).toContainEqual(expect.objectContaining({ serial, reason: 'key-lost' }));
    const revokedAt = list.find((each: { serial: string }) => each.serial === serial).revokedAt;
    await expect(standingCertificate(house.em(), code, serial, fingerprint, revokedAt)).rejects.toThrow('certificate-not-standing');
  });

  it('cannot be another organisation’s; the administrator may', async () => {
    const [mine, other] = [await bidder(31), await bidder(32)];
    const { serial } = (await mine.ask(await csrFor(await curve('P-256')))).body;
    const revoke = (token: string) => house.api(token).post(`/certificates/${serial}/revocation`, { reason: 'other' });
    expect((await revoke(other.token)).status).toBe(404);
    expect((await revoke((await signIn(house, await administrator(house))).token)).status).toBe(201);
  });

  it('that is missing or about to end stands on the to-do list; a good one does not', async () => {
    const { ask, token } = await bidder(34);
    const actor = (await sessionOf(house.em(), token))?.actor ?? theSystem;
    const said = async (at: string) => (await todo(house.em(), actor, at as Instant)).map((each) => each.what.en);
    const { notBefore } = (await ask(await csrFor(await curve('P-256')))).body;
    expect(await said(notBefore)).toEqual([]);
    const inYears = (years: number, days: number) => later(notBefore, (years * 365 - days) * 86_400_000);
    expect(await said(inYears(1, 32))).toEqual([]);
    expect(await said(inYears(1, 28))).toEqual(['Replace the certificate that is about to expire']);
    expect(await said(inYears(1, -2))).toEqual(['Make a certificate']);
  });

  it('the pages of certificates open in both languages', async () => {
    const { ask, login, serial } = await (async () => {
      const one = await bidder(33);
      const issued = (await one.ask(await csrFor(await curve('P-256')))).body;
      return { ...one, serial: issued.serial as string };
    })();
    expect(ask).toBeDefined();
    const agent = request.agent(house.app);
    const page = await agent.get('/session');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
    await agent.post('/session').type('form').send({ login, password, _csrf: csrf });
    for (const language of ['zh', 'en']) {
      await agent.get(`/language?to=${language}&back=/`);
      for (const path of ['/certificates', `/certificates/${serial}`]) expect([path, (await agent.get(path)).status]).toEqual([path, 200]);
    }
  });
});
