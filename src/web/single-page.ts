import { resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { base64, utf8 } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';

/** The repository's root folder. */
const root = resolve(import.meta.dirname, '../..');

export interface SinglePage {
  readonly title: string;
  readonly lang: string;
  /** the markup inside `<body>`; without script and style of its own */
  readonly body: string;
  /** paths from the repository's root */
  readonly script: string;
  readonly style: string | readonly string[];
}

/** A page with what it runs, as it stands in it: that is what a digest of the page's program is over. */
export interface BuiltPage {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/**
 * A whole page in one file: script and style stand in it, and its policy lets nothing else run and nothing be fetched or sent. The same sources give
 * the same bytes.
 */
export async function singlePage({ title, lang, body, script, style }: SinglePage): Promise<BuiltPage> {
  const code = inScript(await bundled(script));
  const css = (await Promise.all([style].flat().map(minified))).join('\n');
  const policy = [
    "default-src 'none'",
    `script-src '${integrityOf(code)}'`,
    `style-src '${integrityOf(css)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const html = `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${css}</style>
</head>
<body>
${body}
<script>${code}</script>
</body>
</html>
`;
  return { html, script: code, style: css };
}

/** zod brings its messages in fifty languages; nobody is shown any of them, and they would be an eighth of the file. */
export const oneLanguage: Plugin = {
  name: 'one-language',
  setup(setup) {
    setup.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};', loader: 'js' }));
  },
};

const integrityOf = (text: string): string => `sha256-${base64(sha256(utf8(text)))}`;

/** Text that ends no script element early, whatever strings the program holds. */
const inScript = (code: string): string => code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: ['es2022', 'chrome109', 'firefox115', 'safari16.4'],
    minify: true,
    plugins: [oneLanguage],
    charset: 'utf8',
    sourcemap: false,
    legalComments: 'none',
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`nothing was built from ${entry}`);
  return output.text;
}

async function minified(path: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [path],
    // the parts that a style imports stand in the page with it
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text.trim() ?? '';
}
