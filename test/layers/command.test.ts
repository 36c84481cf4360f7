import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Encrypter } from 'age-encryption';
import { Envelope } from '../../src/bids/schema.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { keyFileOf, passphrase } from '../bids/offline-scene.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse } from '../support/house.ts';
import { until } from '../support/opened-lot.ts';
import { serve } from '../support/serve.ts';
import { makeTown, soon, type Town } from '../support/town.ts';
import { type LayeredLot, layeredLot } from './scene.ts';

/** The command `yangguang layer` as a bidder runs it: processes of their own, key files with passphrases, a platform behind an address. */

const folder = mkdtempSync(join(tmpdir(), 'yangguang-layer-'));
const file = (name: string): string => join(folder, name);
let town: Town;
let scene: LayeredLot;
let server: Server;

/** Runs the command to its end: its exit code, and what it said. */
function layer(args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/cli.ts', 'layer', ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}` });
    });
  });
}

beforeAll(async () => {
  town = await makeTown(await openHouse({ at: soon() }));
  scene = await layeredLot(town, undefined, undefined, { remedyPlan: 'sealed-copy' });
  server = await serve(town.house.app);
  for (const [at, identity] of scene.identities.entries()) {
    writeFileSync(file(`identity-${at}.txt`), `# created: earlier\n${identity}\n`);
    writeFileSync(file(`token-${at}`), (await town.bidders[at]?.token()) ?? '');
  }
}, 120_000);
afterAll(async () => {
  server?.close();
  await town?.house.close();
  rmSync(folder, { recursive: true, force: true });
});
const at = (bidder: number): string[] => {
  const { port } = server.address() as AddressInfo;
  return ['--lot', scene.lot, '--platform', `http://127.0.0.1:${port}`, '--token', file(`token-${bidder}`)];
};
const lines = async () =>
  (await town.house.api().get(`/lots/${scene.lot}/layers`)).body.lines.map(({ state }: { state: string }) => state).sort();

describe('yangguang layer', () => {
  it('removes the layer with a key file under a passphrase; a wrong passphrase or key sends nothing', async () => {
    const locked = new Encrypter();
    locked.setPassphrase('杨柳岸 晓风');
    locked.setScryptWorkFactor(10);
    writeFileSync(file('identity.age'), await locked.encrypt(readFileSync(file('identity-0.txt'), 'utf8')));
    writeFileSync(file('right'), '杨柳岸 晓风\n');
    writeFileSync(file('wrong'), '杨柳岸\n');
    writeFileSync(file('other.txt'), (await newAgeIdentity()).identity);
    const refusedFirst = await layer([...at(0), '--identity', file('identity.age'), '--passphrase', file('wrong')]);
    expect(refusedFirst).toMatchObject({ code: 1, said: expect.stringContaining('口令不对') });
    expect(await layer([...at(0), '--identity', file('other.txt')])).toMatchObject({ code: 1, said: expect.stringContaining('密钥不对') });
    expect(await lines()).toEqual(['waits', 'waits', 'waits']);
    const removed = await layer([...at(0), '--identity', file('identity.age'), '--passphrase', file('right')]);
    expect(removed).toMatchObject({ code: 0, said: expect.stringContaining('✓ 加密层已解除') });
    expect(await lines()).toEqual(['removed', 'waits', 'waits']);
    expect(await layer([...at(0), '--identity', file('identity-0.txt')])).toMatchObject({
      code: 1,
      said: expect.stringContaining('现在没有'),
    });
    expect(await layer(['--lot', scene.lot])).toMatchObject({ code: 2, said: expect.stringContaining('usage: yangguang layer') });
  }, 120_000);

  it('takes the inner copy out offline, and hands it in for a lost key, signed with the certificate’s key file', async () => {
    const { house } = town;
    const { fileKey } = await house.em().findOneOrFail(Envelope, { submission: scene.bids[1] ?? '' });
    copyFileSync(await house.files.localPath(fileKey ?? ''), file('outer.age'));
    const inner = ['--inner', file('outer.age'), '--out', file('inner.age')];
    expect(await layer([...inner, '--identity', file('other.txt')])).toMatchObject({ code: 1, said: expect.stringContaining('密钥不对') });
    expect((await layer([...inner, '--identity', file('identity-1.txt')])).code).toBe(0);
    const key = await keyFileOf(house, (await town.bidders[1]?.token()) ?? '', folder);
    writeFileSync(file('passphrase'), passphrase);
    const signed = ['--key', key, '--passphrase', file('passphrase')];
    writeFileSync(file('bent.age'), Buffer.concat([readFileSync(file('inner.age')), Buffer.from([0])]));
    expect(await layer([...at(1), '--copy', file('bent.age'), ...signed])).toMatchObject({
      code: 1,
      said: expect.stringContaining('摘要不一致'),
    });
    expect(await layer([...at(1), '--copy', file('outer.age'), ...signed])).toMatchObject({
      code: 1,
      said: expect.stringContaining('copy-still-covered'),
    });
    expect(await layer([...at(1), '--copy', file('inner.age'), ...signed])).toMatchObject({
      code: 0,
      said: expect.stringContaining('✓ 密封副本已提交'),
    });
    expect((await layer([...at(2), '--identity', file('identity-2.txt')])).code).toBe(0);
    const items = () => house.em().find(OpeningItem, { lot: scene.lot });
    await until(town, async () => (await items()).every(({ state }) => state === 'opened'));
    expect(await verifyFile(await evidenceOfLot(house, scene.lot), { key: await evidenceKey(house) })).toMatchObject({
      result: 'verified',
    });
  }, 120_000);
});
