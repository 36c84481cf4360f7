import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { withoutCertificates } from '../../src/sealing/cms-certificates.ts';
import { concat } from '../../src/sealing/digest.ts';
import { signDetached, verifyDetached } from '../../src/sealing/signature.ts';
import { testAuthority } from './pki.ts';

const at = '2026-05-20T01:30:00.000Z' as Instant;
const content = utf8('投标文件');
let signature: Uint8Array;
let verified: (given: Uint8Array) => Promise<boolean>;

beforeAll(async () => {
  const pki = await testAuthority();
  const { signer } = await pki.certify({ commonName: '甲', organization: '甲', code: '91420500NNPE6AC207' });
  signature = await signDetached(content, signer, at);
  verified = async (given) => (await verifyDetached(given, content, { anchors: [pki.root.certificate], at })).ok;
});

describe('Certificates taken out of a signature by their bytes', () => {
  it('are those it carries, and the rest is the same signature without them', async () => {
    const cut = withoutCertificates(signature);
    expect(cut?.certificates.length).toBeGreaterThanOrEqual(2);
    for (const der of cut?.certificates ?? []) expect(Buffer.from(signature).includes(Buffer.from(der))).toBe(true);
    const bytes = (cut?.certificates ?? []).reduce((sum, each) => sum + each.length, 0);
    expect(signature.length - (cut?.rest.length ?? 0)).toBeGreaterThanOrEqual(bytes);
    expect(await verified(signature)).toBe(true);
    // without them there is no signer to be found
    expect(await verified(cut?.rest ?? new Uint8Array())).toBe(false);
  });
  it('are left alone in whatever is not plainly DER: bytes behind it, an indefinite length, a length in more bytes than it needs', () => {
    expect(withoutCertificates(concat(signature, Uint8Array.of(0)))).toBeUndefined();
    expect(withoutCertificates(signature.slice(0, -1))).toBeUndefined();
    expect(withoutCertificates(new Uint8Array())).toBeUndefined();
    const indefinite = signature.slice();
    indefinite[1] = 0x80;
    expect(withoutCertificates(indefinite)).toBeUndefined();
    const longer = concat(signature.slice(0, 1), Uint8Array.of(0x83, 0), signature.slice(2));
    expect(withoutCertificates(longer)).toBeUndefined();
  });
  it('make no altered signature hold: a bit turned in the signer’s certificate or in the signed attributes and the value behind them refuses', async () => {
    const signerCertificate = withoutCertificates(signature)?.certificates[0] ?? new Uint8Array();
    const from = Buffer.from(signature).indexOf(Buffer.from(signerCertificate));
    const value = signature.length - 64;
    const place = fc.oneof(
      fc.nat({ max: signerCertificate.length - 1 }).map((at) => from + at),
      fc.integer({ min: value, max: signature.length - 1 }),
    );
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const bent = signature.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte));
        expect([at, await verified(bent)]).toEqual([at, false]);
      }),
      { numRuns: 120 },
    );
  });
});
