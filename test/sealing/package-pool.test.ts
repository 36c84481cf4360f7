import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { base64url } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { packBid } from '../../src/sealing/package.ts';
import { checkPackage } from '../../src/sealing/package-node.ts';
import { checkPackageApart } from '../../src/sealing/package-pool-node.ts';
import { testAuthority } from './pki.ts';

/* Packages checked on other threads: the same verdicts, in any number at once, and a failure is a failure of its own package alone. */
const at = '2026-05-20T01:30:00.000Z' as Instant;
const expected = { lot: '01a20305-5a3e-7724-8fb5-8cf50217a446', part: 'whole' as const, bidder: '91420500NNPE6AC207' };
const folder = mkdtempSync(join(tmpdir(), 'yangguang-pool-'));
const [good, bent] = [join(folder, 'good'), join(folder, 'bent')];
let trust: Parameters<typeof checkPackage>[2];

beforeAll(async () => {
  const pki = await testAuthority();
  trust = { anchors: [pki.root.certificate], at };
  const { signer } = await pki.certify({ commonName: '甲', organization: '甲', code: expected.bidder });
  const content = Buffer.from('%PDF-1.7');
  const bid = {
    format: 'yangguang/bid/v1' as const,
    ...expected,
    bidderName: '甲',
    price: '100.00',
    figures: {},
    tables: {},
    files: [{ field: 'technical', name: 'a.pdf', sha256: base64url(sha256(content)), bytes: content.length }],
  };
  const packed = packBid({ bid, files: [{ name: 'a.pdf', size: content.length, content: new Blob([content]) }], signer, at });
  const bytes = Buffer.from(await new Response(packed as BodyInit).arrayBuffer());
  writeFileSync(good, bytes);
  const place = bytes.indexOf('%PDF') + 2;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(bent, bytes);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('packages checked on other threads', () => {
  it('get the verdicts they get here, many at once', async () => {
    const others = { ...expected, bidder: '91420500PYKRKJ0X0W' };
    const here = [
      await checkPackage(good, expected, trust),
      await checkPackage(bent, expected, trust),
      await checkPackage(good, others, trust),
    ];
    expect(here.map((each) => each.ok)).toEqual([true, false, false]);
    const asked = Array.from({ length: 24 }, (_, n) =>
      checkPackageApart(n % 3 === 1 ? bent : good, n % 3 === 2 ? others : expected, trust),
    );
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 24 }, (_, n) => here[n % 3]));
  }, 60_000);

  it('that cannot be read fail by themselves', async () => {
    const [lost, found] = await Promise.allSettled([
      checkPackageApart(join(folder, 'nothing'), expected, trust),
      checkPackageApart(good, expected, trust),
    ]);
    expect([lost?.status, found?.status]).toEqual(['rejected', 'fulfilled']);
  }, 60_000);
});
