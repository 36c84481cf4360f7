import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { holdsOn } from '../../src/awards/holds.ts';
import { answerObjection } from '../../src/challenges/answer-objection.ts';
import { raiseObjection } from '../../src/challenges/raise-objection.ts';
import { todo } from '../../src/challenges/reads.ts';
import { Objection } from '../../src/challenges/schema.ts';
import { thePublic } from '../../src/kernel/actor.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { addDays, dayOf, endOfDay } from '../../src/kernel/working-days.ts';
import { hallOf } from '../../src/openings/reads.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, eventsSeenBy, pageOf, refusal, regulatorOf, sendForm, shown, today } from '../awards/scene.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
/** watches over Yichang, where the tenders lie */
let regulator: Person;
let lot: string;
let deadline: Instant;
/** bids in the end; objects to the documents before */
let objector: Person;
/** objects, and never bids */
let onlooker: Person;
let objection: string;

const raise = (who: Person, stage: string, text = '资格条件设置不合理') =>
  house.perform(raiseObjection, who.actor, { lot, stage, text }).then(({ result }) => result);
const answer = (who: Person, id: string) => house.perform(answerObjection, who.actor, { objection: id, answer: '条件与项目规模相适应。' });
const list = async (who: Person | null) => (await shown(house, who, `/lots/${lot}/objections`)).body;
const duties = async (who: Person) => todo(house.em(), who.actor, await houseNow(house));
const everybody = { actor: thePublic };

beforeAll(async () => {
  // a year without a published calendar: rest days are Saturdays and Sundays, today and in ten years
  house = await openHouse({ at: at('2031-03-03T09:00') });
  town = today(await makeTown(house, { bidders: 5 }));
  regulator = await regulatorOf(town, '420500');
  [objector, onlooker] = [town.bidders[0] as Person, town.bidders[4] as Person];
  lot = (await publishedLot(town, { documentsUntil: at('2031-04-01T17:00') })).lot;
  deadline = (await house.em().findOneOrFail(Lot, { id: lot })).deadline as Instant;
}, 240_000);
afterAll(() => house.close());

describe('CON-C9: objections to the documents come ten days before the deadline (实施条例 §22)', () => {
  it('are taken from any bidder that might bid, to the last millisecond of the tenth day before', async () => {
    const last = addDays(dayOf(deadline), -10);
    // a millisecond apart: two of the same millisecond stand in no order
    await house.clock.to(later(endOfDay(last), -2));
    const raised = await raise(objector, 'documents');
    objection = raised.objection;
    // raised on Sunday 23 March: three days, Wednesday 26 March
    expect([last, raised.answerUntil]).toEqual(['2031-03-23', at('2031-03-27T00:00')]);
    await house.clock.to(later(endOfDay(last), -1));
    await raise(onlooker, 'documents', '评分办法不明确');
    await house.clock.to(endOfDay(last));
    expect(await refusal(raise(onlooker, 'documents'))).toBe('objection-too-late CON-C9');
    expect(await house.em().count(Objection, { lot })).toBe(2);
  });
  it('OBJ-2, OBJ-3: other stages have their own time', async () => {
    expect(await refusal(raise(objector, 'opening'))).toBe('objection-too-late OBJ-2');
    expect(await refusal(raise(objector, 'candidates'))).toBe('objection-too-late OBJ-3');
    expect(await refusal(house.perform(raiseObjection, objector.actor, { lot, stage: 'weather', text: '无' }))).toBe('invalid-input');
    expect(await refusal(house.perform(raiseObjection, town.agent.actor, { lot, stage: 'documents', text: '无' }))).toBe('not-permitted');
  });
});

describe('Before the opening nobody but the objector learns who objects', () => {
  const secrets = (): string[] =>
    [objector, onlooker].flatMap(({ actor }) => [actor.code, actor.organisationName, actor.user, actor.organisation].map(String));
  it.each(['agent', 'tenderee', 'stranger', 'regulator', 'centre', 'bidder', 'nobody'] as const)('%s', async (who) => {
    const readers = { agent: town.agent, tenderee: town.tenderee, stranger: town.stranger, centre: town.centre, regulator, nobody: null };
    const reader = who === 'bidder' ? (town.bidders[1] as Person) : readers[who];
    for (const path of [`/lots/${lot}/objections`, `/lots/${lot}/timeline`, `/lots/${lot}`, `/objections/${objection}`]) {
      const json = JSON.stringify((await shown(house, reader, path)).body);
      const page = (await pageOf(house, reader, path)).text;
      for (const secret of secrets()) {
        expect(json).not.toContain(secret);
        expect(page).not.toContain(secret);
      }
    }
  });
  it('host and supervisor read the text without the name; the public and other bidders are shown none, and no number', async () => {
    for (const reader of [town.agent, town.tenderee, regulator]) {
      const { objections } = await list(reader);
      expect(objections.map((each: { by: unknown; text: string }) => [each.by, each.text])).toEqual([
        [null, '资格条件设置不合理'],
        [null, '评分办法不明确'],
      ]);
    }
    for (const reader of [null, town.stranger, town.bidders[1] as Person, await regulatorOf(town, '420100')]) {
      const answer = await list(reader);
      expect([answer.objections, answer.open]).toEqual([[], false]);
      expect((await shown(house, reader, `/objections/${objection}`)).status).toBe(404);
    }
  });
  it('the objector finds its own, with its event; the host has no such event yet', async () => {
    expect((await list(objector)).objections).toEqual([
      expect.objectContaining({ id: objection, mine: true, by: objector.actor.organisationName }),
    ]);
    expect(await eventsSeenBy(house, objector, lot, 'objection.raised')).toHaveLength(1);
    expect(await eventsSeenBy(house, town.agent, lot, 'objection.raised')).toEqual([]);
    expect(await eventsSeenBy(house, regulator, lot, 'objection.raised')).toEqual([]);
  });
});

describe('An objection is answered within three days, and holds the tender until then', () => {
  it('stands on the host’s list until it is answered', async () => {
    expect(await duties(town.agent)).toEqual([
      expect.objectContaining({ due: at('2031-03-27T00:00'), href: `/lots/${lot}/objections#${objection}` }),
      expect.anything(),
    ]);
    expect(await holdsOn(house.em(), lot)).toHaveLength(2);
    expect(await duties(town.stranger)).toEqual([]);
  });
  it('a foreign agent finds no such objection; a bidder may not answer', async () => {
    expect(await refusal(answer(town.stranger, objection))).toBe('not-found');
    expect(await refusal(answer(objector, objection))).toBe('not-permitted');
  });
  it('answered by the form of the page, in time to the last millisecond; once', async () => {
    await house.clock.to(later(at('2031-03-27T00:00'), -1));
    const sent = await sendForm(house, town.agent, `/objections/${objection}/answer`, { answer: '条件与项目规模相适应。' });
    expect([sent.status, sent.headers.location]).toEqual([303, `/lots/${lot}/objections`]);
    const answered = (await list(objector)).objections[0];
    expect(answered).toMatchObject({ answer: '条件与项目规模相适应。', late: false });
    expect(await refusal(answer(town.agent, objection))).toBe('objection-already-answered');
    const again = await sendForm(house, town.agent, `/objections/${objection}/answer`, { answer: '再答一次' });
    expect([again.status, again.text.includes('该异议已经答复')]).toEqual([409, true]);
  });
  it('at the end of the third day an answer is late: taken, and said to be late', async () => {
    await house.clock.to(at('2031-03-27T00:00'));
    const [, waiting] = (await list(town.agent)).objections;
    expect(waiting).toMatchObject({ answer: null, late: true });
    expect((await answer(town.tenderee, waiting.id)).result).toMatchObject({ late: true, stage: 'documents' });
    expect(await holdsOn(house.em(), lot)).toEqual([]);
    expect(await duties(town.agent)).toEqual([]);
  });
  it('the host sees its answers in the record, and still no name', async () => {
    expect(await eventsSeenBy(house, town.agent, lot, 'objection.answered')).toHaveLength(2);
    expect(await eventsSeenBy(house, everybody, lot, 'objection.answered')).toEqual([]);
  });
});

describe('Objections to the opening are raised and answered in the session (实施条例 §44)', () => {
  let spoken: string;
  beforeAll(async () => {
    for (const [at, bidder] of town.bidders.slice(0, 3).entries()) await submitSealed(town, lot, bidder, { price: `1780${at}000.00` });
    await house.clock.to(deadline);
    await until(
      town,
      async () => (await phaseOf(house, lot)) === 'opening' && (await house.em().count(OpeningItem, { lot, state: 'sealed' })) === 0,
    );
  }, 240_000);

  it('with the opening the names of earlier objectors are known, also of one who never bid', async () => {
    for (const reader of [null, town.agent, regulator]) {
      const { objections } = await list(reader);
      expect(objections.map((each: { by: string }) => each.by)).toEqual([objector.actor.organisationName, onlooker.actor.organisationName]);
    }
    expect(await eventsSeenBy(house, everybody, lot, 'objection.raised')).toHaveLength(2);
  });
  it('OBJ-4, OBJ-1: only bidders of the lot object now, and no longer to the documents', async () => {
    expect(await refusal(raise(onlooker, 'opening'))).toBe('not-concerned-by-lot OBJ-4');
    expect(await refusal(raise(objector, 'documents'))).toBe('objection-too-late OBJ-1');
  });
  it('raised by the hall’s form it leads back to the hall, which shows it to everyone', async () => {
    const sent = await sendForm(house, objector, `/lots/${lot}/objections`, { stage: 'opening', text: '唱标价格与投标文件不符' });
    expect([sent.status, sent.headers.location]).toEqual([303, `/lots/${lot}/hall`]);
    const { objections } = await hallOf(house.em(), thePublic, lot, await houseNow(house));
    expect(objections).toEqual([
      expect.objectContaining({ by: objector.actor.organisationName, says: '唱标价格与投标文件不符', answer: null }),
    ]);
    spoken = objections[0]?.id ?? '';
    expect(await duties(town.agent)).toEqual([expect.objectContaining({ due: null, href: `/lots/${lot}/hall` })]);
  });
  it('is answered on the spot, back in the hall', async () => {
    const sent = await sendForm(house, town.agent, `/objections/${spoken}/answer`, { answer: '已核对，以唱标记录为准。' });
    expect([sent.status, sent.headers.location]).toEqual([303, `/lots/${lot}/hall`]);
    const { objections } = await hallOf(house.em(), thePublic, lot, await houseNow(house));
    expect(objections[0]?.answer?.says).toBe('已核对，以唱标记录为准。');
  });
});
