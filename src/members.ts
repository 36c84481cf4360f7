import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { useIdentityKeys } from './experts/identity.ts';
import { useVeils } from './journal/veil.ts';
import type { Frame } from './kernel/act.ts';
import { usePaperAddress } from './papers/names.ts';
import { useAuthority } from './parties/authority.ts';
import { useTimestampService } from './parties/timestamp-service.ts';
import { openChannels, openReports } from './post/open-post.ts';
import type { Running } from './processes.ts';
import { useNative } from './sealing/native-node.ts';
import { useSecuritiesKey } from './securities/secret.ts';
import { powersOverThePast } from './store/application-role.ts';
import { openAuthorities, openTimestampService, suitesIssued } from './store/authority-files.ts';
import { diskFiles } from './store/files.ts';
import { openIdentityKeys } from './store/identity-keys.ts';
import { secretKey } from './store/keys.ts';
import { readNode } from './store/node.ts';
import { openStore, type Store } from './store/orm.ts';

/** A node's processes by name; `node src/main.ts <name>` runs one of them, `node src/main.ts` all. */
export const members = { web, worker, sequencer, seed } as const satisfies Record<string, (config: Config) => Promise<Running>>;
export type MemberName = keyof typeof members;
export const memberNames = Object.keys(members) as MemberName[];

/** Pages, API and live halls; any number of them can stand behind a proxy. */
async function web(config: Config): Promise<Running> {
  // Loaded here, so that the other processes need not carry the pages.
  const { frameOf, webHouse } = await import('./house.ts');
  const { assetFolder, assetIntegrity, assetPaths, buildAssets } = await import('./web/assets.ts');
  const { pageClient } = await import('./web/clients.ts');
  const { publishClients } = await import('./publish-clients.ts');
  const { startLive } = await import('./web/live.ts');
  const { editionsOf } = await import('./web/public-edition.ts');
  const { sessionOf } = await import('./parties/reads.ts');
  const { lotView } = await import('./tenders/reads.ts');
  const { useNotesKey } = await import('./evaluation/note.ts');
  const store = await openStore({ url: databaseOf(config) });
  const node = await nodeOf(store);
  await useNative();
  const [power] = await powersOverThePast(store);
  if (power) console.error(`the journal could be changed from here (${power}): see DATABASE_OWNER_URL`);
  await giveAuthorities(config, store);
  useNotesKey(await notesKey(config.dataDir, store));
  await giveIdentityKeys(config, store);
  await giveSecuritiesKey(config, store);
  usePaperAddress(config.publicUrl);
  openReports(config.post, node.sandbox);
  const files = await diskFiles(join(config.dataDir, 'files'));
  const manifest = await buildAssets();
  const frame = frameOf(store);
  const log = (line: string, error?: unknown): void => console.error(line, error ?? '');
  const app = webHouse({
    store,
    files,
    frame,
    sandbox: node.sandbox,
    https: config.publicUrl.startsWith('https:'),
    proxies: config.proxies,
    assetsFolder: assetFolder,
    asset: assetPaths(manifest),
    integrity: assetIntegrity(manifest),
    uploadsFolder: uploadsIn(config),
    log,
  });
  const server = createServer(app);
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(config.port, config.host, listening);
  });
  // before the address is told to anybody: a bid never names a build that came after it
  await publishClients({ frame, builds: [pageClient(manifest)] });
  const live = await startLive({
    server,
    url: databaseOf(config),
    fork: frame.fork,
    whoIs: (token) => sessionOf(frame.fork(), token),
    lotView,
    editions: editionsOf(app),
    log,
  });
  return {
    stop: async () => {
      await live.stop();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      // What is under way may end; a browser that merely keeps its connection does not keep us.
      setTimeout(() => server.closeAllConnections(), 1500).unref();
      await closed;
      await store.close();
    },
  };
}

/** What follows by itself: deadlines that pass, papers that are due; of several, one works and the others wait to take over. */
async function worker(config: Config): Promise<Running> {
  // The house announces every room's clockwork when it is loaded.
  const { frameOf } = await import('./house.ts');
  const { startWorker } = await import('./worker.ts');
  const { sweepUploadsIn } = await import('./bids/sweep-uploads.ts');
  const store = await openStore({ url: databaseOf(config) });
  const { sandbox } = await nodeOf(store);
  await useNative();
  await giveAuthorities(config, store);
  await giveIdentityKeys(config, store);
  await giveSecuritiesKey(config, store);
  usePaperAddress(config.publicUrl);
  openChannels(config.post, sandbox, config.publicUrl);
  const files = await diskFiles(join(config.dataDir, 'files'));
  sweepUploadsIn(uploadsIn(config));
  const frame = frameOf(store);
  const publishing = publishOfflineClients(frame);
  const { stop, ended } = startWorker({
    url: store.url,
    frame,
    files,
    log: (line, error) => console.error(line, error ?? ''),
  });
  return {
    ended,
    stop: async () => {
      await stop();
      await publishing.stop();
      await store.close();
    },
  };
}

/** Building the pages that people keep takes seconds of a processor: it begins when the first visitors have their page, in milliseconds after the start. */
const afterTheFirstPage = 20_000;

/** Publishes the builds of the offline clients, from the process that nobody waits for. */
function publishOfflineClients(frame: Frame): { stop(): Promise<void> } {
  let work: Promise<void> = Promise.resolve();
  const publish = async (): Promise<void> => {
    const { offlineClients } = await import('./web/downloads.ts');
    const { publishClients } = await import('./publish-clients.ts');
    const { page, program } = await offlineClients();
    await publishClients({ frame, builds: [page.build, program.build] });
  };
  const timer = setTimeout(() => {
    work = publish().catch((error: unknown) => console.error('the offline clients were not published', error));
  }, afterTheFirstPage);
  return {
    stop: () => {
      clearTimeout(timer);
      return work;
    },
  };
}

/** Gives events their place in the journal; of several, one works and the others wait to take over. */
async function sequencer(config: Config): Promise<Running> {
  const { startSequencer } = await import('./journal/sequencer.ts');
  const store = await openStore({ url: databaseOf(config), poolMax: 2 });
  const key = await journalKey(config.dataDir, store);
  await store.close();
  return startSequencer(databaseOf(config), key);
}

/** The key under which members of panels keep their own notes; made with the first of them, missed loudly when it is lost. */
async function notesKey(dataDir: string, store: Store): Promise<Uint8Array> {
  return secretKey(dataDir, 'notes', async () => {
    const rows = await store.em().execute<{ notes: string }[]>('select count(*) as notes from desk_note');
    return rows[0]?.notes === '0';
  });
}

/** Gives this process the key under which securities lie in the database; made before the first number is given, missed loudly when it is lost. */
export async function giveSecuritiesKey(config: Config, store: Store): Promise<void> {
  const key = await secretKey(config.dataDir, 'securities', async () => {
    const rows = await store.em().execute<{ any: boolean }[]>(
      `select exists (select from statement_line) or exists (select from security_account) or exists (select from guarantee)
           or exists (select from journal_event where type = 'veiled') as any`,
    );
    return rows[0]?.any === false;
  });
  useSecuritiesKey(key);
  useVeils(key);
}

/** The key that signs this node's checkpoints; made when the node is new, missed loudly when it is lost. */
async function journalKey(dataDir: string, store: Store) {
  const { noteSigner } = await import('./journal/checkpoint.ts');
  const node = await nodeOf(store);
  const seedBytes = await secretKey(dataDir, 'journal', async () => {
    const rows = await store.em().execute<{ size: string }[]>('select count(*) as size from journal_checkpoint');
    return rows[0]?.size === '0';
  });
  return noteSigner(node.origin, seedBytes);
}

/** The platform's verifier key, as it is published and pinned. */
export async function platformKey(dataDir: string, store: Store): Promise<string> {
  const { printVerifierKey } = await import('./journal/checkpoint.ts');
  return printVerifierKey(await journalKey(dataDir, store));
}

/** Fills a sandbox with the demonstration province behind the first page, and tells how far it is; a production node is left alone. */
async function seed(config: Config): Promise<Running> {
  const store = await openStore({ url: databaseOf(config), poolMax: 4 });
  const node = await nodeOf(store);
  await giveIdentityKeys(config, store);
  await giveSecuritiesKey(config, store);
  const stopping = new AbortController();
  const work =
    node.sandbox && config.seed !== 'none'
      ? import('../seeds/demonstration.ts').then(({ seedDemonstration }) =>
          seedDemonstration({
            store,
            dataDir: config.dataDir,
            base: `http://127.0.0.1:${config.port}`,
            tenders: config.seed === 'all',
            signal: stopping.signal,
            tell: (line) => console.log(line),
          }),
        )
      : Promise.resolve();
  work.catch((error: unknown) => console.error('seeding stopped', error));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.race([work.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 1500))]);
      await store.close();
    },
  };
}

/** Gives this process the node's certificate authorities, and the outside one that stamps besides; one on which certificates hang and whose files are lost stops it. */
async function giveAuthorities(config: Config, store: Store): Promise<void> {
  for (const authority of await openAuthorities(config.authorityDir, await suitesIssued(store))) useAuthority(authority, config.publicUrl);
  if (config.timestamps !== null) useTimestampService(openTimestampService(config.timestamps));
}

/** Gives this process the keys of experts' identity data; made with the node, missed loudly when they are lost. */
export async function giveIdentityKeys(config: Config, store: Store): Promise<void> {
  useIdentityKeys(await openIdentityKeys(config.identityDir, store.em()));
}

/** Sealed bids that are still being uploaded. */
const uploadsIn = (config: Config): string => join(config.dataDir, 'uploads');

function databaseOf(config: Config): string {
  if (config.databaseUrl === null) throw new Error('a process that stands alone needs DATABASE_URL (`npm start` brings its own database)');
  return config.databaseUrl;
}

async function nodeOf(store: Store) {
  const node = await readNode(store);
  if (node === null) throw new Error('this database has no node yet: run `node src/main.ts migrate` first');
  return node;
}
