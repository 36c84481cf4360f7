import { frameOf } from '../src/frame.ts';
import type { Store } from '../src/store/orm.ts';
import '../src/house.ts';
import { seedApplicants } from './applicants.ts';
import { performFirst } from './contract.ts';
import { firstExperts } from './experts.ts';
import { seeded } from './node.ts';
import {
  culvert,
  desks,
  footbridge,
  gauges,
  harbourRoad,
  hospitalWard,
  laptops,
  outpatient,
  pumpingStation,
  reservoir,
  riverbank,
  sensors,
  spillway,
  withDeposits,
} from './plans.ts';
import { seedProbes } from './probes.ts';
import { poolSize, seedPool, seedProvince } from './province.ts';
import { seedAftermath, seedReview } from './reviews.ts';
import { archive, resume, suspend, terminate } from './standstill.ts';
import { type Stage, walkTo } from './story.ts';
import type { OpenTender, TenderPlan, Walk } from './tender.ts';
import { seedVenues } from './venues.ts';

export interface DemonstrationOptions {
  readonly store: Store;
  readonly dataDir: string;
  /** address of the running platform */
  readonly base: string;
  /** tenders at several stages besides the people */
  readonly tenders: boolean;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** What befalls a tender after its walk. */
type Then = readonly ((walk: Walk, tender: OpenTender) => Promise<void>)[];

/** Tenders of the demonstration, oldest first: the sandbox's clock moves on with each, and the last one is open for bids now. */
const walks: readonly { readonly plan: TenderPlan; readonly stage: Stage; readonly aftermath?: true; readonly afterwards?: Then }[] = [
  { plan: harbourRoad, stage: 'contracted', afterwards: [archive] },
  { plan: withDeposits(riverbank), stage: 'contracted', aftermath: true },
  { plan: desks, stage: 'opened' },
  { plan: gauges, stage: 'contracted' },
  { plan: outpatient, stage: 'publicity' },
  { plan: spillway, stage: 'publicity' },
  { plan: pumpingStation, stage: 'evaluating' },
  { plan: reservoir, stage: 'evaluating' },
  { plan: footbridge, stage: 'bidding', afterwards: [terminate, archive] },
  { plan: sensors, stage: 'bidding', afterwards: [suspend, resume] },
  { plan: culvert, stage: 'bidding', afterwards: [suspend] },
  { plan: hospitalWard, stage: 'bidding' },
  { plan: laptops, stage: 'bidding' },
];

/**
 * Seeds a sandbox while its pages already answer: people first, then tenders at several stages, walked there through the public API.
 * Whatever an earlier start has seeded is not seeded again; a walk that was cut off stays as it is, as it would in life.
 */
export async function seedDemonstration({ store, dataDir, base, tenders, signal, tell }: DemonstrationOptions): Promise<void> {
  await seedProvince(frameOf(store), { experts: firstExperts, tell });
  if (!signal.aborted) await seedApplicants(frameOf(store), tell);
  for (const { plan, stage, aftermath, afterwards = [] } of tenders ? walks : []) {
    if (signal.aborted) return;
    const known = await store.em().execute<{ one: number }[]>('select 1 as one from project where name = ?', [plan.name]);
    if (known.length > 0) continue;
    tell(`—— ${plan.name}`);
    const indented = (line: string): void => tell(`   ${line}`);
    const { lot, reached, walk, tender } = await walkTo({ base, plan, tell: indented }, stage);
    if (reached === 'contracted') await performFirst(walk, tender);
    if (aftermath && reached === 'contracted') await seedAftermath(frameOf(store), lot, indented);
    for (const next of afterwards) await next(walk, tender);
  }
  if (!signal.aborted) await seedVenues(frameOf(store), tell);
  if (!signal.aborted && tenders) await seedReview(frameOf(store), tell);
  // behind the tenders: whose notices were published before them knows nothing of them
  if (!signal.aborted && (await seedProbes(frameOf(store), dataDir)) > 0) tell('收件探测方 probes of the intake');
  tell(`${seeded} the demonstration province stands`);
  // last, because nobody waits for it: the pool of a whole province
  if (tenders) await seedPool(frameOf(store), { experts: poolSize, signal, tell });
}
