import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { signIn, until } from '../../seeds/client.ts';
import { custodianFolder } from '../../seeds/council.ts';
import { type StartedNode, startNode } from '../../seeds/node.ts';
import { outpatient, riverbank } from '../../seeds/plans.ts';
import { castOf, type WholeOutcome, walkWhole } from '../../seeds/story.ts';
import { bidOn, moveClock, openBids, publishTender, type TenderPlan } from '../../seeds/tender.ts';
import { followJournal, type JournalSource } from '../../src/custody/follow.ts';
import { noteKeyTypes, noteSigner, parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { verifyReceipt } from '../../src/journal/receipt.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { later, systemClock } from '../../src/kernel/clock.ts';
import { transitions } from '../../src/tenders/phases.ts';
import { type FamilyMember, familyOf, killAll } from '../support/family.ts';
import { dataOf, type Entry, papersOf, storyNode, timeline, typesIn, verified } from './scene.ts';

jest.setTimeout(600_000);

/** Numbers that look random and come again from the same seed (mulberry32): a failure is repeated by `npm test -- test/stories/killed --seed=…`. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const victims = ['web', 'worker', 'sequencer', 'custodian', 'database', 'family'] as const;
type Victim = (typeof victims)[number];

/** After which line of the walk, and how long after it, who is killed. */
interface Blow {
  readonly afterLine: number;
  readonly milliseconds: number;
  readonly victim: Victim;
}

/** Lines the walk prints until the contract is registered. */
const linesOfWalk = 14;

/** Every victim once, in random order, spread over the walk. */
function blows(seed: number): Blow[] {
  const next = numbers(seed);
  const order = [...victims];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = next(at + 1);
    [order[at], order[other]] = [order[other] as Victim, order[at] as Victim];
  }
  const stretch = linesOfWalk / order.length;
  return order.map((victim, at) => ({ afterLine: Math.floor(at * stretch) + next(2), milliseconds: next(2500), victim }));
}

/** A node and the hand that strikes it. */
class Struck {
  node: StartedNode;
  readonly told: string[] = [];
  constructor(node: StartedNode) {
    this.node = node;
  }
  members(): FamilyMember[] {
    return familyOf(this.node.pid);
  }
  member(wanted: string): FamilyMember {
    const found = this.members().find(({ command }) => command.includes(wanted));
    if (!found) throw new Error(`the family has no ${wanted} just now`);
    return found;
  }
  async strike(victim: Victim, which: number): Promise<void> {
    if (victim === 'family') return this.strikeAll();
    const marks = {
      web: 'main.ts web',
      worker: 'main.ts worker',
      sequencer: 'main.ts sequencer',
      // jest's seeds are negative as often as not
      custodian: `custodians/${1 + (Math.abs(which) % 3)} `,
      database: 'bin/postgres -D',
    };
    // one that is just being started again is struck when it is there
    const { pid } = await until(victim, async () => this.members().find(({ command }) => command.includes(marks[victim])));
    killAll([pid]);
    this.told.push(`killed ${victim} (${pid})`);
  }
  private async strikeAll(): Promise<void> {
    const { dataDir, port, ended } = this.node;
    killAll(this.members().map(({ pid }) => pid));
    await ended;
    this.told.push('killed the whole family');
    this.node = await startNode({ dataDir, port });
  }
}

let struck: Struck;
let close: () => Promise<void>;
let key: string;
beforeAll(async () => {
  const story = await storyNode({ killed: true });
  struck = new Struck(story.node);
  close = async () => {
    await struck.node.stop();
    await story.close();
  };
  key = (await signIn(story.node.base, 'agent').then((reader) => reader.get<{ platform: string }>('/keys'))).platform;
});
afterAll(() => close?.());

const journalOf = (base: string): JournalSource => ({
  checkpoint: async (size) => (await fetch(`${base}/journal/checkpoint${size === undefined ? '' : `?size=${size}`}`)).text(),
  tile: async (path) => new Uint8Array(await (await fetch(`${base}/journal/${path}`)).arrayBuffer()),
});
const stranger = noteSigner('a-stranger.example', crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature);

/** The newest checkpoint extends this one, as a witness checks it from the public tiles: throws where the journal was rewritten. */
async function isPrefix(base: string, size: number, root: Uint8Array): Promise<void> {
  await followJournal(journalOf(base), key, { size, root: base64url(root) }, stranger, Math.floor(Date.parse(systemClock()) / 1000));
}

describe('processes are killed while a tender walks', () => {
  const plan: TenderPlan = { ...riverbank, bids: riverbank.bids.slice(0, 3) };
  const seed = jest.getSeed();
  const plotted = blows(seed);
  const checkpoints: string[] = [];
  let whole: WholeOutcome;
  let entries: readonly Entry[];

  beforeAll(async () => {
    process.stderr.write(
      `kills by --seed=${seed}: ${plotted.map((blow) => `${blow.victim} after ${blow.afterLine}+${blow.milliseconds}`).join(', ')}\n`,
    );
    let line = 0;
    let falling = Promise.resolve();
    const { base } = struck.node;
    const tell = (): void => {
      for (const { milliseconds, victim } of plotted.filter((blow) => blow.afterLine === line))
        falling = falling.then(() => pause(milliseconds)).then(() => struck.strike(victim, seed));
      line += 1;
      void fetch(`${base}/journal/checkpoint`)
        .then(async (response) => response.ok && checkpoints.push(await response.text()))
        .catch(() => undefined);
    };
    whole = await walkWhole({ base, plan, tell });
    await falling;
    expect(struck.told).toHaveLength(victims.length);
    entries = await until('the timeline', async () => timeline(await signIn(base, 'regulator', 'regulator'), whole.lot));
  });

  it('the tender reaches its contract all the same, and its evidence verifies', async () => {
    expect(whole.reached).toBe('contracted');
    const { code, out } = await verified(whole.evidence, key, whole);
    expect([code, out.includes('✗')]).toEqual([0, false]);
  });

  it('nothing acknowledged is lost: every receipt still stands, in a journal that extends the one it was given in', async () => {
    const platform = parseVerifierKey(key);
    if (!platform) throw new Error(key);
    expect(whole.receipts.size).toBe(plan.bids.length);
    for (const [login, { event, receipt }] of whole.receipts) {
      const then = verifyReceipt(receipt, platform);
      if (!then.ok) throw new Error(then.fault);
      await isPrefix(struck.node.base, then.checkpoint.size, then.checkpoint.root);
      const bidder = await signIn(struck.node.base, login);
      const now = verifyReceipt(await bidder.get(`/receipts/${event}`), platform);
      if (!now.ok) throw new Error(now.fault);
      expect({ index: now.receipt.index, event: now.receipt.event }).toEqual({ index: then.receipt.index, event: then.receipt.event });
    }
  });

  it('every submission that was acknowledged is on the closing list, in the order of the receipts', () => {
    const [started] = dataOf(entries, 'opening.started') as { list: { submission: string }[] }[];
    expect(started?.list.map(({ submission }) => submission)).toEqual([...whole.receipts.values()].map(({ submission }) => submission));
  });

  it('nothing is repeated: each turn of the lot once and in order, each share, each opened and read bid, each signature and notice once', () => {
    const turns = new Set<string>(transitions().map(({ event }) => event));
    expect(typesIn(entries).filter((type) => turns.has(type))).toEqual([
      'notice.published',
      'deadline.reached',
      'opening.started',
      'record.closed',
      'evaluation.started',
      'evaluation.reported',
      'candidates.published',
      'award.determined',
      'contract.registered',
    ]);
    for (const type of ['bidding.closed', 'opening.combined', 'panel.formed', 'evaluation.concluded', 'award.notified', 'report.filed'])
      expect({ type, times: dataOf(entries, type).length }).toEqual({ type, times: 1 });
    const once = (type: string, by: (data: Readonly<Record<string, unknown>>) => unknown, times: number): void => {
      const keys = dataOf(entries, type).map((data) => JSON.stringify(by(data)));
      expect({ type, distinct: new Set(keys).size, times: keys.length }).toEqual({ type, distinct: times, times });
    };
    once('bid.received', ({ statement }) => (statement as { bidder: string }).bidder, plan.bids.length);
    once('bid.opened', ({ submission }) => submission, plan.bids.length);
    once('bid.read', ({ submission }) => submission, plan.bids.length);
    const draws = plan.readingOrder === 'drawn' ? 3 : 2;
    once('draw.requested', ({ purpose }) => purpose, draws);
    once('draw.completed', ({ transcript }) => (transcript as { request: { id: string } }).request.id, draws);
    once('report.signed', ({ member }) => member, 5);
    once('result.notified', ({ bidder }) => bidder, plan.bids.length);
    const shares = dataOf(entries, 'share.given').map(({ task, trustee }) => `${task}/${trustee}`);
    expect(new Set(shares).size).toBe(shares.length);
  });

  it('no paper is issued twice, and none is missing', async () => {
    const papers = await papersOf(await signIn(struck.node.base, 'regulator', 'regulator'), whole.lot);
    expect(new Set(papers.map(({ kind, source }) => `${kind}/${source}`)).size).toBe(papers.length);
    expect(new Set(papers.map(({ dataHash }) => dataHash)).size).toBe(papers.length);
    const count = (kind: string): number => papers.filter((paper) => paper.kind === kind).length;
    expect(count('submission-receipt')).toBe(plan.bids.length);
    expect(count('result-notice')).toBe(plan.bids.length - 1);
    for (const kind of [
      'tender-notice',
      'opening-record',
      'evaluation-report',
      'candidates-publicity',
      'award-notice',
      'contract-register',
    ])
      expect({ kind, times: count(kind) }).toEqual({ kind, times: 1 });
  });

  it('every checkpoint anyone has seen on the way is a prefix of the journal now', async () => {
    expect(checkpoints.length).toBeGreaterThan(3);
    for (const text of checkpoints) {
      const [, size = '', root = ''] = text.split('\n');
      await isPrefix(struck.node.base, Number(size), new Uint8Array(Buffer.from(root, 'base64')));
    }
  });
});

describe('custodians are away when bids are to be opened', () => {
  it('one of three may be gone for good; while two are, the bids stay sealed, and are opened when one is back', async () => {
    const plan: TenderPlan = { ...outpatient, name: '枝江市人民医院连廊工程', lotName: '连廊工程施工' };
    const { base, dataDir } = struck.node;
    const cast = await castOf(base, plan);
    const walk = { cast, plan, tell: () => undefined };
    const tender = await publishTender(walk);
    const receipts = await bidOn(walk, tender);

    const folder = custodianFolder(dataDir, 1);
    renameSync(folder, join(dataDir, 'taken-away'));
    killAll([struck.member('custodians/1 ').pid]);
    const second = struck.member('custodians/2 ').pid;
    process.kill(second, 'SIGSTOP');
    try {
      await moveClock(cast, later(tender.deadline, 1000));
      const hall = () => cast.public.get<{ phase: string; items: { state: string }[] }>(`/lots/${tender.lot}/hall`);
      await until('the closing snapshot', async () => (await hall()).phase === 'opening');
      await pause(4000);
      expect((await hall()).items.map(({ state }) => state)).toEqual(plan.bids.map(() => 'sealed'));
      expect(typesIn(await timeline(cast.public, tender.lot))).not.toContain('opening.combined');
    } finally {
      process.kill(second, 'SIGCONT');
    }
    expect(await openBids(walk, tender)).toBe('opened');
    const entries = await timeline(cast.public, tender.lot);
    expect(dataOf(entries, 'bid.read').map(({ submission }) => submission)).toEqual(
      [...receipts.values()].map(({ submission }) => submission),
    );
    expect(new Set(dataOf(entries, 'share.given').map(({ trustee }) => trustee))).toEqual(new Set([2, 3]));
  });
});
