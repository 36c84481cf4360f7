import { type Acceptance, type DeedText, deedBytes, inYuan } from '../src/contracts/deed.ts';
import { base64 } from '../src/kernel/bytes.ts';
import { type Instant, later } from '../src/kernel/clock.ts';
import { parseYuan } from '../src/kernel/money.ts';
import { type DayString, dayOf, startOfDay } from '../src/kernel/working-days.ts';
import { signDetached } from '../src/sealing/signature.ts';
import type { Signer } from '../src/sealing/signer.ts';
import { certified, platformNow } from './bidding.ts';
import { type Client, signIn } from './client.ts';
import { organisations } from './organisations.ts';
import { moveClock, type OpenTender, type Walk } from './tender.ts';

const day = 24 * 3600_000;

/** days from the signing to the first milestone */
const firstDue = 8;

const pageOf = (tender: OpenTender): string => `/lots/${tender.lot}/contract`;
const signedBy = async (signer: Signer, text: DeedText | Acceptance, at: Instant): Promise<string> =>
  base64(await signDetached(deedBytes(text), signer, at));

/** Six days after the letter the host has drafted the contract, in two milestones, and both sides have signed it. */
export async function signContract({ cast, plan }: Walk, tender: OpenTender, price: string): Promise<void> {
  const { agent, tenderee } = cast;
  const now = later(await platformNow(agent), 6 * day);
  await moveClock(cast, now);
  const first = (parseYuan(price) ?? 0n) / 10n;
  const [startsOn, soon, endsOn] = [1, firstDue, 1 + plan.periodDays].map((days) => dayOf(later(now, days * day)));
  await agent.act(`${pageOf(tender)}/draft`, {
    number: `HT-${tender.number.slice(-12)}`,
    startsOn,
    endsOn,
    guarantee: '银行保函，合同价的10%',
    paymentDays: 30,
    clauses: '质量保修期自验收合格之日起算，按国家有关规定执行。',
    milestones: [
      { title: '首期工作完成', dueOn: soon, amount: inYuan(first) },
      { title: '全部完成', dueOn: endsOn, amount: inYuan((parseYuan(price) ?? 0n) - first) },
    ],
  });
  const { pending } = await agent.get<{ pending: { text: DeedText & { contractor: { code: string } }; sha256: string } }>(
    `${pageOf(tender)}/signing`,
  );
  const winner = organisations.find(({ code }) => code === pending.text.contractor.code)?.users[0];
  for (const side of [await signIn(cast.base, winner?.login ?? ''), tenderee])
    await side.act(`${pageOf(tender)}/signatures`, {
      sha256: pending.sha256,
      signature: await signedBy(await certified(side), pending.text, await platformNow(side)),
    });
}

/** When it is due the first milestone is inspected under the tenderee's signature, and paid in full. */
export async function performFirst({ cast, tell }: Walk, tender: OpenTender): Promise<void> {
  const { agent, tenderee } = cast;
  const signing = () =>
    agent.get<{ contract: { sha256: string }; milestones: readonly { dueOn: string; owed: string }[] }>(`${pageOf(tender)}/signing`);
  const { contract, milestones } = await signing();
  // nothing is accepted before performance has begun
  await moveClock(cast, later(startOfDay((milestones[0]?.dueOn ?? '') as DayString), 10 * 3_600_000));
  await inspectFirst(tenderee, tender, contract.sha256);
  const amount = milestones[0]?.owed ?? '';
  await agent.post(`${pageOf(tender)}/payments`, { milestone: 1, amount, paidOn: dayOf(await platformNow(agent)) });
  tell('首个节点按期验收合格并付款 first milestone accepted when due, and paid');
}

async function inspectFirst(tenderee: Client, tender: OpenTender, contract: string): Promise<void> {
  const at = await platformNow(tenderee);
  const stated = { milestone: 1, opinion: '按合同和设计文件完成，质量合格。', people: '周正（监理单位）、李敏（招标人）' };
  const acceptance: Acceptance = { format: 'yangguang/acceptance/v1', lot: tender.lot, contract, ...stated, passed: true, at };
  const signature = await signedBy(await certified(tenderee), acceptance, at);
  await tenderee.act(`${pageOf(tender)}/inspections`, { ...stated, passed: 'yes', at, signature });
}
