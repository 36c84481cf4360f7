import type { EntityManager } from '@mikro-orm/postgresql';
import { parseCheckpoint, parseNote } from '../journal/checkpoint.ts';
import { eventsOfLot, journalKeys } from '../journal/reads.ts';
import type { WithheldReason } from '../journal/withheld.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { Problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { regionWatched } from '../parties/reads.ts';
import { liesWithin } from '../rulebook/regions.ts';
import { phaseOf, phases } from '../tenders/phases.ts';
import { lotFor } from '../tenders/reads.ts';
import { type Evidence, evidenceNotWitnessed, evidenceNotYet, publicEvidence, takenEvidence } from './evidence-reads.ts';
import { digestOf, writeEvidence } from './evidence-writer.ts';

/** A bundle as it can be downloaded now: what a reader compares after the download. */
export interface ShownBundle {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly events: number;
  /** how many events are withheld, by reason; nothing is counted before the opening */
  readonly withheld: readonly { readonly reason: WithheldReason; readonly count: number }[];
  /** entries of the journal at the checkpoint that everything is proven against, and who signed it */
  readonly size: number;
  readonly signers: readonly string[];
}

/** A taking of the regulator's edition that this reader has put on record; `bundle` is null until its entry is witnessed. */
export interface ShownTaking {
  readonly look: string;
  readonly number: number | null;
  readonly at: Instant;
  readonly ground: string;
  readonly bundle: ShownBundle | null;
}

export interface ShownEvidence {
  readonly lot: { readonly id: string; readonly number: string; readonly name: string; readonly phase: Words };
  readonly opened: boolean;
  /** null while the newest entries wait for their witnesses */
  readonly bundle: ShownBundle | null;
  readonly key: string;
  /** for the supervisor of the region: the takings of its own, newest first; null for everybody else */
  readonly takings: readonly ShownTaking[] | null;
}

/** How many of a supervisor's takings the page lists; all of them stand in the lot's history. */
const mostTakings = 3;

/** The evidence of a lot as its page explains it. */
export async function shownEvidence(em: EntityManager, by: Actor, id: string): Promise<ShownEvidence> {
  const { lot, project } = await lotFor(em, by, id);
  if (!lot.publishedAt) throw evidenceNotYet();
  const area = await regionWatched(em, by);
  const watches = area !== null && liesWithin(project.region, area);
  return {
    lot: { id, number: lot.number, name: lot.name, phase: phases[phaseOf(lot.phase)].title },
    opened: lot.openedAt != null,
    bundle: await shown(publicEvidence(em, by, id)),
    key: (await journalKeys(em))[0] ?? '',
    takings: watches ? await takingsOf(em, by, id) : null,
  };
}

async function takingsOf(em: EntityManager, by: Actor, lot: string): Promise<readonly ShownTaking[]> {
  const looks = (await eventsOfLot(em, lot, { types: ['matter.viewed'] })).filter(
    ({ event }) => event.subject.actor === by.user && (event.data as { matter: string }).matter === 'evidence',
  );
  const takings: ShownTaking[] = [];
  for (const { id, index, event } of looks.reverse().slice(0, mostTakings)) {
    const { ground } = event.data as { ground: string };
    takings.push({ look: id, number: index, at: event.at as Instant, ground, bundle: await shown(takenEvidence(em, by, lot, id)) });
  }
  return takings;
}

async function shown(evidence: Promise<Evidence>): Promise<ShownBundle | null> {
  try {
    const { parts, name } = await evidence;
    const bytes = await writeEvidence(parts);
    const note = parseNote(parts.checkpoint);
    const reasons = [...new Set(parts.withheld.map((each) => each.reason))];
    return {
      name,
      bytes: bytes.length,
      sha256: digestOf(bytes),
      events: parts.events.length,
      withheld: reasons.map((reason) => ({ reason, count: parts.withheld.filter((each) => each.reason === reason).length })),
      size: (note && parseCheckpoint(note)?.size) ?? 0,
      signers: note?.signatures.map((each) => each.name) ?? [],
    };
  } catch (error) {
    if (error instanceof Problem && error.problem === evidenceNotWitnessed().problem) return null;
    throw error;
  }
}
