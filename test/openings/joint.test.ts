import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { EvaluationReport } from '../../src/evaluation/schema.ts';
import { lotParties } from '../../src/experts/lot-parties-reads.ts';
import { EventRow } from '../../src/journal/schema.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { Lot, Project } from '../../src/tenders/schema.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openedLot } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

/** Several who bid as one (联合体): whoever leads bids, every member signs, and nobody stands behind two bids. */

let house: TestHouse;
let town: Town;
let lot: string;
let bids: readonly string[];
const member = (at: number): Person => town.bidders[at] as Person;
const code = (at: number): string => member(at).actor.code ?? '';

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 9 });
  ({ lot, bids } = await openedLot(town, {
    draft: { consortium: true, consortiumMembers: 2 },
    offers: [
      { price: '17800000.00', jointWith: [member(8)] },
      { price: '18000000.00' },
      { price: '18100000.00' },
      // its partner bids alone besides
      { price: '18200000.00', jointWith: [member(1)] },
      // a stranger signed for the partner
      { price: '18300000.00', jointWith: [member(7)], signedBy: [member(6)] },
      // one more than the notice allows
      { price: '18400000.00', jointWith: [member(6), member(7)] },
      // no agreement
      {
        price: '18500000.00',
        jointWith: [member(7)],
        cut: (bid) => [{ part: 'whole', bid: { ...bid, files: bid.files.slice(0, 2) }, files: [0, 1] }],
      },
    ],
  }));
}, 240_000);
afterAll(() => house.close());

const outcomes = async () => {
  const items = await house.em().find(OpeningItem, { lot });
  return bids.map((submission) => items.find((item) => item.submission === submission)?.reason ?? 'opened');
};

interface Told {
  readonly submission?: string;
  readonly submissions?: readonly string[];
  readonly organisation?: string;
  readonly members?: readonly unknown[];
}
const told = async (type: string): Promise<Told[]> =>
  (await house.em().find(EventRow, { type, lot }, { orderBy: { id: 'asc' } })).map(({ body }) => (JSON.parse(body) as { data: Told }).data);

describe('joint bids at the opening', () => {
  it('JV-2, JV-3, JV-4: all members sign, no more than the notice allows, with their agreement', async () => {
    expect(await outcomes()).toEqual([
      'opened',
      'opened',
      'opened',
      'opened',
      'package-member-unsigned',
      'bid-joint-many',
      'bid-joint-agreement',
    ]);
  });

  it('the journal names who signed, and who stands behind several bids; an invalid bid clashes with none', async () => {
    const opened = await told('bid.opened');
    const joint = opened.find(({ submission }) => submission === bids[0]);
    expect(joint?.members).toMatchObject([{ code: code(8), name: member(8).actor.organisationName }]);
    expect(opened.find(({ submission }) => submission === bids[2])).not.toHaveProperty('members');
    const clashes = await told('bids.clashed');
    expect(clashes.map(({ organisation, submissions = [] }) => [organisation, [...submissions].sort()])).toEqual([
      [code(1), [bids[1], bids[3]].sort()],
    ]);
  });

  it('whoever works for a member may not judge', async () => {
    const em = house.em();
    const row = await em.findOneOrFail(Lot, { id: lot });
    const { bidders } = await lotParties(em, row, await em.findOneOrFail(Project, { id: row.project }), await houseNow(house));
    expect(bidders).toEqual(expect.arrayContaining([code(0), code(8)]));
  });

  it('JV-5: the panel ends nothing while a bid of one who stands behind two is in; when all are rejected it ends', async () => {
    const members = await panelAtWork(town, lot);
    const stands = panelSigns(town, lot, { unsigned: true, fails: [bids[1] ?? ''] });
    await expect(stands).rejects.toMatchObject({ problem: 'joint-clash-stands', detail: { rule: 'JV-5' } });
    await expect(stands).rejects.toMatchObject({
      detail: { says: { zh: expect.stringContaining(member(1).actor.organisationName ?? '') } },
    });
    const bid = bids[3] ?? '';
    for (const { person } of members) {
      const verdicts = [{ bid, item: 'consortium', pass: false, reason: '成员又单独投标' }];
      await house.perform(reviewBid, person.actor, { lot, verdicts });
    }
    await house.perform(concludeEvaluation, (members[0] as { person: Person }).person.actor, { lot });
    const { bundle } = await house.em().findOneOrFail(EvaluationReport, { lot });
    const { rows } = (bundle as { result: { rows: readonly { bid: string }[] } }).result;
    expect(rows.map((row) => row.bid).sort()).toEqual([bids[0], bids[2]].sort());
  }, 120_000);
});
