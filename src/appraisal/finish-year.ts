import { about, officeOf } from '../experts/officials.ts';
import { takeStanding } from '../experts/take-standing.ts';
import { fact } from '../journal/event.ts';
import type { Call, Facts } from '../kernel/act.ts';
import { dayOf } from '../kernel/working-days.ts';
import { standingAfter, type Verdict, type YearFigures } from './annual.ts';
import { type LockedYear, ofYear } from './lock-year.ts';

interface Final {
  readonly verdict: Verdict;
  /** null where nobody asked for a recheck */
  readonly reason: string | null;
  /** counted anew; null where those of the verdict stand */
  readonly figures: YearFigures | null;
}

/** A verdict is final: what the rules say of it happens to the expert's standing, by the same step by which an official changes one. */
export async function finishYear(call: Call, year: LockedYear, { verdict, reason, figures }: Final): Promise<Facts> {
  const { entry, expert, review } = year;
  Object.assign(entry, { state: 'final', decidedAt: call.now });
  const before = verdict === 'unfit' ? await unfitBefore(call, expert.id, review.year) : 0;
  const present = { status: expert.status, until: expert.suspendedUntil ?? null };
  const next = standingAfter(verdict, before + 1, present, dayOf(call.now));
  const subject = about(call, expert.id);
  const final = fact('annual.final', subject, { ...ofYear(year), verdict, reason, figures: figures === null ? null : { ...figures } });
  if (next === null) return [final];
  const ground = `${review.year}年度考核不合格 · found unfit in the annual review of ${review.year}`;
  return [final, await takeStanding(call, expert, { ...next, ground, office: officeOf(call) })];
}

/** How many final verdicts before this one, one after the other, found the expert unfit. A review it had no part in breaks nothing. */
async function unfitBefore(call: Call, expert: string, year: number): Promise<number> {
  const rows = await call.em.execute<{ verdict: Verdict }[]>(
    `select coalesce(e.rechecked, e.verdict) as verdict from expert_year e join annual_review r on r.id = e.review
     where e.expert = ? and e.state = 'final' and r.year < ? order by r.year desc`,
    [expert, year],
  );
  const other = rows.findIndex(({ verdict }) => verdict !== 'unfit');
  return other < 0 ? rows.length : other;
}
