import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { client } from '../../seeds/client.ts';
import { organisations } from '../../seeds/organisations.ts';
import { judgedBlind, riverbank, underLayers } from '../../seeds/plans.ts';
import { type WholeOutcome, walkWhole } from '../../seeds/story.ts';
import { familyOf, killAll } from '../support/family.ts';
import { dataOf, type Entry, flipped, storyNode, timeline, typesIn, verified } from './scene.ts';

/**
 * A construction tender under `bidder+council`, its construction plans judged blind on sealed sheets, from notice to contract, on real processes and three real custodians, through the public API: one bidder has lost its
 * key and hands in the copy it kept, one stays away, and the web server and the worker are killed while the bidders decrypt.
 */
let story: Awaited<ReturnType<typeof storyNode>>;
let outcome: WholeOutcome;
let entries: readonly Entry[];
let killed = 0;
const plan = judgedBlind(underLayers(riverbank));
const codeOf = (login: string | undefined): string =>
  organisations.find((each) => each.users.some((user) => user.login === login))?.code ?? '';

beforeAll(async () => {
  story = await storyNode();
  const { base, pid } = story.node;
  const tell = (line: string): void => {
    if (!line.startsWith('投标人解密 2/')) return;
    // the family starts them again by itself
    const struck = familyOf(pid).filter(({ command }) => /main\.ts (web|worker)/.test(command));
    killed = struck.length;
    killAll(struck.map((member) => member.pid));
  };
  outcome = await walkWhole({ base, plan, tell });
  entries = await timeline(client(base), outcome.lot);
}, 300_000);
afterAll(() => story?.close());

describe('Each bidder’s own layer, from notice to contract', () => {
  it('opens exactly the bids whose layer was removed, each once, though web and worker were killed among them', () => {
    expect(killed).toBeGreaterThanOrEqual(2);
    expect(dataOf(entries, 'opening.started').map(({ list }) => (list as unknown[]).length)).toEqual([plan.bids.length]);
    const counts = dataOf(entries, 'layers.closed').map(({ removed, missing }) =>
      [removed, missing].map((ids) => (ids as unknown[]).length),
    );
    expect(counts).toEqual([[plan.bids.length - 1, 1]]);
    const removed = dataOf(entries, 'layer.removed').map(({ bidder }) => bidder);
    expect(removed.sort()).toEqual(
      plan.bids
        .slice(1, -1)
        .map(({ login }) => codeOf(login))
        .sort(),
    );
    expect(dataOf(entries, 'remedy.applied')).toMatchObject([{ bidder: codeOf(plan.bids[0]?.login), kind: 'inner', plan: 'sealed-copy' }]);
    expect(dataOf(entries, 'bid.opened')).toHaveLength(plan.bids.length - 1);
    expect(dataOf(entries, 'opening.combined')).toMatchObject([{ items: plan.bids.length - 1 }]);
  });

  it('draws the pseudonyms of everything listed before the bidders’ time ends, and tells them when every blind sheet is open', () => {
    const order = typesIn(entries);
    const [committed] = dataOf(entries, 'pseudonyms.committed');
    expect(committed).toMatchObject({ part: 'whole', count: plan.bids.length });
    expect(order.indexOf('pseudonyms.committed')).toBeLessThan(order.indexOf('layers.closed'));
    expect(order.indexOf('layers.closed')).toBeLessThan(order.indexOf('bid.opened'));
    const told = order.filter((type) => type === 'sheets.opened' || type === 'pseudonyms.revealed');
    expect(told).toEqual(['sheets.opened', 'pseudonyms.revealed', 'sheets.opened']);
    expect(dataOf(entries, 'blind.checked')).toHaveLength(plan.bids.length - 1);
  });

  it('lays it to the bidder that stayed away, by evidence', () => {
    const absent = codeOf(plan.layers?.absent);
    expect(dataOf(entries, 'bid.revoked')).toMatchObject([{ bidder: absent, ground: 'others-removed', attributedTo: 'bidder' }]);
    expect(dataOf(entries, 'bid.read').map(({ bidder }) => bidder)).not.toContain(absent);
  });

  it('goes on to the contract, and is verified offline from one file; a changed byte is not', async () => {
    expect(outcome.reached).toBe('contracted');
    expect(typesIn(entries)).toContain('contract.registered');
    expect(outcome.verified).toBe(true);
    const good = await verified(outcome.evidence, outcome.key, outcome);
    expect([good.code, good.out]).toEqual([0, expect.stringContaining('1 sealed copies were handed in under the remedy')]);
    const bad = await verified(flipped(outcome.evidence, Math.floor(outcome.evidence.length / 2)), outcome.key, outcome);
    expect(bad.code).not.toBe(0);
  }, 60_000);
});
