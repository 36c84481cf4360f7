import { identityStatement } from '../src/evaluation/identity-statement.ts';
import type { SheetAsks } from '../src/evaluation/member-sheet.ts';
import { partStatement } from '../src/evaluation/part-statement.ts';
import { reportStatement } from '../src/evaluation/report-statement.ts';
import { sealedSheet } from '../src/evaluation/sealed-sheet.ts';
import { base64, canonicalBytes } from '../src/kernel/bytes.ts';
import { type Instant, later } from '../src/kernel/clock.ts';
import type { Council } from '../src/sealing/council.ts';
import { newAgeIdentity } from '../src/sealing/envelope.ts';
import type { Part } from '../src/sealing/shapes.ts';
import { signDetached } from '../src/sealing/signature.ts';
import { certified, platformNow } from './bidding.ts';
import { type Client, signIn, until } from './client.ts';
import { organisations } from './organisations.ts';
import { moveClock, type OpenTender, session, type Walk } from './tender.ts';

interface Desk {
  readonly bids: readonly { readonly id?: string; readonly submission?: string; readonly bid?: string; readonly name: string }[] | null;
  readonly own: {
    readonly verdicts: readonly { readonly bid: string; readonly item: string }[];
    readonly marks: readonly { readonly bid: string; readonly criterion: string }[];
  } | null;
  readonly items: readonly { readonly id: string }[];
  /** verdicts that the platform computes */
  readonly computed: readonly {
    readonly bid: string;
    readonly item: string;
    readonly pass: boolean;
    readonly reason: { readonly zh: string };
  }[];
  readonly criteria: readonly { readonly id: string; readonly max: string; readonly kind: string }[];
  readonly scored: readonly string[];
  readonly result: { readonly outcome: string } | null;
  /** score sheets that stay sealed until all are in */
  readonly sheets: { readonly state: string } | null;
  /** while files are judged under pseudonyms, and after */
  readonly blind: { readonly state: 'blind' | 'open' } | null;
  readonly sign: { readonly sha256: string; readonly member: string } | null;
  readonly identify: { readonly member: string } | null;
  readonly turn: {
    readonly part: string;
    readonly result: { readonly outcome: string } | null;
    readonly sign: { readonly sha256: string; readonly member: string } | null;
  } | null;
}

interface SheetDesk {
  readonly asks: SheetAsks;
  readonly council: Council;
  readonly open: boolean;
}

interface Call {
  readonly seat: string;
  readonly state: string;
}

/** The agent asks for the draw; the council draws; experts are called and answer (one of them declines, so that the next is called). */
export async function drawPanel({ cast, tell }: Walk, tender: OpenTender): Promise<readonly Client[]> {
  const since = await platformNow(cast.public);
  await cast.agent.act(`/lots/${tender.lot}/draws`);
  const draw = () =>
    cast.agent.get<{
      panel: { experts: number; seats: readonly { taken: number; count: number }[] };
      draws: readonly { called: readonly { state: string }[]; excluded: readonly { ground: string; count: number }[] }[];
    }>(`/lots/${tender.lot}/draw`);
  const drawn = await until('the council’s draw', async () => (await draw()).draws.find((each) => each.called.length > 0));
  const excluded = drawn.excluded.map(({ ground, count }) => `${ground} ${count}`).join(', ');
  tell(`抽取专家，自动回避 ${excluded} experts drawn, exclusions by ground`);
  const accepted = new Map<string, Client>();
  let declined = false;
  await until('the experts’ answers', async () => {
    const phone = await cast.public.get<{ messages: readonly { to: string | null; at: string; answered: boolean }[] }>('/sandbox/phone');
    for (const { to, at, answered } of phone.messages) {
      if (!to || answered || at < since) continue;
      const expert = await signIn(cast.base, to);
      const { calls } = await expert.get<{ calls: readonly Call[] }>('/calls');
      const open = calls.find((call) => call.state === 'called');
      if (!open) continue;
      if (declined) accepted.set(to, expert);
      await expert.act(`/calls/${open.seat}/answer`, declined ? { accepts: true } : { accepts: false, ground: 'ill' });
      declined = true;
    }
    const { panel } = await draw();
    return panel.seats.every((seat) => seat.taken >= seat.count);
  });
  tell(`专家 ${accepted.size} 人确认，1 人不能参加已递补 experts accepted, one declined and the next was called`);
  return [...accepted.values()];
}

/** The panel is formed and declares. */
export async function formGroup(walk: Walk, tender: OpenTender, experts: readonly Client[]): Promise<readonly Client[]> {
  const { cast } = walk;
  const at = `/lots/${tender.lot}`;
  await cast.agent.act(`${at}/panel`, { representative: [representativeOf(walk)] });
  const representative = await signIn(cast.base, representativeOf(walk), 'tenderee');
  const members = [...experts, representative];
  for (const member of members) await declare(member, tender.lot, at);
  return members;
}

/** … and starts. */
async function seatPanel(walk: Walk, tender: OpenTender, experts: readonly Client[]): Promise<readonly Client[]> {
  const { cast, tell } = walk;
  const members = await formGroup(walk, tender, experts);
  await cast.agent.act(`/lots/${tender.lot}/evaluation`);
  tell(`评标委员会 ${members.length} 人签署声明，评标开始 panel declared, evaluation started`);
  return members;
}

/** An evaluation under way: half of the panel has handed in its sealed sheets, over pseudonyms where it judges blind; the others are awaited. */
export async function evaluationUnderWay(walk: Walk, tender: OpenTender, experts: readonly Client[]): Promise<void> {
  const members = await seatPanel(walk, tender, experts);
  const done = members.slice(0, Math.ceil(members.length / 2));
  const at = `/lots/${tender.lot}`;
  for (const [seat, member] of done.entries()) await handInSheet(walk, member, at, seat);
  walk.tell(`评审表已密封递交 ${done.length} / ${members.length} sealed sheets in, the others awaited`);
}

/** Panel, declarations, review, scores, result, signatures: what a day of evaluation is. */
export async function evaluate(walk: Walk, tender: OpenTender, experts: readonly Client[]): Promise<string> {
  const members = await seatPanel(walk, tender, experts);
  return judge(walk, tender, members);
}

/** A panel that has started judges to the signed report. */
async function judge(walk: Walk, tender: OpenTender, members: readonly Client[]): Promise<string> {
  const { tell } = walk;
  const at = `/lots/${tender.lot}`;
  for (let part = await partJudged(walk, tender, members); part !== 'last'; part = await partJudged(walk, tender, members))
    if (part !== 'passed') return part;
  const chair = members[0];
  if (!chair) throw new Error('the panel is empty');
  await chair.act(`${at}/evaluation/conclusion`);
  const { result } = await chair.get<Desk>(`${at}/evaluation`);
  const outcome = result?.outcome ?? 'none';
  for (const member of members) await sign(member, tender.lot, at);
  tell(`评标结束（${outcome}），全体签署报告 evaluation concluded and signed by all`);
  return outcome;
}

/** The group that negotiated declares again, for the last offers, and judges them. */
export async function evaluateOffers(walk: Walk, offers: OpenTender, members: readonly Client[]): Promise<string> {
  const at = `/lots/${offers.lot}`;
  for (const member of members) await declare(member, offers.lot, at);
  await walk.cast.agent.act(`${at}/evaluation`);
  return judge(walk, offers, members);
}

/** A member confirms who it is with its own certificate, and declares. */
async function declare(member: Client, lot: string, at: string): Promise<void> {
  const { identify } = await member.get<Desk>(`${at}/evaluation`);
  if (!identify) throw new Error('there is nothing to declare');
  const now = await platformNow(member);
  const signed = await signDetached(canonicalBytes(identityStatement(lot, identify.member, now)), await certified(member), now);
  await member.act(`${at}/declarations`, { recuses: false, identifiedAt: now, identity: base64(signed) });
}

/** The panel's work on the envelopes at hand. Where others follow: its result, their session, and the start of the evaluation of what it opened. */
async function partJudged(walk: Walk, tender: OpenTender, members: readonly Client[]): Promise<'last' | 'passed' | 'none-left'> {
  const { cast, tell } = walk;
  const at = `/lots/${tender.lot}`;
  await judgedBlind(walk, members, at);
  const sealed = (await members[0]?.get<Desk>(`${at}/evaluation`))?.sheets != null;
  if (sealed) await handInSheets(walk, members, at);
  else for (const [seat, member] of members.entries()) await judgeBids(walk, member, at, seat);
  const chair = members[0];
  const { turn } = (await chair?.get<Desk>(`${at}/evaluation`)) ?? { turn: null };
  if (!chair || turn === null) return 'last';
  const { outcome, passed } = await chair.post<{ outcome: string; passed: number }>(`${at}/evaluation/parts`);
  for (const member of members) await signPart(member, tender.lot, at);
  tell(`${turn.part} 信封评审结果由全体签署，${passed} 家通过 envelope judged and signed, ${passed} go on`);
  if (outcome !== 'passed') return 'none-left';
  const { part, at: opens } = await cast.agent.post<{ part: string; at: Instant }>(`${at}/sessions`);
  await moveClock(cast, later(opens, 1000));
  await until('the next session', async () => (await cast.public.get<{ phase: string }>(`${at}/hall`)).phase === 'opening');
  tell(`${part} 信封开标，只开通过者 session of the next envelopes, of those who passed only`);
  await session(walk, tender);
  await cast.agent.act(`${at}/evaluation`);
  return 'passed';
}

/** Where files are judged under pseudonyms: every member judges them so, and one lays the pseudonyms open. */
async function judgedBlind(walk: Walk, members: readonly Client[], at: string): Promise<void> {
  const desk = await members[0]?.get<Desk>(`${at}/evaluation`);
  if (desk?.blind?.state !== 'blind') return;
  if (desk.sheets !== null) await handInSheets(walk, members, at);
  else for (const [seat, member] of members.entries()) await judgeBids(walk, member, at, seat);
  await members[0]?.act(`${at}/evaluation/pseudonyms`);
  walk.tell(`暗标 ${desk.bids?.length ?? 0} 份由全体评完，揭晓 judged under pseudonyms by all, and the pseudonyms laid open`);
}

/** Every member signs its whole sheet and seals it to the council; once all are in, the institutions open them together. */
async function handInSheets(walk: Walk, members: readonly Client[], at: string): Promise<void> {
  for (const [seat, member] of members.entries()) await handInSheet(walk, member, at, seat);
  const [first] = members;
  await until('the sheets', async () => (await first?.get<SheetDesk>(`${at}/sheet`))?.open);
  walk.tell(`评审表 ${members.length} 份密封递交，共同开启 score sheets sealed by all and opened together`);
}

async function handInSheet(walk: Walk, member: Client, at: string, seat: number): Promise<void> {
  const desk = await member.get<Desk>(`${at}/evaluation`);
  const { asks, council } = await member.get<SheetDesk>(`${at}/sheet`);
  const { verdicts, scores } = givenBy(walk, desk, seat);
  const bids = asks.bids.map((bid) => ({
    bid,
    reviews: verdicts
      .filter((row) => row.bid === bid && asks.items.includes(row.item))
      .map(({ item, pass, reason }) => ({ item, pass, reason: reason ?? null })),
    scores: scores
      .filter((row) => row.bid === bid && asks.criteria.some(({ id }) => id === row.criterion))
      .map(({ criterion, score }) => ({ criterion, score, reason: null })),
  }));
  const now = await platformNow(member);
  const { recipient: ownRecipient } = await newAgeIdentity();
  const made = await sealedSheet(bids, { asks, council, ownRecipient, signer: await certified(member), at: now });
  if (typeof made === 'string') throw new Error(`the sheet is not whole: ${made}`);
  await member.act(`${at}/sheet`, { version: asks.version, sealed: base64(made.sealed), at: now, signature: made.signature });
}

const representativeOf = ({ plan }: Walk): string => (plan.tenderee.includes('医院') ? 'hospital' : 'representative');

async function judgeBids(walk: Walk, member: Client, at: string, seat: number): Promise<void> {
  const { verdicts, scores } = givenBy(walk, await member.get<Desk>(`${at}/evaluation`), seat);
  if (verdicts.length > 0) await member.act(`${at}/reviews`, { verdicts });
  if (scores.length > 0) await member.act(`${at}/scores`, { scores });
}

/** What a member thinks of everything that is still open to it. */
function givenBy({ plan }: Walk, desk: Desk, seat: number) {
  const bids = (desk.bids ?? []).map((bid) => bid.submission ?? bid.bid ?? bid.id ?? '');
  const given = new Set(desk.own?.verdicts.map((row) => `${row.bid}/${row.item}`));
  const names = new Map((desk.bids ?? []).map((bid) => [bid.submission ?? '', bid.name]));
  const fails = plan.fails?.part === desk.turn?.part ? plan.fails : undefined;
  const failing = organisations.find((each) => each.users.some((user) => user.login === fails?.login))?.name;
  const verdicts = bids.flatMap((bid) =>
    desk.items
      .filter(({ id }) => !given.has(`${bid}/${id}`))
      .map(({ id }) => {
        const computed = desk.computed.find((each) => each.bid === bid && each.item === id);
        if (computed) return { bid, item: id, pass: computed.pass, reason: computed.pass ? undefined : computed.reason.zh };
        const out = fails !== undefined && id === fails.item && names.get(bid) === failing;
        return out ? { bid, item: id, pass: false, reason: fails.reason } : { bid, item: id, pass: true, reason: undefined };
      }),
  );
  const marked = new Set(desk.own?.marks.map((row) => `${row.bid}/${row.criterion}`));
  const scores = bids.flatMap((bid, place) =>
    desk.criteria
      .filter(({ id }) => !marked.has(`${bid}/${id}`))
      .map(({ id, max, kind }) => ({ bid, criterion: id, score: scoreOf(max, place, kind === 'objective' ? 0 : seat) })),
  );
  return { verdicts, scores };
}

/** A believable score: objective ones are the same from everyone, subjective ones differ a little from member to member. */
function scoreOf(max: string, place: number, seat: number): string {
  const hundredths = Math.round(Number(max) * 100);
  return ((hundredths * (94 - ((place * 3 + seat * 2) % 13))) / 100 / 100).toFixed(2);
}

async function signPart(member: Client, lot: string, at: string): Promise<void> {
  const { turn } = await member.get<Desk>(`${at}/evaluation`);
  if (!turn?.sign) throw new Error('there is no result to sign');
  const signer = await certified(member);
  const statement = canonicalBytes(partStatement(lot, turn.part as Part, turn.sign.sha256, turn.sign.member));
  await member.act(`${at}/evaluation/parts/signatures`, {
    signature: base64(await signDetached(statement, signer, await platformNow(member))),
  });
}

async function sign(member: Client, lot: string, at: string): Promise<void> {
  const desk = await member.get<Desk>(`${at}/evaluation`);
  if (!desk.sign) throw new Error('there is no report to sign');
  const signer = await certified(member);
  const statement = canonicalBytes(reportStatement(lot, desk.sign.sha256, desk.sign.member));
  const signature = base64(await signDetached(statement, signer, await platformNow(member)));
  await member.act(`${at}/evaluation/signatures`, { signature });
}
