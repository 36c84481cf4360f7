import type { EventType } from '../journal/event.ts';
import type { StoredEvent } from '../journal/reads.ts';
import { composeAwardNotice, composeCandidates, composeContractRegister, composeResultNotice } from './compose-award.ts';
import { composeContract } from './compose-contract.ts';
import { composeDrawRecord } from './compose-draw.ts';
import { composeEvaluationReport } from './compose-evaluation.ts';
import { composeFailureNotice } from './compose-failure.ts';
import { composeFeeSheet } from './compose-fees.ts';
import { composeAddendum, composeTenderNotice } from './compose-notice.ts';
import { composeOpeningRecord } from './compose-opening.ts';
import { composeReceipt } from './compose-receipt.ts';
import { composeSupervisorReport } from './compose-report.ts';
import { composeResultAnnouncement } from './compose-result.ts';
import { composeResumption, composeSuspension, composeTermination } from './compose-standstill.ts';
import { type History, historyOf } from './history.ts';
import { type PaperData, type PaperKind, paperKinds, papers } from './index.ts';
import type { Names } from './names.ts';

type Composer<Data> = (history: History, names: Names) => Data | Promise<Data>;

const composers: { readonly [Kind in PaperKind]: Composer<PaperData<Kind>> } = {
  'tender-notice': composeTenderNotice,
  addendum: composeAddendum,
  'submission-receipt': composeReceipt,
  'opening-record': composeOpeningRecord,
  'draw-record': composeDrawRecord,
  'evaluation-report': composeEvaluationReport,
  'candidates-publicity': composeCandidates,
  'suspension-notice': composeSuspension,
  'resumption-notice': composeResumption,
  'termination-notice': composeTermination,
  'failure-notice': composeFailureNotice,
  'result-announcement': composeResultAnnouncement,
  'award-notice': composeAwardNotice,
  'result-notice': composeResultNotice,
  'contract-register': composeContractRegister,
  contract: composeContract,
  'supervisor-report': composeSupervisorReport,
  'fee-sheet': composeFeeSheet,
};

/**
 * The data of a paper, from the events up to its source (the last of them) and the node's names: the same range gives the same data, and the
 * same data the same bytes. Throws when the events do not hold what the paper states.
 */
export async function composePaper<Kind extends PaperKind>(
  kind: Kind,
  events: readonly StoredEvent[],
  names: Names,
): Promise<PaperData<Kind>> {
  // the table pairs every kind with its own data, which the compiler cannot follow through a lookup
  const compose = composers[kind] as unknown as Composer<PaperData<Kind>>;
  return compose(historyOf(events), names);
}

const byType = new Map<string, PaperKind>(paperKinds.flatMap((kind) => papers[kind].follows.map((type) => [type, kind] as const)));

/** The kind of paper that follows an event; undefined where none does. */
export const kindAfter = (type: string): PaperKind | undefined => byType.get(type);

/** Every event type that a paper follows. */
export const sourceTypes = [...byType.keys()] as readonly EventType[];
