import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notFound, notPermitted } from '../kernel/problem.ts';
import { identityFields } from './identity.ts';
import { about, officeOf } from './officials.ts';
import { Expert, IdentityLook } from './schema.ts';

export const purposeField = z
  .string()
  .trim()
  .min(4, '请写明查看事由，至少四个字。 | Say why you look, in four characters at least.')
  .max(500);

export const lookFields = z.object({
  fields: z.preprocess(
    (given) => (typeof given === 'string' ? [given] : (given ?? [])),
    z.array(z.enum(identityFields)).min(1, '请选择要查看的内容。 | Choose what to look at.'),
  ),
  purpose: purposeField,
});

/**
 * An official looks at identity data in clear: who, what, why and when stand in the journal and on the expert's own page. The act itself shows
 * nothing; what it opens is read for a few minutes at the address of the look (look-reads.ts).
 */
export const viewIdentity = act({
  name: 'view-identity',
  by: ['regulator', 'centre'],
  says: { zh: '查看专家身份信息（留痕）', en: 'Look at identity data, on record' },
  takes: lookFields.extend({ expert: idField }),
  async run(call, { expert: id, fields, purpose }) {
    if (call.by.user === null) throw notPermitted();
    const expert = await call.em.findOne(Expert, { id }, { fields: ['id'] });
    if (!expert) throw notFound();
    const look = { id: newId(call.now), fields: [...new Set(fields)], purpose, office: officeOf(call) };
    call.em.create(IdentityLook, { ...look, expert: expert.id, by: call.by.user, name: call.by.name, at: call.now });
    return {
      result: { look: look.id },
      facts: [
        fact('expert.identity.viewed', about(call, expert.id), { expert: expert.id, fields: look.fields, purpose, office: look.office }),
      ],
    };
  },
});
