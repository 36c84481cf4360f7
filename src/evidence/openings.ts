import { canonical } from '../kernel/bytes.ts';
import { fill, type Words } from '../kernel/words.ts';
import { shareDigest } from '../openings/pseudonym.ts';
import type { Council, Share } from '../sealing/council.ts';
import { type OpeningTranscript, verifyOpening } from '../sealing/opening.ts';
import type { Closing, CountedBid } from './bidding.ts';
import type { Checklist } from './checks.ts';
import type { History } from './history.ts';
import { bidsToOpen } from './layers.ts';
import type { Turns } from './parts.ts';
import { awaitingCopies } from './remedies.ts';
import { openingStages, stateStages } from './verify.ts';

/** Openings (protocol §6) against the journal: after the closing, exactly the closing list, by shares the journal holds. */

const sorted = <T extends { readonly submission: string }>(items: readonly T[]): readonly T[] =>
  [...items].sort((a, b) => (a.submission < b.submission ? -1 : 1));
const partOf = (bid: CountedBid, part: string) => bid.envelopes.find((each) => each.part === part);

/** The reason that `tender.failed` bears when nothing was opened. */
const tooFewBids = 'too-few-bids';

/** Nothing of a bid became known before the closing, and what was opened is the closing list. */
export function checkOpeningEvents(history: History, list: Checklist, closing: Closing | undefined, turns: Turns): void {
  const least = history.one('notice.published')?.data.minimumBids ?? 0;
  const failed = history.one('tender.failed');
  if (failed?.data.reason === tooFewBids) {
    list.that(
      { zh: '因投标不足而流标时，有效投标确实不足', en: 'The tender failed for too few bids, and they were too few' },
      closing !== undefined && closing.counted.size < least,
    );
  }
  if (failed?.data.reason === 'none-decrypted') {
    const none = closing !== undefined && bidsToOpen(history, closing).size === 0 && history.has('layers.closed');
    list.that({ zh: '因无一解密而流标时，确实无一解密', en: 'The tender failed for want of any decrypted bid, and there was none' }, none);
  }
  const opened = history.all('opening.started', 'bid.opened', 'bid.invalid', 'bid.read', 'opening.combined');
  if (opened.length === 0) return;
  const early = opened.find((event) => closing === undefined || event.index < closing.index || event.at < closing.deadline);
  list.that({ zh: '截标以前没有开标', en: 'Nothing was opened before the closing' }, closing !== undefined && early === undefined);
  list.that({ zh: '投标达到规定数量才开标', en: 'Bids were opened only because there were enough of them' }, closing.counted.size >= least);
  for (const started of history.all('opening.started')) {
    const { part } = started.data;
    const expected = goingOn(closing, turns, part).map((bid) => ({
      submission: bid.submission,
      bidder: bid.bidder,
      sha256: partOf(bid, part)?.sha256,
    }));
    const stated = started.data.list.map(({ submission, bidder, sha256 }) => ({ submission, bidder, sha256 }));
    list.that(
      fill({ zh: '开标名单（{part}）正是截标时的有效投标', en: 'The opening list ({part}) is exactly the bids that count' }, { part }),
      canonical(sorted(stated)) === canonical(sorted(expected.map((each) => ({ ...each, sha256: each.sha256 ?? '' })))),
    );
  }
  const parts = history.one('notice.published')?.data.parts ?? ['whole'];
  const strange = [...history.all('bid.opened', 'bid.invalid', 'bid.read')].find((event) => !parts.includes(event.data.part ?? 'whole'));
  list.that({ zh: '开启的都是公告载明的信封', en: 'Only envelopes that the notice names were opened' }, strange === undefined);
  for (const part of parts) checkOutcomes(history, list, closing, part);
}

/** Of a fact that names no part: it is about the whole bid. */
const of =
  (part: string) =>
  (event: { readonly data: { readonly part?: string | undefined } }): boolean =>
    (event.data.part ?? 'whole') === part;

/** Whose envelopes of a part are opened: of the first everybody's, of a later one those who passed the one before. */
const goingOn = (closing: Closing, { passed }: Turns, part: string): readonly CountedBid[] => {
  const list = passed.get(part);
  return [...closing.counted.values()].filter((bid) => list === undefined || list.has(bid.submission));
};

/** Of these, the ones that the council was to open: under `bidder+council` those whose bidder removed its layer in time. */
const toOpen = (history: History, closing: Closing, turns: Turns, part: string): readonly CountedBid[] => {
  const open = bidsToOpen(history, closing);
  return goingOn(closing, turns, part).filter((bid) => open.has(bid.submission));
};

/** In each session a bid has one outcome; only opened bids were read, each once and in order. */
function checkOutcomes(history: History, list: Checklist, closing: Closing, part: string): void {
  const [opened, invalid, read] = [
    history.all('bid.opened').filter(of(part)),
    history.all('bid.invalid').filter(of(part)),
    history.all('bid.read').filter(of(part)),
  ];
  const outcomes = [...opened, ...invalid].map((event) => event.data);
  list.that(
    { zh: '每份投标只有一个解密结果', en: 'Every bid has one outcome' },
    new Set(outcomes.map((each) => each.submission)).size === outcomes.length &&
      outcomes.every((each) => closing.counted.get(each.submission)?.bidder === each.bidder),
  );
  const valid = new Map(opened.map((event) => [event.data.submission, event]));
  list.that(
    { zh: '唱标的都是已解密的投标，各一次', en: 'Only opened bids were read out, each once and in order' },
    read.every((event, i) => {
      const before = valid.get(event.data.submission);
      return before !== undefined && before.index < event.index && before.data.bidder === event.data.bidder && event.data.order === i + 1;
    }) && new Set(read.map((event) => event.data.submission)).size === read.length,
  );
}

/** Every transcript holds, is about the closing list, and rests on journalled shares given after the closing. */
export function checkOpenings(
  history: History,
  list: Checklist,
  closing: Closing | undefined,
  {
    turns,
    transcripts,
    lot,
    council,
  }: {
    readonly turns: Turns;
    readonly transcripts: ReadonlyMap<string, unknown>;
    readonly lot: string;
    readonly council: Council | null;
  },
): void {
  for (const [part, transcript] of transcripts) {
    const verdict = verifyOpening(transcript);
    stateStages(list, openingStages, verdict);
    if (!verdict.ok) return;
    const stated = verdict.transcript;
    list.that(named(part), stated.lot === lot && stated.part === part && canonical(stated.council) === canonical(council));
    list.that(
      fill(
        {
          zh: '开标记录（{part}）与截标名单及上传的信封头一致',
          en: 'The transcript ({part}) lists exactly the bids that count, as uploaded',
        },
        { part },
      ),
      closing !== undefined &&
        canonical(sorted(itemsOf(stated))) === canonical(sorted(expectedItems(toOpen(history, closing, turns, part), part))),
    );
    const asked = history.all('opening.started').find((event) => event.data.part === part)?.index ?? closing.index;
    checkJournalledShares(history, list, stated.shares, Math.max(asked, closing.index));
    const invalid = new Set(
      history
        .all('bid.invalid')
        .filter(of(part))
        .map((event) => event.data.submission),
    );
    const opened = new Set(
      history
        .all('bid.opened')
        .filter(of(part))
        .map((event) => event.data.submission),
    );
    const waits = awaitingCopies(history, part);
    const without = (submission: string): boolean => !opened.has(submission) && !invalid.has(submission) && !waits.has(submission);
    const lie = verdict.items.find((item) => (item.fileKey === null ? opened.has(item.submission) : without(item.submission)));
    list.that(
      fill({ zh: '解密结果（{part}）与记录一致', en: 'The outcomes ({part}) are those the transcript gives' }, { part }),
      lie === undefined,
    );
    if (verdict.edition === 'public')
      list.note({
        zh: '公开版开标记录不含加密密钥，未检查标签证明和解封。',
        en: 'The public opening transcript leaves out the wrapped keys: labels and unwrapping were not checked.',
      });
  }
  const parts = new Set(transcripts.keys());
  // sessions follow one another, so that as many as were combined have their transcripts, the first of them
  const combined = history.all('opening.combined').length;
  const started = history.all('opening.started').map((event) => event.data.part);
  list.that(
    { zh: '每次开标都有解密记录', en: 'Every opening has its transcript' },
    started.slice(0, combined).every((part) => parts.has(part)),
  );
}

const named = (part: string): Words =>
  fill({ zh: '开标记录（{part}）属于本标段和本委员会', en: 'The transcript ({part}) is of this lot and council' }, { part });

const itemsOf = (transcript: OpeningTranscript) =>
  transcript.items.map(({ submission, bidder, sha256, ephemeral, proof }) => ({ submission, bidder, sha256, ephemeral, proof }));

const expectedItems = (bids: readonly CountedBid[], part: string) =>
  bids.map((bid) => {
    const envelope = partOf(bid, part);
    return {
      submission: bid.submission,
      bidder: bid.bidder,
      sha256: envelope?.sha256 ?? '',
      ephemeral: envelope?.ephemeral ?? '',
      proof: envelope?.proof ?? '',
    };
  });

/** Every share of a transcript stands in the journal, after what it answers. */
export function checkJournalledShares(history: History, list: Checklist, shares: readonly Share[], after: number): void {
  const given = new Map(
    history.all('share.given').map((event) => [canonical([event.data.trustee, event.data.evaluated, event.data.proof]), event.index]),
  );
  const kept = new Map(history.all('share.kept').map((event) => [event.data.sha256, event.index]));
  const journalledAt = (share: Share): number =>
    given.get(canonical([share.trustee, share.evaluated, share.proof])) ?? kept.get(shareDigest(share)) ?? -1;
  list.that(
    { zh: '委员会成员的份额都在日志中，且在申请之后', en: 'Every trustee’s share stands in the journal, after what it answers' },
    shares.every((share) => journalledAt(share) > after),
  );
}
