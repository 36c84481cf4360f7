import { canonical, canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import { orderDigest, orderStatementShape } from '../openings/order.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { endAfterPause } from '../tenders/pause.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';

type Suspended = Placed<'lot.suspended'>;
type Resumed = Placed<'lot.resumed'>;

/** What may not happen while a lot is suspended, as far as a bundle knows of it. */
const stopped = [
  'addendum.published',
  'bid.received',
  'bid.replaced',
  'bid.withdrawn',
  'deadline.moved',
  'deadline.reached',
  'bidding.closed',
  'opening.started',
  'bid.read',
  'draw.requested',
  'evaluation.started',
  'part.reported',
  'candidates.published',
  'award.determined',
  'award.notified',
] as const;

/**
 * Every suspension of a lot stands on a signed order of its own, nothing was done while it lasted, and at the resumption every period that was running got its time
 * back, reckoned again here with the calendar: no day less, and none more.
 */
export async function checkPauses(history: History, list: Checklist, lot: string, anchors: readonly Certificate[]): Promise<void> {
  const resumptions = history.all('lot.resumed');
  for (const pause of history.all('lot.suspended')) {
    const end = resumptions.find((each) => each.index > pause.index && each.data.order === pause.data.order);
    await checkOrder(history, list, pause, end, { lot, anchors });
    const during = history.all(...stopped).find(({ index }) => index > pause.index && (end === undefined || index < end.index));
    list.that(
      { zh: '暂停期间没有进行被停止的活动', en: 'Nothing was done while the lot was suspended' },
      during === undefined,
      during && fill({ zh: '事件 {index} 发生在暂停期间', en: 'event {index} lies within the suspension' }, { index: during.index }),
    );
    if (end) checkGivenBack(history, list, pause, end);
  }
  const known = new Set(history.all('lot.suspended').map(({ data }) => data.order));
  list.that(
    { zh: '每次恢复都对应一次暂停', en: 'Every resumption ends a suspension' },
    resumptions.every(({ data }) => known.has(data.order)),
  );
  for (const { data } of history.all('deadline.resumed'))
    list.that(
      { zh: '重新计算的截止时间就是恢复公告所载的', en: 'A deadline that was reckoned again is the one its resumption tells' },
      resumptions.some(
        (each) =>
          each.data.order === data.order &&
          each.data.periods.some(
            ({ period, was, until }) => period === 'deadline' && was === data.previousDeadline && until === data.deadline,
          ),
      ),
    );
}

/** Both orders bear signatures over exactly these words, and the lifting names exactly the order that it lifts. */
async function checkOrder(
  history: History,
  list: Checklist,
  pause: Suspended,
  end: Resumed | undefined,
  { lot, anchors }: { readonly lot: string; readonly anchors: readonly Certificate[] },
): Promise<void> {
  const about = { zh: '暂停和恢复都有监督部门的签名命令', en: 'Suspension and resumption stand on signed orders' };
  const orders = history.all('order.suspended', 'order.lifted').filter(({ data }) => data.order === pause.data.order);
  const [ordered, lifted] = [orders.find(({ type }) => type === 'order.suspended'), orders.find(({ type }) => type === 'order.lifted')];
  list.that(about, ordered !== undefined && ordered.at === pause.at && (end === undefined) === (lifted === undefined));
  for (const each of orders) {
    const read = orderStatementShape.safeParse(each.data.statement);
    const [der, at] = [fromBase64(each.data.signature), parseInstant(each.at)];
    list.that(about, read.success && read.data.lot === lot && der !== undefined && at !== undefined);
    list.that(about, (await verifyDetached(der, canonicalBytes(each.data.statement), { anchors, at })).ok);
    const kept = read.data.kind === 'suspend' ? read.data.scope === 'proceedings' : read.data.lifts === orderDigest(ordered.data.statement);
    list.that(about, kept, { zh: '签名的不是这一命令', en: 'what was signed is another order' });
  }
}

function checkGivenBack(history: History, list: Checklist, pause: Suspended, end: Resumed): void {
  const about = { zh: '恢复后的各项期限按暂停的时长重新计算', en: 'Periods were reckoned again by how long the suspension lasted' };
  const [from, until] = [parseInstant(pause.at), parseInstant(end.at)];
  list.that(about, from !== undefined && until !== undefined && end.data.suspendedAt === pause.at && end.data.phase === pause.data.phase);
  for (const { was, until: now, counted } of end.data.periods) {
    const before = parseInstant(was);
    list.that(about, before !== undefined);
    list.that(
      about,
      before > from && endAfterPause(before, { from, until }, counted) === now,
      fill({ zh: '{was} 不应改为 {now}', en: '{was} does not become {now}' }, { was, now }),
    );
  }
  const told = new Map(end.data.periods.map(({ period, was }) => [period, was]));
  for (const [period, due] of runningAt(history, pause))
    list.that(
      about,
      told.get(period) === due,
      fill({ zh: '{due} 届满的期限没有补足', en: 'the period that ended {due} was not given back' }, { due }),
    );
}

/** The periods that a bundle knows to be running when a lot was suspended, with their ends then. */
function runningAt(history: History, pause: Suspended): readonly (readonly [string, string])[] {
  const before = <T extends { readonly index: number }>(events: readonly T[]): T | undefined =>
    events.findLast(({ index }) => index < pause.index);
  const again = (period: string) =>
    before(history.all('lot.resumed').filter(({ data }) => data.periods.some((each) => each.period === period)));
  const newest = (period: string, base: { readonly index: number; readonly until: string } | undefined) => {
    const moved = again(period);
    if (base === undefined) return [];
    const due = moved && moved.index > base.index ? moved.data.periods.find((each) => each.period === period)?.until : base.until;
    return due !== undefined && due > pause.at ? [[period, due] as const] : [];
  };
  const notice = history.one('notice.published');
  const change = before(history.all('addendum.published', 'deadline.moved'));
  const first = notice && { index: notice.index, until: notice.data.deadline };
  const deadline = change ? { index: change.index, until: change.data.deadline } : first;
  const published = before(history.all('candidates.published', 'result.published'));
  return [...newest('deadline', deadline), ...newest('publicity', published && { index: published.index, until: published.data.until })];
}

/** A tender that was ended has no opening after it: what was sealed then is sealed for good. */
export function checkTermination(history: History, list: Checklist): void {
  const ended = history.one('tender.terminated');
  if (ended === undefined) return;
  const after = history.all(...stopped, 'opening.combined', 'share.given', 'bid.opened').find(({ index }) => index > ended.index);
  list.that(
    { zh: '终止以后没有再开启任何投标文件', en: 'Nothing was opened after the tender was ended' },
    after === undefined,
    after && fill({ zh: '事件 {index} 在终止以后', en: 'event {index} lies after the end' }, { index: after.index }),
  );
  const opened = history.all('opening.started').length > 0;
  list.that(
    { zh: '终止公告如实说明是否已经开标', en: 'The notice of the end says truly whether anything had been opened' },
    canonical(opened) === canonical(ended.data.opened),
  );
}
