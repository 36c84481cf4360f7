import { markPlace, markTitles } from '../bids/mark-words.ts';
import { blindMarkShape, placeOf } from '../evaluation/blind-mark.ts';
import { givenIn, givenKey } from '../evaluation/given.ts';
import { partResultShape } from '../evaluation/part-result.ts';
import { pseudonymWords } from '../openings/pseudonym.ts';
import { partTitle } from '../tenders/envelopes.ts';
import type { BlindReview } from './blind-section.ts';
import type { Party } from './blocks.ts';
import { termsOf } from './compose-facts.ts';
import type { History } from './history.ts';

/**
 * What the journal tells of a blind review, for the report of its evaluation; undefined where there was none. A report follows the signed evaluation, and
 * nothing is concluded before the pseudonyms are laid open: it says no name that its readers, host and supervisor, might not have by then.
 */
export function blindReviewOf(
  history: History,
  reviewers: readonly string[],
  party: (submission: string) => Party,
): BlindReview | undefined {
  const { blind, items } = termsOf(history);
  const committed = history.last('pseudonyms.committed');
  const revealed = history.last('pseudonyms.revealed');
  if (blind === undefined || committed === undefined || revealed === undefined) return undefined;
  const { digest, root, part } = committed.data;
  const { verdicts } = givenIn(history.all('sheet.opened', 'bid.reviewed', 'pseudonyms.revealed'));
  const panel = reviewersOf(history, part) ?? reviewers;
  const checks = new Map(history.all('blind.checked').map(({ data }) => [data.bid, data.marks]));
  return {
    part: partTitle(part),
    committedAt: committed.at,
    revealedAt: revealed.at,
    request: digest,
    root,
    // shares are kept for the draw of pseudonyms alone, of which a lot has one
    shares: history.all('share.kept').map(({ data }) => ({ trustee: data.name, sha256: data.sha256 })),
    bids: revealed.data.list.map(({ id, number, submission }) => ({
      pseudonym: pseudonymWords(number),
      bidder: party(submission),
      marks: checks.get(id)?.map(markWords) ?? null,
      votes: items
        .filter((item) => blind.items.includes(item.id))
        .flatMap(({ id: item, title }) => {
          const given = panel.flatMap((member) => verdicts.get(givenKey(member, submission, item)) ?? []);
          if (given.length === 0) return [];
          const against = given.filter(({ pass }) => !pass);
          const reasons = [...new Set(against.flatMap(({ reason }) => (reason ? [reason] : [])))];
          return [{ item: title, against: against.length, of: given.length, reasons }];
        }),
    })),
  };
}

const markWords = (mark: object) => {
  const { file, kind, page } = blindMarkShape.parse(mark);
  return { file, kind: markTitles[kind], place: markPlace(placeOf(page)) };
};

/** Where the envelope had a result of its own: whose verdicts it rests on. */
function reviewersOf(history: History, part: string): readonly string[] | undefined {
  const concluded = history.all('part.concluded').findLast(({ data }) => data.part === part);
  return concluded && partResultShape.parse(concluded.data.result).reviewers;
}
