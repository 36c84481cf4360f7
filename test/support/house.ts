import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Express } from 'express';
import request from 'supertest';
import { useNotesKey } from '../../src/evaluation/note.ts';
import { useIdentityKeys } from '../../src/experts/identity.ts';
import { frameOf, webHouse } from '../../src/house.ts';
import { type NoteSigner, noteSigner } from '../../src/journal/checkpoint.ts';
import { startSequencer } from '../../src/journal/sequencer.ts';
import { useVeils } from '../../src/journal/veil.ts';
import { type Act, type Frame, type Performed, perform } from '../../src/kernel/act.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import type { FileStore } from '../../src/kernel/files.ts';
import { allRules } from '../../src/kernel/rule.ts';
import { useSecuritiesKey } from '../../src/securities/secret.ts';
import { diskFiles } from '../../src/store/files.ts';
import { assetFolder, assetIntegrity, assetPaths, buildAssets } from '../../src/web/assets.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

/** The real application on a fresh real database, with a running sequencer; nothing is mocked. */
export interface TestHouse {
  readonly database: TestDatabase;
  readonly app: Express;
  readonly frame: Frame;
  readonly files: FileStore;
  /** folder of unfinished uploads */
  readonly uploads: string;
  em(): EntityManager;
  perform<C, R>(act: Act<C, R>, by: Actor, input: unknown): Promise<Performed<R>>;
  /** JSON requests as nobody, or with the bearer token of a session */
  api(token?: string): Api;
  readonly clock: { to(at: Instant): Promise<Instant>; rate(rate: number): Promise<Instant> };
  /** the house goes on without one, as when its holder died */
  stopSequencer(): Promise<void>;
  close(): Promise<void>;
}

export interface Api {
  get(path: string): request.Test;
  post(path: string, body?: object): request.Test;
}

/** One for all houses of a process, as for all of a node. */
const notesKey = crypto.getRandomValues(new Uint8Array(32));
const securitiesKey = new Uint8Array(32).fill(9);
const identityKey = crypto.getRandomValues(new Uint8Array(32));
const identityKeys = { current: async () => 1, key: async () => identityKey, index: crypto.getRandomValues(new Uint8Array(32)) };

/** A rule that refuses must say of itself where it bites and by which refusal: what people read in the rulebook is then true in every test. */
function watched(frame: Frame): Frame {
  return {
    ...frame,
    append(em, facts, by, now) {
      for (const { data } of facts.filter(({ type }) => type === 'act.refused' || type === 'expert.refused')) {
        const { act, problem, rule: id } = data as { act: string; problem: string; rule: string | null };
        const rule = allRules().find((each) => each.id === id);
        if (rule && (!rule.acts.includes(act) || rule.problem().problem !== problem))
          throw new Error(`rule ${id} refused '${act}' by '${problem}' and says ${rule.acts.join(', ')}: ${rule.problem().problem}`);
      }
      return frame.append(em, facts, by, now);
    },
  };
}

/** `at` starts the sandbox clock at a moment (it stands still unless `rate` is given, so that edges can be named to the millisecond). */
export async function openHouse(
  options: { at?: Instant; rate?: number; key?: NoteSigner; raw?: Parameters<typeof webHouse>[0]['raw'] } = {},
): Promise<TestHouse> {
  const database = await freshDatabase({
    ...(options.at === undefined ? {} : { at: options.at }),
    rate: options.rate ?? (options.at === undefined ? 1 : 0),
  });
  const folder = await mkdtemp(join(tmpdir(), 'yangguang-test-'));
  const files = await diskFiles(folder);
  const uploads = join(folder, 'uploads');
  const frame = watched(frameOf(database));
  const manifest = await buildAssets();
  useNotesKey(notesKey);
  useIdentityKeys(identityKeys);
  useSecuritiesKey(securitiesKey);
  useVeils(securitiesKey);
  const app = webHouse({
    store: database,
    files,
    frame,
    sandbox: true,
    https: false,
    proxies: 0,
    requestsPerMinute: 1_000_000,
    assetsFolder: assetFolder,
    asset: assetPaths(manifest),
    integrity: assetIntegrity(manifest),
    uploadsFolder: uploads,
    raw: options.raw ?? [],
    log: (line, error) => {
      if (error) console.error(line, error);
    },
  });
  const key = options.key ?? noteSigner('test.yangguang.example/sandbox', crypto.getRandomValues(new Uint8Array(32)));
  const sequencer = startSequencer(database.url, key, { pollMilliseconds: 50 });
  const headers = (test: request.Test, token?: string) =>
    (token ? test.set('authorization', `Bearer ${token}`) : test).set('accept', 'application/json');
  return {
    database,
    app,
    frame,
    files,
    uploads,
    em: () => database.em(),
    perform: (act, by, input) => perform(frame, act, by, input),
    api: (token) => ({
      get: (path) => headers(request(app).get(`/api${path}`), token),
      post: (path, body = {}) => headers(request(app).post(`/api${path}`), token).send(body),
    }),
    clock: { to: (at) => database.setClock({ at }), rate: (rate) => database.setClock({ rate }) },
    stopSequencer: () => sequencer.stop(),
    close: async () => {
      await sequencer.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
