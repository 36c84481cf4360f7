import type { HallSession } from '../../src/openings/session-reads.ts';
import type { PlatformStop } from '../../src/openings/suspension-reads.ts';
import { each, type Html, html, nothing, type Piece } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';
import { drawCard, drawnOrder, type HallDraw } from './draw.ts';
import { confirmationCard, type HallConfirmation, type HallSigning, signingDesk, signingForms } from './hall-signing.ts';
import { type Layers, layerDesk, layersCard, ownLayerCard } from './layers.ts';
import { type OrderInForce, orderNotice } from './order-notice.ts';
import { copyDesk, ownCopyCard, type Remedies, remedyCard } from './remedies.ts';
import { agenda } from './sessions.ts';
import { stopNotice } from './suspension.ts';

/** One bid as the hall shows it. Before the opening there is no list at all: even its length is sealed. */
export interface HallBid {
  readonly submission: string;
  readonly name: string;
  readonly state: 'sealed' | 'opened' | 'invalid' | 'read';
  /** why it is invalid */
  readonly reason: Words | string | null;
  /** stands in place of «signature valid» when something befell the certificate after the deadline */
  readonly note?: Words | null;
  /** place in the order of reading, from 1; null until read */
  readonly order: number | null;
  /** decimal yuan; only once read */
  readonly price: string | null;
  /** what else was read out, by figure name: { period: '240' } */
  readonly figures: Readonly<Record<string, string>>;
  readonly readAt: Instant | null;
  /** the bidder is in the hall */
  readonly attends: boolean;
}

export interface HallObjection {
  readonly by: string;
  readonly at: Instant;
  readonly says: string;
  readonly answer: { readonly at: Instant; readonly says: string } | null;
}

export type HallStage = 'closing' | 'decryption' | 'order' | 'reading' | 'draw' | 'record';

/** Everything the opening hall shows. */
export interface HallScene {
  readonly lot: string;
  readonly number: string;
  readonly name: string;
  /** 工程建设 · 公开招标 */
  readonly kind: Words | string;
  readonly tenderee: string;
  readonly host: string;
  readonly supervisor: string | null;
  readonly deadline: Instant | null;
  readonly openedAt: Instant | null;
  readonly recordClosedAt: Instant | null;
  /** why there is no opening (fewer than three bids) */
  readonly failedFor: Words | string | null;
  /** where it is held, besides the network */
  readonly place: { readonly name: string; readonly address: string } | null;
  /** the supervisor's order that stops the session */
  readonly order: OrderInForce | null;
  /** all openings are stopped */
  readonly stop?: PlatformStop | null;
  /** null once the record is closed */
  readonly stage: HallStage | null;
  readonly ceiling: string | null;
  /** whether the envelopes at hand hold prices; left out: they do */
  readonly priced?: boolean;
  readonly council: {
    readonly name: string;
    readonly threshold: number;
    readonly trustees: readonly { readonly name: string; readonly gaveAt: Instant | null }[];
  } | null;
  readonly bids: readonly HallBid[];
  /** names and units of the figures that are read out: { period: { label, unit } } */
  readonly figures: Readonly<Record<string, { readonly label: Words; readonly unit?: Words }>>;
  /** null when the method draws nothing */
  readonly draw: HallDraw | null;
  /** how the order of reading comes about, as the notice says, and its draw */
  readonly readingOrder?: 'received' | 'drawn';
  readonly readingDraw?: HallDraw | null;
  /** the record of the session, newest first */
  readonly record: readonly part.TimelineEntry[];
  readonly objections: readonly HallObjection[];
  /** what this visitor may do now */
  readonly may: { readonly read: boolean; readonly close: boolean };
  /** the session, where several lots share it */
  readonly session?: HallSession;
  /** what this bidder may sign now */
  readonly signing?: HallSigning | null;
  /** whose key signs here; null for everybody but bidders */
  readonly holder?: string | null;
  /** the bidders' part of the opening */
  readonly layers?: Layers | null;
  /** what the notice provides where a bid cannot be decrypted */
  readonly remedy?: Remedies | null;
  /** the complete record, and the bidders' words about it */
  readonly confirmation?: HallConfirmation | null;
  /** forms for objecting and answering, made by the openings pages */
  readonly objectionForm?: Html;
  /** the opening record on paper */
  readonly paper: part.FileEntry | null;
}

const say = {
  hall: { zh: '开标大厅', en: 'Opening hall' },
  roles: { zh: '主持：{host}　招标人：{tenderee}', en: 'Presiding: {host} · Tenderee: {tenderee}' },
  supervisor: { zh: '监督：{supervisor}', en: 'Supervised by {supervisor}' },
  place: { zh: '现场：', en: 'On site: ' },
  record: { zh: '现场记录', en: 'The record' },
  objections: { zh: '异议', en: 'Objections' },
  objectionsHint: {
    zh: '投标人可当场提出，主持人当场答复，全部入记录。',
    en: 'Bidders may object on the spot; the host answers on the spot; all of it is recorded.',
  },
  noObjections: { zh: '尚无异议。', en: 'No objection so far.' },
  waitsAnswer: { zh: '等待主持人答复', en: 'waiting for the host' },
  council: { zh: '开标委员会', en: 'Opening council' },
  gave: { zh: '{at} 给出解密份额', en: 'gave its share at {at}' },
  gives: { zh: '等待中', en: 'waiting' },
  notNeeded: { zh: '未参与，不影响开启', en: 'did not take part; not needed' },
  anyTwo: {
    zh: '任意 {threshold} 位到齐方能解密，缺一不可，也无人能单独解密。',
    en: 'Any {threshold} of them open together; none can open alone.',
  },
  unpriced: { zh: '报价文件仍然密封，另行开标。', en: 'The price is still sealed; its session comes later.' },
  prices: { zh: '唱标一览', en: 'Prices read' },
  secret: {
    zh: '谁参加投标、有几家，在开标前对任何人保密，包括主持人和平台。',
    en: 'Who bids, and how many, is secret for everyone until the opening, the host and the platform included.',
  },
  readNext: { zh: '唱读下一家', en: 'Read the next bid' },
  close: { zh: '确认开标记录', en: 'Close the opening record' },
  closeSays: {
    zh: '确认后开标结束，记录即时公布，不能再更改。',
    en: 'The session ends, the record is published at once and cannot be changed.',
  },
} satisfies Texts;

const text = (view: View, words: Words | string): string => (typeof words === 'string' ? words : view.t(words));

/** The opening hall: what is read now is the largest thing; the table keeps the rest; the record runs beside it. */
export function hall(view: View, scene: HallScene): Html {
  return layout(view, {
    title: `${view.t(say.hall)} · ${scene.name}`,
    wide: true,
    section: '/openings',
    scripts: scene.holder ? ['live.js', 'hall.js'] : ['live.js'],
    main: html`<div data-follows="${(scene.session?.lots ?? [{ id: scene.lot }]).map(({ id }) => id).join(' ')}" hidden></div>${head(view, scene)}
${part.live('stages', part.stages(view, hallStages(view, scene)))}
${part.columns({
  main: html`${part.live('order', html`${stopNotice(view, scene.stop ?? null)}${scene.order ? orderNotice(view, scene.order) : nothing}`)}${part.live('reading', stageOfHall(view, scene), true)}${part.live('own-layer', ownLayerCard(view, scene.layers ?? null, scene.session?.id ?? null))}${layerDesk(view, scene.holder ?? null)}${part.live('own-copy', ownCopyCard(view, scene.remedy ?? null))}${copyDesk(view, scene.remedy ? (scene.holder ?? null) : null)}${signingDesk(view, scene.holder ?? null)}${part.live('acts', acts(view, scene))}${part.live('layers', scene.layers ? layersCard(view, scene.lot, scene.layers, scene.session?.id ?? null) : nothing)}${part.live('remedy', remedyCard(view, scene.remedy ?? null))}${part.live('draw', scene.draw ? drawCard(view, scene.draw) : nothing)}${part.live('confirmation', scene.confirmation ? confirmationCard(view, scene.lot, scene.confirmation) : nothing)}${part.live('prices', scene.openedAt ? prices(view, scene) : nothing)}${part.live('reading-draw', scene.readingDraw ? drawCard(view, scene.readingDraw) : nothing)}`,
  right: html`${part.live('agenda', scene.session ? agenda(view, scene.session, scene.lot) : nothing)}${part.live('record', recordCard(view, scene))}${part.live('council', scene.council ? councilCard(view, scene.council) : nothing)}${part.live('objections', scene.openedAt ? objections(view, scene) : nothing)}`,
})}`,
  });
}

function head(view: View, scene: HallScene): Html {
  return part.pageHead(view, {
    // a session that lots share keeps its head; which lot is on the stage is said below, where it may change
    above: scene.session?.id ? text(view, scene.kind) : `${scene.number} · ${text(view, scene.kind)}`,
    title: scene.session?.id ? say.hall : scene.name,
    ...(scene.session?.id ? { below: part.live('lot', html`<strong>${scene.number} ${scene.name}</strong>`) } : {}),
    beside: html`<div class="form-actions">${scene.recordClosedAt || scene.failedFor ? nothing : html`<a class="btn btn-sm" href="${scene.session?.id ? `/halls/${scene.session.id}` : `/lots/${scene.lot}`}/screen">${view.t({ zh: '大屏', en: 'Large screen' })}</a>${part.speechSwitch(view)}`}${part.live('status', status(view, scene))}</div><p class="sub">${view.t(say.roles, { host: scene.host, tenderee: scene.tenderee })}${
      scene.supervisor ? html`　${view.t(say.supervisor, { supervisor: scene.supervisor })}` : nothing
    }</p>${scene.place ? html`<p class="sub">${view.t(say.place)}<a href="/venues">${scene.place.name}</a> ${scene.place.address}</p>` : nothing}`,
  });
}

/** What is read out: everything that opened well, and whatever else was given a place in the order. */
const toRead = (scene: HallScene): readonly HallBid[] => scene.bids.filter((bid) => bid.state !== 'invalid' || bid.order !== null);
const readCount = (scene: HallScene): number => toRead(scene).filter((bid) => bid.order !== null).length;

export function status(view: View, scene: HallScene): Html {
  if (scene.failedFor) return part.pill(view, 'refused', { zh: '不开标', en: 'No opening' });
  if (scene.order) return part.pill(view, 'refused', { zh: '已责令暂停', en: 'Suspended by order' });
  if (scene.stop) return part.pill(view, 'refused', { zh: '平台故障，暂停', en: 'Suspended: the platform failed' });
  if (!scene.openedAt) return part.pill(view, 'wait', { zh: '等待截标', en: 'Before the deadline' });
  if (scene.stage === null) return part.pill(view, 'plain', { zh: '开标结束', en: 'Session over' });
  if (scene.stage === 'reading')
    return part.pill(
      view,
      'now',
      { zh: '唱标中 · 已唱 {read} / {all} 家', en: 'Reading · {read} of {all}' },
      { read: readCount(scene), all: toRead(scene).length },
    );
  return part.pill(view, 'now', { zh: '开标中', en: 'In session' });
}

const order: readonly HallStage[] = ['closing', 'decryption', 'order', 'reading', 'draw', 'record'];

function hallStages(view: View, scene: HallScene): readonly part.Stage[] {
  const labels: Readonly<Record<HallStage, Words>> = {
    closing: { zh: '截标', en: 'Deadline' },
    decryption: { zh: '共同解密', en: 'Opening together' },
    order: { zh: '抽唱标顺序', en: 'Draw of the order' },
    reading: { zh: '唱标', en: 'Reading' },
    draw: { zh: '抽取系数', en: 'Draw' },
    record: { zh: '确认记录', en: 'Record' },
  };
  const agenda = order.filter(
    (stage) => (stage !== 'draw' || scene.draw !== null) && (stage !== 'order' || scene.readingOrder === 'drawn'),
  );
  // without an opening nothing after the deadline was done
  const standing = scene.failedFor ? 'decryption' : scene.stage;
  const present = standing === null ? agenda.length : agenda.indexOf(standing);
  const gave = scene.council?.trustees.filter((trustee) => trustee.gaveAt !== null).length ?? 0;
  const notes: Partial<Record<HallStage, Piece>> = {
    closing: scene.deadline ? part.time(view, scene.deadline) : null,
    decryption: scene.council
      ? view.t(
          { zh: '{gave} 位托管人，需 {threshold} 位', en: '{gave} trustees, {threshold} needed' },
          { gave, threshold: scene.council.threshold },
        )
      : null,
    order: scene.readingDraw?.completedAt ? part.time(view, scene.readingDraw.completedAt, 'time') : null,
    reading: scene.openedAt && scene.bids.length > 0 ? `${readCount(scene)}/${toRead(scene).length}` : null,
    record: scene.recordClosedAt ? part.time(view, scene.recordClosedAt, 'time') : null,
  };
  return agenda.map((stage, at) => ({
    label: labels[stage],
    state: at < present ? 'done' : at > present ? 'next' : scene.failedFor ? 'stopped' : 'now',
    note: notes[stage] ?? null,
  }));
}

/** The largest thing in the hall, whatever stage it is in. */
export function stageOfHall(view: View, scene: HallScene): Html {
  if (scene.failedFor)
    return part.interlude(view, {
      label: { zh: '不开标', en: 'No opening' },
      says: text(view, scene.failedFor),
      body: html`<p>${view.t({ zh: '已收到的投标文件不予解密，原样退回；失败公告见公告栏。', en: 'The bids stay sealed and are returned as they are. See the failure notice.' })}</p>${scene.paper ? part.file(view, scene.paper) : nothing}`,
    });
  if (!scene.openedAt) return beforeOpening(view, scene);
  const read = scene.bids.filter((bid) => bid.order !== null).sort((a, b) => (b.order ?? 0) - (a.order ?? 0))[0];
  if (scene.stage === 'decryption') return decryption(view, scene);
  if (scene.stage === 'reading' && read) return readingOf(view, scene, read);
  if (scene.stage === 'order')
    return part.interlude(view, {
      label: { zh: '抽取唱标顺序', en: 'Draw of the order' },
      says: { zh: '委员会共同抽签，抽出后按此顺序唱标', en: 'The council draws together; bids are then read in that order' },
    });
  if (scene.stage === 'reading') return beforeReading(view, scene);
  if (scene.stage === 'draw')
    return part.interlude(view, {
      label: { zh: '抽取系数', en: 'Draw' },
      says: { zh: '委员会共同抽取，结果即刻公布', en: 'The council draws together; the result shows at once' },
    });
  const drawn = scene.draw?.drawn ?? [];
  return part.interlude(view, {
    label: scene.stage === 'record' ? { zh: '唱标完毕', en: 'All read' } : { zh: '开标结束', en: 'Session over' },
    says:
      scene.stage === 'record'
        ? { zh: '请核对开标记录', en: 'Please check the record' }
        : { zh: '开标记录已确认', en: 'The record is closed' },
    body: html`${drawn.length > 0 ? part.facts(view, drawn, 'wide') : nothing}${scene.draw?.proof ? part.verifyMark(view, { verdict: 'unchecked', says: { zh: '抽取可复算', en: 'The draw can be recomputed' }, proof: scene.draw.proof }) : nothing}${scene.paper ? part.file(view, scene.paper) : nothing}`,
  });
}

function beforeOpening(view: View, scene: HallScene): Html {
  return part.interlude(view, {
    label: { zh: '尚未开标', en: 'Not open yet' },
    says: { zh: '到时由委员会共同开启', en: 'The council opens together on time' },
    body: html`${scene.deadline ? part.countdown(view, { until: scene.deadline, label: { zh: '距投标截止', en: 'Until the deadline' }, size: 'large', reload: true }) : nothing}${part.notice(view, 'plain', say.secret)}`,
  });
}

/** Nothing has been read yet: the order that was drawn, where one was. */
function beforeReading(view: View, { readingDraw }: HallScene): Html {
  const begins = { zh: '即将唱标', en: 'Reading begins' };
  if (!readingDraw?.order) return part.interlude(view, { label: { zh: '解密完成', en: 'All opened' }, says: begins });
  const label = { zh: '唱标顺序已抽定', en: 'The order is drawn' };
  return part.interlude(view, { label, says: begins, body: drawnOrder(readingDraw.order) });
}

function decryption(view: View, scene: HallScene): Html {
  if (scene.layers?.open)
    return part.interlude(view, {
      label: { zh: '投标人解密', en: 'Decryption by bidders' },
      says: { zh: '投标人逐家解密，随后由委员会共同开启', en: 'Each bidder decrypts, then the council opens together' },
    });
  const awaited = scene.remedy?.lines.filter((line) => line.state === 'waits') ?? [];
  const gave = scene.council?.trustees.filter((trustee) => trustee.gaveAt !== null).length ?? 0;
  const threshold = scene.council?.threshold ?? 0;
  const opened = scene.bids.filter((bid) => bid.state !== 'sealed').length;
  return part.interlude(view, {
    label: { zh: '共同解密', en: 'Opening together' },
    says:
      gave < threshold
        ? { zh: `等待第 ${gave + 1} 位托管人`, en: `Waiting for trustee ${gave + 1} of ${threshold}` }
        : awaited.length > 0 && opened + awaited.length === scene.bids.length
          ? {
              zh: `等待密封副本：${awaited.map(({ name }) => name).join('、')}`,
              en: `Waiting for the sealed copy of ${awaited.map(({ name }) => name).join(', ')}`,
            }
          : { zh: '份额已齐，正在解密', en: 'Shares complete, opening' },
    body: part.progress(view, { label: { zh: '已解密', en: 'Opened' }, value: opened, max: scene.bids.length, unit: 'steps' }),
  });
}

function readingOf(view: View, scene: HallScene, bid: HallBid): Html {
  const figures: part.Fact[] = Object.entries(bid.figures).map(([name, value]) => ({
    label: scene.figures[name]?.label ?? name,
    value: `${value}${scene.figures[name]?.unit ? ` ${view.t(scene.figures[name].unit)}` : ''}`,
  }));
  if (scene.ceiling && scene.priced !== false)
    figures.push({ label: { zh: '最高限价', en: 'Ceiling price' }, value: part.money(view, { yuan: scene.ceiling }) });
  return part.reading(view, {
    label: { zh: '正在唱读', en: 'Reading now' },
    place: { zh: `第 ${bid.order} 家，共 ${toRead(scene).length} 家`, en: `no. ${bid.order} of ${toRead(scene).length}` },
    name: bid.name,
    yuan: bid.price,
    speech: speechOf(view, bid),
    ...(bid.state === 'invalid' ? { invalid: said(bid.reason) } : scene.priced === false ? { unpriced: say.unpriced } : {}),
    marks: part.verifyMark(view, {
      verdict: 'verified',
      says: bid.note ?? { zh: '签名有效', en: 'Signature valid' },
      proof: `/lots/${scene.lot}/opening`,
    }),
    facts: figures,
  });
}

/** In Chinese the amount is spoken as it is written in capitals: a voice reads digits one way or another. */
function speechOf(view: View, bid: HallBid): Words {
  if (bid.state === 'invalid')
    return { zh: `第${bid.order}家，${bid.name}，${said(bid.reason).zh}`, en: `No. ${bid.order}, ${bid.name}: ${said(bid.reason).en}` };
  const amount = bid.price === null ? null : (view.capitals(bid.price) ?? bid.price);
  return {
    zh: `第${bid.order}家，${bid.name}${amount === null ? '' : `，投标报价${amount}`}`,
    en: `No. ${bid.order}, ${bid.name}${bid.price === null ? '' : `: ${bid.price} yuan`}`,
  };
}

const said = (reason: Words | string | null): Words =>
  reason === null ? { zh: '无效', en: 'Invalid' } : typeof reason === 'string' ? { zh: reason, en: reason } : reason;

function acts(view: View, scene: HallScene): Html {
  const base = `/lots/${scene.lot}`;
  if (scene.may.read)
    return part.form(view, { action: `${base}/readings`, submit: say.readNext, icon: 'volume', fields: inSession(scene) });
  if (scene.may.close)
    return part.form(view, {
      action: `${base}/record`,
      submit: say.close,
      icon: 'writing-sign',
      fields: inSession(scene),
      confirm: { title: say.close, says: say.closeSays },
    });
  return signingForms(view, scene.signing ?? null, scene.session?.id ?? null);
}

/** A form of a session that lots share leads back to it. */
const inSession = (scene: HallScene): Html => (scene.session?.id ? part.hidden('session', scene.session.id) : nothing);

function sealOf(view: View, bid: HallBid): Html {
  if (bid.state === 'invalid') return part.seal(view, 'invalid', { says: said(bid.reason) });
  if (bid.state === 'read')
    return part.verifyMark(view, { verdict: 'verified', says: bid.note ?? { zh: '签名有效', en: 'Signature valid' } });
  if (bid.state === 'opened') return part.seal(view, 'opened', { says: { zh: '已解密，待唱读', en: 'Opened, to be read' } });
  return part.seal(view, 'sealed', { says: { zh: '密封，待解密', en: 'Sealed' } });
}

const priceColumn = (view: View): part.Column<HallBid> => ({
  label: { zh: '报价（元）', en: 'Price (yuan)' },
  cell: (bid) =>
    bid.price
      ? part.figure(bid.price)
      : html`<span class="sub">${bid.state === 'invalid' || bid.state === 'read' ? '—' : view.t({ zh: '待唱读', en: 'to be read' })}</span>`,
  numeric: true,
  phone: 'figure',
});

function prices(view: View, scene: HallScene): Html {
  const last = Math.max(0, ...scene.bids.map((bid) => bid.order ?? 0));
  const figures = Object.entries(scene.figures).slice(0, 2);
  const columns: part.Column<HallBid>[] = [
    { label: { zh: '序', en: 'No.' }, cell: (bid, index) => bid.order ?? index + 1, phone: 'hide' },
    {
      label: { zh: '投标人', en: 'Bidder' },
      cell: (bid) =>
        html`${bid.name}${bid.attends ? html` <span class="sub nowrap">${view.t({ zh: '已签到', en: 'present' })}</span>` : nothing}`,
      phone: 'head',
    },
    { label: { zh: '密封与签名', en: 'Seal and signature' }, cell: (bid) => sealOf(view, bid) },
    ...(scene.priced === false ? [] : [priceColumn(view)]),
    ...figures.map(
      ([name, figure]): part.Column<HallBid> => ({ label: figure.label, cell: (bid) => bid.figures[name] ?? '', numeric: true }),
    ),
  ];
  return part.card(view, {
    flush: true,
    body: part.table(view, {
      caption: say.prices,
      columns,
      rows: [...scene.bids].sort((a, b) => (a.order ?? Number.MAX_SAFE_INTEGER) - (b.order ?? Number.MAX_SAFE_INTEGER)),
      tone: (bid) => (scene.stage === 'reading' && bid.order !== null && bid.order === last ? 'now' : null),
      empty: part.empty(view, { title: { zh: '名单即将公布', en: 'The list is about to appear' } }),
    }),
  });
}

function recordCard(view: View, scene: HallScene): Html {
  return part.card(view, {
    title: say.record,
    beside: html`<a href="/lots/${scene.lot}">${view.t({ zh: '项目全过程', en: 'The whole process' })}</a>`,
    body: part.timeline(view, {
      label: say.record,
      entries: scene.record,
      empty: part.empty(view, { title: { zh: '现场记录从截标开始', en: 'The record begins at the deadline' }, icon: 'history' }),
    }),
  });
}

function councilCard(view: View, council: NonNullable<HallScene['council']>): Html {
  const enough = council.trustees.filter((trustee) => trustee.gaveAt !== null).length >= council.threshold;
  return part.card(view, {
    title: say.council,
    beside: html`<a href="/councils">${council.name}</a>`,
    body: html`<div class="stack">${part.facts(
      view,
      council.trustees.map((trustee) => ({
        label: trustee.name,
        value: trustee.gaveAt
          ? view.t(say.gave, { at: part.timeText(view.lang, trustee.gaveAt, 'time') })
          : html`<span class="sub">${view.t(enough ? say.notNeeded : say.gives)}</span>`,
      })),
    )}<p class="sub">${view.t(say.anyTwo, { threshold: council.threshold })}</p></div>`,
  });
}

function objections(view: View, scene: HallScene): Html {
  const list = each(
    scene.objections,
    (objection) =>
      html`<div><strong>${objection.by}</strong>${part.colon(view)}${objection.says}<div class="sub">${part.time(view, objection.at, 'time')} · ${
        objection.answer
          ? html`${view.t({ zh: '答复', en: 'Answer' })} ${part.time(view, objection.answer.at, 'time')}：${objection.answer.says}`
          : view.t(say.waitsAnswer)
      }</div></div>`,
  );
  return part.card(view, {
    title: say.objections,
    body: html`<div class="stack"><p class="sub">${view.t(say.objectionsHint)}</p>${scene.objections.length > 0 ? list : html`<p class="sub">${view.t(say.noObjections)}</p>`}${scene.objectionForm}</div>`,
  });
}
