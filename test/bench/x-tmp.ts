import { rmSync } from 'node:fs';
import { startEmbedded } from '/work/wt/pool/src/store/embedded-postgres.ts';
import { temporaryFolder } from '/work/wt/pool/src/store/places.ts';
import { openHouse } from '/work/wt/pool/test/support/house.ts';
import { makeTemplate } from '/work/wt/pool/test/support/template.ts';
import { makeTown, soon } from '/work/wt/pool/test/support/town.ts';
import { draw } from '/work/wt/pool/test/bench/draw.ts';
import { table } from '/work/wt/pool/test/bench/measure.ts';
const folder = temporaryFolder('yangguang-bench-');
const server = await startEmbedded({ folder });
try {
  await makeTemplate(server.url(''));
  const house = await openHouse({ at: soon() });
  try { console.log(table(await draw(await makeTown(house, { bidders: 4, experts: 1 })))); } finally { await house.close(); }
} finally { await server.stop(); rmSync(folder, { recursive: true, force: true }); }
