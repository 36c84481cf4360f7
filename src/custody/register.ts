import { z } from 'zod';
import type { Checkpoint } from '../journal/checkpoint.ts';
import type { JournalEvent } from '../journal/event.ts';
import { minuteMilliseconds, probeStatementShape, statedUntil } from '../journal/probe.ts';
import { isIncluded, type ProvenEvent, provenEvent } from '../journal/receipt.ts';
import { canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { orderDigest, orderStatementShape, registerTypes } from '../openings/order.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { type LotRegister, Refusal, type Register, type StatedAt } from './judge.ts';

/** One page of the register as the platform answers it. */
export const registerAnswer = z.object({ events: z.array(provenEvent), next: z.number().int().nonnegative() });

export const emptyRegister: Register = { upTo: 0, lots: {}, stated: [] };
const emptyLot: LotRegister = { indices: [], deadline: null, window: null, after: null, order: null };

/**
 * Follows the register to a checkpoint that the custodian has checked itself. Each event must stand in that tree at its index, in order, and be of a type the register
 * has. What was taken once is kept: a server that shows an event here and leaves it out of the evidence is found out by the judgement, and an order
 * stands until a lifting that holds is seen.
 */
export async function followRegister(
  fetchPage: (from: number, size: number) => Promise<unknown>,
  register: Register,
  checkpoint: Checkpoint,
  /** fingerprints of the supervisors' certificates whose liftings count; empty: whatever stands in the journal counts */
  supervisors: readonly string[],
): Promise<Register> {
  let known = register;
  while (known.upTo < checkpoint.size) {
    const { events, next } = registerAnswer.parse(await fetchPage(known.upTo, checkpoint.size));
    if (next <= known.upTo || next > checkpoint.size) throw new Refusal('register', `from ${known.upTo} to ${next}`);
    known = await take(known, events, next, checkpoint, supervisors);
  }
  return known;
}

async function take(
  register: Register,
  events: readonly ProvenEvent[],
  next: number,
  checkpoint: Checkpoint,
  supervisors: readonly string[],
): Promise<Register> {
  const lots: Record<string, LotRegister> = { ...register.lots };
  let { stated } = register;
  let last = register.upTo - 1;
  for (const proven of events) {
    const { index, event } = proven;
    if (index <= last || index >= next) throw new Refusal('register', `event ${index} out of order`);
    if (!(registerTypes as readonly string[]).includes(event.type) || !isIncluded(proven, checkpoint))
      throw new Refusal('not-included', event.type);
    last = index;
    const { lot } = event.subject;
    if (lot !== undefined) lots[lot] = await after(lots[lot] ?? emptyLot, { index, event }, supervisors, stated);
    const said = event.type === 'probe.reported' ? spanOf(index, event) : null;
    if (said) {
      stated = [...stated.filter((each) => each.until > later(said.until as Instant, -day)), said];
      for (const [id, each] of Object.entries(lots)) if (bears(each, said)) lots[id] = { ...each, indices: [...each.indices, index] };
    }
  }
  return { upTo: next, lots, stated };
}

const day = 24 * 3_600_000;

function spanOf(index: number, event: JournalEvent): StatedAt | null {
  const read = probeStatementShape.safeParse((event.data as { statement?: unknown }).statement);
  return read.success ? { index, from: read.data.from, until: statedUntil(read.data) } : null;
}

/** Whether a statement speaks of the minutes that decide about this lot's deadline: it may then not be missing when the lot is to be opened. */
const bears = ({ deadline, window }: LotRegister, { from, until }: StatedAt): boolean =>
  deadline !== null && window !== null && from < deadline && until > later(deadline as Instant, -window * minuteMilliseconds);

async function after(
  lot: LotRegister,
  { index, event }: { readonly index: number; readonly event: JournalEvent },
  supervisors: readonly string[],
  stated: readonly StatedAt[],
): Promise<LotRegister> {
  const next = { ...lot, indices: [...lot.indices, index] };
  const data = event.data as {
    deadline?: string;
    outage?: { windowMinutes?: number };
    order?: string;
    reason?: string;
    statement?: unknown;
  };
  switch (event.type) {
    case 'notice.published':
    case 'addendum.published':
    case 'deadline.moved':
    case 'deadline.resumed': {
      const window = event.type === 'notice.published' ? (data.outage?.windowMinutes ?? null) : lot.window;
      const due = { ...next, deadline: data.deadline ?? null, window, after: null };
      const known = new Set(due.indices);
      return {
        ...due,
        indices: [...due.indices, ...stated.filter((each) => !known.has(each.index) && bears(due, each)).map((each) => each.index)],
      };
    }
    case 'order.suspended':
      return { ...next, order: { id: data.order ?? '', digest: orderDigest(data.statement), reason: data.reason ?? '' } };
    case 'order.lifted':
      return (await lifts(event, lot, supervisors)) ? { ...next, order: null } : next;
    default:
      return next;
  }
}

/** A lifting counts when it names the order in force and, where the institution knows its supervisors, bears the signature of one of them. */
async function lifts(event: JournalEvent, { order }: LotRegister, supervisors: readonly string[]): Promise<boolean> {
  const { statement, signature } = event.data as { statement: unknown; signature?: unknown };
  const read = orderStatementShape.safeParse(statement);
  if (!order || !read.success || read.data.kind !== 'lift') return false;
  if (read.data.lifts !== order.digest || read.data.lot !== event.subject.lot) return false;
  if (supervisors.length === 0) return true;
  const bytes = typeof signature === 'string' ? fromBase64(signature) : undefined;
  if (bytes === undefined) return false;
  const verdict = await verifyDetached(bytes, canonicalBytes(read.data), 'any-certificate');
  return verdict.ok && supervisors.includes(verdict.signer.fingerprint);
}

/** Notes how large the journal is once a deadline is well past by the custodian's own clock: what comes after is late, whatever its time says. */
export function noteDeadlines(register: Register, now: string, size: number): Register {
  const due = Object.entries(register.lots).filter(([, lot]) => lot.after === null && lot.deadline !== null && lot.deadline <= now);
  if (due.length === 0) return register;
  return { ...register, lots: { ...register.lots, ...Object.fromEntries(due.map(([id, lot]) => [id, { ...lot, after: size }])) } };
}
