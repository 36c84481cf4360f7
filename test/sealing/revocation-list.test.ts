import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { certificatePem } from '../../src/sealing/certificate.ts';
import { createSigningRequest, issueCertificate, readSigningRequest } from '../../src/sealing/issuing.ts';
import { type RevokedEntry, readRevocationList, revocationListPem, writeRevocationList } from '../../src/sealing/revocation-list.ts';
import { now, openssl, testAuthority, validity, withOpenssl } from './pki.ts';

const authority = await testAuthority();
const stranger = await testAuthority('Stranger');
const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair;
const naming = { commonName: '宜昌长江建设有限公司', code: '91420500NNPE6AC207' };
const request = await readSigningRequest(await createSigningRequest(naming, pair));
if (!request.ok) throw request.problem;
const certify = () =>
  issueCertificate(naming, request.request, validity, authority.issuing, 'https://ggzy.example.cn/certificates/revocations.crl');
const [good, lost, held] = [await certify(), await certify(), await certify()];

const entries: RevokedEntry[] = [
  { serial: lost.serial, at: now, reason: 'keyCompromise' },
  { serial: held.serial, at: now, reason: 'certificateHold' },
];
const content = { number: 1_795_000_000_123n, thisUpdate: now, nextUpdate: validity.until, entries };
const der = await writeRevocationList(content, authority.issuing);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yangguang-crl-'));
});
afterAll(() => rm(folder, { recursive: true }));
const file = async (name: string, text: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

describe('A revocation list', () => {
  it('is read back as it was written, with its number and reasons', async () => {
    const read = await readRevocationList(der, authority.issuing.certificate);
    if (!read.ok) throw read.problem;
    expect(read.list).toMatchObject({
      number: content.number,
      entries: entries.map((each) => ({ ...each, at: '2026-11-22T11:30:00.000Z' })),
    });
    expect((await readRevocationList(revocationListPem(der), authority.issuing.certificate)).ok).toBe(true);
  });

  it('gives the same bytes for the same content', async () => {
    expect(Buffer.from(await writeRevocationList(content, authority.issuing)).equals(der)).toBe(true);
  });

  it('of another authority, or with a byte changed, is refused', async () => {
    const other = await readRevocationList(der, stranger.issuing.certificate);
    expect(other).toMatchObject({ ok: false, reason: 'revocation-list-wrong-issuer' });
    for (let at = 0; at < der.length; at += 13) {
      const bent = Uint8Array.from(der);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect((await readRevocationList(bent, authority.issuing.certificate)).ok).toBe(false);
    }
    expect(await readRevocationList('hello', authority.issuing.certificate)).toMatchObject({ reason: 'revocation-list-malformed' });
  });

  (withOpenssl ? it : it.skip)('openssl reads alike, and refuses exactly the certificates it lists', async () => {
    const [root, issuing] = [
      await file('root.pem', certificatePem(authority.root.certificate)),
      await file('issuing.pem', certificatePem(authority.issuing.certificate)),
    ];
    const crl = await file('list.crl', der);
    const pem = await file('list.pem', revocationListPem(der));
    const shown = openssl('crl', '-inform', 'DER', '-in', crl, '-noout', '-text', '-CAfile', issuing);
    expect(shown.says).toContain('Version 2');
    expect(shown.says).toContain('Key Compromise');
    expect(shown.says).toContain('Certificate Hold');
    expect(shown.says).toMatch(/X509v3 CRL Number:\s+(1795000000123|0x1A1EE70D67B)/i);
    const at = String(Math.floor(new Date('2026-11-23T00:00:00Z').getTime() / 1000));
    const check = async (name: string, pemText: string) =>
      openssl(
        'verify',
        '-x509_strict',
        '-crl_check',
        '-attime',
        at,
        '-CAfile',
        root,
        '-untrusted',
        issuing,
        '-CRLfile',
        pem,
        await file(name, pemText),
      );
    expect((await check('good.pem', certificatePem(good))).says).toContain('OK');
    for (const [name, fallen] of [
      ['lost.pem', lost],
      ['held.pem', held],
    ] as const) {
      const refused = await check(name, certificatePem(fallen));
      expect([name, refused.accepted]).toEqual([name, false]);
      expect(refused.says).toContain('certificate revoked');
    }
    const named = openssl('x509', '-in', join(folder, 'good.pem'), '-noout', '-text');
    expect(named.says).toContain('URI:https://ggzy.example.cn/certificates/revocations.crl');
  });

  (withOpenssl ? it : it.skip)('that lists nobody is a list all the same', async () => {
    const empty = await file('empty.crl', await writeRevocationList({ ...content, entries: [] }, authority.issuing));
    expect(openssl('crl', '-inform', 'DER', '-in', empty, '-noout', '-text').says).toContain('No Revoked Certificates');
  });
});
