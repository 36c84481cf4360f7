import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { systemClock } from '../../src/kernel/clock.ts';
import { ownAnchors, theAuthority, useAuthority } from '../../src/parties/authority.ts';
import { checkChain, readCertificate, readCertificates, suiteOf } from '../../src/sealing/certificate.ts';
import { createSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { suites } from '../../src/sealing/scheme.ts';
import { type KeyPair, newKeyPair } from '../../src/sealing/signer.ts';
import { newSm2KeyPair } from '../../src/sealing/sm2.ts';
import { authorityFilesIn, ensureAuthority, openAuthorities, openAuthority, suitesIssued } from '../../src/store/authority-files.ts';
import { openssl, withOpenssl } from '../sealing/pki.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { registered, signIn } from './people.ts';

let house: TestHouse;
let folder: string;
const made = { now: systemClock(), sandbox: true, mayMake: async () => true };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yangguang-sm2-ca-'));
  for (const suite of suites) await ensureAuthority(folder, { ...made, suite });
  for (const authority of await openAuthorities(folder, new Set())) useAuthority(authority);
  house = await openHouse();
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await house.close();
});

const csrFor = async (pair: KeyPair): Promise<string> => signingRequestPem(await createSigningRequest({ commonName: 'anyone' }, pair));
async function bidder(n: number) {
  const person = await registered(house, n);
  const { token } = await signIn(house, person.login);
  return { ...person, token, ask: (csr: string) => house.api(token).post('/certificates', { csr }) };
}

describe('The authority of the national suite', () => {
  it('stands beside the other one, with a root and keys of its own that only their owner may read', async () => {
    const [files, others] = [authorityFilesIn(folder, 'sm'), authorityFilesIn(folder)];
    for (const key of [files.rootKey, files.issuingKey]) expect(statSync(key).mode & 0o777).toBe(0o600);
    // one time-stamping key serves both; everything else is of one suite
    expect(new Set([...Object.values(files), ...Object.values(others)]).size).toBe(10);
    const { root, issuing } = await openAuthority(folder, 'sm');
    expect([root, issuing.certificate].map(suiteOf)).toEqual(['sm', 'sm']);
    expect(root.subject.commonName).toBe('Yangguang Sandbox SM2 Root CA');
    expect(issuing.scheme).toBe('sm2-sm3');
    expect(ownAnchors().map(suiteOf)).toEqual(['international', 'sm']);
    const before = readFileSync(files.issuingKey, 'utf8');
    await ensureAuthority(folder, { ...made, suite: 'sm' });
    expect(readFileSync(files.issuingKey, 'utf8')).toBe(before);
  });

  it('comes to a node that was made without it, and to none whose folder may not be written', async () => {
    const older = join(folder, 'older');
    await ensureAuthority(older, made);
    expect((await openAuthorities(older, new Set())).map(({ root }) => suiteOf(root))).toEqual(['international']);
    chmodSync(older, 0o500);
    const mayWrite = process.getuid?.() === 0; // to root every folder is writable
    await ensureAuthority(older, { ...made, suite: 'sm' });
    expect(existsSync(authorityFilesIn(older, 'sm').issuingKey)).toBe(mayWrite);
    chmodSync(older, 0o700);
    await ensureAuthority(older, { ...made, suite: 'sm' });
    expect((await openAuthorities(older, new Set())).map(({ root }) => suiteOf(root))).toEqual(['international', 'sm']);
  }, 30_000);

  it('that is lost is missed once certificates hang on it, and not made again', async () => {
    const bare = join(folder, 'bare');
    await ensureAuthority(bare, made);
    await ensureAuthority(bare, { ...made, suite: 'sm', mayMake: async () => false });
    await expect(openAuthorities(bare, new Set(['international', 'sm']))).rejects.toThrow('is missing');
    const half = join(folder, 'half');
    for (const suite of suites) await ensureAuthority(half, { ...made, suite });
    unlinkSync(authorityFilesIn(half, 'sm').rootCertificate);
    await expect(openAuthorities(half, new Set())).rejects.toThrow('is missing');
  }, 30_000);
});

describe('A certificate for an SM2 key', () => {
  it('is issued by the SM2 authority in the register’s name, and is known as one everywhere', async () => {
    const { ask, code, token } = await bidder(1);
    const { status, body } = await ask(await csrFor(newSm2KeyPair()));
    expect(status).toBe(201);
    const [certificate, ...chain] = readCertificates(`${body.certificate}${body.chain}`);
    if (certificate === undefined) throw new Error('no certificate');
    expect([certificate, ...chain].map(suiteOf)).toEqual(['sm', 'sm', 'sm']);
    expect(certificate.code).toBe(code);
    const at = certificate.notBefore;
    expect(await checkChain(certificate, chain, { anchors: [theAuthority('sm').root], at })).toMatchObject({ ok: true });
    expect(await checkChain(certificate, chain, { anchors: [theAuthority().root], at })).toMatchObject({ reason: 'certificate-untrusted' });
    expect((await house.api().get(`/certificates/${body.serial}`)).body.suite).toBe('sm');
    expect((await request(house.app).get(`/certificates/${body.serial}`)).text).toContain('国密 SM2');
    expect((await house.api(token).get('/certificates')).body.certificates).toMatchObject([{ serial: body.serial, suite: 'sm' }]);
    expect(await suitesIssued(house)).toContain('sm');
  });

  it('one for an RSA key comes from the other authority, and its page says so', async () => {
    const { ask } = await bidder(2);
    const { body } = await ask(await csrFor(await newKeyPair()));
    const read = readCertificate(body.certificate as string);
    if (!read.ok) throw read.problem;
    expect([suiteOf(read.certificate), read.certificate.issuer.commonName]).toEqual(['international', 'Yangguang Sandbox Issuing CA']);
    expect((await request(house.app).get(`/certificates/${body.serial}`)).text).toContain('国际（RSA、ECDSA）');
  }, 30_000);

  it('a request for an SM2 key that another key signed is refused', async () => {
    const { ask } = await bidder(3);
    const forged = await csrFor({ privateKey: newSm2KeyPair().privateKey, publicKey: newSm2KeyPair().publicKey });
    expect((await ask(forged)).body).toMatchObject({
      type: '/problems/certificate-request-refused',
      detail: expect.stringContaining('私钥'),
    });
  });

  (withOpenssl ? it : it.skip)('both roots are shown to anybody, and openssl agrees link by link', async () => {
    const { ask } = await bidder(4);
    const { body } = await ask(await csrFor(newSm2KeyPair()));
    const chain = (await request(house.app).get('/certificates/authority?suite=sm')).text;
    expect(readCertificates(chain).map((each) => each.subject.commonName)).toEqual([
      'Yangguang Sandbox SM2 Issuing CA',
      'Yangguang Sandbox SM2 Root CA',
    ]);
    const keys = (await house.api().get('/keys')).body;
    expect([keys.authority, keys.authoritySm2]).toEqual([(await request(house.app).get('/certificates/authority')).text, chain]);
    const [issuing = '', root = ''] = chain.split(/(?<=-----END CERTIFICATE-----\n)/);
    const file = (name: string, text: string): string => {
      const path = join(folder, name);
      rmSync(path, { force: true });
      writeFileSync(path, text);
      return path;
    };
    const [rootFile, issuingFile, leaf] = [file('r.pem', root), file('i.pem', issuing), file('l.pem', body.certificate)];
    const link = (one: string, over: string) =>
      openssl('verify', '-x509_strict', '-partial_chain', '-vfyopt', 'distid:1234567812345678', '-CAfile', over, one);
    expect([link(leaf, issuingFile), link(issuingFile, rootFile)]).toMatchObject([{ accepted: true }, { accepted: true }]);
  });
});
