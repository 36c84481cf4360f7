import type { EntityManager } from '@mikro-orm/postgresql';
import { EntryApplication } from '../bids/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import { cite, platformRule } from '../rulebook/law.ts';
import { editionFor, type LineEdition } from '../tenders/line.ts';
import { providePeople } from '../tenders/lot-people.ts';
import { allows, phaseOf, phases } from '../tenders/phases.ts';
import { hosts, namesOf, seesDrafts } from '../tenders/reads.ts';
import { Lot, Prequalification, Project } from '../tenders/schema.ts';
import type { PrequalificationAnswer } from './invitation-answers.ts';

providePeople({ invited: async (em, lot, party) => (await em.count(EntryApplication, { lot, party, outcome: 'invited' })) > 0 });

type Outcome = 'invited' | 'not-drawn' | 'not-qualified';

/** The lot, its notice of prequalification and what its line asks; for those who may see what there is of them. */
async function found(em: EntityManager, by: Actor, id: string, now: Instant) {
  const lot = await em.findOne(Lot, { id });
  const project = lot && (await em.findOneOrFail(Project, { id: lot.project }));
  const entry = lot && project && editionFor(project, lot.edition, now).entry;
  if (!lot || !project || !entry) throw notFound();
  const notice = await em.findOne(Prequalification, { lot: id });
  if (!notice && !(await seesDrafts(em, by, project))) throw notFound();
  return { lot, project, entry, notice, host: hosts(by, project) };
}

/** May this reader see who applied: the host once applications have closed, anyone once the opening has started. */
const seesApplications = (lot: Lot, host: boolean): boolean => Boolean(lot.openedAt) || (host && Boolean(lot.applicationsClosedAt));

/** The page of a prequalification (GET /lots/:lot/prequalification). */
export async function prequalificationPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<PrequalificationAnswer> {
  const { lot, project, entry, notice, host } = await found(em, by, id, now);
  const sees = seesApplications(lot, host);
  const rows = sees ? await em.find(EntryApplication, { lot: id, withdrawnAt: null }, { orderBy: { receivedAt: 'asc', id: 'asc' } }) : [];
  const own = by.role === 'bidder' && by.code !== null ? await em.findOne(EntryApplication, { lot: id, party: by.code }) : null;
  const phase = phaseOf(lot.phase);
  const asked = Boolean(notice?.witnesses);
  const taking = notice !== null && now < notice.until && allows('apply-prequalification', phase);
  return {
    lot: { id, number: lot.number, name: lot.name, phase, phaseTitle: phases[phase].title, phaseSays: phases[phase].says },
    tenderee: (await namesOf(em, [project.tenderee]))(project.tenderee),
    notice: notice && shownNotice(notice, entry),
    noticePublished: Boolean(lot.publishedAt),
    grounds: entry.grounds.map((each) => ({ value: each.id, label: each.title, source: each.source })),
    rules: [...entry.notice, ...entry.draw].map(({ id: rule, source, says }) => ({ rule, source, says })),
    own: own && shownOwn(own),
    applications: rows.map((row) => shownApplication(row, host)),
    witnesses: sees ? [...(notice?.witnesses ?? [])] : [],
    you: {
      host,
      mayPublish: host && allows('publish-prequalification', phase),
      mayApply: taking && by.role === 'bidder' && by.code !== null,
      mayJudge: host && !asked && allows('judge-applications', phase),
      mayDraw: host && !asked && Boolean(notice?.judgedAt) && allows('draw-invitations', phase),
      mayInvite: host && phase === 'inviting',
      seesApplications: sees,
    },
  };
}

function shownNotice(notice: Prequalification, entry: NonNullable<LineEdition['entry']>): NonNullable<PrequalificationAnswer['notice']> {
  const { publishedAt, until, invited, reason, scope, conditions } = notice;
  const ground = entry.grounds.find((each) => each.id === notice.ground)?.title ?? { zh: notice.ground, en: notice.ground };
  return { publishedAt, until, invited, ground, reason, scope, conditions: [...conditions] };
}

const fileOf = ({ fileName, bytes, sha256 }: EntryApplication) => ({ name: fileName, bytes: Number(bytes), sha256 });
const outcomeOf = ({ outcome }: EntryApplication): Outcome | null => (outcome ?? null) as Outcome | null;

/** What it was found to be an applicant learns when it is told the outcome, and not before. */
function shownOwn(row: EntryApplication): NonNullable<PrequalificationAnswer['own']> {
  const { receivedAt, statement, contact, withdrawnAt } = row;
  const outcome = outcomeOf(row);
  const reason = outcome === null ? null : (row.reason ?? null);
  return { receivedAt, withdrawn: Boolean(withdrawnAt), statement, contact, file: fileOf(row), outcome, reason };
}

function shownApplication(row: EntryApplication, host: boolean): PrequalificationAnswer['applications'][number] {
  const { id, name, party: code, receivedAt, statement, contact, pass = null, reason = null } = row;
  const papers = host ? { statement, contact, file: fileOf(row) } : null;
  return { id, name, code, receivedAt, papers, pass, reason, outcome: outcomeOf(row) };
}

/** The file of an application: for the applicant, and for the host once applications have closed. */
export async function applicationFile(em: EntityManager, by: Actor, id: string, application: string, now: Instant) {
  const { lot, host } = await found(em, by, id, now);
  const row = await em.findOne(EntryApplication, { id: application, lot: id });
  const own = row !== null && by.role === 'bidder' && by.code === row.party;
  if (!row || !(own || (host && lot.applicationsClosedAt && !row.withdrawnAt))) throw notFound();
  return { key: row.fileKey, name: row.fileName, type: row.type, bytes: Number(row.bytes) };
}

/** What a prequalification waits for: the host's findings, its draw and its invitation. */
async function todo(em: EntityManager, by: Actor): Promise<readonly Todo[]> {
  if ((by.role !== 'agent' && by.role !== 'tenderee') || by.code === null) return [];
  const own = by.role === 'agent' ? { agent: by.code } : { tenderee: by.code };
  const projects = await em.find(Project, own, { fields: ['id'], orderBy: { registeredAt: 'desc' }, limit: 500 });
  const lots = await em.find(Lot, { project: { $in: projects.map(({ id }) => id) }, phase: { $in: ['qualifying', 'inviting'] } });
  const notices = await em.find(Prequalification, { lot: { $in: lots.map(({ id }) => id) } });
  return lots.flatMap((lot) => {
    const notice = notices.find((each) => each.lot === lot.id);
    return notice?.witnesses && lot.phase === 'qualifying' ? [] : [hostTodo(lot, Boolean(notice?.judgedAt))];
  });
}
provideTodo('invitations', todo);

function hostTodo(lot: Lot, judged: boolean): Todo {
  const inviting = lot.phase === 'inviting';
  const what = inviting
    ? { zh: '向抽定的供应商同时发出邀请', en: 'Invite those drawn, all at once' }
    : judged
      ? { zh: '抽取受邀的供应商', en: 'Draw whom to invite' }
      : { zh: '审查资格预审申请', en: 'Judge the applications' };
  return {
    due: null,
    what,
    about: lot.name,
    why: cite(platformRule),
    otherwise: { zh: '未完成的，不能进入投标。', en: 'Until then nobody can bid.' },
    href: inviting ? `/lots/${lot.id}/draft?step=7` : `/lots/${lot.id}/prequalification`,
    action: { zh: '去办理', en: 'Go on' },
  };
}
