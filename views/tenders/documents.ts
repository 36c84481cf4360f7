import type { LotAnswer } from '../../src/tenders/answers.ts';
import { type Html, html, when } from '../html.ts';
import { bracketed, card, empty, type FileEntry, fileList, form, notice, stack } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { viewOfForm } from './posted.ts';

const say = {
  title: { zh: '招标文件', en: 'Tender documents' },
  version: { zh: '第 {n} 版', en: 'version {n}' },
  old: { zh: '以前的版本', en: 'Earlier versions' },
  none: { zh: '没有文件', en: 'No documents' },
  collect: { zh: '获取招标文件', en: 'Collect the documents' },
  collectNote: {
    zh: '免费。只记录在本单位名下；贵单位是否获取、共有几家获取，开标前任何人都看不到。',
    en: 'Free of charge. It is recorded for your organisation alone; that you collected, and how many did, nobody sees before the opening.',
  },
  collected: {
    zh: '本单位已获取，可随时下载，也会看到以后的新版本。',
    en: 'Your organisation has collected them; download at any time, later versions too.',
  },
  signIn: {
    zh: '文件摘要对任何人公开。下载请以投标人身份登录后获取。',
    en: 'The digests are public. To download, sign in as a bidder and collect them.',
  },
  over: { zh: '获取时间已过。', en: 'The time for collecting is over.' },
} satisfies Texts;

/** The tender documents with their digests; files themselves for those who may have them. */
export function documentsCard(view: View, data: LotAnswer): Html {
  const { lot, documents, you } = data;
  const shown = (held: LotAnswer['documents'][number]): FileEntry => ({
    name: held.name,
    bytes: held.bytes,
    sha256: held.sha256,
    at: held.publishedAt,
    version: { zh: view.t(say.version, { n: held.version }), en: view.t(say.version, { n: held.version }) },
    ...(you.mayDownload ? { href: `/lots/${lot.id}/documents/${held.id}` } : {}),
  });
  const old = documents.filter((each) => each.superseded);
  const action = `/lots/${lot.id}/interest`;
  return card(view, {
    title: say.title,
    id: 'documents',
    body: stack(
      documents.length === 0 ? empty(view, { title: say.none }) : fileList(view, documents.filter((each) => !each.superseded).map(shown)),
      when(
        old.length > 0,
        () => html`<details><summary>${view.t(say.old)}${bracketed(view, old.length)}</summary>${fileList(view, old.map(shown))}</details>`,
      ),
      you.mayCollect ? form(viewOfForm(view, action), { action, submit: say.collect, icon: 'download', note: say.collectNote }) : null,
      when(you.collected, () => notice(view, 'plain', say.collected)),
      when(!you.mayDownload && !you.mayCollect && lot.phase === 'bidding', () => notice(view, 'plain', say.signIn)),
    ),
  });
}
