import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { judge, Refusal, type Trust } from '../../src/custody/judge.ts';
import { concludePart } from '../../src/evaluation/conclude-part.ts';
import { enquireBid } from '../../src/evaluation/enquire-bid.ts';
import { keepNote } from '../../src/evaluation/keep-note.ts';
import { recordBlindChecks } from '../../src/evaluation/record-blind-checks.ts';
import { revealPseudonyms } from '../../src/evaluation/reveal-pseudonyms.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { scoreBid } from '../../src/evaluation/score-bid.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { presentWitnesses } from '../../src/journal/witness-reads.ts';
import { type Actor, thePublic, theSystem } from '../../src/kernel/actor.ts';
import { CouncilTask, DrawRequest as DrawRow, OpeningItem, PseudonymRow } from '../../src/openings/schema.ts';
import { evidenceOf } from '../../src/openings/task-reads.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import type { EvaluationReport } from '../../src/papers/evaluation-report.ts';
import { paperFor } from '../../src/papers/reads.ts';
import { PaperRow } from '../../src/papers/schema.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, today } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { nextSession, panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openedLot, phaseOf, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';
import { bundleOf, custodianAsked, verdictOf } from '../turns/scene.ts';

/** A technical part that is reviewed blind, from the notice to the evidence: whose a file is, nobody at the desk can find out before the last blind sheet is in. */

let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
let lot: string;
let bids: readonly string[];
let members: readonly { readonly member: string; readonly person: Person }[];
beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  const witnessed = await witnessedTown(await makeTown(house, { bidders: 4 }));
  town = today(witnessed.town);
  stop = witnessed.stop;
}, 120_000);
afterAll(async () => {
  await stop();
  await house.close();
});

const prices = ['17800000.00', '18000000.00', '18250000.00', '18100000.00'];
const tellingFiles = (name: string) => {
  const said = 'BT (call 13800138000) Tj ET';
  return [
    { field: 'technical', name: `${name}.pdf`, content: `%PDF-1.7\n4 0 obj<</Length ${said.length}>>stream\n${said}\nendstream endobj` },
    { field: 'qualification', name: '资格审查资料.zip', content: 'PK 资格审查资料' },
  ];
};
const eventsOf = async (...types: string[]) =>
  (await eventsOfLot(house.em(), lot, { types: types as never })).map(
    ({ event }) => event as { type: string; data: Record<string, unknown> },
  );
const pseudonyms = () => house.em().find(PseudonymRow, { lot }, { orderBy: { number: 'asc' } });
const member = (place: number): Person => {
  const found = members[place];
  if (!found) throw new Error(`the panel has no member ${place}`);
  return found.person;
};
const asMember = async (path: string, place = 0) =>
  request(house.app)
    .get(path)
    .set({ authorization: `Bearer ${await member(place).token()}` });
const terms = async () => termsOf(await house.em().findOneOrFail(Lot, { id: lot }));

describe('The notice', () => {
  it('says what is reviewed blind, by which rules, and names the item by which a telling mark is judged', async () => {
    ({ lot, bids } = await openedLot(town, {
      // the second leaves its name in the file's name and a telephone number in the file
      offers: prices.map((price, at) =>
        at === 1 ? { price, files: tellingFiles(town.bidders[at]?.actor.organisationName ?? '') } : { price },
      ),
      draft: { envelopes: 'technical+price', blind: true, blindPages: 120, blindPictures: 'drawings', blindFonts: ['宋体'] },
    }));
    const { blind, items } = await terms();
    expect(blind).toEqual({
      part: 'technical',
      documents: ['technical'],
      items: ['blind-mark'],
      criteria: ['plan', 'quality', 'safety', 'schedule'],
      rules: { pages: 120, pictures: 'drawings', fonts: ['宋体'] },
    });
    expect(items.find(({ id }) => id === 'blind-mark')).toMatchObject({ part: 'technical' });
    const [notice] = await eventsOf('notice.published');
    expect(notice?.data.blind).toEqual(blind);
    const page = await request(house.app).get(`/lots/${lot}`).expect(200);
    for (const words of ['暗标评审', '施工组织设计', '120', '宋体']) expect(page.text).toContain(words);
  }, 90_000);
});

describe('Pseudonyms', () => {
  it('are drawn and committed to before the envelopes are opened; seed, shares and list stay unsaid', async () => {
    const order = (await eventsOf('opening.started', 'draw.requested', 'share.kept', 'pseudonyms.committed', 'bid.opened')).map(
      ({ type }) => type,
    );
    expect(order.slice(0, 2)).toEqual(['opening.started', 'draw.requested']);
    expect(order.indexOf('pseudonyms.committed')).toBeLessThan(order.indexOf('bid.opened'));
    expect(order.filter((type) => type === 'share.kept').length).toBeGreaterThanOrEqual(town.council.threshold);
    const task = await house.em().findOneOrFail(CouncilTask, { lot, kind: 'draw' });
    const given = (await eventsOf('share.given')).filter(({ data }) => data.task === task.id);
    const row = await house.em().findOneOrFail(DrawRow, { lot, purpose: 'blind' });
    expect([given, row.seed, row.transcript, row.completedAt]).toEqual([[], null, null, null]);
    const list = await pseudonyms();
    expect(list.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(list.map(({ submission }) => submission).sort()).toEqual([...bids].sort());
    const everything = JSON.stringify(
      await eventsOf('draw.requested', 'share.kept', 'pseudonyms.committed', 'opening.started', 'bid.read'),
    );
    for (const { id } of list) expect(everything).not.toContain(id);
    const shown = (await house.api().get(`/lots/${lot}/draws`).expect(200)).body;
    expect(JSON.stringify(shown)).not.toContain(row.id);
  });

  it('a custodian answers the draw once and for exactly the listed bids, and no envelope before the root stands', async () => {
    expect(await custodianAsked(town, lot, { part: 'technical', bids })).toBe('answered');
    const evidence = await drawEvidence();
    expect(await says(evidence)).toBe('answered');
    const without = (type: string, of = evidence): TaskEvidence => ({
      ...of,
      events: of.events.filter(({ event }) => event.type !== type),
    });
    expect(await says(without('opening.started'))).toBe('blind-not-due');
    const started = evidence.events.find(({ event }) => event.type === 'opening.started');
    const { list } = (started?.event.data ?? { list: [] }) as { list: unknown[] };
    const shorter = {
      ...evidence,
      events: evidence.events.map((each) => (each === started ? tampered(each, { list: list.slice(1) }) : each)),
    };
    expect(await says(shorter)).toBe('not-included');
    const opening = await openingEvidence();
    expect(await says(without('pseudonyms.committed', opening))).toBe('pseudonyms-not-committed');
    expect(await says(opening)).toBe('answered');
  }, 60_000);

  it('no two of a part, whatever the programs do', async () => {
    const row = await house.em().findOneOrFail(DrawRow, { lot, purpose: 'blind' });
    const doubled = house.em().execute(
      `insert into draw_request (id, lot, purpose, part, request, digest, task, requested_at)
       select gen_random_uuid(), lot, purpose, part, request, digest, task, requested_at from draw_request where id = ?`,
      [row.id],
    );
    await expect(doubled).rejects.toThrow('one_blind_draw_a_part');
  });
});

describe('At the desk, while it is blind', () => {
  const desk = (query = ''): string => `/lots/${lot}/evaluation${query}`;

  it('names are known as a set before the work begins, and the bids by pseudonym alone after it', async () => {
    members = await panelAtWork(town, lot);
    const list = await pseudonyms();
    const { body } = await asMember(`/api${desk()}`);
    expect(body.bidders).toHaveLength(4);
    expect(body.bids).toEqual(list.map(({ id, number }) => ({ submission: id, name: `暗标 0${number}`, price: '', out: null })));
    expect(body.items.map((item: { id: string }) => item.id)).toEqual(['blind-mark']);
    expect(body.criteria.map((row: { id: string }) => row.id)).toEqual(['plan', 'quality', 'safety', 'schedule']);
    expect(body.blind).toMatchObject({ state: 'blind', mayReveal: false, list: [] });
    expect(body.chosen.files).toEqual([{ index: 0, label: expect.anything(), name: '施工组织设计.pdf', bytes: 0, sha256: '' }]);
    expect([body.chosen.figures, body.chosen.tables, body.turn]).toEqual([[], [], null]);
  }, 60_000);

  it('no page, address, file name or event that a member can get names a bid that it can tell', async () => {
    const [first] = await pseudonyms();
    const names = town.bidders.map((each) => each.actor.organisationName ?? '?');
    const pages = ['', '?view=review', '?view=score', '?view=compare', '?view=compare&of=plan', '?view=sheet', '?view=result', '/log'];
    for (const page of pages.map((query) => desk(query))) {
      const { text } = await asMember(page);
      for (const secret of [...names, ...bids, ...prices]) expect([page, text.includes(secret)]).toEqual([page, false]);
    }
    const file = await asMember(`/lots/${lot}/bids/${first?.id}/files/0`);
    expect([file.status, decodeURIComponent(file.headers['content-disposition'] ?? '')]).toEqual([
      200,
      expect.stringContaining('施工组织设计.pdf'),
    ]);
    expect((await asMember(`/lots/${lot}/bids/${first?.submission}/files/0`)).status).toBe(404);
    expect((await asMember(`/lots/${lot}/bids/${first?.id}/files/1`)).status).toBe(404);
    await house.perform(keepNote, member(0).actor, { lot, bid: first?.id, text: '方案有针对性' });
    while ((await eventsOf('note.kept')).length === 0) await new Promise((resolve) => setTimeout(resolve, 40));
    const told = JSON.stringify(await eventsOf('attachment.opened', 'note.kept'));
    for (const bid of bids) expect(told).not.toContain(bid);
    expect(told).toContain(first?.id);
  }, 60_000);

  it('the platform has looked through all blind files together: a member is told kinds and places, and never the words', async () => {
    const list = await pseudonyms();
    while ((await eventsOf('blind.checked')).length < list.length) await new Promise((resolve) => setTimeout(resolve, 40));
    const checked = await eventsOf('blind.checked');
    // in the order of the pseudonyms, behind the last envelope: it tells nothing of whose they are
    expect(checked.map(({ data }) => data.bid)).toEqual(list.map(({ id }) => id));
    const order = (await eventsOf('bid.opened', 'blind.checked')).map(({ type }) => type);
    expect(order.lastIndexOf('bid.opened')).toBeLessThan(order.indexOf('blind.checked'));
    const told = list.find(({ submission }) => submission === bids[1]);
    const marks = [
      { file: 0, kind: 'name', page: -1 },
      { file: 0, kind: 'phone', page: 0 },
    ];
    expect(checked.map(({ data }) => data.marks)).toEqual(list.map((each) => (each === told ? marks : [])));
    const { text } = await asMember(desk(`?view=review&bid=${told?.id}`));
    for (const words of ['程序检查结果', '文件名：投标人名称或简称', '页面以外：电话号码']) expect(text).toContain(words);
    expect(text).not.toContain('13800138000');
    expect((await asMember(desk(`?view=review&bid=${list.find((each) => each !== told)?.id}`))).text).toContain('没有发现标记');
    const again = { lot, part: 'technical', checks: list.map(({ id }) => ({ bid: id, marks: [] })) };
    expect(await refusal(house.perform(recordBlindChecks, theSystem, again as never))).toBe('no-blind-files');
  }, 60_000);

  it('BLIND-1: only what is judged blind can be judged, under pseudonyms; nothing is asked of a bidder, and nothing concluded', async () => {
    const [first] = await pseudonyms();
    const bid = first?.id ?? '';
    const by = member(0).actor;
    const verdict = (of: string, item: string) => refusal(house.perform(reviewBid, by, { lot, verdicts: [{ bid: of, item, pass: true }] }));
    expect(await verdict(first?.submission ?? '', 'blind-mark')).toBe('unknown-item');
    expect(await verdict(bid, 'qualification')).toBe('blind-review-open');
    expect(await refusal(house.perform(scoreBid, by, { lot, scores: [{ bid, criterion: 'manager', score: '4' }] }))).toBe(
      'blind-review-open',
    );
    expect(await refusal(house.perform(enquireBid, by, { lot, bid, kind: 'clarification', text: '请说明工期安排', minutes: 60 }))).toBe(
      'blind-review-open',
    );
    expect(await refusal(house.perform(concludePart, by, { lot }))).toBe('blind-review-open');
    expect(await refusal(house.perform(revealPseudonyms, by, { lot }))).toBe('evaluation-incomplete');
    expect(await refusal(house.perform(revealPseudonyms, town.agent.actor, { lot }))).not.toBe('performed');
  });
});

describe('When the last blind sheet is in', () => {
  it('the pseudonyms are laid open with the whole draw, once; what was judged blind stands', async () => {
    const list = await pseudonyms();
    const { criteria, blind } = await terms();
    const scored = criteria.filter(({ id }) => blind?.criteria.includes(id));
    for (const { person } of members) {
      await house.perform(reviewBid, person.actor, { lot, verdicts: list.map(({ id }) => ({ bid: id, item: 'blind-mark', pass: true })) });
      const scores = list.flatMap(({ id }) => scored.map(({ id: criterion, max }) => ({ bid: id, criterion, score: max })));
      await house.perform(scoreBid, person.actor, { lot, scores });
    }
    const page = await asMember(`/lots/${lot}/evaluation?view=result`);
    expect(page.text).toContain('揭晓暗标');
    await house.perform(revealPseudonyms, member(0).actor, { lot });
    expect(await refusal(house.perform(revealPseudonyms, member(0).actor, { lot }))).toBe('no-blind-review');
    // the sequencer works beside us
    while ((await eventsOf('pseudonyms.revealed')).length === 0) await new Promise((resolve) => setTimeout(resolve, 40));
    const [revealed] = await eventsOf('pseudonyms.revealed');
    const [committed] = await eventsOf('pseudonyms.committed');
    expect(revealed?.data.root).toBe(committed?.data.root);
    expect(revealed?.data.list).toEqual(list.map(({ id, number, submission }) => ({ id, number, submission })));
    const change = { lot, scores: [{ bid: list[0]?.submission, criterion: 'plan', score: '1', reason: '看到名称之后改主意' }] };
    expect(await refusal(house.perform(scoreBid, member(0).actor, change))).toBe('sheets-closed');
    const failing = { lot, verdicts: [{ bid: list[0]?.submission, item: 'blind-mark', pass: false, reason: '看到名称之后改主意' }] };
    expect(await refusal(house.perform(reviewBid, member(0).actor, failing))).toBe('sheets-closed');
    const { body } = await asMember(`/api/lots/${lot}/evaluation?bid=${list[0]?.submission}`);
    expect(body.blind.state).toBe('open');
    expect(body.bids.map((bid: { submission: string }) => bid.submission).sort()).toEqual([...bids].sort());
    expect(body.note).toBe('方案有针对性');
    expect(body.items.length).toBeGreaterThan(1);
  }, 60_000);

  it('BLIND-1, on the other side: the rest is judged by name, the price envelopes are opened, and the evidence verifies', async () => {
    await panelSigns(town, lot);
    expect(await phaseOf(house, lot)).toBe('waiting');
    await nextSession(town, lot);
    expect(await house.em().count(OpeningItem, { lot, part: 'price', state: 'opened' })).toBe(4);
    const { result, checks } = await verdictOf(house, await bundleOf(house, lot, town.regulator));
    expect(result).toBe('verified');
    expect(checks).toContain('The pseudonyms are those that the draw gives, under the root committed to before');
    expect((await verdictOf(house, await bundleOf(house, lot))).result).toBe('verified');
  }, 90_000);

  it('the report tells whose they were, what was seen and how the panel voted, of those that passed too; to host and supervisor alone', async () => {
    await house.perform(startEvaluation, town.agent.actor, { lot });
    await panelSigns(town, lot);
    const paper = () => house.em().findOne(PaperRow, { lot, kind: 'evaluation-report' });
    await until(town, async () => (await paper()) !== null);
    const report = (await paper())?.data as EvaluationReport;
    const [list, [committed]] = [await pseudonyms(), await eventsOf('pseudonyms.committed')];
    expect(report.blind).toMatchObject({ root: committed?.data.root, request: committed?.data.digest, part: { zh: '商务技术文件' } });
    expect(report.blind?.shares.length).toBe((await eventsOf('share.kept')).length);
    const codes = new Map(
      (await house.em().find(OpeningItem, { lot, part: 'technical' })).map(({ submission, bidder }) => [submission, bidder]),
    );
    expect(report.blind?.bids.map(({ pseudonym, bidder }) => [pseudonym.zh, bidder.code])).toEqual(
      list.map(({ number, submission }) => [`暗标 0${number}`, codes.get(submission)]),
    );
    for (const { bidder, marks, votes } of report.blind?.bids ?? []) {
      const told = bidder.code === codes.get(bids[1] ?? '');
      expect(marks?.map(({ kind, place }) => `${place.zh}：${kind.zh}`)).toEqual(
        told ? ['文件名：投标人名称或简称', '页面以外：电话号码'] : [],
      );
      expect(votes).toMatchObject([{ against: 0, of: members.length, reasons: [] }]);
    }
    const read = (who: Actor) => refusal(paperFor(house.em(), who, { lot, kind: 'evaluation-report' }));
    expect([await read(town.agent.actor), await read(town.regulator.actor)]).toEqual(['performed', 'performed']);
    for (const who of [town.bidders[0]?.actor ?? thePublic, member(0).actor, thePublic]) expect(await read(who)).toBe('not-found');
  }, 60_000);
});

async function settled(task: CouncilTask): Promise<TaskEvidence> {
  for (let tries = 0; tries < 200; tries += 1) {
    const evidence = await evidenceOf(house.em(), task.id);
    const [row] = await house.em().execute<{ count: string }[]>('select count(*) from journal_event where lot = ?', [lot]);
    if (evidence && evidence.events.filter(({ event }) => event.subject.lot === lot).length === Number(row?.count)) return evidence;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the witnesses did not catch up');
}
/** What a custodian was handed for the draw: everything up to the request, as it stood then. */
async function drawEvidence(): Promise<TaskEvidence> {
  const evidence = await settled(await house.em().findOneOrFail(CouncilTask, { lot, kind: 'draw' }));
  const asked = evidence.events.find(({ event }) => event.type === 'draw.requested')?.index ?? 0;
  return { ...evidence, events: evidence.events.filter(({ index }) => index <= asked) };
}
const openingEvidence = async (): Promise<TaskEvidence> => settled(await house.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' }));
const tampered = (each: TaskEvidence['events'][number], data: object): TaskEvidence['events'][number] => ({
  ...each,
  event: { ...each.event, data: { ...(each.event.data as object), ...data } },
});

async function says(evidence: TaskEvidence): Promise<string> {
  const closed = evidence.events.find(({ event }) => event.type === 'bidding.closed')?.event.data as { treeSize: number };
  const snapshot = await request(house.app).get(`/journal/checkpoint?size=${closed.treeSize}`);
  const platform = (await house.api().get('/keys')).body.platform;
  const trust: Trust = { platform, witnesses: await presentWitnesses(house.em(), { ofCouncil: true }), quorum: 2, council: town.council };
  try {
    judge(evidence, trust, { now: await houseNow(house), answered: {}, snapshot: () => snapshot.text });
    return 'answered';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}
