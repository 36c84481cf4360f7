import { each, type Html, html, nothing, when } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

/** A warning with how it was computed one click away. */
export interface Warning {
  readonly tone: 'plain' | 'now' | 'refused';
  readonly grade: Words;
  readonly says: Words | string;
  readonly detail: Words | string;
  readonly href: string;
}

/** Everything the regulator sees of one lot. */
export interface SupervisedTender {
  readonly lot: string;
  readonly number: string;
  readonly name: string;
  /** 湖北省 › 宜昌市 › 夷陵区 */
  readonly region: string;
  readonly kind: Words | string;
  readonly stages: readonly part.Stage[];
  /** the facts of the lot: parties, ceiling, method, deadline */
  readonly facts: readonly part.Fact[];
  readonly limits: readonly part.TimeLimit[];
  readonly warnings: readonly Warning[];
  /** newest first; every entry with its proof */
  readonly entries: readonly part.TimelineEntry[];
  readonly filters: readonly part.Tab[];
  readonly panel: { readonly facts: readonly part.Fact[]; readonly proof: string | null } | null;
  readonly papers: readonly part.FileEntry[];
  /** the page of the evidence bundle; null before the notice */
  readonly evidence: string | null;
  /** orders the regulator may give now, as forms */
  readonly acts?: Html;
}

const say = {
  whole: { zh: '全过程', en: 'The whole process' },
  limits: { zh: '时限', en: 'Time limits' },
  warnings: { zh: '预警', en: 'Warnings' },
  noWarnings: { zh: '没有预警', en: 'No warnings' },
  noWarningsSays: {
    zh: '规则随每个事件运行；触发时在此说明算法与依据。',
    en: 'The rules run on every event; what they find is explained here.',
  },
  how: { zh: '怎么算的', en: 'How it is computed' },
  panel: { zh: '评标委员会', en: 'Evaluation panel' },
  recomputable: { zh: '抽取可复算', en: 'The draw can be recomputed' },
  facts: { zh: '标段', en: 'The lot' },
  papers: { zh: '文书', en: 'Papers' },
  evidence: { zh: '证据包', en: 'Evidence bundle' },
  evidenceSays: {
    zh: '一个文件，任何人可离线复核：签名、收录、顺序、开启、抽取与排序。',
    en: 'One file with which anyone can recheck it all offline: signatures, inclusion, order, opening, draw and ranking.',
  },
  download: { zh: '公开版与监管版', en: 'Public and regulator’s edition' },
  only: { zh: '仅看', en: 'Show only' },
  nothingYet: { zh: '还没有事件', en: 'No event yet' },
  noLimits: { zh: '当前没有在计的时限。', en: 'No time limit runs now.' },
} satisfies Texts;

const text = (view: View, words: Words | string): string => (typeof words === 'string' ? words : view.t(words));

/** The regulator's page of one lot: warnings, the whole process and the clocks side by side. */
export function supervisedTenderPage(view: View, tender: SupervisedTender): Html {
  return layout(view, {
    title: tender.name,
    wide: true,
    section: '/supervision',
    scripts: ['live.js', 'order.js'],
    main: html`${part.pageHead(view, {
      back: { href: '/supervision', label: { zh: '全域看板', en: 'The board' } },
      above: html`${tender.region}　${tender.number} · ${text(view, tender.kind)}`,
      title: tender.name,
      actions: tender.evidence ? part.linkButton(view, { href: tender.evidence, label: say.evidence, icon: 'file-certificate' }) : nothing,
    })}
${part.live('stages', part.stages(view, tender.stages))}
${part.columns({
  left: html`${part.live('warnings', warnings(view, tender.warnings))}${part.card(view, { title: say.facts, body: part.facts(view, tender.facts) })}${tender.panel ? panel(view, tender.panel) : nothing}`,
  main: part.live('entries', wholeProcess(view, tender)),
  right: html`${part.live('limits', limits(view, tender.limits))}${tender.acts}${papers(view, tender)}`,
})}`,
  });
}

function warnings(view: View, list: readonly Warning[]): Html {
  return part.card(view, {
    title: say.warnings,
    beside: list.length > 0 ? String(list.length) : nothing,
    flush: true,
    body:
      list.length === 0
        ? part.empty(view, { title: say.noWarnings, says: say.noWarningsSays, icon: 'shield-question' })
        : html`<ul class="matters">${each(
            list,
            (warning) =>
              html`<li class="matter"><div><p>${part.pill(view, warning.tone, warning.grade)} ${text(view, warning.says)}</p><p class="sub">${text(view, warning.detail)} · <a href="${warning.href}">${view.t(say.how)}</a></p></div></li>`,
          )}</ul>`,
  });
}

function wholeProcess(view: View, tender: SupervisedTender): Html {
  return part.card(view, {
    title: say.whole,
    beside: html`${view.t(say.only)} ${each(tender.filters, (filter) => html`<a class="filter-link" href="${filter.href}"${when(filter.current === true, html` aria-current="true"`)}>${part.labelText(view, filter.label)}</a>`)}`,
    body: part.timeline(view, {
      label: say.whole,
      entries: tender.entries,
      show: 'dates',
      empty: part.empty(view, { title: say.nothingYet, icon: 'history' }),
    }),
  });
}

function limits(view: View, list: readonly part.TimeLimit[]): Html {
  return part.card(view, {
    title: say.limits,
    body:
      list.length === 0 ? html`<p class="sub">${view.t(say.noLimits)}</p>` : html`${each(list, (limit) => part.timeLimit(view, limit))}`,
  });
}

function panel(view: View, p: NonNullable<SupervisedTender['panel']>): Html {
  return part.card(view, {
    title: say.panel,
    body: html`<div class="stack">${part.facts(view, p.facts)}${p.proof ? part.verifyMark(view, { verdict: 'unchecked', says: say.recomputable, proof: p.proof }) : nothing}</div>`,
  });
}

function papers(view: View, tender: SupervisedTender): Html {
  const list = tender.papers.length > 0 ? part.card(view, { title: say.papers, body: part.fileList(view, tender.papers) }) : nothing;
  const evidence = tender.evidence
    ? part.card(view, {
        title: say.evidence,
        body: html`<div class="stack"><p class="sub">${view.t(say.evidenceSays)}</p>${part.linkButton(view, { href: tender.evidence, label: say.download, icon: 'download' })}</div>`,
      })
    : nothing;
  return html`${list}${evidence}`;
}
