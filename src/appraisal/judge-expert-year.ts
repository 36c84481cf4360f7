import { z } from 'zod';
import { about, refuseOwnMatter } from '../experts/officials.ts';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { bestVerdict, betterThan, type ReviewPeriod, type Verdict, verdicts, type YearFigures } from './annual.ts';
import { figuresOf } from './figure-reads.ts';
import { lockYear, ofYear } from './lock-year.ts';
import { pointsUndecided, verdictTooGood, yearOutOfTurn } from './problems.ts';

export const verdictFields = z.object({
  verdict: z.enum(verdicts),
  reason: z.string().trim().min(4, '请写明理由，至少四个字。 | State why, in four characters at least.').max(1000),
});

/** The centre gives its verdict, with reasons, and the expert is told. It may be worse than the figures ask for, never better; nothing follows from it yet. */
export const judgeExpertYear = act({
  name: 'judge-expert-year',
  by: ['centre'],
  says: { zh: '作出年度考核结论', en: 'Give the verdict of an annual review' },
  takes: verdictFields.extend({ entry: idField }),
  async run(call, { entry: id, verdict, reason }) {
    const year = await lockYear(call, id);
    const { entry, expert, review } = year;
    await refuseOwnMatter(call, expert.id);
    if (entry.state !== 'open') throw yearOutOfTurn();
    const figures = await upheldFigures(call, expert.id, review, verdict);
    Object.assign(entry, { state: 'told', verdict, reason, figures, toldBy: call.by.user, toldAt: call.now });
    return {
      result: { state: entry.state },
      facts: [fact('annual.told', about(call, expert.id), { ...ofYear(year), verdict, reason, figures: { ...figures } })],
    };
  },
});

/** The figures as they stand now; refuses a verdict that they do not bear, or that hangs on points somebody has yet to decide about. */
export async function upheldFigures(call: Call, expert: string, period: ReviewPeriod, verdict: Verdict): Promise<YearFigures> {
  const figures = await figuresOf(call.em, expert, period);
  if (figures.contested > 0) throw pointsUndecided();
  const best = bestVerdict(figures, dayOf(call.now));
  const [ground] = best.grounds;
  if (betterThan(verdict, best.verdict)) throw verdictTooGood({ fields: [{ path: 'verdict', says: ground ?? verdictTooGood().title }] });
  return figures;
}
