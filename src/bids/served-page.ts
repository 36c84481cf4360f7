import { base64url, fromBase64 } from '../kernel/bytes.ts';
import { buildDigest, type ClientAsset } from '../sealing/client.ts';

/**
 * What a page of the platform would run in a bidder's browser, read from its markup by somebody who does not run it. Only the one spelling that the
 * platform writes is understood: whatever else could make a browser run something is `strange`.
 */
export interface ServedPage {
  /** scripts and styles with the digests that the browser is held to */
  readonly assets: readonly (ClientAsset & { readonly path: string })[];
  /** excerpts of markup that should not be there */
  readonly strange: readonly string[];
}

const script = /<script type="module" src="(\/assets\/[\w.-]+)" integrity="sha256-([A-Za-z0-9+/]{43}(?:=|&#61;))"><\/script>/g;
const style = /<link rel="stylesheet" href="(\/assets\/[\w.-]+)" integrity="sha256-([A-Za-z0-9+/]{43}(?:=|&#61;))">/g;
const icon = /<link rel="icon" href="\/assets\/[\w.-]+" type="image\/svg\+xml">/g;
/** What makes a browser run or load something, whatever the case of its letters. */
const suspect = /^<(script|style|link|iframe|frame|object|embed|base|applet|meta\s+http-equiv)\b|javascript:/i;
const handler = /\son[a-z]+\s*=/i;

export function readServedPage(markup: string): ServedPage {
  const assets = [...markup.matchAll(script), ...markup.matchAll(style)].map(([, path = '', digest = '']) => ({
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    sha256: base64url(fromBase64(digest.replace('&#61;', '=')) ?? new Uint8Array()),
  }));
  // tags only: what people wrote stands between them, escaped
  const rest = markup.replace(script, '').replace(style, '').replace(icon, '');
  const tags = rest.match(/<[^>]*>/g) ?? [];
  const strange = tags.filter((tag) => suspect.test(tag) || handler.test(tag.replace(/"[^"]*"/g, '""'))).map((tag) => tag.slice(0, 200));
  return { assets, strange };
}

/** The digest of the build that such a page is. */
export const servedBuild = ({ assets }: ServedPage): string => buildDigest(assets);

/** Whether a policy keeps a page from running anything that stands in it or comes from elsewhere. */
export function policyHolds(policy: string): boolean {
  const directives = new Map(
    policy.split(';').map((each) => {
      const [name = '', ...values] = each.trim().split(/\s+/);
      return [name.toLowerCase(), values.join(' ')] as const;
    }),
  );
  return directives.get('script-src') === "'self'" && directives.get('style-src') === "'self'" && directives.get('base-uri') === "'none'";
}
