import { base64url } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';
import type { EvidenceParts } from './evidence-reads.ts';

/** Makes the file of an evidence bundle. */
export type EvidenceWriter = (parts: EvidenceParts) => Promise<Uint8Array>;

let writer: EvidenceWriter | null = null;

/** The house says here how a bundle is written: the format is the evidence room's, which stands to the right of this one. */
export function useEvidenceWriter(write: EvidenceWriter): void {
  writer = write;
}

export const writeEvidence: EvidenceWriter = (parts) => {
  if (writer === null) throw new Error('nobody has said how evidence is written');
  return writer(parts);
};

/** SHA-256 of a bundle as its page prints it. */
export const digestOf = (bytes: Uint8Array): string => base64url(sha256(bytes));
