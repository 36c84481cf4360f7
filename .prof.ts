import { rmSync } from 'node:fs';
import { temporaryFolder } from './src/store/places.ts';
import { openings } from './test/bench/openings.ts';
import { table } from './test/bench/measure.ts';
const folder = temporaryFolder('yg-');
console.log(table(await openings(folder)));
rmSync(folder, { recursive: true, force: true });
process.exit(0);
