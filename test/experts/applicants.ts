import { expect } from '@jest/globals';
import { registerPerson } from '../../src/experts/register-person.ts';
import { type Actor, theSystem } from '../../src/kernel/actor.ts';
import type { DayString } from '../../src/kernel/working-days.ts';
import { bankCardCheck, makeResidentNumber } from '../../src/parties/person.ts';
import { password } from '../parties/people.ts';
import type { TestHouse } from '../support/house.ts';
import type { Town } from '../support/town.ts';

/** Somebody on record, of a specialty of its own, so that whether it may be drawn is a count of one. */
export interface Somebody {
  readonly actor: Actor;
  readonly login: string;
  readonly expert: string;
  readonly clear: { readonly idNumber: string; readonly phone: string; readonly bankAccount: string; readonly email: string };
}
let people = 0;

/** A person opens a record: the first of a house as people do it, the others by the act, sharing one hash of a password. */
export async function onRecord(house: TestHouse, town: Town): Promise<Somebody> {
  people += 1;
  const card = `621799${String(people).padStart(12, '0')}`;
  const clear = {
    idNumber: makeResidentNumber('420502', '1970-06-15' as DayString, people),
    phone: `1391234${String(1000 + people)}`,
    bankAccount: `${card}${bankCardCheck(card)}`,
    email: `somebody${people}@home.example`,
  };
  const login = `somebody-${people}`;
  const given = {
    name: `望${'甲乙丙丁戊己庚辛'.charAt(people % 8)}平`,
    title: '高级工程师',
    employer: town.tenderee.actor.code,
    employerName: '夷陵区水利局',
    region: '420500',
    login,
    password,
    consents: true,
    ...clear,
  };
  if (people === 1) expect((await house.api().post('/experts/people', given)).body).toEqual({ login });
  else await house.perform(registerPerson, theSystem, { ...given, demonstration: true });
  const [row] = await house
    .em()
    .execute<{ user: string; expert: string }[]>(
      `select u.id as "user", m.expert from platform_user u join membership m on m."user" = u.id where u.login = ?`,
      [login],
    );
  const actor: Actor = { ...nobody, user: row?.user ?? '', name: login, role: 'expert', expert: row?.expert ?? '' };
  return { actor, login, expert: row?.expert ?? '', clear };
}
const nobody = { organisation: null, code: null, organisationName: null, address: null } as const;

/** What the journal alone says: admitted since it last left, after an acceptance and a passed test of the same application, and in normal standing now. */
export async function standsByJournal(house: TestHouse, expert: string): Promise<boolean> {
  const rows = await house
    .em()
    .execute<{ type: string; body: string }[]>(`select type, body from journal_event where body like ? order by at, id`, [
      `%"expert":"${expert}"%`,
    ]);
  const accepted = new Set<string>();
  const passed = new Set<string>();
  let inPool = false;
  let standing = 'normal';
  for (const { type, body } of rows) {
    const { data } = JSON.parse(body) as {
      data: { application?: string; outcome?: string; passed?: boolean; status?: string; term?: { application: string } };
    };
    if (type === 'expert.reviewed' && data.outcome === 'accept') accepted.add(data.application ?? '');
    if (type === 'expert.tested' && data.passed) passed.add(data.application ?? '');
    if (type === 'expert.admitted') {
      expect([accepted.has(data.term?.application ?? ''), passed.has(data.term?.application ?? '')]).toEqual([true, true]);
      inPool = true;
      standing = 'normal';
    }
    if (type === 'expert.standing.changed') {
      standing = data.status ?? '';
      if (standing === 'left' || standing === 'removed') inPool = false;
    }
  }
  return inPool && standing === 'normal';
}
