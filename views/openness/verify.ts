import { each, type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { markTemplates } from './mark-templates.ts';

const say = {
  title: { zh: '自己核验', en: 'Verify it yourself' },
  below: {
    zh: '不必相信本平台。把文件拖进来，由您自己的浏览器核验；文件不会上传，断开网络也能核验。',
    en: 'You need not trust this platform. Drop a file here and your own browser checks it; nothing is uploaded, and it works offline too.',
  },
  drop: { zh: '拖入或选择文件', en: 'Drop a file here, or choose one' },
  dropHint: {
    zh: '证据包（.evidence.zip），或回执、开标、抽取、评标的 JSON 文件',
    en: 'An evidence bundle (.evidence.zip), or the JSON of a receipt, an opening, a draw or an evaluation',
  },
  key: { zh: '平台公钥', en: 'The platform’s key' },
  keyHint: {
    zh: '已填入本浏览器第一次见到的公钥。如果您从监督部门或公报得到公钥，请换成那一把：核验才不依赖本站。',
    en: 'This is the key your browser saw first. If the supervisor or the gazette gave you one, put it here: then the check does not rest on this site.',
  },
  result: { zh: '核验结果', en: 'Result' },
  waiting: { zh: '还没有文件', en: 'No file yet' },
  script: {
    zh: '在浏览器内核验需要脚本。也可以用命令行，在任何一台电脑上：',
    en: 'Checking in the browser needs scripts. The command line does the same on any computer:',
  },
  what: { zh: '可以核验什么', en: 'What can be verified' },
  file: { zh: '文件', en: 'The file' },
  where: { zh: '从哪里得到', en: 'Where it comes from' },
  checks: { zh: '核验哪些事', en: 'What is checked' },
  command: { zh: '命令', en: 'The command' },
  journal: { zh: '存证日志', en: 'The journal' },
  clients: { zh: '投标程序', en: 'Sealing clients' },
  alone: { zh: '不在本站核验', en: 'Verify away from this site' },
  aloneSays: {
    zh: '两个文件，各自独立，不连接任何网络；由源代码可构建出逐字节相同的文件。',
    en: 'Two files, each complete in itself and connecting to nothing; anyone builds the same bytes from the sources.',
  },
  alonePage: { zh: '核验网页（存盘后打开）', en: 'The page (keep it, then open it)' },
  aloneProgram: { zh: '核验程序（Node.js 20 起）', en: 'The program (Node.js 20 or newer)' },
} satisfies Texts;

interface Proof {
  readonly id: string;
  readonly title: Words;
  readonly file: Words;
  readonly where: Words;
  readonly checks: readonly Words[];
  readonly command: string;
}

const proofs: readonly Proof[] = [
  {
    id: 'bundle',
    title: { zh: '整个招标：证据包', en: 'A whole tender: the evidence bundle' },
    file: { zh: '编号.evidence.zip', en: 'number.evidence.zip' },
    where: {
      zh: '公告发布起，在标段的“证据包”页：公开版人人可下载，监管版由监管部门留痕调取。',
      en: 'From the notice on, on the lot’s page of evidence: the public edition for everyone, the regulator’s taken on record.',
    },
    checks: [
      {
        zh: '平台与见证方的签名，每个事件都在日志里、顺序没有动过',
        en: 'Signatures of the platform and its witnesses; every event is in the journal, in its order',
      },
      {
        zh: '截止以后没有收标，截止以前没有开标，开标名单正是截标时的名单',
        en: 'No bid after the deadline, no opening before it, and exactly the closing list was opened',
      },
      { zh: '抽取、评分、排序和定标重新计算一遍', en: 'Draws, scores, ranking and award are computed again' },
    ],
    command: 'npx yangguang verify NUMBER.evidence.zip --key KEY',
  },
  {
    id: 'receipt',
    title: { zh: '没有一份被丢掉：回执', en: 'No bid was dropped: the receipt' },
    file: { zh: '回执 JSON', en: 'the receipt’s JSON' },
    where: {
      zh: '每个日志编号都通到它的回执；投标人递交后即可下载自己的。',
      en: 'Every journal number leads to one; bidders download theirs on submission.',
    },
    checks: [
      { zh: '检查点由平台签名', en: 'The checkpoint is signed by the platform' },
      { zh: '事件一字不差地在日志的这个位置', en: 'The event stands at its place in the journal, word for word' },
      {
        zh: '投标的回执还写明：谁投哪个标段、加密文件的摘要、用哪个版本的程序密封、是否先行承诺',
        en: 'A bid’s receipt says besides whose bid it is and for which lot, the digests of the sealed files, which build sealed them, and whether the bytes were still to come',
      },
    ],
    command: 'npx yangguang verify receipt.json --key KEY',
  },
  {
    id: 'opening',
    title: { zh: '没有人提前看过：开标', en: 'Nobody looked early: the opening' },
    file: { zh: '开标解密记录 JSON', en: 'the opening transcript' },
    where: { zh: '开标后，在 /api/lots/标段/opening。', en: 'After an opening, at /api/lots/LOT/opening.' },
    checks: [
      { zh: '委员会各成员的公钥合成总公钥', en: 'The trustees’ shares lead to the council’s key' },
      { zh: '达到门限的托管人给出了份额，每个份额的证明成立', en: 'Enough trustees answered, and the proof of every share holds' },
      { zh: '每份投标为本标段、本部分、该投标人加密', en: 'Every item was sealed for this lot, part and bidder' },
    ],
    command: 'npx yangguang verify opening.json',
  },
  {
    id: 'draw',
    title: { zh: '抽取没有人能左右：抽取记录', en: 'Nobody steered the draw: its transcript' },
    file: { zh: '抽取记录 JSON', en: 'the draw’s transcript' },
    where: {
      zh: '抽取完成后，在标段的抽取页或 /api/lots/标段/draws。',
      en: 'After a draw, on the lot’s page of draws or at /api/lots/LOT/draws.',
    },
    checks: [
      { zh: '名单先封存，再由委员会共同产生随机数', en: 'The list was fixed first; then the council made the number together' },
      { zh: '由随机数重新计算，抽中的正是这些', en: 'Computed again from the number, the same are drawn' },
    ],
    command: 'npx yangguang verify draw.json',
  },
  {
    id: 'ranking',
    title: { zh: '名次算得对：评标数据', en: 'The ranking is right: the evaluation' },
    file: { zh: '评标数据 JSON', en: 'the evaluation’s JSON' },
    where: { zh: '候选人公示后，在标段的评标页和证据包里。', en: 'With the candidates, on the lot’s evaluation page and in the bundle.' },
    checks: [
      {
        zh: '按公告的办法，从报价、评审和评分重新计算，排序一致',
        en: 'By the published method, prices, reviews and scores give the same ranking',
      },
    ],
    command: 'npx yangguang rank evaluation.json',
  },
  {
    id: 'paper',
    title: { zh: '文书没有被改过：一份 PDF', en: 'A paper was not altered: one PDF' },
    file: { zh: '公告、开标记录、评标报告、中标通知书等 PDF', en: 'the PDF of a notice, record, report or award' },
    where: {
      zh: '标段的文书页；文书首页的二维码通向平台登记的同一份文书。',
      en: 'On the lot’s page of papers; the code on the first page leads to the same paper as registered here.',
    },
    checks: [{ zh: '由它自带的数据重新生成，逐字节相同', en: 'Made again from its own data, it is the same byte for byte' }],
    command: 'npx yangguang paper FILE.pdf',
  },
];

/** /verify: any file of the protocol, checked in the reader's own browser. */
export function verifyPage(view: View): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/verify',
    scripts: ['verify.js'],
    main: html`${markTemplates(view)}${part.pageHead(view, {
      title: say.title,
      below: view.t(say.below),
      actions: html`${part.linkButton(view, { href: '/journal', label: say.journal, icon: 'history' })} ${part.linkButton(view, { href: '/clients', label: say.clients, icon: 'lock' })}`,
    })}
${part.columns({
  main: html`${dropCard(view)}${aloneCard(view)}`,
  right: part.card(view, { title: say.result, body: resultBody(view) }),
})}
<section class="promises proofs"><h2>${view.t(say.what)}</h2>${part.grid(...proofs.map((proof) => proofCard(view, proof)))}</section>`,
  });
}

function dropCard(view: View): Html {
  return part.card(view, {
    body: html`<div class="stack">
<noscript>${part.notice(view, 'now', say.script)}<p><code class="command">npx yangguang verify FILE --key KEY</code></p></noscript>
<div class="drop needs-script" data-verify-drop>${part.icon(view, 'file-certificate')}<label class="drop-label" for="verify-file">${view.t(say.drop)}</label><p class="sub" id="verify-file-hint">${view.t(say.dropHint)}</p>
<input class="form-control" type="file" id="verify-file" accept=".json,.zip,application/json,application/zip" aria-describedby="verify-file-hint"></div>
<div class="field needs-script"><label class="field-label" for="verify-key">${view.t(say.key)}</label><input class="form-control" id="verify-key" type="text" spellcheck="false" autocomplete="off" data-verify-key aria-describedby="verify-key-hint"><p class="field-hint" id="verify-key-hint">${view.t(say.keyHint)}</p></div></div>`,
  });
}

const aloneCard = (view: View): Html =>
  part.card(view, {
    title: say.alone,
    body: html`<div class="stack"><p class="sub">${view.t(say.aloneSays)}</p><p>${part.linkButton(view, { href: '/verify/yangguang-verify.html', label: say.alonePage, icon: 'file-certificate', small: true, download: true })} ${part.linkButton(view, { href: '/verify/yangguang-verify.mjs', label: say.aloneProgram, icon: 'download', small: true, download: true })}</p><p><code class="command">node yangguang-verify.mjs FILE --key KEY</code></p></div>`,
  });

const resultBody = (view: View): Html =>
  html`<div class="stack" data-verify-result tabindex="-1" role="region" aria-live="polite" aria-label="${view.t(say.result)}">${part.verifyMark(view, { verdict: 'unchecked', says: say.waiting })}</div>`;

function proofCard(view: View, proof: Proof): Html {
  return part.card(view, {
    id: proof.id,
    title: proof.title,
    body: html`${part.facts(view, [
      { label: say.file, value: view.t(proof.file) },
      { label: say.where, value: view.t(proof.where) },
      { label: say.checks, value: html`<ul class="bullets">${each(proof.checks, (check) => html`<li>${view.t(check)}</li>`)}</ul>` },
      { label: say.command, value: html`<code class="command">${proof.command}</code>` },
    ])}`,
  });
}
