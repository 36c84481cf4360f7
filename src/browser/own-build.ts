import { base64url, fromBase64, utf8 } from '../kernel/bytes.ts';
import { buildDigest, type ClientAsset, type ClientName, clientVersion, type SealingClient } from '../sealing/client.ts';
import { sha256 } from '../sealing/digest.ts';

/**
 * Which build of the bid desk this page is, measured and not told: the digests to which the browser held every script and style of the page before it
 * ran one of them. A script that is held to none counts as such, and makes this a build that no journal knows.
 */
export function ownBuild(name: ClientName): SealingClient {
  const scripts = [...document.scripts].map((each) => assetOf(each.src, each.integrity));
  const styles = [...document.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet"]')].map((each) =>
    assetOf(each.href, each.integrity),
  );
  // what the visitor's own extensions put into pages is no part of what the platform sent
  const sent = [...scripts, ...styles].filter(({ foreign }) => !foreign);
  return { name, version: clientVersion, sha256: buildDigest(sent) };
}

function assetOf(address: string, integrity: string): ClientAsset & { readonly foreign: boolean } {
  const name = address.slice(address.lastIndexOf('/') + 1);
  const digest = /^sha256-([A-Za-z0-9+/]{43}=)$/.exec(integrity)?.[1];
  const bytes = digest === undefined ? undefined : fromBase64(digest);
  return { name, sha256: bytes === undefined ? '' : base64url(bytes), foreign: /^[a-z-]+-extension:/.test(address) };
}

/** The same of a page in one file, whose script and style stand in it: as they are run, which is what its policy names. */
export function ownInlineBuild(name: ClientName, file: string): SealingClient {
  const linked = [...document.querySelectorAll<HTMLElement>('script[src], link[rel~="stylesheet"]')].length;
  const parts = [...document.querySelectorAll<HTMLElement>('script, style')].map((each) => ({
    name: `${file}#${each.localName}`,
    sha256: base64url(sha256(utf8(each.textContent ?? ''))),
  }));
  return { name, version: clientVersion, sha256: buildDigest(linked === 0 ? parts : []) };
}
