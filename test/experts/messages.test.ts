import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { answerCall } from '../../src/experts/answer-call.ts';
import { messageKinds, wordingOf } from '../../src/experts/call-message.ts';
import { useChannels, useReportGates, useSentReader } from '../../src/experts/channel.ts';
import { rest } from '../../src/experts/deliver-messages.ts';
import { useIdentityKeys } from '../../src/experts/identity.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { CallMessage, DeliveryAttempt, DrawSeat } from '../../src/experts/schema.ts';
import { type Instant, later, systemClock } from '../../src/kernel/clock.ts';
import { folderChannel, folderReader } from '../../src/post/folder.ts';
import { gatewayChannel, reportGate } from '../../src/post/gateway.ts';
import { mailChannel } from '../../src/post/mail.ts';
import { openIdentityKeys } from '../../src/store/identity-keys.ts';
import { gatewayReceiver, mailReceiver } from '../post/receivers.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, openedLot, until } from '../support/opened-lot.ts';
import { makeTown, soon, type Town } from '../support/town.ts';

const key = 'a key that is shared with the gateway, and with nobody else';

describe('The words of a message', () => {
  const facts = {
    specialty: { zh: '工程<施工>', en: 'Works & "construction"' },
    place: { zh: '宜昌市公共资源交易中心', en: 'Centre, Yichang' },
    answerUntil: '2026-12-01T02:30:00.000Z' as Instant,
    address: 'https://platform.example',
  };
  it.each(messageKinds)('%s: both languages, place and specialty, and what is written is never markup', (kind) => {
    const { subject, text, html, short } = wordingOf(kind, facts);
    for (const said of [facts.specialty.zh, facts.place.zh, facts.specialty.en, facts.place.en]) expect(text).toContain(said);
    expect(html).toContain('工程&lt;施工&gt;');
    expect(html).not.toMatch(/<施工>|<img|<script|style=|src=/);
    expect(subject).toMatch(/评标邀请.* · [A-Z]/);
    expect(short.length).toBeLessThan(140);
    expect([text.includes('12-01 10:30'), short.includes('12-01 10:30')]).toEqual(kind === 'voided' ? [false, false] : [true, true]);
  });
  it('the link leads to the sign-in and carries nothing that could answer', () => {
    const links = [...wordingOf('call', facts).html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(new Set(links)).toEqual(new Set(['https://platform.example/calls']));
  });
  it('a channel rests longer after each try, up to two minutes', () => {
    expect([1, 2, 3, 9].map(rest)).toEqual([5, 10, 20, 120]);
  });
});

describe('XD-6 A call goes out by message', () => {
  let house: TestHouse;
  let town: Town;
  let folder: string;
  let lot: string;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yangguang-post-'));
    house = await openHouse({ at: soon() });
    // in a folder, so that a worker of another process opens the same records
    useIdentityKeys(await openIdentityKeys(folder, house.em()));
    town = await makeTown(house, { expert: (at) => (at % 4 === 3 ? { phone: undefined } : { email: `e${at}@experts.example` }) });
    lot = (await openedLot(town)).lot;
    await house.perform(requestDraw, town.agent.actor, { lot });
    await until(town, async () => (await house.em().count(DrawSeat, { lot, state: 'called' })) === 4);
  }, 180_000);
  afterEach(async () => {
    useChannels([], '');
    for (const close of closing.splice(0)) await close();
  });
  afterAll(async () => {
    await house.close();
    await rm(folder, { recursive: true, force: true });
  });

  const seats = (state = 'called') => house.em().find(DrawSeat, { lot, state }, { orderBy: { call: 'asc' } });
  const attempts = () => house.em().find(DeliveryAttempt, {}, { orderBy: { at: 'asc', id: 'asc' } });
  const messages = (where: object) => house.em().find(CallMessage, where);
  const rested = () => house.em().execute(`update delivery_attempt set rests_until = clock_timestamp() where state = 'trying'`);
  const told = async (): Promise<
    { kind: string; channels: { channel: string; tries: number; state: string; failure: string | null }[] }[]
  > =>
    (await house.em().execute<{ body: string }[]>(`select body from journal_event where type = 'expert.notified' order by position`)).map(
      ({ body }) => JSON.parse(body).data,
    );

  it('the outbox stands with the call: a message for now, one for half of the time to answer; without channels nothing is lost', async () => {
    const own = await seats();
    const rows = await messages({ seat: { $in: own.map(({ id }) => id) } });
    expect(rows.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      ...Array(4).fill('call waiting'),
      ...Array(4).fill('reminder waiting'),
    ]);
    for (const { kind, dueAt, seat } of rows) {
      const calledAt = own.find(({ id }) => id === seat)?.calledAt as Instant;
      expect(dueAt).toBe(kind === 'call' ? calledAt : later(calledAt, 15 * 60_000));
    }
    expect((await attempts()).map(({ channel, state }) => `${channel} ${state}`)).toEqual(Array(4).fill('in-app delivered'));
  });

  it('is sent twice rather than never by a worker that is killed, and both times under the same id', async () => {
    const gateway = await gatewayReceiver(key, (_text, nth) => (nth <= 2 ? 'hang' : 200));
    closing.push(gateway.close);
    const program = join(import.meta.dirname, '../post/lone-worker.ts');
    const start = (): ChildProcess => spawn(process.execPath, [program, house.database.url, folder, gateway.url, key], { stdio: 'ignore' });
    const holds = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
      for (let round = 0; round < 1200 && !(await condition()); round += 1) await pause(50);
    };
    const ended = (child: ChildProcess) => new Promise((gone) => child.once('exit', gone));
    const first = start();
    await holds(() => gateway.received.length === 2);
    const dead = ended(first);
    first.kill('SIGKILL');
    await dead;
    const [held] = gateway.received;
    expect((await attempts()).find(({ id }) => id === held?.id)).toMatchObject({ state: 'trying', tries: 1 });
    await rested();
    const second = start();
    // of four experts one has no telephone
    await holds(async () => (await messages({ kind: 'call', state: 'waiting' })).length === 0);
    const gone = ended(second);
    second.kill('SIGTERM');
    second.kill('SIGKILL');
    await gone;
    expect(gateway.received.filter(({ id }) => id === held?.id).length).toBeGreaterThanOrEqual(2);
    expect((await attempts()).find(({ id }) => id === held?.id)).toMatchObject({ state: 'accepted', reference: 'r-1' });
    expect(gateway.received.every(({ signed, id, key: idempotency }) => signed && idempotency === id)).toBe(true);
    const events = await told();
    expect(events).toHaveLength(4);
    expect(events.every(({ kind }) => kind === 'call')).toBe(true);
    // one for each that lost its telephone: no channel is left for them, and silence will decide
    const unreached = await messages({ kind: 'call', state: 'unreached' });
    expect(events.filter(({ channels }) => channels.some(({ failure }) => failure === 'no-address'))).toHaveLength(unreached.length);
  }, 120_000);

  it('tells its expert neither the tender nor anyone in it, and the records tell nobody who was called', async () => {
    const gateway = await gatewayReceiver(key, () => 202);
    const mail = await mailReceiver(() => false);
    closing.push(gateway.close, mail.close);
    useChannels(
      [mailChannel({ url: mail.url, from: 'calls@platform.example' }), gatewayChannel('sms', { url: gateway.url, key })],
      'https://platform.example',
    );
    await house.em().execute(`update call_message set state = 'waiting' where kind = 'call'`);
    await house.em().execute(`delete from delivery_attempt where channel <> 'in-app'`);
    await beat(house);
    // of A04 nobody has an address
    expect([mail.mails.length, gateway.received.length]).toEqual([3, 0]);
    const parties = [town.agent, town.tenderee, ...town.bidders].map(({ actor }) => actor.organisationName ?? '');
    const quoted = (text: string): string =>
      Buffer.from(
        text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
        'latin1',
      ).toString('utf8');
    const decoded = (content: string): string =>
      content
        .split(/\n\n/)
        .map((part) => (/^[A-Za-z0-9+/=\n]+$/.test(part) ? Buffer.from(part, 'base64').toString('utf8') : quoted(part)))
        .join('\n');
    const written = [...mail.mails.map(({ content }) => decoded(content)), ...gateway.received.map(({ text }) => text)];
    for (const text of written) for (const secret of [lot, '黄柏河', ...parties]) expect(text).not.toContain(secret);
    for (const text of written) expect(text).toContain('宜昌市公共资源交易中心');
    for (const { content } of mail.mails) expect(content).toMatch(/^message-id: <[0-9a-f-]{36}@platform\.example>$/im);
    const kept = JSON.stringify([
      await house.em().execute('select * from delivery_attempt'),
      await house.em().execute('select * from call_message'),
      await told(),
    ]);
    for (const { expert } of await seats()) {
      const person = town.experts.find(({ actor }) => actor.expert === expert);
      for (const secret of [expert, person?.actor.name ?? '', '@experts.example', '138000']) expect(kept).not.toContain(secret);
    }
  }, 60_000);

  it('shows by which channels it went out to the supervisor at once, and to host, centre and public not before the result', async () => {
    const path = `/lots/${lot}/draw`;
    const regulator = (await (await town.regulator.api()).get(path)).body;
    expect(regulator.draws[0].called[0].messages.map(({ channel }: { channel: string }) => channel)).toContain('in-app');
    for (const other of [await town.agent.api(), await town.centre.api(), house.api()]) {
      const { draws } = (await other.get(path)).body;
      expect(draws[0].called.map(({ messages: own }: { messages: unknown }) => own)).toEqual([null, null, null, null]);
      const events = JSON.stringify((await other.get(`/lots/${lot}/timeline`)).body);
      expect(events).not.toContain('expert.notified');
    }
  });

  it('reminds at half of the time those who have not answered, by what rings first, and goes on to the next channel when one refuses', async () => {
    const all = await seats();
    const early = all.find(({ specialty }) => specialty === 'A06');
    const late = all.filter(({ id }) => id !== early?.id);
    const person = town.experts.find(({ actor }) => actor.expert === early?.expert);
    await house.perform(answerCall, person?.actor ?? town.agent.actor, { seat: early?.id, accepts: true });
    const voice = await gatewayReceiver(key, (_text, nth) => (nth === 1 ? 503 : 422));
    const sms = await gatewayReceiver(key, () => ({ status: 200, body: 'not json' }));
    closing.push(voice.close, sms.close);
    useChannels(
      [gatewayChannel('voice', { url: voice.url, key }), gatewayChannel('sms', { url: sms.url, key })],
      'https://platform.example',
    );
    const half = later(late[0]?.calledAt as Instant, 15 * 60_000);
    await house.clock.to(later(half, -1));
    await beat(house);
    expect(voice.received).toHaveLength(0);
    await house.clock.to(half);
    for (let round = 0; round < 4; round += 1) {
      await beat(house);
      await rested();
    }
    const reminders = await messages({ kind: 'reminder' });
    expect(reminders.find(({ seat }) => seat === early?.id)?.state).toBe('waiting');
    const phoned = (await attempts()).filter(({ channel }) => channel === 'voice');
    // the one that was told to try later was tried again, and refused then
    expect(phoned.map(({ failure, tries }) => `${failure} ${tries}`).sort()).toEqual(['no-address 1', 'refused 1', 'refused 2']);
    expect(sms.received).toHaveLength(2);
    expect(sms.received[0]?.text).toContain('尚未答复');
  }, 60_000);

  it('a report that it did not arrive sends it on by the next channel; one that is not signed, or old, or meant the other way is nothing', async () => {
    const sent = (await attempts()).find(({ channel, state }) => channel === 'sms' && state === 'accepted');
    const body = JSON.stringify({ id: sent?.id, state: 'failed' });
    useReportGates([reportGate('sms', { url: '', key })]);
    const report = (time: string, direction = 'report', channel = 'sms') =>
      request(house.app)
        .post(`/deliveries/${channel}`)
        .set('content-type', 'application/json')
        .set('x-yangguang-time', time)
        .set('x-yangguang-signature', createHmac('sha256', key).update(`${direction}\n${time}\n${body}`).digest('base64url'))
        .send(body);
    const now = systemClock();
    expect((await report(now, 'send')).status).toBe(409);
    expect((await report(later(now, -301_000))).status).toBe(409);
    expect((await report(now, 'report', 'voice')).status).toBe(409);
    expect((await attempts()).find(({ id }) => id === sent?.id)?.state).toBe('accepted');
    expect((await report(now)).status).toBe(204);
    expect((await attempts()).find(({ id }) => id === sent?.id)).toMatchObject({ state: 'failed', failure: 'undelivered' });
    expect(await messages({ id: sent?.message })).toMatchObject([{ state: 'waiting' }]);
    // said again, it changes nothing any more
    expect((await report(now)).status).toBe(204);
    useReportGates([]);
  });

  it('in a sandbox goes into a folder, under names that say nothing, and can be read on the sandbox’s phone', async () => {
    const sent = join(folder, 'sent');
    useChannels([folderChannel('e-mail', sent), folderChannel('sms', sent)], 'http://localhost:3000');
    useSentReader(folderReader(sent));
    await house.em().execute(`delete from delivery_attempt where channel <> 'in-app'`);
    await house.em().execute(`update call_message set state = 'waiting' where kind = 'call'`);
    await beat(house);
    const files = await readdir(sent);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(file).toMatch(/^[0-9a-f-]{36}\.(eml|txt)$/);
    const { body } = await house.api().get('/sandbox/phone');
    const [copy] = body.messages.flatMap(({ copies }: { copies: { href: string }[] }) => copies);
    const shown = await request(house.app).get(copy.href);
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect((await request(house.app).get('/sandbox/messages/019a0000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});
