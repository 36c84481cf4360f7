import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { client, signIn } from '../../seeds/client.ts';
import { organisations } from '../../seeds/organisations.ts';
import { inEnvelopes, judgedBlind, riverbank } from '../../seeds/plans.ts';
import { type Step, type Walked, type WholeOutcome, walkWhole } from '../../seeds/story.ts';
import { unpack } from '../../src/evidence/archive.ts';
import { dataOf, everythingShown, flipped, readsOf, storyNode, timeline, troubles, typesIn, verified } from './scene.ts';

/**
 * A construction tender of two envelopes, its technical part judged blind on sealed sheets, from notice to contract, on real processes and three real custodians, through the public API: five bidders,
 * one of whom fails with the technical envelope.
 */
let story: Awaited<ReturnType<typeof storyNode>>;
let outcome: WholeOutcome;
/** what anybody could read between the sessions */
let between = '';
const plan = judgedBlind(inEnvelopes(riverbank, 'technical+price'));
const failing = plan.bids.at(-1);
const codeOf = (login: string | undefined): string =>
  organisations.find((each) => each.users.some((user) => user.login === login))?.code ?? '';

beforeAll(async () => {
  story = await storyNode();
  const { base } = story.node;
  const after = async (step: Step, { tender }: Walked): Promise<void> => {
    // the technical envelopes are opened and read; everything public is read by nobody in particular
    if (step === 'drawn') between = await everythingShown(client(base), await readsOf(base, tender.lot));
  };
  outcome = await walkWhole({ base, plan, tell: () => undefined, after });
}, 300_000);
afterAll(() => story?.close());

describe('Two envelopes, from notice to contract', () => {
  it('opens the technical envelopes of all, and the price envelopes of those who passed', async () => {
    const entries = await timeline(client(story.node.base), outcome.lot);
    const started = dataOf(entries, 'opening.started').map(({ part, list }) => [part, (list as unknown[]).length]);
    expect(started.sort()).toEqual([
      ['price', 4],
      ['technical', 5],
    ]);
    const [returned, ...more] = dataOf(entries, 'envelope.returned');
    expect(more).toEqual([]);
    expect(returned).toMatchObject({ bidder: codeOf(failing?.login), part: 'price' });
    const [passed] = dataOf(entries, 'part.reported');
    expect(passed).toMatchObject({
      part: 'technical',
      outcome: 'passed',
      failed: [{ bidder: codeOf(failing?.login), reason: 'review:response' }],
    });
    const prices = dataOf(entries, 'bid.read').map(({ price }) => price);
    expect(prices).not.toContain(failing?.price);
    expect(outcome.reached).toBe('contracted');
    expect(typesIn(entries)).toContain('session.scheduled');
  }, 60_000);

  it('shows no price between the sessions, to nobody', () => {
    expect(between).toContain('technical');
    for (const { price } of plan.bids)
      for (const way of [price, price.replace('.00', ''), price.split('.')[0] ?? '']) expect(between).not.toContain(way);
  });

  it('gives the bidder who failed the receipt of its envelope, unopened', async () => {
    const bidder = await signIn(story.node.base, failing?.login ?? '');
    const { parts } = await bidder.get<{ parts: readonly { part: string; returned: readonly { event: string; bidder: string }[] }[] }>(
      `/lots/${outcome.lot}/envelopes`,
    );
    const [own] = parts.find((each) => each.part === 'price')?.returned ?? [];
    expect(own?.bidder).toBe(codeOf(failing?.login));
    expect(await bidder.get(`/receipts/${own?.event}`)).toMatchObject({ event: { type: 'envelope.returned' } });
  });

  it('verifies offline, and a changed byte of a transcript does not', async () => {
    expect(outcome.verified).toBe(true);
    const files = await unpack(outcome.evidence);
    expect([...(files?.keys() ?? [])].filter((name) => name.startsWith('openings/')).sort()).toEqual([
      'openings/price.json',
      'openings/technical.json',
    ]);
    const good = await verified(outcome.evidence, outcome.key, outcome);
    expect([good.code, good.out]).toEqual([0, expect.stringContaining('1 envelopes came back unopened')]);
    const bad = await verified(flipped(outcome.evidence, Math.floor(outcome.evidence.length / 2)), outcome.key, outcome);
    expect(bad.code).not.toBe(0);
  }, 60_000);

  it('nothing went wrong inside', () => {
    expect(troubles(story.node)).toEqual([]);
  });
});
