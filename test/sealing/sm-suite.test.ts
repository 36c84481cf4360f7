import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { sm2 } from 'sm-crypto-v2';
import { utf8 } from '../../src/kernel/bytes.ts';
import { type Certificate, certificatePem, checkChain, publicKeyOf, readCertificate, suiteOf } from '../../src/sealing/certificate.ts';
import { encode, integer, oid, pemOf, sequence } from '../../src/sealing/der.ts';
import { concat, hex, sameBytes } from '../../src/sealing/digest.ts';
import {
  createSigningRequest,
  issueAuthority,
  issueCertificate,
  issueRoot,
  readSigningRequest,
  signingRequestPem,
} from '../../src/sealing/issuing.ts';
import { createKeyFile, signerFromKeyFile } from '../../src/sealing/key-file.ts';
import { packBid } from '../../src/sealing/package.ts';
import { bytesSource, verifyPackage } from '../../src/sealing/package-reader.ts';
import { schemes } from '../../src/sealing/scheme.ts';
import { signDetached, verifyDetached } from '../../src/sealing/signature.ts';
import { newKeyPair, privateKeyDer, type Signer, signerFromKey } from '../../src/sealing/signer.ts';
import { newSm2KeyPair, type Sm2PrivateKey, sm2Id, sm2Oids, sm2Sign } from '../../src/sealing/sm2.ts';
import { certifyKey, moment, now, openssl, testAuthority, validity, withOpenssl } from './pki.ts';

const naming = { commonName: '宜昌长江建设有限公司', organization: '宜昌长江建设有限公司', code: '91420500NNPE6AC207' };
const rsa = await testAuthority();
const sm = await testAuthority('Yangguang Test SM2', 'sm');
const { signer, key } = await sm.certify(naming);
const anchors = [rsa.root.certificate, sm.root.certificate];
const trust = { anchors, at: now };
const content = utf8('投标函：我方愿以人民币壹仟万元整的总报价承包本工程。\r\n');
const passphrase = 'Yangtze-2026';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yangguang-sm-'));
});
afterAll(() => rm(folder, { recursive: true }));
const file = async (name: string, text: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
const at = String(Date.parse(now) / 1000);
const underId = ['-vfyopt', `distid:${sm2Id}`];
const asked = withOpenssl ? it : it.skip;

/** The same element with its length in one byte more than DER allows. */
const longLength = (der: Uint8Array): Uint8Array => concat(Uint8Array.of(der[0] ?? 0, 0x81), der.slice(1));
function smKey(): Sm2PrivateKey {
  if ('kind' in key) return key;
  throw new TypeError('the key is no SM2 key');
}

describe('Certificates of the national suite', () => {
  it('lead from an SM2 key over an SM2 authority to an SM2 root', async () => {
    const { certificate } = signer;
    expect(certificate).toMatchObject({ code: naming.code, authority: false, notBefore: validity.from });
    for (const each of [certificate, sm.issuing.certificate, sm.root.certificate]) expect(suiteOf(each)).toBe('sm');
    expect(suiteOf(rsa.root.certificate)).toBe('international');
    expect(await checkChain(certificate, [sm.issuing.certificate], trust)).toMatchObject({ ok: true, chain: [{}, {}, {}] });
    expect(await checkChain(certificate, [sm.issuing.certificate], { ...trust, anchors: [rsa.root.certificate] })).toMatchObject({
      reason: 'certificate-untrusted',
    });
    const stranger = await testAuthority('Yangguang Test SM2', 'sm');
    expect(await checkChain(certificate, [sm.issuing.certificate], { anchors: [stranger.root.certificate], at: now })).toMatchObject({
      reason: 'certificate-untrusted',
    });
  });
  it('a chain is of one suite: no authority certifies a key of the other', async () => {
    const [rsaPair, smPair] = [await newKeyPair(), newSm2KeyPair()];
    const smBelowRsa = await certifyKey(rsa.issuing, naming, smPair);
    const rsaBelowSm = await certifyKey(sm.issuing, naming, rsaPair);
    for (const [leaf, over] of [
      [smBelowRsa, rsa.issuing],
      [rsaBelowSm, sm.issuing],
    ] as const)
      expect(await checkChain(leaf, [over.certificate], trust)).toMatchObject({ reason: 'certificate-untrusted' });
    const years = { from: validity.from, until: validity.until };
    const between = await issueAuthority('SM2 below RSA', smPair.publicKey, years, rsa.root);
    const leaf = await certifyKey(signerFromKey(smPair.privateKey, between), naming, newSm2KeyPair());
    expect(await checkChain(leaf, [between], trust)).toMatchObject({ reason: 'certificate-untrusted' });
  });
  it('a certificate that names another algorithm than its issuer’s key is refused', async () => {
    const wrong = async (real: Signer, scheme: Signer['scheme'], pair = newSm2KeyPair()): Promise<Certificate> => {
      const read = await readSigningRequest(await createSigningRequest(naming, pair));
      if (!read.ok) throw read.problem;
      return issueCertificate(naming, read.request, validity, { ...real, scheme });
    };
    for (const scheme of ['ecdsa-p256-sha256', 'rsa-pkcs1-sha256'] as const)
      expect(await checkChain(await wrong(sm.issuing, scheme), [sm.issuing.certificate], trust)).toMatchObject({
        reason: 'certificate-untrusted',
      });
    expect(await checkChain(await wrong(rsa.issuing, 'sm2-sm3'), [rsa.issuing.certificate], trust)).toMatchObject({
      reason: 'certificate-untrusted',
    });
  });
  it('ten authorities that all name each other and lead nowhere do not keep the platform reckoning', async () => {
    const pair = newSm2KeyPair();
    const self = signerFromKey(pair.privateKey, await issueRoot('Round and round', pair, validity));
    const ring = await Promise.all(Array.from({ length: 10 }, () => issueRoot('Round and round', pair, validity)));
    const leaf = await certifyKey(self, naming, newSm2KeyPair());
    const began = performance.now();
    expect(await checkChain(leaf, ring, trust)).toMatchObject({ reason: 'certificate-untrusted' });
    expect(performance.now() - began).toBeLessThan(10_000); // each link once; every path between them would be some 36 000 signatures
  });
  it('a request is signed with the SM2 key that it names', async () => {
    const [pair, other] = [newSm2KeyPair(), newSm2KeyPair()];
    expect(await readSigningRequest(signingRequestPem(await createSigningRequest(naming, pair)))).toMatchObject({
      ok: true,
      request: { suite: 'sm' },
    });
    const forged = await createSigningRequest(naming, { privateKey: other.privateKey, publicKey: pair.publicKey });
    expect(await readSigningRequest(forged)).toMatchObject({ reason: 'signing-request-proof-wrong' });
    expect(await readSigningRequest(await createSigningRequest(naming, await newKeyPair()))).toMatchObject({
      request: { suite: 'international' },
    });
  });
  it('with any byte changed a certificate no longer leads to its root', async () => {
    const { der } = signer.certificate;
    await fc.assert(
      fc.asyncProperty(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        const changed = readCertificate(Uint8Array.from(der, (byte, here) => (here === place ? byte ^ flip : byte)));
        return !changed.ok || !(await checkChain(changed.certificate, [sm.issuing.certificate], trust)).ok;
      }),
      { numRuns: 80 },
    );
  });
  asked('openssl verifies them, and reads their names', async () => {
    const [root, issuing, leaf] = [
      await file('root.pem', certificatePem(sm.root.certificate)),
      await file('issuing.pem', certificatePem(sm.issuing.certificate)),
      await file('leaf.pem', certificatePem(signer.certificate)),
    ];
    // Its verify command gives the ID to the certificate it is asked about, not to those between: link by link, then.
    const link = (one: string, over: string) =>
      openssl('verify', '-x509_strict', '-partial_chain', ...underId, '-attime', at, '-CAfile', over, one);
    expect(link(leaf, issuing)).toMatchObject({ accepted: true });
    expect(link(issuing, root)).toMatchObject({ accepted: true });
    expect(link(leaf, root)).toMatchObject({ accepted: false });
    const { says } = openssl('x509', '-in', leaf, '-noout', '-text', '-nameopt', 'utf8');
    expect(says).toContain('Signature Algorithm: SM2-with-SM3');
    expect(says).toContain('ASN1 OID: SM2');
    expect(says).toContain('宜昌长江建设有限公司');
    const csr = await file('request.pem', signingRequestPem(await createSigningRequest(naming, newSm2KeyPair())));
    expect(openssl('req', '-verify', '-noout', ...underId, '-in', csr)).toMatchObject({ accepted: true });
  });
  asked('certificates and requests that openssl made are read; those made under another ID are refused', async () => {
    const made = async (id: string): Promise<{ root: Certificate; leaf: Certificate; request: string }> => {
      const path = (name: string): string => join(folder, name);
      const run = (...args: readonly string[]): void => expect(openssl(...args)).toMatchObject({ accepted: true });
      const signing = ['-sm3', '-sigopt', `distid:${id}`];
      for (const name of ['ca', 'leaf']) run('ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', path(`${name}.key`));
      run('req', '-new', '-x509', '-key', path('ca.key'), ...signing, '-subj', '/CN=Other CA', '-days', '700', '-out', path('ca.crt'));
      run('req', '-new', '-key', path('leaf.key'), ...signing, '-subj', '/CN=leaf', '-out', path('leaf.csr'));
      const parts = ['-req', '-in', path('leaf.csr'), '-CA', path('ca.crt'), '-CAkey', path('ca.key'), '-CAcreateserial', '-days', '600'];
      run('x509', ...parts, ...signing, '-vfyopt', `distid:${id}`, '-out', path('leaf.crt'));
      const [root, leaf] = [
        readCertificate(await readFile(path('ca.crt'), 'utf8')),
        readCertificate(await readFile(path('leaf.crt'), 'utf8')),
      ];
      if (!root.ok || !leaf.ok) throw new Error('openssl’s certificate cannot be read');
      return { root: root.certificate, leaf: leaf.certificate, request: await readFile(path('leaf.csr'), 'utf8') };
    };
    const ours = await made(sm2Id);
    expect(suiteOf(ours.leaf)).toBe('sm');
    expect(await checkChain(ours.leaf, [], { anchors: [ours.root], at: ours.leaf.notBefore })).toMatchObject({ ok: true });
    expect(await readSigningRequest(ours.request)).toMatchObject({ ok: true, request: { suite: 'sm' } });
    const theirs = await made('8765432187654321');
    expect(await checkChain(theirs.leaf, [], { anchors: [theirs.root], at: theirs.leaf.notBefore })).toMatchObject({
      reason: 'certificate-untrusted',
    });
    expect(await readSigningRequest(theirs.request)).toMatchObject({ reason: 'signing-request-proof-wrong' });
  });
});

describe('Detached signatures of the national suite', () => {
  it('name their signer and the chain to the anchor, and hold for their content alone', async () => {
    const signature = await signDetached(content, signer, moment('2026-11-22T11:29:58.765Z'));
    expect(await verifyDetached(signature, content, trust)).toMatchObject({
      ok: true,
      signer: { code: naming.code, fingerprint: signer.certificate.fingerprint },
      signedAt: '2026-11-22T11:29:58.000Z',
      chain: [{}, {}, {}],
    });
    expect(await verifyDetached(signature, content.slice(1), trust)).toMatchObject({ reason: 'signature-content-differs' });
    expect(await verifyDetached(signature, content, { ...trust, anchors: [rsa.root.certificate] })).toMatchObject({
      reason: 'certificate-untrusted',
    });
    expect(await verifyDetached(signature, content, { ...trust, at: moment('2029-01-01T00:00:00.000Z') })).toMatchObject({
      reason: 'certificate-expired',
    });
  });
  it('never pass with any byte changed, unless what they say stays the same', async () => {
    const signature = await signDetached(content, signer, now);
    const whole = await verifyDetached(signature, content, trust);
    await fc.assert(
      fc.asyncProperty(fc.nat(signature.length - 1), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        const changed = Uint8Array.from(signature, (byte, here) => (here === place ? byte ^ flip : byte));
        const verdict = await verifyDetached(changed, content, trust);
        if (verdict.ok) expect(verdict).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });
  it('are refused when another key made them, the same key under another ID or none, or when r and s are spelled otherwise', async () => {
    const other = newSm2KeyPair();
    const under = (userId: string) => (bytes: Uint8Array) => {
      const plain = sm2.doSignature(bytes, hex(smKey().secret), { hash: true, publicKey: hex(smKey().point), userId });
      return encode(sequence(...[plain.slice(0, 64), plain.slice(64)].map((part) => integer(Buffer.from(part, 'hex')))));
    };
    const ways: readonly [string, (bytes: Uint8Array) => Uint8Array, boolean][] = [
      ['as it should be', under(sm2Id), true],
      ['another key', (bytes) => sm2Sign(other.privateKey, bytes), false],
      ['an empty ID', under(''), false],
      ['another ID', under('ALICE123@YAHOO.COM'), false],
      ['with bytes behind', (bytes) => concat(sm2Sign(smKey(), bytes), Uint8Array.of(0)), false],
      ['a long length', (bytes) => longLength(sm2Sign(smKey(), bytes)), false],
    ];
    for (const [, sign, holds] of ways) {
      const verdict = await verifyDetached(
        await signDetached(content, { ...signer, sign: async (bytes) => sign(bytes) }, now),
        content,
        trust,
      );
      expect(verdict).toMatchObject(holds ? { ok: true } : { reason: 'signature-wrong' });
    }
  });
  it('are of one suite: an SM2 key signs SM3 digests, any other key signs SHA-2 digests', async () => {
    // Each forger signs rightly with its own key what it should not: algorithm and digest of the other suite.
    const mixed: readonly [Signer, Signer['scheme']][] = [
      [signer, 'ecdsa-p256-sha256'],
      [signer, 'rsa-pkcs1-sha256'],
      [(await rsa.certify(naming)).signer, 'sm2-sm3'],
    ];
    for (const [real, scheme] of mixed)
      expect(await verifyDetached(await signDetached(content, { ...real, scheme }, now), content, trust)).toMatchObject({
        reason: 'signature-wrong',
      });
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const certificate = await certifyKey(rsa.issuing, naming, pair);
    const ecdsa = signerFromKey(pair.privateKey, certificate, [rsa.issuing.certificate]);
    expect(await verifyDetached(await signDetached(content, ecdsa, now), content, trust)).toMatchObject({ ok: true });
    // A digest by SM3 under a true ECDSA signature: what is signed are the attributes, whose digest nobody but the suite's rule forbids.
    const { identifier } = schemes['ecdsa-p256-sha256'];
    const sm3Digest = await signDetached(content, { ...ecdsa, scheme: 'sm2-sm3' }, now);
    const claimsEcdsa = respelled(sm3Digest, encode(schemes['sm2-sm3'].identifier()), encode(identifier()));
    expect(await verifyDetached(claimsEcdsa, content, trust)).toMatchObject({ reason: 'signature-wrong' });
  });
  it('are read with the content types of GB/T 35275 too, and with its bare algorithm; those belong to this suite alone', async () => {
    const national = await asGbt35275(signer);
    expect(await verifyDetached(national, content, trust)).toMatchObject({ ok: true, signer: { code: naming.code } });
    expect(await verifyDetached(national, content.slice(1), trust)).toMatchObject({ reason: 'signature-content-differs' });
    const foreign = await asGbt35275((await rsa.certify(naming)).signer);
    expect(await verifyDetached(foreign, content, trust)).toMatchObject({ reason: 'signature-wrong' });
    const plain = await signDetached(content, signer, now);
    const halves = respelled(plain, encode(oid('1.2.840.113549.1.7.2')), encode(oid('1.2.156.10197.6.1.4.2.2')));
    expect(await verifyDetached(halves, content, trust)).toMatchObject({ reason: 'signature-malformed' });
  });
  asked('openssl finds the signature over the signed attributes good', async () => {
    const signature = await signDetached(content, signer, now);
    const { attributes, value } = partsOf(signature);
    const publicKey = await file('public.pem', pemOf('PUBLIC KEY', publicKeyOf(signer.certificate).spki));
    const over = await file('attributes', attributes);
    const sig = await file('value.sig', value);
    const dgst = (path: string) => openssl('dgst', '-sm3', '-sigopt', `distid:${sm2Id}`, '-verify', publicKey, '-signature', sig, path);
    expect(dgst(over)).toMatchObject({ accepted: true });
    expect(dgst(await file('content', content))).toMatchObject({ accepted: false });
    // The structure is one that openssl parses; its cms command does not set the ID, so it cannot judge the signature itself.
    const p7s = await file('signature.p7s', signature);
    expect(openssl('cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', p7s).says).toContain('SM2-with-SM3');
  });
});

describe('Bid packages of the national suite', () => {
  const context = { lot: '019a0000-0000-7000-8000-000000000001', part: 'whole', bidder: naming.code } as const;
  const packed = async (by: Signer): Promise<Uint8Array> => {
    const bid = { format: 'yangguang/bid/v1' as const, lot: context.lot, part: context.part, bidder: context.bidder };
    const stream = packBid({ bid, files: [{ name: '技术标.pdf', size: 3, content: new Blob(['%PD']) }], signer: by, at: now });
    return new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
  };
  const judged = async (by: Signer) => verifyPackage(bytesSource(await packed(by)), context, trust);

  it('verify to their last byte', async () => {
    expect(await judged(signer)).toMatchObject({ ok: true, signer: { code: naming.code }, files: [{ name: '技术标.pdf', size: 3 }] });
    const whole = await packed(signer);
    const place = Buffer.from(whole).indexOf('%PD');
    const altered = Uint8Array.from(whole, (byte, here) => (here === place ? byte ^ 1 : byte));
    expect(await verifyPackage(bytesSource(altered), context, trust)).toMatchObject({ reason: 'package-altered' });
  });
  it('are refused for the same reasons as any others', async () => {
    const other = newSm2KeyPair();
    expect(await judged({ ...signer, sign: async (bytes) => sm2Sign(other.privateKey, bytes) })).toMatchObject({
      reason: 'package-wrong-signature',
    });
    expect(await judged({ ...signer, scheme: 'ecdsa-p256-sha256' })).toMatchObject({ reason: 'package-wrong-signature' });
    const below = signerFromKey(other.privateKey, await certifyKey(rsa.issuing, naming, other), [rsa.issuing.certificate]);
    expect(await judged(below)).toMatchObject({ reason: 'package-untrusted-signer' });
    const rival = (await sm.certify({ commonName: '另一家公司', code: '91420500PYKRKJ0X0W' })).signer;
    expect(await judged(rival)).toMatchObject({ reason: 'package-wrong-bidder' });
  });
});

describe('Key files of the national suite', () => {
  it('hold the key under SM4 with its certificates, and open with their passphrase alone', async () => {
    const made = await createKeyFile(key, signer.certificate, [sm.issuing.certificate], passphrase);
    const opened = await signerFromKeyFile(made, passphrase);
    expect(opened).toMatchObject({ ok: true, signer: { scheme: 'sm2-sm3', chain: [{ fingerprint: sm.issuing.certificate.fingerprint }] } });
    if (!opened.ok) return;
    expect(await verifyDetached(await signDetached(content, opened.signer, now), content, trust)).toMatchObject({ ok: true });
    expect(await signerFromKeyFile(made, 'Yangtze-2027')).toMatchObject({ reason: 'key-file-locked' });
    expect(await signerFromKeyFile(made.slice(100), passphrase)).toMatchObject({ reason: 'key-file-locked' });
    await expect(createKeyFile(key, signer.certificate, [], '长江')).rejects.toThrow('key-file-passphrase');
    const foreign = await createKeyFile(newSm2KeyPair().privateKey, signer.certificate, [], passphrase);
    expect(await signerFromKeyFile(foreign, passphrase)).toMatchObject({ reason: 'key-file-no-key' });
  });
  asked('openssl opens them, and what openssl made is opened here: PKCS#8 under SM4, and PKCS#12', async () => {
    const ours = await file('ours.pem', await createKeyFile(key, signer.certificate, [], passphrase));
    expect(openssl('asn1parse', '-in', ours).says).toContain(':sm4-cbc');
    expect(openssl('pkey', '-in', ours, '-passin', `pass:${passphrase}`, '-noout', '-text').says).toContain('ASN1 OID: SM2');
    expect(openssl('pkey', '-in', ours, '-passin', 'pass:another', '-noout').accepted).toBe(false);
    const bare = await file('bare.pem', pemOf('PRIVATE KEY', await privateKeyDer(key)));
    const certificate = await file('leaf.pem', certificatePem(signer.certificate));
    const locked = join(folder, 'locked.pem');
    expect(openssl('pkcs8', '-topk8', '-in', bare, '-v2', 'sm4-cbc', '-passout', `pass:${passphrase}`, '-out', locked).accepted).toBe(true);
    const theirs = utf8((await readFile(locked, 'utf8')) + certificatePem(signer.certificate));
    expect(await signerFromKeyFile(theirs, passphrase)).toMatchObject({ ok: true, signer: { scheme: 'sm2-sm3' } });
    const p12 = join(folder, 'theirs.p12');
    expect(openssl('pkcs12', '-export', '-inkey', bare, '-in', certificate, '-passout', `pass:${passphrase}`, '-out', p12).accepted).toBe(
      true,
    );
    expect(await signerFromKeyFile(await readFile(p12), passphrase)).toMatchObject({ ok: true, signer: { scheme: 'sm2-sm3' } });
  });
});

/** A DER with every occurrence of one element exchanged for another, all lengths around them put right. */
function respelled(der: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const rewrite = (bytes: Uint8Array): Uint8Array => {
    if (sameBytes(bytes, from)) return to;
    const [tag = 0, first = 0] = bytes;
    const head = first < 0x80 ? 2 : 2 + (first & 0x7f);
    if ((tag & 0x20) === 0) return bytes;
    const parts: Uint8Array[] = [];
    for (let place = head; place < bytes.length; ) {
      const member = elementAt(bytes, place);
      parts.push(rewrite(member));
      place += member.length;
    }
    return element(tag, concat(...parts));
  };
  return rewrite(der);
}
function elementAt(bytes: Uint8Array, place: number): Uint8Array {
  const first = bytes[place + 1] ?? 0;
  const many = first < 0x80 ? 0 : first & 0x7f;
  const length = many === 0 ? first : bytes.slice(place + 2, place + 2 + many).reduce((sum, byte) => sum * 256 + byte, 0);
  return bytes.slice(place, place + 2 + many + length);
}
function element(tag: number, body: Uint8Array): Uint8Array {
  const length =
    body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return concat(Uint8Array.of(tag, ...length), body);
}

/** The signature of a signer in the spelling of GB/T 35275: its content types, and the algorithm without the digest. */
async function asGbt35275(by: Signer): Promise<Uint8Array> {
  const data: [Uint8Array, Uint8Array] = [encode(oid('1.2.840.113549.1.7.1')), encode(oid('1.2.156.10197.6.1.4.2.1'))];
  const signs = signingKeyOver(by, (attributes) => respelled(attributes, ...data));
  const signature = respelled(await signDetached(content, { ...by, sign: signs }, now), ...data);
  const typed = respelled(signature, encode(oid('1.2.840.113549.1.7.2')), encode(oid('1.2.156.10197.6.1.4.2.2')));
  if (by.scheme !== 'sm2-sm3') return typed;
  // The last of them is the signer info's; the certificates keep theirs.
  const [from, to] = [encode(schemes['sm2-sm3'].identifier()), element(0x30, encode(oid(sm2Oids.bareSignature)))];
  const certificates = [by.certificate, ...by.chain].map((each) => each.der);
  return certificates.reduce((der, each) => respelled(der, respelled(each, from, to), each), respelled(typed, from, to));
}
const signingKeyOver =
  (by: Signer, change: (bytes: Uint8Array) => Uint8Array) =>
  (bytes: Uint8Array): Promise<Uint8Array> =>
    by.sign(change(bytes));

/** The attributes of a signature as they are signed, and the signature's value. */
function partsOf(signature: Uint8Array): { readonly attributes: Uint8Array; readonly value: Uint8Array } {
  const { result } = asn1js.fromBER(concat(signature).buffer);
  const members = (node: asn1js.AsnType | undefined): readonly asn1js.AsnType[] =>
    node instanceof asn1js.Constructed ? node.valueBlock.value : [];
  const info = members(members(members(members(result)[1])[0]).at(-1))[0];
  const [, , , attributes, , value] = members(info);
  if (attributes === undefined || !(value instanceof asn1js.OctetString)) throw new Error('no such parts');
  const der = new Uint8Array(attributes.toBER());
  return { attributes: concat(Uint8Array.of(0x31), der.slice(1)), value: new Uint8Array(value.valueBlock.valueHexView) };
}
