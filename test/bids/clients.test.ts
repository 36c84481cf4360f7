import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { until } from '../../seeds/client.ts';
import { type PublishedBuild, publishedBuilds } from '../../src/bids/client-reads.ts';
import { publishClient } from '../../src/bids/publish-client.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { verifyReceipt } from '../../src/journal/receipt.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { publishClients } from '../../src/publish-clients.ts';
import { buildDigest, clientVersion } from '../../src/sealing/client.ts';
import { assetFolder, buildAssets } from '../../src/web/assets.ts';
import { bidPage, pageClient, sealProgram } from '../../src/web/clients.ts';
import { offlineClients } from '../../src/web/downloads.ts';
import { giveAuthority } from '../support/authority.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { refusal } from '../support/refusal.ts';

let house: TestHouse;
const folder = mkdtempSync(join(tmpdir(), 'yangguang-assets-'));
beforeAll(async () => {
  await giveAuthority();
  house = await openHouse();
}, 60_000);
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const listed = async (): Promise<PublishedBuild[]> => {
  const { body } = await house.api().get('/clients').expect(200);
  return (body as { clients: PublishedBuild[] }).clients;
};

describe('The builds of the programs that seal bids (protocol §14)', () => {
  it('bear the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
    expect(clientVersion).toBe(version);
  });

  it('come out of the sources to the byte, whatever the folder', async () => {
    const [first, second] = [await buildAssets(), await buildAssets(folder)];
    expect(second.files).toEqual(first.files);
    expect(second.integrity).toEqual(first.integrity);
    for (const file of Object.values(first.files))
      expect(readFileSync(join(folder, file)).equals(readFileSync(join(assetFolder, file)))).toBe(true);
    expect(pageClient(second)).toEqual(pageClient(first));
  }, 60_000);

  it('the offline page and the command come out of the sources to the byte too, built twice', async () => {
    const first = await offlineClients();
    const [page, program] = [await bidPage(), await sealProgram()];
    for (const [again, before] of [
      [page, first.page],
      [program, first.program],
    ] as const) {
      expect(again).not.toBe(before);
      expect(again.text.length).toBeGreaterThan(100_000);
      expect(again.text === before.text).toBe(true);
      expect(again.build).toEqual(before.build);
    }
  }, 60_000);

  it('have a digest over names and contents, whatever the order', () => {
    const assets = [
      { name: 'a.js', sha256: 'x' },
      { name: 'b.js', sha256: 'y' },
    ];
    expect(buildDigest([...assets].reverse())).toBe(buildDigest(assets));
    expect(buildDigest([{ name: 'a.js', sha256: 'y' }, assets[1] as (typeof assets)[0]])).not.toBe(buildDigest(assets));
    expect(buildDigest([...assets, { name: 'c.js', sha256: '' }])).not.toBe(buildDigest(assets));
  });

  it('are published once, however often and by however many processes the node starts', async () => {
    const build = pageClient(await buildAssets());
    const start = () => publishClients({ frame: house.frame, builds: [build] });
    await Promise.all([start(), start(), start()]);
    await start();
    const [first, ...more] = await until('the build has its number', async () => {
      const builds = await publishedBuilds(house.em());
      return builds.length > 0 && builds;
    });
    expect(more).toEqual([]);
    expect(first).toMatchObject(build);
    expect(await listed()).toEqual([first]);
    expect(await refusal(house.perform(publishClient, theSystem, { build }))).toBe('client-published-before');
    expect(await refusal(house.perform(publishClient, theSystem, { build: { ...build, sha256: 'A'.repeat(43) } }))).toBe(
      'client-digest-differs',
    );
  }, 30_000);

  it('are shown to everybody, each with a receipt that verifies', async () => {
    const [build] = await listed();
    const keys = (await house.api().get('/keys').expect(200)).body as { platform: string };
    const key = parseVerifierKey(keys.platform);
    const receipt: unknown = (await house.api().get(`/receipts/${build?.event}`).expect(200)).body;
    expect(key && verifyReceipt(receipt, key).ok).toBe(true);
    const page = await request(house.app).get('/clients').expect(200);
    expect(page.text).toContain(build?.sha256.slice(0, 8));
    expect(page.text).toContain('yangguang-bid.html');
  }, 30_000);

  it('are what pages hold the browser to: every script and style bears its digest', async () => {
    const { text } = await request(house.app).get('/clients').expect(200);
    const loaded = [...text.matchAll(/<(?:script|link rel="stylesheet")[^>]*(?:src|href)="([^"]+)"[^>]*>/g)];
    expect(loaded.length).toBeGreaterThanOrEqual(3);
    const { files, integrity } = await buildAssets();
    for (const [tag, address = ''] of loaded) {
      const [name = ''] = Object.entries(files).find(([, file]) => address === `/assets/${file}`) ?? [];
      expect(tag).toContain(`integrity="${integrity[name]?.replaceAll('=', '&#61;')}"`);
    }
  });
});
