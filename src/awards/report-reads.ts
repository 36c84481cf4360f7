import type { EntityManager } from '@mikro-orm/postgresql';
import { EvaluationReport } from '../evaluation/schema.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, yuan } from '../kernel/money.ts';
import { OpeningItem } from '../openings/schema.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot, Project } from '../tenders/schema.ts';
import { recommendedBy } from './candidates.ts';
import { challengesOf } from './holds.ts';
import type { ReportFacts } from './report.ts';
import { Award, Candidate, Contract } from './schema.ts';

/** Puts the report together from what stands in the rooms now. Only for lots that are awarded or have failed: nothing of it is sealed then. */
export async function composeReport(em: EntityManager, lot: Lot, project: Project): Promise<ReportFacts> {
  const terms = termsOf(lot);
  const items = await em.find(OpeningItem, { lot: lot.id });
  const evaluation = await em.findOne(EvaluationReport, { lot: lot.id });
  const candidates = await em.find(Candidate, { lot: lot.id }, { orderBy: { rank: 'asc' } });
  const award = await em.findOne(Award, { lot: lot.id });
  const contract = await em.findOne(Contract, { lot: lot.id });
  const rejected = evaluation?.outcome === 'ranked' ? recommendedBy(evaluation.bundle).rejected.length : 0;
  return {
    format: 'yangguang/supervisor-report/v1',
    lot: { id: lot.id, number: lot.number, name: lot.name, edition: lot.edition ?? '' },
    project: {
      number: project.number,
      name: project.name,
      approvalNumber: project.approvalNumber,
      approvedBy: project.approvedBy,
      tenderee: project.tenderee,
      agent: project.agent ?? null,
    },
    scope: terms.scope,
    ceiling: terms.ceiling,
    method: terms.methodOffer.title,
    bids: { counted: items.length, opened: items.filter((item) => item.state === 'opened').length, rejected },
    panel: { size: terms.panel.size, experts: terms.panel.experts, evaluationSha256: evaluation?.sha256 ?? null },
    candidates: candidates.map(({ rank, bidder, bidderName, price, total }) => ({
      rank,
      bidder,
      name: bidderName,
      price: yuan(fen(price)),
      total,
    })),
    award: award && {
      bidder: award.bidder,
      name: award.bidderName,
      price: yuan(fen(award.price)),
      rank: award.rank,
      reason: award.reason,
    },
    contract: contract && {
      number: contract.number,
      price: yuan(fen(contract.price)),
      signedOn: contract.signedOn,
      sha256: contract.sha256,
    },
    failedFor: lot.failedFor ?? null,
    challenges: await challengesOf(em, lot.id),
    moments: momentsOf(lot),
  };
}

const momentNames = [
  'publishedAt',
  'deadline',
  'openedAt',
  'recordClosedAt',
  'evaluationStartedAt',
  'reportedAt',
  'candidatesAt',
  'publicityUntil',
  'awardedAt',
  'resultedAt',
  'contractedAt',
  'failedAt',
] as const;

const momentsOf = (lot: Lot): Record<string, Instant> =>
  Object.fromEntries(
    momentNames.flatMap((name) => {
      const at = lot[name];
      return at ? [[name, at]] : [];
    }),
  );
