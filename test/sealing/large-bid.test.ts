import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

describe('A bid of 400 MB', () => {
  it('is packed, sealed, opened and verified without being held in memory', async () => {
    const script = fileURLToPath(new URL('large-bid.ts', import.meta.url));
    const { stdout } = await run(process.execPath, [script, '400'], { env: { ...process.env, NODE_OPTIONS: '--no-warnings' } });
    const result = JSON.parse(stdout);
    expect(result.files).toMatchObject([{ name: 'drawing.pdf', size: 400 * 1024 * 1024 }]);
    // Node with these libraries takes about 200 MB by itself; one copy of the bid would make it more than 600.
    expect(result.mostMemoryMegabytes).toBeLessThan(580);
  }, 240_000);
});
