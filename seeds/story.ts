import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main as yangguang } from '../src/cli.ts';
import { award, awardAtOnce, checkQualification, publishCandidates } from './award.ts';
import type { Receipted } from './bidding.ts';
import { client, signIn, until } from './client.ts';
import { drawPanel, evaluate, evaluateOffers, evaluationUnderWay } from './evaluation.ts';
import { enterAndCall } from './framework.ts';
import { negotiate } from './negotiation.ts';
import { lodgeSecurities, returnSecurities, tellOfLateSecurity } from './securities.ts';
import { bidOn, type Cast, clarify, type OpenTender, openBids, publishTender, type TenderPlan, type Walk } from './tender.ts';

export interface WalkOptions {
  readonly base: string;
  readonly plan: TenderPlan;
  readonly tell: (line: string) => void;
  /** called between two steps of the walk, with what the tender is then; a test looks at it from outside */
  readonly after?: (step: Step, walked: Walked) => Promise<void>;
}

/** The steps of a walk, each named by what has been done. */
export type Step = 'published' | 'clarified' | 'submitted' | 'opened' | 'drawn' | 'evaluated' | 'publicity' | 'contracted';

/** A tender on its way: who walks it, what it is, and the receipts of its bids by the bidders' logins. */
export interface Walked {
  readonly walk: Walk;
  readonly tender: OpenTender;
  readonly receipts: ReadonlyMap<string, Receipted>;
}

/** Where a walk may stop, so that a demonstration shows tenders at several stages. */
export type Stage = 'bidding' | 'opened' | 'evaluating' | 'publicity' | 'contracted';

export interface Outcome {
  readonly lot: string;
  readonly number: string;
  readonly reached: Stage | 'failed';
}

export interface WholeOutcome extends Outcome, Walked {
  readonly winner: string;
  readonly verified: boolean;
  readonly evidence: Uint8Array;
  /** the platform's verifier key, to pin */
  readonly key: string;
  readonly papers: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Signs the people of a tender in. */
export async function castOf(base: string, plan: TenderPlan): Promise<Cast> {
  return {
    base,
    agent: await signIn(base, 'agent'),
    tenderee: await signIn(base, plan.tenderee.includes('医院') ? 'hospital' : 'tenderee'),
    regulator: await signIn(base, 'regulator', 'regulator'),
    public: client(base),
  };
}

/** Walks a tender up to a stage, through the public API only. */
export async function walkTo(options: WalkOptions, stage: Stage): Promise<Outcome & Walked> {
  const walk: Walk = { cast: await castOf(options.base, options.plan), plan: options.plan, tell: options.tell };
  const tender = await publishTender(walk);
  let receipts: Walked['receipts'] = new Map();
  const after = async (step: Step): Promise<void> => options.after?.(step, { walk, tender, receipts });
  const reached = (to: Outcome['reached']) => ({ lot: tender.lot, number: tender.number, reached: to, walk, tender, receipts });
  await after('published');
  await clarify(walk, tender);
  await after('clarified');
  await lodgeSecurities(walk, tender);
  receipts = await bidOn(walk, tender);
  await after('submitted');
  if (stage === 'bidding') return reached('bidding');
  if ((await openBids(walk, tender, receipts)) === 'failed') return reached('failed');
  await tellOfLateSecurity(walk, tender);
  await after('opened');
  if (stage === 'opened') return reached('opened');
  const procures = options.plan.line === 'procurement';
  if (tender.terms.qualifiedBy === 'host') await checkQualification(walk, tender);
  if (tender.terms.round === 'responses') {
    const { offers, group } = await negotiate(walk, tender);
    if ((await evaluateOffers(walk, offers, group)) !== 'ranked') return reached('failed');
    await awardAtOnce(walk, offers);
    await verifiedBeside(walk, tender);
    return { ...reached('contracted'), lot: offers.lot, number: offers.number, tender: offers };
  }
  const experts = await drawPanel(walk, tender);
  await after('drawn');
  if (stage === 'evaluating') {
    await evaluationUnderWay(walk, tender, experts);
    return reached('evaluating');
  }
  if ((await evaluate(walk, tender, experts)) !== 'ranked') return reached('failed');
  await after('evaluated');
  if (tender.terms.agreement) {
    await enterAndCall(walk, tender);
    return reached('contracted');
  }
  if (procures) {
    await awardAtOnce(walk, tender);
    await after('contracted');
    return reached('contracted');
  }
  const publicityUntil = await publishCandidates(walk, tender);
  await after('publicity');
  if (stage === 'publicity') return reached('publicity');
  await award(walk, tender, publicityUntil);
  await returnSecurities(walk, tender);
  await after('contracted');
  return reached('contracted');
}

/** The bundle of the responses, which names the last offers, is rechecked beside that of the last offers. */
async function verifiedBeside({ cast, tell }: Walk, { lot, number }: OpenTender): Promise<void> {
  const { platform: key } = await cast.public.get<{ platform: string }>('/keys');
  const evidence = await until('the evidence of the negotiation', () => cast.regulator.download(`/lots/${lot}/evidence`));
  if (!(await verifyFile(evidence, key, number))) throw new Error(`the evidence of the negotiation ${number} does not verify`);
  tell('谈判的证据包离线核验通过 the evidence of the negotiation verifies offline');
}

/** A tender that comes to nothing, and its evidence verified offline. */
export async function walkToFailure(options: WalkOptions): Promise<Pick<WholeOutcome, 'number' | 'verified'>> {
  const { lot, number, reached, walk } = await walkTo(options, 'contracted');
  const { cast, tell } = walk;
  const { platform: key } = await cast.public.get<{ platform: string }>('/keys');
  const evidence = await until('the evidence', () => cast.regulator.download(`/lots/${lot}/evidence`));
  const verified = (await verifyFile(evidence, key, number)) && reached === 'failed';
  tell(verified ? '废标，证据包离线核验通过 it came to nothing, and its evidence verifies' : '证据包核验不通过 it does NOT verify');
  return { number, verified };
}

/** A whole tender, its papers, and its evidence verified offline by the same command anyone can run. */
export async function walkWhole(options: WalkOptions): Promise<WholeOutcome> {
  const walked = await walkTo(options, 'contracted');
  const { lot, number } = walked;
  const { cast, tell } = walked.walk;
  const won = await cast.public.get<{ award: { name: string } | null }>(`/lots/${lot}/award`);
  const papers = await until(
    'the papers',
    () => papersOf(cast, lot, walked.tender.terms.agreement ? 'evaluation-report' : 'contract-register'),
    60,
  );
  tell(`出具文书 ${papers.length} 份 papers issued`);
  const { platform: key } = await cast.public.get<{ platform: string }>('/keys');
  const evidence = await until('the evidence', () => cast.regulator.download(`/lots/${lot}/evidence`));
  const verified = await verifyFile(evidence, key, number);
  tell(verified ? '证据包离线核验通过 the evidence bundle verifies offline' : '证据包核验不通过 the evidence bundle does NOT verify');
  return { ...walked, winner: won.award?.name ?? '', verified, evidence, key, papers };
}

async function papersOf(cast: Cast, lot: string, last: string): Promise<WholeOutcome['papers'] | null> {
  const { papers } = await cast.regulator.get<{ papers: readonly { id: string; kind: string }[] }>(`/lots/${lot}/papers`);
  if (!papers.some((paper) => paper.kind === last)) return null;
  return Promise.all(
    papers.map(async ({ id, kind }, index) => ({
      name: `${String(index + 1).padStart(2, '0')}-${kind}.pdf`,
      bytes: await cast.regulator.download(`/papers/${id}`),
    })),
  );
}

/** Runs `yangguang verify` on the bundle, as a stranger would. */
async function verifyFile(evidence: Uint8Array, key: string, number: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'yangguang-evidence-'));
  try {
    const file = join(folder, `${number}.evidence.zip`);
    await writeFile(file, evidence);
    return (await yangguang(['verify', file, '--key', key])) === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
