import { z } from 'zod';
import { commit, leafHash, verifyInclusion } from '../journal/merkle.ts';
import { fromBase64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { parseYuan } from '../kernel/money.ts';
import { fill, type Words } from '../kernel/words.ts';
import { addDays, dayOf, parseDay } from '../kernel/working-days.ts';
import { inTime } from '../securities/standing.ts';
import { lodgingShape } from '../tenders/security.ts';
import type { Checklist } from './checks.ts';
import type { ReadData } from './events.ts';
import type { History, Placed } from './history.ts';

/** Bid securities that were lodged with the platform (protocol §18): each is reckoned again from what the journal had been told. */

type Entry = ReadData<'securities.stated'>['list'][number];
type Credit = Entry['credits'][number];

interface Ground {
  readonly lot: string;
  readonly deadline: Instant;
  readonly asked: bigint;
  readonly payer: 'basic' | 'own';
  readonly validUntil: string;
  readonly history: History;
  readonly list: Checklist;
}

const termsShape = z.object({ lodging: lodgingShape, bidValidityDays: z.number() });

export function checkSecurities(history: History, list: Checklist, lot: string): void {
  const notice = history.one('notice.published');
  const terms = termsShape.safeParse(notice?.data.terms ?? {});
  const reached = history.last('deadline.reached');
  const stated = history.all('securities.stated');
  if (!notice || !terms.success || !reached || stated.length === 0) return;
  const deadline = reached.data.deadline as Instant;
  const ground: Ground = {
    lot,
    deadline,
    asked: fenOf(notice.data.security ?? ''),
    payer: terms.data.lodging.payer,
    validUntil: addDays(dayOf(deadline), terms.data.bidValidityDays),
    history,
    list,
  };
  for (const each of stated) checkStated(ground, each);
  checkGoingBack(ground, stated.at(-1)?.data.list ?? []);
}

const fenOf = (text: string): bigint => {
  const below = text.startsWith('-');
  const amount = parseYuan(below ? text.slice(1) : text) ?? 0n;
  return below ? -amount : amount;
};

const about = (words: Words, { name }: Entry): Words => fill({ zh: `${words.zh}：{name}`, en: `${words.en}: {name}` }, { name });

function checkStated(ground: Ground, { data, index }: Placed<'securities.stated'>): void {
  const { history, asked } = ground;
  const list: Checklist = ground.list;
  list.that({ zh: '公布的应缴保证金即公告所载金额', en: 'The security asked for is that of the notice' }, fenOf(data.asked) === asked);
  const bidders = new Set(history.all('opening.started').flatMap((each) => each.data.list.map(({ bidder }) => bidder)));
  const told = new Set(data.list.map(({ bidder }) => bidder));
  list.that(
    { zh: '开启名单上每家的保证金都已公布，各一次', en: 'The security of each bidder on the opening list is stated, once' },
    told.size === data.list.length && told.size === bidders.size && [...bidders].every((bidder) => told.has(bidder)),
  );
  for (const entry of data.list) {
    checkMovements(ground, entry, index);
    if (entry.form === 'guarantee') checkGuarantee(ground, entry, index);
    else checkMoney(ground, entry);
  }
}

/** Each movement is one to which a statement's root committed before; in time or late, and from which account, as it is said. */
function checkMovements(ground: Ground, entry: Entry, before: number): void {
  const { lot, deadline, payer, history } = ground;
  const list: Checklist = ground.list;
  const given = history.all('account.given').filter(({ subject, index }) => subject.party === entry.bidder && index < before);
  const declared = given.at(-1)?.data.payer;
  const paid = entry.credits.filter(({ amount }) => !amount.startsWith('-'));
  const own = declared ?? paid.find((credit) => credit.payer !== undefined)?.payer;
  const judged = (credit: Credit): { readonly taken: boolean; readonly timely: boolean; readonly mine: boolean } => {
    const statement = history.all('statement.taken').find((each) => each.data.statement === credit.statement && each.index < before);
    const bookedOn = parseDay(credit.bookedOn);
    if (!statement || !bookedOn) return { taken: false, timely: false, mine: false };
    const moment = { bookedOn, bookedAt: credit.bookedAt as Instant | null, takenAt: statement.at as Instant };
    const mine = payer === 'own' || credit.payer === undefined || credit.payer === own;
    return { taken: committed(lot, entry.bidder, credit, statement), timely: inTime(moment, deadline), mine };
  };
  const misfits = entry.misfits ?? [];
  list.that(
    { zh: '每笔到账都已先承诺在银行流水的根里', en: 'Each movement had been committed to under the root of its statement' },
    [...entry.credits, ...misfits].every((credit) => judged(credit).taken),
    about({ zh: '与根不符', en: 'one does not fit its root' }, entry),
  );
  list.that(
    { zh: '计入的每笔都在截止前到账，由同一付款账户付出', en: 'Each that counts came before the deadline, and from one paying account' },
    paid.every((credit) => judged(credit).timely && judged(credit).mine),
    about({ zh: '逾期到账，或付款账户不同', en: 'late, or from another account' }, entry),
  );
  list.that(
    { zh: '不计入的每笔确属所称的原因', en: 'Each that does not count is left out for the reason that is said' },
    misfits.every((credit) =>
      credit.why === 'late' ? !judged(credit).timely : own === undefined || credit.payer !== own || payer === 'own',
    ),
    about({ zh: '原因不成立', en: 'the reason does not hold' }, entry),
  );
}

function committed(
  lot: string,
  bidder: string,
  { amount, bookedOn, bookedAt, payer, ...credit }: Credit,
  { data }: Placed<'statement.taken'>,
): boolean {
  const format = payer === undefined ? 'yangguang/credit/v1' : 'yangguang/credit/v2';
  const leaf = { format, lot, bidder, amount, bookedOn, bookedAt, ...(payer === undefined ? {} : { payer }) };
  const [salt, root] = [fromBase64url(credit.salt), fromBase64url(data.root)];
  const proof = credit.proof.map(fromBase64url).filter((each) => each !== undefined);
  if (salt?.length !== 32 || !root || proof.length !== credit.proof.length) return false;
  return verifyInclusion(credit.place, data.size, leafHash(commit(leaf, salt).commitment), proof, root);
}

function checkMoney(ground: Ground, entry: Entry): void {
  const { asked } = ground;
  const list: Checklist = ground.list;
  const sum = entry.credits.reduce((total, { amount }) => total + fenOf(amount), 0n);
  const counted = sum > 0n ? sum : 0n;
  const state = counted === 0n ? 'none' : counted < asked ? 'partial' : 'full';
  const [misfit] = entry.misfits ?? [];
  const reason = state === 'none' && entry.misfits !== undefined ? (misfit?.why ?? 'none') : state === 'none' ? entry.reason : state;
  list.that(
    {
      zh: '金额按计入的各笔相加，足额的才计为有效',
      en: 'The amount is the sum of what counts; it is valid where that comes to what is asked',
    },
    fenOf(entry.amount) === counted && entry.counts === (state === 'full') && entry.reason === reason,
    about({ zh: '金额或结论不符', en: 'amount or outcome differs' }, entry),
  );
}

function checkGuarantee(ground: Ground, entry: Entry, before: number): void {
  const { asked, validUntil, deadline, history } = ground;
  const list: Checklist = ground.list;
  const lodged = history.all('guarantee.lodged').filter(({ subject, index }) => subject.party === entry.bidder && index < before);
  const last = lodged.at(-1);
  list.that(
    { zh: '计入的保函在截止前提交，金额和有效期都够', en: 'Each guarantee was lodged before the deadline, of enough and for long enough' },
    last !== undefined &&
      last.at < deadline &&
      last.data.amount === entry.amount &&
      fenOf(entry.amount) >= asked &&
      last.data.validUntil >= validUntil &&
      entry.counts &&
      entry.reason === (last.data.verified ? 'guarantee' : 'guarantee-unchecked'),
    about({ zh: '保函不符', en: 'the guarantee differs' }, entry),
  );
}

/** What went back and what was kept is of what had been stated; nobody is paid back what is kept, nor more than came. */
function checkGoingBack(ground: Ground, stated: readonly Entry[]): void {
  const { history } = ground;
  const list: Checklist = ground.list;
  const held = new Map(stated.filter(({ form }) => form === 'transfer').map((entry) => [entry.bidder, fenOf(entry.amount)]));
  const returned = new Map<string, bigint>();
  for (const { bidder, amount } of history.all('security.returned').flatMap(({ data }) => data.list))
    returned.set(bidder, (returned.get(bidder) ?? 0n) + fenOf(amount));
  const lifted = new Set(history.all('forfeiture.answered').flatMap(({ data }) => (data.upheld ? [] : [data.bidder])));
  const kept = history.all('security.forfeited').filter(({ data }) => !lifted.has(data.bidder));
  if (returned.size === 0 && kept.length === 0) return;
  list.that(
    { zh: '退还和不予退还的，都不超过该投标人缴纳的保证金', en: 'What went back and what was kept is no more than that bidder had lodged' },
    [...returned].every(([bidder, amount]) => amount <= (held.get(bidder) ?? 0n)) &&
      kept.every(({ data }) => fenOf(data.amount) + (returned.get(data.bidder) ?? 0n) <= (held.get(data.bidder) ?? 0n)),
  );
  const late = history.all('security.returned').flatMap(({ data }) => data.list.filter((each) => each.late)).length;
  if (late > 0) list.note(fill({ zh: '有 {late} 笔保证金逾期退还。', en: '{late} securities went back late.' }, { late }));
}
