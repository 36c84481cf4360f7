import { rmSync } from 'node:fs';
import { startEmbedded } from '../../src/store/embedded-postgres.ts';
import { temporaryFolder } from '../../src/store/places.ts';
import { openHouse } from '../support/house.ts';
import { makeTemplate } from '../support/template.ts';
import { soon } from '../support/town.ts';
import { journalAppends } from './journal.ts';
import { table } from './measure.ts';

const folder = temporaryFolder('yangguang-bench-');
const server = await startEmbedded({ folder });
try {
  await makeTemplate(server.url(''));
  const house = await openHouse({ at: soon() });
  try {
    console.log(table(await journalAppends(house.database)));
  } finally {
    await house.close();
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
