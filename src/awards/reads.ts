import type { EntityManager } from '@mikro-orm/postgresql';
import { outWords } from '../evaluation/mask.ts';
import { disqualified, notQualified } from '../evaluation/qualification-reads.ts';
import { EvaluationReport } from '../evaluation/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, yuan } from '../kernel/money.ts';
import type { Rule } from '../kernel/rule.ts';
import type { DayString } from '../kernel/working-days.ts';
import { startOfDay } from '../kernel/working-days.ts';
import { bidFigures, openedBid } from '../openings/record.ts';
import { OpeningItem } from '../openings/schema.ts';
import { regionName } from '../parties/region.ts';
import { type RuledLimit, statedBy } from '../rulebook/figure-rule.ts';
import { period } from '../rulebook/parameters.ts';
import { type LineEdition, underOwnLaw } from '../tenders/line.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { peopleOf } from '../tenders/lot-people.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allows, leadsOn, phaseOf, phases } from '../tenders/phases.ts';
import { hosts, lotFor, namesOf, seesDrafts } from '../tenders/reads.ts';
import type { Lot, Project } from '../tenders/schema.ts';
import type { AwardAnswer, CandidateAnswer, CandidatesAnswer, ContractAnswer, LotHead } from './answers.ts';
import { type Recommended, recommendedBy, totalLabels } from './candidates.ts';
import { contractAtAwardPrice, grounds, nothingHolds, type PassedOver, signedAfterNotice, takenInOrder } from './decision.ts';
import { type Duty, dutyOf } from './duty.ts';
import { holdsOn } from './holds.ts';
import { derivation, noticeRun, type Publicity, publicityBetween, publicityFrom } from './publicity.ts';
import { type ReportFacts, reportHash } from './report.ts';
import { composeReport } from './report-reads.ts';
import { Award, Candidate, Contract, SupervisorReport } from './schema.ts';

/** What stands at the head of every page of a lot's result. */
export async function lotHead(em: EntityManager, by: Actor, lot: Lot, project: Project, now: Instant): Promise<LotHead> {
  const nameOf = await namesOf(em, [project.tenderee]);
  const phase = phaseOf(lot.phase);
  const { id, number, name } = lot;
  return {
    id,
    number,
    name,
    phase,
    phaseTitle: phases[phase].title,
    tenderee: nameOf(project.tenderee),
    regionName: regionName(project.region),
    report: await mayReadReport(em, by, { lot, project, now }),
  };
}

/** The written report goes to the supervisor: its host and its supervisor find it, where the line asks for one at all. */
async function mayReadReport(
  em: EntityManager,
  by: Actor,
  { lot, project, now }: { readonly lot: Lot; readonly project: Project; readonly now: Instant },
): Promise<boolean> {
  if (editionOf(lot, project, now).limits.fileReport === undefined) return false;
  return hosts(by, project) || (await supervises(em, by, project));
}

/** Does this reader supervise the region the lot lies in? A regulator of elsewhere reads what everyone reads. */
export const supervises = async (em: EntityManager, by: Actor, project: Project): Promise<boolean> =>
  by.role === 'regulator' && (await seesDrafts(em, by, project));

const said = (rules: readonly Pick<Rule<never>, 'id' | 'source' | 'says'>[]) =>
  rules.map(({ id: rule, source, says }) => ({ rule, source, says }));

/** The candidates of a lot: public once published; before, a preview for the host alone. */
export async function candidatesPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<CandidatesAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const isHost = hosts(by, project);
  const published = lot.candidatesAt ?? null;
  const edition = editionOf(lot, project, now);
  const mayPublish = isHost && leadsOn(edition.phases, lot.phase, 'candidates.published');
  const ground = groundOf(lot, now);
  const report = published !== null || mayPublish ? await em.findOne(EvaluationReport, { lot: id }) : null;
  const answer: CandidatesAnswer = {
    lot: await lotHead(em, by, lot, project, now),
    state: published !== null ? 'public' : mayPublish ? 'preview' : 'not-yet',
    candidates: [],
    totalLabel: totalLabels.score,
    rejected: [],
    figures: [],
    beforeAward: edition.result === undefined,
    publicity: null,
    grounds: edition.rules.publicity.map((rule) => statedBy(rule, ground)),
    duty: null,
    reportSha256: null,
    you: { host: isHost, mayPublish, mayObject: await mayObject(em, by, { lot, edition, now }) },
  };
  if (report === null) return answer;
  const terms = termsOf(lot);
  const recommended = recommendedBy(report.bundle);
  const items = await em.find(OpeningItem, { lot: id });
  const shown = periodOf(lot, edition, terms, now);
  const over = published !== null && now >= shown.until;
  return {
    ...answer,
    candidates: published !== null ? await storedCandidates(em, id) : previewOf(recommended, items, terms.bidForm),
    totalLabel: totalLabels[recommended.rankedBy],
    rejected: [
      ...recommended.rejected.map(({ bid, reason }) => [bid, outWords(reason, terms.items)] as const),
      ...[...(await disqualified(em, id))].map(([bid, reason]) => [bid, notQualified(reason)] as const),
    ].map(([bid, reason]) => ({ submission: bid, name: items.find((item) => item.submission === bid)?.bidderName ?? bid, reason })),
    figures: terms.bidForm.filter((field) => field.read && field.kind !== 'money').map(({ key, label }) => ({ key, label })),
    publicity: {
      from: shown.from,
      until: shown.until,
      days: shown.days,
      last: shown.last,
      over,
      provisional: shown.provisional,
      steps: [...derivation(shown)],
    },
    duty:
      isHost || (await supervises(em, by, project))
        ? publicationDuty(edition.limits.publishCandidates?.by(ground), lot.reportedAt ?? report.concludedAt, published ?? now)
        : null,
    reportSha256: report.sha256,
  };
}

/** The period of publicity: as published, else as if it were published now; of a result that came with the award, the period of its notice. */
function periodOf(lot: Lot, edition: LineEdition, terms: LotTerms, now: Instant): Publicity {
  const from = lot.candidatesAt ?? now;
  if (edition.result) return noticeRun(from, period(edition.result.noticePeriod, groundOf(lot, now)));
  return lot.candidatesAt && lot.publicityUntil
    ? publicityBetween(from, lot.publicityUntil, terms.publicityDays)
    : publicityFrom(from, terms.publicityDays);
}

const publicationDuty = (limit: RuledLimit | undefined, from: Instant, at: Instant): Duty | null =>
  limit ? dutyOf(limit, from, at) : null;

/** Bidders of the lot may object while the candidates are public. */
async function mayObject(
  em: EntityManager,
  by: Actor,
  { lot, edition, now }: { lot: Lot; edition: LineEdition; now: Instant },
): Promise<boolean> {
  if (by.role !== 'bidder' || by.code === null || !allows('raise-objection', lot.phase)) return false;
  if (edition.result || !lot.publicityUntil || now >= lot.publicityUntil) return false;
  return (await peopleOf.bidders(em, lot.id)).includes(by.code);
}

async function storedCandidates(em: EntityManager, lot: string): Promise<CandidateAnswer[]> {
  const rows = await em.find(Candidate, { lot }, { orderBy: { rank: 'asc' } });
  return rows.map(({ rank, submission, bidder, bidderName, price, total, figures }) => ({
    rank,
    submission,
    bidder,
    name: bidderName,
    price: yuan(fen(price)),
    total,
    figures: figures as Record<string, string>,
  }));
}

/** What the panel recommends, as the host sees it before it is public. */
async function recommendedNow(em: EntityManager, lot: Lot, report: EvaluationReport): Promise<CandidateAnswer[]> {
  const items = await em.find(OpeningItem, { lot: lot.id });
  return previewOf(recommendedBy(report.bundle), items, termsOf(lot).bidForm);
}

const previewOf = ({ candidates }: Recommended, items: readonly OpeningItem[], form: LotTerms['bidForm']): CandidateAnswer[] =>
  candidates.map(({ rank, submission, price, total }) => {
    const item = items.find((each) => each.submission === submission);
    const { bidder = '', bidderName: name = '' } = item ?? {};
    return { rank, submission, bidder, name, price, total, figures: bidFigures(openedBid(items, submission), form).figures };
  });

/** The award of a lot: public once determined; to its bidders also the result as it was sent to them, to the host what it may do next. */
export async function awardPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<AwardAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const isHost = hosts(by, project);
  const award = await em.findOne(Award, { lot: id });
  const edition = editionOf(lot, project, now);
  const choosing = leadsOn(edition.phases, lot.phase, 'award.determined');
  // what is not public yet is the host's to choose from
  const mayChoose = isHost && choosing;
  const report = lot.candidatesAt || mayChoose ? await em.findOne(EvaluationReport, { lot: id }) : null;
  const candidates = lot.candidatesAt ? await storedCandidates(em, id) : report ? await recommendedNow(em, lot, report) : [];
  const holds = isHost || (await supervises(em, by, project)) ? await holdsOn(em, id) : [];
  const decide = edition.limits.decideAward?.by(groundOf(lot, now));
  const over = edition.result ? by.role === 'tenderee' : lot.publicityUntil != null && now >= lot.publicityUntil;
  return {
    lot: await lotHead(em, by, lot, project, now),
    candidates,
    totalLabel: totalLabels[report ? recommendedBy(report.bundle).rankedBy : 'score'],
    publicityUntil: lot.publicityUntil ?? null,
    holds: choosing ? [...holds] : [],
    duty: decide && lot.reportedAt && mayChoose ? dutyOf(decide, lot.reportedAt, now) : null,
    award: award && awardFacts(award, lot),
    choices: Object.entries(grounds).map(([value, label]) => ({ value, label })),
    grounds: said([...edition.rules.award, ...underOwnLaw(edition, [nothingHolds, takenInOrder])]),
    notice: lot.resultedAt && award?.notifiedAt ? await ownResult(em, by, lot, award) : null,
    you: {
      host: isHost,
      mayDetermine: mayChoose && over && holds.length === 0,
      mayNotify: isHost && allows('notify-award', lot.phase) && award !== null && !award.notifiedAt,
    },
  };
}

const awardFacts = (award: Award, lot: Lot): AwardAnswer['award'] => ({
  submission: award.submission,
  bidder: award.bidder,
  name: award.bidderName,
  price: yuan(fen(award.price)),
  rank: award.rank,
  reason: award.reason,
  passed: (award.passed as PassedOver[]).map(({ rank, name, ground, explanation }) => ({
    rank,
    name,
    ground: grounds[ground],
    explanation,
  })),
  determinedAt: award.determinedAt,
  notifiedAt: award.notifiedAt ?? null,
  contractUntil: lot.contractUntil ?? null,
});

/** What a bidder of the lot is told of its own bid with the result; nobody is told it of another's. */
async function ownResult(em: EntityManager, by: Actor, lot: Lot, award: Award): Promise<AwardAnswer['notice']> {
  if (by.role !== 'bidder' || by.code === null) return null;
  const item = await em.findOne(OpeningItem, { lot: lot.id, bidder: by.code }, { orderBy: { id: 'desc' } });
  const report = await em.findOne(EvaluationReport, { lot: lot.id });
  if (item === null || report === null) return null;
  const { rows, rejected, rankedBy } = recommendedBy(report.bundle);
  const row = rows.find((each) => each.bid === item.submission);
  const rejection = rejected.find((each) => each.bid === item.submission);
  const unqualified = (await disqualified(em, lot.id)).get(item.submission);
  return {
    name: item.bidderName,
    won: award.bidder === by.code,
    price: item.readAt ? bidFigures(item.bid).price : null,
    rank: row?.rank ?? null,
    total: row === undefined ? null : rankedBy === 'score' ? row.total : row.evaluatedPrice,
    rejectedFor:
      unqualified !== undefined
        ? notQualified(unqualified)
        : rejection !== undefined
          ? outWords(rejection.reason, termsOf(lot).items)
          : item.state === 'invalid'
            ? { zh: '投标文件无效', en: 'the bid was invalid' }
            : null,
  };
}

/** The contract of a lot: what is registered is public, the file itself goes to both sides and to those who watch over them. */
export async function contractPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<ContractAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const isHost = hosts(by, project);
  const award = await em.findOne(Award, { lot: id });
  const contract = await em.findOne(Contract, { lot: id });
  const edition = editionOf(lot, project, now);
  const { says, source, otherwise } = edition.limits.signContract.by(groundOf(lot, now));
  const filing = edition.limits.fileContract?.by(groundOf(lot, now));
  return {
    lot: await lotHead(em, by, lot, project, now),
    winner: award && { code: award.bidder, name: award.bidderName, price: yuan(fen(award.price)) },
    notifiedAt: award?.notifiedAt ?? null,
    contractUntil: lot.contractUntil ?? null,
    terms: award === null ? [] : await mainTerms(em, lot, award),
    contract: contract && {
      number: contract.number,
      price: yuan(fen(contract.price)),
      signedOn: contract.signedOn,
      late:
        lot.contractUntil !== null && lot.contractUntil !== undefined && startOfDay(contract.signedOn as DayString) >= lot.contractUntil,
      sha256: contract.sha256,
      file: contract.fileName ? { name: contract.fileName, bytes: Number(contract.bytes) } : null,
      registeredAt: contract.registeredAt,
      filedAt: contract.filedAt ?? null,
    },
    filing: contract && filing ? dutyOf(filing, startOfDay(contract.signedOn as DayString), contract.filedAt ?? now) : null,
    grounds: said(underOwnLaw(edition, [contractAtAwardPrice, signedAfterNotice])),
    limit: { says, source, otherwise },
    you: {
      host: isHost,
      mayFile: isHost && allows('file-contract', lot.phase) && filing !== undefined && !contract?.filedAt,
      mayRegister: isHost && allows('register-contract', lot.phase) && award !== null && Boolean(award.notifiedAt),
      mayDownload: Boolean(contract?.fileKey) && (await mayReadContract(em, by, project, award)),
      maySign: Boolean(award?.notifiedAt) && (await mayReadContract(em, by, project, award)),
    },
  };
}

const mayReadContract = async (em: EntityManager, by: Actor, project: Project, award: Award | null): Promise<boolean> =>
  hosts(by, project) || (by.role === 'bidder' && by.code !== null && award?.bidder === by.code) || (await supervises(em, by, project));

/** What was read out of the winner's bid, at the price of the award, first of all: the contract's main terms. */
export async function mainTerms(em: EntityManager, lot: Lot, award: Award): Promise<ContractAnswer['terms']> {
  const figures = await awardedFigures(em, lot, award);
  return termsOf(lot).bidForm.flatMap(({ key, label }) => {
    const value = figures[key];
    return value === undefined ? [] : [{ label, value }];
  });
}

/** The same by the keys of the bid form. */
export async function awardedFigures(em: EntityManager, lot: Lot, { submission, price }: Award): Promise<Record<string, string>> {
  const items = await em.find(OpeningItem, { lot: lot.id, submission });
  const { figures } = bidFigures(openedBid(items, submission), termsOf(lot).bidForm);
  const taken = termsOf(lot).bidForm.flatMap(({ key, kind, read }) => {
    const value = kind === 'money' && key === 'price' ? yuan(fen(price)) : figures[key];
    return read && value !== undefined && value !== '' ? [[key, value] as const] : [];
  });
  return Object.fromEntries(taken);
}

/** Where the contract's file lies, for those who may have it; null for everyone else, as if it were not there. */
export async function contractFile(em: EntityManager, by: Actor, id: string) {
  const { lot, project } = await lotFor(em, by, id);
  const contract = await em.findOne(Contract, { lot: lot.id });
  const award = await em.findOne(Award, { lot: lot.id });
  if (!contract?.fileKey || !(await mayReadContract(em, by, project, award))) return null;
  const { fileKey: key, fileName: name, fileType: type, bytes } = contract;
  return { key, name: name ?? '', type: type ?? '', bytes: Number(bytes) };
}

/** The written report, as filed or as it would be filed now; the host's and the supervisor's. Null for everyone else. */
export async function reportPage(em: EntityManager, by: Actor, id: string, now: Instant) {
  const { lot, project } = await lotFor(em, by, id);
  const isHost = hosts(by, project);
  if (!(await mayReadReport(em, by, { lot, project, now }))) return null;
  const filed = await em.findOne(SupervisorReport, { lot: id });
  // what is not filed yet is the host's own draft
  const due = allows('file-report', lot.phase) && editionOf(lot, project, now).limits.fileReport !== undefined;
  const facts = filed !== null ? (filed.facts as ReportFacts) : isHost && due ? await composeReport(em, lot, project) : null;
  const limit = editionOf(lot, project, now).limits.fileReport?.by(groundOf(lot, now));
  if (!limit) return null;
  return {
    lot: await lotHead(em, by, lot, project, now),
    duty: lot.awardedAt ? dutyOf(limit, lot.awardedAt, filed?.filedAt ?? now) : null,
    facts,
    filed: filed && { sha256: filed.sha256, filedAt: filed.filedAt },
    sha256: facts === null ? null : reportHash(facts),
    you: { mayFile: isHost && due && filed === null },
  };
}
export type ReportAnswer = NonNullable<Awaited<ReturnType<typeof reportPage>>>;
