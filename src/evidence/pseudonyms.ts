import { sheetIn } from '../evaluation/given.ts';
import { fill } from '../kernel/words.ts';
import { asksBlindOf, blindOrderOf, blindPurpose, isListOf, pseudonymRoot } from '../openings/pseudonym.ts';
import type { Checklist } from './checks.ts';
import type { CheckedDraw } from './draws.ts';
import type { History, Placed } from './history.ts';

/**
 * A blind review (protocol §7): the pseudonyms were drawn and committed to before the envelopes were opened, nothing of them was said before the last blind
 * sheet, and the list that was laid open is the one the council's draw gives, under the very root.
 */
export function checkPseudonyms(history: History, list: Checklist, draws: ReadonlyMap<string, CheckedDraw>): void {
  const part = history.one('notice.published')?.data.blind?.part;
  const asked = history.all('draw.requested').filter(({ data }) => data.purpose === blindPurpose);
  const committed = history.all('pseudonyms.committed');
  const revealed = history.all('pseudonyms.revealed');
  const others = [...asked, ...committed, ...revealed].filter(({ data }) => data.part !== undefined && data.part !== part);
  list.that(
    { zh: '只有公告载明的信封采用暗标', en: 'Only the envelopes that the notice names were judged blind' },
    part === undefined ? asked.length + committed.length + revealed.length === 0 : others.length === 0,
  );
  if (part === undefined) return;
  const session = history.all('opening.started').find(({ data }) => data.part === part);
  const [request, ...again] = asked;
  const [root, ...roots] = committed;
  const opened = history
    .all('bid.opened', 'bid.invalid')
    .filter(({ data }) => (data.part ?? 'whole') === part)
    .map(({ index }) => index);
  if (session === undefined) return;
  const listed = session.data.list.map(({ submission }) => submission);
  list.that(
    {
      zh: '暗标编号在开启该信封以前抽签并锁定，各一次',
      en: 'The pseudonyms were drawn and committed to once, before their envelopes were opened',
    },
    again.length === 0 &&
      roots.length === 0 &&
      (opened.length === 0 || (request !== undefined && root !== undefined)) &&
      (request === undefined || session.index < request.index) &&
      (root === undefined || (request !== undefined && request.index < root.index && root.data.digest === request.data.digest)) &&
      opened.every((index) => root !== undefined && root.index < index),
  );
  const [told, ...more] = revealed;
  list.that({ zh: '暗标至多揭晓一次', en: 'The pseudonyms were laid open once at most' }, more.length === 0);
  if (told === undefined || root === undefined || request === undefined) {
    list.note({ zh: '暗标尚未揭晓，编号名单待核验。', en: 'The pseudonyms are not laid open yet; their list is still to be checked.' });
    return;
  }
  const draw = [...draws.values()].find((each) => each.requestedAt === request.index);
  list.that(
    {
      zh: '暗标名单就是抽签所得，其根与开标前锁定的一致',
      en: 'The pseudonyms are those that the draw gives, under the root committed to before',
    },
    draw !== undefined &&
      asksBlindOf(draw.transcript.request, listed) &&
      isListOf(told.data.list, blindOrderOf(draw.transcript, listed)) &&
      root.data.count === told.data.list.length &&
      pseudonymRoot(draw.seed, told.data.list) === root.data.root &&
      told.data.root === root.data.root,
  );
  checkBlindWork(history, list, told);
}

/** A verdict or mark of one member, given by itself or on a sheet that was opened. */
interface GivenEntry {
  readonly index: number;
  readonly kind: 'verdict' | 'mark';
  readonly member: string;
  readonly bid: string;
  readonly about: string;
}

function givenIn(history: History): readonly GivenEntry[] {
  const sheets = history
    .all('sheet.opened')
    .flatMap(({ index, data, raw }) =>
      (sheetIn(raw)?.bids ?? []).flatMap(({ bid, reviews, scores }): GivenEntry[] => [
        ...reviews.map(({ item }) => ({ index, kind: 'verdict' as const, member: data.member, bid, about: item })),
        ...scores.map(({ criterion }) => ({ index, kind: 'mark' as const, member: data.member, bid, about: criterion })),
      ]),
    );
  const alone = history.all('bid.reviewed', 'bid.scored').map(({ index, data }): GivenEntry => {
    const { member, bid } = data;
    return 'item' in data
      ? { index, kind: 'verdict', member, bid, about: data.item }
      : { index, kind: 'mark', member, bid, about: data.criterion };
  });
  return [...sheets, ...alone];
}

/** While it was blind, whatever was judged named pseudonyms; and what was judged so was never changed when the names were known. */
function checkBlindWork(history: History, list: Checklist, told: Placed<'pseudonyms.revealed'>): void {
  const given = givenIn(history);
  const ids = new Set(told.data.list.map(({ id }) => id));
  const blind = given.filter(({ bid }) => ids.has(bid));
  list.that(
    { zh: '揭晓以后没有再以暗标编号评审', en: 'Nothing was judged under a pseudonym after it was laid open' },
    blind.every(({ index }) => index < told.index),
  );
  const submissions = new Map(told.data.list.map(({ id, submission }) => [id, submission]));
  const of = ({ kind, member, bid, about }: GivenEntry): string => [kind, member, submissions.get(bid) ?? bid, about].join('/');
  const judged = new Set(blind.map(of));
  // a reopened evaluation may change what its order names, whatever it was judged under (report-version.ts)
  const reopened = history.all('evaluation.reopened')[0]?.index ?? Infinity;
  list.that(
    fill(
      {
        zh: '暗标评审的 {count} 项意见和评分，揭晓以后没有改动',
        en: 'The {count} blind verdicts and marks were not changed when the names were known',
      },
      { count: judged.size },
    ),
    given.every((each) => ids.has(each.bid) || each.index < told.index || each.index > reopened || !judged.has(of(each))),
  );
}
