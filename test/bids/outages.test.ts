import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { collectDocuments } from '../../src/bids/collect-documents.ts';
import { judge, Refusal, type Trust } from '../../src/custody/judge.ts';
import { emptyRegister, followRegister } from '../../src/custody/register.ts';
import { type BundleInput, verifyBundle, writeBundle } from '../../src/evidence/bundle.ts';
import { type NoteSigner, noteSigner, openCheckpoint, parseVerifierKey, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { minuteOf, type ProbeStatement, signStatement, statementDigest } from '../../src/journal/probe.ts';
import { checkpointAt, eventsOfLot, eventsOfType, journalKeys, knownWitnesses } from '../../src/journal/reads.ts';
import { registerProbe } from '../../src/journal/register-probe.ts';
import { removeProbe } from '../../src/journal/remove-probe.ts';
import { reportAvailability } from '../../src/journal/report-availability.ts';
import { setClock } from '../../src/journal/set-clock.ts';
import { thePublic, theSystem } from '../../src/kernel/actor.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { moveDeadline } from '../../src/openings/move-deadline.ts';
import { registerPage } from '../../src/openings/orders-reads.ts';
import { reachDeadline } from '../../src/openings/reach-deadline.ts';
import { CouncilTask } from '../../src/openings/schema.ts';
import { evidenceOf } from '../../src/openings/task-reads.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import { publicEvidence } from '../../src/openness/evidence-reads.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { witnessedTown } from '../openness/witness.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

const minute = 60_000;
let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
const platform = 'test.yangguang.example/sandbox';
const keys = ['north', 'south', 'west'].map((name) => noteSigner(`${name}.probe.example`, crypto.getRandomValues(new Uint8Array(32))));
const [north, south, west] = keys as [NoteSigner, NoteSigner, NoteSigner];
const institutions = ['宜昌市计量检定所', '三峡大学信息中心', '湖北省公证协会'];
const numbers = new Map<string, { number: number; head: string }>();

/** The next statement of a probe, as its program signs it. */
function statement(key: NoteSigner, states: string, from: Instant, more: Partial<ProbeStatement> = {}) {
  const { number, head } = numbers.get(key.name) ?? { number: 0, head: '' };
  const next: ProbeStatement = {
    format: 'yangguang/probe-report/v1',
    platform,
    probe: key.name,
    number: number + 1,
    previous: head,
    from: minuteOf(from),
    states,
    slowest: states.includes('u') ? 35 : null,
    ...more,
  };
  return signStatement(next, key);
}
async function states(key: NoteSigner, letters: string, from: Instant): Promise<void> {
  const signed = statement(key, letters, from);
  await house.perform(reportAvailability, thePublic, signed);
  numbers.set(key.name, { number: signed.statement.number, head: statementDigest(signed.statement) });
}
const taken = (given: unknown): Promise<string> => refusal(house.perform(reportAvailability, thePublic, given));
const toMoment = (at: Instant) => house.perform(setClock, theSystem, { at });
const lotRow = (lot: string) => house.em().findOneOrFail(Lot, { id: lot });
const bid = (lot: string, at: number, price: string): Promise<string> => {
  const bidder = town.bidders[at];
  if (!bidder) throw new Error(`no bidder ${at}`);
  return submitSealed(town, lot, bidder, { price });
};

const shutOut = (): Person => {
  const bidder = town.bidders[2];
  if (!bidder) throw new Error('the town has three bidders');
  return bidder;
};
/** What the intake says to a bidder who begins to upload now. */
async function uploadRefused(lot: string, at: number): Promise<string> {
  const text = (value: string): string => Buffer.from(value).toString('base64');
  const { status, text: says } = await request(house.app)
    .post('/uploads')
    .set({ authorization: `Bearer ${await town.bidders[at]?.token()}`, 'tus-resumable': '1.0.0', 'upload-length': '1000' })
    .set({ 'upload-metadata': `lot ${text(lot)},part ${text('whole')}` });
  return `${status} ${says}`;
}
/** A lot whose deadline is a whole minute, as in life. */
async function wholeMinuteLot() {
  return publishedLot(town, { deadline: later(minuteOf(await houseNow(house)), 30 * 24 * 60 * minute) });
}

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  const witnessed = await witnessedTown(await makeTown(house));
  ({ town, stop } = witnessed);
}, 90_000);
afterAll(async () => {
  await stop();
  await house.close();
});

describe('Probes and the notice', () => {
  it('carries the rule with probes of three institutions, and not with two; what is registered later does not touch it', async () => {
    for (const [at, key] of [north, south].entries())
      await house.perform(registerProbe, town.administrator.actor, { vkey: printVerifierKey(key), institution: institutions[at] });
    // a second probe of an institution is no third institution
    const twin = noteSigner('twin.probe.example', new Uint8Array(32).fill(5));
    await house.perform(registerProbe, town.administrator.actor, { vkey: printVerifierKey(twin), institution: institutions[0] });
    const before = await publishedLot(town);
    expect(termsOf(await lotRow(before.lot)).outage).toBeUndefined();
    await house.perform(removeProbe, town.administrator.actor, { name: twin.name, reason: '同一机构' });
    await house.perform(registerProbe, town.administrator.actor, { vkey: printVerifierKey(west), institution: institutions[2] });
    const { lot } = await publishedLot(town);
    expect(termsOf(await lotRow(lot)).outage).toMatchObject({
      quorum: 2,
      downMinutes: 10,
      windowMinutes: 120,
      moveHours: 24,
      mostMoves: 2,
    });
    expect(
      termsOf(await lotRow(lot))
        .outage?.probes.map((each) => each.institution)
        .sort(),
    ).toEqual([...institutions].sort());
    expect(termsOf(await lotRow(before.lot)).outage).toBeUndefined();
  });
  it('is the administrator’s to register, by a key that was not used before', async () => {
    const other = printVerifierKey(noteSigner(north.name, new Uint8Array(32).fill(9)));
    expect(await refusal(house.perform(registerProbe, town.agent.actor, { vkey: other, institution: '某机构' }))).toBe('not-permitted');
    expect(await refusal(house.perform(registerProbe, town.administrator.actor, { vkey: other, institution: '某机构' }))).toBe(
      'probe-already-known',
    );
    expect(await refusal(house.perform(registerProbe, town.administrator.actor, { vkey: 'x+y+z', institution: '某机构' }))).toBe(
      'not-a-probe-key',
    );
  });
  it('takes a statement of a registered probe about this platform and past minutes, once', async () => {
    const now = minuteOf(await houseNow(house));
    const honest = statement(north, 'uuuuu', later(now, -5 * minute));
    expect(await taken(statement(noteSigner('stranger.example', new Uint8Array(32).fill(3)), 'u', later(now, -5 * minute)))).toBe(
      'probe-unknown',
    );
    expect(await taken(statement(north, 'u', later(now, -5 * minute), { platform: 'other.example/sandbox' }))).toBe(
      'probe-report-not-believed',
    );
    expect(await taken({ ...honest, statement: { ...honest.statement, states: 'ddddd' } })).toBe('probe-report-not-believed');
    expect(await taken(statement(north, 'uu', later(now, -minute)))).toBe('probe-report-ahead');
    await states(north, 'uuuuu', later(now, -5 * minute));
    expect(await taken(honest)).toBe('probe-report-repeats');
    await until(town, async () => (await eventsOfType(house.em(), 'probe.reported')).length > 0);
    const [event] = await eventsOfType(house.em(), 'probe.reported');
    expect(event?.event.data).toEqual({ probe: north.name, ...honest });
  });
  it('shows a probe that contradicts itself, takes the contradiction once, and counts neither', async () => {
    const now = minuteOf(await houseNow(house));
    const lie = statement(north, 'ddddd', later(now, -5 * minute), { number: 1, previous: '' });
    await house.perform(reportAvailability, thePublic, lie);
    expect(await taken(statement(north, 'ddduu', later(now, -5 * minute), { number: 1, previous: '' }))).toBe('probe-report-repeats');
    const { body } = await house.api().get('/probes').expect(200);
    const shown = body.probes.find((each: { name: string }) => each.name === north.name);
    expect(shown).toMatchObject({ contradictions: 1 });
    expect(shown.day.endsWith('!!!!!')).toBe(true);
  });
  it('still takes the statements of a probe that was removed: nobody silences it for a tender that names it', async () => {
    await house.perform(removeProbe, town.administrator.actor, { name: west.name, reason: '更换机房' });
    await states(west, 'u', later(minuteOf(await houseNow(house)), -minute));
    await house.perform(registerProbe, town.administrator.actor, { vkey: printVerifierKey(west), institution: institutions[2] });
  });
});

describe('An outage right up to the deadline', () => {
  let lot: string;
  let deadline: Instant;
  let next: Instant;

  it('keeps bidding open in name only until the probes have spoken: no bid is taken, nothing is closed', async () => {
    ({ lot } = await wholeMinuteLot());
    await house.perform(collectDocuments, shutOut().actor, { lot });
    await bid(lot, 0, '17800000.00');
    await bid(lot, 1, '18000000.00');
    deadline = (await lotRow(lot)).deadline as Instant;
    await toMoment(later(deadline, -10 * minute));
    await states(north, 'u'.repeat(110), later(deadline, -120 * minute));
    await states(south, 'u'.repeat(110), later(deadline, -120 * minute));
    await toMoment(deadline);
    await beat(house);
    expect(await phaseOf(house, lot)).toBe('bidding');
    expect(await refusal(house.perform(reachDeadline, theSystem, { lot }))).toBe('outage-undecided');
    expect(await uploadRefused(lot, 2)).toContain('bidding-closed');
    const { body } = await house.api().get(`/lots/${lot}`).expect(200);
    expect(body.outage).toEqual({ moved: 0, original: deadline, waiting: true });
    // one probe alone moves nothing
    await states(north, 'd'.repeat(10), later(deadline, -10 * minute));
    await beat(house);
    expect(await refusal(house.perform(moveDeadline, theSystem, { lot }))).toBe('no-outage-proven');
    expect((await lotRow(lot)).deadline).toBe(deadline);
  });
  it('moves for everybody when the second probe says so, and tells nothing about bids', async () => {
    await states(south, 'd'.repeat(10), later(deadline, -10 * minute));
    await beat(house);
    next = later(deadline, 24 * 60 * minute);
    expect((await lotRow(lot)).deadline).toBe(next);
    await until(town, async () => (await eventsOfLot(house.em(), lot, { types: ['deadline.moved'] })).length > 0);
    const [moved] = await eventsOfLot(house.em(), lot, { types: ['deadline.moved'] });
    expect(Object.keys(moved?.event.data as object).sort()).toEqual(['deadline', 'number', 'previousDeadline', 'probes']);
    expect(moved?.event.subject).toEqual({ lot });
    const counted = moved?.event.data as { probes: { down: number }[] } | undefined;
    expect(counted?.probes.map((each) => each.down).sort()).toEqual([0, 10, 10]);
    const { body } = await house.api().get(`/lots/${lot}`).expect(200);
    expect(body.outage).toEqual({ moved: 1, original: deadline, waiting: false });
    expect(JSON.stringify(body)).not.toContain(String(town.bidders[0]?.actor.code));
    // the bidder who was shut out hands in now
    await bid(lot, 2, '18250000.00');
    expect(await refusal(house.perform(moveDeadline, theSystem, { lot }))).toBe('no-outage-proven');
  });
  it('ends at the new deadline as soon as enough probes have spoken, and opens', async () => {
    await toMoment(next);
    for (const key of keys) await states(key, 'u'.repeat(120), later(next, -120 * minute));
    await until(town, async () => (await phaseOf(house, lot)) === 'opening');
    const task = await house.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' });
    expect(task.points).toHaveLength(3);
  });

  const evidence = async (): Promise<TaskEvidence> => {
    const task = await house.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' });
    let found: TaskEvidence | null = null;
    await until(town, async () => {
      found = await evidenceOf(house.em(), task.id);
      return found !== null;
    });
    if (!found) throw new Error('no evidence');
    return found;
  };
  const judged = async (given: TaskEvidence, register = emptyRegister): Promise<string> => {
    const em = house.em();
    const [vkey = ''] = await journalKeys(em);
    const names = given.checkpoint;
    const witnesses = (await knownWitnesses(em)).filter((each) => names.includes(`— ${each.split('+')[0]} `));
    const trust: Trust = { platform: vkey, witnesses, quorum: 2, council: town.council };
    const closed = given.events.find(({ event }) => event.type === 'bidding.closed')?.event.data as { treeSize: number };
    const snapshot = (await checkpointAt(em, closed.treeSize))?.text;
    const known = register === emptyRegister ? {} : { register };
    try {
      judge(given, trust, { now: later(next, minute), answered: {}, snapshot: () => snapshot, ...known });
      return 'answered';
    } catch (error) {
      if (error instanceof Refusal) return error.reason;
      throw error;
    }
  };

  it('is answered by a custodian from the statements, and refused without them', async () => {
    const given = await evidence();
    expect(await judged(given)).toBe('answered');
    const without = { ...given, events: given.events.filter(({ event }) => event.type !== 'probe.reported') };
    expect(await judged(without)).toBe('move-not-proven');
    const silent = { ...given, events: given.events.filter(({ event }) => event.type !== 'deadline.reached') };
    expect(await judged(silent)).toBe('events');
    const unmoved = { ...given, events: given.events.filter(({ event }) => event.type !== 'deadline.moved') };
    expect(await judged(unmoved)).toBe('outage-ignored');
  });
  it('is found out by the register when a statement is withheld', async () => {
    const given = await evidence();
    const key = parseVerifierKey((await journalKeys(house.em()))[0] ?? '');
    const opened = key && openCheckpoint(given.checkpoint, key);
    if (!opened || typeof opened === 'string') throw new Error('the checkpoint does not open');
    const register = await followRegister((from, size) => registerPage(house.em(), from, size), emptyRegister, opened.checkpoint, []);
    expect(await judged(given, register)).toBe('answered');
    const stated = given.events.filter(({ event }) => event.type === 'probe.reported');
    const last = stated.at(-1);
    expect(await judged({ ...given, events: given.events.filter((each) => each !== last) }, register)).toBe('event-withheld');
  });
  it('is rechecked from the bundle, which fails without the statements', async () => {
    let parts: BundleInput | null = null;
    await until(town, async () => {
      parts = await publicEvidence(house.em(), thePublic, lot).then(
        (found) => found.parts as BundleInput,
        () => null,
      );
      return parts !== null;
    });
    if (!parts) throw new Error('no bundle');
    const given = parts as BundleInput;
    const key = parseVerifierKey(given.platformKey);
    const verdict = await verifyBundle(await writeBundle(given), { key });
    expect(verdict.result).toBe('verified');
    expect(JSON.stringify(verdict)).toContain('it moved 1 times');
    const without = { ...given, events: given.events.filter(({ event }) => event.type !== 'probe.reported') };
    expect((await verifyBundle(await writeBundle(without), { key })).result).toBe('refuted');
  });
});

describe('Probes that say nothing', () => {
  it('hold the closing for its bounded time, to the millisecond, and no longer', async () => {
    const { lot } = await wholeMinuteLot();
    const deadline = (await lotRow(lot)).deadline as Instant;
    await toMoment(later(deadline, 240 * minute - 1));
    expect(await refusal(house.perform(reachDeadline, theSystem, { lot }))).toBe('outage-undecided');
    await toMoment(later(deadline, 240 * minute));
    expect(await refusal(house.perform(reachDeadline, theSystem, { lot }))).toBe('performed');
  });
});
