import { z } from 'zod';
import { base64, canonical, fromBase64, utf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import {
  type NoteSigner,
  type NoteVerifier,
  openCheckpoint,
  parseVerifierKey,
  printVerifierKey,
  signEd25519,
  verifyEd25519,
} from './checkpoint.ts';
import { sameBytes } from './merkle.ts';

/**
 * What a witness says when it will not cosign: what it had seen and what it was shown, both as the platform signed them, signed by the witness.
 * The file is made where the witness runs, so that it exists whatever becomes of the platform; the platform shows it to everybody.
 */
export const refusalFormat = 'yangguang/refusal/v1';

export const refusalReasons = {
  'journal-rewritten': { zh: '新日志不是此前所见日志的延续', en: 'what it was shown does not continue what it had seen' },
  'journal-shrank': { zh: '日志比此前所见的短', en: 'the journal is shorter than it had seen it' },
  'other-size': { zh: '给出的检查点不是所要的大小', en: 'it was given a checkpoint of another size than it asked for' },
  checkpoint: { zh: '检查点没有平台的有效签名', en: 'the checkpoint bears no valid signature of the platform' },
} as const satisfies Record<string, Words>;
export type RefusalReason = keyof typeof refusalReasons;

const text = z.string().max(20_000);
export const refusalShape = z.strictObject({
  format: z.literal(refusalFormat),
  /** the witness's verifier key */
  witness: z.string().max(300),
  at: z.string().max(40),
  reason: z.enum(Object.keys(refusalReasons) as [RefusalReason, ...RefusalReason[]]),
  seen: z.strictObject({ size: z.int().nonnegative(), root: z.string().max(64), checkpoint: text }),
  shown: text,
  /** base64, by the witness's key over the rest */
  signature: z.string().max(200),
});
export type RefusalReport = z.infer<typeof refusalShape>;

const message = (report: Omit<RefusalReport, 'signature'>): Uint8Array => utf8(`yangguang-refusal-v1\n${canonical(report)}`);

/** Signs what the witness saw. */
export function signRefusal(
  { reason, seen, shown, at }: Pick<RefusalReport, 'reason' | 'seen' | 'shown'> & { readonly at: Instant },
  witness: NoteSigner,
): RefusalReport {
  const unsigned = { format: refusalFormat, witness: printVerifierKey(witness), at, reason, seen, shown } as const;
  return { ...unsigned, signature: base64(signEd25519(message(unsigned), witness)) };
}

/** Whether this witness said it, to the letter. */
export function refusalIsBy(report: RefusalReport, witness: NoteVerifier): boolean {
  const { signature, ...unsigned } = report;
  const bytes = fromBase64(signature);
  return printsAs(report.witness, witness) && bytes !== undefined && verifyEd25519(bytes, message(unsigned), witness);
}

/** Whether the report convicts the platform by itself: two checkpoints of one size that it signed, with different roots. Anything else rests on the witness's word. */
export function provesFork(report: RefusalReport, platform: NoteVerifier): boolean {
  const seen = openCheckpoint(report.seen.checkpoint, platform);
  const shown = openCheckpoint(report.shown, platform);
  if (typeof seen === 'string' || typeof shown === 'string') return false;
  return seen.checkpoint.size === shown.checkpoint.size && !sameBytes(seen.checkpoint.root, shown.checkpoint.root);
}

function printsAs(vkey: string, key: NoteVerifier): boolean {
  const read = parseVerifierKey(vkey);
  return read !== undefined && read.name === key.name && sameBytes(read.publicKey, key.publicKey);
}
