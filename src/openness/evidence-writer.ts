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
