import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

/** The remedy of the notice, as the hall shows it: whose copy is awaited, and who has handed one in. */
export interface Remedies {
  readonly remedy: { readonly minutes: number };
  readonly lines: readonly {
    readonly submission: string;
    readonly name: string;
    readonly state: 'waits' | 'applied' | 'missed';
    readonly until: Instant | null;
    readonly kind: 'sealed' | 'inner' | null;
    readonly appliedAt: Instant | null;
  }[];
  readonly own: {
    readonly lot: string;
    readonly part: string;
    readonly submission: string;
    readonly bidder: string;
    readonly because: 'layer' | 'bytes';
    readonly until: Instant;
    readonly sha256: string;
    readonly inner: string | null;
  } | null;
}

const say = {
  title: { zh: '补救方案：自存密封副本', en: 'Remedy: the bidder’s own sealed copy' },
  says: {
    zh: '招标文件规定：平台存储的密封文件损坏的，由投标人在时限内提交自存副本；只收与截止前签名摘要一致的文件，内容不能改动，也不提前泄露。其他投标照常解密，等待期间暂不唱标。（电子招标投标办法第三十一条）',
    en: 'The documents provide: where the stored file of a bid is damaged, its bidder hands in its own copy within the limit. Only bytes whose digest it signed before the deadline are taken. The other bids are decrypted meanwhile; reading waits. (E-tendering Measures, art. 31)',
  },
  waits: { zh: '等待提交密封副本', en: 'its sealed copy is awaited' },
  missed: { zh: '时限内未提交，视为撤回（非投标人原因）', en: 'none came in time: withdrawn, not through the bidder' },
  left: { zh: '提交副本的剩余时间', en: 'Time left for the copy' },
  ownBytes: { zh: '请提交贵单位自存的密封副本', en: 'Hand in your own sealed copy' },
  ownBytesSays: {
    zh: '平台存储的这份投标文件已损坏，与回执不符，责任不在贵单位。提交密封时保存的副本，即按正常投标继续开标。',
    en: 'The file that the platform stores of your bid is damaged, through no fault of yours. Hand in the copy you saved when you sealed and the bid is opened as any other.',
  },
  ownLayer: { zh: '密钥丢失？可提交内层密封副本', en: 'Lost the key? Hand in the inner sealed copy' },
  ownLayerSays: {
    zh: '密封时另存的内层副本（inner-….age）可以代替密钥，须在解密时限内提交。里面仍由开标委员会共同开启。',
    en: 'The inner copy you saved when you sealed (inner-….age) stands for the key, within the time to decrypt. What is inside still waits for the council.',
  },
  file: { zh: '选择保存的副本（….age 或 ….sealed-bid）', en: 'Choose the copy you saved (….age or ….sealed-bid)' },
  send: { zh: '签名并提交副本', en: 'Sign and hand it in' },
  signs: { zh: '提交时用下方选定的证书密钥签名。', en: 'It is signed with the certificate key chosen here below.' },
  bar: { zh: '提交副本', en: 'Handing in the copy' },
  done: { zh: '副本已提交，正在继续开标。', en: 'The copy was taken; the opening goes on.' },
} satisfies Texts;

const kinds: Readonly<Record<'sealed' | 'inner', Words>> = {
  sealed: { zh: '已提交密封副本，摘要一致', en: 'handed in its sealed copy; the digest is the one signed' },
  inner: { zh: '已提交内层密封副本，摘要一致', en: 'handed in the inner sealed copy; the digest is the one signed' },
};

/** Whose copy is awaited, and what came: for everybody. Nothing while no bid needs it. */
export function remedyCard(view: View, remedies: Remedies | null): Html {
  if (!remedies || remedies.lines.length === 0) return nothing;
  const lines = remedies.lines.map(
    (line): part.Fact => ({
      label: line.name,
      value: view.t(line.kind ? kinds[line.kind] : line.state === 'waits' ? say.waits : say.missed),
      ...(line.appliedAt ? { note: part.time(view, line.appliedAt, 'time') } : {}),
    }),
  );
  const waiting = remedies.lines.filter((line) => line.state === 'waits');
  const clocks = each(waiting, (line) =>
    line.until ? part.countdown(view, { until: line.until, label: say.left, size: 'large' }) : nothing,
  );
  return part.card(view, {
    title: say.title,
    body: html`<div class="stack">${clocks}${part.facts(view, lines)}<p class="sub">${view.t(say.says)}</p></div>`,
  });
}

/** What is asked of the bidder that reads. It moves with the hall; the file is chosen in the desk that stands still (src/browser/copy-desk.ts). */
export function ownCopyCard(view: View, remedies: Remedies | null): Html {
  const own = remedies?.own;
  if (!own) return nothing;
  const inner = own.inner === null ? nothing : html` data-inner="${own.inner}"`;
  const layer = own.because === 'layer';
  return html`<div data-copy-own data-hall-key data-because="${own.because}" data-lot="${own.lot}" data-part="${own.part}" data-submission="${own.submission}" data-bidder="${own.bidder}" data-sha256="${own.sha256}"${inner}>${
    layer
      ? nothing
      : part.card(view, {
          title: say.ownBytes,
          body: html`<div class="stack">${part.countdown(view, { until: own.until, label: say.left })}<p class="sub">${view.t(say.ownBytesSays)}</p></div>`,
        })
  }</div>`;
}

/** The choice of the copy. It stands outside the regions that move. */
export function copyDesk(view: View, holder: string | null): Html {
  if (holder === null) return nothing;
  const fields = html`<div class="stack" data-copy-fields><p class="sub" data-copy-layer hidden>${view.t(say.ownLayerSays)}</p><label class="field"><span class="field-label">${view.t(say.file)}</span><input class="form-control" type="file" accept=".age,.sealed-bid" data-copy-file></label><p class="field-wrong" role="alert" data-copy-wrong hidden></p><p class="sub">${view.t(say.signs)}</p><div data-copy-sending hidden>${part.progress(view, { id: 'copy', label: say.bar, value: 0, max: 1, unit: 'bytes' })}</div><div class="form-actions"><button class="btn btn-primary" type="button" data-copy-send>${part.icon(view, 'upload')}<span>${view.t(say.send)}</span></button></div></div><p role="status" data-copy-done hidden>${view.t(say.done)}</p>`;
  return html`<div data-copy-desk data-csrf="${view.csrf}" hidden>${part.card(view, {
    body: html`<details data-copy-details><summary>${view.t(say.ownLayer)}</summary>${fields}</details>`,
  })}</div>`;
}
