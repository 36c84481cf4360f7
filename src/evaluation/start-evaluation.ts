import { z } from 'zod';
import { seatsEmpty } from '../experts/problems.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { OpeningItem } from '../openings/schema.ts';
import { hostedBy } from '../tenders/host.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { declareFirst, memberRecused } from './problems.ts';
import { PanelMember } from './schema.ts';

/** Starts the evaluation: every seat taken, every declaration signed. From here on the members see each other's names and the bids. */
export const startEvaluation = act({
  name: 'start-evaluation',
  by: ['agent', 'tenderee'],
  says: { zh: '开始评标', en: 'Start the evaluation' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    await hostedBy(call, lot);
    allow('start-evaluation', lot.phase);
    const members = await call.em.find(PanelMember, { lot: lot.id });
    if (members.length < termsOf(lot).panel.size) throw seatsEmpty();
    if (members.some((member) => member.recusedFor)) throw memberRecused();
    if (members.some((member) => !member.declaredAt)) throw declareFirst();
    const bids = await call.em.find(OpeningItem, { lot: lot.id, state: 'opened' }, { orderBy: { id: 'asc' } });
    lot.phase = next(lot.phase, 'evaluation.started');
    lot.evaluationStartedAt = call.now;
    return {
      result: { bids: bids.length },
      facts: [fact('evaluation.started', { lot: lot.id }, { members: members.length, bids: bids.map((bid) => bid.submission) })],
    };
  },
});
