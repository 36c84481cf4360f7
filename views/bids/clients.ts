import type { PublishedBuild } from '../../src/bids/client-reads.ts';
import { each, type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '投标程序', en: 'The programs that seal bids' },
  below: {
    zh: '密封投标的程序，每个版本的摘要都在存证日志里。投标声明写明用的是哪个版本：有人拿到被改过的程序，回执就会显出来。',
    en: 'Every build of the programs that seal bids stands in the journal with its digests. A bid’s statement names the build that sealed it: a doctored program shows in the receipt.',
  },
  offline: { zh: '离线投标', en: 'Bid offline' },
  offlineSays: {
    zh: '一个网页文件，存盘后断网打开：填写、签名、密封，存成一个文件，再拿到能上网的电脑上递交。不连接任何网络。',
    en: 'One page in one file: keep it, open it with the network off, fill in, sign and seal; carry the one file it makes to a computer with a line. It connects to nothing.',
  },
  page: { zh: '离线投标网页', en: 'The offline page' },
  command: { zh: '命令行程序（Node.js 20 起）', en: 'The command line program (Node.js 20 or newer)' },
  commandSays: { zh: '或用命令行：', en: 'Or on the command line:' },
  limits: { zh: '这能证明什么，不能证明什么', en: 'What this shows, and what it cannot' },
  shows: {
    zh: '浏览器只运行与页面所写摘要一致的脚本和样式；投标台把实际加载的脚本摘要写进投标人签名的声明。平台给某一家换了程序，这家的回执就会写着一个没有公布过的版本。',
    en: 'The browser runs only scripts and styles with the digests that the page states, and the bid desk puts the digests of what was loaded into the statement that the bidder signs. Where the platform hands one bidder another program, that bidder’s receipt names a build that was never published.',
  },
  cannot: {
    zh: '存心作假的页面可以谎报自己的版本。要避免，请用离线网页或命令行程序，先核对文件摘要；任何人都可以随时运行下面的命令，像投标人一样取回页面和脚本，与日志核对：',
    en: 'A page made to deceive can lie about its own build. Against that use the offline page or the command, after comparing the file’s digest; and anybody may fetch page and scripts at any moment as a bidder would, and compare them with the journal:',
  },
  builds: { zh: '公布过的版本', en: 'Published builds' },
  none: { zh: '还没有公布任何版本', en: 'No build has been published yet' },
  since: { zh: '公布时间', en: 'Published' },
  number: { zh: '日志编号', en: 'Journal number' },
  build: { zh: '版本摘要', en: 'Digest of the build' },
  file: { zh: '文件摘要 SHA-256', en: 'SHA-256 of the file' },
  assets: { zh: '{n} 个脚本和样式', en: '{n} scripts and styles' },
} satisfies Texts;

const names: Readonly<Record<string, Words>> = {
  'bid-page': { zh: '投标台网页', en: 'The bid desk' },
  'bid-offline': { zh: '离线投标网页', en: 'The offline page' },
  'bid-command': { zh: '命令行密封程序', en: 'The seal command' },
};

/** /clients: the builds of the programs that seal bids, as the journal holds them. */
export function clientsPage(view: View, builds: readonly PublishedBuild[]): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/verify',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below), back: { href: '/verify', label: { zh: '自己核验', en: 'Verify it yourself' } } })}
${part.columns({
  main: part.card(view, {
    title: say.builds,
    body:
      builds.length === 0
        ? html`<p class="sub">${view.t(say.none)}</p>`
        : html`<ul class="plain stack">${each(builds, (build) => html`<li>${buildPart(view, build)}</li>`)}</ul>`,
  }),
  right: html`${offlineCard(view)}${limitsCard(view)}`,
})}`,
  });
}

function buildPart(view: View, build: PublishedBuild): Html {
  const { file } = build;
  return html`<h3>${view.t(names[build.name] ?? { zh: build.name, en: build.name })} <span class="sub">${build.version}</span></h3>
${part.facts(view, [
  { label: say.build, value: part.hash(view, build.sha256) },
  ...(file === null
    ? []
    : [
        {
          label: say.file,
          value: html`<code class="whole-code">${build.hex}</code>`,
          note: html`${file.name} · ${part.bytesText(file.bytes)}`,
        },
      ]),
  { label: say.since, value: part.time(view, build.publishedAt as Instant, 'full') },
  { label: say.number, value: part.journalNumber(view, build.index, `/receipts/${build.event}`) },
])}
<details class="whole"><summary>${view.t(say.assets, { n: build.assets.length })}</summary><ul class="plain">${each(build.assets, (asset) => html`<li>${asset.name} <span class="sub">${part.bytesText(asset.bytes)}</span><br><code class="whole-code">${asset.sha256}</code></li>`)}</ul></details>`;
}

function offlineCard(view: View): Html {
  const get = (href: string, label: Words): Html => part.linkButton(view, { href, label, icon: 'download', small: true, download: true });
  return part.card(view, {
    title: say.offline,
    body: html`<div class="stack"><p>${view.t(say.offlineSays)}</p><div class="form-actions">${get('/verify/yangguang-bid.html', say.page)} ${get('/verify/yangguang-seal.mjs', say.command)}</div>
<p class="sub">${view.t(say.commandSays)}</p><p><code class="command">node yangguang-seal.mjs --tender tender.json --bid bid.json --files files --key me.p12 --out my.sealed-bid</code></p></div>`,
  });
}

const limitsCard = (view: View): Html =>
  part.card(view, {
    title: say.limits,
    body: html`<div class="stack"><p>${view.t(say.shows)}</p><p>${view.t(say.cannot)}</p><p><code class="command">npx yangguang watch-client --platform URL --key KEY</code></p></div>`,
  });
