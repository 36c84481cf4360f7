import { z } from 'zod';
import { maskOf } from '../experts/call.ts';
import { seatsEmpty } from '../experts/problems.ts';
import { byCall } from '../experts/reads.ts';
import { DrawSeat, Expert } from '../experts/schema.ts';
import { standingOn } from '../experts/standing.ts';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { Membership, Organisation, User } from '../parties/schema.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { sittingMembers } from './member-reads.ts';
import { panelExists, representativeUnknown } from './problems.ts';
import { PanelMember } from './schema.ts';

/** Logins, as a program sends them or as a form's one field holds them. */
const logins = z.preprocess(
  (given) => (typeof given === 'string' ? given.split(/[\s,，、;；]+/).filter((part) => part !== '') : given),
  z.array(z.string().max(64)).max(20).optional(),
);
export const panelFields = z.object({ representative: logins });

/**
 * Forms the panel: the experts who accepted, and the tenderee's representatives where the documents plan them. Done again, it fills the
 * seats of those who left meanwhile.
 */
export const formPanel = act({
  name: 'form-panel',
  by: ['agent', 'tenderee'],
  says: { zh: '组建评标委员会', en: 'Form the panel' },
  takes: panelFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const project = await hostedBy(call, lot);
    allow('form-panel', lot.phase);
    const { panel } = termsOf(lot);
    const drawn = await call.em.find(DrawSeat, { lot: lot.id });
    const sitting = await stillSeated(call, lot.id, drawn);
    const free = Array.from({ length: panel.size }, (_, at) => at + 1).filter((seat) => !sitting.some((member) => member.seat === seat));
    if (free.length === 0) throw panelExists();
    const experts = await seatExperts(
      call,
      lot,
      drawn,
      sitting,
      free.filter((seat) => seat <= panel.experts),
    );
    const others = await seatRepresentatives(call, lot, project.tenderee, {
      seats: free.filter((seat) => seat > panel.experts),
      logins: command.representative ?? [],
      sitting,
    });
    const members = [...sitting, ...experts, ...others].sort((a, b) => a.seat - b.seat);
    const commitments = new Map(drawn.map((seat) => [seat.id, seat.commitment]));
    const seats = members.map(({ id, kind, drawSeat, specialty }) => ({
      member: id,
      kind,
      expert: (drawSeat && commitments.get(drawSeat)) || null,
      specialty: specialty ?? null,
    }));
    return { result: { members: members.length }, facts: [fact('panel.formed', { lot: lot.id }, { seats })] };
  },
});

/** Those who sit on; an expert whose draw another one has replaced sits no more. */
async function stillSeated(call: Call, lot: string, drawn: readonly DrawSeat[]): Promise<PanelMember[]> {
  const accepted = new Set(drawn.filter((seat) => seat.state === 'accepted').map((seat) => seat.id));
  const members = await sittingMembers(call.em, lot);
  const gone = members.filter((member) => member.drawSeat && !accepted.has(member.drawSeat));
  for (const member of gone) {
    member.leftAt = call.now;
    await call.em.execute('delete from desk_note where member = ?', [member.id]);
  }
  // their seats must be free before others take them: one sitting member a seat is a constraint
  await call.em.flush();
  return members.filter((member) => !member.leftAt);
}

async function seatExperts(
  call: Call,
  lot: Lot,
  drawn: readonly DrawSeat[],
  sitting: readonly PanelMember[],
  seats: readonly number[],
): Promise<PanelMember[]> {
  const seated = new Set(sitting.map((member) => member.drawSeat));
  const accepted = drawn.filter((seat) => seat.state === 'accepted' && !seated.has(seat.id)).sort(byCall);
  const experts = await call.em.find(Expert, { id: { $in: accepted.map((seat) => seat.expert) } });
  // whoever lost its standing since it accepted is about to be replaced (replace-expert.ts)
  const inStanding = experts.filter((expert) => standingOn(expert, dayOf(call.now)) === 'normal');
  const people = new Map(inStanding.map((expert) => [expert.id, expert.name]));
  const waiting = accepted.filter((seat) => people.has(seat.expert));
  if (waiting.length < seats.length) throw seatsEmpty();
  return seats.flatMap((place, at) => {
    const seat = waiting[at];
    if (!seat) return [];
    return call.em.create(PanelMember, {
      id: newId(call.now),
      lot: lot.id,
      kind: 'expert',
      expert: seat.expert,
      drawSeat: seat.id,
      name: people.get(seat.expert) ?? '',
      mask: maskOf(seat.call ?? 0).zh,
      specialty: seat.specialty,
      seat: place,
      formedAt: call.now,
    });
  });
}

async function seatRepresentatives(
  call: Call,
  lot: Lot,
  tenderee: string,
  given: { readonly seats: readonly number[]; readonly logins: readonly string[]; readonly sitting: readonly PanelMember[] },
): Promise<PanelMember[]> {
  const taken = new Set(given.sitting.map((member) => member.user));
  const seated: PanelMember[] = [];
  for (const [at, seat] of given.seats.entries()) {
    const user = await representativeOf(call, tenderee, given.logins[at] ?? '');
    if (taken.has(user.id)) throw representativeUnknown({ fields: [{ path: 'representative', says: twice }] });
    taken.add(user.id);
    const number = given.seats.length + given.sitting.filter((member) => member.kind === 'representative').length;
    seated.push(
      call.em.create(PanelMember, {
        id: newId(call.now),
        lot: lot.id,
        kind: 'representative',
        user: user.id,
        name: user.name,
        mask: number > 1 ? `招标人代表${seat}` : '招标人代表',
        seat,
        formedAt: call.now,
      }),
    );
  }
  return seated;
}

const twice = { zh: '同一人不能占两个席位。', en: 'One person cannot take two seats.' };

async function representativeOf(call: Call, tenderee: string, login: string): Promise<User> {
  const user = login === '' ? null : await call.em.findOne(User, { login });
  const organisation = await call.em.findOne(Organisation, { code: tenderee });
  const belongs =
    user && organisation && (await call.em.count(Membership, { user: user.id, organisation: organisation.id, role: 'tenderee' })) > 0;
  if (user && belongs) return user;
  const says = { zh: '请填写招标人单位用户的登录名。', en: 'Enter the login of a user of the tenderee.' };
  throw representativeUnknown({ fields: [{ path: 'representative', says }] });
}
