import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { verifyFile } from '../../src/evidence/file.ts';
import { setClock } from '../../src/journal/set-clock.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { CouncilShare, CouncilTask } from '../../src/openings/schema.ts';
import type { Council } from '../../src/sealing/council.ts';
import { createKeyFile } from '../../src/sealing/key-file.ts';
import { newKeyPair } from '../../src/sealing/signer.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { password } from '../parties/people.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { called, rounds, trusteesOf, voicesOf } from './ceremony-scene.ts';
import { addressOf, close, eventually, listening } from './scene.ts';

/* Real programs of three institutions: they hold the ceremony, keep their files, and two of them open a bid with what they kept. */
jest.setTimeout(300_000);
const cli = join(import.meta.dirname, '../../src/cli.ts');
const signingPassphrase = 'signing-2026';
let house: TestHouse;
let town: Town;
let trustees: readonly Person[];
let server: Server;
let root: string;
let ceremony: string;
const running = new Set<ChildProcess>();
const folder = (index: number): string => join(root, String(index));

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 3 });
  const pair = await newKeyPair();
  trustees = await trusteesOf(town, pair);
  server = await listening(createServer(house.app));
  root = mkdtempSync(join(tmpdir(), 'yangguang-ceremony-'));
  for (const [at, trustee] of trustees.entries()) {
    const signer = await trustee.signer();
    mkdirSync(folder(at + 1), { recursive: true });
    const [issuing] = signer.chain;
    writeFileSync(
      join(folder(at + 1), 'signing.p12'),
      await createKeyFile(pair.privateKey, signer.certificate, issuing ? [issuing] : [], signingPassphrase),
    );
    writeFileSync(join(folder(at + 1), 'password'), password);
    writeFileSync(join(folder(at + 1), 'passphrase'), `a long passphrase of ${at + 1}`);
    writeFileSync(join(folder(at + 1), 'signing-passphrase'), signingPassphrase);
  }
}, 120_000);
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await close(server);
  await house.close();
  rmSync(root, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly said: string;
}
const program = (index: number, ...more: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const login = trustees[index - 1]?.login ?? '';
    const args = ['ceremony', '--platform', addressOf(server), '--ceremony', ceremony, '--login', login, '--folder', folder(index)];
    const child = execFile(
      process.execPath,
      [cli, ...args, '--signing-key', join(folder(index), 'signing.p12'), ...more],
      (error, stdout, stderr) => {
        running.delete(child);
        resolve({ code: error ? Number(error.code) : 0, said: `${stdout}${stderr}` });
      },
    );
    running.add(child);
  });
const codeIn = ({ said }: Ended): string => /^code: ([\d ]+)$/m.exec(said)?.[1] ?? said;

describe('The ceremony by programs', () => {
  it('goes to the comparison by itself, keeps the files, and ends with the code that all have', async () => {
    ceremony = await called(town, trustees);
    const ended = await Promise.all([1, 2, 3].map((index) => program(index)));
    expect(ended.map(({ code }) => code)).toEqual([3, 3, 3]);
    const codes = new Set(ended.map(codeIn));
    expect([...codes]).toEqual([expect.stringMatching(/^\d{4} \d{4} \d{4} \d{4}$/)]);
    for (const index of [1, 2, 3])
      for (const name of ['trustee-key.age', 'witness.key', 'trust.json', 'ceremony-secret.age'])
        expect(existsSync(join(folder(index), name))).toBe(true);
    const text =
      readFileSync(join(folder(1), 'trustee-key.age'), 'latin1') + readFileSync(join(folder(1), 'ceremony-secret.age'), 'latin1');
    expect(text).not.toContain('AGE-SECRET-KEY');
    expect((await house.api().get(`/councils/${ceremony}`)).status).toBe(404);
    // a code that another trustee read differently: the program says no more
    const wary = await program(1, '--code', '1111 2222 3333 4444');
    expect(wary).toMatchObject({ code: 2, said: expect.stringContaining('shown other messages') });
    const confirmed = await Promise.all([1, 2, 3].map((index) => program(index, '--code', [...codes][0] ?? '')));
    expect(confirmed.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect((await house.api().get(`/councils/${ceremony}`)).status).toBe(200);
  });

  it('two of the three open what was sealed to the new council, from the files they kept; the third has lost its own', async () => {
    rmSync(folder(3), { recursive: true });
    const said = new Map<number, string[]>();
    const { council } = (await house.api().get(`/councils/${ceremony}`)).body as { council: Council };
    const { lot } = await publishedLot(town);
    for (const [at, bidder] of town.bidders.entries())
      await submitSealed({ ...town, council }, lot, bidder, { price: `${17_800_000 + at * 1000}.00` });
    for (const index of [1, 2]) {
      const child = spawn(
        process.execPath,
        [cli, 'custodian', '--folder', folder(index), '--platform', addressOf(server), '--poll', '50'],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      running.add(child);
      const lines: string[] = [];
      said.set(index, lines);
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => lines.push(String(piece)));
    }
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    if (deadline) await house.perform(setClock, theSystem, { at: deadline });
    await eventually(
      town,
      'the opening',
      async () => (await house.em().findOne(CouncilTask, { lot, kind: 'opening' }))?.combinedAt != null,
    );
    const task = await house.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' });
    expect(task.council).toBe(ceremony);
    expect((await house.em().find(CouncilShare, { task: task.id })).map(({ trustee }) => trustee).sort()).toEqual([1, 2]);
    await eventually(town, 'every bid opened', async () => {
      const items = await house.em().execute<{ state: string }[]>('select state from opening_item where lot = ?', [lot]);
      return items.length === 3 && items.every(({ state }) => state === 'opened');
    });
    expect(await phaseOf(house, lot)).toBe('opening');
    const key = await evidenceKey(house);
    const verdict = await verifyFile(await evidenceOfLot(house, lot), { key });
    expect(verdict).toMatchObject({ result: 'verified' });
    expect(verdict.checks.map(({ says }) => says.en).join()).toContain('The key ceremony holds');
  });
});

describe('A lot published under the old council', () => {
  it('is still opened by its trustees, whether the programs of the new one run or not', async () => {
    const other = await openHouse({ at: soon() });
    try {
      const old = await makeTown(other, { bidders: 3 });
      const { lot } = await publishedLot(old);
      for (const [at, bidder] of old.bidders.entries()) await submitSealed(old, lot, bidder, { price: `${17_800_000 + at * 1000}.00` });
      const next = await trusteesOf(
        old,
        (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair,
      );
      const id = await called(old, next);
      await rounds(voicesOf(old, next, id), 4);
      expect((await other.api().get(`/councils/${id}`)).status).toBe(200);
      const { deadline } = await other.em().findOneOrFail(Lot, { id: lot });
      if (deadline) await other.clock.to(deadline);
      await until(old, async () => (await other.em().findOne(CouncilTask, { lot, kind: 'opening' }))?.combinedAt != null);
      const task = await other.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' });
      expect(task).toMatchObject({ council: old.council.id });
      expect(task.combinedAt).not.toBeNull();
    } finally {
      await other.close();
    }
  });
});
