import type { EntityManager } from '@mikro-orm/postgresql';
import { publishedBuilds } from '../bids/client-reads.ts';
import { stampsOf } from '../bids/stamp-reads.ts';
import { parseNote } from '../journal/checkpoint.ts';
import { notYetSequenced, receiptOf } from '../journal/reads.ts';
import type { Receipt } from '../journal/receipt.ts';
import type { Actor } from '../kernel/actor.ts';
import { fromBase64 } from '../kernel/bytes.ts';
import { notFound, Problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import type { SealingClient } from '../sealing/client.ts';
import { clientOf, type SubmissionStatement, submissionBytes, submissionShape } from '../sealing/statement.ts';
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
  /** which authorities have time-stamped the statement of a bid */
  readonly stamps: readonly string[];
  /** the program that sealed a bid, as its bidder signed it, and the journal event that published that build; null where none is named */
  readonly client: (SealingClient & { readonly published: string | null }) | null;
}

/** The receipt with what a person needs to understand it. */
export async function shownReceipt(em: EntityManager, by: Actor, event: string): Promise<ShownReceipt> {
  const receipt = await receiptFor(em, by, event).catch((error: unknown) => {
    if (error instanceof Problem && error.problem === notYetSequenced().problem) return null;
    throw error;
  });
  if (receipt === null) return { event, receipt, says: null, size: 0, signers: [], lot: null, stamps: [], client: null };
  const note = parseNote(receipt.checkpoint);
  return {
    event,
    receipt,
    says: saidOf(receipt.event.type),
    size: Number(note?.body.split('\n')[1] ?? 0),
    signers: note?.signatures.map((each) => each.name) ?? [],
    lot: receipt.event.subject.lot ? await lotOf(em, by, receipt.event.subject.lot) : null,
    stamps: Object.keys((await stampedOf(em, receipt)).stamps),
    client: await namedClient(em, receipt),
  };
}

async function namedClient(em: EntityManager, { event, index }: Receipt): Promise<ShownReceipt['client']> {
  const statement = statementIn(event);
  const client = statement && clientOf(statement);
  if (!client) return null;
  const builds = await publishedBuilds(em);
  const build = builds.find((each) => each.name === client.name && each.sha256 === client.sha256 && each.index < index);
  return { ...client, published: build?.event ?? null };
}

/** The statement in the event of a bid; null for other events. */
function statementIn(event: Receipt['event']): SubmissionStatement | null {
  const bid = event.type === 'bid.received' || event.type === 'bid.replaced';
  const read = submissionShape.safeParse(bid ? (event.data as { statement?: unknown }).statement : undefined);
  return read.success ? read.data : null;
}

/** The statement in a bid's receipt, as it was signed and stamped, and its stamps (base64). Nothing for other events. */
async function stampedOf(
  em: EntityManager,
  { event }: Receipt,
): Promise<{ statement: Uint8Array | null; stamps: Readonly<Record<string, string>> }> {
  const statement = statementIn(event);
  return statement === null
    ? { statement: null, stamps: {} }
    : { statement: submissionBytes(statement), stamps: await stampsOf(em, statement.id) };
}

/** The bytes that a bid's signature and stamps are over. Throws `not-found` for the receipt of anything else. */
export async function statementFor(em: EntityManager, by: Actor, event: string): Promise<Uint8Array> {
  const { statement } = await stampedOf(em, await receiptFor(em, by, event));
  if (statement === null) throw notFound();
  return statement;
}

/** The time stamp of a bid's statement by this authority (DER). */
export async function stampFor(em: EntityManager, by: Actor, event: string, authority: string): Promise<Uint8Array> {
  const { stamps } = await stampedOf(em, await receiptFor(em, by, event));
  const token = fromBase64(stamps[authority] ?? '');
  if (token === undefined || token.length === 0) throw notFound();
  return token;
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
