import type { Hall } from '../../src/openings/reads.ts';
import type { TimelineEntry } from '../../src/tenders/timeline.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { View, Words } from '../view.ts';
import type { HallDraw } from './draw.ts';
import { type HallScene, hall } from './hall.ts';
import { screen } from './screen.ts';

/** Why a bid could not be opened or does not count, in words for the hall. Unknown reasons show their name: nothing is hidden. */
const reasons: Readonly<Record<string, Words>> = {
  'stored-bytes-differ': {
    zh: '平台存储的文件与回执不符（非投标人原因）',
    en: 'The stored file is not the one receipted (not the bidder’s fault)',
  },
  'envelope-does-not-unwrap': { zh: '加密文件的密钥无法解开', en: 'The key inside the envelope does not unwrap' },
  'envelope-altered': { zh: '加密内容已损坏', en: 'The sealed content is damaged' },
  'package-malformed': { zh: '投标文件包格式不符', en: 'Not a bid package' },
  'package-unsigned': { zh: '投标文件未签名', en: 'Not signed' },
  'package-wrong-signature': { zh: '包内签名不成立', en: 'The signature does not hold' },
  'package-untrusted-signer': { zh: '签名证书不受信任', en: 'The signing certificate is not trusted' },
  'package-altered': { zh: '内容与签名时不符', en: 'Not what was signed' },
  'package-member-unsigned': { zh: '联合体投标未经全体成员签名', en: 'Not every member of the joint venture signed' },
  'bid-joint-refused': { zh: '本标段不接受联合体投标', en: 'This lot accepts no joint bids' },
  'bid-joint-members': { zh: '签名的成员与联合体成员表不符', en: 'Those who signed are not the members named' },
  'bid-joint-many': { zh: '联合体成员多于公告的规定', en: 'More members than the notice allows' },
  'bid-joint-agreement': { zh: '联合体未附共同投标协议', en: 'The agreement of the joint venture is missing' },
  'package-wrong-bidder': { zh: '包内签名与投标人不符', en: 'Signed by somebody else' },
  'package-not-for-this-lot': { zh: '不是为本标段编制', en: 'Not made for this lot' },
  'certificate-revoked': { zh: '签名证书在截止前已吊销', en: 'The signing certificate was revoked before the deadline' },
  'certificate-suspended': { zh: '截止时签名证书处于挂起状态', en: 'The signing certificate was on hold at the deadline' },
  'certificate-superseded': { zh: '签收时签名证书已停用', en: 'The signing certificate had ended' },
  'certificate-unknown': { zh: '签名证书不是该投标人登记的', en: 'Not a certificate that this bidder has here' },
  'bid-form': { zh: '投标数据格式不符', en: 'The form data cannot be read' },
  'bid-other-lot': { zh: '投标数据不属于本标段', en: 'The form data is for another lot' },
  'bid-other-bidder': { zh: '投标数据不属于该投标人', en: 'The form data is of another bidder' },
  'bid-price': { zh: '未填写有效报价', en: 'No valid price' },
  'bid-missing': { zh: '缺少必填内容', en: 'Required content is missing' },
  'too-few-bids': { zh: '投标人少于三个，依法不开标', en: 'Fewer than three bids: not opened, as the law says' },
  'documents-flawed': {
    zh: '招标文件存在歧义、重大缺陷或者违反强制性规定，停止评标',
    en: 'The documents were ambiguous, defective or unlawful: the panel stopped',
  },
  'none-left': { zh: '前一信封评审后无人通过，否决全部投标', en: 'Nobody passed an earlier envelope: all are rejected' },
  'competition-lacking': {
    zh: '前一信封评审后缺乏竞争，否决全部投标',
    en: 'Competition was lacking after an earlier envelope: all are rejected',
  },
  'none-decrypted': { zh: '解密时限届满，无一投标完成解密', en: 'No bid was decrypted within the limit' },
  'layer-not-removed': { zh: '未在时限内解密', en: 'Not decrypted within the limit' },
  'layer-altered': { zh: '外层与密钥不符', en: 'The layer does not open with its key' },
  'layer-holds-another': { zh: '外层之内不是签名承诺的文件', en: 'Under the layer lies another file' },
  'too-few-qualified': { zh: '资格审查合格的不足法定家数', en: 'Too few bidders were qualified' },
  terminated: { zh: '招标人依法终止招标', en: 'The tenderee has ended the tender' },
  'too-few-valid': { zh: '有效投标不足，否决全部投标', en: 'Too few valid bids: all are rejected' },
};
export const reasonWords = (reason: string): Words => reasons[reason] ?? { zh: reason, en: reason };

/** What befell a signer's certificate between the deadline and the opening: the bid stays valid. */
const noteWords = (fall: string): Words =>
  fall === 'certificate-revoked'
    ? { zh: '签名有效；证书在截止后吊销', en: 'Signature valid; the certificate was revoked after the deadline' }
    : { zh: '签名有效；证书在截止后挂起', en: 'Signature valid; the certificate went on hold after the deadline' };

const separated = (yuan: string): string => yuan.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

/** What one journal entry says in the record beside the hall: with the name, the price or the drawn value where it has one. */
function said(entry: TimelineEntry): Words {
  const data = entry.data as {
    name?: string;
    price?: string;
    reason?: string;
    items?: number;
    note?: { fall: string };
    purpose?: string;
    transcript?: { parameters?: Record<string, string>; request?: { seats?: readonly { specialty: string }[] } };
  };
  const with_ = (zh: string, en: string): Words => ({ zh: `${entry.says.zh} ${zh}`, en: `${entry.says.en}: ${en}` });
  if (entry.type === 'bid.read' && data.name && data.price === '') return with_(data.name, data.name);
  if (entry.type === 'bid.read' && data.name && data.price)
    return with_(`${data.name} ${separated(data.price)} 元`, `${data.name} ${separated(data.price)}`);
  if (entry.type === 'share.given' && data.name) return { zh: `${data.name} 给出解密份额`, en: `${data.name} gave its share` };
  if ((entry.type === 'opening.attended' || entry.type === 'record.confirmed' || entry.type === 'record.objected') && data.name)
    return with_(data.name, data.name);
  if (/^(layer\.|remedy\.|bid\.(revoked|withdrawn-by)|attribution\.asked)/.test(entry.type) && data.name)
    return with_(data.name, data.name);
  if (entry.type === 'bid.invalid' && data.reason) return with_(reasonWords(data.reason).zh, reasonWords(data.reason).en);
  if (entry.type === 'bid.opened' && data.note) return noteWords(data.note.fall);
  if (entry.type === 'draw.requested' && data.purpose === 'blind') return with_('暗标编号', 'pseudonyms of the blind review');
  if (entry.type === 'share.kept' && data.name)
    return {
      zh: `${data.name} 给出份额（暗标揭晓前不公开）`,
      en: `${data.name} gave its share, covered until the pseudonyms are laid open`,
    };
  if (entry.type === 'draw.requested' && data.purpose === 'reading') return with_('唱标顺序', 'order of reading');
  if (entry.type === 'draw.completed' && data.transcript?.request?.seats?.[0]?.specialty === 'reading-order')
    return with_('唱标顺序', 'order of reading');
  if (entry.type === 'draw.completed') {
    const drawn = Object.entries(data.transcript?.parameters ?? {}).map(([name, value]) => `${name} ${value}`);
    return drawn.length > 0 ? with_(drawn.join('，'), drawn.join(', ')) : entry.says;
  }
  return entry.says;
}

/** Objections in session: a bidder raises one, the host answers beside it; both stay in the record. */
function objectionForms(view: View, { lot, objections, isHost, isBidder, phase }: Hall): Html {
  if (phase !== 'opening') return nothing;
  const waiting = isHost ? objections.filter((objection) => !objection.answer) : [];
  const answers = each(waiting, (objection) =>
    part.form(view, {
      action: `/objections/${objection.id}/answer`,
      submit: { zh: '答复', en: 'Answer' },
      fields: part.field(view, {
        name: 'answer',
        label: { zh: `答复 ${objection.by}`, en: `Answer ${objection.by}` },
        kind: 'textarea',
        required: true,
      }),
    }),
  );
  const raise = isBidder
    ? part.form(view, {
        action: `/lots/${lot}/objections`,
        submit: { zh: '当场提出异议', en: 'Object on the spot' },
        fields: html`<input type="hidden" name="stage" value="opening">${part.field(view, { name: 'text', label: { zh: '异议内容', en: 'Objection' }, kind: 'textarea', required: true })}`,
      })
    : nothing;
  return html`${answers}${raise}`;
}

/** The opening hall of a lot (GET /lots/:lot/hall), or of the session it shares (GET /halls/:session). */
export const hallPage = (state: Hall, view: View): Html => hall(view, sceneOf(state, view));

/** The same, for the large screen in the room. */
export const screenPage = (state: Hall, view: View): Html => screen(view, sceneOf(state, view));

function sceneOf(state: Hall, view: View): HallScene {
  const places = new Map(state.session.lots.map(({ id }, at) => [id, { zh: `标段${at + 1}`, en: `lot ${at + 1}` }]));
  const placeOf = (lot: string): Words => places.get(lot) ?? { zh: '', en: '' };
  return {
    lot: state.lot,
    number: state.number,
    name: state.name,
    kind: state.kind,
    tenderee: state.tenderee,
    host: state.host,
    supervisor: null,
    deadline: state.deadline,
    openedAt: state.openedAt,
    recordClosedAt: state.recordClosedAt,
    // a tender that came to nothing after its opening was opened all the same
    failedFor: state.failedFor === null || state.recordClosedAt !== null ? null : reasonWords(state.failedFor),
    order: state.order,
    stop: state.stop,
    stage: state.stage,
    ceiling: state.ceiling,
    priced: state.priced,
    place: state.place,
    council: state.council,
    bids: state.items.map((item) => ({
      submission: item.submission,
      name: item.name,
      state: item.state,
      reason: item.reason === null ? null : reasonWords(item.reason),
      note: item.note === null ? null : noteWords(item.note.fall),
      order: item.order,
      price: item.price,
      figures: item.figures,
      readAt: item.readAt,
      attends: item.attendedAt !== null,
    })),
    figures: state.figures,
    readingOrder: state.readingOrder,
    readingDraw: orderOf(state),
    // every session ends with a draw: of the coefficients, where the method has some, and always of the seed that breaks ties
    draw: {
      completedAt: state.draw?.completedAt ?? null,
      ...(state.draw
        ? { requestedAt: state.draw.requestedAt, digest: state.draw.digest, shares: state.draw.shares, seed: state.draw.seed }
        : {}),
      drawn: Object.entries(state.draw?.parameters ?? {}).map(([label, value]) => ({ label, value })),
      proof: proofOf(state.lot, state.draw),
    },
    record: state.record.map((entry) => ({
      index: entry.number,
      order: entry.order,
      ...(state.session.id === null ? {} : { beside: html`<span class="sub">${view.t(placeOf(entry.lot))}</span>` }),
      at: entry.at,
      says: said(entry),
      actor: entry.actor,
      proof: `/receipts/${entry.event}`,
    })),
    objections: state.objections,
    may: { read: state.mayRead, close: state.mayClose },
    session: state.session,
    signing: state.signing,
    holder: state.holder,
    layers: state.layers,
    remedy: state.remedy,
    confirmation: state.confirmation && { ...state.confirmation, closed: state.recordClosedAt !== null },
    objectionForm: objectionForms(view, state),
    paper: state.paper,
  };
}

const proofOf = (lot: string, draw: Hall['draw'] | Hall['readingDraw']): string | null =>
  draw?.completedAt ? `/api/lots/${lot}/draws/${draw.id}` : null;

/** The draw of the order of reading, with the bidders by name. */
function orderOf({ lot, readingDraw, items }: Hall): HallDraw | null {
  if (readingDraw === null) return null;
  const { order, ...steps } = readingDraw;
  const names = order?.map((submission) => items.find((item) => item.submission === submission)?.name ?? submission) ?? null;
  return { ...steps, drawn: [], order: names, proof: proofOf(lot, readingDraw) };
}
