import { type OutageRule, type Seen, seenDown, settledBy, statedBy } from '../journal/outage.ts';
import { canonical, canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import { type Instant, later, parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import { attributionOf, layerDisputeShape, layersUntil, minutesOfLayers, notRemoved, standstillsIn } from '../openings/layer.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { opensCover } from '../sealing/layer.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { sealedCopy } from '../tenders/remedy.ts';
import type { Closing, CountedBid } from './bidding.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';

/** The bidders' part of an opening under `bidder+council` (protocol §3): who removed its layer in time, and whose doing it was where nobody did. */

const layered = (history: History): boolean => history.one('notice.published')?.data.sealPolicy === 'bidder+council';

/** What stopped this lot's opening. */
export const standstillsOf = (history: History) =>
  standstillsIn(history.all('order.suspended', 'order.lifted', 'openings.suspended', 'openings.resumed'));

/** The end of the bidders' time, by notice, start and orders; undefined where nothing was started. */
export function limitOf(history: History): Instant | undefined {
  const [started] = history.all('opening.started');
  const minutes = history.one('notice.published')?.data.layerMinutes;
  const at = started && parseInstant(started.at);
  if (at === undefined || minutes === undefined) return undefined;
  return layersUntil(at, minutes, standstillsOf(history));
}

/** Entries of the bidders' time: behind the start, before the limit, and before its end was recorded. */
export function inLayersTime(history: History, { index, at }: { readonly index: number; readonly at: string }): boolean {
  const [until, [started], [closed]] = [limitOf(history), history.all('opening.started'), history.all('layers.closed')];
  const begun = started !== undefined && index > started.index && until !== undefined && at < until;
  return begun && (closed === undefined || index < closed.index);
}

/**
 * The removals that count, by submission: of a bid that counts, by its bidder, in time, with the key of the layer it signed; or, where the notice provides the
 * remedy, with the envelope itself that it signed for.
 */
function removals(history: History, closing: Closing): { readonly byKey: ReadonlySet<string>; readonly all: ReadonlySet<string> } {
  const own = (data: { readonly submission: string; readonly bidder: string; readonly part: string }) => {
    const bid = closing.counted.get(data.submission);
    return bid?.bidder === data.bidder ? bid.inner.get(data.part) : undefined;
  };
  const keys = history.all('layer.removed').filter((event) => {
    const cover = own(event.data)?.cover;
    return inLayersTime(history, event) && !!cover && opensCover(cover, event.data.key);
  });
  const provided = history.one('notice.published')?.data.remedy?.plan === sealedCopy;
  const copies = history
    .all('remedy.applied')
    .filter(
      (event) => provided && inLayersTime(history, event) && event.data.kind === 'inner' && own(event.data)?.sha256 === event.data.sha256,
    );
  const byKey = new Set(keys.map(({ data }) => data.submission));
  return { byKey, all: new Set([...byKey, ...copies.map(({ data }) => data.submission)]) };
}

/** The bids that the council was to open: all that count, or under `bidder+council` those whose layer was removed in time. */
export function bidsToOpen(history: History, closing: Closing): ReadonlyMap<string, CountedBid> {
  if (!layered(history)) return closing.counted;
  const removed = removals(history, closing).all;
  return new Map([...closing.counted].filter(([submission]) => removed.has(submission)));
}

/** Bids that were never opened because their layer stayed on. */
export const leftCovered = (history: History): ReadonlySet<string> =>
  new Set(history.all('layers.closed').flatMap(({ data }) => data.missing));

/** Everything that the journal says about layers follows from what bidders signed and gave up, and from the clock. */
export async function checkLayers(
  history: History,
  list: Checklist,
  closing: Closing | undefined,
  given: { readonly anchors: readonly Certificate[]; readonly platform: string },
): Promise<void> {
  const { anchors, platform } = given;
  const gone = history.all('layer.removed');
  const closedAll = history.all('layers.closed');
  const after = history.all('bid.revoked', 'bid.withdrawn-by-platform', 'attribution.asked', 'attribution.ruled');
  if (!layered(history)) {
    if (gone.length + closedAll.length + after.length > 0)
      list.that({ zh: '公告未采用双层加密，没有解除加密层的记录', en: 'No layer is removed where the notice names none' }, false);
    return;
  }
  if (closing === undefined || !history.has('opening.started')) return;
  list.that(
    { zh: '每份有效投标的内层信封都由投标人签名承诺', en: 'Of every bid that counts the bidder signed for the envelope under its layer' },
    [...closing.counted.values()].every((bid) => bid.envelopes.every(({ part }) => bid.inner.has(part))),
  );
  const { byKey, all: removed } = removals(history, closing);
  list.that(
    fill(
      {
        zh: '{count} 个加密层由投标人本人在时限内解除，密钥与其签名承诺的文件头相符',
        en: '{count} layers were removed within the limit, each with the key of the head its bidder signed',
      },
      { count: gone.length },
    ),
    byKey.size === gone.length,
  );
  await checkDisputes(history, list, anchors);
  const closed = closedAll[0];
  if (closed === undefined) {
    list.that(
      { zh: '解密时段结束以前没有共同解密', en: 'The council opened nothing before the bidders’ time ended' },
      !history.has('opening.combined') && after.length === 0,
    );
    return;
  }
  const missing = [...closing.counted.keys()].filter((submission) => !removed.has(submission));
  const until = limitOf(history);
  list.that(
    {
      zh: '解密时段按公告时限结束，名单正是已解除与未解除者',
      en: 'The bidders’ time ended by the notice, and its lists are those who removed theirs and those who did not',
    },
    closedAll.length === 1 &&
      closed.data.part === history.all('opening.started')[0]?.data.part &&
      closed.data.until === until &&
      (missing.length === 0 || closed.at >= until) &&
      canonical([...closed.data.removed].sort()) === canonical([...removed].sort()) &&
      canonical([...closed.data.missing].sort()) === canonical([...missing].sort()),
  );
  checkAttributions(history, list, platform, { closing, missing, othersRemoved: removed.size });
}

async function checkDisputes(history: History, list: Checklist, anchors: readonly Certificate[]): Promise<void> {
  const until = limitOf(history) ?? '';
  for (const { index, at, data } of history.all('layer.disputed')) {
    const about = fill({ zh: '事件 {index} 的声明由投标人签名', en: "Event {index}'s declaration is signed by the bidder" }, { index });
    const read = layerDisputeShape.safeParse(data.statement);
    const [signature, moment] = [fromBase64(data.signature), parseInstant(at)];
    list.that(about, read.success && signature !== undefined && moment !== undefined && at < until);
    list.that(about, read.data.bidder === data.bidder && read.data.submission === data.submission);
    const verdict = await verifyDetached(signature, canonicalBytes(read.data), { anchors, at: moment });
    list.that(about, verdict.ok && verdict.signer.code === data.bidder);
  }
}

/** What the probes' statements before a place in the journal say of the bidders' time; null where the notice names no rule. */
function seenBefore(history: History, platform: string, index: number): { readonly seen: Seen; readonly rule: OutageRule } | null {
  const { outage: rule, layerOutage } = history.one('notice.published')?.data ?? {};
  const [until, [started]] = [limitOf(history), history.all('opening.started')];
  const at = started && parseInstant(started.at);
  if (rule === undefined || layerOutage === undefined || until === undefined || at === undefined) return null;
  const events = history
    .all('probe.reported')
    .filter((each) => each.index < index)
    .map(({ type, at: said, subject, raw }) => ({ event: { type, at: said, subject, data: raw } }));
  const minutes = minutesOfLayers(at, until, standstillsOf(history));
  return { seen: seenDown(rule, minutes, layerOutage.downMinutes, statedBy(rule, platform, events)), rule };
}

type Missed = Placed<'bid.revoked' | 'bid.withdrawn-by-platform' | 'attribution.asked'>;

/** Whether an entry about a bid that stayed covered is what the evidence before it gives, and did not come before the probes had spoken. */
function followsEvidence(history: History, platform: string, entry: Missed, othersRemoved: number): boolean {
  const until = limitOf(history);
  const { submission, bidder, ground, evidence: stated } = entry.data;
  const disputed = history.all('layer.disputed').some(({ data }) => data.submission === submission);
  const attended = history.all('opening.attended').some(({ at, data }) => data.bidder === bidder && until !== undefined && at < until);
  const witnessed = seenBefore(history, platform, entry.index);
  const settled = witnessed === null || witnessed.seen.decided || (until !== undefined && entry.at >= settledBy(witnessed.rule, until));
  const evidence = { disputed, attended, othersRemoved, ...(witnessed ? { sawDown: witnessed.seen.saw } : {}) };
  const due = attributionOf(evidence, witnessed?.rule.quorum ?? null);
  const type = { bidder: 'bid.revoked', platform: 'bid.withdrawn-by-platform', ruling: 'attribution.asked' }[due.to];
  return settled && entry.type === type && ground === due.ground && canonical(stated ?? null) === canonical(evidence);
}

/** An hour after the probes' time was over nothing is left to wait for. */
const attributedWithin = 3_600_000;

/** Each bid that stayed covered has one outcome, and it is the one that the evidence gives; where it gives none a person ruled, or is still asked. */
function checkAttributions(
  history: History,
  list: Checklist,
  platform: string,
  { closing, missing, othersRemoved }: { readonly closing: Closing; readonly missing: readonly string[]; readonly othersRemoved: number },
): void {
  const outcomes = history.all('bid.revoked', 'bid.withdrawn-by-platform');
  const [asked, ruled] = [history.all('attribution.asked'), history.all('attribution.ruled')];
  const of = <E extends { readonly data: { readonly submission: string } }>(some: readonly E[], submission: string) =>
    some.filter((each) => each.data.submission === submission);
  const witnessed = seenBefore(history, platform, Number.POSITIVE_INFINITY);
  const until = limitOf(history);
  const waits = witnessed !== null && until !== undefined && history.newest() < later(settledBy(witnessed.rule, until), attributedWithin);
  const holds = (submission: string): boolean => {
    const [out, questions, rulings] = [of(outcomes, submission), of(asked, submission), of(ruled, submission)];
    const [question, ruling] = [questions[0], rulings[0]];
    // where probes have a word in it, it may still be theirs
    if (out.length + questions.length + rulings.length === 0) return waits;
    if (question === undefined)
      return out.length === 1 && !ruling && out.every((each) => followsEvidence(history, platform, each, othersRemoved));
    if (questions.length > 1 || !followsEvidence(history, platform, question, othersRemoved)) return false;
    if (ruling === undefined) return out.length === 0;
    const as = ruling.data.attributedTo === 'bidder' ? 'bid.revoked' : 'bid.withdrawn-by-platform';
    return rulings.length === 1 && out.length === 1 && out[0]?.type === as && ruling.index > question.index;
  };
  const known = new Set(missing);
  list.that(
    {
      zh: '未解密的投标逐份按证据归因，或由有权机构认定',
      en: 'Of every bid that was not decrypted the evidence says whose doing it was, or a person ruled',
    },
    missing.every(holds) &&
      outcomes.every(({ data }) => data.reason === notRemoved) &&
      [...outcomes, ...asked, ...ruled].every(
        ({ data }) => known.has(data.submission) && closing.counted.get(data.submission)?.bidder === data.bidder,
      ),
  );
}
