import { canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import { fill } from '../kernel/words.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { submissionShape } from '../sealing/statement.ts';
import { verifyStamp } from '../sealing/timestamp.ts';
import type { Checklist } from './checks.ts';
import type { History } from './history.ts';

/** Whom time stamps are taken from: the platform's own authority, and the outside one of the bundle. */
export interface StampAnchors {
  readonly platform: readonly Certificate[];
  readonly external: readonly Certificate[];
}

/** Every time stamp (RFC 3161) is of its statement and holds; one of the platform's own is not older than what it stamps. */
export async function checkStamps(history: History, list: Checklist, anchors: StampAnchors): Promise<void> {
  const given = history.all('submission.stamped');
  // a bundle without the outside authority's root leaves its stamps open; it never lets one pass for checked
  const stamps = given.filter((stamp) => anchors[stamp.data.authority].length > 0);
  if (stamps.length < given.length) {
    list.note(
      fill(
        {
          zh: '{count} 枚时间戳缺少签发机构的根证书，未核验。',
          en: '{count} time stamps were not checked: the root of their authority is not in the file.',
        },
        { count: given.length - stamps.length },
      ),
    );
  }
  if (stamps.length === 0) return;
  const bids = new Map(history.all('bid.received', 'bid.replaced').map((bid) => [submissionShape.parse(bid.data.statement).id, bid]));
  for (const stamp of stamps) {
    const about = fill(
      { zh: '事件 {index} 的时间戳是该投标声明的', en: "Event {index}'s time stamp is of its statement, and holds" },
      { index: stamp.index },
    );
    const { submission, authority, token } = stamp.data;
    const bid = bids.get(submission);
    const der = fromBase64(token);
    list.that(about, bid !== undefined && der !== undefined && stamp.subject.party === bid.subject.party);
    const verdict = await verifyStamp(der, canonicalBytes(bid.data.statement), anchors[authority]);
    list.that(about, verdict.ok, verdict.ok ? undefined : (verdict.problem.detail.says ?? verdict.problem.title));
    list.that(about, authority === 'external' || verdict.at >= bid.at, { zh: '时间早于签收', en: 'it is older than the receipt' });
  }
  list.that(fill({ zh: '{count} 枚投标时间戳有效', en: '{count} time stamps of statements hold' }, { count: stamps.length }), true);
}
