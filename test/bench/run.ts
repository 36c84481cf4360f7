import { rmSync } from 'node:fs';
import { startEmbedded } from '../../src/store/embedded-postgres.ts';
import { temporaryFolder } from '../../src/store/places.ts';
import { witnessedTown } from '../openness/witness.ts';
import { crowdedLot } from '../support/fifty-bids.ts';
import { openHouse } from '../support/house.ts';
import { publishedLot } from '../support/opened-lot.ts';
import { makeTemplate } from '../support/template.ts';
import { makeTown, soon } from '../support/town.ts';
import { draw } from './draw.ts';
import { evidence } from './evidence.ts';
import { hall } from './hall.ts';
import { journalAppends } from './journal.ts';
import { type Comparison, kept, table } from './measure.ts';
import { openings } from './openings.ts';
import { pages } from './pages.ts';
import { ranking } from './ranking.ts';
import { sealing } from './sealing.ts';
import { sheets } from './sheets.ts';
import { submissions } from './submissions.ts';

/**
 * `npm run bench`: what the platform costs over the barest way of doing the same, on this machine and a durable database of its own.
 * Ends with 1 when a ratio falls below its limit. The limits stand where each thing is measured.
 */
const folder = temporaryFolder('yangguang-bench-');
const server = await startEmbedded({ folder });
try {
  await makeTemplate(server.url(''));
  const house = await openHouse({ at: soon() });
  try {
    const town = await makeTown(house, { bidders: 8, experts: 1 });
    const { lot } = await publishedLot(town);
    const comparisons: Comparison[] = [
      ...(await pages(house, [
        { what: 'list of tenders', path: '/lots', limit: 0.02 },
        { what: 'page of a tender', path: `/lots/${lot}`, limit: 0.02 },
      ])),
      ...(await submissions(town, lot)),
      ...(await ranking()),
      ...(await journalAppends(house.database)),
      ...(await hall(town)),
      ...(await openings(folder)),
      ...(await sealing(folder)),
      ...(await sheets()),
      ...(await crowded()),
      ...(await largePool()),
    ];
    console.log(table(comparisons));
    if (!comparisons.every(kept)) process.exitCode = 1;
  } finally {
    await house.close();
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** In a house of its own: fifty bidders, whose certificates and bids are no part of the other figures. */
async function crowded(): Promise<Comparison[]> {
  const house = await openHouse({ at: soon() });
  try {
    const { town, stop } = await witnessedTown(await makeTown(house, { bidders: 50, experts: 1 }));
    try {
      const { lot, bids } = await crowdedLot(town);
      return await evidence(town, lot, bids.length);
    } finally {
      await stop();
    }
  } finally {
    await house.close();
  }
}

/** In a house of its own: a pool of a million. */
async function largePool(): Promise<Comparison[]> {
  const house = await openHouse({ at: soon() });
  try {
    return await draw(await makeTown(house, { bidders: 4, experts: 1 }));
  } finally {
    await house.close();
  }
}
