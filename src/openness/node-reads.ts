import type { EntityManager } from '@mikro-orm/postgresql';
import { journalKeys, newestCheckpoint } from '../journal/reads.ts';
import { presentWitnesses, type WitnessStanding, witnessStandings } from '../journal/witness-reads.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { CouncilRow } from '../openings/schema.ts';
import { authorityPem, authorityPems, theAuthority } from '../parties/authority.ts';
import type { Council } from '../sealing/council.ts';

/** The platform's time now, and how fast it runs: 1 as in life; only a sandbox's clock runs at another rate. */
export async function clockOf(em: EntityManager): Promise<{ now: Instant; rate: number }> {
  const rows = await em.execute<{ now: string; rate: number | null }[]>(
    'select yangguang_now() as now, (select rate from sandbox_clock order by id desc limit 1) as rate',
  );
  const row = rows[0];
  if (!row) throw new Error('the database did not tell the time');
  return { now: instantOf(new Date(row.now)), rate: Number(row.rate ?? 1) };
}

/** What a stranger needs to verify anything of this node. */
export interface PublicKeys {
  /** the journal's name; a sandbox's ends in `/sandbox` */
  readonly origin: string;
  readonly sandbox: boolean;
  /** C2SP verifier key with which checkpoints are signed; null until the first sequencer has started */
  readonly platform: string | null;
  /** keys that signed earlier checkpoints of this journal */
  readonly earlier: readonly string[];
  readonly witnesses: readonly string[];
  /** the opening council in use; null before one was formed */
  readonly council: Council | null;
  /** issuing authority and root, PEM */
  readonly authority: string;
  /** those of the national suite; null on a node that has none */
  readonly authoritySm2: string | null;
}

interface NodeNames {
  readonly origin: string;
  readonly sandbox: boolean;
}

async function nodeNames(em: EntityManager): Promise<NodeNames> {
  const rows = await em.execute<NodeNames[]>('select origin, sandbox from node');
  const node = rows[0];
  if (!node) throw new Error('this database has no node');
  return node;
}

/** The keys of this node: journal, witnesses, council, certificate authority. All of it is public. */
export async function publicKeys(em: EntityManager): Promise<PublicKeys> {
  const { origin, sandbox } = await nodeNames(em);
  const [platform = null, ...earlier] = await journalKeys(em);
  const council = await em.findOne(CouncilRow, { inUse: true });
  return {
    origin,
    sandbox,
    platform,
    earlier,
    witnesses: await presentWitnesses(em),
    council: (council?.body ?? null) as Council | null,
    authority: authorityPem(theAuthority()),
    authoritySm2: authorityPems().get('sm') ?? null,
  };
}

/** The journal as it stands: how long it is, who has signed its newest checkpoint, and when that was. */
export interface JournalState {
  readonly origin: string;
  readonly size: number;
  /** base64 */
  readonly root: string;
  readonly at: Instant | null;
  /** the checkpoint as it is served, with every cosignature */
  readonly text: string;
  readonly platform: string | null;
  readonly witnesses: readonly (WitnessStanding & { readonly signed: boolean })[];
}

/** The newest checkpoint with those who signed it; size 0 before the first. */
export async function journalState(em: EntityManager): Promise<JournalState> {
  const { origin } = await nodeNames(em);
  const [platform = null] = await journalKeys(em);
  const checkpoint = await newestCheckpoint(em);
  const signed = new Set(checkpoint?.witnesses ?? []);
  return {
    origin,
    platform,
    size: checkpoint?.size ?? 0,
    root: checkpoint?.root ?? '',
    at: checkpoint?.at ?? null,
    text: checkpoint?.text ?? '',
    witnesses: (await witnessStandings(em)).map((witness) => ({ ...witness, signed: signed.has(witness.name) })),
  };
}
