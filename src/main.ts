import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Compiled once, read back at every later start: six processes of this house start in half the time. Hence the import below.
enableCompileCache(join(import.meta.dirname, '../.cache/node'));
const { main } = await import('./start.ts');
await main(process.argv[2]);
