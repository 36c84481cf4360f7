import { verifyBundle } from '../../src/evidence/bundle.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import type { Town } from '../support/town.ts';
import { type Comparison, rate } from './measure.ts';

/** A whole opened tender rechecked from its file, against one bare WebCrypto check for each signature it holds. */
export async function evidence(town: Town, lot: string, bids: number): Promise<Comparison[]> {
  const [bytes, key] = [await evidenceOfLot(town.house, lot), await evidenceKey(town.house)];
  const ours = await rate(async () => {
    const { result } = await verifyBundle(bytes, { key });
    if (result !== 'verified') throw new Error(result);
  });
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])) as CryptoKeyPair;
  const scheme = { name: 'ECDSA', hash: 'SHA-256' };
  const [message, how] = [new Uint8Array(500), await crypto.subtle.sign(scheme, pair.privateKey, new Uint8Array(500))];
  const bareRate = await rate(async () => {
    for (let bid = 0; bid < bids; bid += 1) await crypto.subtle.verify(scheme, pair.publicKey, how, message);
  });
  return [{ what: `verify of a bundle with ${bids} bids`, ours, bare: 'its signatures alone, WebCrypto', bareRate, limit: 0.002 }];
}
