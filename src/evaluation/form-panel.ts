import { z } from 'zod';
import { seatsEmpty } from '../experts/problems.ts';
import { DrawSeat, Expert } from '../experts/schema.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { DrawRequest as DrawRow } from '../openings/schema.ts';
import { Membership, Organisation, User } from '../parties/schema.ts';
import { hostedBy } from '../tenders/host.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { panelExists, representativeUnknown } from './problems.ts';
import { PanelMember } from './schema.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Forms the panel: the experts who accepted, in the order of the draw, and the tenderee's representative where the documents plan one. */
export const formPanel = act({
  name: 'form-panel',
  by: ['agent', 'tenderee'],
  says: { zh: '组建评标委员会', en: 'Form the panel' },
  takes: z.object({ lot: idField, representative: z.string().trim().max(64).optional() }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const project = await hostedBy(call, lot);
    allow('form-panel', lot.phase);
    const { em, now } = call;
    if ((await em.count(PanelMember, { lot: lot.id })) > 0) throw panelExists();
    const { panel } = termsOf(lot);
    const draw = await em.find(
      DrawRow,
      { lot: lot.id, purpose: 'experts', completedAt: { $ne: null } },
      { orderBy: { requestedAt: 'desc' }, limit: 1 },
    );
    const accepted = await em.find(
      DrawSeat,
      { request: draw[0]?.id ?? '', state: 'accepted' },
      { orderBy: { specialty: 'asc', place: 'asc' } },
    );
    if (accepted.length < panel.experts) throw seatsEmpty();
    const people = new Map(
      (await em.find(Expert, { id: { $in: accepted.map((seat) => seat.expert) } })).map((expert) => [expert.id, expert]),
    );
    const experts = accepted.slice(0, panel.experts).map((seat, index) => ({
      member: em.create(PanelMember, {
        id: newId(now),
        lot: lot.id,
        kind: 'expert',
        expert: seat.expert,
        name: people.get(seat.expert)?.name ?? '',
        mask: `专家${letters[index]}`,
        specialty: seat.specialty,
        seat: index + 1,
      }),
      commitment: seat.commitment,
    }));
    const seats = experts.map(({ member, commitment }) => ({
      member: member.id as string,
      kind: 'expert',
      expert: commitment as string | null,
      specialty: member.specialty ?? null,
    }));
    for (let index = panel.experts; index < panel.size; index += 1) {
      const user = await representativeOf(em, project.tenderee, command.representative ?? '');
      const member = em.create(PanelMember, {
        id: newId(now),
        lot: lot.id,
        kind: 'representative',
        user: user.id,
        name: user.name,
        mask: '招标人代表',
        seat: index + 1,
      });
      seats.push({ member: member.id, kind: 'representative', expert: null, specialty: null });
    }
    return { result: { members: seats.length }, facts: [fact('panel.formed', { lot: lot.id }, { seats })] };
  },
});

async function representativeOf(em: Parameters<typeof formPanel.run>[0]['em'], tenderee: string, login: string): Promise<User> {
  const user = await em.findOne(User, { login });
  const organisation = await em.findOne(Organisation, { code: tenderee });
  if (!user || !organisation || (await em.count(Membership, { user: user.id, organisation: organisation.id })) === 0) {
    const says = { zh: '请填写招标人单位用户的登录名。', en: 'Enter the login of a user of the tenderee.' };
    throw representativeUnknown({ fields: [{ path: 'representative', says }] });
  }
  return user;
}
