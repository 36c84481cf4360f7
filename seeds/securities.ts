import { type Instant, later } from '../src/kernel/clock.ts';
import { addDays, dayOf } from '../src/kernel/working-days.ts';
import { platformNow } from './bidding.ts';
import { signIn } from './client.ts';
import { bankOrganisation, organisations } from './organisations.ts';
import { type OpenTender, smallPdf, type Walk } from './tender.ts';

/** Bid securities of a demonstration tender: each bidder's own number, what the bank tells, one guarantee, one payment that comes too late, and what goes back. */

const collecting = { holder: '宜昌市公共资源交易中心', number: '17050301040012345', prefix: '620588' };
const payerOf = (login: string): string => `42050161${login.replace(/\D/g, '').padStart(8, '0')}`;
const nameOf = (login: string): string => organisations.find(({ users }) => users.some((user) => user.login === login))?.name ?? '';

interface Moved {
  readonly ref: string;
  readonly at: string;
  readonly way: '收' | '付';
  readonly amount: string;
  readonly number?: string;
  readonly login?: string;
  readonly order?: string;
  /** interest that the bank credits in its own name */
  readonly interest?: true;
}

const heads = '账号,流水号,记账时间,收付,金额,专用账号,对方户名,对方账号,指令号,摘要';

/** The bank hands in what moved since its last statement. */
async function handIn({ cast }: Walk, moved: readonly Moved[]): Promise<void> {
  const bank = await signIn(cast.base, 'bank');
  const rows = moved.map(({ ref, at, way, amount, number = '', login, order = '', interest }) => {
    const other = interest ? [bankOrganisation.name, collecting.number] : login ? [nameOf(login), payerOf(login)] : ['', ''];
    return [collecting.number, ref, at, way, amount, number, ...other, order, interest ? '结息' : ''].join(',');
  });
  const bytes = new TextEncoder().encode([heads, ...rows].join('\n'));
  await bank.send('/securities/statements', {}, { statement: { name: 'statement.csv', type: 'text/csv', bytes } });
}

/** The account on which securities come in, opened once. */
async function openCollection({ cast }: Walk): Promise<void> {
  const admin = await signIn(cast.base, 'admin');
  const { collection } = await admin.get<{ collection: unknown }>('/securities/register');
  if (collection === null) await admin.post('/securities/accounts', { ...collecting, bank: bankOrganisation.code });
}

/** Every bidder gets its number and pays, but for the one with a guarantee and the one whose money is slow; the bank tells of the payments before the deadline. */
export async function lodgeSecurities(walk: Walk, tender: OpenTender): Promise<void> {
  const { cast, plan, tell } = walk;
  if (plan.deposits === undefined) return;
  await openCollection(walk);
  const at = `/lots/${tender.lot}/security`;
  const today = dayOf(await platformNow(cast.public));
  const moved: Moved[] = [];
  for (const { login } of plan.bids) {
    const bidder = await signIn(cast.base, login);
    if (login === plan.deposits.guarantee) {
      const validUntil = addDays(dayOf(tender.deadline), 120);
      const guarantee = { name: '投标保函.pdf', type: 'application/pdf', bytes: smallPdf('Guarantee') };
      const said = { issuer: '湖北省融资担保集团', number: `BH-${tender.number}`, amount: plan.security, validUntil };
      await bidder.send(`${at}/guarantees`, said, { file: guarantee });
      continue;
    }
    const { number } = await bidder.post<{ number: string }>(`${at}/account`, {
      payerAccount: payerOf(login),
      payerBank: '中国建设银行宜昌分行',
    });
    if (login !== plan.deposits.late)
      moved.push({ ref: `${tender.number}-${login}`, at: today, way: '收', amount: plan.security, number, login });
  }
  await handIn(walk, moved);
  tell('保证金 securities: own numbers, a bank statement, one guarantee; nobody sees who has paid');
}

/** After the deadline the bank tells of a payment that came too late. */
export async function tellOfLateSecurity(walk: Walk, tender: OpenTender): Promise<void> {
  const { cast, plan, tell } = walk;
  const login = plan.deposits?.late;
  if (login === undefined) return;
  const bidder = await signIn(cast.base, login);
  const { own } = await bidder.get<{ own: { number: string } }>(`/lots/${tender.lot}/security`);
  const at = bankTime(later(tender.deadline, 30_000));
  await handIn(walk, [{ ref: `${tender.number}-${login}`, at, way: '收', amount: plan.security, number: own.number, login }]);
  tell('一笔保证金截止后到账，不计入 one security came after the deadline and does not count');
}

/** The bank orders what is due, pays, and tells that it has paid. */
export async function returnSecurities(walk: Walk, tender: OpenTender): Promise<void> {
  const { cast, plan, tell } = walk;
  if (plan.deposits === undefined) return;
  const bank = await signIn(cast.base, 'bank');
  await bank.act('/securities/orders');
  const { refunds } = await bank.get<{ refunds: readonly { reference: string; principal: string; interest: string; state: string }[] }>(
    '/securities',
  );
  const at = dayOf(await platformNow(cast.public));
  const paid = refunds.filter(({ state }) => state === 'ordered');
  const centsOf = (amount: string): bigint => BigInt(amount.replace('.', ''));
  const amountOf = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
  const earned = paid.reduce((sum, { interest }) => sum + centsOf(interest), 0n);
  // the bank credits what the account has earned before it is paid on
  const credited =
    earned > 0n ? [{ ref: `${tender.number}-interest`, at, way: '收' as const, amount: amountOf(earned), interest: true as const }] : [];
  await handIn(walk, [
    ...credited,
    ...paid.map(({ reference, principal, interest }) => ({
      ref: `${tender.number}-${reference}`,
      at,
      way: '付' as const,
      amount: amountOf(centsOf(principal) + centsOf(interest)),
      order: reference,
    })),
  ]);
  tell(`退还保证金 ${paid.length} 笔 securities went back, with interest`);
}

/** As a bank writes a moment: of Beijing, to the second. */
const bankTime = (at: Instant): string =>
  later(at, 8 * 3_600_000)
    .replace('T', ' ')
    .slice(0, 19);
