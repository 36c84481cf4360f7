import { addendum } from './addendum.ts';
import { awardNotice } from './award-notice.ts';
import { candidatesPublicity } from './candidates-publicity.ts';
import { contractPaper } from './contract.ts';
import { contractRegister } from './contract-register.ts';
import { drawRecord } from './draw-record.ts';
import { evaluationReport } from './evaluation-report.ts';
import { failureNotice } from './failure-notice.ts';
import { feeSheet } from './fee-sheet.ts';
import { loadFonts } from './load-fonts.ts';
import { openingRecord } from './opening-record.ts';
import type { Paper, RenderedPaper } from './paper.ts';
import { render } from './paper.ts';
import { resultAnnouncement } from './result-announcement.ts';
import { resultNotice } from './result-notice.ts';
import { resumptionNotice, suspensionNotice } from './standstill-notice.ts';
import { submissionReceipt } from './submission-receipt.ts';
import { supervisorReport } from './supervisor-report.ts';
import { tenderNotice } from './tender-notice.ts';
import { terminationNotice } from './termination-notice.ts';

/** Every kind of paper the platform issues. Who may read one follows from the events it is made of, not from here. */
export const papers = {
  'tender-notice': tenderNotice,
  addendum,
  'submission-receipt': submissionReceipt,
  'opening-record': openingRecord,
  'draw-record': drawRecord,
  'evaluation-report': evaluationReport,
  'candidates-publicity': candidatesPublicity,
  'suspension-notice': suspensionNotice,
  'resumption-notice': resumptionNotice,
  'termination-notice': terminationNotice,
  'failure-notice': failureNotice,
  'result-announcement': resultAnnouncement,
  'award-notice': awardNotice,
  'result-notice': resultNotice,
  'contract-register': contractRegister,
  contract: contractPaper,
  'supervisor-report': supervisorReport,
  'fee-sheet': feeSheet,
} as const satisfies Record<string, Paper>;

export type PaperKind = keyof typeof papers;
/** The data a kind of paper is a function of. */
export type PaperData<Kind extends PaperKind> = (typeof papers)[Kind] extends Paper<infer Data> ? Data : never;

export const paperKinds = Object.keys(papers) as PaperKind[];

/** Renders a paper with the platform's fonts. The same data gives the same bytes; data of another shape throws a ZodError. */
export function renderPaper<Kind extends PaperKind>(kind: Kind, data: PaperData<Kind>): Promise<RenderedPaper> {
  // the table above pairs every kind with its own data, which the compiler cannot follow through a lookup
  return render(papers[kind] as unknown as Paper<PaperData<Kind>>, data, loadFonts());
}

export { dataHashOf } from './fingerprint.ts';
export type { Paper, RenderedPaper } from './paper.ts';
