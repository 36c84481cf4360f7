import { canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import { later, parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import { copyKindOf, copyUntil, remedyStatementShape, storedBytesDiffer } from '../openings/remedy.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { sealedCopy } from '../tenders/remedy.ts';
import type { Closing } from './bidding.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';
import { inLayersTime, standstillsOf } from './layers.ts';

/**
 * The remedy `sealed-copy` (protocol §3) against the journal: every copy is one that its bidder signed for before the deadline, asked for or standing for a layer's key,
 * in time and signed; and a bid whose stored bytes were damaged stays out only after its bidder had its time.
 */
type Applied = Placed<'remedy.applied'>;

export async function checkRemedies(
  history: History,
  list: Checklist,
  closing: Closing | undefined,
  anchors: readonly Certificate[],
): Promise<void> {
  const remedy = history.one('notice.published')?.data.remedy;
  const [awaited, applied] = [history.all('remedy.awaited'), history.all('remedy.applied')];
  if (remedy?.plan !== sealedCopy) {
    if (awaited.length + applied.length > 0)
      list.that({ zh: '公告没有规定补救方案，没有补救的记录', en: 'No remedy is applied where the notice provides none' }, false);
    return;
  }
  if (closing === undefined || !history.has('opening.started')) return;
  const timely = (event: Applied): boolean => {
    const asked = awaited.filter(({ index, data }) => index < event.index && sameBid(data, event.data));
    const first = asked[0] && parseInstant(asked[0].at);
    if (first === undefined) return event.data.kind === 'inner' && inLayersTime(history, event);
    return event.at < copyUntil(first, remedy.minutes, standstillsOf(history));
  };
  const signedFor = ({ data }: Applied): boolean => {
    const bid = closing.counted.get(data.submission);
    const envelope = bid?.envelopes.find((each) => each.part === data.part);
    if (bid?.bidder !== data.bidder || envelope === undefined || data.plan !== sealedCopy) return false;
    return copyKindOf({ sha256: envelope.sha256, inner: bid.inner.get(data.part) }, data.sha256) === data.kind;
  };
  if (applied.length > 0)
    list.that(
      fill(
        {
          zh: '按补救方案提交的 {count} 份密封副本，摘要都是投标人截止前签名的，并在时限内',
          en: '{count} sealed copies were handed in under the remedy, each with the digest its bidder signed before the deadline, within the limit',
        },
        { count: applied.length },
      ),
      applied.every((event) => timely(event) && signedFor(event)),
    );
  checkAwaited(history, list, closing, remedy.minutes);
  for (const event of applied) await checkSigned(event, list, anchors);
  checkGivenUp(history, list, remedy.minutes);
}

const sameBid = (
  a: { readonly submission: string; readonly part?: string | undefined },
  b: { readonly submission: string; readonly part?: string | undefined },
): boolean => a.submission === b.submission && (a.part ?? 'whole') === (b.part ?? 'whole');

async function checkSigned({ index, at, data }: Applied, list: Checklist, anchors: readonly Certificate[]): Promise<void> {
  const about = fill(
    { zh: '事件 {index} 的密封副本由投标人签名提交', en: "Event {index}'s copy was handed in with its bidder's signature" },
    { index },
  );
  const read = remedyStatementShape.safeParse(data.statement);
  const [signature, moment] = [fromBase64(data.signature), parseInstant(at)];
  list.that(about, read.success && signature !== undefined && moment !== undefined);
  const { submission, bidder, part, kind, sha256 } = read.data;
  list.that(
    about,
    submission === data.submission && bidder === data.bidder && part === data.part && kind === data.kind && sha256 === data.sha256,
  );
  const verdict = await verifyDetached(signature, canonicalBytes(read.data), { anchors, at: moment });
  list.that(about, verdict.ok && verdict.signer.code === data.bidder);
}

/** What was asked for is a bid that counts, after the council had answered, and with its time told as the notice has it. */
function checkAwaited(history: History, list: Checklist, closing: Closing, minutes: number): void {
  const awaited = history.all('remedy.awaited');
  if (awaited.length === 0) return;
  const seen = new Set<string>();
  const sound = awaited.map(({ index, at, data }) => {
    const bid = closing.counted.get(data.submission);
    const from = parseInstant(at);
    const again = seen.has(`${data.submission}/${data.part}`);
    seen.add(`${data.submission}/${data.part}`);
    const told = from !== undefined && (again || data.until === later(from, minutes * 60_000));
    const sealed = bid?.bidder === data.bidder && bid.envelopes.some(({ part }) => part === data.part);
    const answered = history.all('opening.combined').some((each) => each.index < index);
    return sealed && told && answered && data.plan === sealedCopy && data.reason === storedBytesDiffer;
  });
  list.that(
    {
      zh: '等待密封副本的，都是已共同解密的有效投标，时限与公告一致',
      en: 'Copies were asked for of bids that count, after the council had answered, for the time of the notice',
    },
    sound.every(Boolean),
  );
}

/** A bid that stays out because of damaged bytes was asked for a copy first, and had all its time for it. */
function checkGivenUp(history: History, list: Checklist, minutes: number): void {
  const given = history.all('bid.invalid').filter(({ data }) => data.reason === storedBytesDiffer);
  if (given.length === 0) return;
  const waited = given.every((out) => {
    const asked = history.all('remedy.awaited').find(({ index, data }) => index < out.index && sameBid(data, out.data));
    const from = asked && parseInstant(asked.at);
    return from !== undefined && out.at >= copyUntil(from, minutes, standstillsOf(history));
  });
  list.that(
    {
      zh: '因平台存储的文件损坏而未开启的投标，都先按公告等待过投标人的密封副本',
      en: 'Every bid left out because its stored bytes were damaged had its time for a sealed copy first',
    },
    waited,
  );
}

/** Bids whose bidder's copy is waited for, so that they have no outcome yet; once one bid of the part was read, none has. */
export function awaitingCopies(history: History, part: string): ReadonlySet<string> {
  const read = history.all('bid.read').some(({ data }) => (data.part ?? 'whole') === part);
  const waiting = history.all('remedy.awaited').filter(({ data }) => data.part === part);
  return new Set(read ? [] : waiting.map(({ data }) => data.submission));
}
