import { type Instant, later } from '../src/kernel/clock.ts';
import { platformNow } from './bidding.ts';
import { moveClock, type OpenTender, smallPdf, type Walk } from './tender.ts';

const day = 24 * 3600_000;

/** The candidates are published; answers the end of publicity. */
export async function publishCandidates({ cast, tell }: Walk, tender: OpenTender): Promise<Instant> {
  await cast.agent.act(`/lots/${tender.lot}/candidates`);
  const shown = await cast.public.get<{ candidates: readonly unknown[]; publicity: { until: Instant } }>(`/lots/${tender.lot}/candidates`);
  const { until } = shown.publicity;
  tell(`公示 ${shown.candidates.length} 名中标候选人至 candidates published until ${until}`);
  return until;
}

/** Publicity ends, the winner is determined and notified, every bidder hears the result, contract and report are filed. */
export async function award(walk: Walk, tender: OpenTender, until: Instant): Promise<{ readonly name: string; readonly price: string }> {
  const { cast, tell } = walk;
  const { agent } = cast;
  await moveClock(cast, later(until, 1000));
  const shown = await cast.public.get<{ candidates: readonly { submission: string; rank: number }[] }>(`/lots/${tender.lot}/candidates`);
  const first = shown.candidates.find((candidate) => candidate.rank === 1);
  await agent.act(`/lots/${tender.lot}/award`, { winner: first?.submission ?? '' });
  const { award: won } = await agent.get<{ award: { name: string; price: string } }>(`/lots/${tender.lot}/award`);
  tell(`确定中标人 award to ${won.name} at ${won.price}`);
  await agent.act(`/lots/${tender.lot}/award/notice`);
  tell('发出中标通知书，告知全体投标人 award notice and results sent');
  await agent.act(`/lots/${tender.lot}/report`);
  const signed = later(await platformNow(agent), 6 * day);
  await moveClock(cast, signed);
  const signedOn = new Date(new Date(signed).getTime() + 8 * 3600_000).toISOString().slice(0, 10);
  const contract = { name: '施工合同.pdf', type: 'application/pdf', bytes: smallPdf('Contract') };
  await agent.send(
    `/lots/${tender.lot}/contract`,
    { number: `HT-${tender.number.slice(-12)}`, price: won.price, signedOn },
    { document: contract },
  );
  tell('合同登记，书面报告提交监管部门 contract registered, report filed');
  return won;
}
