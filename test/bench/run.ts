import { rmSync } from 'node:fs';
import { ensureDatabase, startEmbedded } from '../../src/store/embedded-postgres.ts';
import { createNode } from '../../src/store/node.ts';
import { migrate, openStore } from '../../src/store/orm.ts';
import { temporaryFolder } from '../../src/store/places.ts';
import { journalAppends } from './journal.ts';
import { type Comparison, kept, table } from './measure.ts';

/**
 * `npm run bench`: what the platform costs over the barest way of doing the same, on this machine and a durable database of its own.
 * Ends with 1 when a ratio falls below its limit. The limits stand where each thing is measured.
 */
const folder = temporaryFolder('yangguang-bench-');
const server = await startEmbedded({ folder });
const store = await openStore({ url: await ensureDatabase(server, 'bench') });
try {
  await migrate(store);
  await createNode(store, { origin: 'bench.yangguang.example', sandbox: true });
  const comparisons: Comparison[] = await journalAppends(store);
  console.log(table(comparisons));
  if (!comparisons.every(kept)) process.exitCode = 1;
} finally {
  await store.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
