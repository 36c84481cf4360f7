import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evaluationShape } from '../../src/evaluation/bundle.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { rank } from '../../src/evaluation/rank.ts';
import { reportStatement } from '../../src/evaluation/report-statement.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { EvaluationReport, Score } from '../../src/evaluation/schema.ts';
import { scoreBid } from '../../src/evaluation/score-bid.ts';
import { signReport } from '../../src/evaluation/sign-report.ts';
import { base64url, canonicalBytes } from '../../src/kernel/bytes.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { panelAtWork } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openedLot, phaseOf } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
}, 120_000);
afterAll(() => house.close());

/** Twenty points for one subjective criterion, twenty objective ones, sixty for the price. */
const criteria = [
  { id: 'plan', name: '施工方案', max: '20', kind: 'subjective' as const, says: '针对性' },
  { id: 'record', name: '企业业绩', max: '20', kind: 'objective' as const, says: '每项2分' },
];
const items = [{ id: 'qualification', name: '资格条件', says: '不符合资格条件' }];

describe('A day at the desk', () => {
  let lot: string;
  let bids: readonly string[];
  let members: readonly { readonly member: string; readonly person: Person }[];
  const [first, second, third] = [0, 1, 2];
  const person = (at: number): Person => {
    const found = members[at]?.person;
    if (!found) throw new Error(`no member ${at}`);
    return found;
  };
  const bid = (at = 0): string => bids[at] ?? '';
  const review = (by: number, pass: boolean | undefined, reason?: string, of = 0) =>
    house.perform(reviewBid, person(by).actor, { lot, verdicts: [{ bid: bid(of), item: 'qualification', pass, reason }] });
  const score = (by: number, given: string, reason?: string, criterion = 'plan', of = 0) =>
    house.perform(scoreBid, person(by).actor, { lot, scores: [{ bid: bid(of), criterion, score: given, reason }] });

  beforeAll(async () => {
    const opened = await openedLot(town, {
      prices: ['17800000.00', '18000000.00', '18250000.00', '19000000.00'],
      draft: { criteria, items },
    });
    lot = opened.lot;
    bids = opened.bids;
    members = await panelAtWork(town, lot);
  }, 120_000);

  it('is for members only: a stranger, the host and the regulator have no seat', async () => {
    for (const by of [town.agent, town.experts.find((each) => !members.some((seat) => seat.person === each))]) {
      const verdicts = [{ bid: bid(), item: 'qualification', pass: true }];
      expect(await refusal(house.perform(reviewBid, by?.actor ?? town.stranger.actor, { lot, verdicts }))).toBe('not-a-panel-member');
    }
  });

  it('a failure needs its reason, a pass none', async () => {
    expect(await refusal(review(first, false))).toBe('reason-needed');
    expect(await refusal(review(first, false, '  '))).toBe('reason-needed');
    expect(await refusal(review(first, false, '缺少安全生产许可证'))).toBe('performed');
    expect(await refusal(review(second, true))).toBe('performed');
  });

  it('a correction is a new version with a reason; saving the same again changes nothing', async () => {
    expect(await refusal(review(first, true))).toBe('reason-needed');
    expect(await refusal(review(first, true, '许可证在附件第12页'))).toBe('performed');
    expect(await refusal(review(first, true, '许可证在附件第12页'))).toBe('nothing-changed');
    expect(await refusal(review(second, undefined))).toBe('nothing-changed');
  });

  it('a score of 20.00 of 20 is taken, 20.01 is refused, and so is a third decimal', async () => {
    expect(await refusal(score(first, '20.00'))).toBe('performed');
    expect(await refusal(score(second, '20.01'))).toBe('score-out-of-range');
    expect(await refusal(score(second, '19.999'))).toBe('score-out-of-range');
    for (const written of ['-1', '1e1', '１５', '015', '+3', '.5', '5.', 'twenty'])
      expect(await refusal(score(second, written))).toBe('score-out-of-range');
    expect(await refusal(score(second, '0'))).toBe('performed');
  });

  it('scores are kept as exact text with two places', async () => {
    await score(third, '17.5');
    const rows = await house.em().find(Score, { lot, submission: bid(), criterion: 'plan' }, { orderBy: { score: 'asc' } });
    expect(rows.map((row) => row.score)).toEqual(['0.00', '17.50', '20.00']);
  });

  it('a changed score needs a reason; the same score written otherwise is no change', async () => {
    expect(await refusal(score(first, '20'))).toBe('nothing-changed');
    expect(await refusal(score(first, '18'))).toBe('reason-needed');
    expect(await refusal(score(first, '18', '复核后扣除进度风险'))).toBe('performed');
  });

  it('nothing can be judged that the notice did not name', async () => {
    expect(await refusal(score(first, '1', undefined, 'beauty'))).toBe('unknown-item');
    const foreign = { bid: members[0]?.member ?? '', item: 'qualification', pass: true };
    expect(await refusal(house.perform(reviewBid, person(first).actor, { lot, verdicts: [foreign] }))).toBe('unknown-item');
  });

  it('cannot be concluded while something is missing: it says how much, by which seat, and nobody’s name', async () => {
    const error = await house.perform(concludeEvaluation, person(first).actor, { lot }).catch((caught: unknown) => caught);
    const { problem, detail } = error as { problem: string; detail: { says: { zh: string } } };
    expect(problem).toBe('evaluation-incomplete');
    expect(detail.says.zh).toMatch(/专家A：评审尚缺3项/);
    for (const { person: each } of members) expect(detail.says.zh).not.toContain(each.actor.name);
  });

  it('objective scores that differ block the conclusion, and name bid and criterion', async () => {
    for (const [at] of members.entries())
      for (const [of] of bids.entries()) {
        await refusal(review(at, true, '核对无误', of));
        const far = at === 3 && of === 1;
        await refusal(score(at, far ? '2' : String(12 + ((at + of) % 4)), far ? undefined : '统一复核', 'plan', of));
        await score(at, at === 4 && of === 2 ? '8' : '10', undefined, 'record', of);
      }
    const error = await house.perform(concludeEvaluation, person(second).actor, { lot }).catch((caught: unknown) => caught);
    const { problem, detail } = error as { problem: string; detail: { says: { zh: string } } };
    expect(problem).toBe('objective-scores-differ');
    expect(detail.says.zh).toContain('“企业业绩”');
    expect(detail.says.zh).toContain('长坂');
    await score(4, '10', '核对业绩证明后更正', 'record', 2);
  });

  it('XE-7: a subjective score far from the others’ waits for its member’s reason; nobody else learns which it is', async () => {
    const error = await house.perform(concludeEvaluation, person(second).actor, { lot }).catch((caught: unknown) => caught);
    expect((error as { problem: string }).problem).toBe('outliers-unexplained');
    const outliersFor = async (at: number) => (await (await person(at).api()).get(`/lots/${lot}/evaluation`)).body.outliers;
    expect(await outliersFor(3)).toMatchObject({ own: [{ bid: bid(1), criterion: { zh: '施工方案' } }], others: 0 });
    expect(await outliersFor(second)).toEqual({ own: [], others: 1 });
    expect(await refusal(score(3, '2', undefined, 'plan', 1))).toBe('nothing-changed');
    expect(await refusal(score(3, '2', '方案缺少关键工序的安排', 'plan', 1))).toBe('performed');
    expect(await refusal(score(3, '2', '方案缺少关键工序的安排', 'plan', 1))).toBe('nothing-changed');
    expect(await outliersFor(3)).toEqual({ own: [], others: 0 });
  });

  it('concluded, its bundle is what `rank` recomputes, its digest what everyone signs', async () => {
    await house.perform(concludeEvaluation, person(third).actor, { lot });
    const { bundle, sha256: digest } = await house.em().findOneOrFail(EvaluationReport, { lot });
    const read = evaluationShape.parse(bundle);
    expect(rank(read)).toEqual({ ok: true, value: read.result });
    expect(base64url(sha256(canonicalBytes(bundle)))).toBe(digest);
    const sent = await (await person(first).api()).get(`/lots/${lot}/evaluation/bundle`);
    expect(base64url(sha256(Buffer.from(sent.text)))).toBe(digest);
    expect(await refusal(score(first, '1', '更正', 'plan'))).toBe('sheets-closed');
    expect(await refusal(review(first, false, '更正'))).toBe('sheets-closed');
  });

  it('reviewers of the bundle are the seats of the panel, as the journal formed it', async () => {
    const { bundle } = await house.em().findOneOrFail(EvaluationReport, { lot });
    expect([...evaluationShape.parse(bundle).reviewers].sort()).toEqual(members.map(({ member }) => member).sort());
  });

  const signature = async (by: Person, member: string): Promise<string> => {
    const { sha256: digest } = await house.em().findOneOrFail(EvaluationReport, { lot });
    const signed = await signDetached(canonicalBytes(reportStatement(lot, digest, member)), await by.signer(), await houseNow(house));
    return Buffer.from(signed).toString('base64');
  };

  it('a signature by another person’s certificate, or over another seat, is refused', async () => {
    const [own, other] = [members[0], members[1]];
    if (!own || !other) throw new Error('no members');
    const sign = async (by: Person, member: string) =>
      house.perform(signReport, own.person.actor, { lot, signature: await signature(by, member) });
    expect(await refusal(sign(other.person, own.member))).toBe('report-signature-refused');
    expect(await refusal(sign(own.person, other.member))).toBe('report-signature-refused');
    expect(await refusal(sign(town.bidders[0] ?? town.agent, own.member))).toBe('report-signature-refused');
    expect(await refusal(house.perform(signReport, own.person.actor, { lot, signature: 'AAAA' }))).toBe('report-signature-refused');
    expect(await refusal(sign(own.person, own.member))).toBe('performed');
    expect(await refusal(sign(own.person, own.member))).toBe('already-signed');
  });

  it('the last signature, and only the last, ends the evaluation', async () => {
    for (const { member, person: by } of members.slice(1)) {
      expect(await phaseOf(house, lot)).toBe('evaluating');
      await house.perform(signReport, by.actor, { lot, signature: await signature(by, member) });
    }
    expect(await phaseOf(house, lot)).toBe('evaluated');
  });
});
