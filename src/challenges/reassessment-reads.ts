import type { EntityManager } from '@mikro-orm/postgresql';
import { lotHead, supervises } from '../awards/reads.ts';
import { disqualified } from '../evaluation/qualification-reads.ts';
import { groundNames, reopeningGrounds } from '../evaluation/reopening.ts';
import { standingReport } from '../evaluation/report-version.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { OpeningItem } from '../openings/schema.ts';
import { holderOf } from '../parties/certify.ts';
import { termsOf } from '../tenders/lot.ts';
import { allows } from '../tenders/phases.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import type { ReassessmentAnswer } from './answers.ts';
import { Objection } from './schema.ts';

/** What can be evaluated again, and on which grounds this reader may order it now; for anyone else there is no such page. */
export async function reassessmentPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<ReassessmentAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const office = (await supervises(em, by, project)) ? 'regulator' : hosts(by, project) ? 'host' : null;
  if (office === null || by.code === null || !allows('order-reassessment', lot.phase)) throw notFound();
  const { version, sha256: was } = await standingReport(em, lot.id);
  const { items, criteria } = termsOf(lot);
  const part = lot.judgedPart ?? 'whole';
  const opened = await em.find(OpeningItem, { lot: lot.id, part, state: 'opened' }, { orderBy: { readOrder: 'asc', id: 'asc' } });
  const out = await disqualified(em, lot.id);
  const objections = await em.find(Objection, { lot: lot.id, stage: 'candidates' }, { orderBy: { raisedAt: 'asc' } });
  const judged = (row: { readonly part?: string | undefined }): boolean => row.part === undefined || row.part === part;
  return {
    lot: await lotHead(em, by, lot, project, now),
    grounds: groundNames
      .filter((name) => reopeningGrounds[name].by === office && (reopeningGrounds[name].phases as readonly string[]).includes(lot.phase))
      .map((value) => ({ value, label: reopeningGrounds[value].says, source: reopeningGrounds[value].source })),
    bids: opened
      .filter(({ submission }) => !out.has(submission))
      .map(({ submission, bidderName }) => ({ value: submission, label: { zh: bidderName, en: bidderName } })),
    items: items.filter(judged).map((row) => ({ value: row.id, label: row.title })),
    criteria: criteria.filter(judged).map((row) => ({ value: row.id, label: row.title })),
    order: { version: version + 1, was, by: by.code, signer: holderOf(by).holder },
    objections: office === 'host' ? objections.map((row) => ({ id: row.id, text: `${row.partyName}：${row.text.slice(0, 60)}` })) : [],
  };
}
