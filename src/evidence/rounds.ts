import { z } from 'zod';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { fill } from '../kernel/words.ts';
import { sha256 } from '../sealing/digest.ts';
import type { Checklist } from './checks.ts';
import type { History, Placed } from './history.ts';

/**
 * A negotiation and its last offers are two lots, each with a bundle of its own. In that of the responses the call for last offers follows from what was
 * said and confirmed before it; in that of the last offers nobody else bid, and the group is the one that negotiated. The same words of the call stand
 * in both: their digest is printed, so that a reader of the two compares one line.
 */
export function checkRounds(history: History, list: Checklist): void {
  const called = history.one('offers.called');
  if (called) checkCall(history, list, called);
  const round = termsShape.safeParse(history.one('notice.published')?.data.terms).data?.round;
  if (round === 'responses')
    list.that(
      { zh: '谈判的采购包中没有评审和定标', en: 'Where suppliers are negotiated with nothing is evaluated or awarded' },
      history.all('evaluation.started', 'award.determined').length === 0,
    );
  if (round === 'offers' && history.has('opening.started')) checkAdmitted(history, list, history.one('offers.admitted'));
}

const termsShape = z.object({
  round: z.enum(['responses', 'offers']).optional(),
  follows: z.object({ lot: z.string() }).optional(),
});

const digestOf = (raw: unknown): string => base64url(sha256(canonicalBytes((raw as { readonly call: unknown }).call)));
const sayDigest = (list: Checklist, raw: unknown, other: string): void =>
  list.note(
    fill(
      {
        zh: '最后报价的名单、需求变动、截止时间和小组（摘要 {digest}）与采购包 {other} 的证据包所载须一致。',
        en: 'Who made last offers, on what requirement, until when and before whom (digest {digest}) is to be the same in the bundle of lot {other}.',
      },
      { digest: digestOf(raw), other },
    ),
  );

/** Those called are the ones that were opened, stayed, were found to meet the need, and were talked to after the last change. */
function checkCall(history: History, list: Checklist, called: Placed<'offers.called'>): void {
  const { call } = called.data;
  const before = <T extends { readonly index: number }>(told: readonly T[]): readonly T[] =>
    told.filter(({ index }) => index < called.index);
  const changes = before(history.all('requirement.changed'));
  list.that(
    { zh: '最后报价所依据的需求变动，正是同时告知各供应商的变动', en: 'Last offers are asked for on the changes that were told to all' },
    changes.length === call.changes.length &&
      changes.every(
        ({ data }, at) => data.number === at + 1 && data.text === call.changes[at]?.text && call.changes[at]?.number === at + 1,
      ),
  );
  const confirmed = before(history.all('minutes.confirmed'));
  list.that(
    { zh: '每份成立的谈判记录都由过半数成员确认', en: 'More than half of the members confirmed each of the minutes that stand' },
    confirmed.every((each) => isConfirmed(history, each)),
  );
  const left = new Set(before(history.all('negotiation.left')).map(({ data }) => data.bid));
  const out = new Set(confirmed.filter(({ data }) => !data.goesOn).map(({ data }) => data.bid));
  const staying = history.all('bid.opened').filter(({ data }) => !left.has(data.submission) && !out.has(data.submission));
  const pairs = (rows: readonly { readonly submission: string; readonly bidder: string }[]): string =>
    rows
      .map(({ submission, bidder }) => `${submission} ${bidder}`)
      .sort()
      .join();
  list.that(
    { zh: '要求最后报价的，正是继续参加的供应商', en: 'Asked for a last offer are those that stayed, and nobody else' },
    pairs(call.suppliers) === pairs(staying.map(({ data }) => data)),
  );
  const last = changes.at(-1)?.index ?? -1;
  list.that(
    { zh: '最近一次变动以后，与每家都谈判并确认了记录', en: 'Each of them was talked to after the last change, and its minutes stand' },
    call.suppliers.every(({ submission }) =>
      confirmed.some(({ index, data }) => index > last && data.bid === submission && data.goesOn && data.round === changes.length),
    ),
  );
  list.that(
    {
      zh: '提交最后报价的供应商不少于规定家数，不足三家的载明了批准依据',
      en: 'Enough suppliers stay; fewer than three only under a named approval',
    },
    call.suppliers.length >= call.least && call.least >= 2 && (call.least >= 3 || (call.exception?.approval ?? '') !== ''),
  );
  list.that({ zh: '给各供应商的截止时间相同且在通知之后', en: 'All have the same time, and it lies ahead' }, call.deadline > called.at);
  sayDigest(list, called.raw, call.offers);
}

/** The words of members: each once, those of the group alone, and more than half of them agree. */
function isConfirmed(history: History, { index, data }: Placed<'minutes.confirmed'>): boolean {
  const panel = history.all('panel.formed').findLast((each) => each.index < index);
  const seated = new Set(panel?.data.seats.map(({ member }) => member));
  const kept = history.all('minutes.kept').find((each) => each.index < index && each.data.minutes === data.minutes);
  const words = history.all('minutes.agreed').filter((each) => each.index < index && each.data.minutes === data.minutes);
  const agreed = new Set(words.filter((each) => each.data.agrees && seated.has(each.data.member)).map((each) => each.data.member));
  const same = kept !== undefined && kept.data.bid === data.bid && kept.data.round === data.round && kept.data.goesOn === data.goesOn;
  return same && data.members === seated.size && agreed.size * 2 > seated.size;
}

/** Nobody made a last offer but those called; the first notice and the group are those of the call. */
function checkAdmitted(history: History, list: Checklist, admitted: Placed<'offers.admitted'> | undefined): void {
  const notice = history.one('notice.published');
  const says = {
    zh: '最后报价的采购包由谈判的采购包接续，公告与通知一致',
    en: 'The lot of last offers follows that of the negotiation, as its notice says',
  };
  list.that(says, admitted !== undefined && notice !== undefined);
  const { call } = admitted.data;
  const follows = termsShape.safeParse(notice.data.terms).data?.follows?.lot;
  list.that(
    says,
    call.responses === follows &&
      call.offers === notice.subject.lot &&
      call.deadline === notice.data.deadline &&
      call.least === notice.data.minimumBids,
  );
  const invited = new Set(call.suppliers.map(({ bidder }) => bidder));
  list.that(
    { zh: '提交最后报价的都是受到通知的供应商', en: 'Last offers came only from suppliers that were asked for one' },
    history.all('bid.received', 'bid.replaced').every(({ subject }) => invited.has(subject.party ?? '')),
  );
  const seated = history.all('panel.formed')[0]?.data.seats.map(({ member }) => member) ?? [];
  list.that(
    { zh: '评审最后报价的小组就是谈判的小组', en: 'The group that judges last offers is the one that negotiated' },
    [...seated].sort().join() ===
      call.seats
        .map(({ member }) => member)
        .sort()
        .join(),
  );
  sayDigest(list, admitted.raw, call.responses);
}
