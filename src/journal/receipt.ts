import { z } from 'zod';
import { base64url, fromBase64url } from '../kernel/bytes.ts';
import type { Words } from '../kernel/words.ts';
import { type Checkpoint, type NoteVerifier, openCheckpoint } from './checkpoint.ts';
import { commit, type Hash, leafHash, verifyInclusion } from './merkle.ts';

const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** An event as the journal knows it. Its data is checked elsewhere; here every member counts because the hash covers all of them. */
export const loggedEvent = z.strictObject({
  type: z.string(),
  at: z.string(),
  subject: z.record(z.string(), z.string()),
  data: z.unknown(),
});
export type LoggedEvent = z.infer<typeof loggedEvent>;

/** An event with what proves it against a checkpoint. */
export const provenEvent = z.strictObject({
  index: z.int().nonnegative(),
  event: loggedEvent,
  salt: hash,
  proof: z.array(hash).max(64),
});
export type ProvenEvent = z.infer<typeof provenEvent>;

export const receiptFormat = 'yangguang/receipt/v1';
export const receiptSchema = z.strictObject({ format: z.literal(receiptFormat), ...provenEvent.shape, checkpoint: z.string() });
export type Receipt = z.infer<typeof receiptSchema>;

export const receiptFaults = {
  unreadable: { zh: '不是有效的回执格式', en: 'this is not a receipt' },
  malformed: { zh: '检查点格式不正确', en: 'the checkpoint is malformed' },
  'wrong-origin': { zh: '检查点不属于该密钥的日志', en: 'the checkpoint is of another journal than the key' },
  'bad-signature': { zh: '检查点签名无效', en: "the checkpoint's signature is not the platform's" },
  'not-included': { zh: '包含证明不能导出检查点的根', en: "the inclusion proof does not lead to the checkpoint's root" },
} as const satisfies Record<string, Words>;
export type ReceiptFault = keyof typeof receiptFaults;

/** Puts a receipt together (protocol §1). */
export function makeReceipt(event: LoggedEvent, salt: Uint8Array, index: number, proof: readonly Hash[], checkpoint: string): Receipt {
  return { format: receiptFormat, event, salt: base64url(salt), index, proof: proof.map(base64url), checkpoint };
}

/** Whether the event stands in the tree of this checkpoint, at its index. */
export function isIncluded(proven: ProvenEvent, checkpoint: Checkpoint): boolean {
  const salt = fromBase64url(proven.salt);
  const proof = proven.proof.map(fromBase64url);
  if (salt?.length !== 32 || !proof.every((each) => each !== undefined)) return false;
  return verifyInclusion(proven.index, checkpoint.size, leafHash(commit(proven.event, salt).commitment), proof, checkpoint.root);
}

/** Checks a receipt against the platform's key: the checkpoint's signature, then the way from the event to its root. */
export function verifyReceipt(
  receipt: unknown,
  key: NoteVerifier,
):
  | { readonly ok: true; readonly receipt: Receipt; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly fault: ReceiptFault } {
  const read = receiptSchema.safeParse(receipt);
  if (!read.success) return { ok: false, fault: 'unreadable' };
  const opened = openCheckpoint(read.data.checkpoint, key);
  if (typeof opened === 'string') return { ok: false, fault: opened };
  if (!isIncluded(read.data, opened.checkpoint)) return { ok: false, fault: 'not-included' };
  return { ok: true, receipt: read.data, checkpoint: opened.checkpoint };
}
