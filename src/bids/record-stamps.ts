import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { Lot } from '../tenders/schema.ts';
import { nothingToRecord } from './problems.ts';
import { Submission, SubmissionStamp } from './schema.ts';
import { lotsToRecord } from './stamp-reads.ts';

/**
 * Puts the time stamps of an opened lot into the journal. Not before: a second entry a moment after each bid, however blinded, would make the
 * journal's length tell how many bids there are. What a stamp proves, it proves by itself.
 */
export const recordStamps = act({
  name: 'record-stamps',
  by: ['system'],
  says: { zh: '记录投标时间戳', en: 'Record the time stamps of the bids' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    if (!lot.openedAt) throw nothingToRecord();
    const parties = new Map((await call.em.find(Submission, { lot: lot.id })).map(({ id, bidder }) => [id, bidder]));
    const order = { orderBy: { submission: 'asc', authority: 'asc' } } as const;
    const stamps = await call.em.find(SubmissionStamp, { submission: { $in: [...parties.keys()] }, recordedAt: null }, order);
    const facts = stamps.map((stamp) => {
      stamp.recordedAt = call.now;
      const { submission, token } = stamp;
      const authority = stamp.authority === 'external' ? 'external' : 'platform';
      return fact('submission.stamped', { lot: lot.id, party: parties.get(submission) ?? '' }, { submission, authority, token });
    });
    const [first, ...more] = facts;
    if (first === undefined) throw nothingToRecord();
    return { result: { recorded: facts.length }, facts: [first, ...more] };
  },
});

export const stampRecordings = clockwork({
  name: 'stamp-recordings',
  act: recordStamps,
  due: async (em) => (await lotsToRecord(em)).map((lot) => ({ lot: lot as Id })),
});
