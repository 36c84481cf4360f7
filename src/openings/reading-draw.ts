import { base64url, canonical, utf8 } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';
import { type AnyDrawRequest, type DrawRequest, type DrawResult, sortedCandidates } from '../sealing/draw.ts';

/**
 * The draw of the order in which bids are read out (唱标顺序抽签), by the draw of protocol §7 as it is: each opened bid takes the place of an expert
 * and is its own employer, so that the tickets put all of them into one order. Pure: the platform, every custodian and every verifier compute the same.
 */
export const readingPurpose = 'reading';
export const readingSeat = 'reading-order';
/** The format draws so many at most; bids beyond are read behind the drawn ones, as they were received. */
export const mostDrawn = 1000;
/** One bid has no order to be drawn, and none has nothing to be read. */
export const fewestDrawn = 2;

/** What stands for a bid in the request: base64url(SHA-256(utf8(submission id))). */
const standsFor = (submission: string): string => base64url(sha256(utf8(submission)));

/** What the council is asked, for exactly these bids. */
export function readingRequest(head: Pick<DrawRequest, 'id' | 'lot' | 'at'>, submissions: readonly string[]): DrawRequest {
  return { format: 'yangguang/draw/v1', ...head, ...questionFor(submissions) };
}

function questionFor(submissions: readonly string[]): Pick<DrawRequest, 'seats' | 'eligible' | 'parameters'> {
  const eligible = sortedCandidates(submissions.map(standsFor).map((expert) => ({ expert, employer: expert })));
  return {
    seats: [{ specialty: readingSeat, count: Math.min(submissions.length, mostDrawn), reserve: 0 }],
    eligible: { [readingSeat]: eligible },
    parameters: [],
  };
}

/** Is it the draw of exactly these bids' order, and of nothing else? */
export const asksReadingOf = ({ seats, eligible, parameters }: AnyDrawRequest, submissions: readonly string[]): boolean =>
  canonical({ seats, eligible, parameters }) === canonical(questionFor(submissions));

/** Is it the draw of an order of reading? */
export const drawsReading = ({ seats }: Pick<AnyDrawRequest, 'seats'>): boolean => seats[0]?.specialty === readingSeat;

/** The bids in their order of reading; `received` are the same bids as they were received. */
export function readingOrderOf({ called }: Pick<DrawResult, 'called'>, received: readonly string[]): readonly string[] {
  const bids = new Map(received.map((submission) => [standsFor(submission), submission]));
  const drawn = (called[readingSeat] ?? []).flatMap((expert) => bids.get(expert) ?? []);
  const taken = new Set(drawn);
  return [...drawn, ...received.filter((submission) => !taken.has(submission))];
}
