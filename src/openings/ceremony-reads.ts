import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { ownAnchors } from '../parties/authority.ts';
import { Organisation } from '../parties/schema.ts';
import type { SealedShare } from '../sealing/ceremony-member.ts';
import {
  type CeremonyCall,
  type CeremonyKind,
  type CeremonyRound,
  type CeremonyStatement,
  type CeremonyTranscript,
  comparisonCode,
  saidOf,
  transcriptDigest,
} from '../sealing/ceremony-messages.ts';
import { outcomeOf } from '../sealing/ceremony-verify.ts';
import { certificatePem } from '../sealing/certificate.ts';
import { Ceremony, CeremonyMessage, CeremonyShare } from './schema.ts';

export type CeremonyState = 'open' | 'formed' | 'failed' | 'abandoned';

/** A ceremony as everybody may see it. All of it is public but the sealed shares. */
export interface CeremonyShown {
  readonly call: CeremonyCall;
  readonly state: CeremonyState;
  /** the round under way, and the places it waits for; null when it is over */
  readonly round: CeremonyRound | null;
  readonly waitingFor: readonly number[];
  readonly said: readonly { readonly index: number; readonly kind: CeremonyKind; readonly at: Instant }[];
  readonly culprit: number | null;
  readonly reason: string | null;
  readonly calledAt: Instant;
  readonly endedAt: Instant | null;
  /** what trustees read to each other, as the platform sees it; null before every package stands */
  readonly code: string | null;
  /** digest that every confirmation names; null before every share was dealt */
  readonly digest: string | null;
  /** the reader's own place; null for everybody else */
  readonly own: number | null;
}

/** Every ceremony, the newest first. */
export async function ceremoniesOf(em: EntityManager, by: Actor): Promise<readonly CeremonyShown[]> {
  const held = await em.find(Ceremony, {}, { orderBy: { calledAt: 'desc', id: 'desc' }, limit: 100 });
  return Promise.all(held.map((each) => shown(em, by, each)));
}

/** One ceremony; throws not-found. */
export async function ceremonyOf(em: EntityManager, by: Actor, id: string): Promise<CeremonyShown> {
  return shown(em, by, await found(em, id));
}

async function found(em: EntityManager, id: string): Promise<Ceremony> {
  const held = await em.findOne(Ceremony, { id });
  if (!held) throw notFound();
  return held;
}

const messagesOf = (em: EntityManager, ceremony: string): Promise<CeremonyMessage[]> =>
  em.find(CeremonyMessage, { ceremony }, { orderBy: { place: 'asc' } });

async function shown(em: EntityManager, by: Actor, held: Ceremony): Promise<CeremonyShown> {
  const call = held.call as CeremonyCall;
  const messages = await messagesOf(em, held.id);
  const statements = messages.map((message) => message.statement as CeremonyStatement);
  const whole = (kind: CeremonyKind): boolean => saidOf(statements, kind).length === call.trustees.length;
  const outcome = held.state === 'open' ? await outcomeOf(call, statements) : null;
  const open = outcome?.kind === 'open' ? outcome : null;
  return {
    call,
    state: held.state as CeremonyState,
    round: open?.round ?? null,
    waitingFor: open?.waitingFor ?? [],
    said: messages.map(({ at }, place) => ({
      index: statements[place]?.index ?? 0,
      kind: statements[place]?.kind ?? 'hash',
      at: at as Instant,
    })),
    culprit: held.culprit ?? null,
    reason: held.reason ?? null,
    calledAt: held.calledAt as Instant,
    endedAt: (held.endedAt ?? null) as Instant | null,
    code: whole('package') ? comparisonCode(call, statements) : null,
    digest: whole('shares') ? transcriptDigest(call, statements, 'confirmation') : null,
    own: by.role === 'trustee' ? (call.trustees.find(({ code }) => code === by.code)?.index ?? null) : null,
  };
}

/** The public transcript, which proves itself (`yangguang verify`). */
export async function transcriptOf(em: EntityManager, id: string): Promise<CeremonyTranscript> {
  const held = await found(em, id);
  const messages = (await messagesOf(em, id)).map(({ statement, signature }) => ({ statement: statement as CeremonyStatement, signature }));
  return { format: 'yangguang/ceremony/v1', call: held.call as CeremonyCall, messages, anchors: ownAnchors().map(certificatePem) };
}

/** The transcript of the ceremony that made a council; null when none did. */
export async function ceremonyThatMade(em: EntityManager, council: string): Promise<CeremonyTranscript | null> {
  return (await em.findOne(Ceremony, { id: council, state: 'formed' })) === null ? null : transcriptOf(em, council);
}

/** The shares sealed to the reader's own institution; nobody else is handed them. */
export async function sharesFor(em: EntityManager, by: Actor, id: string): Promise<readonly SealedShare[]> {
  const { own } = await ceremonyOf(em, by, id);
  if (own === null) throw notFound();
  const shares = await em.find(CeremonyShare, { ceremony: id, to: own }, { orderBy: { from: 'asc' } });
  return shares.map(({ from, to, sealed }) => ({ from, to, sealed }));
}

/** The institutions that may be called. */
export async function trusteeInstitutions(em: EntityManager): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const held = await em.find(
    Organisation,
    { kinds: { $contains: ['trustee'] } },
    { orderBy: { registeredAt: 'asc', code: 'asc' }, limit: 100 },
  );
  return held.map(({ code, name }) => ({ code, name }));
}
