/** What of a bid.json is read out. Pure: the figures are the line's form; the price is one of them. */
export function bidFigures(bid: unknown): { readonly price: string; readonly figures: Record<string, string> } {
  const { price, figures } = (bid ?? {}) as { price?: unknown; figures?: unknown };
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries((figures ?? {}) as Record<string, unknown>)) {
    if (typeof value === 'string') read[name] = value;
    else if (typeof value === 'number' && Number.isSafeInteger(value)) read[name] = String(value);
  }
  return { price: String(price ?? ''), figures: read };
}

/** The agenda of a session, in order: where it stands is the first stage that is not done. */
export const stages = ['closing', 'decryption', 'reading', 'draw', 'record'] as const;
export type Stage = (typeof stages)[number];

export interface SessionFacts {
  readonly started: boolean;
  readonly sealed: number;
  readonly unread: number;
  readonly drawDone: boolean;
  readonly recordClosed: boolean;
}

/** The first stage of the agenda that is not done yet; null when the record is closed. */
export function stageOf({ started, sealed, unread, drawDone, recordClosed }: SessionFacts): Stage | null {
  if (!started) return 'closing';
  if (sealed > 0) return 'decryption';
  if (unread > 0) return 'reading';
  if (!drawDone) return 'draw';
  return recordClosed ? null : 'record';
}
