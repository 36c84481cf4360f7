import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, platformRule } from '../rulebook/law.ts';
import { documentName, stagedFile } from '../tenders/document.ts';
import { allow } from '../tenders/phases.ts';
import { Lot, Prequalification } from '../tenders/schema.ts';
import { applicationsClosed, noApplication } from './problems.ts';
import { EntryApplication } from './schema.ts';

/** Compared in the transaction that records the application, by the database's clock, whether or not any worker runs. */
export const whileTaken: Rule<{ readonly now: string; readonly until: string }> = rule({
  id: 'ENTRY-1',
  acts: ['apply-for-prequalification', 'withdraw-prequalification'],
  source: cite(platformRule),
  says: {
    zh: '资格预审申请截止时间后送达的申请，平台拒收；截止前可以替换或者撤回。',
    en: 'An application that arrives at or after the end is refused; until then it may be replaced or withdrawn.',
  },
  problem: applicationsClosed,
  refuses: ({ now, until }) => now >= until,
});

export const applicationFields = z.object({
  statement: z.string().trim().min(4).max(4000),
  contact: z.string().trim().min(4).max(100),
  papers: stagedFile,
});

/** The lot locked, with its notice of prequalification; where there is none, there is nothing to apply for. */
async function takenFor(call: Call, id: string, doing: 'apply-for-prequalification' | 'withdraw-prequalification') {
  const lot = await lock(call, Lot, id);
  allow(doing, lot.phase);
  const { until } = await call.em.findOneOrFail(Prequalification, { lot: lot.id });
  uphold([whileTaken], { now: call.now, until });
  const { code, organisationName } = call.by;
  if (code === null) throw notPermitted();
  return { lot, code, name: organisationName ?? code, before: await call.em.findOne(EntryApplication, { lot: lot.id, party: code }) };
}

/** A supplier applies, or puts another application in the place of its own. That it did nobody else learns before applications close. */
export const applyForPrequalification = act({
  name: 'apply-for-prequalification',
  by: ['bidder'],
  says: { zh: '提交资格预审申请', en: 'Apply for prequalification' },
  takes: applicationFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, code, name, before } = await takenFor(call, command.lot, 'apply-for-prequalification');
    const { papers, statement, contact } = command;
    const { key: fileKey, type, sha256 } = papers;
    const given = {
      name,
      statement,
      contact,
      fileKey,
      fileName: documentName(undefined, papers),
      type,
      bytes: BigInt(papers.bytes),
      sha256,
    };
    const stands = { ...given, receivedAt: call.now, withdrawnAt: null };
    const replaces = before !== null && before.withdrawnAt === null;
    const row = before
      ? call.em.assign(before, stands)
      : call.em.create(EntryApplication, { id: newId(call.now), lot: lot.id, party: code, ...stands });
    const told = { application: row.id, name, sha256, replaces };
    return {
      result: { application: row.id, receivedAt: call.now },
      facts: [fact('application.received', { lot: lot.id, party: code }, told)],
    };
  },
});

/** A supplier takes its application back, without a reason. */
export const withdrawPrequalification = act({
  name: 'withdraw-prequalification',
  by: ['bidder'],
  says: { zh: '撤回资格预审申请', en: 'Withdraw an application for prequalification' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot, code, before } = await takenFor(call, command.lot, 'withdraw-prequalification');
    if (before === null || before.withdrawnAt) throw noApplication();
    before.withdrawnAt = call.now;
    return {
      result: { application: before.id },
      facts: [fact('application.withdrawn', { lot: lot.id, party: code }, { application: before.id })],
    };
  },
});
