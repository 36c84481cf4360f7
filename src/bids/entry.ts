import { type Call, lock } from '../kernel/act.ts';
import { notPermitted } from '../kernel/problem.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, platformRule } from '../rulebook/law.ts';
import { allow } from '../tenders/phases.ts';
import { Lot, Prequalification } from '../tenders/schema.ts';
import { applicationsClosed } from './problems.ts';
import { EntryApplication } from './schema.ts';

/** Compared in the transaction that records the application, by the database's clock, whether or not any worker runs. */
export const whileTaken: Rule<{ readonly now: string; readonly until: string }> = rule({
  id: 'ENTRY-1',
  acts: ['apply-prequalification', 'withdraw-prequalification'],
  source: cite(platformRule),
  says: {
    zh: '资格预审申请截止时间后送达的申请，平台拒收；截止前可以替换或者撤回。',
    en: 'An application that arrives at or after the end is refused; until then it may be replaced or withdrawn.',
  },
  problem: applicationsClosed,
  refuses: ({ now, until }) => now >= until,
});

/** The lot locked, with its notice of prequalification; where there is none, there is nothing to apply for. */
export async function takenFor(call: Call, id: string, doing: 'apply-prequalification' | 'withdraw-prequalification') {
  const lot = await lock(call, Lot, id);
  allow(doing, lot.phase);
  const { until } = await call.em.findOneOrFail(Prequalification, { lot: lot.id });
  uphold([whileTaken], { now: call.now, until });
  const { code, organisationName } = call.by;
  if (code === null) throw notPermitted();
  return { lot, code, name: organisationName ?? code, before: await call.em.findOne(EntryApplication, { lot: lot.id, party: code }) };
}
