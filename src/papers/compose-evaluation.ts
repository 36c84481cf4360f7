import { evaluationShape } from '../evaluation/bundle.ts';
import { givenIn, givenKey } from '../evaluation/given.ts';
import { type Ranking, rankingOf, type Standing, type Working, workOut } from '../evaluation/rank.ts';
import { maskOf } from '../experts/call.ts';
import { fromBase64 } from '../kernel/bytes.ts';
import type { LotTerms } from '../tenders/lot.ts';
import type { Party } from './blocks.ts';
import { blindReviewOf } from './compose-blind.ts';
import { deskLogOf, placeWords, reopeningsOf } from './compose-desk.ts';
import { specialtyWords } from './compose-draw.ts';
import { biddersOf, ceilingOf, commonOf, offerOf, termsOf } from './compose-facts.ts';
import { fellBefore, firstSession, readingsOf } from './compose-turns.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import { digest } from './fingerprint.ts';
import type { History, Told } from './history.ts';
import { methodWords, priceWords } from './method-words.ts';
import type { Names } from './names.ts';
import { rejectionWords } from './outcome-words.ts';

type Bundle = ReturnType<typeof evaluationShape.parse>;

/** What the panel concluded, worked out again from the journalled inputs. */
export interface Evaluation {
  readonly bundle: Bundle;
  readonly working: Working;
  readonly ranking: Ranking;
  readonly sha256: string;
  readonly concludedAt: string;
  readonly bidders: ReadonlyMap<string, Party>;
}

/** Reads the concluded evaluation; throws when the journalled inputs have no result. */
export function evaluationOf(history: History): Evaluation {
  const { data, at } = history.must('evaluation.concluded');
  const bundle = evaluationShape.parse(data.bundle);
  const worked = workOut(bundle);
  if (!worked.ok) throw new Error(`the evaluation of ${bundle.id} has no result: ${worked.error} ${worked.about}`);
  return {
    bundle,
    working: worked.value,
    ranking: rankingOf(bundle, worked.value),
    sha256: data.sha256,
    concludedAt: at,
    bidders: biddersOf(history),
  };
}

/** What the method ranks by, as pages and papers print it: points, or the evaluated price. */
export const totalOf = ({ bundle, ranking }: Evaluation, submission: string): string | null => {
  if (ranking.outcome !== 'ranked') return null;
  const row = ranking.rows.find((each) => each.bid === submission);
  if (!row) return null;
  return bundle.method.rank === 'score' ? row.total : row.evaluatedPrice;
};

export function partyIn({ bidders }: Pick<Evaluation, 'bidders'>, submission: string): Party {
  const found = bidders.get(submission);
  if (!found) throw new Error(`${submission} is not on the opening list`);
  return found;
}

/** 评标报告: members under their masks, as the whole platform shows them until the result. */
export function composeEvaluationReport(history: History, names: Names): EvaluationReport {
  const evaluation = evaluationOf(history);
  const { bundle, working, ranking, sha256, concludedAt } = evaluation;
  const terms = termsOf(history);
  const list = firstSession(history).data.list;
  const party = (submission: string): Party => partyIn(evaluation, submission);
  const ranked = ranking.outcome === 'ranked' ? ranking : null;
  const members = membersOf(history, names);
  const out = new Set(working.rejected.map((each) => each.bid));
  const blind = blindReviewOf(history, bundle.reviewers, party);
  return {
    ...commonOf(history, names, 'evaluation-report', again(history.all('evaluation.reported').length)),
    basics: {
      openedAt: firstSession(history).at,
      startedAt: history.must('evaluation.started').at,
      concludedAt,
      place: placeWords(history, names),
      ceiling: ceilingOf(history),
      submitted: list.length,
      opened: new Set(history.all('bid.opened').map(({ data }) => data.submission)).size,
    },
    bundle: sha256,
    members: members.map(({ name, kind, specialty }) => ({ name, kind, specialty, lead: false })),
    opening: readingsOf(history).map((data) => {
      const { period, manager } = offerOf(terms, data.figures);
      return { order: data.order, bidder: { name: data.name, code: data.bidder }, price: data.price, period, manager };
    }),
    conforming: bundle.bids.filter((bid) => !out.has(bid.id)).map((bid) => party(bid.id)),
    rejected: [
      ...history.all('correction.unconfirmed').map(({ data }) => ({
        bidder: party(data.bid),
        item: '算术错误修正',
        reason: '投标人不确认修正，或者逾期未答复',
        votes: '—',
      })),
      ...fellBefore(history).map(({ submission, item, says }) => ({ bidder: party(submission), item, reason: says, votes: '—' })),
      ...working.rejected.map((each) => ({ bidder: party(each.bid), ...rejectionOf(history, evaluation, terms, each) })),
    ],
    ...(blind && { blind }),
    competition: competitionOf(bundle.bids.length - working.rejected.length, terms.minimumBids, ranked !== null),
    method: methodWords(terms),
    criteria: criteriaOf(terms),
    drawn: Object.entries(bundle.drawn).map(([name, choice]) => ({ name, choice })),
    benchmark: ranked?.benchmark ?? null,
    rows: ranked ? working.standings.map((standing) => rowOf(standing, ranked, party)) : [],
    adjustments: bundle.adjustments.map(({ bid, amount, reason }) => ({ bidder: party(bid), amount, reason })),
    candidates: (ranked?.candidates ?? []).map((submission, at) => ({
      rank: at + 1,
      bidder: party(submission),
      price: bundle.bids.find((bid) => bid.id === submission)?.price ?? '',
      total: totalOf(evaluation, submission) ?? '',
    })),
    matters: [],
    clarifications: clarificationsOf(history, party),
    dissent: dissentOf(history, names),
    log: deskLogOf(history, new Map(members.map(({ member, name }) => [member, name]))),
    reopenings: reopeningsOf(history, terms),
    signatures: signaturesOf(history, names),
  };
}

/** The count that a further version's number bears; the first has none. */
export const again = (count: number): number | undefined => (count > 1 ? count : undefined);

/** Where a group goes on to judge last offers its members keep the masks of the lot in which they were drawn. */
export const masksCarried = (history: History): ReadonlyMap<string, string> =>
  new Map(history.all('offers.admitted').flatMap(({ data }) => data.call.seats.map(({ member, mask }) => [member, mask] as const)));

/** The members by their seats, under the masks the platform gives them. */
function membersOf(history: History, names: Names) {
  const { seats } = history.must('panel.formed').data;
  // an expert is named by the place of its call among all calls of the lot
  const calls = history.all('expert.called').map(({ data }) => data.expert);
  const carried = masksCarried(history);
  const representatives = seats.filter((seat) => seat.kind === 'representative').length;
  return seats.map(({ member, kind, expert, specialty }, at) => {
    const isExpert = kind === 'expert';
    return {
      member,
      isExpert,
      name: isExpert
        ? (carried.get(member) ?? maskOf(calls.indexOf(expert ?? '') + 1).zh)
        : representatives > 1
          ? `招标人代表${at + 1}`
          : '招标人代表',
      kind: isExpert ? { zh: '随机抽取专家', en: 'drawn expert' } : { zh: '招标人代表', en: 'representative of the tenderee' },
      specialty: specialty === null ? '—' : specialtyWords(specialty, names),
    };
  });
}

function signaturesOf(history: History, names: Names): EvaluationReport['signatures'] {
  const { sha256 } = history.must('evaluation.concluded').data;
  const stands = history.all('report.signed', 'report.refused', 'report.deemed').filter(({ data }) => data.sha256 === sha256);
  return membersOf(history, names).map(({ member, name, isExpert }) => {
    const found = stands.find(({ data }) => data.member === member);
    return {
      role: isExpert ? { zh: '评标专家', en: 'Expert' } : { zh: '招标人代表', en: 'Representative' },
      name,
      signedAt: found?.type === 'report.signed' ? found.at : null,
      mark: found ? markOf(found) : null,
    };
  });
}

/** Every question of the panel with its answer, in the order of asking. */
function clarificationsOf(history: History, party: (submission: string) => Party): EvaluationReport['clarifications'] {
  const answered = history.all('enquiry.answered');
  return history.all('bid.enquired').map(({ data, at }) => {
    const found = answered.find((each) => each.data.enquiry === data.enquiry);
    const text = (found?.data.statement as { text?: string } | undefined)?.text ?? '';
    const word = found?.data.accepts === true ? '确认。' : found?.data.accepts === false ? '不确认。' : '';
    const asked =
      data.kind === 'mending'
        ? `（补正形式性内容）${data.text}`
        : data.correctedPrice === null
          ? data.text
          : `${data.text}（修正后报价：${data.correctedPrice} 元）`;
    return { bidder: party(data.bid), at, question: asked, answer: found ? `${word}${text}` : '逾期未答复' };
  });
}

/** The digest of the signature, not of the certificate, which would tell the name; or what stands in its place. */
function markOf(stand: Told<'report.signed' | 'report.refused' | 'report.deemed'>): string {
  if (stand.type === 'report.refused') return '拒绝签署，见不同意见';
  if (stand.type === 'report.deemed') return '逾期未签署，视为同意';
  return digest(fromBase64('signature' in stand.data ? stand.data.signature : '') ?? new Uint8Array(0));
}

/** What members who signed added, and the reasons of those who did not sign. */
function dissentOf(history: History, names: Names): EvaluationReport['dissent'] {
  const { sha256 } = history.must('evaluation.concluded').data;
  const said = [
    ...history
      .all('report.signed')
      .flatMap(({ data }) => (data.dissent && data.sha256 === sha256 ? [{ member: data.member, text: data.dissent }] : [])),
    ...history
      .all('report.refused')
      .flatMap(({ data }) => (data.sha256 === sha256 ? [{ member: data.member, text: `拒绝签署。${data.reason}` }] : [])),
  ];
  return membersOf(history, names).flatMap(({ member, name }) =>
    said.filter((each) => each.member === member).map(({ text }) => ({ member: name, text })),
  );
}

/** Which item a bid failed, how the panel voted, and the reasons the members wrote. */
function rejectionOf(
  history: History,
  { working, bundle }: Evaluation,
  terms: LotTerms,
  { bid, reason }: { bid: string; reason: string },
): Pick<EvaluationReport['rejected'][number], 'item' | 'reason' | 'votes'> {
  const { item, says } = rejectionWords(reason, terms.items);
  const id = reason.replace(/^review:/, '');
  const vote = working.votes.find((each) => each.bid === bid && each.item === id);
  if (reason === 'above-ceiling' || !vote) return { item, reason: says, votes: '—' };
  const { verdicts } = givenIn(history.all('sheet.opened', 'bid.reviewed', 'pseudonyms.revealed'));
  const newest = bundle.reviewers.flatMap((member) => verdicts.get(givenKey(member, bid, id)) ?? []);
  const written = [...new Set(newest.flatMap(({ pass, reason: why }) => (pass || !why ? [] : [why])))];
  return { item, reason: written.length > 0 ? written.join('；') : says, votes: `${vote.against}/${vote.of}` };
}

function competitionOf(valid: number, minimum: number, ranked: boolean): EvaluationReport['competition'] {
  if (valid >= minimum) return null;
  return ranked
    ? {
        zh: `有效投标 ${valid} 家，少于 ${minimum} 家，经评标委员会评审仍具有竞争性，继续评标。`,
        en: `${valid} valid bids, fewer than ${minimum}: the panel found that they still compete and went on.`,
      }
    : {
        zh: `有效投标 ${valid} 家，不足以竞争，评标委员会否决全部投标。`,
        en: `${valid} valid bids: too few for competition; the panel rejected all of them.`,
      };
}

function criteriaOf({ criteria, method }: LotTerms): EvaluationReport['criteria'] {
  const scored = criteria.map(({ title, max, kind, says }) => ({ name: title, max, kind, standard: says }));
  const { price } = method;
  if (price === null) return scored;
  return [...scored, { name: { zh: '投标报价', en: 'Price' }, max: price.full, kind: 'price', standard: priceWords(price) }];
}

function rowOf(standing: Standing, ranking: Extract<Ranking, { outcome: 'ranked' }>, party: (submission: string) => Party) {
  const row = ranking.rows.find((each) => each.bid === standing.bid.id);
  if (!row) throw new Error(`${standing.bid.id} has no row`);
  const { rank, evaluatedPrice, technical, price, total } = row;
  return {
    rank,
    bidder: party(row.bid),
    bidPrice: standing.bid.price,
    evaluatedPrice,
    scores: standing.criteria.map((each) => each.score.print(2)),
    technical,
    price,
    total,
  };
}
