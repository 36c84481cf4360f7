import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js';
import { handIn, packedBid, seal } from '../../seeds/bidding.ts';
import { signIn, until } from '../../seeds/client.ts';
import { firstExperts, seedExperts } from '../../seeds/experts.ts';
import type { StartedNode } from '../../seeds/node.ts';
import { organisations } from '../../seeds/organisations.ts';
import { outpatient, riverbank } from '../../seeds/plans.ts';
import { castOf, type Step, type Walked, type WholeOutcome, walkTo, walkWhole } from '../../seeds/story.ts';
import { openBids, preparedBid, publishTender, type TenderPlan } from '../../seeds/tender.ts';
import { custodianFiles } from '../../src/custody/files.ts';
import { unpack } from '../../src/evidence/archive.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { verifyReceipt } from '../../src/journal/receipt.ts';
import {
  dataOf,
  everythingShown,
  flipped,
  namesOf,
  onFile,
  onlookers,
  papersOf,
  readsOf,
  refusalOf,
  storyNode,
  timeline,
  troubles,
  typesIn,
  verified,
  yangguang,
} from './scene.ts';

jest.setTimeout(600_000);

/** One node for all stories of this file: real processes, a real database, three custodians that know nothing but the platform's address. */
let node: StartedNode;
let close: () => Promise<void>;
let key: string;
beforeAll(async () => {
  ({ node, close } = await storyNode());
  key = (await signIn(node.base, 'regulator').then((reader) => reader.get<{ platform: string }>('/keys'))).platform;
});
afterAll(() => close?.());
const quiet = (): void => undefined;

const loginsOf = (plan: TenderPlan): readonly string[] => plan.bids.map(({ login }) => login);

/** Nobody, whatever their office, can read who bids, from anything that shows this lot. */
async function nobodySees(words: readonly string[], lot: string, but: readonly string[] = []): Promise<void> {
  const reads = await readsOf(node.base, lot);
  for (const [who, reader] of await onlookers(node.base)) {
    if (but.includes(who)) continue;
    const shown = await everythingShown(reader, reads);
    expect({ who, sees: words.filter((word) => shown.includes(word)) }).toEqual({ who, sees: [] });
  }
}

describe('a construction tender, seen from outside at every step', () => {
  const steps: Step[] = [];
  let whole: WholeOutcome;

  const looks: Partial<Record<Step, (walked: Walked) => Promise<void>>> = {
    published: async ({ walk: { cast, plan }, tender: { lot } }) => {
      const notice = await cast.public.get<{ lot: { phase: string }; documents: { sha256: string }[] }>(`/lots/${lot}`);
      expect(notice.lot.phase).toBe('bidding');
      expect(notice.documents).toHaveLength(2);
      const { rows } = await cast.public.get<{ rows: { name: string }[] }>('/lots');
      expect(rows.map((row) => row.name)).toContain(plan.lotName);
    },
    submitted: async ({ walk: { cast, plan }, tender: { lot }, receipts }) => {
      expect([...receipts.keys()]).toEqual(loginsOf(plan));
      const names = loginsOf(plan).flatMap(namesOf);
      await nobodySees([...names, ...[...receipts.values()].map(({ submission }) => submission)], lot);
      const early = Buffer.from(await until('the evidence', () => cast.regulator.download(`/lots/${lot}/evidence`)));
      for (const sealed of [...names, ...[...receipts.values()].map(({ submission }) => submission)])
        expect(early.includes(sealed)).toBe(false);
      for (const { receipt } of receipts.values()) {
        const platform = parseVerifierKey(key);
        expect(platform && verifyReceipt(receipt, platform).ok).toBe(true);
      }
      const own = await signIn(node.base, 'bidder1').then((bidder) => bidder.get<{ submissions: unknown[] }>(`/lots/${lot}/bids`));
      expect(own.submissions).toHaveLength(1);
    },
    opened: async ({ walk: { cast, plan }, tender: { lot }, receipts }) => {
      const hall = await cast.public.get<{
        items: { submission: string; price: string; state: string }[];
        draw: { parameters: Record<string, string> };
        readingDraw: { order: string[] };
      }>(`/lots/${lot}/hall`);
      // read in the order that the council drew, which may be any
      expect(hall.items.map(({ price }) => price).sort()).toEqual(plan.bids.map(({ price }) => price).sort());
      expect(hall.readingDraw.order).toEqual(hall.items.map(({ submission }) => submission));
      expect(hall.items.map(({ submission }) => submission).sort()).toEqual(
        [...receipts.values()].map(({ submission }) => submission).sort(),
      );
      expect(hall.items.every(({ state }) => state === 'read')).toBe(true);
      expect(Object.keys(hall.draw.parameters)).toEqual(['下浮率']);
      const shares = dataOf(await timeline(cast.public, lot), 'share.given');
      expect(shares.length).toBeGreaterThanOrEqual(2);
      expect(new Set(shares.map(({ task, trustee }) => `${task}/${trustee}`)).size).toBe(shares.length);
    },
    drawn: async ({ walk: { cast }, tender: { lot } }) => {
      // who was drawn is known to the sandbox's telephone, and to nobody who looks at the tender
      const phone = await cast.public.get<{ messages: { to: string | null }[] }>('/sandbox/phone');
      const pool = seedExperts(
        firstExperts,
        organisations.filter((each) => each.kinds.includes('bidder')),
      );
      const drawn = phone.messages.flatMap(({ to }) => pool.filter(({ login }) => login === to));
      expect(drawn.length).toBeGreaterThanOrEqual(5);
      await nobodySees(
        drawn.flatMap(({ name, employerName, login }) => [`"${name}"`, employerName, login]),
        lot,
      );
    },
    evaluated: async ({ walk: { cast }, tender: { lot } }) => {
      // the report is there, its result is not public before the candidates are
      const seen = await cast.public.get<{ state: string; candidates: unknown[] }>(`/lots/${lot}/candidates`);
      expect(seen).toMatchObject({ state: 'not-yet', candidates: [] });
      expect(typesIn(await timeline(cast.public, lot))).not.toContain('evaluation.concluded');
    },
    publicity: async ({ walk: { cast }, tender: { lot } }) => {
      const evidence = await until('the evidence', () => cast.regulator.download(`/lots/${lot}/evidence`));
      const bundles = await evaluationsIn(evidence);
      const { rows, candidates } = await ranked(bundles[0] ?? new Uint8Array());
      const seen = await cast.public.get<{ candidates: { submission: string; rank: number; total: string }[] }>(`/lots/${lot}/candidates`);
      expect(seen.candidates.map(({ submission }) => submission)).toEqual(candidates);
      expect(seen.candidates.map(({ rank, total }) => ({ rank, total }))).toEqual(
        rows.slice(0, candidates.length).map(({ rank, total }) => ({ rank, total })),
      );
      expect(await evaluationsIn(await until('the evidence', () => cast.public.download(`/lots/${lot}/evidence`)))).toHaveLength(1);
      // the regulator’s edition is the regulator’s
      expect(await refusalOf(cast.agent.post(`/lots/${lot}/evidence`, { ground: '想看一看' }))).toBe('not-permitted');
    },
  };

  beforeAll(async () => {
    whole = await walkWhole({
      base: node.base,
      plan: riverbank,
      tell: quiet,
      after: async (step, walked) => {
        steps.push(step);
        await looks[step]?.(walked);
      },
    });
  });

  it('goes all its steps in order', () => {
    expect(steps).toEqual(['published', 'clarified', 'submitted', 'opened', 'drawn', 'evaluated', 'publicity', 'contracted']);
    expect(whole.reached).toBe('contracted');
  });

  it('is won by the bid that `yangguang rank` ranks first, from the evidence that anyone can download', async () => {
    const evidence = await whole.walk.cast.public.download(`/lots/${whole.lot}/evidence`);
    const bundles = await evaluationsIn(evidence);
    expect(bundles).toHaveLength(1);
    const { rows } = await ranked(bundles[0] ?? new Uint8Array());
    const { award } = await whole.walk.cast.public.get<{ award: { submission: string; price: string; name: string } }>(
      `/lots/${whole.lot}/award`,
    );
    expect(rows[0]?.bid).toBe(award.submission);
    expect(whole.winner).toBe(award.name);
    const login = [...whole.receipts].find(([, { submission }]) => submission === award.submission)?.[0];
    expect(namesOf(login ?? '')).toContain(award.name);
    expect(riverbank.bids.find((bid) => bid.login === login)?.price).toBe(award.price);
  });

  it('leaves evidence that a stranger verifies with the pinned key, whoever it was given to', async () => {
    const { public: anyone, agent, regulator } = whole.walk.cast;
    const { code, out } = await verified(await anyone.download(`/lots/${whole.lot}/evidence`), key, whole);
    expect(out).toMatch(/\nverified\n/);
    expect(out).not.toMatch(/not pinned|✗/);
    expect(code).toBe(0);
    for (const reader of [agent, regulator]) {
      const { result } = await verifyFile(await reader.download(`/lots/${whole.lot}/evidence`), { key: parseVerifierKey(key) });
      expect(result).toBe('verified');
    }
  });

  it('leaves evidence in which no byte can be changed', async () => {
    const pinned = parseVerifierKey(key);
    const { evidence } = whole;
    // every part of the file, its frame included: begin, end, and a stride that no period of the format divides
    const places = [0, 4, 10, 26, 40, evidence.length - 1, evidence.length - 12];
    for (let at = 101; at < evidence.length; at += Math.floor(evidence.length / 23)) places.push(at);
    for (const at of places) {
      const { result } = await verifyFile(flipped(evidence, at), { key: pinned });
      expect({ at, result }).not.toEqual({ at, result: 'verified' });
    }
    const { code } = await verified(flipped(evidence, Math.floor(evidence.length / 2)), key, whole);
    expect(code).toBe(1);
    expect(
      (
        await verified(
          evidence,
          key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
          whole,
        )
      ).code,
    ).not.toBe(0);
  });

  it('has issued every paper, each once, and each file is the one the journal tells of', async () => {
    const { cast } = whole.walk;
    const papers = await papersOf(cast.regulator, whole.lot);
    const count = (kind: string): number => papers.filter((paper) => paper.kind === kind).length;
    const bids = riverbank.bids.length;
    expect(Object.fromEntries([...new Set(papers.map(({ kind }) => kind))].sort().map((kind) => [kind, count(kind)]))).toEqual({
      addendum: 1,
      'award-notice': 1,
      'candidates-publicity': 1,
      contract: 1,
      'contract-register': 1,
      // the coefficient in the session, and the experts
      'draw-record': 2,
      'evaluation-report': 1,
      'opening-record': 1,
      'result-notice': bids - 1,
      'submission-receipt': bids,
      'supervisor-report': 1,
      'tender-notice': 1,
    });
    const entries = await timeline(cast.regulator, whole.lot);
    const told = ['paper.issued', 'paper.delivered', 'paper.filed'].flatMap((type) => dataOf(entries, type));
    expect(told.map(({ dataHash }) => dataHash).sort()).toEqual(papers.map(({ dataHash }) => dataHash).sort());
    for (const { id, sha256 } of papers) {
      const bytes = await cast.regulator.download(`/papers/${id}`);
      expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
      expect(Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('base64url')).toBe(sha256);
    }
  });

  it('has told every bidder the result, and the public the award', async () => {
    const { cast } = whole.walk;
    expect(dataOf(await timeline(cast.regulator, whole.lot), 'result.notified')).toHaveLength(riverbank.bids.length);
    const entries = typesIn(await timeline(cast.public, whole.lot));
    expect(entries).toEqual(expect.arrayContaining(['award.notified', 'contract.registered', 'experts.revealed']));
    expect(entries).not.toContain('bid.scored');
  });
});

describe('a tender with two bidders', () => {
  const plan: TenderPlan = { ...riverbank, name: '黄柏河清淤工程', lotName: '黄柏河清淤施工', bids: riverbank.bids.slice(0, 2) };
  let outcome: Awaited<ReturnType<typeof walkTo>>;
  beforeAll(async () => {
    outcome = await walkTo({ base: node.base, plan, tell: quiet }, 'opened');
  });

  it('fails at its deadline and is not opened (Bidding Law art. 28)', async () => {
    expect(outcome.reached).toBe('failed');
    const { cast } = outcome.walk;
    const hall = await cast.public.get<Record<string, unknown>>(`/lots/${outcome.lot}/hall`);
    expect(hall).toMatchObject({ phase: 'failed', openedAt: null, council: null, items: [], draw: null, failedFor: 'too-few-bids' });
    const types = typesIn(await timeline(cast.regulator, outcome.lot));
    expect(types).toEqual(expect.arrayContaining(['deadline.reached', 'bidding.closed', 'tender.failed']));
    for (const never of ['opening.started', 'share.given', 'opening.combined', 'bid.opened', 'bid.invalid', 'bid.read', 'draw.requested'])
      expect(types).not.toContain(never);
  });

  it('leaves the bids sealed and their bidders unnamed: no custodian was asked, no onlooker can tell who bid', async () => {
    for (const index of [1, 2, 3]) {
      const log = await readFile(custodianFiles(join(node.dataDir, 'custodians', String(index))).log, 'utf8');
      expect(log).not.toContain(outcome.lot);
    }
    await nobodySees(
      [...loginsOf(plan).flatMap(namesOf), ...[...outcome.receipts.values()].map(({ submission }) => submission)],
      outcome.lot,
    );
  });

  it('has a failure notice, and evidence that verifies', async () => {
    const { cast } = outcome.walk;
    await until('the failure notice', async () =>
      (await papersOf(cast.public, outcome.lot)).some((paper) => paper.kind === 'failure-notice'),
    );
    const evidence = await until('the evidence', () => cast.public.download(`/lots/${outcome.lot}/evidence`));
    const { code, out } = await verified(evidence, key, outcome);
    expect([code, out.includes('✗')]).toEqual([0, false]);
  });
});

describe('a tender by lowest evaluated price', () => {
  it('ranks by price alone', async () => {
    const plan: TenderPlan = { ...outpatient, name: '枝江市人民医院停车场工程', lotName: '停车场工程施工' };
    const outcome = await walkTo({ base: node.base, plan, tell: quiet }, 'publicity');
    expect(outcome.reached).toBe('publicity');
    const { cast } = outcome.walk;
    const { candidates } = await cast.public.get<{ candidates: { price: string }[] }>(`/lots/${outcome.lot}/candidates`);
    const cheapestFirst = plan.bids.map(({ price }) => price).sort((a, b) => Number(a) - Number(b));
    expect(candidates.map(({ price }) => price)).toEqual(cheapestFirst);
    const evidence = await until('the evidence', () => cast.regulator.download(`/lots/${outcome.lot}/evidence`));
    const [bundle] = await evaluationsIn(evidence);
    const { rows } = await ranked(bundle ?? new Uint8Array());
    expect(rows.map(({ evaluatedPrice }) => evaluatedPrice)).toEqual(cheapestFirst);
    expect(rows.map(({ bid }) => bid)).toEqual(
      cheapestFirst.map((price) => outcome.receipts.get(plan.bids.find((bid) => bid.price === price)?.login ?? '')?.submission),
    );
  });
});

describe('three bids, of which two cannot be opened by their bidders’ own doing (domain §11.3)', () => {
  const plan: TenderPlan = { ...riverbank, name: '黄柏河步道工程', lotName: '黄柏河步道施工', bids: riverbank.bids.slice(0, 3) };

  it('lists the two as invalid with their reason and whose it is, and reads the third', async () => {
    const cast = await castOf(node.base, plan);
    const walk = { cast, plan, tell: quiet };
    const tender = await publishTender(walk);
    const folder = await mkdtemp(join(tmpdir(), 'yangguang-own-fault-'));
    try {
      const submit = async (at: number, make: (prepared: Awaited<ReturnType<typeof preparedBid>>, file: string) => Promise<void>) => {
        const [bid, file] = [plan.bids[at], join(folder, `${at}.age`)];
        if (!bid) throw new Error('no such bid');
        const prepared = await preparedBid(cast, tender, bid);
        await make(prepared, file);
        return (await handIn(prepared.bidder, prepared.signer, prepared.bid, file)).submission;
      };
      const damaged = await submit(0, async ({ signer, bid }, file) => {
        await seal(file, await packedBid(signer, bid), tender.council, bid);
        const bytes = await readFile(file);
        await writeFile(file, flipped(bytes, bytes.length - 100));
      });
      const unsigned = await submit(1, async ({ signer, bid }, file) => {
        const bare = await withoutSignature(await packedBid(signer, bid));
        await seal(file, new Blob([Uint8Array.from(bare)]).stream(), tender.council, bid);
      });
      const sound = await submit(2, async ({ signer, bid }, file) => seal(file, await packedBid(signer, bid), tender.council, bid));

      expect(await openBids(walk, tender)).toBe('opened');
      const hall = await cast.public.get<{ items: { submission: string; state: string; reason: string | null; price: string | null }[] }>(
        `/lots/${tender.lot}/hall`,
      );
      expect(hall.items.map(({ submission, state, reason, price }) => ({ submission, state, reason, price }))).toEqual([
        { submission: damaged, state: 'invalid', reason: 'envelope-altered', price: null },
        { submission: unsigned, state: 'invalid', reason: 'package-unsigned', price: null },
        { submission: sound, state: 'read', reason: null, price: plan.bids[2]?.price },
      ]);
      const invalid = dataOf(await timeline(cast.public, tender.lot), 'bid.invalid');
      // envelopes are opened each by itself: which is found invalid first is chance
      const blamed = new Map(invalid.map(({ submission, attributedTo }) => [submission, attributedTo]));
      expect([invalid.length, blamed.get(damaged), blamed.get(unsigned)]).toEqual([2, 'bidder', 'bidder']);
      const evidence = await until('the evidence', () => cast.regulator.download(`/lots/${tender.lot}/evidence`));
      const { code, out } = await verified(evidence, key, tender);
      expect([code, out.includes('✗')]).toEqual([0, false]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('all these tenders', () => {
  it('went without a failure that the platform could not name', () => {
    expect(troubles(node)).toEqual([]);
  });
});

/** The evaluation bundles of an evidence file. */
async function evaluationsIn(evidence: Uint8Array): Promise<Uint8Array[]> {
  const files = (await unpack(evidence)) ?? new Map<string, Uint8Array>();
  return [...files].filter(([name]) => name.startsWith('evaluation/')).map(([, bytes]) => bytes);
}

interface Ranking {
  readonly rows: readonly { readonly bid: string; readonly rank: number; readonly total: string; readonly evaluatedPrice: string }[];
  readonly candidates: readonly string[];
}
/** What `yangguang rank` computes from a bundle. The result that the bundle carries is taken out first: it must follow from the rest. */
function ranked(bundle: Uint8Array): Promise<Ranking> {
  const { result: _, ...inputs } = JSON.parse(Buffer.from(bundle).toString()) as Record<string, unknown>;
  return onFile('evaluation.json', new TextEncoder().encode(JSON.stringify(inputs)), async (file) => {
    const { code, out } = await yangguang('rank', file);
    expect(code).toBe(0);
    return JSON.parse(out) as Ranking;
  });
}

/** The same package, its signature left out. */
async function withoutSignature(packed: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const whole = new Uint8Array(await new Response(packed as BodyInit).arrayBuffer());
  const reader = new ZipReader(new Uint8ArrayReader(whole));
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level: 0 });
  for (const entry of await reader.getEntries()) {
    if (entry.directory || entry.filename.endsWith('signature.p7s')) continue;
    await writer.add(entry.filename, new Uint8ArrayReader(await entry.getData(new Uint8ArrayWriter())));
  }
  return writer.close();
}
