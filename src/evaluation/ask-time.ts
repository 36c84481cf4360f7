import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { extendedFrom, startTime } from './panel-time.ts';
import { votes } from './panel-vote.ts';
import { judgedPart } from './part-work.ts';
import { EvaluationTime } from './schema.ts';
import { moreThan } from './share.ts';

export const timeFields = z.object({
  reason: z.string().trim().min(4, '请写明需要延长的理由。 | Say why more time is needed.').max(1000),
});

/**
 * A member says that the time is not enough. When more than one third of the members do, it is extended by the rule (Regulation art. 48), in the same
 * transaction, and whoever asks after that asks for a further extension. The end of the time loses nobody's work: it may be asked for afterwards too.
 */
export const askTime = act({
  name: 'ask-time',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '要求延长评标时间', en: 'Ask for more time to evaluate' },
  takes: timeFields.extend({ lot: idField }),
  async run(call, { lot: id, reason }) {
    const lot = await lock(call, Lot, id);
    allow('ask-time', lot.phase);
    const part = judgedPart(lot);
    // an evaluation that began before times were kept has its own from the first who asks
    const time = (await call.em.findOne(EvaluationTime, { lot: lot.id, part })) ?? (await startTime(call, lot.id, part));
    const { member, votes: given, members } = await votes(call, lot, { kind: 'time', round: time.extensions, ground: null, reason });
    const asked = fact('time.asked', { lot: lot.id, member }, { part, member, reason, until: time.until });
    if (!moreThan(parameter('con.evalTime.extend', dayOf(call.now)))(given.length, members))
      return { result: { extended: false, until: time.until }, facts: [asked] };
    const until = extendedFrom(time.until, call.now);
    Object.assign(time, { until, extensions: time.extensions + 1, overtimeAt: null });
    const extended = fact('time.extended', { lot: lot.id }, { part, until, asked: given.length, members });
    return { result: { extended: true, until }, facts: [asked, extended] };
  },
});
