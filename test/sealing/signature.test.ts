import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from '../../src/kernel/bytes.ts';
import { certificatePem } from '../../src/sealing/certificate.ts';
import { encode } from '../../src/sealing/der.ts';
import { schemes } from '../../src/sealing/scheme.ts';
import { signDetached, verifyDetached } from '../../src/sealing/signature.ts';
import { signerFromKey } from '../../src/sealing/signer.ts';
import { certifyKey, moment, now, openssl, testAuthority, withOpenssl } from './pki.ts';

const naming = { commonName: '宜昌长江建设有限公司', code: '91420500NNPE6AC207' };
const authority = await testAuthority();
const { signer } = await authority.certify(naming);
const trust = { anchors: [authority.root.certificate], at: now };
const content = utf8('投标函：我方愿以人民币壹仟万元整的总报价承包本工程。\r\n');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yangguang-cms-'));
  await writeFile(join(folder, 'root.pem'), certificatePem(authority.root.certificate));
  await writeFile(join(folder, 'content'), content);
});
afterAll(() => rm(folder, { recursive: true }));
const opensslVerifies = async (signature: Uint8Array, name = 'content'): Promise<{ accepted: boolean; says: string }> => {
  await writeFile(join(folder, 'signature.p7s'), signature);
  const files = ['-in', join(folder, 'signature.p7s'), '-content', join(folder, name), '-CAfile', join(folder, 'root.pem')];
  return openssl(
    'cms',
    '-verify',
    '-cades',
    '-binary',
    '-inform',
    'DER',
    '-attime',
    String(Date.parse(now) / 1000),
    ...files,
    '-out',
    join(folder, 'out'),
  );
};

describe('A detached signature (protocol §4)', () => {
  it('names its signer, the time it claims, and the chain to the anchor', async () => {
    const signature = await signDetached(content, signer, moment('2026-11-22T11:29:58.765Z'));
    expect(await verifyDetached(signature, content, trust)).toMatchObject({
      ok: true,
      signer: { code: naming.code, fingerprint: signer.certificate.fingerprint },
      signedAt: '2026-11-22T11:29:58.000Z',
      chain: [{}, {}, {}],
    });
  });
  it('is refused over other content', async () => {
    const signature = await signDetached(content, signer, now);
    expect(await verifyDetached(signature, utf8('别的内容'), trust)).toMatchObject({ reason: 'signature-content-differs' });
    expect(await verifyDetached(signature, content.slice(1), trust)).toMatchObject({ reason: 'signature-content-differs' });
  });
  it('is refused from a signer nobody trusts, or whose time is over', async () => {
    const signature = await signDetached(content, signer, now);
    expect(await verifyDetached(signature, content, { ...trust, anchors: [] })).toMatchObject({ reason: 'certificate-untrusted' });
    expect(await verifyDetached(signature, content, { ...trust, at: moment('2029-01-01T00:00:00.000Z') })).toMatchObject({
      reason: 'certificate-expired',
    });
    expect(await verifyDetached(signature, content, 'any-certificate')).toMatchObject({ ok: true });
  });
  it('is refused under a certificate that is not the one it was made for', async () => {
    const second = await authority.certify({ commonName: '另一家公司', code: '91420500PYKRKJ0X0W' });
    const stolen = await signDetached(content, { ...second.signer, sign: (bytes) => signer.sign(bytes) }, now);
    // Both certificates of this test are for one key: what tells them apart is the certificate named and signed over.
    expect(await verifyDetached(stolen, content, trust)).toMatchObject({ ok: true, signer: { code: '91420500PYKRKJ0X0W' } });
    const other = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const foreign = await signDetached(content, { ...signerFromKey(other.privateKey, signer.certificate, signer.chain) }, now);
    expect(await verifyDetached(foreign, content, trust)).toMatchObject({ reason: 'signature-wrong' });
  });
  it('never passes with any byte of it changed, unless what it says stays the same', async () => {
    const signature = await signDetached(content, signer, now);
    const whole = await verifyDetached(signature, content, trust);
    await fc.assert(
      fc.asyncProperty(fc.nat(signature.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Uint8Array.from(signature, (byte, place) => (place === at ? byte ^ flip : byte));
        const verdict = await verifyDetached(changed, content, trust);
        if (verdict.ok) expect(verdict).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });
  it('is refused, never thrown at, when it is anything else', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (any) => !(await verifyDetached(any, content, trust)).ok));
  });
  (withOpenssl ? it : it.skip)('is what openssl verifies, CAdES attributes included', async () => {
    const signature = await signDetached(content, signer, now);
    expect(await opensslVerifies(signature)).toMatchObject({ accepted: true });
    await writeFile(join(folder, 'other'), '别的内容');
    expect(await opensslVerifies(signature, 'other')).toMatchObject({ accepted: false });
  });
});

describe('Other schemes and other makers', () => {
  const kinds = [
    { name: 'RSA-PSS', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' },
    { name: 'ECDSA', namedCurve: 'P-256' },
    { name: 'ECDSA', namedCurve: 'P-384' },
  ] as const;
  it.each(kinds)('$name $namedCurve signs and verifies, in openssl too', async (kind) => {
    const pair = (await crypto.subtle.generateKey(kind, true, ['sign', 'verify'])) as CryptoKeyPair;
    const certificate = await certifyKey(authority.issuing, naming, pair);
    const signature = await signDetached(content, signerFromKey(pair.privateKey, certificate, signer.chain), now);
    expect(await verifyDetached(signature, content, trust)).toMatchObject({ ok: true, signer: { code: naming.code } });
    expect(await verifyDetached(signature, content.slice(1), trust)).toMatchObject({ reason: 'signature-content-differs' });
    if (withOpenssl) expect(await opensslVerifies(signature)).toMatchObject({ accepted: true });
  });
  it('malformed RSA-PSS parameters are a wrong signature, never a fault', async () => {
    const kind = { name: 'RSA-PSS', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' };
    const pair = (await crypto.subtle.generateKey(kind, true, ['sign', 'verify'])) as CryptoKeyPair;
    const certificate = await certifyKey(authority.issuing, naming, pair);
    const signature = await signDetached(content, signerFromKey(pair.privateKey, certificate, signer.chain), now);
    const identifier = Buffer.from(encode(schemes['rsa-pss-sha256'].identifier()));
    const from = Buffer.from(signature).lastIndexOf(identifier); // that of the signer info; the certificate has its own
    const [sequence, oid] = [Uint8Array.of(0x30), Uint8Array.of(0x06, 0x09)];
    const params = identifier.indexOf(oid) + 11;
    expect([from > 0, identifier.subarray(params, params + 1).equals(sequence)]).toEqual([true, true]);
    const withByte = (at: number, byte: number) => signature.map((each, place) => (place === from + at ? byte : each));
    expect(await verifyDetached(withByte(params, 0x30), content, trust)).toMatchObject({ ok: true });
    const salt = identifier.length - 3;
    expect(identifier.subarray(salt)).toEqual(Buffer.of(0x02, 0x01, 32));
    const malformed: readonly (readonly [string, number, number])[] = [
      ['a text for the parameters', params, 0x0c],
      ['bytes for the parameters', params, 0x04],
      ['an integer for the parameters', params, 0x02],
      ['a field nobody knows for the hash', params + 2, 0xa7],
      ['bytes for the hash', params + 4, 0x04],
      ['a text for the identifier of the hash', params + 6, 0x0c],
      ['a truth value for the salt', salt, 0x01],
      ['a salt below nothing', salt + 2, 0xff],
      ['a salt of another length', salt + 2, 31],
    ];
    for (const [what, at, byte] of malformed) {
      const verdict = await verifyDetached(withByte(at, byte), content, trust);
      expect([what, verdict.ok ? 'taken' : verdict.reason]).toEqual([what, 'signature-wrong']);
    }
  });
  it('an RSA key of 1024 bits is refused', async () => {
    const kind = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' };
    const pair = (await crypto.subtle.generateKey(kind, true, ['sign', 'verify'])) as CryptoKeyPair;
    await expect(certifyKey(authority.issuing, naming, pair)).rejects.toThrow('signing-request-proof-wrong');
  });
  (withOpenssl ? it : it.skip)('a signature that openssl made verifies; one without CAdES attributes is refused', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const certificate = await certifyKey(authority.issuing, naming, pair);
    const { pemOf } = await import('../../src/sealing/der.ts');
    const key = pemOf('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)));
    await writeFile(join(folder, 'signer.pem'), certificatePem(certificate) + key);
    await writeFile(join(folder, 'issuing.pem'), certificatePem(authority.issuing.certificate));
    const make = async (...more: string[]): Promise<Uint8Array> => {
      const [from, to] = [join(folder, 'content'), join(folder, 'made.p7s')];
      const keys = ['-signer', join(folder, 'signer.pem'), '-certfile', join(folder, 'issuing.pem')];
      const made = openssl('cms', '-sign', '-binary', '-md', 'sha256', ...more, '-in', from, ...keys, '-outform', 'DER', '-out', to);
      expect(made).toMatchObject({ accepted: true });
      return new Uint8Array(await readFile(to));
    };
    expect(await verifyDetached(await make('-cades'), content, trust)).toMatchObject({ ok: true });
    expect(await verifyDetached(await make('-cades', '-keyid'), content, trust)).toMatchObject({ ok: true });
    expect(await verifyDetached(await make(), content, trust)).toMatchObject({ reason: 'signature-attributes-missing' });
    expect(await verifyDetached(await make('-cades', '-nodetach'), content, trust)).toMatchObject({ reason: 'signature-malformed' });
    expect(await verifyDetached(await make('-cades', '-nocerts'), content, trust)).toMatchObject({ reason: 'signature-no-certificate' });
    const two = await make('-cades', '-nocerts', '-signer', join(folder, 'signer.pem'));
    expect(await verifyDetached(two, content, trust)).toMatchObject({ reason: 'signature-not-one-signer' });
  });
});
