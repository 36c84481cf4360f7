import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbedded } from '../../src/store/embedded-postgres.ts';
import { temporaryFolder } from '../../src/store/places.ts';

/**
 * Keeps the throw-away PostgreSQL of one test run. It is a process of its own so that the database and its folder go away with
 * the run however the run ends: when the parent dies, even by kill -9, the channel to it closes.
 */
const folder = temporaryFolder('yangguang-test-');
let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
process.on('disconnect', stop);
process.on('SIGINT', () => {}); // Ctrl-C goes to the whole group; the parent's end tells us when
process.on('SIGTERM', stop);

const server = await startEmbedded({ folder: join(folder, 'pg'), durable: false }).catch((error: unknown) => {
  rmSync(folder, { recursive: true, force: true });
  throw error;
});
if (process.connected) process.send?.({ base: server.url('') });
else await stop();
