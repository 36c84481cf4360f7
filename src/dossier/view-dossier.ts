import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notFound, notPermitted } from '../kernel/problem.ts';
import { regionWatched } from '../parties/reads.ts';
import { Organisation } from '../parties/schema.ts';
import { regionsWithin } from '../rulebook/regions.ts';
import { DossierLook } from './schema.ts';

export const lookFields = z.object({
  ground: z
    .string()
    .trim()
    .min(4, '请写明查看理由，至少四个字。 | Say why you look, in four characters at least.')
    .max(300, '理由过长。 | The ground is too long.'),
});

/** A supervisor looks at the dossier of an organisation of its region. The owner is told who, why and when. */
export const viewDossier = act({
  name: 'view-dossier',
  by: ['regulator'],
  says: { zh: '查看单位档案（留痕）', en: 'Look at a dossier, on record' },
  takes: lookFields.extend({ code: z.string().max(18) }),
  async run(call, { code, ground }) {
    const { user } = call.by;
    if (user === null) throw notPermitted();
    const organisation = await call.em.findOne(Organisation, { code });
    const area = await regionWatched(call.em, call.by);
    if (!organisation || area === null || !regionsWithin(area).includes(organisation.region)) throw notFound();
    const look = { id: newId(call.now), organisation: code, user, office: call.by.organisationName ?? '', ground, at: call.now };
    call.em.create(DossierLook, look);
    return {
      result: { look: look.id },
      facts: [fact('dossier.viewed', { party: code, actor: user }, { organisation: code, ground })],
    };
  },
});
