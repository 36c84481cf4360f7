import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import type { Words } from '../kernel/words.ts';
import { type DayString, startOfDay } from '../kernel/working-days.ts';
import type { RuledLimit } from '../rulebook/figure-rule.ts';
import { cite, tenderingLaw, tenderingRegulation } from '../rulebook/law.ts';
import type { TimeLimits } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allows } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { holdsOn } from './holds.ts';
import { Award, Contract, SupervisorReport } from './schema.ts';

const why = (limit: RuledLimit): Words => ({ zh: `${limit.source.zh}：${limit.says.zh}`, en: `${limit.source.en}: ${limit.says.en}` });

/** What waits for this actor about candidates, award, contract and report. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<Todo[]> {
  if (by.code === null) return [];
  if (by.role === 'agent' || by.role === 'tenderee') return hostTodos(em, by.role, by.code, now);
  return by.role === 'bidder' ? winnerTodos(em, by.code, now) : [];
}

provideTodo('awards', todo);

async function hostTodos(em: EntityManager, role: 'agent' | 'tenderee', code: string, now: Instant): Promise<Todo[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select l.id from lot l join project p on p.id = l.project left join supervisor_report r on r.lot = l.id
     where p.${role} = ? and (l.phase in ('evaluated', 'publicity', 'awarded') or (l.phase = 'contracted' and (r.id is null or exists (select from contract c where c.lot = l.id and c.filed_at is null)))) order by l.id limit 200`,
    [code],
  );
  const lots = await em.find(Lot, { id: { $in: rows.map((row) => row.id) } });
  const projects = new Map((await em.find(Project, { id: { $in: lots.map((lot) => lot.project) } })).map((each) => [each.id, each]));
  const awards = new Map((await em.find(Award, { lot: { $in: lots.map((lot) => lot.id) } })).map((each) => [each.lot, each]));
  const filed = new Set((await em.find(SupervisorReport, { lot: { $in: lots.map((lot) => lot.id) } })).map((each) => each.lot));
  const unfiled = new Map(
    (await em.find(Contract, { lot: { $in: lots.map((lot) => lot.id) }, filedAt: null })).map((each) => [each.lot, each]),
  );
  const todos: Todo[] = [];
  for (const lot of lots) {
    const project = projects.get(lot.project);
    if (!project) continue;
    const { limits, agreement } = editionOf(lot, project, now);
    if (agreement) continue;
    const held = allows('determine-award', lot.phase) && (await holdsOn(em, lot.id)).length > 0;
    todos.push(
      ...lotTodos(lot, limits, {
        by: role,
        now,
        held,
        notified: Boolean(awards.get(lot.id)?.notifiedAt),
        filed: filed.has(lot.id),
        contract: unfiled.get(lot.id),
      }),
    );
  }
  return todos;
}

interface Standing {
  readonly by: 'agent' | 'tenderee';
  readonly now: Instant;
  readonly held: boolean;
  readonly notified: boolean;
  readonly filed: boolean;
  /** the registered contract whose copy was not filed */
  readonly contract: Contract | undefined;
}

function lotTodos(lot: Lot, limits: TimeLimits, { by, now, held, notified, filed, contract: unfiled }: Standing): Todo[] {
  const ground = groundOf(lot, now);
  const [fileReport, publishCandidates, decideAward] = [limits.fileReport, limits.publishCandidates, limits.decideAward].map((each) =>
    each?.by(ground),
  );
  const at = `/lots/${lot.id}`;
  const about = lot.name;
  const report = (): Todo[] =>
    filed || !lot.awardedAt || !fileReport
      ? []
      : [
          {
            due: fileReport.due(lot.awardedAt).due,
            what: { zh: '向行政监督部门提交书面报告', en: 'File the written report with the supervisor' },
            about,
            why: why(fileReport),
            otherwise: fileReport.otherwise,
            href: `${at}/report`,
            action: { zh: '去提交', en: 'File' },
          },
        ];
  if (lot.phase === 'evaluated' && lot.reportedAt && decideAward)
    return held || by !== 'tenderee' ? [] : [{ ...determine(about, at), ...inTime(decideAward, lot.reportedAt) }];
  if (lot.phase === 'evaluated' && lot.reportedAt && publishCandidates)
    return [
      {
        due: publishCandidates.due(lot.reportedAt).due,
        what: { zh: '公示中标候选人', en: 'Publish the candidates' },
        about,
        why: why(publishCandidates),
        otherwise: publishCandidates.otherwise,
        href: `${at}/candidates`,
        action: { zh: '去公示', en: 'Publish' },
      },
    ];
  if (lot.phase === 'publicity') return held || !lot.publicityUntil || now < lot.publicityUntil ? [] : [determine(about, at)];
  if (lot.phase === 'awarded') return [notified ? contract(lot, limits.signContract.by(ground), at) : notify(about, at), ...report()];
  const filing = limits.fileContract?.by(ground);
  const copy = filing && unfiled ? [copyToFile(lot, filing, startOfDay(unfiled.signedOn as DayString), at)] : [];
  return lot.phase === 'contracted' ? [...report(), ...copy] : [];
}

const inTime = (limit: RuledLimit, from: Instant): Pick<Todo, 'due' | 'what' | 'why' | 'otherwise'> => ({
  due: limit.due(from).due,
  what: { zh: '收到评标报告，确定中标人', en: 'The report is in: determine the winner' },
  why: why(limit),
  otherwise: limit.otherwise,
});

const determine = (about: string, at: string): Todo => ({
  due: null,
  what: { zh: '公示期满，确定中标人', en: 'Publicity is over: determine the winner' },
  about,
  why: cite(tenderingRegulation, '55'),
  otherwise: { zh: '不得无正当理由不确定中标人；投标有效期届满后投标人可不再受约束', en: 'bids stop binding when their validity ends' },
  href: `${at}/award`,
  action: { zh: '去定标', en: 'Determine' },
});

const notify = (about: string, at: string): Todo => ({
  due: null,
  what: { zh: '发出中标通知书，并同时将结果通知全部投标人', en: 'Notify the winner and, at the same time, all bidders' },
  about,
  why: cite(tenderingLaw, '45'),
  otherwise: { zh: '不发出中标通知书的，由行政监督部门责令改正', en: 'the supervisor orders it to be done' },
  href: `${at}/award`,
  action: { zh: '去发出', en: 'Notify' },
});

const contract = (lot: Lot, limit: RuledLimit, at: string): Todo => ({
  due: lot.contractUntil ?? null,
  what: { zh: '与中标人订立书面合同并登记', en: 'Sign the contract with the winner and register it' },
  about: lot.name,
  why: why(limit),
  otherwise: limit.otherwise,
  href: `${at}/contract`,
  action: { zh: '去登记', en: 'Register' },
});

const copyToFile = (lot: Lot, limit: RuledLimit, signed: Instant, at: string): Todo => ({
  due: limit.due(signed).due,
  what: { zh: '将合同副本报同级财政部门备案', en: 'File a copy of the contract with the finance department' },
  about: lot.name,
  why: why(limit),
  otherwise: limit.otherwise,
  href: `${at}/contract`,
  action: { zh: '去报备', en: 'File' },
});

async function winnerTodos(em: EntityManager, code: string, now: Instant): Promise<Todo[]> {
  const awards = await em.find(Award, { bidder: code, notifiedAt: { $ne: null } }, { orderBy: { notifiedAt: 'desc' }, limit: 200 });
  const lots = await em.find(Lot, { id: { $in: awards.map((each) => each.lot) }, phase: 'awarded' });
  const todos: Todo[] = [];
  for (const lot of lots) {
    const project = await em.findOneOrFail(Project, { id: lot.project });
    const signContract = editionOf(lot, project, now).limits.signContract.by(groundOf(lot, now));
    todos.push({
      due: lot.contractUntil ?? null,
      what: { zh: '与招标人订立书面合同', en: 'Sign the written contract with the tenderee' },
      about: lot.name,
      why: why(signContract),
      otherwise: signContract.otherwise,
      href: `/lots/${lot.id}/award`,
      action: { zh: '看中标通知', en: 'See the award' },
    });
  }
  return todos;
}
