import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { certificatePem, checkChain, daysLeft, readCertificate, readCertificates } from '../../src/sealing/certificate.ts';
import {
  createSigningRequest,
  issueAuthority,
  issueCertificate,
  issueRoot,
  readSigningRequest,
  signingRequestPem,
} from '../../src/sealing/issuing.ts';
import { createKeyFile, passphraseFits, signerFromKeyFile } from '../../src/sealing/key-file.ts';
import { newKeyPair, signerFromKey } from '../../src/sealing/signer.ts';
import { certifyKey, moment, now, openssl, testAuthority, validity, withOpenssl } from './pki.ts';

const naming = { commonName: '宜昌长江建设有限公司', organization: '宜昌长江建设有限公司', code: '91420500NNPE6AC207' };
const authority = await testAuthority();
const { signer, key } = await authority.certify(naming);
const anchors = [authority.root.certificate];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yangguang-pki-'));
});
afterAll(() => rm(folder, { recursive: true }));
const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

describe('An organisation’s certificate', () => {
  it('says in UTF-8 whose it is, and bears the credit code as ETSI EN 319 412-1 asks', () => {
    const { certificate } = signer;
    expect(certificate.subject).toMatchObject({ commonName: naming.commonName, organizationIdentifier: 'NTRCN-91420500NNPE6AC207' });
    expect(certificate).toMatchObject({ code: naming.code, authority: false, notBefore: validity.from, notAfter: validity.until });
    expect(certificate.keyUsage).toEqual(['digitalSignature', 'contentCommitment']);
    expect(certificate.issuer.commonName).toBe('Yangguang Test Issuing');
    expect(certificate.serial).toMatch(/^[0-9a-f]{32}$/);
    expect(daysLeft(certificate, now)).toBe(404);
  });
  it('is read back from PEM, alone and among others', () => {
    const pem = certificatePem(signer.certificate);
    expect(readCertificate(pem)).toEqual({ ok: true, certificate: signer.certificate });
    expect(readCertificates(pem + certificatePem(authority.root.certificate))).toHaveLength(2);
    expect(readCertificate('nothing')).toMatchObject({ reason: 'certificate-malformed' });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => !readCertificate(bytes).ok));
  });
  (withOpenssl ? it : it.skip)('is what openssl verifies too', async () => {
    const root = await file('root.pem', certificatePem(authority.root.certificate));
    const issuing = await file('issuing.pem', certificatePem(authority.issuing.certificate));
    const leaf = await file('leaf.pem', certificatePem(signer.certificate));
    const at = String(Date.parse(now) / 1000);
    expect(openssl('verify', '-x509_strict', '-attime', at, '-CAfile', root, '-untrusted', issuing, leaf)).toMatchObject({
      accepted: true,
    });
    expect(openssl('verify', '-x509_strict', '-attime', at, '-CAfile', root, leaf)).toMatchObject({ accepted: false });
    const { says } = openssl('x509', '-in', leaf, '-noout', '-subject', '-nameopt', 'utf8,sep_comma_plus');
    expect(says).toContain('宜昌长江建设有限公司');
    expect(says).toContain('NTRCN-91420500NNPE6AC207');
  });
});

describe('A chain', () => {
  const check = (trust: Parameters<typeof checkChain>[2], intermediates = [authority.issuing.certificate]) =>
    checkChain(signer.certificate, intermediates, trust);
  it('leads from the organisation over the issuing authority to the root', async () => {
    const verdict = await check({ anchors, at: now });
    expect(verdict.ok && verdict.chain.map((each) => each.subject.commonName)).toEqual([
      naming.commonName,
      'Yangguang Test Issuing',
      'Yangguang Test Root',
    ]);
    expect(await check({ anchors: [authority.issuing.certificate], at: now }, [])).toMatchObject({ ok: true });
  });
  it('holds from the first moment of validity to the last', async () => {
    const at = async (text: string) => check({ anchors, at: moment(text) });
    expect(await at('2025-12-31T23:59:59.999Z')).toMatchObject({ reason: 'certificate-not-yet-valid' });
    expect(await at('2026-01-01T00:00:00.000Z')).toMatchObject({ ok: true });
    expect(await at('2028-01-01T00:00:00.000Z')).toMatchObject({ ok: true });
    expect(await at('2028-01-01T00:00:00.001Z')).toMatchObject({ reason: 'certificate-expired' });
  });
  it('does not lead to strangers, not even to one who bears the same names', async () => {
    const impostor = await testAuthority();
    expect(await check({ anchors: [impostor.root.certificate], at: now })).toMatchObject({ reason: 'certificate-untrusted' });
    expect(await check({ anchors, at: now }, [impostor.issuing.certificate])).toMatchObject({ reason: 'certificate-untrusted' });
    expect(await check({ anchors, at: now }, [])).toMatchObject({ reason: 'certificate-untrusted' });
    expect(await check({ anchors: [], at: now })).toMatchObject({ reason: 'certificate-untrusted' });
  });
  it('does not run over an organisation that certifies others, nor over an authority below the issuing one', async () => {
    const pair = await newKeyPair();
    const forged = await certifyKey(signer, { commonName: '假冒公司', code: '91420500PYKRKJ0X0W' }, pair);
    const over = [signer.certificate, authority.issuing.certificate];
    expect(await checkChain(forged, over, { anchors, at: now })).toMatchObject({ reason: 'certificate-untrusted' });
    const below = signerFromKey(pair.privateKey, await issueAuthority('Too Deep', pair.publicKey, validity, authority.issuing));
    const deep = await certifyKey(below, naming, pair);
    const links = [below.certificate, authority.issuing.certificate];
    expect(await checkChain(deep, links, { anchors, at: now })).toMatchObject({ reason: 'certificate-untrusted' });
  });
  it('does not let an authority’s own certificate pass for one that signs bids', async () => {
    expect(await checkChain(authority.root.certificate, [], { anchors, at: now })).toMatchObject({ reason: 'certificate-may-not-sign' });
  });
  it('breaks when any byte of the certificate is another', async () => {
    const { der } = signer.certificate;
    // Every byte of the outer form, which nothing signs (head, algorithm, bit count), and every ninth of the rest.
    const outer = der.length - 384 - 24;
    for (const at of der.keys()) {
      if (at >= 12 && (at < outer || at > outer + 30) && at % 9 !== 0) continue;
      const changed = readCertificate(Uint8Array.from(der, (byte, place) => (place === at ? byte ^ 1 : byte)));
      const verdict = changed.ok ? await checkChain(changed.certificate, [authority.issuing.certificate], { anchors, at: now }) : changed;
      expect({ at, ok: verdict.ok }).toEqual({ at, ok: false });
    }
  });
  it('names authorities in ASCII only', async () => {
    const pair = await newKeyPair();
    await expect(issueRoot('湖北根证书', pair, validity)).rejects.toThrow('ASCII');
  });
});

describe('A signing request', () => {
  it('proves that the applicant holds the key', async () => {
    const pair = await newKeyPair();
    const der = await createSigningRequest(naming, pair);
    expect(await readSigningRequest(signingRequestPem(der))).toMatchObject({ ok: true });
    const broken = der.slice();
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    expect(await readSigningRequest(broken)).toMatchObject({ reason: 'signing-request-proof-wrong' });
    expect(await readSigningRequest(Uint8Array.of(1, 2, 3))).toMatchObject({ reason: 'signing-request-malformed' });
    expect(await readSigningRequest('')).toMatchObject({ reason: 'signing-request-malformed' });
    if (!withOpenssl) return;
    expect(openssl('req', '-verify', '-noout', '-in', await file('request.pem', signingRequestPem(der)))).toMatchObject({ accepted: true });
  });
  it('made elsewhere for an ECDSA key is certified too', async () => {
    if (!withOpenssl) return;
    const keyPath = join(folder, 'ec.key');
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', keyPath);
    const pem = openssl('req', '-new', '-key', keyPath, '-subj', '/CN=elsewhere').says;
    const read = await readSigningRequest(pem);
    if (!read.ok) throw read.problem;
    const certificate = await issueCertificate(naming, read.request, validity, authority.issuing);
    expect(await checkChain(certificate, [authority.issuing.certificate], { anchors, at: now })).toMatchObject({ ok: true });
  });
});

describe('A key file (PKCS#12)', () => {
  const passphrase = 'Yangtze-2026!';
  it('opens with its passphrase, here and in openssl, and with no other', async () => {
    const made = await createKeyFile(key, signer.certificate, [authority.issuing.certificate], passphrase);
    const opened = await signerFromKeyFile(made, passphrase);
    expect(opened).toMatchObject({
      ok: true,
      signer: { certificate: { fingerprint: signer.certificate.fingerprint }, scheme: 'rsa-pkcs1-sha256' },
    });
    expect(opened.ok && opened.signer.chain.map((each) => each.fingerprint)).toEqual([authority.issuing.certificate.fingerprint]);
    expect(await signerFromKeyFile(made, 'wrong-passphrase')).toMatchObject({ reason: 'key-file-locked' });
    expect(await signerFromKeyFile(made.slice(0, -9), passphrase)).toMatchObject({ reason: 'key-file-locked' });
    if (!withOpenssl) return;
    const path = await file('key.p12', made);
    expect(openssl('pkcs12', '-in', path, '-passin', `pass:${passphrase}`, '-nodes').says).toContain('PRIVATE KEY');
    expect(openssl('pkcs12', '-in', path, '-passin', 'pass:wrong', '-nodes')).toMatchObject({ accepted: false });
  });
  it('made by openssl with an ECDSA key opens here', async () => {
    if (!withOpenssl) return;
    const [keyPath, certPath, out] = ['p384.key', 'p384.pem', 'p384.p12'].map((name) => join(folder, name)) as [string, string, string];
    openssl('ecparam', '-name', 'secp384r1', '-genkey', '-noout', '-out', keyPath);
    openssl('req', '-x509', '-new', '-key', keyPath, '-subj', '/CN=elsewhere', '-out', certPath);
    openssl('pkcs12', '-export', '-inkey', keyPath, '-in', certPath, '-passout', `pass:${passphrase}`, '-out', out);
    const { readFile } = await import('node:fs/promises');
    expect(await signerFromKeyFile(await readFile(out), passphrase)).toMatchObject({ ok: true, signer: { scheme: 'ecdsa-p384-sha384' } });
  });
  it('takes only passphrases that all software reads alike', async () => {
    expect(passphraseFits('长江长江长江长江')).toBe(false);
    expect(passphraseFits('1234567')).toBe(false);
    expect(passphraseFits('12345678')).toBe(true);
    await expect(createKeyFile(key, signer.certificate, [], '长江')).rejects.toThrow('key-file-passphrase');
  });
});
