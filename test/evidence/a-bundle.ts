import { type BundleInput, writeBundle } from '../../src/evidence/bundle.ts';
import { printVerifierKey, signCheckpoint, withSignatureLine } from '../../src/journal/checkpoint.ts';
import { commit, consistencyProof, type Hash, inclusionProof, leafHash, nodesOver, rootAt } from '../../src/journal/merkle.ts';
import { cosign } from '../../src/journal/witness.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { certificatePem } from '../../src/sealing/certificate.ts';
import { randomBytes } from '../../src/sealing/digest.ts';
import { council, lot, origin, platform, platformKey, type Story, testPki, witness } from './a-tender.ts';
import { withheldIn } from './withheld.ts';

/** Writes a story into a journal, signs and witnesses it, and packs its bundle: what a platform does, honest or not. */
export async function bundleOf(story: Story, change: (input: BundleInput) => BundleInput = (input) => input): Promise<Uint8Array> {
  return writeBundle(change(await inputOf(story)));
}

export async function inputOf(story: Story): Promise<BundleInput> {
  const hashes: Hash[] = [];
  const written = story.drafts.map((draft, index) => {
    const read = nodesOver(hashes);
    const data = typeof draft.data === 'function' ? draft.data({ size: index, root: (size) => base64url(rootAt(size, read)) }) : draft.data;
    const event = { type: draft.type, at: draft.at, subject: draft.subject, data };
    const salt = randomBytes(32);
    hashes.push(leafHash(commit(event, salt).commitment));
    return { index, event, salt, foreign: draft.foreign === true };
  });
  const [read, size] = [nodesOver(hashes), hashes.length];
  const closed = written.find(({ event }) => event.type === 'bidding.closed')?.event.data as { treeSize: number } | undefined;
  const proofOf = (index: number) => inclusionProof(index, size, read).map(base64url);
  const { issuing, root } = await testPki();
  return {
    lot,
    edition: 'regulator',
    origin,
    checkpoint: signed(size, rootAt(size, read)),
    closing:
      closed === undefined
        ? null
        : {
            checkpoint: signed(closed.treeSize, rootAt(closed.treeSize, read)),
            consistency: consistencyProof(closed.treeSize, size, read).map(base64url),
          },
    events: written
      .filter((each) => !each.foreign)
      .map(({ index, event, salt }) => ({ index, event, salt: base64url(salt), proof: proofOf(index) })),
    withheld: withheldIn(written, proofOf),
    platformKey,
    witnessKeys: [printVerifierKey(witness)],
    certificates: { root: certificatePem(root.certificate), issuing: certificatePem(issuing.certificate) },
    council,
    ceremony: null,
    openings: story.openings,
    draws: story.draws,
    evaluations: story.evaluations,
    award: story.award,
  };
}

function signed(size: number, root: Hash): string {
  const text = signCheckpoint({ origin, size, root }, platform);
  return withSignatureLine(text, cosign(text.slice(0, text.indexOf('\n\n') + 1), 1_779_000_000, witness));
}
