import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { OpeningItem } from '../openings/schema.ts';
import { currentPart, partFact } from '../tenders/envelopes.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { panelReady } from './panel-ready.ts';
import { startTime } from './panel-time.ts';
import { negotiateFirst, qualificationOpen } from './problems.ts';
import { disqualified, qualificationChecked } from './qualification-reads.ts';

export const startFields = z.object({
  /** how long the panel has, as the tenderee sets it by size and difficulty (Regulation art. 48); empty: the platform's rule */
  hours: z.preprocess((given) => (given === '' ? undefined : given), z.coerce.number().int().min(1).max(720).optional()),
});

/** Starts the evaluation: every seat taken, every declaration signed. From here on the members see each other's names and the bids. */
export const startEvaluation = act({
  name: 'start-evaluation',
  by: ['agent', 'tenderee'],
  says: { zh: '开始评标', en: 'Start the evaluation' },
  takes: startFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    await hostedBy(call, lot);
    allow('start-evaluation', lot.phase);
    if (termsOf(lot).round === 'responses') throw negotiateFirst();
    const members = await panelReady(call, lot);
    const part = currentPart(lot);
    const bids = await call.em.find(OpeningItem, { lot: lot.id, part, state: 'opened' }, { orderBy: { readOrder: 'asc', id: 'asc' } });
    if (termsOf(lot).qualifiedBy === 'host' && !(await qualificationChecked(call.em, lot.id))) throw qualificationOpen();
    const out = await disqualified(call.em, lot.id);
    const judged = bids.filter(({ submission }) => !out.has(submission));
    lot.phase = next(lot.phase, 'evaluation.started');
    lot.evaluationStartedAt ??= call.now;
    lot.judgedPart = part;
    const { until } = await startTime(call, lot.id, part, command.hours);
    lot.judgedFrom = call.now;
    return {
      result: { bids: judged.length },
      facts: [
        fact(
          'evaluation.started',
          { lot: lot.id },
          { ...partFact(termsOf(lot).parts, part), members: members.length, until, bids: judged.map((bid) => bid.submission) },
        ),
      ],
    };
  },
});
