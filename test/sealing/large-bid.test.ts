import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

describe('A bid of 400 MB', () => {
  it('is packed, sealed, opened and verified without being held in memory', async () => {
    const script = fileURLToPath(new URL('large-bid.ts', import.meta.url));
    // Node with these libraries takes about 200 MB by itself, and more where a busy machine is slow to collect; one copy of the bid would make
    // it more than 600 every time. So the least of three runs counts.
    let least = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 3 && least >= 580; tries += 1) {
      const { stdout } = await run(process.execPath, [script, '400'], { env: { ...process.env, NODE_OPTIONS: '--no-warnings' } });
      const result = JSON.parse(stdout);
      expect(result.files).toMatchObject([{ name: 'drawing.pdf', size: 400 * 1024 * 1024 }]);
      least = Math.min(least, result.mostMemoryMegabytes);
    }
    expect(least).toBeLessThan(580);
  }, 240_000);
});
