import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { concludePart } from '../../src/evaluation/conclude-part.ts';
import { declareRecusal } from '../../src/evaluation/declare-recusal.ts';
import { bidsBefore } from '../../src/evaluation/enquiry-reads.ts';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import { identityStatement } from '../../src/evaluation/identity-statement.ts';
import { partStatement } from '../../src/evaluation/part-statement.ts';
import { asksOf, judgedPart } from '../../src/evaluation/part-work.ts';
import { reportStatement } from '../../src/evaluation/report-statement.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { scheduleSession } from '../../src/evaluation/schedule-session.ts';
import { EvaluationReport, PanelMember, PartResult, Review, Score } from '../../src/evaluation/schema.ts';
import { scoreBid } from '../../src/evaluation/score-bid.ts';
import { signPart } from '../../src/evaluation/sign-part.ts';
import { signReport } from '../../src/evaluation/sign-report.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { isLast } from '../../src/tenders/envelopes.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { houseNow, type LotOptions, type OpenedLot, openedLot, phaseOf, sessionClosed, until } from './opened-lot.ts';
import { sheetsOpened } from './sealed-sheets.ts';
import type { Person, Town } from './town.ts';

export interface EvaluationOptions extends LotOptions {
  /** moves the house's clock here before the report is signed */
  readonly reportAt?: Instant;
  /** bids (by place among the offers) that every member fails on the first review item, with the reason */
  readonly fails?: readonly number[];
}

/** The panel of an opened lot: drawn, called, accepted, formed, declared, and at work. Answers its members with their people. */
export async function panelAtWork(town: Town, lot: string): Promise<readonly { readonly member: string; readonly person: Person }[]> {
  const { house, agent, tenderee } = town;
  await house.perform(requestDraw, agent.actor, { lot });
  const seatsCalled = () => house.em().find(DrawSeat, { lot, state: 'called' });
  await until(town, async () => (await seatsCalled()).length > 0);
  for (const seat of await seatsCalled()) {
    await house.perform(answerCall, expertOf(town, seat.expert).actor, { seat: seat.id, accepts: true });
  }
  await house.perform(formPanel, agent.actor, { lot, representative: [tenderee.login] });
  return panelSits(town, lot);
}

/** A panel that has been formed declares and starts. */
export async function panelSits(town: Town, lot: string): Promise<readonly { readonly member: string; readonly person: Person }[]> {
  const { house, agent, tenderee } = town;
  const rows = await house.em().find(PanelMember, { lot }, { orderBy: { seat: 'asc' } });
  const members = rows.map((row) => ({ member: row.id, person: row.expert ? expertOf(town, row.expert) : tenderee }));
  for (const { member, person } of members) await declared(house, person, lot, member);
  await house.perform(startEvaluation, agent.actor, { lot });
  return members;
}

/** A member confirms its identity with its own certificate and declares that nothing binds it. */
export async function declared(house: Town['house'], person: Person, lot: string, member: string): Promise<void> {
  const at = await houseNow(house);
  const signed = await signDetached(canonicalBytes(identityStatement(lot, member, at)), await person.signer(), at);
  const identity = Buffer.from(signed).toString('base64');
  await house.perform(declareRecusal, person.actor, { lot, recuses: false, identifiedAt: at, identity });
}

export const expertOf = ({ experts }: Town, expert: string): Person => {
  const found = experts.find((person) => person.actor.expert === expert);
  if (!found) throw new Error(`expert ${expert} is not of this town`);
  return found;
};

/** A lot whose report every member has signed: each bid passes every item and gets full marks, so that the prices decide. */
export async function evaluatedLot(town: Town, options: EvaluationOptions = {}): Promise<OpenedLot> {
  const opened = await openedLot(town, options);
  await panelAtWork(town, opened.lot);
  const fails = (options.fails ?? []).map((place) => opened.bids[place] ?? '');
  await panelSigns(town, opened.lot, { fails, ...(options.reportAt ? { reportAt: options.reportAt } : {}) });
  if ((await phaseOf(town.house, opened.lot)) !== 'evaluated') throw new Error('the evaluation did not end');
  return opened;
}

/** A panel at work does what is left of its work: reviews, scores, concludes and signs. `fails` are the bids that every member fails on the first item. */
export async function panelSigns(
  town: Town,
  lot: string,
  options: {
    readonly fails?: readonly string[];
    readonly reportAt?: Instant;
    readonly competition?: { lacking: boolean; reason: string };
    /** stops when the result is computed */
    readonly unsigned?: boolean;
  } = {},
): Promise<void> {
  const { house } = town;
  const rows = await house.em().find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } });
  const members = rows.map((row) => ({ member: row.id, person: row.expert ? expertOf(town, row.expert) : town.tenderee }));
  const row = await house.em().findOneOrFail(Lot, { id: lot });
  const terms = termsOf(row);
  const part = judgedPart(row);
  if (terms.sheets) await sheetsOpened(town, lot, { fails: options.fails ?? [] });
  else await judged(town, lot, members, options.fails ?? []);
  const [first] = members;
  if (!first) throw new Error('the panel is empty');
  if (!isLast(terms.parts, part)) return partSigned(town, lot, options.competition, options.unsigned ? 0 : undefined);
  await house.perform(concludeEvaluation, first.person.actor, { lot });
  if (options.unsigned) return;
  if (options.reportAt) await house.clock.to(options.reportAt);
  const { sha256 } = await house.em().findOneOrFail(EvaluationReport, { lot });
  const at = (await house.em().findOneOrFail(Lot, { id: lot })).evaluationStartedAt as Instant;
  for (const { member, person } of members) {
    const signed = await signDetached(canonicalBytes(reportStatement(lot, sha256, member)), await person.signer(), at);
    await house.perform(signReport, person.actor, { lot, signature: Buffer.from(signed).toString('base64') });
  }
}

/** Each member gives what is left of its verdicts and marks, in the open. */
async function judged(
  town: Town,
  lot: string,
  members: readonly { readonly member: string; readonly person: Person }[],
  fails: readonly string[],
): Promise<void> {
  const { house } = town;
  const row = await house.em().findOneOrFail(Lot, { id: lot });
  const part = judgedPart(row);
  const terms = termsOf(row);
  const { method } = terms;
  const asked = asksOf(terms, part);
  const before = await bidsBefore(house.em(), lot, part);
  const items = (await house.em().find(OpeningItem, { lot, part, state: 'opened' })).filter((item) => before.has(item.submission));
  const failed = new Set(fails);
  const given = new Set((await house.em().find(Review, { lot })).map((row) => `${row.member}/${row.submission}/${row.item}`));
  const marked = new Set((await house.em().find(Score, { lot })).map((row) => `${row.member}/${row.submission}/${row.criterion}`));
  for (const { member, person } of members) {
    const verdicts = items.flatMap(({ submission: bid }) =>
      method.items
        .filter((item) => asked.items.has(item) && !given.has(`${member}/${bid}/${item}`))
        .map((item, at) =>
          failed.has(bid) && at === 0 ? { bid, item, pass: false, reason: '资格条件不符合' } : { bid, item, pass: true },
        ),
    );
    const scores = items.flatMap(({ submission: bid }) =>
      method.criteria
        .filter(({ id }) => asked.criteria.has(id) && !marked.has(`${member}/${bid}/${id}`))
        .map(({ id, max }) => ({ bid, criterion: id, score: max })),
    );
    if (verdicts.length > 0) await house.perform(reviewBid, person.actor, { lot, verdicts });
    if (scores.length > 0) await house.perform(scoreBid, person.actor, { lot, scores });
  }
}

/** The result of an envelope before the last, signed by all; concluded by the first member, unless (`null`) that has been done. */
export async function partSigned(
  town: Town,
  lot: string,
  competition: { readonly lacking: boolean; readonly reason: string } | undefined | null,
  /** so many of the members sign, by their seats; all of them unless said otherwise */
  signers = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { house } = town;
  const rows = await house.em().find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } });
  const members = rows.map((row) => ({ member: row.id, person: row.expert ? expertOf(town, row.expert) : town.tenderee }));
  const [first] = members;
  if (!first) throw new Error('the panel is empty');
  if (competition !== null) await house.perform(concludePart, first.person.actor, { lot, ...competition });
  const part = judgedPart(await house.em().findOneOrFail(Lot, { id: lot }));
  const { sha256, concludedAt } = await house.em().findOneOrFail(PartResult, { lot, part });
  for (const { member, person } of members.slice(0, signers)) {
    const signed = await signDetached(canonicalBytes(partStatement(lot, part, sha256, member)), await person.signer(), concludedAt);
    await house.perform(signPart, person.actor, { lot, signature: Buffer.from(signed).toString('base64') });
  }
}

/** The session of the next envelopes, announced as soon as the rule allows, held, and closed. */
export async function nextSession(town: Town, lot: string): Promise<void> {
  const { house, agent } = town;
  const { result } = await house.perform(scheduleSession, agent.actor, { lot });
  await house.clock.to(result.at as Instant);
  await until(town, async () => {
    const sealed = await house.em().count(OpeningItem, { lot, state: 'sealed' });
    return (await phaseOf(house, lot)) === 'opening' && sealed === 0;
  });
  await sessionClosed(town, lot);
}
