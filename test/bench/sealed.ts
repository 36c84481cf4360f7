import { readFileSync } from 'node:fs';
import { base64url } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import type { Trust } from '../../src/sealing/certificate.ts';
import type { Council, TrusteeShare } from '../../src/sealing/council.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { type EnvelopeContext, newAgeIdentity, sealStream } from '../../src/sealing/envelope.ts';
import { packBid } from '../../src/sealing/package.ts';
import { testAuthority } from '../sealing/pki.ts';

/** What the openings are measured with: the council of the vectors, a bidder with a certificate, and bids it sealed. */
export const { council, secretShares } = JSON.parse(readFileSync(new URL('../vectors/council.json', import.meta.url), 'utf8')) as {
  council: Council;
  secretShares: TrusteeShare[];
};
export const context: EnvelopeContext = { lot: '01a20305-5a3e-7724-8fb5-8cf50217a446', part: 'whole', bidder: '91420500NNPE6AC207' };
const at = '2026-05-20T01:30:00.000Z' as Instant;

export async function sealer(): Promise<{ readonly trust: Trust; seal(fileBytes: number): Promise<Uint8Array> }> {
  const pki = await testAuthority();
  const { signer } = await pki.certify({ commonName: '甲', organization: '甲', code: context.bidder });
  const seal = async (fileBytes: number): Promise<Uint8Array> => {
    const content = new Uint8Array(fileBytes).fill(7);
    const bid = {
      format: 'yangguang/bid/v1' as const,
      ...context,
      bidderName: '甲',
      price: '100.00',
      figures: {},
      tables: {},
      files: [{ field: 'technical', name: 'a.pdf', sha256: base64url(sha256(content)), bytes: content.length }],
    };
    const packed = packBid({ bid, files: [{ name: 'a.pdf', size: content.length, content: new Blob([content]) }], signer, at });
    return collected(await sealStream(packed, { council, context, ownRecipient: (await newAgeIdentity()).recipient }));
  };
  return { trust: { anchors: [pki.root.certificate], at }, seal };
}

export const collected = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> =>
  new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
