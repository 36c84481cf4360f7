import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { answerObjection } from '../../src/challenges/answer-objection.ts';
import { objectToRecord } from '../../src/challenges/object-to-record.ts';
import { Objection } from '../../src/challenges/schema.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { later } from '../../src/kernel/clock.ts';
import { attendOpening } from '../../src/openings/attend-opening.ts';
import { closeOpeningRecord } from '../../src/openings/close-opening-record.ts';
import { confirmRecord } from '../../src/openings/confirm-record.ts';
import type { RecordFile } from '../../src/openings/record-file.ts';
import { confirmInTime, standingRecord, thoseThereConfirm } from '../../src/openings/standing-record.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openingLot, phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { attendance, attends, confirms, digestOf, readAndDrawn, word } from './scene.ts';

let house: TestHouse;
let town: Town;
let lot: string;
const [first, second, third, outside] = [0, 1, 2, 3].map((at) => () => town.bidders[at] as Person) as [
  () => Person,
  () => Person,
  () => Person,
  () => Person,
];
const typesOf = async (of: string): Promise<string[]> => (await eventsOfLot(house.em(), of)).map(({ event }) => event.type);

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 4 });
}, 120_000);
afterAll(() => house.close());

describe('signing in to a session', () => {
  it('is not possible before the opening, for one who bids as for one who does not', async () => {
    const early = await publishedLot(town);
    await submitSealed(town, early.lot, first(), { price: '17800000.00' });
    const at = await houseNow(house);
    for (const bidder of [first(), outside()])
      expect(await refusal(house.perform(attendOpening, bidder.actor, { lot: early.lot, at, signature: 'AAAA' }))).toBe(
        'not-in-this-phase',
      );
  });

  it('is signed by the bidder’s own certificate, now, for this closing, and only by those on the list', async () => {
    ({ lot } = await openingLot(town));
    const asks = (who: Person, given: object) => refusal(house.perform(attendOpening, who.actor, given as never));
    const good = await attendance(town, lot, first());
    expect(await asks(first(), { ...good, signature: '' })).toBe('invalid-input');
    expect(await asks(first(), { ...(await attendance(town, lot, second())), lot })).toBe('hall-signature-refused');
    expect(await asks(first(), await attendance(town, lot, first(), { root: 'A'.repeat(43) } as never))).toBe('hall-signature-refused');
    const now = await houseNow(house);
    for (const off of [-15 * 60_000 - 1, 15 * 60_000 + 1])
      expect(await asks(first(), await attendance(town, lot, first(), { at: later(now, off) }))).toBe('hall-signature-refused');
    expect(await asks(outside(), await attendance(town, lot, outside()))).toBe('not-on-the-closing-list');
    expect(await typesOf(lot)).not.toContain('opening.attended');

    await house.perform(attendOpening, first().actor, good);
    expect(await asks(first(), await attendance(town, lot, first()))).toBe('already-signed-in-to-session');
    await attends(town, lot, second());
  });
});

describe('confirming the record', () => {
  it('is not possible before everything is read and drawn', async () => {
    const given = { lot, at: await houseNow(house), record: 'x', signature: 'AAAA' };
    expect(await refusal(house.perform(confirmRecord, first().actor, given))).toBe('record-not-ready');
    await readAndDrawn(town, lot);
  });

  it('HALL-1: while a bidder that signed in has said nothing, the host cannot end the session', async () => {
    expect(await refusal(house.perform(closeOpeningRecord, town.agent.actor, { lot }))).toBe('bidders-confirm');
    const [now, instant] = [await houseNow(house), await houseNow(house)];
    expect(thoseThereConfirm.refuses({ now, until: later(instant, 1), silent: 1 })).toBe(true);
    expect(thoseThereConfirm.refuses({ now, until: instant, silent: 1 })).toBe(false);
    expect(thoseThereConfirm.refuses({ now, until: later(instant, 1), silent: 0 })).toBe(false);
  });

  it('is signed over the digest of this very record, once', async () => {
    const other = await word(town, lot, first(), { record: 'B'.repeat(43) });
    expect(await refusal(house.perform(confirmRecord, first().actor, other))).toBe('record-changed');
    const swapped = { ...(await word(town, lot, first(), { record: 'B'.repeat(43) })), record: await digestOf(town, lot) };
    expect(await refusal(house.perform(confirmRecord, first().actor, swapped))).toBe('hall-signature-refused');
    expect(await refusal(house.perform(confirmRecord, outside().actor, await word(town, lot, outside())))).toBe('not-on-the-closing-list');
    await confirms(town, lot, first());
    expect(await refusal(confirms(town, lot, first()))).toBe('record-already-confirmed');
  });

  it('a signed objection to it is answered by the host before the session can end', async () => {
    await house.perform(objectToRecord, second().actor, (await word(town, lot, second(), { text: '工期应为220天' })) as never);
    expect(await refusal(house.perform(closeOpeningRecord, town.agent.actor, { lot }))).toBe('objections-wait');
    const raised = await house.em().findOneOrFail(Objection, { lot });
    expect([raised.stage, raised.text, raised.party]).toEqual(['opening', '工期应为220天', second().actor.code]);
    await house.perform(answerObjection, town.agent.actor, { objection: raised.id, answer: '以投标文件所载为准：240天。' });
  });

  it('the host then ends it; what it closed is what was signed', async () => {
    const digest = await digestOf(town, lot);
    await house.perform(closeOpeningRecord, town.agent.actor, { lot });
    await until(town, async () => (await typesOf(lot)).includes('record.closed'));
    const closed = (await eventsOfLot(house.em(), lot, { types: ['record.closed'] }))[0]?.event.data;
    expect(closed).toEqual({ sha256: digest, by: town.agent.actor.code });
    expect(await refusal(confirms(town, lot, third()))).toBe('not-in-this-phase');
  });

  it('HALL-2: at the end of its time silence has accepted, and the platform closes the record of one who never answers', async () => {
    const silent = await openingLot(town);
    await attends(town, silent.lot, first());
    await readAndDrawn(town, silent.lot);
    const em = house.em();
    const { until: end = '' } = (await standingRecord(em, await em.findOneOrFail(Lot, { id: silent.lot }))) ?? {};
    expect(confirmInTime.refuses({ now: later(end as never, -1), until: end as never })).toBe(false);
    expect(confirmInTime.refuses({ now: end as never, until: end as never })).toBe(true);
    await house.clock.to(end as never);
    expect(await refusal(confirms(town, silent.lot, first()))).toBe('record-stands');
    await until(town, async () => (await phaseOf(house, silent.lot)) === 'opened');
    expect((await eventsOfLot(house.em(), silent.lot, { types: ['record.closed'] }))[0]?.event.data).toMatchObject({ by: 'system' });
  }, 120_000);
});

describe('the record as a file', () => {
  const file = async (): Promise<RecordFile> => (await house.api().get(`/lots/${lot}/record`).expect(200)).body;
  const verdict = async (value: unknown): Promise<string> => (await verifyEvidence(value)).result;

  it('is public, names who signed with which certificate, and verifies by itself', async () => {
    const found = await file();
    expect(found.words.map(({ word: said, bidder }) => `${said} ${bidder}`).sort()).toEqual(
      [
        `attended ${first().actor.code}`,
        `attended ${second().actor.code}`,
        `confirmed ${first().actor.code}`,
        `objected ${second().actor.code}`,
      ].sort(),
    );
    expect(found.words[2]?.serial).toBe((await first().signer()).certificate.serial);
    const checked = await verifyEvidence(found);
    expect(checked).toMatchObject({ result: 'verified' });
    const page = await request(house.app).get(`/lots/${lot}/record`).expect(200);
    expect(page.text).toContain(found.sha256);
  });

  it.each<[string, (file: RecordFile) => void]>([
    ['a price', (f) => Object.assign(f.record.items[0] ?? {}, { price: '1.00' })],
    ['the order of reading', (f) => Object.assign(f.record.items[0] ?? {}, { order: 9 })],
    ['a name', (f) => Object.assign(f.record.items[1] ?? {}, { name: '某公司' })],
    ['the digest', (f) => Object.assign(f, { sha256: 'A'.repeat(43) })],
    ['a signer', (f) => Object.assign(f.words[2] ?? {}, { bidder: second().actor.code })],
    ['a confirmation made of an objection', (f) => Object.assign(f.words[3] ?? {}, { word: 'confirmed' })],
    ['a serial', (f) => Object.assign(f.words[2] ?? {}, { serial: '00' })],
    ['the time of a signature', (f) => Object.assign(f.words[2] ?? {}, { at: '2020-01-01T00:00:00.000Z' })],
    ['a signature twice', (f) => f.words.push(...f.words.slice(2, 3))],
  ])('%s that was changed refutes it', async (_what, change) => {
    const bent = structuredClone(await file());
    change(bent);
    expect(await verdict(bent)).toBe('refuted');
  });
});
