import type { TimelineAnswer } from '../../src/tenders/answers.ts';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import { layout } from '../layout.ts';
import { card, empty, pageHead, type TimelineEntry, timeline } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '全过程记录', en: 'The whole history' },
  below: {
    zh: '每一条都写入存证日志，带编号和证明；还不能公开的，到法定时点才会出现。',
    en: 'Every entry stands in the journal with its number and proof; what is not yet public appears at its legal moment.',
  },
  none: { zh: '还没有可以查看的记录', en: 'Nothing to see yet' },
  noneSays: { zh: '公告发布后，这里会按时间列出每一步。', en: 'Once the notice is out, every step is listed here.' },
} satisfies Texts;

/** An entry of a lot as the timeline part shows it. */
export function shownEntry(entry: TimelineAnswer['entries'][number]): TimelineEntry {
  return {
    index: entry.number,
    at: entry.at,
    says: entry.says,
    actor: entry.actor,
    ...(entry.number === null ? {} : { proof: `/receipts/${entry.event}` }),
    kind:
      entry.type === 'act.refused'
        ? 'refused'
        : entry.type.startsWith('draw.')
          ? 'draw'
          : entry.type === 'matter.viewed'
            ? 'look'
            : 'plain',
  };
}

/** The history of a lot as this reader may see it, newest first. */
export function timelinePage(view: View, { lot, entries }: TimelineAnswer): Html {
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    main: html`${pageHead(view, { title: say.title, above: lot.number, below: view.t(say.below), back: { href: `/lots/${lot.id}`, label: lot.name } })}
${card(view, {
  body: timeline(view, {
    label: say.title,
    show: 'dates',
    entries: [...entries].reverse().map(shownEntry),
    empty: empty(view, {
      title: say.none,
      says: say.noneSays,
      icon: 'history',
      action: { href: `/lots/${lot.id}`, label: { zh: '返回标段', en: 'Back to the lot' } },
    }),
  }),
})}`,
  });
}
