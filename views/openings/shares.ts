import type { AskedOf } from '../../src/openings/share-reads.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import { markTemplates } from '../openness/mark-templates.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '当场给出份额', en: 'Give a share by hand' },
  below: {
    zh: '托管程序不在线时，托管人在这里自己核查并给出份额。核查在本浏览器内进行，规则与托管程序相同；密钥和口令不会离开本机。',
    en: 'When your custodian’s program is not running, you check and give the share here. The checks run in this browser and are the program’s own; key and passphrase never leave this machine.',
  },
  key: { zh: '密钥与信任', en: 'Key and trust' },
  keyFile: { zh: '托管人密钥文件', en: 'Trustee key file' },
  passphrase: { zh: '口令', en: 'Passphrase' },
  trust: { zh: '信任文件（trust.json）', en: 'Trust file (trust.json)' },
  trustHint: {
    zh: '由您所在机构保管，写明相信哪些公钥；不从平台获取。第一次使用后保存在本浏览器。',
    en: 'Kept by your institution: which keys it believes. It does not come from the platform; after the first use this browser keeps it.',
  },
  kept: { zh: '本浏览器已保存信任文件。', en: 'This browser keeps a trust file.' },
  tasks: { zh: '待答复的任务', en: 'What you are asked for' },
  none: { zh: '现在没有待答复的任务', en: 'Nothing is asked of you now' },
  noneSays: { zh: '开标或抽取时，任务会出现在这里。', en: 'Tasks appear here when a lot is opened or a draw is asked for.' },
  opening: { zh: '共同解密', en: 'Opening' },
  draw: { zh: '抽取', en: 'Draw' },
  since: { zh: '提出于', en: 'Asked' },
  check: { zh: '逐项核查', en: 'Check' },
  give: { zh: '给出份额', en: 'Give the share' },
  checks: { zh: '核查结果', en: 'What was checked' },
  script: { zh: '核查在浏览器内完成，需要启用脚本。', en: 'The checks run in the browser and need scripts.' },
  once: {
    zh: '同一把密钥只应有一处记忆：请勿一边运行托管程序，一边在这里答复同一标段。',
    en: 'One key, one memory: do not answer here for a lot that your program answers too.',
  },
} satisfies Texts;

/** A trustee's page: the questions to its council, each judged in the browser before a share is given. `src/browser/share-entry.ts` makes it work. */
export function sharesPage(view: View, asked: readonly AskedOf[]): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/shares',
    scripts: ['share.js'],
    main: html`${part.pageHead(view, { title: view.t(say.title), below: view.t(say.below) })}
<noscript>${part.notice(view, 'now', say.script)}</noscript>
<div class="stack" data-shares data-csrf="${view.csrf}">
${part.notice(view, 'plain', say.once)}
${asked.length > 0 ? keyCard(view) : nothing}
${asked.length > 0 ? each(asked, (task) => taskCard(view, task)) : part.card(view, { title: say.tasks, body: part.empty(view, { title: say.none, says: say.noneSays, icon: 'key' }) })}
</div>${markTemplates(view)}`,
  });
}

const keyCard = (view: View): Html =>
  part.card(view, {
    title: say.key,
    body: html`<div class="fields">
<div class="field field-half"><label class="field-label" for="trustee-key">${view.t(say.keyFile)}</label><input class="form-control" type="file" id="trustee-key" accept=".age"></div>
<div class="field field-half"><label class="field-label" for="trustee-passphrase">${view.t(say.passphrase)}</label><input class="form-control" type="password" id="trustee-passphrase" autocomplete="off"></div>
<div class="field"><label class="field-label" for="trustee-trust">${view.t(say.trust)}</label><input class="form-control" type="file" id="trustee-trust" accept=".json,application/json"><p class="field-hint">${view.t(say.trustHint)} <span data-trust-kept hidden>${view.t(say.kept)}</span></p></div>
</div>`,
  });

const taskCard = (view: View, task: AskedOf): Html =>
  part.card(view, {
    title: task.kind === 'opening' ? say.opening : say.draw,
    beside: html`<a href="/lots/${task.lot}/hall">${task.number}</a>`,
    now: true,
    body: html`<div class="stack" data-task="${task.task}" data-trustee="${String(task.trustee)}"><p>${task.name}</p><p class="sub">${task.council} · ${view.t(say.since)} ${part.time(view, task.askedAt)}</p>
<div class="form-actions"><button class="btn btn-primary needs-script" type="button" data-check>${part.icon(view, 'list-check')}<span>${view.t(say.check)}</span></button><button class="btn needs-script" type="button" data-give hidden>${part.icon(view, 'key')}<span>${view.t(say.give)}</span></button></div>
<ul class="plain checks" data-checks aria-live="polite" aria-label="${view.t(say.checks)}"></ul></div>`,
  });
