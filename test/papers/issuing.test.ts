import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventById } from '../../src/journal/reads.ts';
import { allActs } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { issuePaper } from '../../src/papers/issue-paper.ts';
import { dueSources } from '../../src/papers/reads.ts';
import type { PaperRow } from '../../src/papers/schema.ts';
import { timelineOf } from '../../src/tenders/reads.ts';
import { at, refusal, today } from '../awards/scene.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { makeTown, type Town } from '../support/town.ts';
import { announcedIn, contentOf, failedLot, issueAll, issuing, kindsIn, papersIn } from './whole-lot.ts';

const root = join(import.meta.dirname, '../..');
const patience = 240_000;

let house: TestHouse;
let town: Town;

beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  town = today(await makeTown(house));
}, patience);
afterAll(() => house.close());

describe('Issuing', () => {
  it(
    'is the platform’s alone, about an event of that lot that a paper follows',
    async () => {
      expect(allActs().find((each) => each.name === 'issue-paper')?.by).toEqual(['system']);
      const { lot } = await failedLot(today(town));
      const [row] = await until(lot);
      const command = { ...row, lot, fileKey: 'a'.repeat(40), data: {} };
      expect(await refusal(house.perform(issuePaper, town.agent.actor, command))).toBe('not-permitted');
      expect(await refusal(house.perform(issuePaper, theSystem, command))).toBe('paper-already-issued');
      const [question] = (await timelineOf(house.em(), town.agent.actor, lot, null)).filter((entry) => entry.type === 'question.answered');
      expect(await refusal(house.perform(issuePaper, theSystem, { ...command, source: question?.event }))).toBe('paper-without-ground');
      const other = await failedLot(today(town));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const [foreign] = (await timelineOf(house.em(), town.agent.actor, other.lot, null)).filter(
        (entry) => entry.type === 'notice.published',
      );
      expect(await refusal(house.perform(issuePaper, theSystem, { ...command, source: foreign?.event }))).toBe('paper-without-ground');
      await issueAll(house);
    },
    patience,
  );

  it(
    'killed between drawing and issuing, is done again by the next: the same bytes, once',
    async () => {
      const { lot } = await failedLot(today(town));
      const due = await waiting(lot);
      const folder = await mkdtemp(join(tmpdir(), 'yangguang-killed-'));
      const script = `
      await import('./src/house.ts');
      const { allChores } = await import('./src/kernel/clockwork.ts');
      const { openStore } = await import('./src/store/orm.ts');
      const { diskFiles } = await import('./src/store/files.ts');
      const { mkdtempSync } = await import('node:fs');
      const [url, folder, item] = process.argv.slice(1);
      const store = await openStore({ url });
      const frame = { fork: () => store.em(), append: async () => { process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}); }, announce: () => {} };
      await allChores().find((each) => each.name === 'issue-papers').work(JSON.parse(item), { frame, files: await diskFiles(folder) });`;
      const killed = promisify(execFile)(
        process.execPath,
        ['--no-warnings', '--input-type=module', '-e', script, '--', house.database.url, folder, JSON.stringify(due[0])],
        { cwd: root, env: { PATH: process.env.PATH } },
      );
      await expect(killed).rejects.toMatchObject({ signal: 'SIGKILL' });
      await rm(folder, { recursive: true });
      expect(await kindsIn(house, lot)).toEqual([]);
      expect(await announcedIn(house, lot, 'paper.issued')).toBe(0);
      const { frame, files } = house;
      // and by two at once: one of them stands
      await Promise.all([1, 2].map(() => issuing().work(due[0], { frame, files })));
      await issueAll(house);
      expect(await kindsIn(house, lot)).toEqual(['tender-notice', 'addendum']);
      expect(await announcedIn(house, lot, 'paper.issued')).toBe(2);
      for (const row of await papersIn(house, lot))
        expect(
          createHash('sha256')
            .update(await contentOf(house, row))
            .digest('base64url'),
        ).toBe(row.sha256);
    },
    patience,
  );

  it('finds nothing more to do when everything is issued, also after a start', async () => {
    expect(await issuing().find(house.em(), '' as Instant)).toEqual([]);
    const left = await dueSources(house.em(), 0, 100);
    expect(await Promise.all(left.map(async ({ source }) => (await eventById(house.em(), source))?.event.type))).toEqual([]);
  });

  const waiting = async (lot: string) => {
    for (let round = 0; round < 100; round += 1) {
      const due = (await dueSources(house.em(), 0, 100)).filter((each) => each.lot === lot);
      if (due.length === 2) return due;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('nothing became due');
  };
  const until = async (lot: string): Promise<PaperRow[]> => {
    await issueAll(house);
    return papersIn(house, lot);
  };
});
