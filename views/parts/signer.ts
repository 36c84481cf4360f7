import { type Html, html, nothing } from '../html.ts';
import type { View, Words } from '../view.ts';
import { notice } from './problem.ts';

const say = {
  legend: { zh: '用哪把密钥签名', en: 'Which key signs' },
  remembered: { zh: '本浏览器保存的密钥', en: 'A key kept in this browser' },
  file: { zh: '密钥文件（.p12；国密 SM2 为 .pem）', en: 'Key file (.p12; .pem for SM2)' },
  passphrase: { zh: '密钥文件口令', en: 'Passphrase of the key file' },
  never: { zh: '密钥和口令只在本浏览器内使用，不会发送到平台。', en: 'Key and passphrase stay in this browser; nothing of them is sent.' },
  none: { zh: '没有可用的证书？', en: 'No certificate yet?' },
  make: { zh: '申请证书', en: 'Make one' },
  script: { zh: '签名在浏览器内完成，需要启用脚本。', en: 'Signing happens in the browser and needs scripts.' },
  noFile: { zh: '请选择密钥文件。', en: 'Choose a key file.' },
  wrongHolder: { zh: '该证书不属于当前单位或本人。', en: "This certificate is not this organisation's, or not yours." },
  expired: { zh: '该证书已过期或尚未生效。', en: 'This certificate has expired or is not yet valid.' },
} satisfies Record<string, Words>;

/**
 * Where a page asks for a signature: the keys this browser keeps, or a key file with its passphrase. `src/browser/signer.ts` makes it work:
 * `signerChoice(element).signer()`. Only certificates of `holder` (organisation code or user id) are taken; where it is empty, those of any organisation.
 */
export function signerPart(view: View, signing: { readonly holder: string; readonly alone?: boolean }): Html {
  return html`<fieldset class="signer field" data-signer data-holder="${signing.holder}" data-now="${view.now}" data-lang="${view.lang}" data-no-file="${view.t(say.noFile)}" data-wrong-holder="${view.t(say.wrongHolder)}" data-expired="${view.t(say.expired)}">
<legend class="field-label">${view.t(say.legend)}</legend>
<noscript>${notice(view, 'now', say.script)}</noscript>
<div data-signer-kept hidden>
  <label class="form-check"><input class="form-check-input" type="radio" name="signer-from" value="kept"><span class="form-check-label">${view.t(say.remembered)}</span></label>
  <select class="form-select" data-signer-key aria-label="${view.t(say.remembered)}"></select>
</div>
<label class="form-check"><input class="form-check-input" type="radio" name="signer-from" value="file" checked><span class="form-check-label">${view.t(say.file)}</span></label>
<div class="fields" data-signer-file>
  <div class="field field-half"><label class="field-label" for="signer-file">${view.t(say.file)}</label><input class="form-control" type="file" id="signer-file" accept=".p12,.pfx,.pem"></div>
  <div class="field field-half"><label class="field-label" for="signer-passphrase">${view.t(say.passphrase)}</label><input class="form-control" type="password" id="signer-passphrase" autocomplete="off"></div>
</div>
<p class="field-hint">${view.t(say.never)}${signing.alone === true ? nothing : html` ${view.t(say.none)} <a href="/certificates">${view.t(say.make)}</a>`}</p>
<p class="field-wrong" data-signer-wrong role="alert" hidden></p>
</fieldset>`;
}
