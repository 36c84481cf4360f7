import { base64url, fromBase64 } from '../kernel/bytes.ts';
import { type ClientBuild, clientBuild } from '../sealing/client.ts';
import type { AssetManifest } from './assets.ts';

/** Everything the bid desk runs, by plain name: what its page loads, and nothing that these load by themselves (web/assets.ts). */
export const pageAssets = ['base.css', 'face.css', 'page.js', 'seal-bid.js'] as const;

/** The build of the bid desk, as the browser will measure it: file names and the digests it is held to. */
export function pageClient(manifest: AssetManifest): ClientBuild {
  const assets = pageAssets.map((plain) => ({
    name: manifest.files[plain] ?? '',
    sha256: base64url(fromBase64(manifest.integrity[plain]?.replace('sha256-', '') ?? '') ?? new Uint8Array()),
    bytes: manifest.sizes[plain] ?? 0,
  }));
  return clientBuild('bid-page', assets, null);
}
