import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkPaper } from '../../src/papers/check-paper.ts';
import { paperKinds, renderPaper } from '../../src/papers/index.ts';
import { samples } from './samples-award.ts';

const bytesOf = async (kind: keyof typeof samples): Promise<Buffer> => Buffer.from((await renderPaper(kind, samples[kind] as never)).bytes);
const replaced = (file: Buffer, from: string, to: string): Buffer => {
  expect(Buffer.byteLength(from)).toBe(Buffer.byteLength(to));
  const at = file.indexOf(from);
  expect(at).toBeGreaterThan(0);
  const copy = Buffer.from(file);
  copy.write(to, at);
  return copy;
};

describe('A paper checked from its file alone', () => {
  it.each(paperKinds)('%s: verified as it was rendered', async (kind) => {
    const { bytes, dataHash, sha256 } = await renderPaper(kind, samples[kind] as never);
    expect(await checkPaper(bytes)).toMatchObject({ result: 'verified', kind, dataHash, sha256 });
  });

  it('refuted when the data was changed, and when only what is drawn was', async () => {
    const file = await bytesOf('award-notice');
    expect(await checkPaper(replaced(file, '"rank":1', '"rank":2'))).toMatchObject({ result: 'refuted' });
    const drawn = Buffer.from(file);
    const content = drawn.indexOf(' Tj\n') > 0 ? drawn.indexOf(' Tj\n') : drawn.indexOf(' TJ\n');
    expect(content).toBeGreaterThan(0);
    drawn[content - 3] = drawn[content - 3] === 0x30 ? 0x31 : 0x30;
    expect(await checkPaper(drawn)).toMatchObject({ result: 'refuted' });
  });

  it('refuted when something was appended, whatever it is', async () => {
    const file = await bytesOf('award-notice');
    const verdict = await checkPaper(Buffer.concat([file, Buffer.from('\n')]));
    expect(verdict).toMatchObject({ result: 'refuted', says: { en: expect.stringContaining('1 bytes were appended') } });
  });

  it('refuted when its data is of no such paper, and when it was cut short', async () => {
    const file = await bytesOf('award-notice');
    expect(await checkPaper(replaced(file, '"contractDays"', '"contractDayz"'))).toMatchObject({ result: 'refuted', dataHash: null });
    expect(await checkPaper(file.subarray(0, file.length - 1))).toMatchObject({ result: 'refuted' });
  });

  it('unreadable when it is no paper, or of another edition of its template', async () => {
    expect(await checkPaper(Buffer.from('%PDF-1.7 nothing'))).toMatchObject({ result: 'unreadable' });
    expect(await checkPaper(Buffer.alloc(0))).toMatchObject({ result: 'unreadable' });
    const file = await bytesOf('award-notice');
    const other = Buffer.from(file.toString('latin1').replaceAll('template:award-notice/1 ', 'template:award-notice/7 '), 'latin1');
    expect(await checkPaper(other)).toMatchObject({ result: 'unreadable', says: { en: expect.stringContaining('award-notice/7') } });
  });
});

describe('yangguang paper FILE.pdf', () => {
  const root = join(import.meta.dirname, '../..');
  const program = join(root, 'src/cli.ts');
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yangguang-paper-'));
    const file = await bytesOf('contract-register');
    writeFileSync(join(folder, 'good.pdf'), file);
    writeFileSync(join(folder, 'bad.pdf'), replaced(file, 'YC-WJG-2026', 'YC-WJG-2027'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) => spawnSync(process.execPath, ['--no-warnings', program, 'paper', ...args], { encoding: 'utf8' });

  it('answers 0 for a paper as it was rendered, 1 for an altered one, 2 for what it cannot read', () => {
    expect(run(join(folder, 'good.pdf')).status).toBe(0);
    expect(run(join(folder, 'bad.pdf')).status).toBe(1);
    expect(run(program).status).toBe(2);
    expect(run(join(folder, 'missing.pdf')).status).toBe(2);
    expect(run().status).toBe(2);
  });

  it('prints both hashes, to be found in the journal', () => {
    const said = execFileSync(process.execPath, ['--no-warnings', program, 'paper', join(folder, 'good.pdf'), '--json'], {
      encoding: 'utf8',
    });
    expect(JSON.parse(said)).toMatchObject({
      result: 'verified',
      kind: 'contract-register',
      dataHash: expect.any(String),
      sha256: expect.any(String),
    });
  });
});
