import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { sha256 } from '../sealing/digest.ts';
import type { ChallengeRecord } from './holds.ts';

/**
 * The written report to the supervisor (招标投标法 §47; 七部委令第30号 §65) as facts: scope, way, panel and method, result, and what was
 * challenged. The paper is drawn from it and the journal keeps its hash. Amounts are yuan strings, moments RFC 3339 UTC.
 */
export interface ReportFacts {
  readonly format: 'yangguang/supervisor-report/v1';
  readonly lot: { readonly id: string; readonly number: string; readonly name: string; readonly edition: string };
  readonly project: {
    readonly number: string;
    readonly name: string;
    readonly approvalNumber: string;
    readonly approvedBy: string;
    readonly tenderee: string;
    readonly agent: string | null;
  };
  readonly scope: string;
  readonly ceiling: string | null;
  readonly method: { readonly zh: string; readonly en: string };
  readonly bids: { readonly counted: number; readonly opened: number; readonly rejected: number };
  readonly panel: { readonly size: number; readonly experts: number; readonly evaluationSha256: string | null };
  readonly candidates: readonly {
    readonly rank: number;
    readonly bidder: string;
    readonly name: string;
    readonly price: string;
    readonly total: string;
  }[];
  readonly award: {
    readonly bidder: string;
    readonly name: string;
    readonly price: string;
    readonly rank: number;
    readonly reason: string;
  } | null;
  readonly contract: { readonly number: string; readonly price: string; readonly signedOn: string; readonly sha256: string } | null;
  readonly failedFor: string | null;
  readonly challenges: readonly ChallengeRecord[];
  /** the moments of the lot, by name, as far as they have come */
  readonly moments: Readonly<Record<string, Instant>>;
}

/** What the journal keeps of a report. */
export const reportHash = (facts: ReportFacts): string => base64url(sha256(canonicalBytes(facts)));
