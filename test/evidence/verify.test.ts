import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { computeFile, verifyFile } from '../../src/evidence/file.ts';
import { formats, verifyEvidence } from '../../src/evidence/verify.ts';
import { noteSigner, parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { canonical, utf8 } from '../../src/kernel/bytes.ts';

const load = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8')) as Record<string, unknown>;
const names = (folder: string): string[] =>
  readdirSync(new URL(`../vectors/${folder}/`, import.meta.url)).map((name) => `${folder}/${name}`);
const key = parseVerifierKey(String(load('journal.json').key));

describe('protocol §8: lone files', () => {
  it.each(['receipt.json', 'opening.json', 'draw.json', ...names('evaluation')])('%s verifies', async (name) => {
    const verdict = await verifyEvidence(load(name), { key });
    expect(verdict.result).toBe('verified');
    expect(verdict.checks.every((check) => check.ok)).toBe(true);
  });

  it.each(names('tampered'))('%s is refuted at its last line, with a reason in both languages', async (name) => {
    const verdict = await verifyEvidence(load(name), { key });
    if (verdict.result !== 'refuted') throw new Error(verdict.result);
    expect(verdict.checks.map((check) => check.ok)).toEqual(verdict.checks.map((_, i) => i < verdict.checks.length - 1));
    expect(verdict.why.zh).toMatch(/\p{Script=Han}/u);
    expect(verdict.why.en).toMatch(/[a-z]/);
  });

  it.each(Object.keys(formats))('a file that only names the format %s is refuted', async (format) => {
    expect((await verifyEvidence({ format }, { key })).result).toBe('refuted');
  });

  it('what is no file of this protocol is unreadable, never an error', async () => {
    for (const odd of [
      null,
      1,
      'x',
      [],
      {},
      { format: 1 },
      { format: 'x' },
      { format: '__proto__' },
      { format: 'toString' },
      { format: 'yangguang/receipt/v1', x: '\ud800' },
    ]) {
      expect((await verifyEvidence(odd, { key })).result).toBe('unreadable');
    }
    for (const bytes of ['', '{', '[1,2', '\u0000', '{"format":"yangguang/auction/v1","format":"yangguang/auction/v1"}', 'PK']) {
      expect((await verifyFile(utf8(bytes), { key })).result).toBe('unreadable');
    }
    expect((await verifyFile(Uint8Array.of(0xff, 0xfe), { key })).result).toBe('unreadable');
  });

  it('tells each check as it is made', async () => {
    const told: string[] = [];
    const verdict = await verifyEvidence(load('draw.json'), { tell: (check) => told.push(check.says.en) });
    expect(told).toEqual(verdict.checks.map((check) => check.says.en));
  });

  it('a receipt under the key of another journal is refuted', async () => {
    expect(
      (await verifyEvidence(load('receipt.json'), { key: noteSigner('ggzy.example.cn/journal', new Uint8Array(32).fill(1)) })).result,
    ).toBe('refuted');
  });

  it('says where a stated result differs', async () => {
    const bundle = load('evaluation/allocation-02.json');
    const result = bundle.result as { regions: { backup: string }[] };
    const bent = {
      ...bundle,
      result: { ...result, regions: result.regions.map((region, i) => (i === 1 ? { ...region, backup: 'd2-3' } : region)) },
    };
    expect(await verifyEvidence(bent)).toMatchObject({
      result: 'refuted',
      why: { en: 'result.regions.1.backup: the file says "d2-3", computed "d2-2"' },
    });
    const { result: _, ...without } = bundle;
    expect(await verifyEvidence(without)).toMatchObject({ result: 'refuted' });
  });

  it.each(names('evaluation'))('%s: any single changed character of its inputs or result is refuted or computes alike', async (name) => {
    const text = canonical(load(name));
    const step = Math.max(1, Math.floor(text.length / 60));
    for (let at = 0; at < text.length; at += step) {
      const other = text[at] === '7' ? '3' : '7';
      const bytes = utf8(text.slice(0, at) + other + text.slice(at + 1));
      const verdict = await verifyFile(bytes, {});
      if (verdict.result !== 'verified') continue;
      // A lone bundle has no signature: a change that leaves the result as stated is the same decision.
      const computed = computeFile(bytes);
      expect(computed?.ok && canonical(computed.value)).toBe(
        canonical((JSON.parse(new TextDecoder().decode(bytes)) as { result: unknown }).result),
      );
    }
  });
});
