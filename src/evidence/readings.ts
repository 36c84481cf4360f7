import { fill } from '../kernel/words.ts';
import { asksReadingOf, fewestDrawn, readingOrderOf, readingPurpose } from '../openings/reading-draw.ts';
import type { Closing } from './bidding.ts';
import type { Checklist } from './checks.ts';
import type { CheckedDraw } from './draws.ts';
import type { History, Placed } from './history.ts';
import { leftCovered } from './layers.ts';

/** The order in which bids were read (protocol §7): as they were received, or by the council's draw where the notice says so. */
export function checkReadings(
  history: History,
  list: Checklist,
  closing: Closing | undefined,
  draws: ReadonlyMap<string, CheckedDraw>,
): void {
  const asked = history.all('draw.requested').filter(({ data }) => data.purpose === readingPurpose);
  const started = history.all('opening.started');
  const strange = asked.some(({ index, data }) => !started.some((session) => session.data.part === partOf(data) && session.index < index));
  list.that({ zh: '唱标顺序只在该信封开启以后抽签', en: 'An order of reading was drawn only of envelopes that had been opened' }, !strange);
  for (const session of started) {
    const { part } = session.data;
    const here = (event: { readonly data: { readonly part?: string | undefined } }): boolean => partOf(event.data) === part;
    const facts = factsOf(history, session);
    checkReceived(list, closing, facts);
    const requests = asked.filter(here);
    if (history.one('notice.published')?.data.readingOrder === 'drawn') checkDrawn(list, facts, requests, draws);
    else
      list.that(
        fill({ zh: '公告未载明抽签，{part} 按递交先后唱标', en: 'The notice has no order drawn: {part} was read as received' }, { part }),
        requests.length === 0 && isStartOf(facts.read, facts.opened),
      );
  }
}

const partOf = ({ part }: { readonly part?: string | undefined }): string => part ?? 'whole';

interface Facts {
  readonly part: string;
  /** the opening list as the event has it */
  readonly listed: readonly string[];
  /** those of it that were opened, in its order */
  readonly opened: readonly string[];
  /** what was read, in the order of the journal */
  readonly read: readonly string[];
  /** where the first reading stands; none: infinity */
  readonly readFrom: number;
  /** where the last outcome stands; infinity while one is missing */
  readonly openedBy: number;
}

function factsOf(history: History, session: Placed<'opening.started'>): Facts {
  const { part } = session.data;
  const listed = session.data.list.map((each) => each.submission);
  const here = (event: { readonly data: { readonly part?: string | undefined } }): boolean => partOf(event.data) === part;
  const opened = history.all('bid.opened').filter(here);
  const outcomes = [...opened, ...history.all('bid.invalid').filter(here)];
  const decided = new Set([...outcomes.map(({ data }) => data.submission), ...leftCovered(history)]);
  const read = history.all('bid.read').filter(here);
  return {
    part,
    listed,
    opened: listed.filter((submission) => opened.some(({ data }) => data.submission === submission)),
    read: read.map(({ data }) => data.submission),
    readFrom: read[0]?.index ?? Infinity,
    openedBy: listed.every((submission) => decided.has(submission)) ? Math.max(0, ...outcomes.map(({ index }) => index)) : Infinity,
  };
}

/** The list stands in the order of receipt, to the millisecond of the receipts; and reading began when all had their outcome. */
function checkReceived(list: Checklist, closing: Closing | undefined, { part, listed, readFrom, openedBy }: Facts): void {
  const times = listed.map((submission) => closing?.counted.get(submission)?.receivedAt ?? '');
  list.that(
    fill({ zh: '开标名单（{part}）按递交先后排列', en: 'The opening list ({part}) stands in the order of receipt' }, { part }),
    times.every((time, at) => at === 0 || (times[at - 1] ?? '') <= time),
  );
  list.that(
    fill({ zh: '全部解密以后才唱标（{part}）', en: 'Nothing was read ({part}) before all were decrypted' }, { part }),
    readFrom === Infinity || openedBy < readFrom,
  );
}

/** One request, of exactly the opened bids, when all were opened and none was read; and the readings follow what it gave. */
function checkDrawn(
  list: Checklist,
  facts: Facts,
  requests: readonly Placed<'draw.requested'>[],
  draws: ReadonlyMap<string, CheckedDraw>,
): void {
  const { part, opened, read, readFrom, openedBy } = facts;
  const [asked, ...more] = requests;
  const says = fill(
    {
      zh: '唱标顺序（{part}）在全部解密以后、唱标以前抽签一次',
      en: 'The order of reading ({part}) was drawn once, between decryption and reading',
    },
    { part },
  );
  if (opened.length < fewestDrawn) {
    list.that(says, asked === undefined || openedBy === Infinity);
    list.that(inOrder(part), isStartOf(read, opened));
    return;
  }
  list.that(says, more.length === 0 && (asked === undefined ? read.length === 0 : openedBy < asked.index && asked.index < readFrom));
  if (asked === undefined) return;
  const draw = [...draws.values()].find((each) => each.requestedAt === asked.index);
  list.that(says, read.length === 0 || (draw !== undefined && draw.completedAt < readFrom));
  if (draw === undefined) return;
  list.that(
    fill({ zh: '抽签（{part}）的正是全部解密有效的投标', en: 'The draw ({part}) is of exactly the bids that were opened' }, { part }),
    asksReadingOf(draw.transcript.request, opened),
  );
  list.that(inOrder(part), isStartOf(read, readingOrderOf(draw.transcript, opened)));
}

const inOrder = (part: string) =>
  fill({ zh: '{part} 按抽签结果唱标', en: 'Bids ({part}) were read in the order that was drawn' }, { part });

/** So far: a session that goes on has read the first of them. */
const isStartOf = (read: readonly string[], whole: readonly string[]): boolean => read.every((submission, at) => whole[at] === submission);
