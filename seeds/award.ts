import { type Instant, later } from '../src/kernel/clock.ts';
import { signContract } from './contract.ts';
import { organisations } from './organisations.ts';
import { moveClock, type OpenTender, type Walk } from './tender.ts';

/** The candidates are published; answers the end of publicity. */
export async function publishCandidates({ cast, tell }: Walk, tender: OpenTender): Promise<Instant> {
  await cast.agent.act(`/lots/${tender.lot}/candidates`);
  const shown = await cast.public.get<{ candidates: readonly unknown[]; publicity: { until: Instant } }>(`/lots/${tender.lot}/candidates`);
  const { until } = shown.publicity;
  tell(`公示 ${shown.candidates.length} 名中标候选人至 candidates published until ${until}`);
  return until;
}

/** The host looks at the qualification of everyone whose bid was opened. */
export async function checkQualification({ cast, plan, tell }: Walk, tender: OpenTender): Promise<void> {
  const at = `/lots/${tender.lot}/qualification`;
  const { bids } = await cast.agent.get<{ bids: readonly { submission: string; bidder: string }[] }>(at);
  const out = organisations.find((each) => each.users.some((user) => user.login === plan.unqualified?.login))?.code;
  const found = bids.map(({ submission: bid, bidder }) =>
    bidder === out ? { bid, pass: false, reason: plan.unqualified?.reason ?? '' } : { bid, pass: true },
  );
  const { passed } = await cast.agent.post<{ passed: number }>(at, { bids: found });
  tell(`资格审查 ${passed} / ${bids.length} 家合格 qualified`);
}

/** The buyer determines the winner of its own; the result is published with the letters, and the contract follows. */
export async function awardAtOnce(walk: Walk, tender: OpenTender): Promise<{ readonly name: string; readonly price: string }> {
  const { cast, tell } = walk;
  const at = `/lots/${tender.lot}/award`;
  const { candidates } = await cast.tenderee.get<{ candidates: readonly { submission: string; rank: number }[] }>(at);
  await cast.tenderee.act(at, { winner: candidates.find(({ rank }) => rank === 1)?.submission ?? '' });
  const { award: won } = await cast.tenderee.get<{ award: { name: string; price: string } }>(at);
  tell(`采购人确定中标供应商 the buyer awards ${won.name} at ${won.price}`);
  await cast.agent.act(`${at}/notice`);
  tell('公告中标结果，发出中标通知书 result published, letters sent');
  await signContract(walk, tender, won.price);
  await cast.agent.act(`/lots/${tender.lot}/contract/filing`);
  tell('双方在线签署合同并公告，副本报财政部门备案 contract signed by both sides and public, its copy filed');
  return won;
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
  await signContract(walk, tender, won.price);
  tell('双方在线签署合同，书面报告提交监管部门 contract signed by both sides, report filed');
  return won;
}
