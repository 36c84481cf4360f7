import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startEmbedded } from '../../src/store/embedded-postgres.ts';
import { temporaryFolder } from '../../src/store/places.ts';

/**
 * Keeps the throw-away PostgreSQL of one test run. It is a process of its own so that the database and its folder go away with
 * the run however the run ends: when the parent dies, even by kill -9, the channel to it closes.
 */
const folder = temporaryFolder('yangguang-test-');
// The runner gives each run a folder for everything temporary, and waits for us before it removes it; a jest started by hand has none.
if (basename(tmpdir()).startsWith('yangguang-run-')) writeFileSync(join(tmpdir(), 'keeper.pid'), String(process.pid));
let stopping = false;

/** Also right while the server is still starting: it is stopped as soon as it stands. */
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await starting.then((server) => server.stop()).catch(() => {});
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

process.on('disconnect', () => stop(0));
process.on('SIGINT', () => {}); // Ctrl-C goes to the whole group; the parent's end tells us when
process.on('SIGTERM', () => stop(0));
// What we could still say has no reader when the parent is gone.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const starting = startEmbedded({ folder: join(folder, 'pg'), durable: false });
try {
  const server = await starting;
  if (process.connected) process.send?.({ base: server.url('') });
  else await stop(0);
} catch (error) {
  console.error(error);
  await stop(1);
}
