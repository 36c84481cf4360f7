import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Custodian, type CustodianOptions, startCustodian } from '../../src/custody/custodian.ts';
import { custodianFiles } from '../../src/custody/files.ts';
import type { Trust } from '../../src/custody/judge.ts';
import { type NoteSigner, noteKeyTypes, noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { journalKeys } from '../../src/journal/reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/ids.ts';
import { formCouncil } from '../../src/openings/form-council.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { beat } from '../support/opened-lot.ts';
import type { Town } from '../support/town.ts';

/** A council whose trustees run the real program; between each of them and the platform stands a server that can be made to lie. */
export interface CustodyScene {
  readonly town: Town;
  readonly trust: Trust;
  readonly witnesses: readonly NoteSigner[];
  /** address of the platform itself */
  readonly platform: string;
  readonly folder: (index: number) => string;
  /** starts the program of trustee `index` (from 1) */
  start(index: number, options?: Partial<CustodianOptions>): Custodian;
  /** what the programs said on their output, by trustee */
  readonly said: Map<number, string[]>;
  stop(): Promise<void>;
}

export async function custodyScene(before: Town, origin?: string): Promise<CustodyScene> {
  const { house } = before;
  const names = ['宜昌市公共资源交易中心', '宜昌市公共资源交易监督管理局', '宜昌市公证处'];
  const held = holdCeremony(newId(), '宜昌市第三开标委员会', names, 2);
  const witnesses = [1, 2, 3].map((n) =>
    noteSigner(`custodian-${n}.example`, crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature),
  );
  // the witnesses of the town's first council have no program: those of this one are all there are
  await house.em().execute('delete from journal_witness');
  await house.perform(formCouncil, theSystem, { council: held.council, witnesses: witnesses.map(printVerifierKey) });
  const town = { ...before, council: held.council, shares: held.shares };
  const [key = ''] = await journalKeys(house.em());
  const trust: Trust = { platform: key, witnesses: witnesses.map(printVerifierKey), quorum: 2, council: held.council };
  const server = await listening(createServer(house.app));
  const platform = origin ?? addressOf(server);
  const root = mkdtempSync(join(tmpdir(), 'yangguang-custody-'));
  const running = new Set<Custodian>();
  const said = new Map<number, string[]>();
  const folder = (index: number): string => join(root, String(index));
  return {
    town,
    trust,
    witnesses,
    platform,
    folder,
    said,
    start: (index, options = {}) => {
      const share = held.shares[index - 1];
      const witness = witnesses[index - 1];
      if (!share || !witness) throw new Error(`there is no trustee ${index}`);
      const files = custodianFiles(folder(index));
      const lines: string[] = said.get(index) ?? [];
      said.set(index, lines);
      const custodian = startCustodian({
        platform,
        trust,
        share,
        witness,
        stateFile: files.state,
        logFile: files.log,
        holdsFile: files.holds,
        pollMilliseconds: 40,
        log: (line) => lines.push(line),
        ...options,
      });
      running.add(custodian);
      return custodian;
    },
    stop: async () => {
      await Promise.allSettled([...running].map((each) => each.stop()));
      await close(server);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** What a lying server makes of an answer: the path asked for, and the JSON or text it would have given. */
export type Lie = (path: string, body: string) => string;

/** A server between a custodian and the platform that passes everything on, changed as it is told. */
export async function lyingServer(
  platform: string,
): Promise<{ readonly address: string; lie(how: Lie | null): void; close(): Promise<void> }> {
  let lie: Lie | null = null;
  const server = await listening(
    createServer((asked, answer) => {
      const sent = httpRequest(platform + asked.url, { method: asked.method, headers: asked.headers }, (given: IncomingMessage) => {
        const pieces: Buffer[] = [];
        given.on('data', (piece: Buffer) => pieces.push(piece));
        given.on('end', () => {
          const whole = Buffer.concat(pieces);
          const body =
            lie && given.statusCode === 200 && !asked.url?.includes('/tile/')
              ? Buffer.from(lie(asked.url ?? '', whole.toString('utf8')))
              : whole;
          answer.writeHead(given.statusCode ?? 500, { 'content-type': given.headers['content-type'] ?? '' });
          answer.end(body);
        });
      });
      sent.on('error', () => answer.destroy());
      asked.pipe(sent);
    }),
  );
  return {
    address: addressOf(server),
    lie: (how) => {
      lie = how;
    },
    close: () => close(server),
  };
}

export async function listening<S extends Server>(server: S): Promise<S> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
export function addressOf(server: Server, scheme = 'http'): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
  return `${scheme}://127.0.0.1:${address.port}`;
}
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Beats of the platform's clockwork until something holds; the programs work beside us. */
export async function eventually(
  town: Town,
  what: string,
  holds: () => Promise<boolean> | boolean,
  said: ReadonlyMap<number, readonly string[]> = new Map(),
): Promise<void> {
  for (let round = 0; round < 600; round += 1) {
    if (await holds()) return;
    await beat(town.house);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error(`this did not come: ${what}\n${[...said.values()].map((lines) => lines.slice(-5).join('\n')).join('\n')}`);
}
