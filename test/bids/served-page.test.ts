import { describe, expect, it } from '@jest/globals';
import { policyHolds, readServedPage, servedBuild } from '../../src/bids/served-page.ts';
import { buildDigest } from '../../src/sealing/client.ts';

const digest = `${'A'.repeat(43)}=`;
const honest = `<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="/assets/sun-1.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/face-1.css" integrity="sha256-${digest.replace('=', '&#61;')}">
<script type="module" src="/assets/page-1.js" integrity="sha256-${digest}"></script></head>
<body><p title="switch one=two online = yes">go on = here &lt;script&gt; javascript: is a word</p></body></html>`;

describe('A page as a watcher reads it', () => {
  it('is the build of its scripts and styles, and nothing in its text makes it strange', () => {
    const page = readServedPage(honest);
    expect(page.strange).toEqual([]);
    expect(page.assets.map(({ name }) => name)).toEqual(['page-1.js', 'face-1.css']);
    const sha256 = 'A'.repeat(43);
    expect(servedBuild(page)).toBe(
      buildDigest([
        { name: 'face-1.css', sha256 },
        { name: 'page-1.js', sha256 },
      ]),
    );
  });

  it.each([
    ['a script of its own', '<script>steal()</script>'],
    ['a script without a digest', '<script type="module" src="/assets/page-1.js"></script>'],
    ['a script in capitals', '<SCRIPT SRC="/assets/x.js"></SCRIPT>'],
    ['a script of another house', `<script type="module" src="https://elsewhere.example/x.js" integrity="sha256-${digest}"></script>`],
    ['a digest of another kind', '<script type="module" src="/assets/x.js" integrity="sha1-AAAA"></script>'],
    ['a handler', '<img src="/x" onerror=steal()>'],
    ['a handler on another line', '<body\nonload = "steal()">'],
    ['an address that runs', '<a href="javascript:steal()">x</a>'],
    ['a style of its own', '<style>p{}</style>'],
    ['a preloaded script', '<link rel="modulepreload" href="/assets/x.js">'],
    ['another base', '<base href="https://elsewhere.example/">'],
    ['a policy of its own', '<meta http-equiv="Content-Security-Policy" content="script-src *">'],
    ['a frame', '<iframe src="/x"></iframe>'],
  ])('is strange with %s', (_what, markup) => {
    expect(readServedPage(honest.replace('</body>', `${markup}</body>`)).strange.length).toBeGreaterThan(0);
  });

  it('is held by a policy that takes scripts and styles from its own house alone', () => {
    const policy = "default-src 'self';script-src 'self';style-src 'self';base-uri 'none'";
    expect(policyHolds(policy)).toBe(true);
    for (const weaker of [
      '',
      policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
      policy.replace("script-src 'self'", 'script-src *'),
      policy.replace(";base-uri 'none'", ''),
      policy.replace("style-src 'self'", "style-src 'self' https:"),
    ])
      expect([weaker, policyHolds(weaker)]).toEqual([weaker, false]);
  });
});
