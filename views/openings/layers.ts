import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

type LayerState = 'waits' | 'removed' | 'revoked' | 'withdrawn' | 'asked' | 'settling';

/** The bidders' part of an opening (policy `bidder+council`), as the hall shows it. */
export interface Layers {
  readonly open: boolean;
  readonly until: Instant;
  readonly minutes: number;
  readonly lines: readonly {
    readonly submission: string;
    readonly name: string;
    readonly state: LayerState;
    readonly removedAt: Instant | null;
    readonly disputed: boolean;
  }[];
  readonly own: {
    readonly lot: string;
    readonly submission: string;
    readonly bidder: string;
    readonly cover: string;
    readonly disputed: boolean;
  } | null;
  readonly mayRule: boolean;
}

const say = {
  title: { zh: '投标人解密', en: 'Decryption by bidders' },
  left: { zh: '距解密截止', en: 'Time left to decrypt' },
  done: { zh: '已解密', en: 'Decrypted' },
  ends: {
    zh: '逾期未解密：投标人原因视为撤销，非投标人原因视为撤回；不影响其他投标人。（电子招标投标办法第三十一条）',
    en: 'Not in time: revoked if through the bidder, withdrawn if not; the others go on. (E-tendering Measures, art. 31)',
  },
  ownTitle: { zh: '请解密贵单位的投标文件', en: 'Decrypt your bid' },
  ownSays: {
    zh: '密钥不离开本浏览器；只提交外层的一次性密钥，解除后仍须开标委员会共同开启。',
    en: 'Your key stays in this browser. Only the one-time key of the outer layer is sent; what is inside still waits for the council.',
  },
  remove: { zh: '解密', en: 'Decrypt' },
  key: { zh: '自存解密密钥', en: 'Your decryption key' },
  keyFile: { zh: '选择密封时保存的密钥文件', en: 'Choose the key file you saved when you sealed' },
  kept: {
    zh: '本浏览器记住了密钥，直接点“解密”即可；也可另选文件。',
    en: 'This browser remembers a key: just press “Decrypt”, or choose a file.',
  },
  trouble: { zh: '因平台原因无法解密？', en: 'Does the platform keep you from it?' },
  text: { zh: '说明情况', en: 'What happens' },
  dispute: { zh: '签名声明', en: 'Declare it, signed' },
  disputed: { zh: '已声明系平台原因；时限内仍可解密。', en: 'You have declared it; you may still decrypt in time.' },
  rule: { zh: '认定', en: 'Rule' },
  whose: { zh: '原因', en: 'Whose doing' },
  bidder: { zh: '投标人原因（视为撤销）', en: 'The bidder’s (revoked)' },
  platform: { zh: '非投标人原因（视为撤回）', en: 'Not the bidder’s (withdrawn)' },
  ground: { zh: '理由', en: 'Reason' },
} satisfies Texts;

const stateWords: Readonly<Record<LayerState, Words>> = {
  waits: { zh: '待解密', en: 'waiting' },
  removed: { zh: '已解密', en: 'decrypted' },
  revoked: { zh: '视为撤销', en: 'revoked' },
  withdrawn: { zh: '视为撤回', en: 'withdrawn' },
  settling: { zh: '未解密，待探测方陈述后归因', en: 'not decrypted; the probes are still to speak' },
  asked: { zh: '原因待认定', en: 'to be ruled' },
};
const declared: Words = { zh: '已声明平台原因', en: 'declares it is the platform' };

/** The bidders' time as it runs out, and how many have decrypted. */
export function layersClock(view: View, layers: Layers): Html {
  const done = layers.lines.filter((line) => line.state === 'removed').length;
  const clock = layers.open ? part.countdown(view, { until: layers.until, label: say.left, size: 'large' }) : nothing;
  return html`${clock}${part.progress(view, { label: say.done, value: done, max: layers.lines.length, unit: 'steps' })}`;
}

/** Who has decrypted and who has not, for everybody, with the clock; whoever may rule does it here. */
export function layersCard(view: View, lot: string, layers: Layers, session: string | null): Html {
  const lines = layers.lines.map(
    (line): part.Fact => ({
      label: line.name,
      value: `${view.t(stateWords[line.state])}${line.disputed && line.state !== 'removed' ? ` · ${view.t(declared)}` : ''}`,
      ...(line.removedAt ? { note: part.time(view, line.removedAt, 'time') } : {}),
    }),
  );
  const asked = layers.mayRule ? layers.lines.filter((line) => line.state === 'asked') : [];
  return part.card(view, {
    title: say.title,
    body: html`<div class="stack">${layersClock(view, layers)}${part.facts(view, lines, 'wide')}<p class="sub">${view.t(say.ends)}</p>${each(asked, (line) => ruling(view, lot, line, session))}</div>`,
  });
}

function ruling(view: View, lot: string, line: Layers['lines'][number], session: string | null): Html {
  return part.form(view, {
    action: `/lots/${lot}/attributions`,
    submit: say.rule,
    fields: html`<p><strong>${line.name}</strong></p>${part.hidden('submission', line.submission)}${session ? part.hidden('session', session) : nothing}${part.field(
      view,
      {
        kind: 'radio',
        name: 'attributedTo',
        label: say.whose,
        required: true,
        choices: [
          { value: 'bidder', label: say.bidder },
          { value: 'platform', label: say.platform },
        ],
      },
    )}${part.field(view, { name: 'ground', label: say.ground, kind: 'textarea', required: true, rows: 2 })}`,
  });
}

/** The bidder's own panel: it decrypts with one press. The script fills in the key (src/browser/layer-desk.ts). */
export function ownLayerCard(view: View, layers: Layers | null, session: string | null): Html {
  const own = layers?.own;
  if (!layers || !own) return nothing;
  const back = session ? part.hidden('session', session) : nothing;
  const remove = part.form(view, {
    action: `/lots/${own.lot}/layer`,
    submit: say.remove,
    icon: 'lock-open',
    fields: html`${part.hidden('key', '')}${back}`,
  });
  const signed = html`${part.hidden('signature', '')}${part.hidden('at', '')}${back}`;
  const dispute = part.form(view, {
    action: `/lots/${own.lot}/layer-disputes`,
    submit: say.dispute,
    tone: 'plain',
    quiet: true,
    fields: html`${part.field(view, { name: 'text', label: say.text, kind: 'textarea', required: true, rows: 2 })}${signed}`,
  });
  const signs = html`<details><summary>${view.t(say.trouble)}</summary><div data-hall-signs="layer-dispute" data-lot="${own.lot}" data-part="" data-bidder="${own.bidder}" data-submission="${own.submission}">${dispute}</div></details>`;
  return part.card(view, {
    title: say.ownTitle,
    body: html`<div class="stack">${part.countdown(view, { until: layers.until, label: say.left })}<p class="sub">${view.t(say.ownSays)}</p><div data-layer-own data-cover="${own.cover}">${remove}</div>${own.disputed ? html`<p class="sub">${view.t(say.disputed)}</p>` : signs}</div>`,
  });
}

/** The choice of the age key. It stands outside the regions that move, as the signing desk does. */
export function layerDesk(view: View, holder: string | null): Html {
  if (holder === null) return nothing;
  return html`<div data-layer-desk data-holder="${holder}" hidden>${part.card(view, {
    title: say.key,
    body: html`<div class="stack"><p class="sub" data-layer-kept hidden>${view.t(say.kept)}</p><label class="field"><span class="field-label">${view.t(say.keyFile)}</span><input class="form-control" type="file" accept=".txt,.key,.age"></label><p class="field-wrong" role="alert" data-layer-wrong hidden></p></div>`,
  })}</div>`;
}
