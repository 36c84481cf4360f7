import type { Call } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import type { EvaluationBundle } from './bundle.ts';
import { evaluationShape } from './bundle.ts';
import { sittingMembers } from './member-reads.ts';
import { startTime } from './panel-time.ts';
import { judgedPart } from './part-work.ts';
import { outsideReopening } from './problems.ts';
import { outsideOf, type ReopeningOrder } from './reopening.ts';
import { EvaluationReport, EvaluationVersion } from './schema.ts';

/** The newest version of a lot's report that an order has reopened; null where none was. */
export const reopenedVersion = (em: Call['em'], lot: string): Promise<EvaluationVersion | null> =>
  em.findOne(EvaluationVersion, { lot }, { orderBy: { version: 'desc' } });

/** The signed report as it stands, and which version it is. */
export async function standingReport(
  em: Call['em'],
  lot: string,
): Promise<{ readonly version: number; readonly report: EvaluationReport; readonly sha256: string }> {
  const report = await em.findOneOrFail(EvaluationReport, { lot });
  return { version: ((await reopenedVersion(em, lot))?.version ?? 0) + 1, report, sha256: report.sha256 };
}

/**
 * Puts the signed report away as a version with the order that reopens it: it stays as it was signed, and the panel's sheets are open again. The caller
 * holds the lot's lock and moves the lot.
 */
export async function putAway(call: Call, lot: Lot, order: ReopeningOrder): Promise<EvaluationVersion> {
  const { version, report } = await standingReport(call.em, lot.id);
  const members = await sittingMembers(call.em, lot.id);
  if (!lot.reportedAt) throw new Error(`the evaluation of ${lot.id} is not signed`);
  const row = call.em.create(EvaluationVersion, {
    id: newId(call.now),
    lot: lot.id,
    version,
    bundle: report.bundle,
    sha256: report.sha256,
    outcome: report.outcome,
    concludedAt: report.concludedAt,
    reportedAt: lot.reportedAt,
    candidatesAt: lot.candidatesAt ?? null,
    reopenedAt: call.now,
    order: { ...order },
    stands: members.map(({ id, stance, dissent, signedAt }) => ({ member: id, stance, dissent: dissent ?? null, signedAt })),
  });
  for (const member of members) Object.assign(member, { stance: null, signedAt: null, signature: null, dissent: null });
  await startTime(call, lot.id, judgedPart(lot));
  call.em.remove(report);
  return row;
}

/** What was judged blind and stands since the names are known: ids of items and criteria. Only a reopened evaluation may change them, by its order. */
export async function judgedBlind(em: Call['em'], lot: Lot): Promise<ReadonlySet<string>> {
  const { blind } = termsOf(lot);
  if (!blind || !lot.unblindedAt || (await reopenedVersion(em, lot.id))) return new Set();
  return new Set([...blind.items, ...blind.criteria]);
}

/** May what was said before of this bid be changed now? Anything, until an evaluation was signed and reopened; then what the order names. */
export async function mayChange(em: Call['em'], lot: string): Promise<(bid: string, of: string) => boolean> {
  const order = (await reopenedVersion(em, lot))?.order;
  return (bid, of) => order === undefined || (order.bids.includes(bid) && [...order.items, ...order.criteria].includes(of));
}

/** A further version differs from the one before in nothing that its order does not name. */
export function refuseOutside(
  { bundle, order }: EvaluationVersion,
  after: EvaluationBundle,
  nameOf: (bid: string) => string,
  titleOf: (id: string) => string,
): void {
  const outside = outsideOf(evaluationShape.parse(bundle), after, order);
  if (outside.length === 0) return;
  const lines = [...new Set(outside.map(({ bid, of }) => `${bid === null ? '' : `${nameOf(bid)} · `}${titleOf(of)}`))].slice(0, 10);
  throw outsideReopening({
    says: {
      zh: `重新评审只能更改决定载明的事项，以下不在其中，请改回原意见：${lines.join('；')}。`,
      en: `Only what the order names may change. Not named, please set back: ${lines.join('; ')}.`,
    },
  });
}
