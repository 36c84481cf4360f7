import { type Instant, later } from '../src/kernel/clock.ts';
import { platformNow } from './bidding.ts';
import { signIn, until } from './client.ts';
import { organisations } from './organisations.ts';
import { moveClock, smallPdf, type TenderPlan, type Walk } from './tender.ts';

const day = 24 * 3600_000;

interface Shown {
  readonly lot: { readonly phase: string };
  readonly applications: readonly { readonly id: string; readonly code: string; readonly outcome: string | null }[];
}

/** An invited tender's way to its invitation: the notice of prequalification, applications, findings, and the council's draw. Answers the bids of those drawn. */
export async function invitedBids({ cast, plan, tell }: Walk, lot: string, invited: number): Promise<TenderPlan['bids']> {
  const page = `/lots/${lot}/prequalification`;
  const shown = (): Promise<Shown> => cast.agent.get<Shown>(page);
  const inPhase = (phase: string) => until(phase, async () => ((await shown()).lot.phase === phase ? shown() : null));
  const ends = later(await platformNow(cast.agent), 12 * day) as Instant;
  await cast.agent.act(page, { until: ends, invited, ground: 'few-suppliers', reason: '专用设备，能够供货的供应商有限' });
  for (const { login } of plan.bids) {
    const supplier = await signIn(cast.base, login);
    await supplier.send(
      `${page}/applications`,
      { statement: '具有独立法人资格，近三年有同类供货业绩，无重大违法记录。', contact: '销售部 0717-6880000' },
      { papers: { name: '资格预审申请文件.pdf', type: 'application/pdf', bytes: smallPdf(`Application of ${login}`) } },
    );
  }
  await moveClock(cast, later(ends, 1000));
  const { applications } = await inPhase('qualifying');
  tell(`资格预审申请截止 ${applications.length} applications, seen by the buyer from now on`);
  await cast.agent.act(`${page}/findings`, { findings: applications.map(({ id }) => ({ application: id, pass: true })) });
  await cast.agent.act(`${page}/draw`, { witnesses: ['周敏', '郑凯'] });
  const drawn = (await inPhase('inviting')).applications.filter(({ outcome }) => outcome === 'invited').map(({ code }) => code);
  tell(`抽取受邀供应商 ${drawn.length} of ${applications.length} were drawn by the council`);
  return plan.bids.filter(({ login }) =>
    organisations.some(({ code, users }) => drawn.includes(code) && users.some((user) => user.login === login)),
  );
}
