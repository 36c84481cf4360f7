import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../views');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** Every `{ zh: '…', en: '…' }` written down in the pages. */
function wordsIn(text: string): { zh: string; en: string }[] {
  const quoted = String.raw`'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\x60((?:[^\x60\\]|\\.)*)\x60`;
  const pair = new RegExp(String.raw`zh:\s*(?:${quoted}),\s*en:\s*(?:${quoted})`, 'g');
  return [...text.matchAll(pair)].map((m) => ({ zh: m[1] ?? m[2] ?? m[3] ?? '', en: m[4] ?? m[5] ?? m[6] ?? '' }));
}

const chinese = /[\u4e00-\u9fff]/;
const places = (text: string): string[] => [...text.matchAll(/(?<!\$)\{(\w+)\}/g)].map((m) => m[1] ?? '').sort();

describe('the words of the pages', () => {
  it('finds words at all', () => {
    expect(wordsIn("{ zh: '登录', en: 'Sign in' }, { zh: '是', en: \"it's\" }")).toEqual([
      { zh: '登录', en: 'Sign in' },
      { zh: '是', en: "it's" },
    ]);
    expect(files.flatMap((name) => wordsIn(readFileSync(join(root, name), 'utf8'))).length).toBeGreaterThan(100);
  });

  it.each(files)('%s says everything in both languages, with the same places to fill', (name) => {
    for (const { zh, en } of wordsIn(readFileSync(join(root, name), 'utf8'))) {
      expect(en).not.toMatch(chinese);
      expect(places(zh)).toEqual(places(en));
      expect(zh === '' && en !== '').toBe(false);
      // names such as SHA-256 and JSON are the same in every language
      const isName = /^[A-Z0-9-]+$/.test(en);
      if (!isName && /[a-z]{3}/i.test(en.replace(/[{$][^}]*\}/g, ''))) expect(zh).toMatch(chinese);
    }
  });
});
