import type { EntityManager } from '@mikro-orm/postgresql';
import { specialtyTitle } from '../experts/classification.ts';
import { DrawSeat } from '../experts/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { allows, phaseOf, phases } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { inTradeOfEach } from '../tenders/vocabulary-reads.ts';
import type { EvaluationsAnswer } from './answers.ts';
import { maskWords } from './mask.ts';
import { EvaluationReport, PanelMember } from './schema.ts';

/** Seats this person holds now, with their lots. */
export async function seatsOf(em: EntityManager, by: Actor): Promise<readonly { readonly seat: PanelMember; readonly lot: Lot }[]> {
  const holder = by.expert !== null ? { expert: by.expert } : by.user !== null ? { user: by.user, expert: null } : null;
  if (holder === null) return [];
  const seats = await em.find(PanelMember, { ...holder, leftAt: null }, { orderBy: { formedAt: 'desc' }, limit: 200 });
  const lots = new Map((await em.find(Lot, { id: { $in: seats.map((seat) => seat.lot) } })).map((lot) => [lot.id, lot]));
  return seats.flatMap((seat) => {
    const lot = lots.get(seat.lot);
    return lot ? [{ seat, lot }] : [];
  });
}

const hostedPhases = ['opened', 'evaluating', 'halted', 'waiting', 'evaluated'] as const;

/** Lots whose panels this host has to form and wait for; the trading centre sees all of them. */
export async function hostedEvaluations(em: EntityManager, by: Actor): Promise<Lot[]> {
  const own =
    by.role === 'centre'
      ? {}
      : by.role === 'agent' && by.code
        ? { agent: by.code }
        : by.role === 'tenderee' && by.code
          ? { tenderee: by.code }
          : null;
  if (own === null) return [];
  const projects = await em.find(Project, own, { fields: ['id'] });
  return em.find(
    Lot,
    { project: { $in: projects.map((project) => project.id) }, phase: { $in: [...hostedPhases] } },
    { orderBy: { recordClosedAt: 'desc' }, limit: 200 },
  );
}

/** The evaluations somebody has to do with: one's own seats first, then the lots one hosts. */
export async function evaluationsOf(em: EntityManager, by: Actor, now: Instant): Promise<EvaluationsAnswer> {
  const seats = await seatsOf(em, by);
  const reports = new Set(
    (await em.find(EvaluationReport, { lot: { $in: seats.map(({ lot }) => lot.id) } }, { fields: ['lot'] })).map((report) => report.lot),
  );
  const mine = new Set(seats.map(({ lot }) => lot.id));
  const others = (await hostedEvaluations(em, by)).filter((lot) => !mine.has(lot.id));
  const inTrade = await inTradeOfEach(em, [...mine, ...others.map(({ id }) => id)], now);
  const row = (lot: Lot, role: Words, next: Words, href: string) => {
    const { id, number, name } = lot;
    const said = inTrade(id);
    return { lot: id, number, name, phaseTitle: said(phases[phaseOf(lot.phase)].title), role: said(role), next: said(next), href };
  };
  const seated = seats.map(({ seat, lot }) => {
    const role = seat.specialty ? specialtyTitle(seat.specialty) : maskWords(seat.mask);
    return row(lot, role, memberNext(seat, lot, reports.has(lot.id)), `/lots/${lot.id}/evaluation`);
  });
  const hosted = others.map((lot) =>
    row(lot, { zh: '组织方', en: 'Host' }, hostNext(lot), lot.phase === 'opened' ? `/lots/${lot.id}/panel` : `/lots/${lot.id}/evaluation`),
  );
  const calls = by.expert === null ? 0 : await em.count(DrawSeat, { expert: by.expert, state: 'called', answerUntil: { $gt: now } });
  return { rows: [...seated, ...hosted], calls, expert: by.role === 'expert' };
}

function memberNext(seat: PanelMember, lot: Lot, concluded: boolean): Words {
  if (lot.reportedAt) return { zh: '评标报告已提交', en: 'The report is in' };
  if (!seat.declaredAt) return { zh: '签署回避声明', en: 'Sign the declaration' };
  if (waitsForSession(lot)) return { zh: '等待下一信封开标', en: 'The next envelopes wait for their session' };
  if (!lot.evaluationStartedAt) return { zh: '等待评标开始', en: 'The evaluation is about to start' };
  if (!concluded) return { zh: '评审与评分', en: 'Review and score' };
  return seat.signedAt ? { zh: '等待其他成员签署', en: 'Waiting for the other signatures' } : { zh: '签署评标报告', en: 'Sign the report' };
}

/** Between two envelopes there is nothing to judge. */
const waitsForSession = (lot: Lot): boolean => Boolean(lot.evaluationStartedAt && !lot.reportedAt && !allows('review-bid', lot.phase));

function hostNext(lot: Lot): Words {
  if (allows('answer-halt', lot.phase)) return { zh: '答复停止评标的意见', en: 'Answer the panel that has stopped' };
  if (allows('schedule-session', lot.phase))
    return lot.sessionAt
      ? { zh: '等待下一信封开标', en: 'The next session is announced' }
      : { zh: '公布下一信封的开标时间', en: 'Announce the next session' };
  if (lot.reportedAt) return { zh: '公示中标候选人', en: 'Publish the candidates' };
  return lot.evaluationStartedAt
    ? { zh: '评标进行中，依法保密', en: 'The evaluation goes on, in confidence' }
    : { zh: '抽取专家、组建评标委员会', en: 'Draw the experts and form the panel' };
}
