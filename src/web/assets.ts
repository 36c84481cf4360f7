import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { iconNames } from '../../views/parts/icon-names.ts';
import { oneLanguage } from './single-page.ts';

/** The repository's root folder. */
const root = resolve(import.meta.dirname, '../..');

/** Where the built assets lie; serve it at `/assets` with long caching: every file name but the manifest's carries its content hash. */
export const assetFolder = join(root, '.cache/assets');
const manifestName = 'manifest.json';

export interface AssetManifest {
  /** plain name → file name with content hash: `face.css` → `face-3KQ2ZV7A.css` */
  readonly files: Readonly<Record<string, string>>;
  /** SHA-256 of every script and style by plain name, as subresource integrity writes it (`sha256-…`) */
  readonly integrity: Readonly<Record<string, string>>;
  /** their sizes in bytes */
  readonly sizes: Readonly<Record<string, number>>;
  /** SHA-256 of every source that went in, by path; the build is reused while they are unchanged */
  readonly sources: Readonly<Record<string, string>>;
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Builds everything the browser loads: each `src/browser/*-entry.ts` becomes `<name>.js`, the styles `base.css` (tabler and the Chinese web
 * font) and `face.css`, the icon sprite and the sun. Takes about a second; nothing is done when no source changed. Answers the manifest.
 */
export async function buildAssets(folder = assetFolder): Promise<AssetManifest> {
  const standing = readManifest(folder);
  if (standing && isFresh(standing, folder)) return standing;
  mkdirSync(folder, { recursive: true });
  const sources = new Set<string>(['package-lock.json', ...buildInputs()]);
  const files: Record<string, string> = {};
  await bundle(folder, files, sources);
  keep(folder, files, 'icons.svg', iconSprite());
  keep(folder, files, 'sun.svg', readFileSync(join(root, 'views/assets/sun.svg'), 'utf8'));
  const run = Object.entries(files).filter(([name]) => /\.(js|css)$/.test(name));
  const contents = run.map(([name, file]) => [name, readFileSync(join(folder, file))] as const);
  const manifest: AssetManifest = {
    files,
    integrity: Object.fromEntries(contents.map(([name, content]) => [name, integrityOf(content)])),
    sizes: Object.fromEntries(contents.map(([name, content]) => [name, content.length])),
    sources: Object.fromEntries([...sources].sort().map((path) => [path, sha256(readFileSync(join(root, path)))])),
  };
  // written aside and renamed, so that a server starting meanwhile reads the old one or the new one
  const fresh = join(folder, `${manifestName}.${process.pid}`);
  writeFileSync(fresh, JSON.stringify(manifest));
  renameSync(fresh, join(folder, manifestName));
  return manifest;
}

const integrityOf = (content: Buffer): string => `sha256-${createHash('sha256').update(content).digest('base64')}`;

/** Makes the `asset` function of the view: plain name → address. An unknown name is a mistake in a page and throws. */
export function assetPaths(manifest: AssetManifest): (name: string) => string {
  return (name) => {
    const file = manifest.files[name];
    if (file === undefined) throw new Error(`there is no asset '${name}'`);
    return `/assets/${file}`;
  };
}

/** Makes the `integrity` function of the view: plain name → `sha256-…`; a browser runs nothing else under that name. */
export function assetIntegrity(manifest: AssetManifest): (name: string) => string {
  return (name) => {
    const digest = manifest.integrity[name];
    if (digest === undefined) throw new Error(`there is no script or style '${name}'`);
    return digest;
  };
}

const entries = (): string[] =>
  readdirSync(join(root, 'src/browser'))
    .filter((name) => name.endsWith('-entry.ts'))
    .map((name) => `src/browser/${name}`)
    .sort();

/** Sources that decide what is built without being imported by a bundle. */
const buildInputs = (): string[] => [
  'src/web/assets.ts',
  'src/web/single-page.ts',
  'views/parts/icon-names.ts',
  'views/assets/sun.svg',
  ...entries(),
];

function readManifest(folder: string): AssetManifest | null {
  const path = join(folder, manifestName);
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, 'utf8')) as AssetManifest;
}

function isFresh(manifest: AssetManifest, folder: string): boolean {
  if (manifest.integrity === undefined || buildInputs().some((path) => !(path in manifest.sources))) return false;
  const unchanged = Object.entries(manifest.sources).every(
    ([path, hash]) => existsSync(join(root, path)) && sha256(readFileSync(join(root, path))) === hash,
  );
  return unchanged && Object.values(manifest.files).every((file) => existsSync(join(folder, file)));
}

async function bundle(folder: string, files: Record<string, string>, sources: Set<string>): Promise<void> {
  const named = Object.fromEntries(entries().map((path) => [basename(path, '-entry.ts'), path]));
  const result = await build({
    absWorkingDir: root,
    entryPoints: { ...named, base: 'views/assets/base.css', face: 'views/assets/face.css' },
    outdir: folder,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    // no chunks: what a script loads by itself no digest in the page would hold to anything
    splitting: false,
    format: 'esm',
    platform: 'browser',
    target: ['es2022', 'chrome109', 'firefox115', 'safari16.4'],
    minify: true,
    sourcemap: false,
    metafile: true,
    legalComments: 'none',
    loader: { '.woff2': 'file' },
    plugins: [onlyWoff2, oneLanguage],
    logLevel: 'silent',
  });
  for (const [output, made] of Object.entries(result.metafile.outputs)) {
    if (made.entryPoint === undefined) continue;
    const name = output.endsWith('.css') ? basename(made.entryPoint) : `${basename(made.entryPoint, '-entry.ts')}.js`;
    files[name] = relative(folder, join(root, output));
  }
  // packages are pinned by package-lock.json, which is a source itself; `(disabled):crypto` is what a package leaves out in browsers
  for (const input of Object.keys(result.metafile.inputs))
    if (!/node_modules|^\(disabled\)/.test(input)) sources.add(input.replace(/^[a-z-]+:/, ''));
}

/** Every browser that can run these pages reads woff2; the older woff twins would only double the folder. */
const onlyWoff2: Plugin = {
  name: 'only-woff2',
  setup(setup) {
    setup.onLoad({ filter: /@fontsource[\\/].*\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, ''),
      loader: 'css',
      resolveDir: dirname(path),
    }));
  },
};

/** One SVG with the icons of the house as symbols, from the drawings that the icon webfont is made of. */
export function iconSprite(): string {
  const here = createRequire(import.meta.url);
  const drawings = createRequire(here.resolve('@tabler/icons-webfont/package.json'));
  const symbols = iconNames.map((name) => {
    const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(readFileSync(drawings.resolve(`@tabler/icons/outline/${name}.svg`), 'utf8'))?.[1] ?? '';
    const strokes = inner
      .replace(/<path stroke="none"[^>]*\/>/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${strokes}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

function keep(folder: string, files: Record<string, string>, name: string, text: string): void {
  const [stem, type] = name.split('.');
  const file = `${stem}-${sha256(text).slice(0, 8).toUpperCase()}.${type}`;
  writeFileSync(join(folder, file), text);
  files[name] = file;
}

if (import.meta.main) {
  const manifest = await buildAssets();
  console.log(`${Object.keys(manifest.files).length} assets in ${relative(root, assetFolder)}`);
}
