import { notQualified } from '../evaluation/qualification-reads.ts';
import type { Instant } from '../kernel/clock.ts';
import { parseYuan, withSeparators } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';
import { period } from '../rulebook/parameters.ts';
import type { AwardNotice } from './award-notice.ts';
import type { CandidatesPublicity } from './candidates-publicity.ts';
import { again, evaluationOf, partyIn, totalOf } from './compose-evaluation.ts';
import {
  commonOf,
  complaintWords,
  contactsOf,
  documentNumber,
  lawOf,
  objectionWords,
  offerOf,
  partyOf,
  sourceOf,
  termsOf,
} from './compose-facts.ts';
import { leftOut } from './compose-layers.ts';
import { fellBefore, firstSession } from './compose-turns.ts';
import type { ContractRegister } from './contract-register.ts';
import type { History } from './history.ts';
import type { Names } from './names.ts';
import { invalidWords, rejectionWords } from './outcome-words.ts';
import type { ResultNotice } from './result-notice.ts';

/** 中标候选人公示. Rejected bids are named with the item they failed; what single members wrote stays in the report. */
export function composeCandidates(history: History, names: Names): CandidatesPublicity {
  const { data } = sourceOf<'candidates.published'>(history);
  const terms = termsOf(history);
  return {
    ...commonOf(history, names, 'candidates-publicity', again(history.all('candidates.published').length)),
    openedAt: firstSession(history).at,
    reportedAt: history.must('evaluation.reported').at,
    publicFrom: data.from,
    publicUntil: data.until,
    days: history.must('notice.published').data.publicityDays,
    method: terms.methodOffer.title,
    candidates: data.candidates.map((each) => {
      const { period: days, quality, manager, certificate } = offerOf(terms, each.figures);
      return {
        rank: each.rank,
        bidder: { name: each.name, code: each.bidder },
        price: each.price,
        total: each.total,
        quality,
        period: days,
        manager,
        certificate,
        achievements: [fulfils],
      };
    }),
    rejected: rejectedIn(history),
    objections: objectionWords(history, names, 'candidates'),
    contacts: contactsOf(history),
  };
}

/** Bids that fell in the review, and those that never came to it: each with its reason, none with what single members wrote. */
export function rejectedIn(history: History): CandidatesPublicity['rejected'] {
  const evaluation = evaluationOf(history);
  const { items } = termsOf(history);
  const invalid = leftOut(history).map((each) => ({
    bidder: evaluation.bidders.get(each.submission) ?? partyOf(history, each.bidder),
    reason: invalidWords(each.reason),
  }));
  const rejected = evaluation.working.rejected.map(({ bid, reason }) => {
    const { item, says } = rejectionWords(reason, items);
    return { bidder: partyIn(evaluation, bid), reason: { zh: `${item.zh}：${says.zh}`, en: `${item.en}: ${says.en}` } };
  });
  return [...rejected, ...invalid];
}

/** Whoever is a candidate has passed every item of the review; what proves it stands in its bid. */
const fulfils: Words = {
  zh: '响应招标文件要求的资格能力条件，经评标委员会评审通过',
  en: 'meets what the documents ask for; passed by the panel',
};

/** The candidates as they were published: before the award, or with it. */
const publishedIn = (history: History) => (history.last('candidates.published') ?? history.must('result.published')).data.candidates;

/** The winner as the candidates named it, with what it offered. */
export function winnerOf(history: History) {
  const { data, at } = history.must('award.determined');
  const candidate = publishedIn(history).find((each) => each.submission === data.submission);
  return {
    winner: { name: data.name, code: data.bidder },
    price: data.price,
    determinedAt: at,
    rank: data.rank,
    reason: data.reason,
    offer: offerOf(termsOf(history), candidate?.figures ?? {}),
  };
}

/** 中标通知书 */
export function composeAwardNotice(history: History, names: Names): AwardNotice {
  const { data } = sourceOf<'award.notified'>(history);
  const { winner, price, determinedAt, rank, reason, offer } = winnerOf(history);
  return {
    ...commonOf(history, names, 'award-notice'),
    winner,
    price,
    period: offer.period,
    quality: offer.quality,
    manager: offer.manager,
    certificate: offer.certificate,
    openedAt: firstSession(history).at,
    determinedAt,
    rank,
    ground: groundWords(rank, reason, names),
    ...(names.edition.wording.vocabulary ? { course: names.edition.wording.award } : {}),
    contractUntil: data.contractUntil,
    contractDays: period(names.edition.limits.signContract.key, lawOf(history)).count,
    performance: null,
    signAt: { zh: '招标人处', en: 'the tenderee' },
  };
}

/** Why this winner: by the law of the line, which the reason of a decision by silence names itself. */
function groundWords(rank: number, reason: string, { edition }: Names): Words {
  const { awardGround } = edition.wording;
  return { zh: `${reason}（${awardGround.zh}）`, en: rank === 1 ? `the first-ranked candidate (${awardGround.en})` : awardGround.en };
}

/** 中标结果通知书, for one bidder that did not win. */
export function composeResultNotice(history: History, names: Names): ResultNotice {
  const { data } = sourceOf<'result.notified'>(history);
  const { winner, price, determinedAt, offer } = winnerOf(history);
  // numbered by the opening list, which everyone knows: who was told before is nobody's business
  const place = firstSession(history).data.list.findIndex((each) => each.bidder === data.bidder);
  const { agent, supervisor } = contactsOf(history);
  return {
    ...commonOf(history, names, 'result-notice', place + 1),
    addressee: partyOf(history, data.bidder),
    winner,
    price,
    period: offer.period,
    quality: offer.quality,
    manager: offer.manager,
    determinedAt,
    own: ownResult(history, data.bidder),
    security: securityBack(history, names),
    complaints: complaintWords(history, names),
    contacts: { agent, supervisor },
  };
}

function ownResult(history: History, bidder: string): ResultNotice['own'] {
  const entry = firstSession(history).data.list.find((each) => each.bidder === bidder);
  const invalid = leftOut(history).find((each) => each.bidder === bidder);
  if (!entry || invalid) return { price: null, rank: null, total: null, rejectedFor: invalid ? invalidWords(invalid.reason) : null };
  const fell = fellBefore(history).find((each) => each.bidder === bidder);
  if (fell) return { price: null, rank: null, total: null, rejectedFor: fell.item };
  const readPrice = history.all('bid.read').findLast(({ data }) => data.submission === entry.submission)?.data.price || null;
  const found = history.last('qualification.checked')?.data.bids.find(({ bid }) => bid === entry.submission);
  if (found && !found.pass) return { price: readPrice, rank: null, total: null, rejectedFor: notQualified(found.reason ?? '') };
  const evaluation = evaluationOf(history);
  const { ranking, working } = evaluation;
  const rejection = working.rejected.find((each) => each.bid === entry.submission);
  const row = ranking.outcome === 'ranked' ? ranking.rows.find((each) => each.bid === entry.submission) : undefined;
  return {
    price: readPrice,
    rank: row?.rank ?? null,
    total: totalOf(evaluation, entry.submission),
    rejectedFor: rejection ? rejectedFor(rejection.reason, history) : null,
  };
}

function rejectedFor(reason: string, history: History): Words {
  const { item, says } = rejectionWords(reason, termsOf(history).items);
  return { zh: `${item.zh}：${says.zh}`, en: `${item.en}: ${says.en}` };
}

/** When the bid security is back at the latest: reckoned from the last day for the contract. */
function securityBack(history: History, names: Names): ResultNotice['security'] {
  const amount = history.must('notice.published').data.security;
  if (amount === null || parseYuan(amount) === 0n) return null;
  const { contractUntil } = history.must('award.notified').data;
  const { due } = names.edition.limits.refundSecurity.by(lawOf(history)).due(contractUntil as Instant);
  return { amount, returnedBy: due };
}

/** 合同登记表: the contract's price beside the bid's; the contract's own text is held by its hash. */
export function composeContractRegister(history: History, names: Names): ContractRegister {
  const { data, at } = sourceOf<'contract.registered'>(history);
  const { winner, price, offer } = winnerOf(history);
  const letter = history.must('award.notified');
  const { number } = history.must('notice.published').data;
  return {
    ...commonOf(history, names, 'contract-register'),
    contract: { number: data.number, signedOn: data.signedOn, price: data.price, sha256: data.sha256, registeredAt: at },
    winner,
    award: { number: documentNumber('award-notice', number, letter.at), sentAt: letter.at, contractUntil: letter.data.contractUntil },
    terms: [
      {
        item: { zh: '合同价款（元）', en: 'Price (CNY)' },
        bid: figureOf(price),
        contract: figureOf(data.price),
        same: price === data.price,
      },
    ],
    manager: offer.manager,
    remark: {
      zh: `合同的标的、价款、质量、履行期限等主要条款应当与招标文件和中标人的投标文件的内容一致（${names.edition.wording.sameTerms.zh}）。价款由平台核对，其他条款以所登记的合同文本为准，其摘要见上。`,
      en: `The main terms must be those of the documents and of the bid (${names.edition.wording.sameTerms.en}). The price was checked by the platform; for the other terms the registered text counts, whose hash stands above.`,
    },
  };
}

const figureOf = (amount: string): string => {
  const read = parseYuan(amount);
  return read === undefined ? amount : withSeparators(read);
};
