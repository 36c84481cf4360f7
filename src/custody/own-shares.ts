import { shareDigest } from '../openings/pseudonym.ts';
import type { TaskEvidence } from '../openings/tasks.ts';
import { evaluate, type TrusteeShare } from '../sealing/council.ts';
import { type AnyDrawRequest, drawPoint } from '../sealing/draw.ts';
import { type Judgement, Refusal } from './judge.ts';

/**
 * What a custodian without memory can still see: its own shares stand in the journal. Each of them must be one that it would give for what the
 * journal asks, either this very list or a journalled draw; a share for anything else means that it answered otherwise before, and it refuses.
 */
export function ownSharesExplained(evidence: TaskEvidence, judgement: Judgement, share: TrusteeShare, given: readonly string[]): void {
  const own = <Data>(type: string) =>
    evidence.events
      .filter(({ event }) => event.type === type)
      .map(({ event }) => event.data as Data & { task: string; trustee: number })
      .filter((each) => each.trustee === share.index && each.task !== evidence.task && !given.includes(each.task));
  const strange = own<{ evaluated: readonly string[] }>('share.given');
  const covered = own<{ sha256: string }>('share.kept');
  if (strange.length + covered.length === 0) return;
  const draws = evidence.events
    .filter(({ event }) => event.type === 'draw.requested')
    .map(({ event }) => drawPoint((event.data as { request: AnyDrawRequest }).request));
  // the judgement of a draw or of sheets knows no list of bids: which were opened is the business of the opening's own task
  const bids = evidence.kind !== 'opening' ? evidence.events.flatMap(({ event }) => ephemerals(event)) : [];
  // sheets are journalled as a list before anybody is asked for them
  const sheets = evidence.events.flatMap(({ event }) =>
    event.type === 'sheets.complete' ? (event.data as { list: readonly { ephemeral: string }[] }).list.map((each) => each.ephemeral) : [],
  );
  const points = [...new Set([...judgement.points, ...draws, ...bids, ...sheets])];
  const answersTo = (asked: readonly string[]): readonly string[] =>
    asked.length === 0 ? [] : evaluate(share, asked, evidence.council).evaluated;
  const mine = new Set(strange.length === 0 ? [] : answersTo(points));
  // a covered share is of a draw, whose one point it is
  const digests = new Set(answersTo(draws).map((point) => shareDigest({ trustee: share.index, evaluated: [point] })));
  const unexplained =
    strange.find((each) => !each.evaluated.every((point) => mine.has(point))) ?? covered.find((each) => !digests.has(each.sha256));
  if (unexplained) throw new Refusal('answered-without-memory', `task ${unexplained.task}`);
}

const ephemerals = ({ type, data }: { readonly type: string; readonly data?: unknown }): readonly string[] =>
  type === 'bid.received' || type === 'bid.replaced'
    ? (data as { envelopes: readonly { readonly ephemeral: string }[] }).envelopes.map((envelope) => envelope.ephemeral)
    : [];
