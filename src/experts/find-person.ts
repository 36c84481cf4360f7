import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { residentNumberField } from '../parties/person.ts';
import { expertByNumber } from './identity-reads.ts';
import { about, officeOf } from './officials.ts';
import { purposeField } from './view-identity.ts';

export const searchFields = z.object({ idNumber: residentNumberField, purpose: purposeField });

/** Finds a record by the resident number, which goes neither into an address nor into the journal. */
export const findPerson = act({
  name: 'find-person',
  by: ['regulator', 'centre'],
  says: { zh: '按身份证号查找专家（留痕）', en: 'Find an expert by resident number, on record' },
  takes: searchFields,
  async run(call, { idNumber, purpose }) {
    const expert = await expertByNumber(call.em, idNumber);
    const subject = expert === null ? { ...(call.by.user === null ? {} : { actor: call.by.user }) } : about(call, expert);
    return { result: { expert }, facts: [fact('expert.sought', subject, { found: expert !== null, purpose, office: officeOf(call) })] };
  },
});
