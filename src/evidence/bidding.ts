import { withdrawalStatement } from '../bids/statement.ts';
import { type NoteVerifier, openCheckpoint } from '../journal/checkpoint.ts';
import { verifyConsistency } from '../journal/merkle.ts';
import { type DeadlineFault, deadlineInForce, missingNumbers } from '../journal/outage.ts';
import { cosignedAt } from '../journal/witness.ts';
import { base64url, canonical, canonicalBytes, fromBase64, fromBase64url } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { fill, type Words } from '../kernel/words.ts';
import type { Certificate, CodeField } from '../sealing/certificate.ts';
import { bytesUntilOf } from '../sealing/grace.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { type InnerSeal, type SubmissionStatement, submissionShape } from '../sealing/statement.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';
import { fallOf } from './signers.ts';

/** Bids and their closing (protocol §5), from the journal alone: who counts, and that the snapshot is witnessed. */

/** A bid that counts. */
export interface CountedBid {
  readonly submission: string;
  readonly bidder: string;
  /** the platform's time of receipt */
  readonly receivedAt: string;
  readonly envelopes: readonly {
    readonly part: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly ephemeral: string;
    readonly proof: string;
  }[];
  /** policy `bidder+council`: what the bidder signed about the envelopes under its own layer, by part */
  readonly inner: ReadonlyMap<string, InnerSeal>;
  /** committed before its bytes were there */
  readonly awaited: boolean;
}
export interface Closing {
  readonly deadline: string;
  readonly index: number;
  readonly counted: ReadonlyMap<string, CountedBid>;
}
/** The checkpoint of the snapshot and its consistency with the bundle's checkpoint. */
export interface Snapshot {
  readonly checkpoint: string;
  readonly consistency: readonly string[];
}
export interface Keys {
  readonly platform: NoteVerifier;
  readonly witnesses: readonly NoteVerifier[];
}

type BidEvent = Placed<'bid.received' | 'bid.replaced' | 'bid.withdrawn'>;

/** The deadline in force: the notice's, that of the last addendum, or where the rule about outages moved it. */
export function deadlineOf(history: History, list: Checklist): string | undefined {
  const notice = history.one('notice.published');
  if (notice === undefined) return undefined;
  let { deadline } = notice.data;
  for (const change of history.all('addendum.published', 'deadline.moved', 'deadline.resumed')) {
    if (change.type === 'addendum.published')
      list.that(
        { zh: '补遗在截止前发布，未缩短时间', en: 'Addenda came before the deadline and did not shorten it' },
        change.at < deadline && change.data.previousDeadline === deadline && change.data.deadline >= deadline,
      );
    deadline = change.data.deadline;
  }
  return deadline;
}

const deadlineTypes = [
  'notice.published',
  'addendum.published',
  'deadline.moved',
  'lot.suspended',
  'deadline.resumed',
  'deadline.reached',
  'probe.reported',
] as const;
const faults: Readonly<Record<DeadlineFault, Words>> = {
  'move-without-rule': { zh: '公告没有顺延规则', en: 'the notice has no rule that moves it' },
  'move-not-proven': { zh: '探测方的陈述不足以如此顺延', en: 'the statements do not move it as it was moved' },
  'outage-ignored': { zh: '陈述已使截止时间顺延，仍按原时间截标', en: 'the statements move it, and bidding was closed at the old one' },
  'pause-not-given-back': { zh: '暂停的天数没有补足', en: 'a suspension did not move it by as many days as it lasted' },
  'closed-too-soon': { zh: '尚有可能改变截止时间的陈述未到即截标', en: 'bidding was closed while statements could still move it' },
};

/**
 * Where the notice lets a witnessed outage move the deadline: each move, and that bidding ended when it did, computed again from the probes' signed
 * statements. A number that is missing among them is told: it was never handed in, or never taken.
 */
export function checkDeadline(history: History, list: Checklist, platform: string): void {
  const rule = history.one('notice.published')?.data.outage;
  const moved = history.all('deadline.moved', 'deadline.resumed');
  if (rule === undefined && moved.length === 0) return;
  const events = history
    .all(...deadlineTypes)
    .map(({ type, index, at, subject, raw }) => ({ index, event: { type, at, subject, data: raw } }));
  const now = deadlineInForce(platform, events);
  list.that(
    fill(
      {
        zh: '截止时间由公告规则、探测方签名陈述和暂停的时长算出，顺延 {count} 次',
        en: 'The deadline follows from the notice’s rule, the probes’ signed statements and how long the lot stood still; it moved {count} times',
      },
      { count: moved.length },
    ),
    now !== undefined && typeof now !== 'string',
    typeof now === 'string' ? faults[now] : undefined,
  );
  const gaps = rule === undefined ? [] : missingNumbers(rule, platform, events);
  if (gaps.length > 0)
    list.note(
      fill(
        {
          zh: '探测方陈述有缺号：{gaps}。请向探测方核对。',
          en: 'Statements are missing by their numbers: {gaps}. Ask the probe for them.',
        },
        { gaps: gaps.join(', ') },
      ),
    );
}

/** Every bid came in time, is signed by its bidder, and names what was uploaded. */
export async function checkBids(
  history: History,
  list: Checklist,
  lot: string,
  anchors: readonly Certificate[],
): Promise<readonly BidEvent[]> {
  const bids: BidEvent[] = history.all('bid.received', 'bid.replaced', 'bid.withdrawn');
  if (bids.length === 0) return bids;
  const deadline = deadlineOf(history, list);
  list.that({ zh: '标段有公告和截止时间', en: 'The lot has a notice with a deadline' }, deadline !== undefined);
  const late = bids.find((bid) => bid.at >= deadline);
  list.that(
    fill({ zh: '没有在截止时间 {deadline} 及以后收下的投标', en: 'No bid was taken at or after the deadline {deadline}' }, { deadline }),
    late === undefined,
    late && fill({ zh: '事件 {index} 的时间为 {at}', en: 'event {index} bears {at}' }, { index: late.index, at: late.at }),
  );
  for (const bid of bids) await checkSigned(bid, history, list, lot, anchors);
  list.that(
    fill(
      {
        zh: '{count} 份投标文件的签名有效，内容与上传一致',
        en: 'The signatures of {count} statements hold, and they name what was uploaded',
      },
      { count: bids.length },
    ),
    true,
  );
  return bids;
}

/** Where the certificates of outside authorities say whose they are, as the journal declared it when they were trusted. */
const fieldsIn = (history: History): Record<string, CodeField> =>
  Object.fromEntries(
    history.all('authority.trusted').flatMap(({ data }) => data.fingerprints.map((fingerprint) => [fingerprint, data.field])),
  );

/** An outside authority was trusted before this entry and not retired by then; our own has no such events. */
function authorityStood(history: History, fingerprint: string, index: number): boolean {
  const trusted = history.all('authority.trusted').find(({ data }) => data.fingerprints.includes(fingerprint));
  if (trusted === undefined) return true;
  const retired = history.all('authority.retired').find(({ data }) => data.authority === trusted.data.authority);
  return trusted.index < index && (retired === undefined || retired.index > index);
}

async function checkSigned(bid: BidEvent, history: History, list: Checklist, lot: string, anchors: readonly Certificate[]): Promise<void> {
  const { statement, signature } = bid.data;
  const about = fill(
    { zh: '事件 {index} 的投标声明由投标人签名', en: "Event {index}'s statement is signed by its bidder" },
    { index: bid.index },
  );
  const at = parseInstant(bid.at);
  const der = fromBase64url(signature) ?? fromBase64(signature);
  list.that(about, der !== undefined && at !== undefined);
  const verdict = await verifyDetached(der, canonicalBytes(statement), { anchors, at, fields: fieldsIn(history) });
  list.that(about, verdict.ok, verdict.ok ? undefined : (verdict.problem.detail.says ?? verdict.problem.title));
  const { signer } = verdict;
  list.that(
    about,
    verdict.code === bid.subject.party,
    fill({ zh: '证书属于 {code}', en: 'the certificate is of {code}' }, { code: verdict.code ?? '—' }),
  );
  list.that(about, authorityStood(history, verdict.chain.at(-1)?.fingerprint ?? '', bid.index), {
    zh: '签发机构当时已经停用',
    en: 'its authority had been retired',
  });
  const fall = fallOf(history, signer.serial, bid);
  list.that(about, fall === null, { zh: `证书此前已不能使用：${fall}`, en: `the certificate did not stand any more: ${fall}` });
  const strange = { zh: '声明不是为本标段或该投标人作出', en: 'the statement is for another lot or bidder' };
  if (bid.type === 'bid.withdrawn') {
    const read = withdrawalStatement.safeParse(statement);
    const { submission } = (bid as Placed<'bid.withdrawn'>).data;
    list.that(
      about,
      read.success && read.data.lot === lot && read.data.bidder === bid.subject.party && read.data.submission === submission,
      strange,
    );
    return;
  }
  const read = submissionShape.safeParse(statement);
  list.that(about, read.success && read.data.lot === lot && read.data.bidder === bid.subject.party, strange);
  checkEnvelopes(bid as Placed<'bid.received'>, read.data, list);
}

function checkEnvelopes(bid: Placed<'bid.received' | 'bid.replaced'>, statement: SubmissionStatement, list: Checklist): void {
  const uploaded = bid.data.envelopes.map(({ part, sha256, bytes }) => ({ part, sha256, bytes }));
  list.that(
    fill({ zh: '事件 {index} 的加密文件与声明一致', en: "Event {index}'s envelopes are those of the statement" }, { index: bid.index }),
    canonical(uploaded) === canonical(statement.parts.map(({ part, sha256, bytes }) => ({ part, sha256, bytes }))),
  );
  const seals = new Map(statement.parts.flatMap(({ part, inner }) => (inner ? [[part, inner] as const] : [])));
  if (seals.size === 0) return;
  list.that(
    fill(
      {
        zh: '事件 {index} 的信封头是投标人对内层信封签名承诺的',
        en: "Event {index}'s envelope heads are those the bidder signed for, under its own layer",
      },
      { index: bid.index },
    ),
    bid.data.envelopes.every(({ part, ephemeral, proof }) => {
      const seal = seals.get(part as 'whole');
      return seal?.ephemeral === ephemeral && seal.proof === proof;
    }),
  );
}

/** The bids that count at snapshot size `size`: the last of each bidder, with an index below it, not withdrawn (protocol §5). */
export function countedBids(bids: readonly BidEvent[], size: number, deadline: string, list: Checklist): Map<string, CountedBid> {
  const current = new Map<string, CountedBid>();
  for (const bid of bids) {
    if (bid.index >= size || bid.at >= deadline) continue;
    const bidder = bid.subject.party ?? '';
    const before = current.get(bidder);
    if (bid.type === 'bid.withdrawn') {
      list.that(follows(bid.index), before?.submission === (bid.data as Placed<'bid.withdrawn'>['data']).submission);
      current.delete(bidder);
      continue;
    }
    const { statement, envelopes, awaited = false } = bid.data as Placed<'bid.received'>['data'];
    const { id, supersedes, parts } = submissionShape.parse(statement);
    const inner = new Map(parts.flatMap((part) => (part.inner ? [[part.part as string, part.inner] as const] : [])));
    list.that(
      follows(bid.index),
      (bid.type === 'bid.replaced') === (before !== undefined) && (before === undefined || supersedes === before.submission),
    );
    current.set(bidder, { submission: id, bidder, receivedAt: bid.at, envelopes, inner, awaited });
  }
  return new Map([...current.values()].map((bid) => [bid.submission, bid]));
}

/** Of commitments only those whose bytes came within the grace, by the notice's figures; the closing waited for the others' end. */
export function wholeBids(
  counted: ReadonlyMap<string, CountedBid>,
  history: History,
  closed: { readonly index: number; readonly at: string; readonly data: { readonly deadline: string } },
  list: Checklist,
): Map<string, CountedBid> {
  const deadline = parseInstant(closed.data.deadline);
  const grace = history.one('notice.published')?.data.grace;
  const whole = new Map<string, CountedBid>();
  for (const [submission, bid] of counted) {
    if (!bid.awaited) {
      whole.set(submission, bid);
      continue;
    }
    const about = fill(
      {
        zh: '投标 {submission} 先行承诺，按公告的宽限判定',
        en: 'Bid {submission} was committed first and is judged by the notice’s grace',
      },
      { submission },
    );
    list.that(about, deadline !== undefined && grace !== undefined);
    const until = bytesUntilOf(deadline, grace, bid.envelopes);
    const completions = history.all('bid.completed').filter((each) => each.data.submission === submission);
    const lapsed = history.all('bid.lapsed').filter((each) => each.data.submission === submission);
    list.that(
      about,
      completions.length + lapsed.length <= 1 &&
        completions.every(
          (each) =>
            each.subject.party === bid.bidder &&
            each.index < closed.index &&
            each.data.completedAt < until &&
            each.at >= each.data.completedAt,
        ) &&
        lapsed.every((each) => each.data.until === until && each.at >= until),
    );
    if (completions.length === 1) whole.set(submission, bid);
    else list.that({ zh: '宽限届满以后才截标', en: 'The closing waited for the end of every grace' }, closed.at >= until);
  }
  return whole;
}

const follows = (index: number) =>
  fill({ zh: '事件 {index} 接续该投标人此前的投标', en: "Event {index} follows its bidder's earlier bid" }, { index });

/** The closing: at the deadline, over a snapshot that the witnesses cosigned and that the bundle's checkpoint extends. */
export function checkClosing(
  history: History,
  list: Checklist,
  bids: readonly BidEvent[],
  snapshot: Snapshot | null,
  keys: Keys,
  now: { readonly size: number; readonly root: Uint8Array },
): Closing | undefined {
  const closed = history.one('bidding.closed');
  if (closed === undefined) return undefined;
  const deadline = deadlineOf(history, list);
  list.that(
    fill(
      { zh: '截标在截止时间 {deadline} 之后', en: 'Bidding was closed after its deadline {deadline}' },
      { deadline: closed.data.deadline },
    ),
    closed.data.deadline === deadline && closed.at >= closed.data.deadline,
  );
  const reached = history.one('deadline.reached');
  list.that(
    { zh: '截标快照包含截止事件', en: 'The closing snapshot covers the deadline event' },
    reached !== undefined &&
      reached.index < closed.data.treeSize &&
      closed.data.treeSize <= closed.index &&
      reached.at >= closed.data.deadline,
  );
  checkSnapshot(closed.data, snapshot, keys, now, list);
  const counted = wholeBids(countedBids(bids, closed.data.treeSize, closed.data.deadline, list), history, closed, list);
  list.that(fill({ zh: '截标时有 {count} 份有效投标', en: '{count} bids count at the closing' }, { count: counted.size }), true);
  return { deadline: closed.data.deadline, index: closed.index, counted };
}

function checkSnapshot(
  closed: { treeSize: number; root: string },
  snapshot: Snapshot | null,
  keys: Keys,
  now: { size: number; root: Uint8Array },
  list: Checklist,
): void {
  const says = fill(
    {
      zh: '截标快照（{size} 项）由平台签名、见证人会签，并延续至今',
      en: 'The snapshot of {size} entries is signed, cosigned, and extended by the checkpoint',
    },
    { size: closed.treeSize },
  );
  const opened = snapshot === null ? undefined : openCheckpoint(snapshot.checkpoint, keys.platform);
  list.that(says, snapshot !== null && opened !== undefined && typeof opened !== 'string');
  const { checkpoint, note } = opened;
  list.that(says, checkpoint.size === closed.treeSize && base64url(checkpoint.root) === closed.root);
  const witnessed = keys.witnesses.every((key) => cosignedAt(note, key) !== undefined);
  list.that(says, witnessed, { zh: '缺少见证人会签', en: 'a witness did not cosign it' });
  const proof = snapshot.consistency.map(fromBase64url);
  list.that(
    says,
    proof.every((each) => each !== undefined) &&
      verifyConsistency(checkpoint.size, now.size, checkpoint.root, now.root, proof as Uint8Array[]),
    { zh: '一致性证明不成立', en: 'the consistency proof does not hold' },
  );
}
