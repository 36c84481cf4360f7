/** The moments of a lot that decide who may know its experts by name (Bidding Law art. 37; XD-5). */
export interface NamedLot {
  readonly evaluationStartedAt?: string | null | undefined;
  readonly reportedAt?: string | null | undefined;
  readonly resultedAt?: string | null | undefined;
}

/** How a reader stands to a lot, as far as its experts' names go. */
export interface NameReader {
  /** a regulator who watches over the region of the lot */
  readonly supervises: boolean;
  /** sits on the panel */
  readonly sits: boolean;
}

/**
 * May this reader know the experts' names now? Members see each other once the evaluation has started, the regulator sees them when the report is
 * signed, everyone, host, centre and administrator included, when the result is decided. Before, nobody; the notifier alone.
 */
export function knowsNames({ supervises, sits }: NameReader, lot: NamedLot): boolean {
  if (lot.resultedAt) return true;
  if (supervises && lot.reportedAt) return true;
  return sits && Boolean(lot.evaluationStartedAt);
}
