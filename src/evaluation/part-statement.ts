import type { Part } from '../sealing/shapes.ts';

export const partSignatureFormat = 'yangguang/part-signature/v1';
/** What a member signs of a part's result; its canonical bytes go under the detached signature. */
export const partStatement = (lot: string, part: Part, sha256: string, member: string) => ({
  format: partSignatureFormat,
  lot,
  part,
  sha256,
  member,
});

/** What a member signs that does not agree with it: the reasons, word for word. */
export const partRefusal = (lot: string, part: Part, sha256: string, member: string, reason: string) => ({
  format: 'yangguang/part-refusal/v1',
  lot,
  part,
  sha256,
  member,
  reason,
});
