import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { checkLog, type EvaluationLog, openLog } from '../../src/custody/evaluations.ts';
import { type Intake, reachIntake } from '../../src/custody/intake.ts';
import { freshProbe, Probe, readProbeState } from '../../src/custody/probe.ts';
import { noteSigner, parseVerifierKey, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { minuteOf, type SignedStatement, statementIsBy } from '../../src/journal/probe.ts';
import { journalKeys } from '../../src/journal/reads.ts';
import { registerProbe } from '../../src/journal/register-probe.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { type Instant, later, systemClock } from '../../src/kernel/clock.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { addressOf, close, listening } from './scene.ts';

/** The probe's program against the real application behind a real server that can be switched off. Its clock is the test's: a minute is a step. */
const minute = 60_000;
let house: TestHouse;
let server: Server;
let address: string;
let folder: string;
let log: EvaluationLog;
let probe: Probe;
let moment: Instant;
const key = noteSigner('probe.institute.example', crypto.getRandomValues(new Uint8Array(32)));
const said: string[] = [];
const stateFile = (): string => join(folder, 'probe.state');
const stopping = new AbortController();

async function started(more: Partial<ConstructorParameters<typeof Probe>[0]> = {}): Promise<Probe> {
  const platform = parseVerifierKey((await journalKeys(house.em()))[0] ?? '');
  if (!platform) throw new Error('the journal has no key yet');
  return new Probe(
    {
      intake: reachIntake(address, key, stopping.signal),
      key,
      platform,
      stateFile: stateFile(),
      evaluations: log,
      log: (line) => said.push(line),
      clock: () => moment,
      everyMilliseconds: minute,
      batchMinutes: 60,
      ...more,
    },
    readProbeState(stateFile()) ?? freshProbe(printVerifierKey(platform)),
  );
}
/** So many minutes go by, for platform and probe alike, with one look in each. */
async function goBy(minutes: number, with_: Probe = probe): Promise<void> {
  for (let step = 0; step < minutes; step += 1) {
    moment = later(moment, minute);
    await house.clock.to(moment);
    await with_.look();
  }
}
const entries = () => {
  const check = checkLog(readFileSync(join(folder, 'probe.log'), 'utf8'));
  if (!check.ok) throw new Error(`the log is broken at ${check.line}`);
  return check.entries;
};
const reports = () =>
  house.em().execute<{ number: number; states: string; down: number }[]>('select number, states, down from probe_report order by id');
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
const off = () => close(server);
async function on(): Promise<void> {
  const { port } = new URL(address);
  server = createServer(house.app);
  await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
}

beforeAll(async () => {
  moment = later(minuteOf(systemClock()), 3_600_000 + 10_000);
  house = await openHouse({ at: moment, rate: 1 });
  server = await listening(createServer(house.app));
  address = addressOf(server);
  folder = mkdtempSync(join(tmpdir(), 'yangguang-probe-'));
  ({ log } = await openLog(join(folder, 'probe.log')));
  await eventually(async () => (await journalKeys(house.em())).length > 0);
  probe = await started();
}, 60_000);
afterAll(async () => {
  stopping.abort();
  await log.close();
  await close(server);
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('A probe of the intake', () => {
  it('says nothing of a platform that does not know it', async () => {
    await goBy(2);
    expect(said.at(-1)).toContain('does not know this probe');
    expect(probe.state.letters).toBe('-'.repeat(probe.state.letters.length));
    await house.perform(registerProbe, theSystem, { vkey: printVerifierKey(key), institution: '宜昌市计量检定所' });
  });
  it('hands a file in as a bidder does, once a minute, and leaves nothing behind', async () => {
    await goBy(3);
    expect(probe.state.letters.endsWith('uu')).toBe(true);
    expect(readdirSync(house.uploads).filter((name) => name.startsWith('trial'))).toEqual([]);
    // two looks in one minute are one trial
    const before = probe.state.letters.length;
    await probe.look();
    expect(probe.state.letters).toHaveLength(before);
  });
  it('keeps what it has to say while the platform is away, and hands it in afterwards', async () => {
    await off();
    await goBy(12);
    expect(probe.state.waiting.length).toBeGreaterThan(0);
    await on();
    await goBy(2);
    await eventually(async () => (await reports()).length >= 2);
    const stated = (await reports()).map((each) => each.states).join('');
    expect(stated).toMatch(/^-+u+d{12}u$/);
    expect(probe.state.waiting).toEqual([]);
  });
  it('gets a receipt for each statement, and writes all of it into a chained log', async () => {
    await eventually(async () => {
      await probe.look();
      return probe.state.taken.length === 0;
    });
    const what = entries().map((entry) => entry.what);
    expect(what.filter((each) => each === 'receipt')).toHaveLength((await reports()).length);
    expect(what).not.toContain('receipt-refuted');
    const stated = entries().filter((entry) => entry.what === 'stated');
    expect(stated.every((entry) => statementIsBy(entry as never, key))).toBe(true);
    const numbers = stated.map((entry) => (entry as unknown as { statement: { number: number } }).statement.number);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  });
  it('goes on after a restart where it was, with the minutes it missed as not looked at', async () => {
    await goBy(1);
    const { number } = probe.state;
    moment = later(moment, 3 * minute);
    await house.clock.to(moment);
    const again = await started();
    await goBy(2, again);
    expect(again.state.number).toBeGreaterThanOrEqual(number);
    expect(again.state.letters).toMatch(/^u+-+u$/);
    probe = again;
  });
  it('takes a jump of a sandbox’s clock for what it is: minutes at which nobody looked, never an outage', async () => {
    const before = (await reports()).reduce((sum, each) => sum + each.down, 0);
    moment = later(moment, minute);
    await house.clock.to(later(moment, 20 * 24 * 60 * minute));
    await probe.look();
    await probe.look();
    const letters = `${(await reports()).map((each) => each.states).join('')}${probe.state.letters}`;
    expect(letters.endsWith('-'.repeat(200))).toBe(true);
    expect((await reports()).reduce((sum, each) => sum + each.down, 0)).toBe(before);
  });
  it('does not speak while its own clock has gone back', async () => {
    const kept = moment;
    moment = later(moment, -minute);
    await expect(probe.look()).rejects.toThrow('clock-went-back');
    moment = kept;
  });
  it('is silent about a minute when its clock and the platform’s differ, on a platform that is no sandbox', async () => {
    const other = noteSigner('node.example/journal', new Uint8Array(32).fill(7));
    const intake: Intake = {
      ...reachIntake(address, key, stopping.signal),
      time: async () => ({ now: later(moment, 61_000), rate: 1, deadlines: [] }),
    };
    const apart = new Probe(
      {
        intake,
        key,
        platform: other,
        stateFile: join(folder, 'apart.state'),
        evaluations: log,
        log: (line) => said.push(line),
        clock: () => moment,
        everyMilliseconds: minute,
        batchMinutes: 60,
      },
      freshProbe(printVerifierKey(other)),
    );
    await apart.look();
    moment = later(moment, minute);
    await apart.look();
    const spoken = entries().flatMap((entry) => (entry.what === 'stated' ? [(entry as unknown as SignedStatement).statement] : []));
    expect(spoken.filter((each) => each.platform === other.name).map((each) => each.states)).toEqual(['-']);
    expect(said.some((line) => line.startsWith('clock-differs'))).toBe(true);
  });
});

describe('The trial’s door', () => {
  it('is for registered probes alone, by a fresh signature over this very request', async () => {
    const asked = (header: string) =>
      request(house.app).post('/uploads').set({ 'x-probe': header, 'tus-resumable': '1.0.0', 'upload-length': '10' });
    expect((await asked('probe.institute.example 1 AAAA')).status).toBe(403);
    expect((await asked('stranger.example 1 AAAA')).text).toContain('unknown-probe');
    const stranger = reachIntake(address, noteSigner(key.name, new Uint8Array(32).fill(9)), stopping.signal);
    const outcome = await stranger.trial();
    expect(outcome).toEqual({ known: false, took: null, why: 'the platform does not know this probe' });
  });
  it('counts an answer that is no success as the file not being taken, whatever the platform calls it', async () => {
    const refusing = await listening(createServer((_asked, answer) => answer.writeHead(503).end('{"problem":"busy"}')));
    expect(await reachIntake(addressOf(refusing), key, stopping.signal).trial()).toMatchObject({
      known: true,
      took: null,
      why: 'create: 503',
    });
    await close(refusing);
    const hanging = await listening(createServer(() => {}));
    expect(await reachIntake(addressOf(hanging), key, stopping.signal, 200).trial()).toMatchObject({ known: true, took: null });
    await close(hanging);
  });
});
