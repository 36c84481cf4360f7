import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { collectDocuments } from '../../src/bids/collect-documents.ts';
import { EntryApplication } from '../../src/bids/schema.ts';
import { checkInvitationDraw } from '../../src/custody/invitations.ts';
import { verification } from '../../src/evidence/checks.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { History } from '../../src/evidence/history.ts';
import { checkInvitations } from '../../src/evidence/invitations.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { todosOf } from '../../src/kernel/todo.ts';
import { dayOf } from '../../src/kernel/working-days.ts';
import { CouncilTask, OpeningItem } from '../../src/openings/schema.ts';
import { evidenceOf } from '../../src/openings/task-reads.ts';
import { dueSources } from '../../src/papers/reads.ts';
import type { DrawRequest } from '../../src/sealing/draw.ts';
import { addLot } from '../../src/tenders/add-lot.ts';
import { draftLot } from '../../src/tenders/draft-lot.ts';
import { findingIds } from '../../src/tenders/method-check.ts';
import { publishDocument } from '../../src/tenders/publish-document.ts';
import { publishNotice } from '../../src/tenders/publish-notice.ts';
import { registerProject } from '../../src/tenders/register-project.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { eventsSeenBy, pageOf, refusal, shown, today } from '../awards/scene.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, phaseOf, sessionClosed, submitSealed, until } from '../support/opened-lot.ts';
import { sequenced } from '../support/sequenced.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

/** A tender to which suppliers are invited: applications, the host's findings, the council's draw, and who may bid after it. */

let house: TestHouse;
let town: Town;
let lot: string;
const days = 86_400_000;

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 6, experts: 8 });
  lot = await drafted('夷陵区地质灾害监测设备采购', 'A02100301');
}, 240_000);
afterAll(() => house.close());

/** A lot of an invited tender, drafted and with its documents. */
async function drafted(name: string, category: string): Promise<string> {
  const now = await houseNow(house);
  const { result: registered } = await house.perform(registerProject, town.agent.actor, {
    name,
    line: 'procurement',
    procedure: 'invited-tender',
    category,
    intentionOn: dayOf(later(now, -31 * days)),
    approvalNumber: '夷采计备〔2026〕301号',
    approvedBy: '夷陵区财政局',
    funds: '财政资金',
    estimate: '1200000.00',
    region: '420506',
    tenderee: town.tenderee.actor.code,
  });
  const { result: added } = await house.perform(addLot, town.agent.actor, { project: registered.project, name });
  await house.perform(draftLot, town.agent.actor, {
    lot: added.lot,
    subject: 'goods',
    description: '监测设备采购及安装调试。',
    scope: '位移监测站40套、预警广播12套',
    place: '宜昌市夷陵区',
    periodDays: 60,
    quality: '合格',
    contactPerson: '李文静',
    contactPhone: '0717-6251234',
    estimate: '1200000.00',
    ceiling: '1200000.00',
    security: '24000.00',
    documentsUntil: later(now, 32 * days),
    deadline: later(now, 45 * days),
    qualification: ['具有独立承担民事责任的能力', '具有地质灾害监测设备供货业绩'],
  });
  const stored = await house.files.put(Readable.from([Buffer.from('招标文件')]));
  const document = { key: stored.key, name: '招标文件.pdf', type: 'application/pdf', bytes: stored.bytes, sha256: stored.sha256 };
  await house.perform(publishDocument, town.agent.actor, { lot: added.lot, document });
  return added.lot;
}

const at = (path: string): string => `/lots/${lot}/prequalification${path}`;
const problem = (answer: request.Response): string =>
  answer.status < 300
    ? 'done'
    : [String(answer.body.type).split('/').at(-1)?.split('#').at(-1), answer.body.rule].filter(Boolean).join(' ');
const post = async (who: Person, path: string, body: object = {}): Promise<string> => problem(await (await who.api()).post(at(path), body));
const noticed = (until: Instant, change: object = {}) => ({
  until,
  invited: 3,
  ground: 'few-suppliers',
  reason: '专用监测设备，供应商有限',
  ...change,
});
async function apply(who: Person): Promise<string> {
  const sent = request(house.app)
    .post(`/api${at('/applications')}`)
    .set('authorization', `Bearer ${await who.token()}`)
    .field({ statement: '具有独立法人资格；近三年同类供货业绩三项。', contact: '周敏 13800000000' });
  return problem(
    await sent.attach('papers', Buffer.from('%PDF-1.7 申请'), { filename: '资格预审申请.pdf', contentType: 'application/pdf' }),
  );
}
const bidder = (place: number): Person => town.bidders[place] as Person;
/** The public, the regulator, another supplier, another agent: nobody of whom is to learn who applies. */
const others = (): (Person | null)[] => [null, town.regulator, bidder(5), town.stranger, town.centre];

/** The lot's events as they stand in the journal, whoever may see them. */
async function journalled(): Promise<readonly { readonly index: number; readonly event: JournalEvent }[]> {
  await sequenced(house);
  const rows = await house
    .em()
    .execute<{ body: string; index: string }[]>(
      'select e.body, l.index from journal_event e join journal_leaf l on l.event = e.id where e.lot = ? order by l.index',
      [lot],
    );
  return rows.map(({ body, index }) => ({ index: Number(index), event: JSON.parse(body) as JournalEvent }));
}

/** What a verifier says of the invitation when the journal tells this; the sentence that failed, else `verified`. */
async function recheckedWith(change: (event: JournalEvent) => readonly JournalEvent[]): Promise<string | undefined> {
  const told = (await journalled()).flatMap(({ index, event }) =>
    change(event).map((each) => ({ index, event: each, salt: '', proof: [] })),
  );
  const verdict = await verification((list) => checkInvitations(new History(told, list), list));
  return verdict.result === 'verified' ? 'verified' : verdict.checks.at(-1)?.says.en;
}

describe('An invited tender', () => {
  it('begins with its notice of prequalification: five working days, three invited, the ground of the law', async () => {
    const now = await houseNow(house);
    expect(await refusal(house.perform(publishNotice, town.agent.actor, { lot, acknowledged: [...findingIds] }))).toBe(
      'not-in-this-phase PHASE',
    );
    expect((await shown(house, null, at(''))).status).toBe(404);
    const publish = (until: Instant, change: object = {}) => post(town.agent, '', noticed(until, change));
    expect(await publish(later(now, 4 * days))).toBe('applications-too-short PROC-GP2P');
    expect(await publish(later(now, 20 * days), { invited: 2 })).toBe('too-few-invited PROC-GP2');
    expect(await publish(later(now, 20 * days), { ground: 'convenient' })).toBe('draft-incomplete');
    expect(await post(town.stranger, '', noticed(later(now, 20 * days)))).not.toBe('done');
    expect(await publish(later(now, 20 * days))).toBe('done');
    expect(await phaseOf(house, lot)).toBe('applying');
    const { body } = await shown(house, null, at(''));
    expect(body.notice).toMatchObject({ invited: 3, conditions: ['具有独立承担民事责任的能力', '具有地质灾害监测设备供货业绩'] });
    const listed = (await shown(house, null, '/lots')).body.prequalifications as { id: string }[];
    expect(listed.map(({ id }) => id)).toContain(lot);
    const { text } = await pageOf(house, null, at(''));
    expect(text).toContain('采购人');
    expect(text).not.toMatch(/招标人|投标人/);
  });

  it('who applies nobody learns while applications are taken, the host included', async () => {
    for (const place of [0, 1, 2, 3, 4]) expect(await apply(bidder(place))).toBe('done');
    expect(await apply(bidder(0))).toBe('done');
    expect(await apply(bidder(5))).toBe('done');
    expect(await post(bidder(5), '/withdrawal')).toBe('done');
    expect(await post(bidder(5), '/withdrawal')).toBe('no-application');
    for (const who of [...others(), town.agent, town.tenderee]) {
      const { body } = await shown(house, who, at(''));
      expect([body.applications, body.witnesses]).toEqual([[], []]);
      if (who) expect(await eventsSeenBy(house, who, lot, 'application.received').catch(() => [])).toEqual([]);
    }
    expect((await shown(house, bidder(1), at(''))).body.own).toMatchObject({ withdrawn: false, outcome: null });
    const { id } = await house.em().findOneOrFail(EntryApplication, { lot, party: bidder(1).actor.code ?? '' });
    const file = (who: Person) => shown(house, who, at(`/applications/${id}/file`));
    expect((await file(bidder(1))).status).toBe(200);
    for (const who of [bidder(2), town.agent, town.tenderee]) expect((await file(who)).status).toBe(404);
    expect(await post(town.agent, '/findings', { findings: [] })).toBe('not-in-this-phase PHASE');
  });

  it('the host judges them when they have closed, each failure with its reason, and tells nobody else', async () => {
    const { until: end } = (await shown(house, null, at(''))).body.notice;
    await house.clock.to(end);
    town = today(town);
    expect(await apply(bidder(5))).toBe('applications-closed ENTRY-1');
    await beat(house);
    expect(await phaseOf(house, lot)).toBe('qualifying');
    const rows = (await shown(house, town.agent, at(''))).body.applications as { id: string; code: string }[];
    expect(rows).toHaveLength(5);
    for (const who of others()) if (who !== town.centre) expect((await shown(house, who, at(''))).body.applications).toEqual([]);
    const findings = (out: number) =>
      rows.map(({ id, code }) => ({ application: id, pass: code !== bidder(out).actor.code, reason: '未提供供货业绩' }));
    expect(await post(town.agent, '/draw', { witnesses: '张三\n李四' })).toBe('applications-not-judged');
    expect(await post(town.agent, '/findings', { findings: findings(4).slice(1) })).toBe('judgement-incomplete');
    expect(await post(town.agent, '/findings', { findings: findings(4).map((each) => ({ ...each, reason: '' })) })).toBe(
      'judgement-incomplete',
    );
    expect(await post(town.stranger, '/findings', { findings: findings(4) })).not.toBe('done');
    expect(await post(town.agent, '/findings', { findings: findings(4) })).toBe('done');
    expect((await shown(house, bidder(4), at(''))).body.own).toMatchObject({ outcome: null, reason: null });
  });

  it('the council draws them once, before two witnesses; a custodian sees commitments and no name', async () => {
    expect(await post(town.agent, '/draw', { witnesses: '张三\n张三' })).toBe('too-few-witnesses PROC-GP2W');
    expect(await post(town.agent, '/draw', { witnesses: '张三\n李四' })).toBe('done');
    expect(await post(town.agent, '/draw', { witnesses: '张三\n李四' })).toBe('invitations-asked-once');
    expect(await post(town.agent, '/findings', { findings: [] })).toBe('invitations-already-asked');
    await sequenced(house);
    const task = await house.em().findOneOrFail(CouncilTask, { lot, kind: 'draw' });
    const request_ = (task.question as { request: DrawRequest }).request;
    const events = await journalled();
    const mine = events.find(({ event }) => event.type === 'invitations.requested');
    if (!mine) throw new Error('the request stands in the journal');
    const judged = (change: typeof events) => () => checkInvitationDraw(change, request_, mine, task.council);
    expect(judged(events)).not.toThrow();
    expect(judged([{ ...mine, index: mine.index - 1 }, ...events])).toThrow('asked-twice');
    expect(judged(events.filter(({ event }) => event.type !== 'applications.closed'))).toThrow();
    expect(() => checkInvitationDraw(events, request_, mine, 'another')).toThrow('lot-of-another-council');
    expect(await evidenceOf(house.em(), task.id)).toBeNull();
    await until(town, async () => (await phaseOf(house, lot)) === 'inviting');
    for (const who of [null, town.regulator, bidder(5), town.stranger]) {
      const timeline = JSON.stringify((await shown(house, who, `/lots/${lot}/timeline`)).body);
      expect(timeline).not.toMatch(/invitations\.(requested|drawn)/);
      expect((await shown(house, who, at(''))).body.applications).toEqual([]);
    }
    const outcomes = await Promise.all([0, 1, 2, 3, 4].map(async (place) => (await shown(house, bidder(place), at(''))).body.own.outcome));
    expect(outcomes.filter((each) => each === 'invited')).toHaveLength(3);
    expect(outcomes[4]).toBe('not-qualified');
    const hostTodo = await todosOf(house.em(), town.agent.actor, await houseNow(house));
    expect(hostTodo.some(({ href }) => href === `/lots/${lot}/draft?step=7`)).toBe(true);
  });

  it('only those invited collect and bid, by the conditions of the prequalification; the bundle recomputes the draw once opened', async () => {
    const now = await houseNow(house);
    const save = (change: object) => house.perform(draftLot, town.agent.actor, { lot, ...change });
    await save({ documentsUntil: later(now, 14 * days), deadline: later(now, 30 * days), qualification: ['具有独立承担民事责任的能力'] });
    const publish = () => refusal(house.perform(publishNotice, town.agent.actor, { lot, acknowledged: [...findingIds] }));
    expect(await publish()).toBe('conditions-changed');
    await save({ qualification: ['具有独立承担民事责任的能力', '具有地质灾害监测设备供货业绩'] });
    expect(await publish()).toBe('done');
    const invited = await house.em().find(EntryApplication, { lot, outcome: 'invited' });
    const codes = invited.map(({ party }) => party);
    const outside = town.bidders.filter(({ actor }) => !codes.includes(actor.code ?? ''));
    for (const who of outside) {
      expect(await refusal(house.perform(collectDocuments, who.actor, { lot }))).toBe('not-invited ENTRY-2');
      expect((await shown(house, who, `/lots/${lot}`)).body.you.mayCollect).toBe(false);
    }
    const prices = ['1100000.00', '1080000.00', '1150000.00'];
    const tables = {
      priceSchedule: [{ name: '监测站', model: 'JC-1', unit: '套', quantity: '40', unitPrice: '20000', amount: '800000.00' }],
    };
    const inside = town.bidders.filter(({ actor }) => codes.includes(actor.code ?? ''));
    for (const [place, who] of inside.entries())
      await submitSealed(town, lot, who, {
        price: prices[place] ?? '',
        figures: { periodDays: '45', smallEnterprise: '否', domesticProduct: '是' },
        tables,
      });
    const before = JSON.stringify((await shown(house, null, `/lots/${lot}/timeline`)).body);
    for (const { id } of invited) expect(before).not.toContain(id);
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    await house.clock.to(deadline as Instant);
    town = today(town);
    await until(
      town,
      async () => (await phaseOf(house, lot)) === 'opening' && (await house.em().count(OpeningItem, { lot, state: 'sealed' })) === 0,
    );
    await sessionClosed(town, lot);
    expect((await shown(house, null, at(''))).body.applications.map((row: { papers: unknown }) => row.papers)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    const key = await evidenceKey(house);
    const verified = await verifyFile(await evidenceOfLot(house, lot), { ...(key ? { key } : {}) });
    expect(verified.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verified.checks.map(({ says }) => says.en)).toContain('They were drawn from exactly those found qualified');
    expect(verified.result).toBe('verified');
  }, 120_000);

  it('a verifier refutes a draw that was made twice, from others than the qualified, or not followed', async () => {
    const forged = (type: string, change: (data: string) => string) =>
      recheckedWith((event) => [event.type === type ? { ...event, data: JSON.parse(change(JSON.stringify(event.data))) } : event]);
    expect(await recheckedWith((event) => [event])).toBe('verified');
    expect(await recheckedWith((event) => (event.type === 'invitations.requested' ? [event, event] : [event]))).toContain('stands once');
    expect(await forged('applications.judged', (data) => data.replace('"pass":false', '"pass":true'))).toBe(
      'They were drawn from exactly those found qualified',
    );
    expect(await forged('application.answered', (data) => data.replace('"not-drawn"', '"invited"'))).toBe(
      'Exactly those drawn were invited, and not before they were',
    );
    expect(await forged('prequalification.published', (data) => data.replace('"invited":3', '"invited":2'))).toBe(
      'The council that the notice of prequalification names drew them',
    );
    const outsider = bidder(4).actor.code ?? '';
    expect(
      await recheckedWith((event) => [
        event.type === 'bid.received' ? { ...event, subject: { ...event.subject, party: outsider } } : event,
      ]),
    ).toBe('Nobody bid but those invited');
  });

  it('fewer qualified than are to be invited: nobody is drawn; fewer than three: the tender ends', async () => {
    lot = await drafted('夷陵区应急广播设备采购', 'A02100302');
    await post(town.agent, '', noticed(later(await houseNow(house), 20 * days), { invited: 4 }));
    for (const place of [0, 1, 2]) await apply(bidder(place));
    await house.clock.to((await shown(house, null, at(''))).body.notice.until);
    town = today(town);
    await beat(house);
    const rows = (await shown(house, town.agent, at(''))).body.applications as { id: string }[];
    const judge = (out: number) =>
      post(town.agent, '/findings', {
        findings: rows.map(({ id }, place) => ({ application: id, pass: place !== out, reason: '业绩不符' })),
      });
    expect(await judge(-1)).toBe('done');
    expect(await post(town.agent, '/draw', { witnesses: '张三\n李四' })).toBe('too-few-to-draw-from PROC-GP2Q');
    expect((await pageOf(house, null, `/lots/${lot}`)).status).toBe(404);
    expect(await judge(0)).toBe('done');
    expect(await house.em().findOneOrFail(Lot, { id: lot })).toMatchObject({ phase: 'failed', failedFor: 'too-few-qualified' });
    // no paper waits for a notice that never was: one that cannot be composed would be tried for ever, and twenty of them stop all others
    await sequenced(house);
    expect((await dueSources(house.em(), 0, 500)).filter((each) => each.lot === lot)).toEqual([]);
    // the list of results leads to it
    for (const path of [at(''), `/lots/${lot}`, `/lots/${lot}/timeline`]) expect((await pageOf(house, null, path)).status).toBe(200);
    const told = (await shown(house, null, `/lots/${lot}/timeline`)).body.entries as { type: string }[];
    expect(told.filter(({ type }) => type.startsWith('application.'))).toEqual([]);
  });

  it('the host may end it while applications are taken: no more are, and nobody learns who had applied', async () => {
    lot = await drafted('夷陵区水情广播设备采购', 'A02100303');
    await post(town.agent, '', noticed(later(await houseNow(house), 20 * days)));
    await apply(bidder(0));
    const { body } = await shown(house, town.agent, `/lots/${lot}`);
    const [ground] = body.terminations as { id: string }[];
    const ends = async (who: Person) =>
      problem(await (await who.api()).post(`/lots/${lot}/termination`, { ground: ground?.id, reason: '采购任务因机构调整取消。' }));
    expect(await ends(town.stranger)).not.toBe('done');
    expect(await ends(town.agent)).toBe('done');
    expect(await phaseOf(house, lot)).toBe('terminated');
    expect(await apply(bidder(1))).toBe('not-in-this-phase PHASE');
    await sequenced(house);
    for (const who of others()) {
      const { entries } = (await shown(house, who, `/lots/${lot}/timeline`)).body as { entries: { type: string }[] };
      expect(entries.map(({ type }) => type)).toContain('tender.terminated');
      expect(entries.filter(({ type }) => type.startsWith('application.'))).toEqual([]);
      expect((await shown(house, who, at(''))).body.applications).toEqual([]);
    }
    expect((await dueSources(house.em(), 0, 500)).filter((each) => each.lot === lot)).toEqual([]);
  });
});
