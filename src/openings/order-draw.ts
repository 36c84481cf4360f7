import { base64url, canonical, utf8 } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';
import { type AnyDrawRequest, type DrawRequest, type DrawResult, sortedCandidates } from '../sealing/draw.ts';

/**
 * Bids put into an order by the draw of protocol §7 as it is: each bid takes the place of an expert and is its own employer, so that the tickets put all of
 * them into one order. What the order is for, the name of the seat says. Pure: the platform, every custodian and every verifier compute the same.
 */

/** The format draws so many at most; bids beyond stand behind the drawn ones, as they were received. */
export const mostDrawn = 1000;

/** What stands for a bid in the request: base64url(SHA-256(utf8(submission id))). */
const standsFor = (submission: string): string => base64url(sha256(utf8(submission)));

/** What the council is asked, for exactly these bids. */
export function orderRequest(seat: string, head: Pick<DrawRequest, 'id' | 'lot' | 'at'>, submissions: readonly string[]): DrawRequest {
  return { format: 'yangguang/draw/v1', ...head, ...questionFor(seat, submissions) };
}

function questionFor(seat: string, submissions: readonly string[]): Pick<DrawRequest, 'seats' | 'eligible' | 'parameters'> {
  const eligible = sortedCandidates(submissions.map(standsFor).map((expert) => ({ expert, employer: expert })));
  return {
    seats: [{ specialty: seat, count: Math.min(submissions.length, mostDrawn), reserve: 0 }],
    eligible: { [seat]: eligible },
    parameters: [],
  };
}

/** Is it the draw of exactly these bids' order, for this purpose, and of nothing else? */
export const asksOrderOf = (seat: string, { seats, eligible, parameters }: AnyDrawRequest, submissions: readonly string[]): boolean =>
  canonical({ seats, eligible, parameters }) === canonical(questionFor(seat, submissions));

/** The bids in their drawn order; `received` are the same bids as they were received. */
export function drawnOrderOf(seat: string, { called }: Pick<DrawResult, 'called'>, received: readonly string[]): readonly string[] {
  const bids = new Map(received.map((submission) => [standsFor(submission), submission]));
  const drawn = (called[seat] ?? []).flatMap((expert) => bids.get(expert) ?? []);
  const taken = new Set(drawn);
  return [...drawn, ...received.filter((submission) => !taken.has(submission))];
}
