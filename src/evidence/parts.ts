import { givenKey } from '../evaluation/given.ts';
import { partOutcome, partResultShape } from '../evaluation/part-result.ts';
import { base64url, canonical, canonicalBytes } from '../kernel/bytes.ts';
import { fill } from '../kernel/words.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { sha256 } from '../sealing/digest.ts';
import type { Closing } from './bidding.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';
import { checkPartWords, seatsBefore } from './part-words.ts';

/** Envelopes in turn: none was opened before the result of the one before, and whoever failed was never opened. */
export interface Turns {
  /** of each part after the first: the submissions whose envelope may be opened */
  readonly passed: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Context {
  readonly lot: string;
  readonly anchors: readonly Certificate[];
}

/** Checks the order of the sessions, every result between them, and what was returned unopened. */
export async function checkParts(history: History, list: Checklist, closing: Closing | undefined, context: Context): Promise<Turns> {
  const parts = history.one('notice.published')?.data.parts ?? ['whole'];
  const passed = new Map<string, ReadonlySet<string>>();
  const started = history.all('opening.started');
  const inOrder = started.every((event, at) => event.data.part === parts[at]);
  list.that({ zh: '信封按公告的次序开启，各开一次', en: 'The envelopes were opened in the order of the notice, each part once' }, inOrder);
  const results = history.all('part.reported');
  list.that(
    { zh: '各信封依次有一个评审结果', en: 'The results of the envelopes follow their order, one each' },
    results.every((event, at) => event.data.part === parts[at]) && results.length < parts.length,
  );
  for (const [at, result] of results.entries()) {
    await checkResultOf(history, list, result, { ...context, session: started[at] });
    const next = parts[at + 1] ?? '';
    passed.set(next, new Set(result.data.passed));
    const opened = started[at + 1];
    const announced = history
      .all('session.scheduled')
      .filter((event) => event.data.part === next && event.index < (opened?.index ?? Infinity));
    list.that(
      fill(
        { zh: '{part} 信封在公布的时间之后开启', en: 'The envelopes {part} were opened at their announced time or later' },
        { part: next },
      ),
      opened === undefined || (announced.length > 0 && opened.at >= (announced.at(-1)?.data.at ?? '') && result.data.outcome === 'passed'),
    );
  }
  const early = started.slice(1).find((event, at) => (results[at]?.index ?? Infinity) > event.index);
  list.that(
    { zh: '前一信封有结果以后才开启后一信封', en: 'No envelope was opened before the result of the one before' },
    early === undefined,
  );
  checkReturned(history, list, closing, { parts, passed });
  return { passed };
}

async function checkResultOf(
  history: History,
  list: Checklist,
  reported: Placed<'part.reported'>,
  { lot, anchors, session }: Context & { readonly session: Placed<'opening.started'> | undefined },
): Promise<void> {
  const { part, sha256: digest, passed, failed, outcome } = reported.data;
  const about = fill(
    { zh: '{part} 信封的结果可重算，与签署一致', en: 'The result of the envelopes {part} is recomputed, as signed' },
    { part },
  );
  const judged = [...passed, ...failed.map((each) => each.bid)].sort();
  const opened = session?.data.list.map((each) => each.submission).sort() ?? [];
  list.that(about, session !== undefined && session.index < reported.index && canonical(judged) === canonical(opened));
  const seats = seatsBefore(history, reported.index);
  const parts = history.one('notice.published')?.data.parts ?? [];
  // one that is written under another name would stand beside the checks
  list.that(
    about,
    history.all('part.concluded').every((event) => parts.includes(event.data.part)),
  );
  const concluded = history.all('part.concluded').filter((event) => event.data.part === part);
  await checkPartWords(history, list, { lot, anchors, reported, concluded, seats });
  if (concluded.length === 0) {
    list.note(
      fill(
        {
          zh: '本版不含 {part} 信封的评审数据，结果未重算。',
          en: 'This edition holds no reviews of {part}: its result was not recomputed.',
        },
        { part },
      ),
    );
    return;
  }
  const written = concluded.at(-1);
  const read = partResultShape.safeParse(written?.data.result);
  const same = base64url(sha256(canonicalBytes(written?.data.result))) === digest && written?.data.sha256 === digest;
  list.that(
    about,
    (written?.index ?? Infinity) < reported.index && same && read.success && read.data.lot === lot && read.data.part === part,
  );
  const computed = partOutcome(read.data);
  list.that(
    about,
    computed.ok &&
      canonical({ outcome, passed, failed }) === canonical(computed.value) &&
      read.data.minimum === (history.one('notice.published')?.data.minimumBids ?? 0),
  );
  list.that(
    fill({ zh: '{part} 信封由评标委员会全体成员评审', en: 'Every member of the panel judged the envelopes {part}' }, { part }),
    canonical([...seats].sort()) === canonical([...read.data.reviewers].sort()),
  );
  const { verdicts } = history.given(written?.index ?? 0);
  const asGiven = read.data.reviews.every((each) => verdicts.get(givenKey(each.reviewer, each.bid, each.item))?.pass === each.pass);
  list.that(about, verdicts.size === 0 || asGiven);
}

/** What came back sealed: exactly the later envelopes of those who did not go on, each with the digest of its receipt. */
function checkReturned(
  history: History,
  list: Checklist,
  closing: Closing | undefined,
  { parts, passed }: { readonly parts: readonly string[]; readonly passed: ReadonlyMap<string, ReadonlySet<string>> },
): void {
  const returned = history.all('envelope.returned');
  const started = history.all('opening.started');
  const failed = history.one('tender.failed');
  const bids = [...(closing?.counted.values() ?? [])];
  const due = parts.slice(1).flatMap((part) => {
    const at = parts.indexOf(part);
    const session = started.find((event) => event.data.part === part);
    const going = passed.get(part);
    // those who failed an earlier envelope come back when the next session begins; all that is left when the tender fails between two
    const before = started.some((event) => parts.indexOf(event.data.part) > 0 && parts.indexOf(event.data.part) <= at);
    const endedBetween = failed !== undefined && session === undefined && history.has('part.reported');
    return bids
      .filter((bid) =>
        session !== undefined && going !== undefined
          ? !going.has(bid.submission)
          : endedBetween || (before && fellBefore(bid.submission, part)),
      )
      .map((bid) => canonical([bid.submission, bid.bidder, part, bid.envelopes.find((each) => each.part === part)?.sha256 ?? '']));
  });
  function fellBefore(submission: string, part: string): boolean {
    return parts
      .slice(1, parts.indexOf(part) + 1)
      .some((each) => started.some((event) => event.data.part === each) && passed.get(each)?.has(submission) === false);
  }
  const stated = returned.map(({ data }) => canonical([data.submission, data.bidder, data.part, data.sha256]));
  if (due.length === 0 && stated.length === 0) return;
  list.that(
    fill(
      {
        zh: '{count} 个未开启的信封退回，正是未通过者的',
        en: '{count} envelopes came back unopened: exactly those of bidders who did not go on',
      },
      { count: stated.length },
    ),
    canonical([...due].sort()) === canonical([...stated].sort()),
  );
  const opened = new Set(started.flatMap(({ data }) => data.list.map((each) => canonical([each.submission, data.part]))));
  list.that(
    { zh: '退回的信封从未提交开启', en: 'No envelope that came back was ever asked of the council' },
    returned.every(({ data }) => !opened.has(canonical([data.submission, data.part]))),
  );
}
