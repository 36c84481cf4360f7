import type { EntityManager } from '@mikro-orm/postgresql';
import { parseNote } from '../journal/checkpoint.ts';
import { notYetSequenced, receiptOf } from '../journal/reads.ts';
import type { Receipt } from '../journal/receipt.ts';
import type { Actor } from '../kernel/actor.ts';
import { notFound, Problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { lotFor, lotView } from '../tenders/reads.ts';
import { saidOf } from '../tenders/timeline.ts';

/** The receipt of an event this reader may see. Throws `not-found`, and `not-yet-in-the-journal` until the sequencer has reached it. */
export function receiptFor(em: EntityManager, by: Actor, event: string): Promise<Receipt> {
  return receiptOf(em, by, event, (lot) => lotView(em, lot));
}

/** A receipt as its page tells it; `receipt` is null while the event waits for its number. */
export interface ShownReceipt {
  readonly event: string;
  readonly receipt: Receipt | null;
  readonly says: Words | null;
  /** entries in the journal when the checkpoint was signed */
  readonly size: number;
  /** names of those whose signatures the checkpoint bears: the platform first */
  readonly signers: readonly string[];
  readonly lot: { readonly id: string; readonly number: string; readonly name: string } | null;
}

/** The receipt with what a person needs to understand it. */
export async function shownReceipt(em: EntityManager, by: Actor, event: string): Promise<ShownReceipt> {
  const receipt = await receiptFor(em, by, event).catch((error: unknown) => {
    if (error instanceof Problem && error.problem === notYetSequenced().problem) return null;
    throw error;
  });
  if (receipt === null) return { event, receipt, says: null, size: 0, signers: [], lot: null };
  const note = parseNote(receipt.checkpoint);
  return {
    event,
    receipt,
    says: saidOf(receipt.event.type),
    size: Number(note?.body.split('\n')[1] ?? 0),
    signers: note?.signatures.map((each) => each.name) ?? [],
    lot: receipt.event.subject.lot ? await lotOf(em, by, receipt.event.subject.lot) : null,
  };
}

async function lotOf(em: EntityManager, by: Actor, id: string): Promise<ShownReceipt['lot']> {
  try {
    const { lot } = await lotFor(em, by, id);
    return { id: lot.id, number: lot.number, name: lot.name };
  } catch (error) {
    if (error instanceof Problem && error.problem === notFound().problem) return null;
    throw error;
  }
}
