import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import request from 'supertest';
import { admitExpert } from '../../src/experts/admit-expert.ts';
import { applyMembership } from '../../src/experts/apply-membership.ts';
import { changeEmployer } from '../../src/experts/change-employer.ts';
import { changeStanding } from '../../src/experts/change-standing.ts';
import { correctApplication } from '../../src/experts/correct-application.ts';
import { eligibleCounts } from '../../src/experts/eligible-reads.ts';
import { openIdentity } from '../../src/experts/identity.ts';
import { contactOf } from '../../src/experts/identity-reads.ts';
import { leavePool } from '../../src/experts/leave-pool.ts';
import { recommendApplication } from '../../src/experts/recommend-application.ts';
import { recordTest } from '../../src/experts/record-test.ts';
import { registerPerson } from '../../src/experts/register-person.ts';
import { reviewApplication } from '../../src/experts/review-application.ts';
import { Expert, ExpertMembership, IdentityRecord } from '../../src/experts/schema.ts';
import { viewIdentity } from '../../src/experts/view-identity.ts';
import { withdrawApplication } from '../../src/experts/withdraw-application.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { addDays, type DayString, dayOf, startOfDay } from '../../src/kernel/working-days.ts';
import { makeCode } from '../../src/parties/code.ts';
import { enrolUser } from '../../src/parties/enrol-user.ts';
import { makeResidentNumber } from '../../src/parties/person.ts';
import { password, signIn } from '../parties/people.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, soon, type Town } from '../support/town.ts';
import { onRecord, type Somebody, standsByJournal } from './applicants.ts';

let house: TestHouse;
let town: Town;
let now: Instant;
beforeAll(async () => {
  now = soon();
  house = await openHouse({ at: now });
  town = await makeTown(house, { experts: 1, bidders: 1 });
}, 60_000);
afterAll(() => house.close());

const somebody = (): Promise<Somebody> => onRecord(house, town);

const application = (change: object = {}) => ({
  line: 'construction',
  field: '水利水电工程施工',
  years: 12,
  title: '高级工程师',
  titleLevel: 'senior',
  specialties: ['C0101'],
  healthy: true,
  clean: true,
  truthful: true,
  ...change,
});
const applied = async (person: Somebody, change: object = {}): Promise<string> =>
  (await house.perform(applyMembership, person.actor, application(change))).result.application;
const recommend = (id: string) =>
  house.perform(recommendApplication, town.tenderee.actor, { application: id, recommendation: '同意推荐。' });
const review = (id: string, outcome: string, reason?: string) =>
  house.perform(reviewApplication, town.centre.actor, { application: id, outcome, ...(reason ? { reason } : {}) });
const tested = (id: string, score: number) => house.perform(recordTest, town.centre.actor, { application: id, score });
const admit = (id: string, by = town.regulator.actor) => house.perform(admitExpert, by, { application: id });
/** A second later: what happened at one moment has no order. */
async function tick(): Promise<void> {
  now = later(now, 1000);
  await house.clock.to(now);
}
const stand = async (expert: string, status: string, until?: string) => {
  await tick();
  return house.perform(changeStanding, town.regulator.actor, { expert, status, ground: '依据监管决定', ...(until ? { until } : {}) });
};

/** How many of one specialty may be drawn for a tender of construction at a moment. */
async function drawable(specialty: string, at: Instant): Promise<number> {
  const asked = {
    line: 'construction',
    project: '',
    lot: newId(),
    sitting: false,
    seats: [{ specialty, reach: { rung: 'elsewhere' as const, specialties: [specialty], region: '' } }],
  };
  const parties = { on: dayOf(at), tenderee: '', agent: null, bidders: [], affiliates: [], supervisors: [] };
  return (await eligibleCounts(house.em(), asked, parties, at, 10))[specialty] ?? 0;
}

async function admitted(specialty: string): Promise<Somebody> {
  const person = await somebody();
  const id = await applied(person, { specialties: [specialty] });
  await recommend(id);
  await review(id, 'accept');
  await tested(id, 60);
  await admit(id);
  return person;
}

describe('The way into the pool', () => {
  it('leads past application, recommendation, review and test to a term, whose last day is the last on which one may be drawn', async () => {
    const person = await somebody();
    expect(await refusal(house.perform(applyMembership, person.actor, application({ years: 7 })))).toBe('not-qualified');
    const id = await applied(person);
    expect(await refusal(house.perform(applyMembership, person.actor, application()))).toBe('application-open');
    // nothing that is not due is done
    expect([await refusal(tested(id, 90)), await refusal(admit(id))]).toEqual(['step-out-of-turn', 'step-out-of-turn']);
    expect(await refusal(review(id, 'accept'))).toBe('recommendation-needed');
    expect(await refusal(review(id, 'return'))).toBe('review-reason-needed');
    await review(id, 'return', '请补充职称证书');
    const own = await house.api((await signIn(house, person.login)).token).get(`/expert/applications/${id}`);
    expect(own.body).toMatchObject({ state: 'returned', review: { reason: '请补充职称证书' }, may: { correct: true, review: false } });
    await house.perform(correctApplication, person.actor, { ...application(), application: id });
    await recommend(id);
    await review(id, 'accept');
    await tested(id, 60);
    expect(await drawable('C0101', now)).toBe(0);
    const { result } = await admit(id);
    expect(await drawable('C0101', now)).toBe(1);
    const last = startOfDay(result.until as DayString);
    expect([await drawable('C0101', last), await drawable('C0101', later(last, 86_400_000))]).toEqual([1, 0]);
    // of procurement it is no expert for that
    expect((await house.em().findOneOrFail(Expert, { id: person.expert })).memberships).toEqual(['construction']);
    expect(await refusal(house.perform(applyMembership, person.actor, application()))).toBe('renewal-too-early');
  });

  it('is decided by two offices, never by the applicant, and a failed test ends it', async () => {
    const person = await somebody();
    const id = await applied(person, { specialties: ['C0102'] });
    const other = await somebody();
    expect(await refusal(house.perform(withdrawApplication, other.actor, { application: id }))).toBe('not-found');
    expect(await refusal(house.perform(recommendApplication, town.agent.actor, { application: id, recommendation: '同意推荐' }))).toBe(
      'not-found',
    );
    for (const by of [town.regulator, town.administrator, town.agent])
      expect(await refusal(house.perform(reviewApplication, by.actor, { application: id, outcome: 'accept' }))).toBe('not-permitted');
    await recommend(id);
    // the applicant as an official of the centre, and as the regulator
    for (const role of ['centre', 'regulator'] as const)
      await house.perform(enrolUser, theSystem, { login: person.login, role, organisation: town[role].actor.code ?? '' });
    const asCentre: Actor = { ...town.centre.actor, user: person.actor.user };
    expect(await refusal(house.perform(reviewApplication, asCentre, { application: id, outcome: 'accept' }))).toBe('own-matter');
    await review(id, 'accept');
    expect(await refusal(house.perform(recordTest, asCentre, { application: id, score: 100 }))).toBe('own-matter');
    await tested(id, 59);
    expect(await refusal(admit(id))).toBe('step-out-of-turn');
    expect(await refusal(admit(id, { ...town.regulator.actor, user: person.actor.user }))).toBe('own-matter');
    expect(await drawable('C0102', now)).toBe(0);
  });

  it('whatever is done in whatever order, only who was reviewed, tested and admitted may be drawn, and only while it stands', async () => {
    const acts = [
      'apply',
      'recommend',
      'return',
      'correct',
      'accept',
      'pass',
      'fail',
      'admit',
      'withdraw',
      'suspend',
      'restore',
      'leave',
      'remove',
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...acts, 'apply', 'recommend', 'accept', 'pass', 'admit'), { minLength: 8, maxLength: 30 }),
        async (tried) => {
          const person = await somebody();
          const specialty = `C${String(1000 + Number(person.login.replace('somebody-', '')))}`;
          let id: string = newId();
          const done: Record<(typeof acts)[number], () => Promise<unknown>> = {
            apply: async () => {
              id = await applied(person, { specialties: [specialty] });
            },
            recommend: () => recommend(id),
            return: () => review(id, 'return', '请补正材料'),
            correct: () =>
              house.perform(correctApplication, person.actor, { ...application({ specialties: [specialty] }), application: id }),
            accept: () => review(id, 'accept'),
            pass: () => tested(id, 80),
            fail: () => tested(id, 10),
            admit: () => admit(id),
            withdraw: () => house.perform(withdrawApplication, person.actor, { application: id }),
            suspend: () => stand(person.expert, 'suspended'),
            restore: () => stand(person.expert, 'normal'),
            leave: () => house.perform(leavePool, person.actor, { ground: '个人原因' }),
            remove: () => stand(person.expert, 'removed'),
          };
          for (const act of tried) {
            await tick();
            await refusal(done[act]());
            expect([act, await drawable(specialty, now)]).toEqual([act, (await standsByJournal(house, person.expert)) ? 1 : 0]);
          }
        },
      ),
      { numRuns: 20, seed: 20261128 },
    );
  }, 120_000);
});

describe('Standing (XP-7)', () => {
  it('a suspension counts at once and to its last day; removal is for ever; who left comes back by the whole way alone', async () => {
    const person = await admitted('C0201');
    const until = addDays(dayOf(now), 30);
    expect(await refusal(stand(person.expert, 'suspended', addDays(dayOf(now), -1)))).toBe('suspension-ends-in-the-past');
    await stand(person.expert, 'suspended', until);
    expect([
      await drawable('C0201', now),
      await drawable('C0201', startOfDay(until)),
      await drawable('C0201', startOfDay(addDays(until, 1))),
    ]).toEqual([0, 0, 1]);
    expect(await refusal(house.perform(leavePool, person.actor, { ground: '个人原因' }))).toBe('standing-unchanged');
    await stand(person.expert, 'normal');
    await tick();
    await house.perform(leavePool, person.actor, { ground: '个人原因' });
    expect(await refusal(stand(person.expert, 'normal'))).toBe('standing-unchanged');
    expect((await house.em().findOneOrFail(Expert, { id: person.expert })).terms).toEqual({});
    const again = await applied(person, { specialties: ['C0201'] });
    expect(await refusal(admit(again))).toBe('step-out-of-turn');
    await stand(person.expert, 'removed');
    expect((await house.em().findOneOrFail(ExpertMembership, { id: again })).state).toBe('withdrawn');
    for (const status of ['normal', 'suspended', 'left']) expect(await refusal(stand(person.expert, status))).toBe('removed-for-ever');
    expect(await refusal(house.perform(applyMembership, person.actor, application()))).toBe('not-in-standing');
    const { body } = await house.api(await town.regulator.token()).get(`/experts/people/${person.expert}`);
    expect(body.standings.map((row: { status: string }) => row.status)).toEqual(['removed', 'left', 'normal', 'suspended']);
    expect(body.standingChoices).toEqual([]);
  });

  it('is the regulator’s to change, and nobody’s own', async () => {
    const person = await somebody();
    const change = { expert: person.expert, status: 'suspended', ground: '依据监管决定' };
    for (const by of [town.centre, town.administrator, town.agent])
      expect(await refusal(house.perform(changeStanding, by.actor, change))).toBe('not-permitted');
    expect(await refusal(house.perform(changeStanding, { ...town.regulator.actor, user: person.actor.user }, change))).toBe('own-matter');
  });
});

describe('The record an expert keeps itself', () => {
  it('an employer that was left stays on it, and what is declared is in force at once', async () => {
    const person = await admitted('C0301');
    const api = house.api((await signIn(house, person.login)).token);
    const [next, company] = [makeCode('420500', 7001), makeCode('420500', 7002)];
    const moved = { which: 'present', employer: next, employerName: '某设计院', until: dayOf(now) };
    expect(await refusal(house.perform(changeEmployer, person.actor, { ...moved, until: addDays(dayOf(now), 1) }))).toBe(
      'day-in-the-future',
    );
    expect((await api.post('/expert/employers', moved)).status).toBe(201);
    expect((await api.post('/expert/relations', { kind: 'shareholding', code: company, name: '某公司' })).status).toBe(201);
    expect((await api.post('/expert/relations', { kind: 'shareholding', code: `${company.slice(0, 17)}0`, name: '某公司' })).status).toBe(
      422,
    );
    const { body } = await api.get('/expert');
    expect(body.record).toMatchObject({
      employer: { code: next },
      formerEmployers: [{ code: town.tenderee.actor.code, until: dayOf(now) }],
    });
    const row = () => house.em().findOneOrFail(Expert, { id: person.expert });
    expect((await row()).interests).toEqual([company]);
    expect((await api.post(`/expert/relations/${body.relations[0].id}/withdrawal`)).status).toBe(201);
    expect((await row()).interests).toEqual([]);
    const after = (await api.get('/expert')).body;
    expect(after.relations).toMatchObject([{ code: company, withdrawnAt: now }]);
    const [changed] = await house
      .em()
      .execute<{ body: string }[]>(`select body from journal_event where type = 'expert.record.changed' and body like ? limit 1`, [
        `%${person.expert}%`,
      ]);
    expect(changed?.body).not.toContain(company);
  });
});

describe('Identity data', () => {
  it('one person has one record, found by a number that stands nowhere', async () => {
    const person = await somebody();
    const { status, body } = await house.api().post('/experts/people', {
      ...{ name: '冒名者', title: '高级工程师', employer: makeCode('420500', 7003), employerName: '某单位', region: '420500' },
      ...{ ...person.clear, login: 'somebody-else', password, consents: true },
    });
    expect([status, body.type]).toEqual([409, '/problems/person-known']);
    const keeper = house.api(await town.centre.token());
    const search = { idNumber: person.clear.idNumber, purpose: '核对重复建档' };
    expect((await keeper.post('/experts/searches', search)).body).toEqual({ expert: person.expert });
    const { idNumber } = { idNumber: makeResidentNumber('420502', '1971-01-01' as DayString, 1) };
    expect((await keeper.post('/experts/searches', { ...search, idNumber })).body).toEqual({ expert: null });
  });

  it('whoever copies the database reads none of them: no table, no journal, no log of refusals has them', async () => {
    const person = await admitted('C0401');
    await refusal(
      house.perform(viewIdentity, town.regulator.actor, { expert: person.expert, fields: ['idNumber', 'phone'], purpose: '核对身份' }),
    );
    // refused input must not leave it behind either
    await refusal(
      house.perform(registerPerson, theSystem, {
        ...person.clear,
        name: '某人',
        title: '',
        employer: '',
        employerName: '',
        region: '',
        login: 'x',
        password: '',
      }),
    );
    const owner = new Client(house.database.ownerUrl);
    await owner.connect();
    const tables = await owner.query<{ name: string }>(`select format('%I', tablename) as name from pg_tables where schemaname = 'public'`);
    expect(tables.rows.length).toBeGreaterThan(60);
    const told: string[] = [];
    for (const { name } of tables.rows)
      for (const [field, value] of Object.entries(person.clear)) {
        const { rows } = await owner.query(`select 1 from ${name} t where t::text like '%' || $1 || '%' limit 1`, [value]);
        if (rows.length > 0) told.push(`${name}: ${field}`);
      }
    await owner.end();
    expect(told).toEqual([]);
    // and it is not lost: the notifier reaches the person
    expect(await contactOf(house.em(), person.expert)).toEqual({ phone: person.clear.phone, email: person.clear.email });
  });

  it('a sealed field opens only for its person and its place', async () => {
    const [one, two] = [await somebody(), await somebody()];
    const em = house.em();
    const sealed = async (expert: string) => {
      const { keyNumber, idNumber, phone, bankAccount, email } = await em.findOneOrFail(IdentityRecord, { expert });
      return { keyNumber, idNumber: idNumber ?? null, phone: phone ?? null, bankAccount: bankAccount ?? null, email: email ?? null };
    };
    expect(await openIdentity(one.expert, await sealed(one.expert))).toEqual(one.clear);
    await expect(openIdentity(two.expert, await sealed(one.expert))).rejects.toThrow('do not open');
    const swapped = await sealed(one.expert);
    await expect(openIdentity(one.expert, { ...swapped, phone: swapped.email, email: swapped.phone })).rejects.toThrow('do not open');
  });

  it('no page shows them but a look on record: its own fields, its own official, for minutes; the expert sees who looked and why', async () => {
    const person = await admitted('C0402');
    const [own, regulator, centre] = [(await signIn(house, person.login)).token, await town.regulator.token(), await town.centre.token()];
    const [membership] = await house.em().find(ExpertMembership, { expert: person.expert });
    const pages: [string, string][] = [
      ...['/expert', '/expert/applications/new', `/expert/applications/${membership?.id}`, '/profile', '/calls', '/work'].map(
        (path): [string, string] => [path, own],
      ),
      ...[regulator, centre].flatMap((token) =>
        [
          '/experts/people',
          `/experts/people/${person.expert}`,
          `/experts/applications?state=admitted`,
          `/experts/applications/${membership?.id}`,
          '/experts',
        ].map((path): [string, string] => [path, token]),
      ),
    ];
    const clear = Object.values(person.clear);
    for (const [path, token] of pages)
      for (const address of [path, `/api${path}`]) {
        const answer = await request(house.app)
          .get(address)
          .set(address === path ? { cookie: `yg_session=${token}` } : { authorization: `Bearer ${token}` });
        expect(`${address} ${answer.status}`).toBe(`${address} 200`);
        expect(clear.filter((value) => answer.text.includes(value))).toEqual([]);
      }
    const { body: record } = await house.api(own).get('/expert');
    expect(record.identity).toEqual({
      idNumber: `42${'*'.repeat(14)}${person.clear.idNumber.slice(-2)}`,
      phone: `139****${person.clear.phone.slice(-4)}`,
      bankAccount: `${'*'.repeat(15)}${person.clear.bankAccount.slice(-4)}`,
      email: 's***@home.example',
    });
    const looks = `/experts/people/${person.expert}/looks`;
    expect((await house.api(regulator).post(looks, { fields: ['phone'], purpose: '查' })).status).toBe(422);
    expect((await house.api(await town.administrator.token()).post(looks, { fields: ['phone'], purpose: '看看而已' })).status).toBe(403);
    const { body: look } = await house.api(regulator).post(looks, { fields: ['phone'], purpose: '核实投诉' });
    const opened = await house.api(regulator).get(`${looks}/${look.look}`);
    expect(opened.body.values).toEqual([{ field: 'phone', value: person.clear.phone }]);
    expect(opened.text).not.toContain(person.clear.idNumber);
    expect((await house.api(centre).get(`${looks}/${look.look}`)).status).toBe(404);
    const seen = (await house.api(own).get('/expert')).body.looks;
    expect(seen).toMatchObject([{ office: '宜昌市公共资源交易监督管理局', fields: ['phone'], purpose: '核实投诉' }]);
    await house.clock.to(later(now, 15 * 60_000 - 1));
    expect((await house.api(regulator).get(`${looks}/${look.look}`)).status).toBe(200);
    await house.clock.to(later(now, 15 * 60_000));
    expect((await house.api(regulator).get(`${looks}/${look.look}`)).body.type).toBe('/problems/look-over');
  });
});
