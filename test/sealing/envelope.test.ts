import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64url, fromBase64url } from '../../src/kernel/bytes.ts';
import { type Council, combine, evaluate, type TrusteeShare } from '../../src/sealing/council.ts';
import { decryptFile, readHeaderOf, readHeaderOfFile } from '../../src/sealing/decrypt-node.ts';
import { randomBytes } from '../../src/sealing/digest.ts';
import {
  checkLabelProof,
  contextText,
  coverStream,
  decryptStream,
  type EnvelopeContext,
  type EnvelopeHeader,
  newAgeIdentity,
  readEnvelopeHeader,
  rereadOwn,
  sealedSize,
  sealStream,
  unwrapFileKey,
} from '../../src/sealing/envelope.ts';
import { openTrusteeKey, sealTrusteeKey } from '../../src/sealing/trustee-key.ts';
import { altered, bytesIn, otherCharacter, streamOf, vector } from './vectors.ts';

const { council, secretShares } = vector('council') as { council: Council; secretShares: TrusteeShare[] };
const context: EnvelopeContext = { lot: '01a20305-5a3e-7724-8fb5-8cf50217a446', part: 'price', bidder: '91420500NNPE6AC207' };
const own = await newAgeIdentity();

const seal = async (plain: Uint8Array, where: EnvelopeContext = context): Promise<Uint8Array> =>
  bytesIn(await sealStream(streamOf(plain), { council, context: where, ownRecipient: own.recipient }));
const headOf = async (envelope: Uint8Array): Promise<EnvelopeHeader> => {
  const read = await readEnvelopeHeader(envelope);
  if (!read.ok) throw read.problem;
  return read.header;
};
const sharedOf = (header: EnvelopeHeader, trustees: readonly number[] = [1, 3]): string => {
  const shares = secretShares
    .filter((share) => trustees.includes(share.index))
    .map((share) => evaluate(share, [header.ephemeral], council));
  const combined = combine(council, [header.ephemeral], shares);
  if (!combined.ok) throw combined.problem;
  return combined.shared[0] ?? '';
};
const keyOf = (header: EnvelopeHeader, where: EnvelopeContext = context): Uint8Array => {
  const unwrapped = unwrapFileKey(council, where, header, sharedOf(header));
  if (!unwrapped.ok) throw unwrapped.problem;
  return unwrapped.fileKey;
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yangguang-envelope-'));
});
afterAll(() => rm(folder, { recursive: true }));
const onDisk = async (envelope: Uint8Array): Promise<string> => {
  const path = join(folder, `${base64url(randomBytes(12))}.age`);
  await writeFile(path, envelope);
  return path;
};

describe('The envelopes of the vectors (protocol §3)', () => {
  interface EnvelopeVector {
    submission: string;
    context: string;
    file: string;
    sharedPoint: string;
    opens: boolean;
    plaintext: string;
    fileKey: string;
  }
  const { files, ownIdentity } = vector('envelopes') as { files: EnvelopeVector[]; ownIdentity: string };
  const contextOf = (text: string): EnvelopeContext => {
    const [lot = '', part = '', bidder = ''] = text.split('/');
    return { lot, part: part as EnvelopeContext['part'], bidder };
  };
  it.each(files)('$submission opens, or does not, as it was made', async (file) => {
    const envelope = fromBase64url(file.file) ?? new Uint8Array();
    const header = await headOf(envelope);
    const where = contextOf(file.context);
    expect(contextText(where)).toBe(file.context);
    expect(checkLabelProof(header, council.id, where)).toEqual({ ok: true });
    for (const trustees of [
      [1, 2],
      [1, 3],
      [2, 3],
      [1, 2, 3],
    ])
      expect(sharedOf(header, trustees)).toBe(file.sharedPoint);
    const unwrapped = unwrapFileKey(council, where, header, file.sharedPoint);
    expect(unwrapped.ok).toBe(file.opens);
    const fileKey = fromBase64url(file.fileKey) ?? new Uint8Array();
    if (unwrapped.ok) expect(base64url(unwrapped.fileKey)).toBe(file.fileKey);
    expect(base64url(await bytesIn(await decryptStream(fileKey, streamOf(envelope))))).toBe(file.plaintext);
    expect(base64url(await bytesIn(decryptFile(await onDisk(envelope), fileKey)))).toBe(file.plaintext);
    expect(base64url(await bytesIn(await rereadOwn(ownIdentity, streamOf(envelope))))).toBe(file.plaintext);
  });
});

describe('A sealed envelope', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 131_072])('of %i bytes comes back from council, library and bidder alike', async (size) => {
    const plain = size === 0 ? new Uint8Array() : Uint8Array.from({ length: size }, (_, at) => (at * 31) % 251);
    const envelope = await seal(plain);
    const header = await headOf(envelope);
    const fileKey = keyOf(header);
    expect(sealedSize(size, header.length)).toBe(envelope.length);
    expect(await bytesIn(await decryptStream(fileKey, streamOf(envelope)))).toEqual(plain);
    expect(await bytesIn(decryptFile(await onDisk(envelope), fileKey))).toEqual(plain);
    expect(await bytesIn(await rereadOwn(own.identity, streamOf(envelope)))).toEqual(plain);
  });
  it('is refused for another lot, another part, another bidder and another council', async () => {
    const header = await headOf(await seal(Uint8Array.of(1)));
    expect(checkLabelProof(header, council.id, context)).toEqual({ ok: true });
    const others: EnvelopeContext[] = [
      { ...context, lot: '01a20305-5b37-7f10-9a3f-3ae7a7ca92cc' },
      { ...context, part: 'technical' },
      { ...context, bidder: '91420500PYKRKJ0X0W' },
    ];
    for (const other of others) {
      expect(checkLabelProof(header, council.id, other)).toMatchObject({ reason: 'envelope-label-wrong' });
      expect(unwrapFileKey(council, other, header, sharedOf(header))).toMatchObject({ reason: 'envelope-does-not-unwrap' });
    }
    expect(checkLabelProof(header, '01a20305-5b37-7f10-9a3f-3ae7a7ca92cc', context)).toMatchObject({ reason: 'envelope-other-council' });
  });
  it('is refused when any character of its seal is another', async () => {
    const header = await headOf(await seal(Uint8Array.of(1)));
    fc.assert(
      fc.property(fc.constantFrom('ephemeral', 'proof', 'wrappedKey'), fc.nat(85), (field, at) => {
        const changed = { ...header, [field]: otherCharacter(header[field], at) };
        expect(checkLabelProof(changed, council.id, context).ok).toBe(false);
      }),
    );
  });
  it('is refused when any byte of its header is another', async () => {
    const envelope = await seal(Uint8Array.of(1, 2, 3));
    const { length } = await headOf(envelope);
    const fileKey = keyOf(await headOf(envelope));
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Uint8Array.from(envelope, (byte, place) => (place === at ? byte ^ flip : byte));
        await expect(bytesIn(decryptFile(await onDisk(changed), fileKey))).rejects.toThrow('envelope-altered');
        await expect(decryptStream(fileKey, streamOf(changed)).then(bytesIn)).rejects.toThrow('envelope-altered');
      }),
      { numRuns: 60 },
    );
  });
  it('does not yield a changed, shortened, lengthened or reordered payload', async () => {
    const plain = randomBytes(65_536).slice();
    const envelope = await seal(Uint8Array.from([...plain, ...plain, 1]));
    const header = await headOf(envelope);
    const fileKey = keyOf(header);
    const start = header.length + 16;
    const [first, second] = [envelope.slice(start, start + 65_552), envelope.slice(start + 65_552, start + 131_104)];
    const spoilt = [
      envelope.slice(0, -1),
      envelope.slice(0, start + 131_104),
      envelope.slice(0, start),
      envelope.slice(0, header.length + 3),
      Uint8Array.from([...envelope, 0]),
      Uint8Array.from([...envelope.slice(0, start), ...second, ...first, ...envelope.slice(start + 131_104)]),
      Uint8Array.from(envelope, (byte, at) => (at === start + 70_000 ? byte ^ 1 : byte)),
    ];
    for (const each of spoilt) {
      await expect(bytesIn(decryptFile(await onDisk(each), fileKey))).rejects.toThrow('envelope-altered');
      await expect(decryptStream(fileKey, streamOf(each)).then(bytesIn)).rejects.toThrow();
    }
  });
  it('cannot be read with another file key or by another bidder', async () => {
    const envelope = await seal(Uint8Array.of(1));
    const stranger = await newAgeIdentity();
    await expect(rereadOwn(stranger.identity, streamOf(envelope))).rejects.toThrow();
    await expect(bytesIn(decryptFile(await onDisk(envelope), randomBytes(16)))).rejects.toThrow('envelope-altered');
  });
  it('can wear an outer cover that only the bidder takes off', async () => {
    const envelope = await seal(Uint8Array.of(7));
    const covered = await bytesIn(await coverStream(streamOf(envelope), own.recipient));
    expect(await readEnvelopeHeader(covered)).toMatchObject({ reason: 'envelope-malformed' });
    expect(await bytesIn(await rereadOwn(own.identity, streamOf(covered)))).toEqual(envelope);
  });
  it('is never sealed to a council whose keys do not belong together', async () => {
    const forged = altered(council, (copy) => {
      copy.groupKey = council.trustees[0]?.verifyingShare ?? '';
    });
    const sealing = sealStream(streamOf(Uint8Array.of(1)), { council: forged, context, ownRecipient: own.recipient });
    await expect(sealing).rejects.toThrow('council-key');
  });
  it('has a context that can be read one way only', () => {
    expect(() => contextText({ ...context, lot: 'a/b' })).toThrow();
    expect(() => contextText({ ...context, bidder: '' })).toThrow();
  });
});

describe('The head of an envelope', () => {
  const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
  const bytes = (head: string): Uint8Array => Uint8Array.from(head, (character) => character.charCodeAt(0));
  it('is read from a file without its payload', async () => {
    const path = await onDisk(await seal(new Uint8Array(100_000)));
    const file = await open(path);
    expect(await readHeaderOf(file)).toMatchObject({ ok: true, header: { council: council.id } });
    await file.close();
    expect(await readHeaderOfFile(path)).toMatchObject({ ok: true });
  });
  it('holds the council and the bidder, and no third reader', async () => {
    const head = text(await seal(Uint8Array.of(1)));
    const own = head.slice(head.indexOf('-> X25519'), head.indexOf('--- '));
    const councils = head.slice(head.indexOf('-> yangguang'), head.indexOf('-> X25519'));
    expect(await readEnvelopeHeader(bytes(head))).toMatchObject({ ok: true });
    expect(await readEnvelopeHeader(bytes(head.replace(own, own + own)))).toMatchObject({ reason: 'envelope-malformed' });
    expect(await readEnvelopeHeader(bytes(head.replace(own, '')))).toMatchObject({ reason: 'envelope-malformed' });
    expect(await readEnvelopeHeader(bytes(head.replace(councils, councils + councils)))).toMatchObject({ reason: 'envelope-malformed' });
    expect(await readEnvelopeHeader(bytes(head.replace(councils, '')))).toMatchObject({ reason: 'envelope-malformed' });
    expect(await readEnvelopeHeader(bytes(head.replace(councils + own, own + councils)))).toMatchObject({ reason: 'envelope-malformed' });
  });
  it('is refused, never thrown at, when it is anything else', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (any) => !(await readEnvelopeHeader(any)).ok));
    const endless = bytes(`age-encryption.org/v1\n-> X25519 ${'A'.repeat(5000)}\n`);
    expect(await readEnvelopeHeader(endless)).toMatchObject({ reason: 'envelope-malformed' });
  });
});

describe('A trustee key file', () => {
  const key = { council: council.id, index: 1, signingShare: secretShares[0]?.signingShare ?? '', identity: own.identity };
  it('opens with its passphrase and with no other', async () => {
    const file = await sealTrusteeKey(key, '正确的口令', 10);
    expect(await openTrusteeKey(file, '正确的口令')).toMatchObject({ ok: true, key });
    expect(await openTrusteeKey(file, '错误的口令')).toMatchObject({ reason: 'trustee-key-locked' });
    expect(await openTrusteeKey(file.slice(0, -1), '正确的口令')).toMatchObject({ reason: 'trustee-key-locked' });
    expect(await openTrusteeKey(new Uint8Array(5), '正确的口令')).toMatchObject({ reason: 'trustee-key-locked' });
  });
});
