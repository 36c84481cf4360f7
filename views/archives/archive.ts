import type { ArchiveAnswer } from '../../src/archives/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import { viewOfForm } from '../tenders/posted.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '标段案卷', en: 'The volume of the lot' },
  says: {
    zh: '一标一档：招标文件、全部文书和证据包装订成一个文件，摘要写入日志，可离线核验。',
    en: 'One lot, one volume: documents, every paper and the evidence in one file; the journal holds its digest, and it is verified offline.',
  },
  running: { zh: '标段尚未办结，办结后立卷。', en: 'The lot is still running; its volume is closed when it has ended.' },
  open: { zh: '尚未立卷', en: 'Not closed yet' },
  asked: { zh: '正在制作', en: 'Being made' },
  sealed: { zh: '已封存', en: 'Sealed' },
  destroyed: { zh: '期满已销毁', en: 'Destroyed after its time' },
  code: { zh: '统一交易标识码', en: 'Trading code' },
  ended: { zh: '办结', en: 'Ended' },
  handover: { zh: '最迟移交归档', en: 'To be handed over by' },
  closed: { zh: '立卷', en: 'Closed' },
  sealedAt: { zh: '封存', en: 'Sealed' },
  years: { zh: '保管期限', en: 'Kept for' },
  nYears: { zh: '{n} 年', en: '{n} years' },
  until: { zh: '保管至', en: 'Kept until' },
  digest: { zh: '案卷摘要', en: 'Digest of the volume' },
  size: { zh: '大小', en: 'Size' },
  asksDestruction: { zh: '已申请销毁', en: 'Destruction asked for' },
  gone: { zh: '销毁', en: 'Destroyed' },
  close: { zh: '立卷归档', en: 'Close the volume' },
  closeSays: {
    zh: '平台随后制作并封存案卷；封存后不再增减。保管期限自立卷次日起算。',
    en: 'The platform then makes and seals the volume; nothing is added or removed any more. The time of keeping runs from the next day.',
  },
  take: { zh: '调阅案卷', en: 'Take the volume out' },
  takeSays: { zh: '每次调阅都写入日志：何人、何时、为何。', en: 'Each time is written into the journal: who, when and why.' },
  ground: { zh: '理由', en: 'Reason' },
  ask: { zh: '申请销毁', en: 'Ask for its destruction' },
  askSays: { zh: '保管期满。须监督部门同意，双方各自留痕。', en: 'Its time is over. The supervisor must agree; both are on record.' },
  agree: { zh: '同意销毁', en: 'Agree to its destruction' },
  agreeSays: {
    zh: '同意后文件从平台删除，不能恢复；日志中的摘要永久保留。',
    en: 'The file is then removed for good; its digest stays in the journal.',
  },
  catalogue: { zh: '卷内目录', en: 'Catalogue' },
  number: { zh: '序号', en: 'No.' },
  file: { zh: '题名', en: 'Title' },
  made: { zh: '形成时间', en: 'Made' },
  pages: { zh: '页数', en: 'Pages' },
  hash: { zh: '摘要', en: 'Digest' },
  none: { zh: '目录在案卷封存后显示', en: 'The catalogue appears when the volume is sealed' },
  noneSays: { zh: '招标人、代理机构和监督部门可以看到。', en: 'The tenderee, its agent and the supervisor can see it.' },
  check: { zh: '怎样核验案卷', en: 'How to verify the volume' },
  checkSays: { zh: '调阅下载后离线核验，连同卷内证据包：', en: 'Verify the downloaded file offline, the evidence in it included:' },
} satisfies Texts;

/** The volume of a lot (GET /lots/:lot/archive): what it holds, until when it is kept, and what its reader may do. */
export function archivePage(view: View, answer: ArchiveAnswer): Html {
  const { lot, volume } = answer;
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    section: '/lots',
    main: html`${part.pageHead(view, {
      title: say.title,
      above: html`${lot.number} · ${lot.name}`,
      below: view.t(say.says),
      beside: part.pill(view, volume?.state === 'asked' ? 'now' : 'plain', volume === null ? say.open : say[volume.state]),
      back: { href: `/lots/${lot.id}`, label: lot.name },
    })}
${part.columns({
  main: html`${factsCard(view, answer)}${part.card(view, { title: say.catalogue, flush: true, body: catalogue(view, answer) })}`,
  right: html`${actions(view, answer)}${part.card(view, {
    title: say.check,
    body: html`<div class="stack"><p>${view.t(say.checkSays)}</p><p><code class="command">npx yangguang verify FILE.archive.zip</code></p></div>`,
  })}`,
})}`,
  });
}

function factsCard(view: View, { lot, ended, handoverBy, keepYears, source, volume }: ArchiveAnswer): Html {
  const optional = (label: Words, value: ArchiveAnswer['ended'] | undefined) => (value ? [{ label, value: part.time(view, value) }] : []);
  return part.card(view, {
    body: html`${ended === null ? part.notice(view, 'plain', say.running) : nothing}${part.facts(view, [
      ...(lot.tradeCode ? [{ label: say.code, value: html`<a href="/codes/${lot.tradeCode}">${lot.tradeCode}</a>` }] : []),
      ...optional(say.ended, ended),
      ...(volume ? [] : optional(say.handover, handoverBy)),
      ...optional(say.closed, volume?.askedAt),
      ...optional(say.sealedAt, volume?.sealedAt),
      { label: say.years, value: html`${view.t(say.nYears, { n: keepYears })} <span class="ground">${view.t(source)}</span>` },
      ...optional(say.until, volume?.keepUntil),
      ...(volume?.bytes ? [{ label: say.size, value: part.bytesText(volume.bytes) }] : []),
      ...(volume?.sha256 ? [{ label: say.digest, value: part.hash(view, volume.sha256) }] : []),
      ...optional(say.asksDestruction, volume?.destructionAskedAt),
      ...optional(say.gone, volume?.destroyedAt),
    ])}`,
  });
}

function catalogue(view: View, { files }: ArchiveAnswer): Html {
  const rows = files.map((file, index) => ({ ...file, place: index + 1 }));
  const columns: part.Column<(typeof rows)[number]>[] = [
    { label: say.number, cell: (row) => String(row.place) },
    {
      label: say.file,
      phone: 'head',
      cell: (row) => html`${view.t(row.title)}${row.number ? html`<div class="sub">${row.number}</div>` : nothing}`,
    },
    { label: say.made, cell: (row) => (row.at ? part.time(view, row.at as View['now'], 'day') : null) },
    { label: say.pages, cell: (row) => (row.pages === null ? null : String(row.pages)) },
    { label: say.hash, cell: (row) => html`${part.hash(view, row.sha256)}<div class="sub">${part.bytesText(row.bytes)}</div>` },
  ];
  return part.table(view, {
    caption: say.catalogue,
    columns,
    rows,
    empty: part.empty(view, { title: say.none, says: say.noneSays, icon: 'file-text' }),
  });
}

function actions(view: View, { lot, you }: ArchiveAnswer): Html {
  const at = `/lots/${lot.id}/archive`;
  const reasoned = (title: Words, says: Words, action: string, tone: 'primary' | 'danger'): Html => {
    const shown = viewOfForm(view, action);
    return part.card(view, {
      title,
      body: part.form(shown, {
        action,
        submit: title,
        icon: tone === 'danger' ? 'ban' : 'download',
        tone,
        fields: html`<p class="sub">${view.t(says)}</p>${part.field(shown, { kind: 'text', name: 'ground', label: say.ground, required: true, maxlength: 300 })}`,
      }),
    });
  };
  const closing = part.card(view, {
    title: say.close,
    now: true,
    body: part.form(view, { action: at, submit: say.close, icon: 'lock', fields: html`<p class="sub">${view.t(say.closeSays)}</p>` }),
  });
  return html`${you.mayClose ? closing : nothing}${you.mayOpen ? reasoned(say.take, say.takeSays, `${at}/openings`, 'primary') : nothing}${
    you.mayAsk ? reasoned(say.ask, say.askSays, `${at}/destruction`, 'danger') : nothing
  }${you.mayDestroy ? reasoned(say.agree, say.agreeSays, `${at}/destruction/agreement`, 'danger') : nothing}`;
}
