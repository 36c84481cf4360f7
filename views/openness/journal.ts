import type { JournalState } from '../../src/openness/node-reads.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { witnessesCard } from './witnesses.ts';

const say = {
  title: { zh: '存证日志', en: 'The journal' },
  below: {
    zh: '平台做的每一件事都在这里占一个编号，写下就不能改、不能删、不能插队。',
    en: 'Everything this platform does takes a number here; what is written cannot be changed, removed or slipped in.',
  },
  newest: { zh: '最新检查点', en: 'Newest checkpoint' },
  size: { zh: '日志条数', en: 'Entries' },
  root: { zh: '根散列', en: 'Root hash' },
  at: { zh: '签署时间', en: 'Signed at' },
  origin: { zh: '日志名称', en: 'Name of the journal' },
  key: { zh: '平台公钥', en: 'The platform’s key' },
  keySays: {
    zh: '请从平台以外的渠道（监督部门、公报）核对这把公钥，再用它核验。',
    en: 'Compare this key with one from elsewhere (the supervisor, the gazette) before you rely on it.',
  },
  empty: { zh: '还没有检查点', en: 'No checkpoint yet' },
  emptySays: { zh: '第一件事记录下来之后就会出现。', en: 'It appears with the first recorded event.' },
  text: { zh: '检查点原文', en: 'The checkpoint itself' },
  follow: { zh: '怎样自己跟踪', en: 'How to follow it yourself' },
} satisfies Texts;

/** /journal: what the journal is, in plain words, and where it stands now. */
export function journalPage(view: View, journal: JournalState): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/verify',
    scripts: ['live.js'],
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
${part.columns({
  main: html`${part.live('checkpoint', checkpointCard(view, journal))}${part.card(view, { title: { zh: '它是怎样工作的', en: 'How it works' }, body: part.prose(view, howItWorks) })}`,
  right: html`<div id="witnesses">${part.live('witnesses', witnessesCard(view, journal.witnesses))}</div>${followCard(view)}`,
})}`,
  });
}

const howItWorks: readonly { readonly heading: Words; readonly text: Words }[] = [
  {
    heading: { zh: '一件事，一个编号', en: 'One event, one number' },
    text: {
      zh: '公告、投标、开标、抽取、评分、定标，连同被拒绝的操作和监管人员的敏感查看，都在发生的同一个数据库事务里写成一个事件；事务失败，事件就不存在，事务成功，事件就一定在。',
      en: 'Notices, bids, openings, draws, scores and awards, and also refused acts and looks at confidential matter, become events in the same database transaction in which they happen: no transaction without its event, no event without its transaction.',
    },
  },
  {
    heading: { zh: '看得见顺序，看不见内容', en: 'The order shows, the content does not' },
    text: {
      zh: '公开的只是每个事件加盐后的散列。谁在投标、有几家，开标前从日志里也看不出来；到了该公开的时候，事件连同盐值一起公布，任何人都能核对它就是当时那一条。',
      en: 'What is public is a salted hash of each event. Who bids and how many cannot be read from it before the opening; when an event becomes public its salt is published with it, and anyone can check that it is the very entry of that time.',
    },
  },
  {
    heading: { zh: '一棵只会长大的树', en: 'A tree that only grows' },
    text: {
      zh: '全部散列组成一棵默克尔树（RFC 6962），平台给树根签名，就是检查点。每张回执都带着从事件到树根的路；两个检查点之间有一致性证明，证明后一棵树只是前一棵树的延长。',
      en: 'The hashes form a Merkle tree (RFC 6962), and the platform signs its root: a checkpoint. Every receipt carries the way from its event to the root; between two checkpoints there is a proof that the later tree merely continues the earlier one.',
    },
  },
];

function checkpointCard(view: View, journal: JournalState): Html {
  const key = journal.platform
    ? html`<div class="stack">${part.facts(view, [{ label: say.key, value: html`<code class="command">${journal.platform}</code>` }])}<p class="sub">${view.t(say.keySays)}</p></div>`
    : nothing;
  if (journal.at === null)
    return part.card(view, {
      title: say.newest,
      body: html`<div class="stack">${part.empty(view, { title: say.empty, says: say.emptySays, icon: 'history' })}${key}</div>`,
    });
  return part.card(view, {
    title: say.newest,
    body: html`<div class="stack">${part.facts(view, [
      { label: say.size, value: part.groupDigits(String(journal.size), ' ') },
      { label: say.at, value: part.time(view, journal.at, 'full') },
      { label: say.root, value: part.hash(view, journal.root) },
      { label: say.origin, value: html`<code>${journal.origin}</code>` },
    ])}${key}<details class="whole"><summary>${view.t(say.text)}</summary><pre><code>${journal.text}</code></pre></details></div>`,
  });
}

function followCard(view: View): Html {
  const addresses: readonly (readonly [string, Words])[] = [
    ['/journal/checkpoint', { zh: '最新检查点，带全部联署', en: 'the newest checkpoint with its cosignatures' }],
    ['/journal/tile/<L>/<N>', { zh: '树的散列（C2SP tlog-tiles）', en: 'hashes of the tree (C2SP tlog-tiles)' }],
    ['/journal/tile/entries/<N>', { zh: '每 256 条事件散列', en: 'event hashes, 256 to a tile' }],
    ['/api/keys', { zh: '公开密钥', en: 'the public keys' }],
  ];
  return part.card(view, {
    title: say.follow,
    body: html`<ul class="plain">${addresses.map(([address, says]) => html`<li><code>${address}</code><br><span class="sub">${view.t(says)}</span></li>`)}</ul>`,
    foot: html`${part.linkButton(view, { href: '/verify', label: { zh: '核验文件', en: 'Check a file' }, icon: 'shield-check' })} ${part.linkButton(view, { href: '/probes', label: { zh: '收件探测', en: 'Probes of the intake' }, icon: 'history' })}`,
  });
}
