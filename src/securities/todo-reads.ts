import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import { collectingAccount } from '../ledger/reads.ts';
import { regionWatched } from '../parties/reads.ts';
import { cite, platformRule, procurementOrder, tenderingRegulation } from '../rulebook/law.ts';
import { regionsWithin } from '../rulebook/regions.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { dueRefunds } from './due-reads.ts';
import { contestableUntil } from './forfeiture.ts';
import { Forfeiture } from './schema.ts';

/** What waits about securities: the bank's refunds and, of lots with a result, the host's; the bidder's and the tenderee's part of a kept one. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  if (by.code === null) return [];
  if (by.role === 'bank') return bankTodos(em, by.code, now);
  if (by.role === 'tenderee' || by.role === 'agent') return [...(await hostTodos(em, by.role, by.code, now)), ...(await answers(em, by))];
  if (by.role === 'regulator') return overdue(em, by, now);
  return by.role === 'bidder' ? contests(em, by.code, now) : [];
}
provideTodo('securities', todo);

const refundLaw = {
  zh: `${cite(tenderingRegulation, '57').zh}；${cite(procurementOrder, '38').zh}`,
  en: `${cite(tenderingRegulation, '57').en}; ${cite(procurementOrder, '38').en}`,
};

async function bankTodos(em: EntityManager, code: string, now: Instant): Promise<readonly Todo[]> {
  const collection = await collectingAccount(em);
  if (collection?.bank !== code) return [];
  const [first] = await dueRefunds(em, now);
  return first ? [{ ...refund(first.dueBy), about: collection.holder, href: '/securities' }] : [];
}

const refund = (due: Instant): Omit<Todo, 'about' | 'href'> => ({
  due,
  what: { zh: '按期退还投标保证金', en: 'Return the bid securities in time' },
  why: refundLaw,
  otherwise: { zh: '逾期预警；政府采购项目另付超期资金占用费', en: 'the supervisor is alerted; in procurement the delay is charged' },
  action: { zh: '查看', en: 'See' },
});

/** The duty is the host's; it is told of it once the result is public, when nobody's bid is a secret any more. */
async function hostTodos(em: EntityManager, role: 'tenderee' | 'agent', code: string, now: Instant): Promise<readonly Todo[]> {
  const projects = await em.find(Project, role === 'agent' ? { agent: code } : { tenderee: code }, { fields: ['id'] });
  const lots = await resulted(
    em,
    projects.map(({ id }) => id),
  );
  return (await earliestDue(em, lots, now)).map(({ lot, due }) => ({ ...refund(due), about: lot.name, href: `/lots/${lot.id}/security` }));
}

/** A refund that is late reaches the supervisor: of lots whose result is public, in its region, from the first moment too late on. */
async function overdue(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  const area = await regionWatched(em, by);
  if (area === null) return [];
  const projects = await em.find(Project, { region: { $in: [...regionsWithin(area)] } }, { fields: ['id'] });
  const lots = await resulted(
    em,
    projects.map(({ id }) => id),
  );
  const late = (await earliestDue(em, lots, now)).filter(({ due }) => now >= due);
  return late.map(({ lot, due }) => ({
    due,
    what: { zh: '督促退还逾期的投标保证金', en: 'See that bid securities that are overdue go back' },
    about: lot.name,
    why: refundLaw,
    otherwise: { zh: '投标人的资金继续被占用', en: 'The bidders’ money stays where it is' },
    href: `/supervision/lots/${lot.id}`,
    action: { zh: '查看', en: 'See' },
  }));
}

const resulted = (em: EntityManager, projects: readonly string[]): Promise<Lot[]> =>
  em.find(Lot, { project: { $in: [...projects] }, resultedAt: { $ne: null }, openedAt: { $ne: null } });

/** By when the first of the refunds of each lot is due; what is kept is no refund. */
async function earliestDue(
  em: EntityManager,
  lots: readonly Lot[],
  now: Instant,
): Promise<readonly { readonly lot: Lot; readonly due: Instant }[]> {
  if (lots.length === 0) return [];
  const earliest = new Map<string, Instant>();
  for (const { lot, why, dueBy } of await dueRefunds(em, now))
    if (lot !== null && why !== 'kept' && !earliest.has(lot)) earliest.set(lot, dueBy);
  return lots.flatMap((lot) => {
    const due = earliest.get(lot.id);
    return due ? [{ lot, due }] : [];
  });
}

async function contests(em: EntityManager, code: string, now: Instant): Promise<readonly Todo[]> {
  const rows = await em.find(Forfeiture, { bidder: code, objectedAt: null, liftedAt: null });
  return rows
    .filter(({ decidedAt }) => now < contestableUntil(decidedAt))
    .map(({ lot, decidedAt, amount: _ }) => ({
      due: contestableUntil(decidedAt),
      what: { zh: '投标保证金被决定不予退还，可以提出异议', en: 'Your security is to be kept: you may object' },
      about: '',
      why: cite(platformRule),
      otherwise: { zh: '期满未提出的，划转招标人。', en: 'Without an objection it goes to the tenderee.' },
      href: `/lots/${lot}/security`,
      action: { zh: '去查看', en: 'See' },
    }));
}

async function answers(em: EntityManager, by: Actor): Promise<readonly Todo[]> {
  if (by.role !== 'tenderee') return [];
  const rows = await em.find(Forfeiture, { objectedAt: { $ne: null }, answeredAt: null });
  const lots = await em.find(Lot, { id: { $in: rows.map(({ lot }) => lot) } });
  const projects = await em.find(Project, { id: { $in: lots.map(({ project }) => project) }, tenderee: by.code ?? '' }, { fields: ['id'] });
  const own = new Set(projects.map(({ id }) => id));
  return lots
    .filter(({ project }) => own.has(project))
    .map(({ id, name }) => ({
      due: null,
      what: { zh: '答复对不予退还保证金的异议', en: 'Answer the objection to a kept security' },
      about: name,
      why: cite(platformRule),
      otherwise: { zh: '答复前不划转。', en: 'Until then nothing is transferred.' },
      href: `/lots/${id}/security`,
      action: { zh: '去答复', en: 'Answer' },
    }));
}
