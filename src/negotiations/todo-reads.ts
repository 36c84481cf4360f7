import type { EntityManager } from '@mikro-orm/postgresql';
import { sittingMembers } from '../evaluation/member-reads.ts';
import { seatsOf } from '../evaluation/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import type { Words } from '../kernel/words.ts';
import { termsOf } from '../tenders/lot.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import type { Phase } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { LastOfferPlace } from './schema.ts';

interface Asked {
  readonly lot: Lot;
  readonly what: Words;
  readonly otherwise: Words;
  readonly action: Words;
}

/** What a negotiation asks of somebody: the buyer starts it and asks for last offers, the group talks, a supplier makes its own offer. */
async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  const talks = [...(await talksAsked(em, by)), ...(await callsAsked(em, by)), ...(await startsAsked(em, by))];
  const offers = await offersAsked(em, by);
  const lots = [...talks, ...offers].map(({ lot }) => lot.project);
  const projects = new Map((await em.find(Project, { id: { $in: lots } })).map((each) => [each.id, each]));
  const entry = ({ lot, ...asked }: Asked, due: Instant | null, to: string): Todo[] => {
    const project = projects.get(lot.project);
    const plan = project && editionOf(lot, project, now).negotiation;
    return plan ? [{ ...asked, due, about: lot.name, why: plan.source, href: `/lots/${lot.id}/${to}` }] : [];
  };
  return [
    ...talks.flatMap((asked) => entry(asked, null, 'negotiation')),
    ...offers.flatMap((asked) => entry(asked, asked.lot.deadline ?? null, 'bids')),
  ];
}
provideTodo('negotiations', todo);

const open: Words = { zh: '打开', en: 'Open' };

async function talksAsked(em: EntityManager, by: Actor): Promise<readonly Asked[]> {
  const what = { zh: '与每家供应商谈判，确认谈判记录', en: 'Talk to each supplier and confirm the minutes' };
  const otherwise = { zh: '不能要求最后报价。', en: 'No last offers can be asked for.' };
  const seats = await seatsOf(em, by);
  return seats
    .filter(({ seat, lot }) => seat.declaredAt && lot.phase === 'negotiating')
    .map(({ lot }) => ({ lot, what, otherwise, action: open }));
}

async function callsAsked(em: EntityManager, by: Actor): Promise<readonly Asked[]> {
  const what = { zh: '主持谈判，要求最后报价', en: 'See the talks through, then ask for last offers' };
  const otherwise = { zh: '采购不能继续。', en: 'The procurement does not go on.' };
  return (await hostedIn(em, by, 'negotiating')).map((lot) => ({ lot, what, otherwise, action: open }));
}

/** The group is whole and has declared: its host starts the talks. */
async function startsAsked(em: EntityManager, by: Actor): Promise<readonly Asked[]> {
  const what = { zh: '开始谈判', en: 'Start the negotiation' };
  const otherwise = { zh: '小组在等待。', en: 'The group waits.' };
  const asked: Asked[] = [];
  for (const lot of await hostedIn(em, by, 'opened')) {
    const { round, panel } = termsOf(lot);
    if (round !== 'responses') continue;
    const members = await sittingMembers(em, lot.id);
    if (members.length < panel.size || members.some(({ declaredAt }) => !declaredAt)) continue;
    asked.push({ lot, what, otherwise, action: { zh: '去开始', en: 'Start' } });
  }
  return asked;
}

/** Lots of this host in one phase. */
async function hostedIn(em: EntityManager, by: Actor, phase: Phase): Promise<readonly Lot[]> {
  if ((by.role !== 'agent' && by.role !== 'tenderee') || by.code === null) return [];
  const projects = await em.find(Project, by.role === 'agent' ? { agent: by.code } : { tenderee: by.code });
  return em.find(Lot, { project: { $in: projects.map(({ id }) => id) }, phase });
}

async function offersAsked(em: EntityManager, by: Actor): Promise<readonly Asked[]> {
  if (by.role !== 'bidder' || by.code === null) return [];
  const what = { zh: '密封递交最后报价', en: 'Seal and submit your last offer' };
  const otherwise = { zh: '逾期不再接收，视为退出。', en: 'Nothing is taken after the time: it counts as leaving.' };
  const places = await em.find(LastOfferPlace, { bidder: by.code });
  const lots = await em.find(Lot, { id: { $in: places.map((place) => place.lot) }, phase: 'bidding' });
  return lots.map((lot) => ({ lot, what, otherwise, action: { zh: '去递交', en: 'Go' } }));
}
