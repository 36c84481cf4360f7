import type { Words } from '../../src/kernel/words.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { card, icon, notice, pageHead, signerPart, stack } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '联合体成员签名', en: 'Sign as a member of a joint venture' },
  below: {
    zh: '牵头人交来的待签文件在本浏览器内打开、查看、签名；文件和签名都不发送到平台，开标以前任何人都不知道贵单位参加了哪个投标。',
    en: 'What the lead handed you is opened, looked at and signed in this browser. Neither the file nor your signature is sent: nobody learns before the opening that you take part.',
  },
  back: { zh: '我的投标', en: 'My bids' },
  file: { zh: '牵头人的待签文件（….joint-signing.json）', en: 'The lead’s file (….joint-signing.json)' },
  look: { zh: '请逐项核对', en: 'Look at all of it' },
  once: {
    zh: '签名即表示贵单位作为联合体成员参加本次投标：不得再以自己名义单独投标，也不得参加其他联合体，否则相关投标均被否决。',
    en: 'By signing your organisation takes part as a member: it may not bid alone as well or in another joint venture, or all of those bids are rejected.',
  },
  files: {
    zh: '附件只列名称和摘要。请向牵头人索取附件并核对 SHA-256。',
    en: 'Attachments are named with their digests: ask the lead for them and compare the SHA-256.',
  },
  sign: { zh: '签名并下载签名文件', en: 'Sign and save the signature' },
} satisfies Texts;

/** Where a member signs what its lead made. Everything happens in the browser. */
export function jointSigningPage(
  { holder, fields }: { readonly holder: string; readonly fields: readonly { readonly key: string; readonly label: Words }[] },
  view: View,
): Html {
  const labels = JSON.stringify(Object.fromEntries(fields.map(({ key, label }) => [key, view.t(label)])));
  return layout(view, {
    title: view.t(say.title),
    section: '/bids',
    scripts: ['joint-signing.js'],
    main: html`${pageHead(view, { title: say.title, below: view.t(say.below), back: { href: '/bids', label: say.back } })}
<div class="stack" data-joint-signing data-labels="${labels}">${card(view, {
      body: html`<div class="field"><label class="field-label" for="joint-file">${view.t(say.file)}</label><input class="form-control" type="file" id="joint-file" accept=".json,application/json" data-signing-file></div>
<p class="field-wrong" role="alert" data-wrong hidden></p>`,
    })}<div data-shown hidden>${card(view, {
      title: say.look,
      body: stack(
        html`<dl class="facts facts-list" data-content></dl>`,
        html`<p class="sub">${view.t(say.files)}</p>`,
        notice(view, 'now', say.once),
        signerPart(view, { holder }),
        html`<div class="form-actions"><button class="btn btn-primary" type="button" data-sign>${icon(view, 'writing-sign')}<span>${view.t(say.sign)}</span></button></div>`,
        html`<p class="verdict verdict-verified" role="status" data-done hidden></p>`,
      ),
    })}</div></div>`,
  });
}
