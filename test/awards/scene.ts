import request from 'supertest';
import { theSystem } from '../../src/kernel/actor.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { parseMoment } from '../../src/kernel/clock-fields.ts';
import { Problem } from '../../src/kernel/problem.ts';
import { enrolUser } from '../../src/parties/enrol-user.ts';
import { newKeyPair } from '../../src/sealing/signer.ts';
import { timelineOf } from '../../src/tenders/reads.ts';
import { password, signIn } from '../parties/people.ts';
import type { TestHouse } from '../support/house.ts';
import { type Person, person, type Town } from '../support/town.ts';

/** Beijing time. */
export const at = (text: string): Instant => {
  const read = parseMoment(text);
  if (read === undefined) throw new Error(text);
  return read;
};

/** The problem's name by which something was refused, with its rule; `done` when it was not. */
export const refusal = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      return [error.problem, error.detail.rule].filter(Boolean).join(' ');
    },
  );

/** The same people with sessions of today: those of another month have ended. */
export function today(town: Town): Town {
  const fresh = (person: Person): Person => ({
    ...person,
    token: async () => (await signIn(town.house, person.login)).token,
    api: async () => town.house.api((await signIn(town.house, person.login)).token),
  });
  return {
    ...town,
    agent: fresh(town.agent),
    tenderee: fresh(town.tenderee),
    stranger: fresh(town.stranger),
    regulator: fresh(town.regulator),
    bidders: town.bidders.map(fresh),
    experts: town.experts.map(fresh),
  };
}

/** A regulator who watches over a region. */
export async function regulatorOf({ house, regulator }: Town, region: string): Promise<Person> {
  const login = `watcher-${region}`;
  const { organisation, code, organisationName } = regulator.actor;
  const { result } = await house.perform(enrolUser, theSystem, {
    login,
    password,
    userName: login,
    role: 'regulator',
    organisation: code,
    region,
  });
  const actor = { ...regulator.actor, user: result.user, name: login, organisation, code, organisationName };
  const token = async (): Promise<string> => (await signIn(house, login)).token;
  return { ...person(house, await newKeyPair(), login, actor), token, api: async () => house.api(await token()) };
}

export type Reader = Person | null;

/** JSON for a reader; null is the public. */
export async function shown(house: TestHouse, who: Reader, path: string): Promise<request.Response> {
  return who === null ? house.api().get(path) : (await who.api()).get(path);
}

/** The page of a path for a reader, as a browser gets it. */
export async function pageOf(house: TestHouse, who: Reader, path: string): Promise<request.Response> {
  const asked = request(house.app).get(path).redirects(0);
  return who === null ? asked : asked.set('authorization', `Bearer ${await who.token()}`);
}

/** A form sent as a browser without script sends it. */
export async function sendForm(house: TestHouse, who: Person, path: string, fields: Readonly<Record<string, string>>) {
  const { csrf, token } = await signIn(house, who.login);
  return request(house.app)
    .post(path)
    .set('cookie', `yg_session=${token}`)
    .type('form')
    .send({ _csrf: csrf, ...fields });
}

/** The data of a lot's events of one type, as far as a reader may see them, in order. */
export async function eventsSeenBy(house: TestHouse, who: { readonly actor: Person['actor'] }, lot: string, type: string) {
  return (await timelineOf(house.em(), who.actor, lot, null)).filter((entry) => entry.type === type).map((entry) => entry.data as never);
}
