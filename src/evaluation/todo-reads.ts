import type { EntityManager } from '@mikro-orm/postgresql';
import { DrawSeat } from '../experts/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import type { Words } from '../kernel/words.ts';
import { dayOf } from '../kernel/working-days.ts';
import { cite, evaluationOrder, procurementOrder, tenderingLaw, tenderingRegulation } from '../rulebook/law.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameterInForce } from '../rulebook/parameters.ts';
import { isBlind } from '../tenders/blind.ts';
import { termsOf } from '../tenders/lot.ts';
import { allows } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { panelWork } from './bundle-reads.ts';
import { sittingMembers } from './member-reads.ts';
import { judgedPart } from './part-work.ts';
import { hostedEvaluations, seatsOf } from './reads.ts';
import { sessionLimit } from './schedule-session.ts';
import { Enquiry, EvaluationReport, type PanelMember, PartResult, PartSignature } from './schema.ts';
import { allOpened, newestSheets, sheetTimeFrom } from './sheet-reads.ts';
import { sheetUntil } from './sheet-rounds.ts';

/** What an evaluation asks of somebody: a member declares, judges, concludes and signs; a host forms the panel and starts. */
export async function todo(em: EntityManager, by: Actor): Promise<readonly Todo[]> {
  const own: Todo[] = [];
  for (const { seat, lot } of await seatsOf(em, by)) own.push(...(await memberTodos(em, seat, lot)));
  own.push(...(await enquiryTodos(em, by)));
  if (by.role !== 'agent' && by.role !== 'tenderee') return own;
  for (const lot of await hostedEvaluations(em, by))
    own.push(...(allows('schedule-session', lot.phase) ? await sessionTodos(em, lot) : lot.reportedAt ? [] : await hostTodos(em, lot)));
  return own;
}
provideTodo('evaluation', todo);

/** A bidder that the panel has asked. */
async function enquiryTodos(em: EntityManager, by: Actor): Promise<Todo[]> {
  if (by.role !== 'bidder' || by.code === null) return [];
  const open = await em.find(Enquiry, { bidder: by.code, state: 'open' }, { orderBy: { answerUntil: 'asc' } });
  const lots = new Map((await em.find(Lot, { id: { $in: open.map(({ lot }) => lot) } })).map((lot) => [lot.id, lot]));
  return open.flatMap((enquiry) => {
    const lot = lots.get(enquiry.lot);
    if (!lot || !allows('answer-enquiry', lot.phase)) return [];
    const correction = enquiry.kind === 'correction';
    return {
      due: enquiry.answerUntil,
      what: { zh: '答复评标委员会', en: 'Answer the panel' },
      about: lot.name,
      why: cite(evaluationOrder, correction ? '19' : '19, 21'),
      otherwise: correction
        ? { zh: '视为不确认修正，投标被否决。', en: 'Counts as not confirming the correction: the bid is out.' }
        : { zh: '视为没有答复，由评标委员会按投标文件评审。', en: 'Counts as no answer; the panel judges by the bid alone.' },
      href: `/lots/${lot.id}/enquiries`,
      action: { zh: '去答复', en: 'Answer' },
    };
  });
}

const entry = (lot: Lot, what: Words, why: Words, otherwise: Words, action: Words, href = `/lots/${lot.id}/evaluation`): Todo => ({
  due: null,
  what,
  about: lot.name,
  why,
  otherwise,
  href,
  action,
});

async function memberTodos(em: EntityManager, seat: PanelMember, lot: Lot): Promise<Todo[]> {
  if (lot.reportedAt || lot.failedAt) return [];
  if (!seat.declaredAt && !allows('declare-recusal', lot.phase)) return [];
  if (!seat.declaredAt)
    return [
      entry(
        lot,
        { zh: '签署回避声明', en: 'Sign the recusal declaration' },
        cite(tenderingLaw, '37'),
        { zh: '评标不能开始。', en: 'The evaluation cannot start.' },
        { zh: '去声明', en: 'Declare' },
      ),
    ];
  if (!lot.evaluationStartedAt || !allows('review-bid', lot.phase)) return [];
  const turn = await partTodo(em, seat, lot);
  if (turn) return turn;
  if ((await em.count(EvaluationReport, { lot: lot.id })) > 0)
    return seat.signedAt
      ? []
      : [
          entry(
            lot,
            { zh: '签署评标报告', en: 'Sign the evaluation report' },
            cite(tenderingRegulation, '53'),
            { zh: '评标报告不能提交，候选人不能公示。', en: 'The report is not complete; the candidates cannot be published.' },
            { zh: '去签署', en: 'Sign' },
            `/lots/${lot.id}/evaluation?view=result`,
          ),
        ];
  const awaited = await sheetTodo(em, seat, lot);
  if (awaited) return awaited;
  const { progress } = await panelWork(em, lot);
  const mine = progress.members.find((each) => each.member === seat.id);
  const left = mine ? mine.reviews.of - mine.reviews.done + mine.scores.of - mine.scores.done : 0;
  const blind = isBlind(lot, termsOf(lot), judgedPart(lot));
  const conclude: Words = blind
    ? { zh: '揭晓暗标', en: 'Lay the pseudonyms open' }
    : { zh: '汇总评分，计算排序', en: 'Conclude and compute the ranking' };
  const work: Words = { zh: `评审与评分，余 ${left} 项`, en: `Review and score, ${left} to go` };
  if (left === 0 && !progress.complete) return [];
  return [
    entry(
      lot,
      left > 0 ? work : conclude,
      cite(evaluationOrder, '22, 35'),
      { zh: '评标停在这里，其他成员等待。', en: 'The evaluation stands still; the other members wait.' },
      left > 0 ? { zh: '去评审', en: 'To the desk' } : blind ? { zh: '去揭晓', en: 'To the desk' } : { zh: '去汇总', en: 'Conclude' },
      left > 0 ? undefined : `/lots/${lot.id}/evaluation?view=result`,
    ),
  ];
}

/** Where sheets are sealed and not open yet: one's own is to be handed in, or the others' are awaited. Null once all are open. */
async function sheetTodo(em: EntityManager, seat: PanelMember, lot: Lot): Promise<Todo[] | null> {
  const { sheets: rule } = termsOf(lot);
  if (!rule || !lot.judgedFrom) return null;
  const members = await sittingMembers(em, lot.id);
  const sheets = await newestSheets(em, lot, members);
  if (allOpened(lot, members, sheets)) return null;
  if (sheets.has(seat.id)) return [];
  return [
    {
      ...entry(
        lot,
        { zh: '填写并密封递交评审表', en: 'Fill in your sheet, seal it and hand it in' },
        cite(tenderingRegulation, '48'),
        { zh: '全体成员等待；逾期未递交的予以更换。', en: 'The others wait; whoever hands nothing in is replaced.' },
        { zh: '去评审', en: 'To the desk' },
      ),
      due: sheetUntil(sheetTimeFrom(lot, seat), rule.hours),
    },
  ];
}

/** An envelope before the last whose result stands: it is to be signed. Null while there is work, or with the last one. */
async function partTodo(em: EntityManager, seat: PanelMember, lot: Lot): Promise<Todo[] | null> {
  const part = judgedPart(lot);
  if ((await em.count(PartResult, { lot: lot.id, part })) === 0) return null;
  if ((await em.count(PartSignature, { lot: lot.id, part, member: seat.id })) > 0) return [];
  return [
    entry(
      lot,
      { zh: '签署本信封评审结果', en: 'Sign the result of this envelope' },
      cite(evaluationOrder, '27'),
      { zh: '下一信封不能开标。', en: 'The next envelopes cannot be opened.' },
      { zh: '去签署', en: 'Sign' },
      `/lots/${lot.id}/evaluation?view=result`,
    ),
  ];
}

async function sessionTodos(em: EntityManager, lot: Lot): Promise<Todo[]> {
  const result = await em.findOne(PartResult, { lot: lot.id, part: judgedPart(lot) });
  if (lot.sessionAt || !result?.reportedAt) return [];
  const row = parameterInForce('op.session.limit', dayOf(result.reportedAt));
  const says = sentence(row);
  return [
    {
      ...entry(
        lot,
        { zh: '公布下一信封的开标时间', en: 'Announce when the next envelopes are opened' },
        { zh: `${row.source.zh}：${says.zh}`, en: `${row.source.en}: ${says.en}` },
        { zh: '逾期由系统公布，次日开标。', en: 'The platform announces it, for the day after.' },
        { zh: '去公布', en: 'Announce' },
        `/lots/${lot.id}/envelopes`,
      ),
      due: sessionLimit(result.reportedAt),
    },
  ];
}

async function hostTodos(em: EntityManager, lot: Lot): Promise<Todo[]> {
  if (allows('answer-halt', lot.phase))
    return [
      entry(
        lot,
        { zh: '答复停止评标的意见', en: 'Answer the panel that has stopped' },
        cite(procurementOrder, '65'),
        { zh: '评标不能继续。', en: 'The evaluation cannot go on.' },
        { zh: '去答复', en: 'Answer' },
      ),
    ];
  const { panel } = termsOf(lot);
  const members = await sittingMembers(em, lot.id);
  const accepted = await em.find(DrawSeat, { lot: lot.id, state: 'accepted' });
  const seated = members.filter((member) => !member.drawSeat || accepted.some((seat) => seat.id === member.drawSeat));
  const experts = seated.filter((member) => member.kind === 'expert').length;
  const waiting = accepted.length - experts;
  const page = `/lots/${lot.id}/panel`;
  if (seated.length < panel.size) {
    if (waiting < panel.experts - experts) return [];
    return [
      entry(
        lot,
        { zh: '组建评标委员会', en: 'Form the panel' },
        cite(tenderingLaw, '37'),
        { zh: '评标不能开始。', en: 'The evaluation cannot go on.' },
        { zh: '去组建', en: 'Form' },
        page,
      ),
    ];
  }
  if (!allows('start-evaluation', lot.phase) || members.some((member) => !member.declaredAt)) return [];
  // first responses are negotiated on, not judged: what they wait for the negotiations' room says
  if (termsOf(lot).round === 'responses') return [];
  return [
    entry(
      lot,
      { zh: '开始评标', en: 'Start the evaluation' },
      cite(tenderingLaw, '38'),
      { zh: '评标委员会在等待。', en: 'The panel waits.' },
      { zh: '去开始', en: 'Start' },
      page,
    ),
  ];
}
