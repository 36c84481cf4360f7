import { type Html, html, nothing } from '../html.ts';
import { card, icon, signerPart, stack } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '本次使用的密钥', en: 'The keys you use' },
  own: { zh: '自存解密密钥', en: 'Own decryption key' },
  ownSays: {
    zh: '用来随时重新打开自己的投标文件；万一开标委员会失效，也靠它打开。它在本浏览器内生成（age 格式，AGE-SECRET-KEY-1…），不发送到平台，遗失后无法找回，只能重新密封。也可用通用的 age 工具解密。',
    en: 'With it you can open your own bid again at any time, and it is the way to open it should the council ever be lost. It is made in this browser (an age key, AGE-SECRET-KEY-1…) and never sent; nobody can bring a lost one back. The stock age tool opens with it too.',
  },
  kept: { zh: '本浏览器记住的密钥', en: 'The one this browser remembers' },
  make: { zh: '生成新密钥，并下载保存', en: 'Make a new one and save it' },
  makeButton: { zh: '生成并下载', en: 'Make and download' },
  file: { zh: '使用已保存的密钥文件', en: 'Use a file I saved' },
  remember: { zh: '同时记在本浏览器，下次免选（公用电脑请勿勾选）', en: 'Remember it in this browser (not on a shared computer)' },
  chosen: { zh: '公钥（加密给）：', en: 'Public half (sealed to): ' },
} satisfies Texts;

/** The keys of the desk (or, `alone`, of the offline page: nothing is kept there and nothing leads to the platform), chosen once and used by every step: the signing key (while something may be signed) and the own age identity. */
export function keysCard(view: View, keys: { readonly holder: string; readonly signs: boolean; readonly alone?: boolean }): Html {
  return card(view, {
    id: 'keys',
    title: say.title,
    body: stack(keys.signs ? signerPart(view, { holder: keys.holder, alone: keys.alone === true }) : nothing, ownKey(view)),
  });
}

const radio = (value: string, label: string): Html =>
  html`<label class="form-check"><input class="form-check-input" type="radio" name="own-key-from" value="${value}"><span class="form-check-label">${label}</span></label>`;

function ownKey(view: View): Html {
  return html`<fieldset class="field" data-own-key>
<legend class="field-label">${view.t(say.own)}</legend>
<p class="field-hint">${view.t(say.ownSays)}</p>
<div data-own-key-kept hidden>${radio('kept', view.t(say.kept))}</div>
${radio('new', view.t(say.make))}
<div data-own-key-new hidden><button class="btn" type="button" data-own-key-make>${icon(view, 'key')}<span>${view.t(say.makeButton)}</span></button></div>
${radio('file', view.t(say.file))}
<div data-own-key-file hidden><input class="form-control" type="file" accept=".txt,.key,.age" aria-label="${view.t(say.file)}"></div>
<label class="form-check" data-own-key-remember hidden><input class="form-check-input" type="checkbox" checked><span class="form-check-label">${view.t(say.remember)}</span></label>
<p class="sub" data-own-key-chosen role="status" hidden>${view.t(say.chosen)}<code class="whole-code"></code></p>
<p class="field-wrong" data-own-key-wrong role="alert" hidden></p>
</fieldset>`;
}
