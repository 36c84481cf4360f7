import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type AssetManifest, assetFolder, assetPaths, buildAssets } from '../../src/web/assets.ts';
import { iconNames } from '../../views/parts/icon-names.ts';

let manifest: AssetManifest;
beforeAll(async () => {
  manifest = await buildAssets();
});

const text = (name: string): string => readFileSync(join(assetFolder, manifest.files[name] ?? ''), 'utf8');

/** Classes of a style that stand in no source of a page, whole or as the beginning of one that is put together (`pill-${tone}`). */
function unusedClasses(style: string): readonly string[] {
  const root = new URL('../../', import.meta.url);
  const sources = ['views', 'src'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(new URL(`${folder}/${name}`, root), 'utf8')),
  );
  const whole = new Set(sources.flatMap((source) => source.match(/[\w-]+/g) ?? []));
  const begun = new Set(sources.flatMap((source) => source.match(/[\w-]+-(?=\$\{)/g) ?? []));
  const classes = new Set([...style.replace(/\{[^{}]*\}/g, '{}').matchAll(/\.([a-z][\w-]*)/g)].map((found) => found[1] ?? ''));
  expect(classes.size).toBeGreaterThan(200);
  const made = (name: string): boolean => [...name.matchAll(/-/g)].some(({ index }) => begun.has(name.slice(0, index + 1)));
  return [...classes].filter((name) => !whole.has(name) && !made(name));
}

describe('the built assets', () => {
  it('carry a content hash in every name, so that they may be kept for ever', () => {
    for (const [name, file] of Object.entries(manifest.files)) {
      expect(file).toMatch(/^[a-z-]+-[0-9A-Z]{8}\.[a-z0-9]+$/);
      expect(file.split('.').at(-1)).toBe(name.split('.').at(-1));
      expect(existsSync(join(assetFolder, file))).toBe(true);
    }
  });

  it('are found by their plain names, and an unknown name is a mistake', () => {
    expect(assetPaths(manifest)('face.css')).toBe(`/assets/${manifest.files['face.css']}`);
    expect(() => assetPaths(manifest)('no-such.css')).toThrow("there is no asset 'no-such.css'");
  });

  it('are not built again while no source has changed', async () => {
    const before = statSync(join(assetFolder, 'manifest.json')).mtimeMs;
    expect(await buildAssets()).toEqual(manifest);
    expect(statSync(join(assetFolder, 'manifest.json')).mtimeMs).toBe(before);
  });

  it('load nothing from other sites', () => {
    for (const name of ['base.css', 'face.css']) expect(text(name)).not.toMatch(/url\(["']?(?:https?:)?\/\/|@import/);
  });

  it('bring the Chinese web font in slices, as woff2 only, with every slice in the folder', () => {
    const slices = [...text('base.css').matchAll(/url\(["']?\.\/(noto-sans-sc-[^)"']+)["']?\)/g)].map((found) => found[1] ?? '');
    expect(slices.length).toBeGreaterThan(180);
    for (const slice of slices) {
      expect(slice).toMatch(/\.woff2$/);
      expect(existsSync(join(assetFolder, slice))).toBe(true);
    }
    expect(readdirSync(assetFolder).some((file) => file.endsWith('.woff'))).toBe(false);
  });

  it('hold one symbol for every icon of the house, drawn in the colour of the text', () => {
    const sprite = text('icons.svg');
    for (const name of iconNames) expect(sprite).toContain(`<symbol id="${name}"`);
    expect(sprite).toContain('stroke="currentColor"');
    expect(sprite).not.toMatch(/<symbol[^>]*><\/symbol>/);
  });

  it('style in files of a size that a reader finds the way in, and nothing that no page has', () => {
    const folder = new URL('../../views/assets/', import.meta.url);
    const styles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));
    const crowded = styles.filter((name) => readFileSync(new URL(name, folder), 'utf8').split('\n').length > 450);
    expect(crowded).toEqual([]);
    expect(unusedClasses(text('face.css'))).toEqual([]);
  });

  it('keep the script of every page small', () => {
    expect(statSync(join(assetFolder, manifest.files['page.js'] ?? '')).size).toBeLessThan(20_000);
  });
});
