import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { instantField } from '../kernel/clock-fields.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { type Dated, figureRule } from '../rulebook/figure-rule.ts';
import { parameter } from '../rulebook/parameters.ts';
import { nextPart } from '../tenders/envelopes.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { judgedPart } from './part-work.ts';
import { notThisPart, sessionTooSoon } from './problems.ts';
import { PartResult } from './schema.ts';

interface SessionFacts extends Dated {
  readonly now: Instant;
  readonly at: Instant;
}

/** Announced ahead, so that those who go on, those who do not, and the public can be there; the earliest moment is the same day's. */
export const sessionAhead = figureRule<SessionFacts, 'op.session.ahead'>({
  id: 'PART-SESSION',
  key: 'op.session.ahead',
  field: 'at',
  problem: sessionTooSoon,
  refuses: ({ now, at }, minutes) => at < later(now, minutes * 60_000),
});

export const sessionFields = z.object({
  /** empty: as soon as the rule allows */
  at: z.preprocess((given) => (given === '' || given === null ? undefined : given), instantField.optional()),
});

/** Announces when the next envelopes are opened. Announced again, it may only be put off: nobody may miss a session that was moved forward. */
export const scheduleSession = act({
  name: 'schedule-session',
  by: ['agent', 'tenderee'],
  says: { zh: '公布下一信封的开标时间', en: 'Announce when the next envelopes are opened' },
  takes: sessionFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    await hostedBy(call, lot);
    allow('schedule-session', lot.phase);
    const part = nextPart(termsOf(lot).parts, judgedPart(lot));
    const result = await call.em.findOne(PartResult, { lot: lot.id, part: judgedPart(lot) });
    if (part === null || !result?.reportedAt) throw notThisPart();
    const on = dayOf(call.now);
    const at = command.at ?? later(call.now, parameter('op.session.ahead', on) * 60_000);
    uphold([sessionAhead], { on, now: call.now, at: at as Instant });
    if (lot.sessionAt && at < lot.sessionAt) throw sessionTooSoon();
    lot.sessionAt = at as Instant;
    return { result: { part, at }, facts: [fact('session.scheduled', { lot: lot.id }, { part, at })] };
  },
});
