import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { inventedIdentity } from '../../seeds/identities.ts';
import { useIdentityKeys } from '../../src/experts/identity.ts';
import { clearIdentityOf, expertByNumber } from '../../src/experts/identity-reads.ts';
import { importExperts } from '../../src/experts/import-experts.ts';
import { frameOf } from '../../src/house.ts';
import { perform } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { makeCode } from '../../src/parties/code.ts';
import { rotateIdentityKeyCommand } from '../../src/rotate-identity-key.ts';
import { addIdentityKey, openIdentityKeys } from '../../src/store/identity-keys.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'yangguang-keys-'));
}, 60_000);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const experts = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...inventedIdentity(from + at),
    name: '张三',
    employer: makeCode('420100', from + at),
    employerName: '某院',
    specialties: ['A08'],
    memberships: ['construction'],
    region: '420100',
    title: '高级工程师',
  }));
const admit = async (from: number, count: number): Promise<string[]> => {
  const { result } = await perform(frameOf(database), importExperts, theSystem, { experts: experts(from, count) });
  return result.experts.map(({ expert }) => expert);
};
const underKeys = async (): Promise<[number, number][]> =>
  (
    await database
      .em()
      .execute<{ key: number; count: number }[]>(
        'select key_number as key, count(*)::int as count from expert_identity group by 1 order by 1',
      )
  ).map(({ key, count }) => [key, count]);

it('keys are made once, for their owner alone, rotated while others work, and missed loudly', async () => {
  const working = await openIdentityKeys(folder, database.em());
  useIdentityKeys(working);
  expect((await readdir(folder)).sort()).toEqual(['identity-1.key', 'identity-index.key']);
  for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  const [first] = await admit(0, 3);
  // another process adds a key: this one seals under it from then on, without being told
  expect(await addIdentityKey(folder)).toBe(2);
  await admit(10, 2);
  expect(await underKeys()).toEqual([
    [1, 3],
    [2, 2],
  ]);
  expect(await rotateIdentityKeyCommand(['--database', database.url, '--folder', folder])).toBe(0);
  expect(await underKeys()).toEqual([[3, 5]]);
  // what is under the newest key needs no older one, and is found by its number as before
  for (const old of [1, 2]) await rm(join(folder, `identity-${old}.key`));
  useIdentityKeys(await openIdentityKeys(folder, database.em()));
  const { idNumber, phone } = inventedIdentity(0);
  expect(await clearIdentityOf(database.em(), first ?? '')).toMatchObject({ idNumber, phone });
  expect(await expertByNumber(database.em(), idNumber)).toBe(first);
  await rm(join(folder, 'identity-3.key'));
  await expect(openIdentityKeys(folder, database.em())).rejects.toThrow('bring it back from its safe copy');
}, 60_000);
