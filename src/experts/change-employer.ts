import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { notPermitted } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { codeField } from '../parties/code.ts';
import { type FormerEmployer, withLeft } from './employment.ts';
import { requiredDay } from './expert.ts';
import { about } from './officials.ts';
import { dayInTheFuture, nothingToChange } from './problems.ts';
import { Expert } from './schema.ts';

export const employmentFields = z.object({
  /** the new employer, or one that was left and is missing on the record */
  which: z.enum(['present', 'former']),
  employer: codeField,
  employerName: z.string().trim().min(2).max(200),
  /** the last day at the employer left: the old one, where there is a new one */
  until: requiredDay,
});

/**
 * An expert states where it works now, or where it worked before. An employer once on the record stays among the former ones: it binds for years, and
 * whoever could strike it out could take itself out of a recusal.
 */
export const changeEmployer = act({
  name: 'change-employer',
  by: ['expert'],
  says: { zh: '申报工作单位', en: 'State one’s employer' },
  takes: employmentFields,
  async run(call, { which, employer: code, employerName: name, until }) {
    if (call.by.expert === null) throw notPermitted();
    const expert = await lock<Expert>(call, Expert, call.by.expert);
    if (until > dayOf(call.now)) throw dayInTheFuture({ fields: [{ path: 'until', says: dayInTheFuture().title }] });
    const former = (expert.formerEmployers as FormerEmployer[] | null) ?? [];
    if (which === 'present') {
      if (code === expert.employer) throw nothingToChange();
      expert.formerEmployers = withLeft(former, { code: expert.employer, name: expert.employerName, until });
      expert.employer = code;
      expert.employerName = name;
    } else expert.formerEmployers = withLeft(former, { code, name, until });
    const what = which === 'present' ? ['employer', 'formerEmployers'] : ['formerEmployers'];
    return { result: {}, facts: [fact('expert.record.changed', about(call, expert.id), { expert: expert.id, what })] };
  },
});
