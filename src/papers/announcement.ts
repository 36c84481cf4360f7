import { type EventType, type LotView, maySee } from '../journal/event.ts';
import type { Actor } from '../kernel/actor.ts';
import type { PaperKind } from './index.ts';

/** The event that tells of a paper: whoever may see it may read the paper. It is never seen by more than what the paper is made of. */
export type Announcement = Extract<EventType, 'paper.issued' | 'paper.delivered' | 'paper.filed'>;

export const announcements: { readonly [Kind in PaperKind]: Announcement } = {
  'tender-notice': 'paper.issued',
  addendum: 'paper.issued',
  'submission-receipt': 'paper.delivered',
  'opening-record': 'paper.issued',
  'draw-record': 'paper.issued',
  'evaluation-report': 'paper.filed',
  'candidates-publicity': 'paper.issued',
  'suspension-notice': 'paper.issued',
  'resumption-notice': 'paper.issued',
  'termination-notice': 'paper.issued',
  'failure-notice': 'paper.issued',
  'result-announcement': 'paper.issued',
  'award-notice': 'paper.issued',
  'result-notice': 'paper.delivered',
  'contract-register': 'paper.issued',
  contract: 'paper.delivered',
  'supervisor-report': 'paper.filed',
  'fee-sheet': 'paper.filed',
};

/** May this reader have the paper now? */
export const mayRead = (
  paper: { readonly kind: string; readonly lot: string; readonly party?: string | null | undefined },
  by: Actor,
  lot: LotView,
): boolean =>
  maySee(
    {
      type: announcements[paper.kind as PaperKind],
      data: { kind: paper.kind },
      subject: { lot: paper.lot, ...(paper.party ? { party: paper.party } : {}) },
    },
    by,
    lot,
  );
