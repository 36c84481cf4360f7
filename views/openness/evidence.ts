import type { ShownBundle, ShownEvidence, ShownTaking } from '../../src/openness/evidence-page-reads.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '证据包', en: 'The evidence bundle' },
  below: {
    zh: '一个文件，任何人都可以离线重新核验这个招标：不需要本平台的服务器和数据库。',
    en: 'One file with which anyone can recheck this tender offline, with neither our server nor our database.',
  },
  publicTitle: { zh: '公开版', en: 'Public edition' },
  publicSays: {
    zh: '此刻人人可见的全部事件，各附盐值和收录证明；开标、抽取、评标、定标的记录。人人相同。',
    en: 'Every event that everyone may see now, each with its salt and its proof of inclusion; the transcripts of opening and draws, the evaluation, the award. The same for everybody.',
  },
  publicLacks: {
    zh: '不含解开投标文件的密钥。其他未公开的事件只以散列列明，各附理由。',
    en: 'It leaves out the keys to the bids. Other events that are not public stand in it only as their hash, each with its reason.',
  },
  beforeOpening: {
    zh: '开标以前，谁投标、有几家，对任何人都保密：未公开的事件连数目也不列。',
    en: 'Before the opening nobody learns who bids, or how many: what is withheld is not even counted.',
  },
  regulatorTitle: { zh: '监管版', en: 'Regulator’s edition' },
  regulatorSays: {
    zh: '另含监管部门依职权可见的内容，如领取文件、被拒绝的操作、评标报告提交后的个人评审，以及封装的投标密钥，可据以核对每份投标文件的标签和解封。开标以前它与公开版一样不含投标。',
    en: 'It holds besides what the supervisor may see by its office: documents collected, refusals, the members’ reviews once the report is in, and the wrapped keys of the bids, with which labels and unwrapping can be checked. Before the opening it knows as little of the bids as the public one.',
  },
  regulatorOnly: {
    zh: '只提供给本地区的监管部门；每次调取都写入日志：谁、何时、为何。',
    en: 'It is given to the supervisor of the region alone, and each taking goes into the journal: who, when and why.',
  },
  take: { zh: '调取监管版', en: 'Take the regulator’s edition' },
  ground: { zh: '调取理由', en: 'Why you take it' },
  groundHint: { zh: '例如：办理投诉，需复核评标', en: 'For example: a complaint asks for the evaluation to be rechecked' },
  yours: { zh: '您调取过的', en: 'What you have taken' },
  noneTaken: { zh: '您还没有调取过。', en: 'You have not taken it yet.' },
  because: { zh: '理由', en: 'Ground' },
  waiting: {
    zh: '最新事件正在等待见证人会签，请稍候再来。',
    en: 'The newest entries wait for their witnesses; come back in a moment.',
  },
  download: { zh: '下载', en: 'Download' },
  downloadPublic: { zh: '下载公开版', en: 'Download the public edition' },
  events: { zh: '载有事件', en: 'Events it holds' },
  withheld: { zh: '只列散列的事件', en: 'Withheld, as hashes' },
  proven: { zh: '检查点', en: 'Checkpoint' },
  entries: { zh: '日志前 {size} 项，签名：', en: 'the journal’s first {size} entries, signed by ' },
  same: {
    zh: '日志不变，下载的文件逐字节相同，可与这里的 SHA-256 比对。',
    en: 'While the journal stands still every download has the same bytes: compare them with this SHA-256.',
  },
  verify: { zh: '怎样核验', en: 'How to verify it' },
  inPage: {
    zh: '一个网页文件，存到电脑上，断网也能用：把证据包拖进去',
    en: 'One page in one file: keep it, open it from your disk, offline, and drop the bundle on it',
  },
  page: { zh: '下载核验网页', en: 'The page to keep' },
  byNode: {
    zh: '或用 Node.js（20 或更高），一个文件，不用安装任何东西',
    en: 'Or with Node.js (20 or newer), one file, nothing to install',
  },
  program: { zh: '下载核验程序', en: 'The program' },
  here: { zh: '或就在本站，由您的浏览器核验', en: 'Or here, in your own browser' },
  key: {
    zh: '平台公钥（请以您自己记下或监督部门给出的为准）',
    en: 'The platform’s key (trust the one that you noted down yourself, or that the supervisor gave you)',
  },
  shows: { zh: '核验证明什么', en: 'What verifying establishes' },
  hides: { zh: '一个文件自己证明不了什么', en: 'What a file cannot show by itself' },
} satisfies Texts;

const establishes: readonly Words[] = [
  {
    zh: '每个事件都在平台和见证人签名的日志里，一字未改，先后未动。',
    en: 'Every event stands in the journal that platform and witnesses signed, word for word and in its order.',
  },
  {
    zh: '没有迟到的投标；截标以前没有开标；开标名单正是截标时的名单。',
    en: 'No bid was late, nothing was opened before the closing, and exactly the closing list was opened.',
  },
  {
    zh: '开标由达到门限的几家机构共同完成，每家的份额都有证明。',
    en: 'Enough institutions opened it together, and each proved its share.',
  },
  {
    zh: '抽取、评分、排序、定标重新计算，结果一致。',
    en: 'Draws, scores, ranking and award come out the same when they are computed again.',
  },
];
const cannot: readonly Words[] = [
  {
    zh: '平台公钥、证书机构是真的：请与您自己掌握的核对。',
    en: 'That the platform’s key and the certificate authority are the real ones: compare them with what you hold.',
  },
  {
    zh: '没有遗漏事件：事件以加盐散列入日志，外人看不出缺了什么；但当事人持有回执，缺了他的就是证据。',
    en: 'That no event was left out: leaves are blinded, so strangers cannot see a gap. The party concerned can: its receipt is the proof.',
  },
];

const reasons: Readonly<Record<ShownBundle['withheld'][number]['reason'], Words>> = {
  party: { zh: '一方当事人自己的事项', en: 'matters of one party alone' },
  evaluation: { zh: '评标成员个人的意见', en: 'what single members of the panel said' },
  supervision: { zh: '监督机关的工作', en: 'the supervisor’s work' },
  preparation: { zh: '招标人内部准备', en: 'the tenderee’s own preparation' },
};

/** /lots/:lot/evidence: what the two editions hold, their sizes and hashes, and how anyone verifies them. */
export function evidencePage(view: View, shown: ShownEvidence): Html {
  const { lot, takings } = shown;
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    section: '/verify',
    main: html`${part.pageHead(view, {
      title: say.title,
      above: html`${lot.number} · ${view.t(lot.phase)}`,
      below: view.t(say.below),
      back: { href: `/lots/${lot.id}`, label: lot.name },
    })}
${part.columns({
  main: html`${publicCard(view, shown)}${regulatorCard(view, lot.id, takings)}`,
  right: html`${verifyCard(view, shown)}${listCard(view, say.shows, establishes)}${listCard(view, say.hides, cannot)}`,
})}`,
  });
}

function publicCard(view: View, { lot, opened, bundle }: ShownEvidence): Html {
  return part.card(view, {
    title: say.publicTitle,
    body: html`<div class="stack"><p>${view.t(say.publicSays)}</p><p class="sub">${view.t(opened ? say.publicLacks : say.beforeOpening)}</p>
${bundle ? html`${bundleFacts(view, bundle, `/api/lots/${lot.id}/evidence`)}<p class="sub">${view.t(say.same)}</p>${part.linkButton(view, { href: `/api/lots/${lot.id}/evidence`, label: say.downloadPublic, icon: 'download', tone: 'primary', download: true })}` : part.notice(view, 'now', say.waiting)}</div>`,
  });
}

function regulatorCard(view: View, lot: string, takings: ShownEvidence['takings']): Html {
  return part.card(view, {
    title: say.regulatorTitle,
    id: 'regulator',
    body: html`<div class="stack"><p>${view.t(say.regulatorSays)}</p><p class="sub">${view.t(say.regulatorOnly)}</p>${takings ? taking(view, lot, takings) : nothing}</div>`,
  });
}

const taking = (view: View, lot: string, takings: readonly ShownTaking[]): Html =>
  html`${part.form(view, {
    action: `/lots/${lot}/evidence`,
    fields: part.field(view, { kind: 'text', name: 'ground', label: say.ground, hint: say.groundHint, required: true, maxlength: 300 }),
    submit: say.take,
    icon: 'eye-exclamation',
    tone: 'plain',
  })}<h3>${view.t(say.yours)}</h3>${takings.length === 0 ? html`<p class="sub">${view.t(say.noneTaken)}</p>` : each(takings, (one) => taken(view, lot, one))}`;

function taken(view: View, lot: string, { look, number, at, ground, bundle }: ShownTaking): Html {
  const when = html`<p>${part.time(view, at, 'full')} ${number === null ? nothing : part.journalNumber(view, number, `/receipts/${look}`)}<br><span class="sub">${view.t(say.because)}${part.colon(view)}${ground}</span></p>`;
  return html`<div class="stack">${when}${bundle ? bundleFacts(view, bundle, `/lots/${lot}/evidence/${look}`) : part.notice(view, 'now', say.waiting)}</div>`;
}

function bundleFacts(view: View, bundle: ShownBundle, href: string): Html {
  const withheld = bundle.withheld.map(({ reason, count }) => html`<li>${count} · ${view.t(reasons[reason])}</li>`);
  return html`${part.fileList(view, [{ name: bundle.name, bytes: bundle.bytes, sha256: bundle.sha256, href }])}${part.facts(view, [
    { label: say.events, value: bundle.events },
    ...(withheld.length > 0 ? [{ label: say.withheld, value: html`<ul class="bullets">${withheld}</ul>` }] : []),
    { label: say.proven, value: html`${view.t(say.entries, { size: bundle.size })}${each(bundle.signers, (name) => html`<br>${name}`)}` },
  ])}`;
}

function verifyCard(view: View, { lot, key, bundle }: ShownEvidence): Html {
  const name = bundle?.name ?? `${lot.number}.public.evidence.zip`;
  return part.card(view, {
    title: say.verify,
    body: html`<div class="stack"><p>${view.t(say.inPage)}</p>${part.linkButton(view, { href: '/verify/yangguang-verify.html', label: say.page, icon: 'file-certificate', download: true })}
<p>${view.t(say.byNode)}</p><p><code class="command">node yangguang-verify.mjs ${name} --key '${key}'</code></p>${part.linkButton(view, { href: '/verify/yangguang-verify.mjs', label: say.program, icon: 'download', small: true, download: true })}
<p><a href="/verify">${view.t(say.here)}</a></p><p class="sub">${view.t(say.key)}</p><p><code class="command">${key}</code></p></div>`,
  });
}

const listCard = (view: View, title: Words, list: readonly Words[]): Html =>
  part.card(view, { title, body: html`<ul class="bullets">${each(list, (words) => html`<li>${view.t(words)}</li>`)}</ul>` });
