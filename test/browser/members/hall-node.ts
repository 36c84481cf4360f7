import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { frameOf, webHouse } from '../../../src/house.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { makeAuthority, readAuthority, useAuthority } from '../../../src/parties/authority.ts';
import { sessionOf } from '../../../src/parties/reads.ts';
import { suites } from '../../../src/sealing/scheme.ts';
import { diskFiles } from '../../../src/store/files.ts';
import { openStore } from '../../../src/store/orm.ts';
import { lotView } from '../../../src/tenders/reads.ts';
import { assetFolder, assetIntegrity, assetPaths, buildAssets } from '../../../src/web/assets.ts';
import { startLive } from '../../../src/web/live.ts';
import { editionsOf } from '../../../src/web/public-edition.ts';
import { startWorker } from '../../../src/worker.ts';
import { serve } from '../../support/serve.ts';

/** One process of a node on a test's database, to be killed: `web` says its port when it listens, `worker` says when it beats. */
const [kind = '', url = '', uploads = ''] = process.argv.slice(2);
const store = await openStore({ url });
const files = await diskFiles(dirname(uploads));
const frame = frameOf(store);
const log = (line: string, error?: unknown): void => console.error(kind, line, error ?? '');

if (kind === 'worker') {
  // the workers stamp what was submitted; whose authority it is plays no part here
  for (const suite of suites) useAuthority(await readAuthority(await makeAuthority({ now: systemClock(), sandbox: true, suite })));
  startWorker({ url, frame, files, log });
  console.log('ready 0');
} else {
  const manifest = await buildAssets();
  const app = webHouse({
    store,
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
    raw: [],
    log,
  });
  const server = await serve(app);
  const whoIs = (token: string) => sessionOf(frame.fork(), token);
  await startLive({ server, url, fork: frame.fork, whoIs, lotView, editions: editionsOf(app), log });
  console.log(`ready ${(server.address() as AddressInfo).port}`);
}
