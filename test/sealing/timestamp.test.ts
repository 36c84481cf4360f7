import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { certificatePem } from '../../src/sealing/certificate.ts';
import { createSigningRequest, issueCertificate, issueTimestamper, readSigningRequest } from '../../src/sealing/issuing.ts';
import { signerFromKey } from '../../src/sealing/signer.ts';
import { grantStamp, readStampRequest, stampOf, stampRequest, tokenIn, verifyStamp } from '../../src/sealing/timestamp.ts';
import { moment, openssl, testAuthority, validity, withOpenssl } from './pki.ts';

const authority = await testAuthority();
const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair;
const certificate = await issueTimestamper('Yangguang Test Time Stamping', pair.publicKey, validity, authority.issuing);
const tsa = signerFromKey(pair.privateKey, certificate, [authority.issuing.certificate, authority.root.certificate]);
const anchors = [authority.root.certificate];
const content = new TextEncoder().encode('{"format":"yangguang/submission/v1"}');
const at = moment('2026-11-22T11:30:00.050Z');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yangguang-tsa-'));
  await file('root.pem', certificatePem(authority.root.certificate));
  await file('data', content);
});
afterAll(() => rm(folder, { recursive: true }));
const file = async (name: string, text: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

describe('A time stamp', () => {
  it('says when, to the millisecond, and by whom', async () => {
    const verdict = await verifyStamp(await stampOf(content, tsa, at), content, anchors);
    if (!verdict.ok) throw verdict.problem;
    expect(verdict.at).toBe('2026-11-22T11:30:00.050Z');
    expect(verdict.authority.fingerprint).toBe(certificate.fingerprint);
  });

  it('of other content, from elsewhere, or with any byte changed is refused', async () => {
    const token = await stampOf(content, tsa, at);
    expect(await verifyStamp(token, new Uint8Array(3), anchors)).toMatchObject({ reason: 'timestamp-of-other-data' });
    const stranger = await testAuthority('Stranger');
    expect(await verifyStamp(token, content, [stranger.root.certificate])).toMatchObject({ reason: 'timestamp-untrusted' });
    expect(await verifyStamp(new Uint8Array(3), content, anchors)).toMatchObject({ reason: 'timestamp-malformed' });
    const genuine = await verifyStamp(token, content, anchors);
    for (let i = 0; i < token.length; i += 17) {
      const bent = Uint8Array.from(token);
      bent[i] = (bent[i] ?? 0) ^ 1;
      const verdict = await verifyStamp(bent, content, anchors);
      // what stands outside the signatures (an unused certificate of the chain, say) may only fail to matter, never change the time
      if (verdict.ok) expect(verdict).toEqual(genuine);
    }
  });

  it('by a key whose certificate is for signing papers is refused', async () => {
    const read = await readSigningRequest(await createSigningRequest({ commonName: 'x' }, pair));
    if (!read.ok) throw read.problem;
    const plain = await issueCertificate({ commonName: 'x' }, read.request, validity, authority.issuing);
    const token = await stampOf(content, signerFromKey(pair.privateKey, plain, [authority.issuing.certificate]), at);
    expect(await verifyStamp(token, content, anchors)).toMatchObject({ reason: 'timestamp-untrusted' });
  });

  it('is given for our own request, and the answer to another request is not taken', async () => {
    const [mine, other] = [stampRequest(content), stampRequest(content)];
    const read = readStampRequest(mine);
    if (typeof read === 'string') throw new Error(read);
    const answer = await grantStamp(read, tsa, at);
    expect(tokenIn(answer, other)).toBeUndefined();
    expect((await verifyStamp(tokenIn(answer, mine) ?? new Uint8Array(), content, anchors)).ok).toBe(true);
  });

  it('is not given for what is no request, or for SHA-1', () => {
    expect(readStampRequest(new Uint8Array([1, 2, 3]))).toBe('badDataFormat');
  });

  (withOpenssl ? it : it.skip)('openssl verifies, and our authority answers openssl’s request', async () => {
    const token = await file('token', await stampOf(content, tsa, at));
    const root = join(folder, 'root.pem');
    const verified = openssl('ts', '-verify', '-token_in', '-in', token, '-data', join(folder, 'data'), '-CAfile', root);
    expect(verified.says).toContain('OK');
    const query = join(folder, 'query');
    for (const digest of ['-sha256', '-sha384', '-sha512']) {
      openssl('ts', '-query', '-data', join(folder, 'data'), digest, '-cert', '-out', query);
      const read = readStampRequest(new Uint8Array(await readFile(query)));
      if (typeof read === 'string') throw new Error(read);
      const answer = await file('answer', await grantStamp(read, tsa, at));
      expect(openssl('ts', '-verify', '-queryfile', query, '-in', answer, '-CAfile', root).says).toContain('OK');
      expect(openssl('ts', '-reply', '-in', answer, '-text').says).toContain('Nov 22 11:30:00.05');
    }
    openssl('ts', '-query', '-data', join(folder, 'data'), '-sha1', '-out', query);
    expect(readStampRequest(new Uint8Array(await readFile(query)))).toBe('badAlg');
  });

  (withOpenssl ? it : it.skip)('made by openssl is verified here: another authority’s', async () => {
    const key = join(folder, 'other-key.pem');
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:3072',
      '-nodes',
      '-keyout',
      key,
      '-out',
      join(folder, 'other.pem'),
      '-subj',
      '/CN=Other TSA',
      '-days',
      '10',
      '-addext',
      'extendedKeyUsage=critical,timeStamping',
      '-addext',
      'keyUsage=critical,digitalSignature',
    );
    const request = await file('ours', stampRequest(content));
    const config = await file(
      'tsa.cnf',
      `[tsa]\ndefault_tsa = one\n[one]\nserial = ${folder}/serial\ndigests = sha256\ndefault_policy = 1.2.3.4\nsigner_digest = sha256\ness_cert_id_alg = sha256\n`,
    );
    await file('serial', '01\n');
    const answer = join(folder, 'theirs');
    const made = openssl(
      'ts',
      '-reply',
      '-config',
      config,
      '-queryfile',
      request,
      '-signer',
      join(folder, 'other.pem'),
      '-inkey',
      key,
      '-out',
      answer,
    );
    expect(made.accepted).toBe(true);
    const token = tokenIn(new Uint8Array(await readFile(answer)), new Uint8Array(await readFile(request)));
    const { readCertificates } = await import('../../src/sealing/certificate.ts');
    const other = readCertificates(await readFile(join(folder, 'other.pem'), 'utf8'));
    const verdict = await verifyStamp(token ?? new Uint8Array(), content, other);
    if (!verdict.ok) throw verdict.problem;
    expect(verdict.authority.subject.commonName).toBe('Other TSA');
  });
});
