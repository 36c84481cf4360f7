import type { EntityManager } from '@mikro-orm/postgresql';
import { lotHeadOf } from '../experts/reads.ts';
import { eventsOfLot } from '../journal/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { CouncilTask, OpeningItem } from '../openings/schema.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameter, parameterInForce } from '../rulebook/parameters.ts';
import type { Part } from '../sealing/shapes.ts';
import { currentPart, isCut, nextPart, partTitle } from '../tenders/envelopes.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { allows } from '../tenders/phases.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import type { Lot } from '../tenders/schema.ts';
import type { EnvelopesAnswer } from './answers.ts';
import { failedWords } from './mask.ts';
import { type PartInputs, partOutcome } from './part-result.ts';
import { judgedPart } from './part-work.ts';
import { sessionLimit } from './schedule-session.ts';
import { PartResult } from './schema.ts';

/** The envelopes of a lot and where they stand, as everybody may know it: nothing of a part that is still sealed but that it is. */
export async function envelopesPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<EnvelopesAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  if (!lot.publishedAt) throw notFound();
  const terms = termsOf(lot);
  if (!isCut(terms.parts)) throw notFound();
  const sessions = lot.openedAt ? await em.find(OpeningItem, { lot: id }, { orderBy: { id: 'asc' } }) : [];
  const results = await em.find(PartResult, { lot: id, reportedAt: { $ne: null } });
  const tasks = lot.openedAt ? await em.find(CouncilTask, { lot: id, kind: 'opening' }) : [];
  const returned = lot.openedAt ? await returnedOf(em, id, sessions) : [];
  const on = dayOf(now);
  const minutes = parameter('op.session.ahead', on);
  const row = parameterInForce('op.session.ahead', on);
  const maySchedule = hosts(by, project) && allows('schedule-session', lot.phase);
  return {
    lot: lotHeadOf(lot),
    parts: terms.parts.map((part) => {
      const items = sessions.filter((item) => item.part === part);
      const result = results.find((each) => each.part === part);
      return {
        part,
        title: partTitle(part),
        state: stateOf(lot, terms, part, items.length > 0),
        openedAt: tasks.find((task) => (task.question as { part: string }).part === part)?.askedAt ?? null,
        sessionAt: nextPart(terms.parts, judgedPart(lot)) === part ? (lot.sessionAt ?? null) : null,
        opened: items.filter((item) => item.state === 'opened').length,
        invalid: items.filter((item) => item.state === 'invalid').length,
        result: result ? resultOf(result, sessions, terms) : null,
        returned: returned.filter((each) => each.part === part),
      };
    }),
    schedule: maySchedule
      ? { earliest: later(now, minutes * 60_000), says: sentence(row), source: row.source, until: untilOf(lot, results) }
      : null,
  };
}

/** Until when the host may announce the next session before the platform does; null once one is announced. */
function untilOf(lot: Lot, results: readonly PartResult[]): Instant | null {
  const reportedAt = results.find((each) => each.part === judgedPart(lot))?.reportedAt;
  return lot.sessionAt || !reportedAt ? null : sessionLimit(reportedAt);
}

function stateOf(lot: Lot, { parts }: LotTerms, part: Part, started: boolean): EnvelopesAnswer['parts'][number]['state'] {
  if (!started) return lot.failedAt ? 'returned' : 'sealed';
  if (part !== currentPart(lot)) return 'judged';
  if (allows('open-bid', lot.phase)) return 'opening';
  const waits = allows('schedule-session', lot.phase) || (lot.failedAt && nextPart(parts, part) !== null);
  return waits || lot.reportedAt ? 'judged' : 'judging';
}

function resultOf(row: PartResult, sessions: readonly OpeningItem[], { items }: LotTerms) {
  const verdict = partOutcome(row.result as PartInputs);
  if (!verdict.ok) throw new Error(`a stored result has no outcome: ${verdict.about}`);
  const nameOf = (bid: string): string => sessions.find((item) => item.submission === bid)?.bidderName ?? bid;
  const { outcome, passed, failed } = verdict.value;
  return {
    sha256: row.sha256,
    outcome,
    reportedAt: row.reportedAt ?? row.concludedAt,
    passed: passed.map(nameOf),
    failed: failed.map(({ bid, reason }) => ({ name: nameOf(bid), reason: failedWords(reason, items) })),
    competition: (row.result as PartInputs).competition,
  };
}

/** Envelopes that came back unopened, each with the event that proves it. */
async function returnedOf(em: EntityManager, lot: string, sessions: readonly OpeningItem[]) {
  const events = await eventsOfLot(em, lot, { types: ['envelope.returned'] });
  return events.map(({ id, event }) => {
    const { submission, bidder, part, sha256 } = event.data as Record<'submission' | 'bidder' | 'part' | 'sha256', string>;
    const name = sessions.find((item) => item.submission === submission)?.bidderName ?? bidder;
    return { event: id, name, bidder, part, sha256, at: event.at as Instant };
  });
}
