import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { consequenceOf } from './enquiry-consequence.ts';
import { enquiryOver, noSuchEnquiry } from './problems.ts';
import { Enquiry } from './schema.ts';

/** Silence is an answer too: of a correction, that it is not confirmed. */
export const lapseEnquiry = act({
  name: 'lapse-enquiry',
  by: ['system'],
  says: { zh: '澄清逾期未答复', en: 'Close an enquiry that was not answered in time' },
  takes: z.object({ enquiry: idField }),
  async run(call, command) {
    const found = await call.em.findOne(Enquiry, { id: command.enquiry });
    if (!found) throw noSuchEnquiry();
    const lot = await lock(call, Lot, found.lot);
    const enquiry = await lock(call, Enquiry, found.id);
    allow('lapse-enquiry', lot.phase);
    if (enquiry.state !== 'open' || call.now < enquiry.answerUntil) throw enquiryOver();
    enquiry.state = 'lapsed';
    const lapsed = fact('enquiry.lapsed', { lot: lot.id, party: enquiry.bidder }, { enquiry: enquiry.id, bid: enquiry.submission });
    return { result: { state: 'lapsed' }, facts: [lapsed, ...(await consequenceOf(call, enquiry))] };
  },
});

export const unansweredEnquiries = clockwork({
  name: 'unanswered-enquiries',
  act: lapseEnquiry,
  async due(em, now) {
    const rows = await em.execute<{ id: string }[]>(
      `select e.id from enquiry e join lot on lot.id = e.lot where e.state = 'open' and e.answer_until <= ? and lot.phase = 'evaluating' order by e.answer_until, e.id`,
      [now],
    );
    return rows.map(({ id }) => ({ enquiry: id as Id }));
  },
});
