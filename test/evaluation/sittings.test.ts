import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { declareRecusal } from '../../src/evaluation/declare-recusal.ts';
import { enterDesk } from '../../src/evaluation/enter-desk.ts';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import { identityStatement } from '../../src/evaluation/identity-statement.ts';
import { DeskOpenedFile, DeskSitting, PanelMember } from '../../src/evaluation/schema.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { maySee } from '../../src/journal/event.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { thePublic } from '../../src/kernel/actor.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { bookVenue } from '../../src/openings/book-venue.ts';
import { registerVenue } from '../../src/openings/register-venue.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { sessionCookie } from '../../src/web/sessions.ts';
import { password } from '../parties/people.ts';
import { panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, openedLot, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let lot: string;
let bids: readonly string[];
let seats: PanelMember[];

const personOf = (at: number): Person => {
  const found = town.experts.find((each) => each.actor.expert === seats[at]?.expert);
  if (!found) throw new Error(`no expert in seat ${at}`);
  return found;
};
const page = (token: string, path: string) => request(house.app).get(path).set('cookie', `${sessionCookie}=${token}`);
const desk = (token: string, query = '') => page(token, `/lots/${lot}/evaluation${query}`);
/** A second later: what happens at one moment has no order in a log. */
const tick = async (): Promise<void> => void (await house.clock.to(later(await houseNow(house), 1000)));
const eventsOf = async (type: RegExp) =>
  (await eventsOfLot(house.em(), lot)).map(({ event }) => event).filter((event) => type.test(event.type));
const signInAgain = async (person: Person): Promise<string> => {
  const { body } = await house.api().post('/session', { login: person.login, password });
  return String(body.token);
};
const signedIdentity = async (person: Person, member: string, at: Instant) => {
  const signed = await signDetached(canonicalBytes(identityStatement(lot, member, at)), await person.signer(), at);
  return { identifiedAt: at, identity: Buffer.from(signed).toString('base64') };
};
const log = async (person: Person) =>
  (await house.api(await person.token()).get(`/lots/${lot}/evaluation/log`)).body as {
    all: boolean;
    rows: { what: string; mask: { zh: string }; place: string | null; why: { zh: string } | null; bidder: string | null }[];
  };

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
  ({ lot, bids } = await openedLot(town));
  await house.perform(requestDraw, town.agent.actor, { lot });
  const called = () => house.em().find(DrawSeat, { lot, state: 'called' });
  await until(town, async () => (await called()).length > 0);
  for (const seat of await called()) {
    const person = town.experts.find((each) => each.actor.expert === seat.expert);
    await house.perform(answerCall, person?.actor ?? town.agent.actor, { seat: seat.id, accepts: true });
  }
  await house.perform(formPanel, town.agent.actor, { lot, representative: [town.tenderee.login] });
  seats = await house.em().find(PanelMember, { lot }, { orderBy: { seat: 'asc' } });
}, 120_000);
afterAll(() => house.close());

describe('XE-3 Who declares is who was drawn', () => {
  const declares = (by: Person, fields: object) => refusal(house.perform(declareRecusal, by.actor, { lot, recuses: false, ...fields }));

  it('a password is not enough: without a signature of its own certificate nobody declares', async () => {
    const [me, other] = [personOf(0), personOf(1)];
    const [own, theirs] = [seats[0]?.id ?? '', seats[1]?.id ?? ''];
    const now = await houseNow(house);
    expect(await declares(me, {})).toBe('identity-unconfirmed');
    // somebody else's certificate, another seat, another moment, a changed byte
    expect(await declares(me, await signedIdentity(other, own, now))).toBe('report-signature-refused');
    expect(await declares(me, await signedIdentity(me, theirs, now))).toBe('report-signature-refused');
    expect(await declares(me, { ...(await signedIdentity(me, own, now)), identifiedAt: later(now, -1000) })).toBe(
      'report-signature-refused',
    );
    expect(await declares(me, await signedIdentity(me, own, later(now, -15 * 60_000 - 1)))).toBe('identity-signed-otherwise');
    expect((await house.em().findOneOrFail(PanelMember, { id: own })).declaredAt).toBeNull();
    expect(await declares(me, await signedIdentity(me, own, later(now, -15 * 60_000)))).toBe('performed');
    const row = await house.em().findOneOrFail(PanelMember, { id: own });
    expect(row.identity).toEqual(identityStatement(lot, own, later(now, -15 * 60_000)));
    expect(row.identitySerial).toMatch(/^[0-9a-f]+$/i);
    const lotView = {
      reached: new Set(['now', 'published', 'opened'] as const),
      host: new Set([town.agent.actor.code ?? '']),
      bidders: new Set<string>(),
      panel: new Set<string>(),
    };
    await until(town, async () => (await eventsOf(/^identity/)).length > 0);
    const [event] = await eventsOf(/^identity/);
    if (!event) throw new Error('the confirmation is not in the journal');
    for (const reader of [thePublic, town.agent.actor, town.regulator.actor, town.bidders[0]?.actor ?? thePublic])
      expect(maySee(event, reader, lotView)).toBe(false);
  });

  it('the desk is closed to a session before the evaluation starts', async () => {
    const me = personOf(0);
    expect(await refusal(house.perform(enterDesk, me.actor, { lot, token: await me.token() }))).toBe('desk-closed');
  });
});

describe('EE-1 The log of the desks', () => {
  let rooms: string[];

  it('says who came to its desk when and from which room, and never twice for one sitting', async () => {
    const now = await houseNow(house);
    rooms = [];
    for (const name of ['评标一室', '远程评标二室']) {
      const { result } = await house.perform(registerVenue, town.centre.actor, {
        name,
        kind: 'room',
        address: '宜昌市',
        seats: 9,
        devices: '',
      });
      // the clock stands still here: which room was booked first must not hang on a random number
      await tick();
      const from = later(now, 60_000);
      const booked = await house.perform(bookVenue, town.centre.actor, {
        venue: result.venue,
        lot,
        purpose: 'evaluation',
        from,
        until: later(from, 8 * 3_600_000),
      });
      rooms.push(booked.result.booking);
    }
    for (const [at, { id }] of seats.entries())
      if (at > 0) {
        const person = seats[at]?.expert ? personOf(at) : town.tenderee;
        await house.perform(declareRecusal, person.actor, { lot, recuses: false, ...(await signedIdentity(person, id, now)) });
      }
    await house.perform((await import('../../src/evaluation/start-evaluation.ts')).startEvaluation, town.agent.actor, { lot });
    const token = await personOf(0).token();
    expect((await desk(token)).status).toBe(200);
    expect((await desk(token)).text).toContain('远程评标二室（副场）');
    expect(await house.em().count(DeskSitting, { lot })).toBe(1);
    await tick();
    const moved = await house.api(token).post(`/lots/${lot}/desk`, { booking: rooms[1] });
    expect([moved.status, moved.body]).toEqual([201, { place: '远程评标二室' }]);
    expect((await house.api(token).post(`/lots/${lot}/desk`, { booking: rooms[1] })).status).toBe(409);
    expect((await house.api(token).post(`/lots/${lot}/desk`, { booking: lot })).body.problem ?? '').not.toBe('performed');
    const { all, rows } = await log(town.regulator);
    expect(all).toBe(true);
    expect(rows.map(({ what, place, why }) => [what, place, why?.zh ?? null])).toEqual([
      ['entered', '远程评标二室', null],
      ['left', null, '换到另一地点'],
      ['entered', null, null],
    ]);
  });

  it('says which files were opened, once for each sitting, and shows nobody else while the evaluation goes on', async () => {
    const token = await personOf(0).token();
    await tick();
    const file = `/lots/${lot}/bids/${bids[0]}/files/0`;
    for (const path of [file, `${file}/view`, file]) expect((await page(token, path)).status).toBe(200);
    expect(await house.em().count(DeskOpenedFile, {})).toBe(1);
    expect((await log(town.regulator)).rows[0]).toMatchObject({ what: 'opened', mask: { zh: '专家A' }, bidder: expect.any(String) });
    const other = await personOf(1).token();
    await desk(other);
    expect((await log(personOf(1))).rows.map(({ what }) => what)).toEqual(['entered']);
    for (const who of [
      town.agent,
      town.centre,
      town.bidders[0],
      town.experts.find((each) => !seats.some((seat) => seat.expert === each.actor.expert)),
    ])
      expect((await house.api(await who?.token()).get(`/lots/${lot}/evaluation/log`)).status).toBe(404);
    expect((await house.api().get(`/lots/${lot}/evaluation/log`)).status).toBe(401);
    const lotView = {
      reached: new Set(['now', 'published', 'opened', 'reported', 'candidates'] as const),
      host: new Set([town.agent.actor.code ?? '']),
      bidders: new Set<string>(),
      panel: new Set<string>(),
    };
    await until(town, async () => (await eventsOf(/^(desk|attachment)\./)).length > 4);
    const atDesk = await eventsOf(/^(desk|attachment)\./);
    for (const event of atDesk) {
      expect(maySee(event, town.regulator.actor, lotView)).toBe(true);
      for (const reader of [thePublic, town.agent.actor, town.bidders[0]?.actor ?? thePublic])
        expect(maySee(event, reader, lotView)).toBe(false);
    }
  });
});

describe('One session a member while the panel is at work', () => {
  it('a new sign-in ends the older session, tells its device why, and is in both logs', async () => {
    const me = personOf(0);
    const older = await me.token();
    const newer = await signInAgain(me);
    await tick();
    const told = await desk(older);
    expect([told.status, told.headers.location]).toEqual([303, expect.stringMatching(/^\/session\?ended=elsewhere&back=/)]);
    expect(told.headers['set-cookie']?.toString()).toMatch(new RegExp(`${sessionCookie}=;`));
    expect((await request(house.app).get(told.headers.location ?? '')).text).toContain('您的账户已在另一台设备登录');
    const refused = await house.api(older).post(`/lots/${lot}/reviews`, { verdicts: [] });
    expect([refused.status, refused.body.type ?? refused.body.problem]).toEqual([401, expect.stringContaining('signed-in-elsewhere')]);
    expect((await desk(newer)).text).toContain('专家A');
    const lines = (await log(town.regulator)).rows.slice(0, 2).map(({ what, why }) => [what, why?.zh ?? null]);
    expect(lines).toEqual([
      ['entered', null],
      ['left', '在另一设备登录，本会话结束'],
    ]);
    const events = await house
      .em()
      .execute<{ data: { sessions: number } }[]>(
        `select body::jsonb -> 'data' as data from journal_event where type = 'session.superseded'`,
      );
    expect(events.map(({ data }) => data.sessions)).toEqual([1]);
    // a third: the platform writes down that the second has gone, also when nobody comes to the desk
    await signInAgain(me);
    await tick();
    await beat(house);
    expect((await log(town.regulator)).rows[0]).toMatchObject({ what: 'left', why: { zh: '在另一设备登录，本会话结束' } });
  });

  it('whoever sits on no panel keeps all sessions, and so does a member once the report is in', async () => {
    const outside = town.agent;
    const first = await outside.token();
    await signInAgain(outside);
    expect((await page(first, '/work')).status).toBe(200);
    await panelSigns(town, lot);
    const me = personOf(1);
    const kept = await me.token();
    await signInAgain(me);
    expect((await page(kept, '/evaluations')).status).toBe(200);
    await beat(house);
    expect(await house.em().count(DeskSitting, { lot, leftAt: null })).toBe(0);
    const left = await house.em().findOneOrFail(DeskSitting, { lot, member: seats[1]?.id ?? '' });
    expect(left.leftFor).toBe('ended');
  });
});
