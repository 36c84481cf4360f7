import * as z from 'zod';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { sha256 } from './digest.ts';
import { bytesShape } from './shapes.ts';

/**
 * The program that seals a bid answers for itself (protocol §14): its builds stand in the journal, and the bidder's statement names the one that was
 * used. What is compared is a digest over everything of it that runs.
 */
export const clientNames = ['bid-page', 'bid-offline', 'bid-command'] as const;
export type ClientName = (typeof clientNames)[number];

/** As package.json says; a test holds the two together. */
export const clientVersion = '0.1.0';

/** What a statement says of the program that made it. */
export const clientShape = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  version: z.string().regex(/^[0-9A-Za-z.+-]{1,40}$/),
  sha256: bytesShape(32),
});
export type SealingClient = z.infer<typeof clientShape>;

/** A script or style that a client runs. `sha256` is empty for one that nothing holds to a digest: no journalled build has such a one. */
export interface ClientAsset {
  readonly name: string;
  readonly sha256: string;
}

/** The digest of a build: over the names and digests of its assets, whatever their order. */
export function buildDigest(assets: readonly ClientAsset[]): string {
  const listed = assets.map(({ name, sha256 }) => ({ name, sha256 })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return base64url(sha256(canonicalBytes(listed)));
}

/** One build as the journal holds it (`client.published`). */
export const clientBuildShape = clientShape.extend({
  assets: z.array(z.strictObject({ name: z.string(), sha256: bytesShape(32), bytes: z.int().min(1) })).min(1),
  /** the one file that people keep, where the client is one */
  file: z.strictObject({ name: z.string(), sha256: bytesShape(32), bytes: z.int().min(1) }).nullable(),
});
export type ClientBuild = z.infer<typeof clientBuildShape>;

/** A build of these assets; its digest is reckoned here and nowhere else. */
export const clientBuild = (name: ClientName, assets: ClientBuild['assets'], file: ClientBuild['file']): ClientBuild => ({
  name,
  version: clientVersion,
  sha256: buildDigest(assets),
  assets: [...assets].sort((a, b) => (a.name < b.name ? -1 : 1)),
  file,
});
