import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sm2, sm4 } from 'sm-crypto-v2';
import { utf8 } from '../../src/kernel/bytes.ts';
import { encode, integer, pemOf, sequence } from '../../src/sealing/der.ts';
import { concat, hex } from '../../src/sealing/digest.ts';
import { newSm2KeyPair, sm2Id, sm2PointIn, sm2PrivateKey, sm2Sign, sm2Spki, sm2Verifies, sm3 } from '../../src/sealing/sm2.ts';
import { sm2Pkcs8, sm2PrivateKeyIn } from '../../src/sealing/sm2-pkcs8.ts';
import { openssl, withOpenssl } from './pki.ts';

const bytes = (text: string): Uint8Array =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const number = (value: bigint): Uint8Array => bytes(value.toString(16).padStart(66, '0'));
const signatureOf = (r: bigint, s: bigint): Uint8Array => encode(sequence(integer(number(r)), integer(number(s))));

/** GB/T 32918.5-2017 annex A.2: the signature example on the recommended curve, with the default ID. */
const standard = {
  secret: '3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8',
  x: '09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020',
  y: 'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
  z: 'B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3',
  e: 'F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640',
  k: 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n,
  x1: 0x04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73n,
  r: 0xf5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3n,
  s: 0xb1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aan,
} as const;
const message = utf8('message digest');
const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const prime = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;

const key = sm2PrivateKey(bytes(standard.secret));
if (key === undefined) throw new Error('the key of the standard is a key');

describe('SM3 (GB/T 32905-2016)', () => {
  it('gives the digests of annex A', () => {
    expect(hex(sm3(utf8('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(hex(sm3(utf8('abcd'.repeat(16))))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });
  it('agrees with OpenSSL’s on anything, at every length of the last block', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => expect(hex(sm3(any))).toBe(createHash('sm3').update(any).digest('hex'))),
    );
  });
});

describe('SM4 (GB/T 32907-2016)', () => {
  const block = bytes('0123456789ABCDEFFEDCBA9876543210');
  const once = (input: Uint8Array): Uint8Array => sm4.encrypt(input, block, { padding: 'none', output: 'array' });
  it('gives the block of annex A.1, and takes it back', () => {
    expect(hex(once(block))).toBe('681edf34d206965e86b3e94f536e4246');
    expect(sm4.decrypt(once(block), block, { padding: 'none', output: 'array' })).toEqual(block);
  });
  it('gives the block of annex A.2, enciphered a million times', () => {
    let state = block;
    for (let round = 0; round < 1_000_000; round++) state = once(state);
    expect(hex(state)).toBe('595298c7c6fd271f0402f804c33d3f66');
  });
});

describe('SM2 signatures (GB/T 32918.2 on the curve of GB/T 32918.5)', () => {
  it('the key, Z, e, r and s of annex A.2 come out as printed', () => {
    expect(hex(key.point).toUpperCase()).toBe(`04${standard.x}${standard.y}`);
    expect(hex(sm2.getZ(hex(key.point), sm2Id)).toUpperCase()).toBe(standard.z);
    expect(hex(sm3(concat(bytes(standard.z), message))).toUpperCase()).toBe(standard.e);
    const pointPool = [{ k: standard.k, x1: standard.x1 }];
    const made = sm2.doSignature(message, hex(key.secret), { pointPool, hash: true, publicKey: hex(key.point), userId: sm2Id });
    expect(made).toBe(`${standard.r.toString(16)}${standard.s.toString(16)}`);
    expect(sm2Verifies(key.point, message, signatureOf(standard.r, standard.s))).toBe(true);
  });
  it('a signature holds for its bytes and key alone, the first time and, with the key’s multiples at hand, ever after', () => {
    const other = newSm2KeyPair().publicKey.point;
    const signature = sm2Sign(key, message);
    for (const _ of [1, 2, 3]) {
      expect(sm2Verifies(key.point, message, signature)).toBe(true);
      expect(sm2Verifies(key.point, utf8('message digesT'), signature)).toBe(false);
      expect(sm2Verifies(other, message, signature)).toBe(false);
    }
    expect(sm2Sign(key, message)).not.toEqual(signature);
    expect(sm2Verifies(key.point, new Uint8Array(), sm2Sign(key, new Uint8Array()))).toBe(true);
  });
  it('a signature under another ID, or none, is no signature here', () => {
    const under = (userId: string): Uint8Array => {
      const plain = sm2.doSignature(message, hex(key.secret), { hash: true, publicKey: hex(key.point), userId });
      return signatureOf(BigInt(`0x${plain.slice(0, 64)}`), BigInt(`0x${plain.slice(64)}`));
    };
    expect(sm2Verifies(key.point, message, under(sm2Id))).toBe(true);
    for (const id of ['', 'ALICE123@YAHOO.COM', '1234567812345679']) expect(sm2Verifies(key.point, message, under(id))).toBe(false);
  });
  it('r and s are from 1 to n - 1: the same number taken round the order is refused, and so is zero', () => {
    const { r, s } = standard;
    for (const [one, two] of [
      [0n, s],
      [r, 0n],
      [0n, 0n],
      [order, s],
      [r, order],
      [r + order, s],
      [r, s + order],
      [r, order - r], // r + s = 0, the point at infinity
    ] as const)
      expect(sm2Verifies(key.point, message, signatureOf(one, two))).toBe(false);
  });
  it('there is no second form: neither a mirrored s or r, nor another spelling of the DER', () => {
    const { r, s } = standard;
    const mirrored = [signatureOf(r, order - s), signatureOf(order - r, s), signatureOf(order - r, order - s), signatureOf(s, r)];
    for (const other of mirrored) expect(sm2Verifies(key.point, message, other)).toBe(false);
    const der = signatureOf(r, s);
    const [first, second] = [der.slice(2, 37), der.slice(37)];
    const spellings = [
      concat(der, Uint8Array.of(0)),
      der.slice(0, -1),
      concat(Uint8Array.of(0x30, 0x81, 0x46), first, second), // a long length
      concat(Uint8Array.of(0x30, 0x80), first, second, Uint8Array.of(0, 0)), // an indefinite one
      concat(Uint8Array.of(0x30, 0x47, 0x02, 0x22, 0x00), first.slice(2), second), // a zero too many before r
      concat(Uint8Array.of(0x30, 0x45, 0x02, 0x20), first.slice(3), second), // r as a negative number
      concat(Uint8Array.of(0x31), der.slice(1)), // a set
      concat(Uint8Array.of(0x30, 0x48), first, second, Uint8Array.of(0x05, 0x00)), // something behind s
      concat(first.slice(3), second.slice(3)), // r || s as they are
      new Uint8Array(),
    ];
    for (const other of spellings) expect(sm2Verifies(key.point, message, other)).toBe(false);
  });
  it('anything else is refused, never thrown at', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (any) => !sm2Verifies(key.point, message, any)));
  });
});

describe('SM2 keys', () => {
  it('are from 1 to n - 2', () => {
    for (const d of [0n, order - 1n, order, order + 5n]) expect(sm2PrivateKey(number(d).slice(1))).toBeUndefined();
    for (const d of [1n, order - 2n]) expect(sm2PrivateKey(number(d).slice(1))?.point).toHaveLength(65);
    expect(sm2PrivateKey(bytes(standard.secret).slice(1))).toBeUndefined();
  });
  it('are taken uncompressed on the named curve, and only when the point is on it', () => {
    const spki = sm2Spki(key);
    expect(sm2PointIn(spki)).toEqual(key.point);
    const withPoint = (point: Uint8Array): Uint8Array => sm2Spki({ point });
    const compressed = concat(Uint8Array.of(0x03), key.point.slice(1, 33));
    const beside = Uint8Array.from(key.point, (byte, at) => (at === 64 ? byte ^ 1 : byte));
    const tooLarge = concat(Uint8Array.of(0x04), number(prime).slice(1), key.point.slice(33));
    for (const point of [compressed, beside, tooLarge, new Uint8Array(65), concat(Uint8Array.of(0x04), new Uint8Array(64))])
      expect(sm2PointIn(withPoint(point))).toBeUndefined();
    expect(sm2PointIn(spki.slice(0, -1))).toBeUndefined();
    expect(sm2PointIn(concat(spki, Uint8Array.of(0)))).toBeUndefined();
  });
  it('are read back from PKCS#8, unless the public half is another’s', () => {
    expect(sm2PrivateKeyIn(sm2Pkcs8(key))).toEqual(key);
    const foreign = { ...key, point: newSm2KeyPair().publicKey.point };
    expect(sm2PrivateKeyIn(sm2Pkcs8(foreign))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (any) => sm2PrivateKeyIn(any) === undefined));
  });
});

(withOpenssl ? describe : describe.skip)('OpenSSL, the second opinion', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yangguang-sm2-'));
    await writeFile(join(folder, 'key.pem'), pemOf('PRIVATE KEY', sm2Pkcs8(key)));
    await writeFile(join(folder, 'public.pem'), pemOf('PUBLIC KEY', sm2Spki(key)));
    await writeFile(join(folder, 'message'), message);
  });
  afterAll(() => rm(folder, { recursive: true }));
  const dgst = (...more: readonly string[]) => openssl('dgst', '-sm3', ...more, join(folder, 'message'));
  const underId = ['-sigopt', `distid:${sm2Id}`];

  it('verifies what is signed here, with the default ID and no other', async () => {
    const file = join(folder, 'ours.sig');
    await writeFile(file, sm2Sign(key, message));
    const verify = ['-verify', join(folder, 'public.pem'), '-signature', file];
    expect(dgst(...verify, ...underId)).toMatchObject({ accepted: true });
    expect(dgst(...verify, '-sigopt', 'distid:8765432187654321')).toMatchObject({ accepted: false });
  });
  it('makes signatures that hold here, with the default ID and no other', async () => {
    const sign = async (...id: readonly string[]): Promise<Uint8Array> => {
      const file = join(folder, 'theirs.sig');
      expect(dgst('-sign', join(folder, 'key.pem'), ...id, '-out', file)).toMatchObject({ accepted: true });
      return new Uint8Array(await readFile(file));
    };
    expect(sm2Verifies(key.point, message, await sign(...underId))).toBe(true);
    expect(sm2Verifies(key.point, message, await sign('-sigopt', 'distid:8765432187654321'))).toBe(false);
    expect(sm2Verifies(key.point, message, await sign())).toBe(false); // it then signs under no ID at all
  });
});
