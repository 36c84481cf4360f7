import type { Instant } from '../src/kernel/clock.ts';
import { later } from '../src/kernel/clock.ts';
import { yuan } from '../src/kernel/money.ts';
import { dayOf } from '../src/kernel/working-days.ts';
import type { Council } from '../src/sealing/council.ts';
import type { Signer } from '../src/sealing/signer.ts';
import type { EnvelopeWay } from '../src/tenders/envelopes.ts';
import type { LotTerms } from '../src/tenders/lot.ts';
import type { ReadingOrder } from '../src/tenders/reading-order.ts';
import { type BidPlan, certified, platformNow, type Receipted, submitSealed } from './bidding.ts';
import { type Client, signIn, until } from './client.ts';
import { invitedBids } from './invitation.ts';
import { removeLayers } from './layers.ts';
import { organisations } from './organisations.ts';

const day = 24 * 3600_000;
/** Who signs with SM2: both suites are seen side by side in the demonstration. */
const nationalBidders = ['bidder2'];

/** A question about the documents, its answer, and the addendum that follows. */
interface Asked {
  readonly question: string;
  readonly answer: string;
  readonly text: string;
}

/** What a demonstration tender is about, and who bids what. */
export interface TenderPlan {
  readonly name: string;
  readonly lotName: string;
  readonly approvalNumber: string;
  readonly approvedBy: string;
  readonly funds: string;
  readonly estimate: string;
  readonly ceiling: string;
  readonly security: string;
  readonly region: string;
  readonly tenderee: string;
  readonly periodDays: number;
  /** the line of trade; left out: works */
  readonly line?: 'construction' | 'procurement';
  /** by which of the line's procedures; left out: the usual one */
  readonly procedure?: 'inquiry' | 'invited-tender' | 'negotiation' | 'consultation' | 'closed-framework';
  /** invited tender: how many of those in `bids` are drawn and invited; who was not does not bid */
  readonly invited?: number;
  /** procurement: what is bought, by the catalogue; its intention was published forty days before */
  readonly category?: string;
  readonly method:
    | 'comprehensive-deviation'
    | 'comprehensive-ratio'
    | 'lowest-evaluated'
    | 'lowest-quote'
    | 'lowest-last-offer'
    | 'comprehensive-last-offer'
    | 'price-first';
  /** a framework agreement: how its contracts are awarded, for how many months, what share is eliminated */
  readonly agreement?: {
    readonly agreementWay: 'direct' | 'rotation';
    readonly agreementMonths: number;
    readonly eliminationShare: string;
  };
  /** days from the notice to the deadline, and to the end of the offer of documents; left out: those of a tender */
  readonly days?: { readonly bidding: number; readonly documents: number };
  /** procurement in rounds: what each asks in the end, by login */
  readonly lastOffers?: Readonly<Record<string, string>>;
  /** left out: what is asked of any tender of its line */
  readonly asked?: Asked;
  /** seats of a panel of another size than the usual one */
  readonly seats?: readonly { readonly specialty: string; readonly count: number; readonly reserve: number }[];
  readonly bids: readonly {
    readonly login: string;
    readonly price: string;
    readonly periodDays: string;
    readonly manager: string;
    /** where plans are judged blind: what it forgot in its own that may tell whose it is */
    readonly forgot?: string;
    /** procurement: declares to be a small enterprise */
    readonly small?: boolean;
  }[];
  /** procurement: who is not qualified, and why */
  readonly unqualified?: { readonly login: string; readonly reason: string };
  /** into which envelopes a bid is cut; left out: one */
  readonly envelopes?: EnvelopeWay;
  /** the construction plans are judged under pseudonyms (暗标) */
  readonly blind?: true;
  /** each bidder has a layer of its own around its envelope; `absent` stays away when they are removed */
  readonly layers?: { readonly absent: string };
  /** securities are lodged with the platform: who lodges a guarantee, and whose money comes too late */
  readonly deposits?: { readonly guarantee: string; readonly late: string };
  /** in which order bids are read; left out: as received */
  readonly readingOrder?: ReadingOrder;
  /** who does not pass which envelope, and why */
  readonly fails?: { readonly login: string; readonly part: string; readonly item: string; readonly reason: string };
}

/** Who takes part, signed in. */
export interface Cast {
  readonly base: string;
  readonly agent: Client;
  readonly tenderee: Client;
  readonly regulator: Client;
  readonly public: Client;
}

export interface Walk {
  readonly cast: Cast;
  readonly plan: TenderPlan;
  readonly tell: (line: string) => void;
}

export interface OpenTender {
  readonly lot: string;
  readonly number: string;
  readonly deadline: Instant;
  readonly council: Council;
  readonly terms: LotTerms;
  /** those of the plan who may bid */
  readonly bids: TenderPlan['bids'];
}

/** A small real PDF: a tender document or an attachment must be a file that opens. */
export function smallPdf(title: string): Uint8Array {
  const text = `BT /F1 14 Tf 60 780 Td (${title.replace(/[^\x20-\x7e]/g, '?').replace(/[()\\]/g, ' ')}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj${object}endobj\n`;
    return at;
  });
  const start = body.length;
  body += `xref\n0 6\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(body);
}

/** Project, lot, draft, documents, notice: all an agent does before bidding opens. */
export async function publishTender(walk: Walk): Promise<OpenTender> {
  const { cast, plan, tell } = walk;
  const { agent } = cast;
  const project = await agent.post<{ project: string; number: string }>('/projects', {
    name: plan.name,
    line: plan.line ?? 'construction',
    ...(plan.procedure === undefined ? {} : { procedure: plan.procedure }),
    ...(plan.category === undefined ? {} : { category: plan.category, intentionOn: dayOf(later(await platformNow(agent), -40 * day)) }),
    approvalNumber: plan.approvalNumber,
    approvedBy: plan.approvedBy,
    funds: plan.funds,
    estimate: plan.estimate,
    region: plan.region,
    tenderee: organisations.find((each) => each.name === plan.tenderee)?.code ?? '',
  });
  tell(`项目登记 project ${project.number}`);
  const { lot, number } = await agent.post<{ lot: string; number: string }>(`/projects/${project.project}/lots`, { name: plan.lotName });
  await agent.act(`/lots/${lot}/draft`, {
    ...aboutOf(plan),
    periodDays: plan.periodDays,
    quality: '合格',
    contactPerson: '李文静',
    contactPhone: '0717-6881234',
    estimate: plan.estimate,
    ceiling: plan.ceiling,
    security: plan.security,
    ...timesFrom(await platformNow(agent), plan),
    ...(plan.deposits === undefined ? {} : { securityWay: 'platform' }),
    bidValidityDays: 90,
    method: plan.method,
    ...(plan.layers === undefined ? {} : { sealPolicy: 'bidder+council', remedyPlan: 'sealed-copy' }),
    ...(plan.envelopes === undefined ? {} : { envelopes: plan.envelopes }),
    ...(plan.blind === undefined ? {} : { blind: 'yes', blindPages: 200, blindPictures: 'drawings' }),
    ...(plan.agreement ?? {}),
    ...(plan.readingOrder === undefined ? {} : { readingOrder: plan.readingOrder }),
  });
  const list = plan.line === 'procurement' ? '采购清单.pdf' : '工程量清单.pdf';
  await agent.send(
    `/lots/${lot}/documents`,
    { name: '招标文件.pdf' },
    { document: { name: '招标文件.pdf', type: 'application/pdf', bytes: smallPdf('Tender documents') } },
  );
  await agent.send(
    `/lots/${lot}/documents`,
    { name: list },
    { document: { name: list, type: 'application/pdf', bytes: smallPdf('Bill of quantities') } },
  );
  const bids = plan.invited === undefined ? plan.bids : await invitedBids(walk, lot, plan.invited);
  if (plan.invited !== undefined) await agent.act(`/lots/${lot}/draft`, timesFrom(await platformNow(agent), plan));
  const { preview } = await agent.get<{ preview: LotTerms }>(`/lots/${lot}/draft?step=7`);
  await agent.act(`/lots/${lot}/notice`, { acknowledged: (preview.findings ?? []).map(({ id }) => id) });
  const shown = await agent.get<{ lot: { council: string; deadline: Instant }; terms: LotTerms }>(`/lots/${lot}`);
  tell(`发布招标公告 notice ${number}, deadline ${shown.lot.deadline}`);
  const { council } = await agent.get<{ council: Council }>(`/councils/${shown.lot.council}`);
  return { lot, number, deadline: shown.lot.deadline, council, terms: shown.terms, bids };
}

/** Until when documents are offered and bids are taken, if the notice comes out now. */
function timesFrom(now: Instant, { days = { bidding: 21, documents: 8 } }: TenderPlan) {
  return { documentsUntil: later(now, days.documents * day), deadline: shanghaiMorning(later(now, days.bidding * day)) };
}

/** What is built, or bought, and what is asked of those who bid. */
const aboutOf = ({ name, line, seats }: TenderPlan) =>
  line === 'procurement'
    ? {
        subject: 'goods',
        description: `${name}，包括设备供货、安装调试、培训和三年质保。`,
        scope: '采购清单内的全部设备、软件和服务。',
        place: '宜昌市夷陵区',
        qualification: ['具有独立承担民事责任的能力', '具有良好的商业信誉和健全的财务会计制度', '近三年无重大违法记录'],
        smallDiscount: '10%',
        seats: seats ?? [
          { specialty: 'A08', count: 2, reserve: 3 },
          { specialty: 'A06', count: 1, reserve: 2 },
          { specialty: 'A04', count: 1, reserve: 2 },
        ],
      }
    : {
        subject: 'works',
        description: `${name}，包括土建、护岸、绿化及附属设施的全部施工。`,
        scope: '施工图及工程量清单范围内的全部内容。',
        place: '宜昌市夷陵区黄柏河沿岸',
        qualification: ['具备水利水电工程施工总承包三级及以上资质', '具有有效的安全生产许可证', '项目经理具备二级及以上注册建造师资格'],
      };

/** 09:30 in Beijing on the day of this moment. */
function shanghaiMorning(at: Instant): Instant {
  const shanghai = new Date(new Date(at).getTime() + 8 * 3600_000).toISOString().slice(0, 10);
  return new Date(`${shanghai}T09:30:00+08:00`).toISOString() as Instant;
}

/** What is asked, answered and added where a plan has nothing of its own. */
const askedOf = (plan: TenderPlan): Asked =>
  plan.line === 'procurement'
    ? {
        question: '遥测终端是否要求支持北斗短报文？',
        answer: '要求支持，见采购文件技术部分第12项。',
        text: '更正公告第1号：明确遥测终端须支持北斗短报文，不影响响应文件编制。',
      }
    : {
        question: '护岸石料是否可以采用本地灰岩？',
        answer: '可以，须满足设计强度等级MU30。',
        text: '补遗第1号：明确护岸石料强度等级为MU30，不影响投标文件编制。',
      };

/** A question, its answer, and an addendum that does not touch the bids. */
export async function clarify({ cast, plan, tell }: Walk, tender: OpenTender): Promise<void> {
  const asked = plan.asked ?? askedOf(plan);
  const asker = await signIn(cast.base, tender.bids[0]?.login ?? 'bidder1');
  await asker.act(`/lots/${tender.lot}/interest`);
  const { question } = await asker.post<{ question: string }>(`/lots/${tender.lot}/questions`, { text: asked.question });
  await cast.agent.act(`/lots/${tender.lot}/questions/${question}/answer`, { answer: asked.answer });
  await cast.agent.act(`/lots/${tender.lot}/addenda`, {
    text: asked.text,
    affectsPreparation: 'false',
  });
  tell('答疑与补遗 question answered without naming the asker, addendum published');
}

const bill = (total: string): readonly Record<string, string>[] => {
  const cents = BigInt(total.replace('.', ''));
  const first = (cents * 6n) / 10n;
  const money = (value: bigint): string => yuan(value as never);
  return [
    { code: '010101001001', name: '土方开挖及护岸', unit: '项', quantity: '1', unitPrice: money(first), amount: money(first) },
    { code: '040103001001', name: '绿化及附属', unit: '项', quantity: '1', unitPrice: money(cents - first), amount: money(cents - first) },
  ];
};

const schedule = (total: string): readonly Record<string, string>[] => [
  { name: '水文遥测成套设备', model: 'YC-2026', unit: '套', quantity: '1', unitPrice: total, amount: total },
];

/** A bidder signs in, collects the documents and gets its certificate; its bid is ready to be packed. */
export async function preparedBid(
  cast: Cast,
  tender: OpenTender,
  { login, price, periodDays, manager, small, forgot }: TenderPlan['bids'][number],
): Promise<{ readonly bidder: Client; readonly signer: Signer; readonly bid: BidPlan }> {
  const organisation = organisations.find((each) => each.users.some((user) => user.login === login));
  if (!organisation) throw new Error(`no organisation for ${login}`);
  const bidder = await signIn(cast.base, login);
  await bidder.act(`/lots/${tender.lot}/interest`);
  const signer = await certified(bidder, nationalBidders.includes(login) ? 'sm' : 'international');
  const bid: BidPlan = {
    lot: tender.lot,
    terms: tender.terms,
    bidder: { code: organisation.code, name: organisation.name },
    price,
    figures: {
      periodDays,
      quality: '合格',
      ...(small === undefined ? { manager: `${manager}（鄂142${price.slice(0, 6)}）` } : { smallEnterprise: small ? '是' : '否' }),
      validityDays: '90',
      security: `电子保函 BH-${login}-2026`,
    },
    tables: small === undefined ? { billOfQuantities: bill(price) } : { priceSchedule: schedule(price) },
    files: [
      {
        field: 'technical',
        name: '施工组织设计.pdf',
        bytes: smallPdf(tender.terms.blind ? `Construction plan ${forgot ?? ''}` : `Construction plan of ${login}`),
      },
      { field: 'qualification', name: '资格审查资料.pdf', bytes: smallPdf(`Qualification of ${login}`) },
    ],
  };
  return { bidder, signer, bid };
}

/** Every bidder collects the documents, gets its certificate, and submits a sealed bid; answers the receipts by login. */
export async function bidOn({ cast, tell }: Walk, tender: OpenTender): Promise<ReadonlyMap<string, Receipted>> {
  const receipts = new Map<string, Receipted>();
  for (const each of tender.bids) {
    const { bidder, signer, bid } = await preparedBid(cast, tender, each);
    receipts.set(each.login, await submitSealed(bidder, signer, tender.council, bid));
  }
  tell(`密封递交 ${receipts.size} sealed bids, each with a receipt that proves its place in the journal`);
  return receipts;
}

/** Moves the sandbox's clock; the event goes into the journal, and every custodian reckons with it. */
export async function moveClock(cast: Cast, at: Instant): Promise<void> {
  const now = await platformNow(cast.public);
  if (at > now) await cast.agent.act('/sandbox/clock', { at });
}

interface HallState {
  readonly phase: string;
  readonly stage: string | null;
  readonly items: readonly { readonly bidder: string; readonly state: string; readonly price: string | null }[];
  readonly draw: { readonly parameters: Record<string, string> | null } | null;
  readonly readingDraw: { readonly order: readonly string[] | null } | null;
}

/** The deadline passes, the council opens, the agent reads each price, the coefficient is drawn, the record is closed. */
export async function openBids(
  walk: Walk,
  tender: OpenTender,
  receipts: ReadonlyMap<string, Receipted> = new Map(),
): Promise<'opened' | 'failed'> {
  await moveClock(walk.cast, later(tender.deadline, 1000));
  if (walk.plan.layers !== undefined) await removeLayers(walk, tender, receipts);
  return session(walk, tender);
}

/** One session, once its time has come: of the envelopes whose turn it is, to the closed record. */
export async function session({ cast, tell }: Walk, tender: OpenTender): Promise<'opened' | 'failed'> {
  // its host is within, where doors are closed to the public
  const hall = (): Promise<HallState> => cast.agent.get<HallState>(`/lots/${tender.lot}/hall`);
  const started = await until('the closing snapshot', async () => {
    const state = await hall();
    return state.phase === 'opening' || state.phase === 'failed' ? state : null;
  });
  if (started.phase === 'failed') {
    tell('投标不足三家，依法不开标 fewer than three bids: nothing is opened');
    return 'failed';
  }
  tell(`开标 ${started.items.length} bids on the closing list`);
  await until('decryption', async () => (await hall()).items.every((item) => item.state !== 'sealed'));
  if (tender.terms.readingOrder === 'drawn') {
    const ordered = await until('the draw of the order', async () => ((await hall()).stage === 'order' ? null : hall()));
    tell(`抽签确定唱标顺序 ${(ordered.readingDraw?.order ?? []).length} bids are read in a drawn order`);
  }
  for (let state = await hall(); state.stage === 'reading'; state = await hall()) await cast.agent.act(`/lots/${tender.lot}/readings`);
  const drawn = await until('the draw in session', async () => ((await hall()).stage === 'record' ? hall() : null));
  tell(`唱标完毕，抽取 ${JSON.stringify(drawn.draw?.parameters ?? {})} read out and drawn`);
  await cast.agent.act(`/lots/${tender.lot}/record`);
  tell('开标记录确认 the opening record is closed');
  return 'opened';
}
