import { Readable } from 'node:stream';
import { confirmFees } from '../../src/appraisal/confirm-fees.ts';
import { determineAward } from '../../src/awards/determine-award.ts';
import { fileReport } from '../../src/awards/file-report.ts';
import { notifyAward } from '../../src/awards/notify-award.ts';
import { publishCandidates } from '../../src/awards/publish-candidates.ts';
import { registerContract } from '../../src/awards/register-contract.ts';
import { answerObjection } from '../../src/challenges/answer-objection.ts';
import { raiseObjection } from '../../src/challenges/raise-objection.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { allChores } from '../../src/kernel/clockwork.ts';
import { dayOf } from '../../src/kernel/working-days.ts';
import type { PaperKind } from '../../src/papers/index.ts';
import { PaperRow } from '../../src/papers/schema.ts';
import { answerQuestion } from '../../src/tenders/answer-question.ts';
import { askQuestion } from '../../src/tenders/ask-question.ts';
import { publishAddendum } from '../../src/tenders/publish-addendum.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { evaluatedLot } from '../support/evaluated-lot.ts';
import type { TestHouse } from '../support/house.ts';
import { houseNow, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import type { Person, Town } from '../support/town.ts';

/** The chore that issues papers, and nothing else. */
export const issuing = () => {
  const found = allChores().find((each) => each.name === 'issue-papers');
  if (!found) throw new Error('nobody issues papers');
  return found;
};

/** Issues everything that is due, until nothing is. */
export async function issueAll({ frame, files, em }: TestHouse): Promise<void> {
  for (let quiet = 0; quiet < 3; ) {
    const due = await issuing().find(em(), '' as Instant);
    quiet = due.length === 0 ? quiet + 1 : 0;
    for (const item of due) await issuing().work(item, { frame, files });
    // the sequencer works beside us: what was just written gets its number meanwhile
    if (due.length === 0) await new Promise((resolve) => setTimeout(resolve, 80));
  }
}

/** The papers of a lot, in the order of the events they follow. */
export async function papersIn(house: TestHouse, lot: string): Promise<PaperRow[]> {
  const em = house.em();
  const order = await em.execute<{ id: string }[]>(
    'select p.id from paper p join journal_event e on e.id = p.source where p.lot = ? order by e.position',
    [lot],
  );
  const rows = new Map((await em.find(PaperRow, { lot })).map((row) => [row.id, row]));
  return order.flatMap(({ id }) => rows.get(id) ?? []);
}
export const kindsIn = async (house: TestHouse, lot: string): Promise<PaperKind[]> =>
  (await papersIn(house, lot)).map((row) => row.kind as PaperKind);

/** The bytes of a paper as they lie in the store. */
export async function contentOf({ files }: TestHouse, row: PaperRow): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of files.read(row.fileKey)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** How often the journal tells of a lot's papers by this type of event. */
export async function announcedIn(house: TestHouse, lot: string, type: string): Promise<number> {
  const [row] = await house
    .em()
    .execute<{ n: string }[]>('select count(*) as n from journal_event where lot = ? and type = ?', [lot, type]);
  return Number(row?.n);
}

const day = 24 * 3_600_000;
const prices = ['17800000.00', '18000000.00', '18250000.00', '17000000.00'];

/** Moments at which a test looks at the lot before it goes on. */
export interface Looks {
  reported?(lot: string): Promise<void>;
  awarded?(lot: string): Promise<void>;
}

/** A tender from the notice to the filed report, with an objection to the result, a rejected bid and a contract. */
export async function wholeLot(town: Town, looks: Looks = {}): Promise<{ lot: string; bids: readonly string[] }> {
  const { house, agent } = town;
  const [, second] = town.bidders as [Person, Person];
  const evaluated = await evaluatedLot(town, {
    offers: prices.map((price) => ({ price })),
    fails: [3],
    reportAt: later(await houseNow(house), 37 * day),
  });
  const { lot } = evaluated;
  await looks.reported?.(lot);
  await house.perform(publishCandidates, agent.actor, { lot });
  const { result } = await house.perform(raiseObjection, second.actor, { lot, stage: 'candidates', text: '对排名第一的业绩有异议。' });
  await house.perform(answerObjection, agent.actor, { objection: result.objection, answer: '经核实，业绩属实。' });
  const { publicityUntil } = await house.em().findOneOrFail(Lot, { id: lot });
  await house.clock.to(publicityUntil as Instant);
  await house.perform(determineAward, agent.actor, { lot, winner: evaluated.bids[0] });
  await looks.awarded?.(lot);
  await house.perform(notifyAward, agent.actor, { lot });
  const signedAt = later(publicityUntil as Instant, 5 * day);
  await house.clock.to(signedAt);
  const stored = await house.files.put(Readable.from([Buffer.from('双方签章的合同')]));
  const document = { ...stored, name: '施工合同.pdf', type: 'application/pdf' };
  const contract = { lot, number: 'HT-2031-007', price: prices[0], signedOn: dayOf(signedAt), document };
  await house.perform(registerContract, agent.actor, contract);
  await house.perform(fileReport, agent.actor, { lot });
  await house.perform(confirmFees, town.tenderee.actor, { lot });
  return { lot, bids: evaluated.bids };
}

/** A tender with two bids, one of them replaced: nothing is opened. It had a question and an addendum that moved the deadline. */
export async function failedLot(town: Town): Promise<{ lot: string; deadline: Instant }> {
  const { house, agent, bidders } = town;
  const [first, second] = bidders as [Person, Person];
  const { lot } = await publishedLot(town);
  const { result } = await house.perform(askQuestion, first.actor, { lot, text: '围堰所需土方是否可取自场内？' });
  await house.perform(answerQuestion, agent.actor, { lot, question: result.question, answer: '可以，取土点见总平面图。' });
  await house.perform(publishAddendum, agent.actor, {
    lot,
    text: '工程量清单第 12 项“生态护坡”数量更正为 8,800 m²。',
    affectsPreparation: true,
  });
  await submitSealed(town, lot, first, { price: '17000000.00' });
  await submitSealed(town, lot, first, { price: '16900000.00' });
  await submitSealed(town, lot, second, { price: '17500000.00' });
  const deadline = (await house.em().findOneOrFail(Lot, { id: lot })).deadline as Instant;
  return { lot, deadline };
}

/** Lets the deadline of a lot come, until it has failed. */
export async function letItFail(town: Town, { lot, deadline }: { lot: string; deadline: Instant }): Promise<void> {
  const { house } = town;
  await house.clock.to(deadline);
  await until(town, async () => (await house.em().findOneOrFail(Lot, { id: lot })).phase === 'failed');
  await house.perform(fileReport, town.agent.actor, { lot });
}
