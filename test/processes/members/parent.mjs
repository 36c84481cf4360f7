// A supervisor of one steady member, to be killed without warning.
import { startFamily } from '../../../src/processes.ts';

const steady = new URL('./steady.mjs', import.meta.url).pathname;
const family = startFamily([{ name: 'steady', args: [steady], env: { GREETING: 'orphan' } }], { log: (line) => console.log(line) });
await family.ready;
console.log('family is up');
