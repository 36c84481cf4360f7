import type { CouncilListed } from '../../src/openings/reads.ts';
import { each, type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '开标委员会', en: 'Opening councils' },
  below: {
    zh: '投标文件密封给委员会的公钥。达到门限的托管人一起才能开启；没有任何一方持有完整的密钥。',
    en: 'Bids are sealed to a council’s key. Only so many trustees together can open them; nobody holds the whole key.',
  },
  none: { zh: '尚未成立开标委员会', en: 'There is no opening council yet' },
  noneSays: { zh: '成立之前不能发布招标公告。', en: 'No notice can be published before there is one.' },
  threshold: { zh: '开启门限', en: 'Opens with' },
  of: { zh: '{trustees} 位中的任意 {threshold} 位', en: 'any {threshold} of {trustees}' },
  formed: { zh: '成立时间', en: 'Formed' },
  groupKey: { zh: '委员会公钥', en: 'Group key' },
  id: { zh: '编号', en: 'Id' },
  trustees: { zh: '托管人', en: 'Trustees' },
  place: { zh: '序', en: 'No.' },
  trustee: { zh: '机构', en: 'Institution' },
  verifyingShare: { zh: '验证公钥', en: 'Verifying share' },
  program: { zh: '供程序读取', en: 'For programs' },
  made: { zh: '密钥如何产生', en: 'How its key was made' },
  byCeremony: { zh: '密钥仪式，公开记录可复核', en: 'In a key ceremony; its public transcript can be rechecked' },
  inOneProcess: {
    zh: '在一个程序内生成（仅演示环境）：该程序见过每一份。由管理员召集密钥仪式即可更换。',
    en: 'In one process, which saw every part (a sandbox only). A ceremony called by the administrator replaces it.',
  },
  ceremonies: { zh: '全部密钥仪式', en: 'All key ceremonies' },
} satisfies Texts;

const states: Readonly<Record<CouncilListed['state'], { readonly tone: part.Tone; readonly says: Words; readonly means: Words }>> = {
  'in-use': {
    tone: 'now',
    says: { zh: '使用中', en: 'in use' },
    means: { zh: '新发布的标段密封给它。', en: 'New lots are sealed to it.' },
  },
  serving: {
    tone: 'wait',
    says: { zh: '仍在服务', en: 'still serving' },
    means: {
      zh: '只开启此前以它发布的标段，直到最后一个开标结束。',
      en: 'It opens the lots that were published under it, until the last of them.',
    },
  },
  retired: {
    tone: 'plain',
    says: { zh: '已结束', en: 'retired' },
    means: { zh: '以它发布的标段都已开标。', en: 'Every lot published under it has been opened.' },
  },
};

/** Every council there has been: who opens, with how many, and the keys with which anybody can check it. */
export function councilsPage(view: View, councils: readonly CouncilListed[]): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below), actions: html`<a class="btn btn-sm" href="/ceremonies">${view.t(say.ceremonies)}</a>` })}${
      councils.length === 0
        ? part.card(view, { body: part.empty(view, { title: say.none, says: say.noneSays, icon: 'key' }) })
        : each(councils, (listed) => councilCard(view, listed))
    }`,
  });
}

function councilCard(view: View, { council, formedAt, state, ceremony }: CouncilListed): Html {
  const { tone, says, means } = states[state];
  return part.card(view, {
    id: council.id,
    title: council.name,
    beside: part.pill(view, tone, says),
    body: html`<div class="stack"><p class="sub">${view.t(means)}</p>${part.facts(
      view,
      [
        { label: say.threshold, value: view.t(say.of, { threshold: council.threshold, trustees: council.trustees.length }) },
        { label: say.formed, value: part.time(view, formedAt) },
        { label: say.groupKey, value: part.hash(view, council.groupKey) },
        {
          label: say.made,
          value: ceremony === null ? view.t(say.inOneProcess) : html`<a href="/ceremonies/${council.id}">${view.t(say.byCeremony)}</a>`,
        },
        { label: say.program, value: html`<a href="/api/councils/${council.id}">/api/councils/${council.id.slice(0, 8)}…</a>` },
      ],
      'wide',
    )}${part.table(view, {
      caption: say.trustees,
      columns: [
        { label: say.place, cell: (trustee) => trustee.index, phone: 'hide' },
        { label: say.trustee, cell: (trustee) => trustee.name, phone: 'head' },
        { label: say.verifyingShare, cell: (trustee) => part.hash(view, trustee.verifyingShare) },
      ],
      rows: council.trustees,
      empty: part.empty(view, { title: say.none }),
    })}</div>`,
  });
}
