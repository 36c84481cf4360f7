import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../src/store/places.ts';
import type { EnvelopeWay } from '../src/tenders/envelopes.ts';
import { performFirst } from './contract.ts';
import { seeded, startNode } from './node.ts';
import {
  desks,
  forecasting,
  gauges,
  harbourRoad,
  inEnvelopes,
  laptops,
  printers,
  riverbank,
  screens,
  sensors,
  underLayers,
  warning,
  withDeposits,
} from './plans.ts';
import { type WalkOptions, walkToFailure, walkWhole } from './story.ts';
import type { TenderPlan } from './tender.ts';

const ways: Readonly<Record<string, EnvelopeWay>> = { '1': 'whole', '2': 'technical+price', '3': 'qualification+technical+price' };

/** By line: a tender that is awarded, one with too few bids, and what is awarded by its other procedures. */
const walks: Readonly<
  Record<string, { readonly awarded: TenderPlan; readonly failing: TenderPlan; readonly otherwise: readonly TenderPlan[] }>
> = {
  construction: { awarded: withDeposits(riverbank), failing: harbourRoad, otherwise: [] },
  procurement: { awarded: gauges, failing: desks, otherwise: [sensors, laptops, warning, forecasting, screens, printers] },
};

/** What was signed is also performed for a part before the evidence is taken. */
const performed: NonNullable<WalkOptions['after']> = async (step, { walk, tender }) => {
  if (step === 'contracted') await performFirst(walk, tender);
};

/**
 * `yangguang demo [--only construction|procurement] [--all-methods] [--envelopes 1|2|3] [--policy council|bidder+council] [--out DIR]`: starts a throw-away node with real processes (database, web, worker, sequencer, three
 * custodians), walks a whole tender through its public API, verifies the evidence offline, and leaves nothing but the files in DIR.
 */
export async function demoCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      'all-methods': { type: 'boolean', default: false },
      out: { type: 'string' },
      envelopes: { type: 'string' },
      policy: { type: 'string', default: 'council' },
    },
  });
  const way = values.envelopes === undefined ? 'whole' : ways[values.envelopes];
  if (way === undefined) {
    console.error('--envelopes is 1, 2 or 3');
    return 2;
  }
  const layered = values.policy === 'bidder+council';
  if ((!layered && values.policy !== 'council') || (layered && way !== 'whole')) {
    console.error('--policy is council or bidder+council; with the latter a bid is one envelope');
    return 2;
  }
  const planned = (plan: TenderPlan): TenderPlan => (layered ? underLayers(plan) : inEnvelopes(plan, way));
  const lines = values.only ? [values.only] : Object.keys(walks);
  const unknown = lines.find((line) => !(line in walks));
  if (unknown) {
    console.error(`no demonstration for '${unknown}'; there are: ${Object.keys(walks).join(', ')}`);
    return 2;
  }
  // where the database's own user may enter, so that nothing of it is put elsewhere
  const dataDir = temporaryFolder('yangguang-demo-');
  const node = await startNode({ dataDir });
  try {
    await node.saying(seeded);
    let failed = 0;
    for (const line of lines) {
      const walk = walks[line];
      if (walk === undefined) continue;
      const { awarded, failing, otherwise } = walk;
      for (const plan of [planned(awarded), ...(values['all-methods'] ? otherwise : [])]) {
        const outcome = await walkWhole({ base: node.base, plan, tell: (said) => console.log(said), after: performed });
        if (values.out) await keep(values.out, `${line}-${outcome.number}`, outcome);
        failed += outcome.verified ? 0 : 1;
      }
      const other = await walkToFailure({ base: node.base, plan: failing, tell: (said) => console.log(said) });
      failed += other.verified ? 0 : 1;
    }
    return failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(node.said());
    throw error;
  } finally {
    await node.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function keep(
  folder: string,
  name: string,
  outcome: {
    readonly evidence: Uint8Array;
    readonly key: string;
    readonly papers: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.evidence.zip`), outcome.evidence);
  await writeFile(join(folder, 'platform.vkey'), `${outcome.key}\n`);
  for (const paper of outcome.papers) await writeFile(join(folder, `${name}-${paper.name}`), paper.bytes);
  const written = await readFile(join(folder, `${name}.evidence.zip`));
  console.log(`写入 written: ${join(folder, `${name}.evidence.zip`)} (${written.length} bytes), ${outcome.papers.length} papers`);
}
