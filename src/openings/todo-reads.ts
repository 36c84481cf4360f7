import type { EntityManager } from '@mikro-orm/postgresql';
import { Submission } from '../bids/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import type { Words } from '../kernel/words.ts';
import { dayOf } from '../kernel/working-days.ts';
import { regionWatched } from '../parties/reads.ts';
import { cite, electronicOrder, tenderingLaw } from '../rulebook/law.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameter, parameterInForce, type UniformKeyOf } from '../rulebook/parameters.ts';
import { liesWithin } from '../rulebook/regions.ts';
import type { Council } from '../sealing/council.ts';
import { currentPart, isLast } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { readingPurpose } from './reading-draw.ts';
import { orderIsDrawn } from './reading-state.ts';
import { stageOf } from './record.ts';
import { CouncilRow, CouncilTask, DrawRequest as DrawRow, OpeningItem } from './schema.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const hall: Words = { zh: '进入大厅', en: 'Enter the hall' };
const hallOf = (lot: Lot): string => `/lots/${lot.id}/hall`;

/** What an opening asks of somebody: to be there, to read, to confirm, to watch, to give a share. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  if (by.code === null) return [];
  if (by.role === 'agent' || by.role === 'tenderee') return hostTodos(em, by.role, by.code, now);
  if (by.role === 'bidder') return bidderTodos(em, by.code, now);
  if (by.role === 'regulator') return regulatorTodos(em, by, now);
  return by.role === 'trustee' ? trusteeTodos(em, by, now) : [];
}
provideTodo('openings', todo);

/** The moment by which a platform rule expects it, with the rule as the ground. */
function limited(key: UniformKeyOf<'minute'>, from: Instant, now: Instant): { due: Instant; why: Words } {
  const row = parameterInForce(key, dayOf(now));
  const says = sentence(row);
  const why = { zh: `${row.source.zh}：${says.zh}`, en: `${row.source.en}: ${says.en}` };
  return { due: later(from, parameter(key, dayOf(now)) * minute), why };
}

async function hostTodos(em: EntityManager, role: 'agent' | 'tenderee', code: string, now: Instant): Promise<Todo[]> {
  const projects = await em.find(Project, role === 'agent' ? { agent: code } : { tenderee: code }, { fields: ['id'] });
  const lots = await em.find(
    Lot,
    { project: { $in: projects.map((each) => each.id) }, phase: 'opening' },
    { orderBy: { openedAt: 'asc' } },
  );
  const items = await em.find(
    OpeningItem,
    { lot: { $in: lots.map((lot) => lot.id) } },
    { fields: ['lot', 'part', 'submission', 'state', 'readAt'] },
  );
  const asked = await em.find(DrawRow, { lot: { $in: lots.map((lot) => lot.id) }, purpose: { $in: ['parameters', readingPurpose] } });
  const draws = asked.filter((each) => each.purpose === 'parameters');
  return lots.flatMap((lot) => {
    const own = items.filter((item) => item.lot === lot.id && item.part === currentPart(lot));
    const draw = draws.find((each) => each.lot === lot.id);
    const order = asked.find((each) => each.lot === lot.id && each.purpose === readingPurpose && each.part === currentPart(lot));
    const stage = stageOf({
      started: true,
      sealed: own.filter((item) => item.state === 'sealed').length,
      unordered: orderIsDrawn(lot, own) && !order?.completedAt,
      unread: own.filter((item) => item.state === 'opened' && !item.readAt).length,
      drawDone: Boolean(draw?.completedAt) || !isLast(termsOf(lot).parts, currentPart(lot)),
      recordClosed: false,
    });
    const last =
      own.map((item) => item.readAt).reduce((a, b) => (b && (!a || b > a) ? b : a), null) ?? order?.completedAt ?? lot.openedAt ?? now;
    if (stage === 'reading') return [read(lot, limited('op.reading.maxIdle', last as Instant, now))];
    if (stage === 'record') return [confirm(lot, limited('op.record.confirm.limit', (draw?.completedAt ?? last) as Instant, now))];
    return [];
  });
}

const read = (lot: Lot, limit: { due: Instant; why: Words }): Todo => ({
  ...limit,
  what: { zh: '逐家唱标', en: 'Read the bids out, one by one' },
  about: lot.name,
  otherwise: { zh: '停顿过久，系统自动继续唱标。', en: 'After a long pause the platform reads on by itself.' },
  href: hallOf(lot),
  action: { zh: '去唱标', en: 'Read' },
});

const confirm = (lot: Lot, limit: { due: Instant; why: Words }): Todo => ({
  ...limit,
  what: { zh: '确认开标记录', en: 'Confirm the opening record' },
  about: lot.name,
  otherwise: { zh: '没有待答复的异议时，系统到时自动确认。', en: 'With no objection waiting, the platform confirms it by itself.' },
  href: hallOf(lot),
  action: { zh: '去确认', en: 'Confirm' },
});

/** Of its own bids only; nobody else's are ever asked about. */
async function bidderTodos(em: EntityManager, code: string, now: Instant): Promise<Todo[]> {
  const bids = await em.find(
    Submission,
    { bidder: code, status: 'current' },
    { fields: ['lot'], orderBy: { receivedAt: 'desc' }, limit: 200 },
  );
  const lots = await em.find(Lot, { id: { $in: bids.map((bid) => bid.lot) }, phase: { $in: ['bidding', 'closed', 'opening'] } });
  const attended = await em.find(OpeningItem, { lot: { $in: lots.map((lot) => lot.id) }, bidder: code, attendedAt: { $ne: null } });
  const there = new Set(
    attended.filter((item) => lots.some((lot) => lot.id === item.lot && currentPart(lot) === item.part)).map((item) => item.lot),
  );
  const soon = lots.filter((lot) => lot.phase !== 'bidding' || (lot.deadline && lot.deadline < later(now, 2 * day)));
  return soon
    .filter((lot) => !there.has(lot.id))
    .map((lot) => ({
      // once it is under way nothing is late: it goes on with or without one
      due: lot.phase === 'bidding' ? (lot.deadline ?? null) : null,
      what: lot.phase === 'opening' ? { zh: '开标签到', en: 'Sign in to the opening' } : { zh: '参加开标', en: 'Be at the opening' },
      about: lot.name,
      why: cite(tenderingLaw, '35'),
      otherwise: {
        zh: '不签到不影响开标和您的投标；对开标的异议须当场提出。',
        en: 'The opening goes on and your bid counts all the same; objections to it are made on the spot.',
      },
      href: hallOf(lot),
      action: hall,
    }));
}

async function regulatorTodos(em: EntityManager, by: Actor, now: Instant): Promise<Todo[]> {
  const area = await regionWatched(em, by);
  if (area === null) return [];
  const lots = await em.find(
    Lot,
    { $or: [{ phase: { $in: ['closed', 'opening'] } }, { phase: 'bidding', deadline: { $lt: later(now, day) } }] },
    { orderBy: { deadline: 'asc' }, limit: 200 },
  );
  const projects = await em.find(Project, { id: { $in: lots.map((lot) => lot.project) } }, { fields: ['id', 'region'] });
  const inside = new Set(projects.filter((project) => liesWithin(project.region, area)).map((project) => project.id));
  return lots
    .filter((lot) => inside.has(lot.project))
    .map((lot) => ({
      due: lot.phase === 'bidding' ? (lot.deadline ?? null) : null,
      what:
        lot.phase === 'bidding'
          ? { zh: '监督开标', en: 'Watch the opening' }
          : { zh: '监督正在进行的开标', en: 'Watch the opening that goes on' },
      about: lot.name,
      why: cite(electronicOrder, '29'),
      otherwise: { zh: '开标照常进行，全过程留痕，可事后查看。', en: 'It goes on without you; everything is on record.' },
      href: hallOf(lot),
      action: hall,
    }));
}

/** A trustee's program answers by itself; when it does not, its institution is told. */
async function trusteeTodos(em: EntityManager, by: Actor, now: Instant): Promise<Todo[]> {
  const waiting = await em.find(CouncilTask, { combinedAt: null }, { orderBy: { askedAt: 'asc' }, limit: 100 });
  const councils = await em.find(CouncilRow, { id: { $in: [...new Set(waiting.map((task) => task.council))] } });
  const lots = new Map((await em.find(Lot, { id: { $in: waiting.map((task) => task.lot) } })).map((lot) => [lot.id, lot]));
  const given = await em.execute<{ task: string; trustee: number }[]>(
    'select s.task, s.trustee from council_share s join council_task t on t.id = s.task where t.combined_at is null',
  );
  return waiting.flatMap((task) => {
    const council = councils.find((row) => row.id === task.council)?.body as Council | undefined;
    const own = council?.trustees.find((trustee) => trustee.name === by.organisationName);
    const lot = lots.get(task.lot);
    if (!own || !lot || given.some((share) => share.task === task.id && share.trustee === own.index)) return [];
    return [share(lot, limited('op.council.limit', task.askedAt, now))];
  });
}

const share = (lot: Lot, limit: { due: Instant; why: Words }): Todo => ({
  ...limit,
  what: {
    zh: '托管程序尚未给出份额，请检查其运行或当场给出',
    en: 'Your custodian has not given its share: see that it runs, or give it by hand',
  },
  about: lot.name,
  otherwise: {
    zh: '其他托管人达到门限即可开启；达不到时开标等待。',
    en: 'Enough other trustees open without you; without enough of them the opening waits.',
  },
  href: '/shares',
  action: { zh: '当场给出份额', en: 'Give it by hand' },
});
