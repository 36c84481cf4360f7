import { canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import type { Words } from '../kernel/words.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { clientOf, type SubmissionStatement } from '../sealing/statement.ts';
import { anchorOf, commonOf, councilOf, deadlineOf, hashOf, partyOf, sourceOf } from './compose-facts.ts';
import type { History } from './history.ts';
import type { Names } from './names.ts';
import type { SubmissionReceipt } from './submission-receipt.ts';

const partNames: Readonly<Record<string, Words>> = {
  whole: { zh: '投标文件', en: 'Whole bid' },
  qualification: { zh: '资格部分', en: 'Qualification' },
  technical: { zh: '技术部分', en: 'Technical' },
  price: { zh: '报价部分', en: 'Price' },
};

const acts = { 'bid.received': 'received', 'bid.replaced': 'replaced', 'bid.withdrawn': 'withdrawn' } as const;

/**
 * 投标回执: made of the bid's own event alone. It names the first checkpoint that covers it, and the witnesses its council brought along:
 * whoever cosigns later changes no receipt.
 */
export async function composeReceipt(history: History, names: Names): Promise<SubmissionReceipt> {
  const { type, data, at, index } = sourceOf<'bid.received' | 'bid.replaced' | 'bid.withdrawn'>(history);
  const withdrawn = 'submission' in data;
  const statement = data.statement as SubmissionStatement;
  const client = withdrawn ? null : clientOf(statement);
  return {
    ...commonOf(history, names, 'submission-receipt', index),
    bidder: partyOf(history, statement.bidder),
    act: !withdrawn && data.awaited ? 'committed' : acts[type],
    submission: withdrawn ? data.submission : statement.id,
    supersedes: withdrawn ? null : statement.supersedes,
    parts: withdrawn ? [] : data.envelopes.map(({ part, sha256, bytes }) => ({ name: partNameOf(part), sha256, bytes })),
    statement: hashOf(statement),
    ...(client === null ? {} : { client }),
    certificate: await fingerprintOf(data.signature, statement),
    recordedAt: at,
    deadline: deadlineOf(history),
    journal: { index, commitment: names.commitment, checkpoint: anchorOf(names), witnesses: [...councilOf(history).witnesses] },
  };
}

const partNameOf = (part: string): Words => partNames[part] ?? { zh: part, en: part };

/** The signing certificate's fingerprint, in pairs. The platform took the signature: one that does not read now is a broken store. */
async function fingerprintOf(signature: string, statement: SubmissionStatement): Promise<string> {
  const bytes = fromBase64(signature);
  const verdict = bytes && (await verifyDetached(bytes, canonicalBytes(statement), 'any-certificate'));
  if (!verdict?.ok) throw new Error('the signature of a received statement does not hold');
  return (verdict.signer.fingerprint.toUpperCase().match(/../g) ?? []).join(':');
}
