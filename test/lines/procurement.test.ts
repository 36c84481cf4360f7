import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { determineAward } from '../../src/awards/determine-award.ts';
import { fileContract } from '../../src/awards/file-contract.ts';
import { fileReport } from '../../src/awards/file-report.ts';
import { notifyAward } from '../../src/awards/notify-award.ts';
import { publishCandidates } from '../../src/awards/publish-candidates.ts';
import { registerContract } from '../../src/awards/register-contract.ts';
import { Award } from '../../src/awards/schema.ts';
import { answerObjection } from '../../src/challenges/answer-objection.ts';
import { raiseObjection } from '../../src/challenges/raise-objection.ts';
import { answerEnquiry } from '../../src/evaluation/answer-enquiry.ts';
import { checkQualification } from '../../src/evaluation/check-qualification.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { enquireBid } from '../../src/evaluation/enquire-bid.ts';
import { Enquiry, EvaluationReport } from '../../src/evaluation/schema.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { later } from '../../src/kernel/clock.ts';
import { type Todo, todosOf } from '../../src/kernel/todo.ts';
import type { Words } from '../../src/kernel/words.ts';
import { dayOf } from '../../src/kernel/working-days.ts';
import type { ResultAnnouncement } from '../../src/papers/result-announcement.ts';
import { PaperRow } from '../../src/papers/schema.ts';
import { addLot } from '../../src/tenders/add-lot.ts';
import { draftLot } from '../../src/tenders/draft-lot.ts';
import { registerProject } from '../../src/tenders/register-project.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { pageOf, refusal, regulatorOf, shown, today } from '../awards/scene.ts';
import { signedAnswer } from '../evaluation/enquiry-scene.ts';
import { issueAll } from '../papers/whole-lot.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, type Offer, openedLot, phaseOf, publishedLot } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let project: string;
const lotRow = (lot: string): Promise<Lot> => house.em().findOneOrFail(Lot, { id: lot });

const draft = {
  subject: 'goods',
  description: '水文监测设备采购及安装调试。',
  scope: '遥测终端60套、雨量计120台及配套软件',
  periodDays: 60,
  estimate: '5000000.00',
  ceiling: '5000000.00',
  security: '100000.00',
  qualification: ['具有独立承担民事责任的能力', '具有良好的商业信誉和健全的财务会计制度'],
  smallDiscount: '10%',
  domesticDiscount: true,
  seats: [
    { specialty: 'A08', count: 2, reserve: 3 },
    { specialty: 'A06', count: 1, reserve: 2 },
    { specialty: 'A04', count: 1, reserve: 2 },
  ],
} as const;
const given = { ...draft, qualification: [...draft.qualification], seats: draft.seats.map((seat) => ({ ...seat })) };

/** A bid for the gauges: price, and what it declares. */
const offer = (price: string, smallEnterprise: '是' | '否', domesticProduct: '是' | '否'): Offer => ({
  price,
  figures: { periodDays: '45', smallEnterprise, domesticProduct },
  tables: { priceSchedule: [{ name: '遥测终端', model: 'YC-2', unit: '套', quantity: '60', unitPrice: '50000', amount: '3000000.00' }] },
});

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { expert: () => ({ memberships: ['construction', 'procurement'] }) });
  const { result } = await house.perform(registerProject, town.agent.actor, {
    name: '夷陵区水文监测设备采购',
    line: 'procurement',
    intentionOn: dayOf(later(await houseNow(house), -30 * 86_400_000)),
    approvalNumber: '夷采计备〔2026〕233号',
    approvedBy: '夷陵区财政局',
    funds: '财政资金',
    estimate: '5000000.00',
    region: '420506',
    tenderee: town.tenderee.actor.code,
  });
  project = result.project;
}, 240_000);
afterAll(() => house.close());

const verdicts = (bids: readonly string[], out: readonly string[] = []) =>
  bids.map((bid) => (out.includes(bid) ? { bid, pass: false, reason: '未提供财务状况报告' } : { bid, pass: true }));

describe('An open tender of goods, from the notice to the contract', () => {
  let lot: string;
  let bids: readonly string[];
  const [first, second, third, unqualified] = [0, 1, 2, 3];

  beforeAll(async () => {
    const offers = [
      offer('4000000.00', '否', '否'),
      offer('4200000.00', '是', '是'),
      offer('4100000.00', '否', '是'),
      offer('3900000.00', '是', '是'),
    ];
    ({ lot, bids } = await openedLot(town, { into: project, draft: { ...given, sheets: 'sealed' }, offers }));
  }, 240_000);
  const bid = (place: number | undefined): string => bids[place ?? -1] ?? '';

  it('speaks the words of the trade on its pages, and in no other line’s', async () => {
    const { text } = await pageOf(house, null, `/lots/${lot}`);
    expect(text).toContain('采购人');
    expect(text).not.toMatch(/招标人|投标人/);
  });

  it('the host looks at the qualification: every bid once, each failure with its reason, nobody else', async () => {
    const check = (who: Person, list: readonly { bid: string; pass: boolean; reason?: string }[]) =>
      refusal(house.perform(checkQualification, who.actor, { lot, bids: list }));
    expect(await refusal(house.perform(startEvaluation, town.agent.actor, { lot }))).not.toBe('done');
    expect(await check(town.agent, verdicts(bids.slice(1)))).toBe('qualification-incomplete');
    expect(await check(town.agent, [...verdicts(bids), ...verdicts([bid(0)])])).toBe('qualification-incomplete');
    expect(await check(town.agent, [{ bid: bid(unqualified), pass: false }, ...verdicts(bids.slice(0, 3))])).toBe(
      'qualification-incomplete',
    );
    for (const who of [town.stranger, town.regulator, town.bidders[0] as Person]) expect(await check(who, verdicts(bids))).not.toBe('done');
    expect((await shown(house, null, `/lots/${lot}/qualification`)).body.bids.map((row: { pass: unknown }) => row.pass)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(await check(town.agent, verdicts(bids, [bid(unqualified)]))).toBe('done');
    const { body } = await shown(house, null, `/lots/${lot}/qualification`);
    expect(body.bids.find((row: { submission: string }) => row.submission === bid(unqualified))).toMatchObject({
      pass: false,
      reason: '未提供财务状况报告',
      files: [],
    });
    const papers = await shown(house, town.agent, `/lots/${lot}/qualification`);
    expect(papers.body.bids[0].files).toHaveLength(1);
    const file = `/lots/${lot}/qualification/${bid(0)}/files/0`;
    expect((await shown(house, town.agent, file)).status).toBe(200);
    expect((await shown(house, town.stranger, file)).status).toBe(404);
  });

  it('the panel judges the qualified, with deductions off the original prices; the contract price is the bid’s', async () => {
    await panelAtWork(town, lot);
    expect(await refusal(house.perform(checkQualification, town.agent.actor, { lot, bids: verdicts(bids) }))).toBe(
      'not-in-this-phase PHASE',
    );
    await panelSigns(town, lot);
    expect(await phaseOf(house, lot)).toBe('evaluated');
    const { bundle } = await house.em().findOneOrFail(EvaluationReport, { lot });
    const {
      bids: judged,
      result,
      method,
    } = bundle as {
      bids: { id: string; small: boolean; domestic: boolean }[];
      result: { rows: { bid: string; evaluatedPrice: string; price: string }[] };
      method: { policy: unknown };
    };
    expect(method.policy).toEqual({ small: '0.1', domestic: '0.2' });
    expect(judged.map((row) => row.id)).not.toContain(bid(unqualified));
    // 4,200,000 less 10 % and 20 %; 4,100,000 less 20 %; 4,000,000
    expect(result.rows.map((row) => [row.bid, row.evaluatedPrice, row.price])).toEqual([
      [bid(second), '2940000.00', '40.00'],
      [bid(third), '3280000.00', '35.85'],
      [bid(first), '4000000.00', '29.40'],
    ]);
  });

  it('the buyer determines the winner, within five working days or by silence', async () => {
    expect(await refusal(house.perform(publishCandidates, town.agent.actor, { lot }))).toBe('not-in-this-phase PHASE');
    expect(await refusal(house.perform(determineAward, town.agent.actor, { lot, winner: bid(second) }))).toBe('host-determines-winner');
    expect(await refusal(house.perform(determineAward, town.tenderee.actor, { lot, winner: bid(third) }))).toBe(
      'rank-needs-ground AWARD-1',
    );
    const { body } = await shown(house, town.tenderee, `/lots/${lot}/award`);
    expect(body.you.mayDetermine).toBe(true);
    // a rule of every line, by the article of this one
    const cited = await shown(house, town.tenderee, `/lots/${lot}/award`);
    expect(cited.body.grounds.map(({ source }: { source: { zh: string } }) => source.zh).join()).not.toContain('招标投标法');
    expect((await shown(house, null, `/lots/${lot}/award`)).body.candidates).toEqual([]);
    await house.clock.to(later(body.duty.due, -1));
    await beat(house);
    expect(await phaseOf(house, lot)).toBe('evaluated');
    await house.clock.to(body.duty.due);
    await beat(house);
    expect(await phaseOf(house, lot)).toBe('awarded');
    const award = await house.em().findOneOrFail(Award, { lot });
    expect(award).toMatchObject({ submission: bid(second), price: 420000000n, rank: 1 });
    expect(award.reason).toContain('《政府采购法实施条例》第43条');
    town = today(town);
  });

  it('the result is published with the letters; questions wait for the end of its notice and hold the contract', async () => {
    await house.perform(notifyAward, town.agent.actor, { lot });
    const told = await shown(house, town.bidders[3] as Person, `/lots/${lot}/award`);
    expect(told.body.notice).toMatchObject({ won: false, rank: null, rejectedFor: { zh: '资格审查不合格：未提供财务状况报告' } });
    const notice = (await lotRow(lot)).publicityUntil;
    if (!notice) throw new Error('the notice of the result has an end');
    const supplier = town.bidders[0] as Person;
    const ask = () => house.perform(raiseObjection, supplier.actor, { lot, stage: 'candidates', text: '评审分值计算有误' });
    expect(await refusal(ask())).toBe('objection-too-late OBJ-3');
    await house.clock.to(notice);
    const { result } = await ask();
    const scan = await house.files.put(Readable.from([Buffer.from('采购合同')]));
    const document = { ...scan, name: '采购合同.pdf', type: 'application/pdf' };
    const sign = async () =>
      house.perform(registerContract, town.agent.actor, {
        lot,
        number: 'YL-CG-2026-17',
        price: '4200000.00',
        signedOn: dayOf(await houseNow(house)),
        document,
      });
    expect(await refusal(sign())).toBe('lot-on-hold PROC-G17');
    await house.perform(answerObjection, town.agent.actor, {
      objection: result.objection,
      answer: '经复核计算无误，价格分按扣除后价格计算。',
    });
    expect((await sign()).result.late).toBe(false);
    expect(await refusal(house.perform(fileReport, town.agent.actor, { lot }))).toBe('no-report-asked');
    for (const page of ['award', 'contract'])
      expect((await pageOf(house, town.agent, `/lots/${lot}/${page}`)).text).not.toContain(`/lots/${lot}/report`);
    const copyDue = async () =>
      (await todosOf(house.em(), town.agent.actor, await houseNow(house))).filter((todo) => todo.why.zh.includes('备案'));
    expect(await copyDue()).toHaveLength(1);
    expect(await refusal(house.perform(fileContract, town.stranger.actor, { lot }))).not.toBe('done');
    expect((await shown(house, null, `/lots/${lot}/contract`)).body).toMatchObject({
      filing: { late: false },
      contract: { filedAt: null },
    });
    expect((await house.perform(fileContract, town.agent.actor, { lot })).result).toEqual({ late: false });
    expect(await refusal(house.perform(fileContract, town.agent.actor, { lot }))).toBe('contract-already-filed');
    expect(await copyDue()).toEqual([]);
  });

  it('its evidence verifies, and its papers speak of buyer and suppliers', async () => {
    const key = await evidenceKey(house);
    const verified = await verifyFile(await evidenceOfLot(house, lot), { ...(key ? { key } : {}) });
    expect(verified.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verified.result).toBe('verified');
    // the public notice of the result (Order 87, art. 69): winner, ranking, the unqualified with the reason, the panel by name
    await issueAll(house);
    const announced = await house.em().findOneOrFail(PaperRow, { lot, kind: 'result-announcement' });
    const told = announced.data as ResultAnnouncement;
    expect(told).toMatchObject({
      winner: { bidder: { code: town.bidders[second]?.actor.code }, price: '4200000.00' },
      candidates: [{ rank: 1 }, { rank: 2 }, { rank: 3 }],
      rejected: [{ bidder: { code: town.bidders[unqualified]?.actor.code }, reason: { zh: '资格审查不合格：未提供财务状况报告' } }],
      panel: { representatives: 1 },
    });
    expect(told.panel.experts).toHaveLength(4);
    const page = await pageOf(house, null, `/lots/${lot}/candidates`);
    expect(page.text).toContain('result-announcement');
    const pdf = await pageOf(house, null, `/lots/${lot}/papers/result-announcement`);
    expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
  });
});

/** Registers a procurement of computers for 1,800,000, with what is said otherwise. */
const register = async (change: Readonly<Record<string, string>>) =>
  house.perform(registerProject, town.agent.actor, {
    name: '夷陵区办公计算机采购',
    line: 'procurement',
    approvalNumber: '夷采计备〔2026〕251号',
    approvedBy: '夷陵区财政局',
    funds: '财政资金',
    estimate: '1800000.00',
    region: '420506',
    tenderee: town.tenderee.actor.code,
    intentionOn: dayOf(later(await houseNow(house), -30 * 86_400_000)),
    ...change,
  });

describe('An inquiry: one sealed quote, the lowest that meets the requirements is awarded', () => {
  let lot: string;
  let bids: readonly string[];
  let under: string;
  const asked = { ...given, estimate: '1800000.00', ceiling: '1800000.00', security: '36000.00', panelSize: 3, panelExperts: 2 };
  const seats = [
    { specialty: 'A06', count: 1, reserve: 2 },
    { specialty: 'A04', count: 1, reserve: 2 },
  ];

  beforeAll(async () => {
    town = today(town);
    const registered = (procedure: string, line = 'procurement') => register({ line, procedure, category: 'A02010108' });
    expect(await refusal(registered('inquiry', 'construction'))).toBe('no-such-procedure');
    expect(await refusal(register({ procedure: 'inquiry' }))).toBe('category-unnamed PROC-GP12C');
    under = (await registered('inquiry')).result.project;
    // 1,800,000 and as much again of the same: bought in pieces, unless it was approved; another category is another matter
    expect(await refusal(registered('inquiry'))).toBe('procedure-not-approved PROC-GP12');
    expect(await refusal(register({ procedure: 'inquiry', category: 'A02010108', methodApproval: '宜财采〔2026〕31号' }))).toBe('done');
    expect(await refusal(register({ procedure: 'inquiry', category: 'A02010104', estimate: '2000000.00' }))).toBe(
      'procedure-not-approved PROC-GP11',
    );
    const { result: hasty } = await register({ procedure: 'inquiry', category: 'A02010105', intentionOn: dayOf(await houseNow(house)) });
    expect(await refusal(publishedLot(town, { ...asked, seats }, hasty.project))).toBe('intention-too-late PROC-G1');
    const now = await houseNow(house);
    // sooner than any tender, however many of the days are holidays
    const sooner = { documentsUntil: later(now, 13 * 86_400_000), deadline: later(now, 14 * 86_400_000) };
    const { lot: early } = await publishedLot(town, { ...asked, seats, ...sooner }, under);
    expect((await lotRow(early)).edition).toBe('procurement/inquiry/2026-02-01');
    const offers = [
      offer('1700000.00', '否', '否'),
      offer('1750000.00', '是', '是'),
      offer('1650000.00', '否', '否'),
      offer('1600000.00', '否', '否'),
    ];
    ({ lot, bids } = await openedLot(town, { into: under, draft: { ...asked, seats }, offers }));
  }, 240_000);

  it('is for goods alone, and calls things by its own names', async () => {
    const { result } = await house.perform(addLot, town.agent.actor, { project: under, name: '运维服务' });
    expect(await refusal(house.perform(draftLot, town.agent.actor, { lot: result.lot, subject: 'services' }))).toBe(
      'belongs-to-another-line PROC-N9G',
    );
    const { text } = await pageOf(house, null, `/lots/${lot}`);
    expect(text).toContain('询价通知书');
    expect(text).not.toMatch(/招标人|投标人|评标委员会|中标/);
  });

  it('rows of lists that hold lots of every line, and to-dos, are in its own words too', async () => {
    const read = async (who: Person | null, path: string) => (await shown(house, who, path)).body;
    const title = (rows: readonly { id?: string; lot?: string; phaseTitle: Words }[]) =>
      rows.find((row) => (row.id ?? row.lot) === lot)?.phaseTitle.zh;
    expect(title((await read(null, '/lots')).rows)).toBe('已开启');
    expect(title((await read(town.agent, '/projects')).projects.flatMap(({ lots }: { lots: [] }) => lots))).toBe('已开启');
    expect(title((await read(await regulatorOf(town, '420506'), '/supervision')).rows)).toBe('已开启');
    expect(title((await read(town.bidders[0] as Person, '/bids')).lots)).toBe('已开启');
    const evaluations = (await read(town.agent, '/evaluations')).rows as { lot: string; phaseTitle: Words; next: Words }[];
    expect(title(evaluations)).toBe('已开启');
    expect(evaluations.find((row) => row.lot === lot)?.next.zh).toContain('询价小组');
    const work = await read(town.agent, '/work');
    expect(title(work.running)).toBe('已开启');
    const todos: readonly Todo[] = work.todos.filter(({ href }: Todo) => href.includes(lot));
    expect(todos.map(({ what }) => what.zh)).toContain('申请抽取评审专家');
    expect(todos.map(({ what, otherwise, action }) => `${what.zh}${otherwise.zh}${action.zh}`).join()).not.toMatch(
      /招标|投标|评标|中标|开标/,
    );
    // the name of a law is nobody's to change
    expect(todos.map(({ why }) => why.zh).join()).toContain('招标投标法');
  });

  /** MEND-1, MEND-2: formal gaps in the papers that the line names, once for each bid; nothing that is read out, compared or priced. */
  async function mendsOnce(member: Person): Promise<void> {
    const asks = async (bid: string | undefined, fields: readonly string[]) => {
      const asked = { bid, kind: 'mending', text: '营业执照副本缺一页，请补正。', minutes: 30, fields };
      const { status, body } = await (await member.api()).post(`/lots/${lot}/enquiries`, asked);
      return status === 201 ? 'done' : (body.rule ?? body.type);
    };
    for (const fields of [[], ['price'], ['qualification', 'priceSchedule'], ['smallEnterprise']])
      expect(await asks(bids[0], fields)).toBe('MEND-1');
    expect(await asks(bids[0], ['qualification', 'other'])).toBe('done');
    const enquiry = await house.em().findOneOrFail(Enquiry, { lot, submission: bids[0] ?? '' });
    const bidder = town.bidders.find(({ actor }) => actor.code === enquiry.bidder) as Person;
    const { body: own } = await shown(house, bidder, `/lots/${lot}/enquiries`);
    expect(own.enquiries).toMatchObject([{ kind: 'mending', state: 'open', fields: [{ zh: expect.any(String) }, { zh: '其他材料' }] }]);
    const answer = await signedAnswer(house, enquiry, bidder, { text: '我单位承诺营业执照真实有效，缺页内容如下。' });
    expect(await refusal(house.perform(answerEnquiry, bidder.actor, answer as never))).toBe('done');
    expect(await asks(bids[0], ['other'])).toBe('MEND-2');
    // whoever lets the time pass is not asked again, and is judged by what it handed in
    expect(await asks(bids[2], ['qualification'])).toBe('done');
    await house.clock.to(later(await houseNow(house), 31 * 60_000));
    await beat(house);
    expect(await asks(bids[2], ['qualification'])).toBe('MEND-2');
  }

  it('the group of three looks at qualification and response itself, corrects no price, and ranks after the deductions', async () => {
    expect(await refusal(house.perform(checkQualification, town.agent.actor, { lot, bids: verdicts(bids) }))).not.toBe('done');
    const [member] = await panelAtWork(town, lot);
    if (!member) throw new Error('the group is empty');
    const correct = { lot, bid: bids[0] ?? '', kind: 'correction' as const, text: '单价汇总有误', minutes: 30, ground: 'units-over-total' };
    expect(await refusal(house.perform(enquireBid, member.person.actor, { ...correct, corrected: '1690000.00' }))).not.toBe('done');
    await mendsOnce(member.person);
    await panelSigns(town, lot, { fails: [bids[3] ?? ''] });
    const { bundle } = await house.em().findOneOrFail(EvaluationReport, { lot });
    const { result } = bundle as { result: { rows: { bid: string; evaluatedPrice: string }[] } };
    // 1,750,000 less 10 % and 20 %; the cheapest of all did not conform
    expect(result.rows.map((row) => [row.bid, row.evaluatedPrice])).toEqual([
      [bids[1], '1225000.00'],
      [bids[2], '1650000.00'],
      [bids[0], '1700000.00'],
    ]);
  });

  it('the buyer’s silence awards the lowest by the article of its own order, at the price that was quoted; its evidence verifies', async () => {
    const { body } = await shown(house, town.tenderee, `/lots/${lot}/award`);
    await house.clock.to(body.duty.due);
    await beat(house);
    const award = await house.em().findOneOrFail(Award, { lot });
    expect(award).toMatchObject({ submission: bids[1], price: 175000000n, rank: 1 });
    expect(award.reason).toContain('财政部令第74号');
    town = today(town);
    await house.perform(notifyAward, town.agent.actor, { lot });
    const key = await evidenceKey(house);
    const verified = await verifyFile(await evidenceOfLot(house, lot), { ...(key ? { key } : {}) });
    expect(verified.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verified.result).toBe('verified');
  });
});

describe('What brings a procurement to nothing, or holds it up', () => {
  it('fewer than three qualified: nothing is evaluated', async () => {
    const { lot, bids } = await openedLot(town, {
      into: project,
      draft: given,
      offers: ['4000000.00', '4100000.00', '4200000.00'].map((price) => offer(price, '否', '是')),
    });
    const { result } = await house.perform(checkQualification, town.tenderee.actor, { lot, bids: verdicts(bids, bids.slice(2)) });
    expect(result).toEqual({ passed: 2, failed: true });
    expect(await lotRow(lot)).toMatchObject({ phase: 'failed', failedFor: 'too-few-qualified' });
    const board = (await shown(house, await regulatorOf(town, '420500'), '/supervision')).body.rows as {
      id: string;
      stoppedFor: Words | null;
    }[];
    expect(board.find(({ id }) => id === lot)?.stoppedFor?.zh).toBe('资格审查合格的不足法定家数');
    const { result: verdict } = await verifyFile(await evidenceOfLot(house, lot), {});
    expect(verdict).toBe('verified');
  }, 120_000);

  it('a price below 45 % of the ceiling is asked about, for thirty minutes at least, before anything is concluded', async () => {
    const { lot, bids } = await openedLot(town, {
      into: project,
      draft: given,
      offers: ['2249999.99', '4100000.00', '4200000.00'].map((price) => offer(price, '否', '是')),
    });
    await house.perform(checkQualification, town.agent.actor, { lot, bids: verdicts(bids) });
    const [member] = await panelAtWork(town, lot);
    if (!member) throw new Error('the panel is empty');
    expect(await refusal(panelSigns(town, lot))).toBe('low-price-unasked');
    const ask = (minutes: number) =>
      refusal(
        house.perform(enquireBid, member.person.actor, { lot, bid: bids[0] ?? '', kind: 'low-price', text: '请说明报价的合理性', minutes }),
      );
    expect(await ask(29)).toBe('enquiry-time');
    expect(await ask(30)).toBe('done');
    await house.clock.to(later(await houseNow(house), 31 * 60_000));
    await beat(house);
    expect(await refusal(house.perform(concludeEvaluation, member.person.actor, { lot }))).toBe('done');
  }, 120_000);

  it('works belong to the line of tendering, and a budget of ten million needs seven', async () => {
    const { result } = await house.perform(addLot, town.agent.actor, { project, name: '水文监测设备（第二批）' });
    const save = (change: object) => refusal(house.perform(draftLot, town.agent.actor, { lot: result.lot, ...change }));
    expect(await save({ subject: 'works' })).toBe('belongs-to-another-line PROC-SUBJECT');
    expect(await save({ estimate: '10000000.00', panelSize: 5 })).toBe('panel-composition PROC-XC2L');
    expect(await save({ estimate: '9999999.99', panelSize: 5 })).toBe('done');
  });
});
