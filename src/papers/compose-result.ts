import { notQualified } from '../evaluation/qualification-reads.ts';
import { rejectedIn, winnerOf } from './compose-award.ts';
import { again } from './compose-evaluation.ts';
import { biddersOf, commonOf, contactsOf, objectionWords, partyOf, revealedIn, sourceOf, termsOf } from './compose-facts.ts';
import { fellBefore, firstSession } from './compose-turns.ts';
import type { History } from './history.ts';
import type { Names } from './names.ts';
import type { ResultAnnouncement } from './result-announcement.ts';
import { side } from './wording.ts';

/** 中标（成交）结果公告: the winner, how all ranked, who fell and why, and the panel by name, which is public from this moment on. */
export function composeResultAnnouncement(history: History, names: Names): ResultAnnouncement {
  const { data } = sourceOf<'result.published'>(history);
  const terms = termsOf(history);
  const { winner, price, determinedAt, offer } = winnerOf(history);
  const candidates = data.candidates.map(({ rank, name, bidder, price: offered, total }) => ({
    rank,
    bidder: { name, code: bidder },
    price: offered,
    total,
  }));
  return {
    ...commonOf(history, names, 'result-announcement', again(history.all('result.published').length)),
    openedAt: firstSession(history).at,
    determinedAt,
    publicFrom: data.from,
    publicUntil: data.until,
    method: terms.methodOffer.title,
    subject: { scope: terms.scope, place: terms.place, quality: offer.quality },
    winner: {
      bidder: winner,
      price,
      total: candidates.find(({ bidder }) => bidder.code === winner.code)?.total ?? null,
      period: offer.period,
    },
    candidates,
    rejected: [...fellEarlier(history), ...rejectedIn(history)],
    panel: panelOf(history),
    objections: objectionWords(history, names, 'candidates'),
    contacts: contactsOf(history),
  };
}

/** Those who never came to the review: whom the host found not qualified, and who fell with an earlier envelope. */
function fellEarlier(history: History): ResultAnnouncement['rejected'] {
  const bidders = biddersOf(history);
  const named = (submission: string) => bidders.get(submission) ?? partyOf(history, submission);
  const checked = history.last('qualification.checked')?.data.bids ?? [];
  return [
    ...checked.flatMap(({ bid, pass, reason }) => (pass ? [] : [{ bidder: named(bid), reason: notQualified(reason ?? '') }])),
    ...fellBefore(history).map(({ submission, item, says }) => ({
      bidder: named(submission),
      reason: { zh: `${item.zh}：${side(says, 'zh')}`, en: `${item.en}: ${side(says, 'en')}` },
    })),
  ];
}

/** The experts who sat in the end by their names, and how many the host sent. */
function panelOf(history: History): ResultAnnouncement['panel'] {
  const { seats } = history.must('panel.formed').data;
  const revealed = revealedIn(history);
  return {
    experts: seats.flatMap(({ expert }) => (expert === null ? [] : (revealed.get(expert)?.name ?? []))),
    representatives: seats.filter(({ expert }) => expert === null).length,
  };
}
