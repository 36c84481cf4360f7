import type { LotHead } from '../../src/awards/answers.ts';
import { type Html, html, type Piece } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import { phaseTone } from '../tenders/phase.ts';
import type { Texts, View, Words } from '../view.ts';

export type ResultTab = 'candidates' | 'award' | 'contract' | 'report' | 'objections';

const say = {
  tabs: { zh: '结果', en: 'The result' },
  candidates: { zh: '候选人公示', en: 'Candidates' },
  award: { zh: '中标结果', en: 'Award' },
  contract: { zh: '合同', en: 'Contract' },
  report: { zh: '书面报告', en: 'Report' },
  objections: { zh: '异议', en: 'Objections' },
} satisfies Texts;

const tabsFor = ({ report }: LotHead): readonly ResultTab[] => [
  'candidates',
  'award',
  'contract',
  ...(report ? (['report'] as const) : []),
  'objections',
];

/** The frame of every page about what came of a lot: its head, and the way to the neighbouring pages. */
export function lotFrame(
  view: View,
  page: {
    readonly lot: LotHead;
    readonly tab: ResultTab;
    readonly title: Words;
    readonly body: Piece;
    readonly scripts?: readonly string[];
  },
): Html {
  const { lot } = page;
  return layout(view, {
    title: `${view.t(page.title)} · ${lot.name}`,
    section: page.tab === 'objections' ? '/lots' : '/results',
    ...(page.scripts ? { scripts: page.scripts } : {}),
    main: html`${part.pageHead(view, {
      title: page.title,
      above: html`${lot.number} · ${view.t(lot.regionName)} · ${lot.tenderee}`,
      back: { href: `/lots/${lot.id}`, label: lot.name },
      beside: part.pill(view, phaseTone(lot.phase), lot.phaseTitle),
    })}
${part.tabs(
  view,
  tabsFor(lot).map((tab) => ({ label: say[tab], href: `/lots/${lot.id}/${tab}`, current: tab === page.tab })),
  say.tabs,
)}
${page.body}`,
  });
}

interface RuleSaid {
  /** none for a duty, which is no rule of its own */
  readonly rule?: string;
  readonly source: Words;
  readonly says: Words;
}

/** The rules that hold here, each with its sentence and source. */
export function ruleCard(view: View, title: Words, rules: readonly RuleSaid[]): Html {
  return part.card(view, {
    title,
    body: html`<ul class="plain">${rules.map((each) => html`<li>${capital(view.t(each.says))}<br>${part.ground(view, each)}</li>`)}</ul>`,
  });
}

/** A rule's sentence at the beginning of a line. */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const nothingCame = {
  title: { zh: '本次招标没有结果', en: 'This tender came to nothing' },
  says: {
    zh: '已流标或终止，没有中标人。全过程记录仍可查看。',
    en: 'It failed or was ended; nobody is awarded. Its whole record stays open.',
  },
  action: { zh: '看全过程记录', en: 'See the record' },
} satisfies Texts;

/** The paper of a kind, as PDF: the platform draws it from the journal a moment after the act. */
export const paperLink = (view: View, lot: LotHead, kind: string, label: Words): Html =>
  part.linkButton(view, { href: `/lots/${lot.id}/papers/${kind}`, label, icon: 'file-type-pdf', small: true });

/** Stands instead of what will not come any more; null while it still may. */
export function cameToNothing(view: View, lot: LotHead): Html | null {
  if (lot.phase !== 'failed' && lot.phase !== 'terminated') return null;
  const { title, says, action } = nothingCame;
  return part.card(view, {
    body: part.empty(view, { title, says, icon: 'circle-x', action: { href: `/lots/${lot.id}/timeline`, label: action } }),
  });
}

/** A duty with its due time: late is said in red, in time only told. */
export function dutyNotice(
  view: View,
  duty: { readonly due: View['now']; readonly late: boolean; readonly says: Words; readonly source: Words; readonly otherwise: Words },
  done: boolean,
): Html {
  const due = part.time(view, duty.due);
  const ground = html`<br>${part.ground(view, { source: duty.source })}`;
  if (duty.late)
    return part.notice(
      view,
      'refused',
      done
        ? html`${capital(view.t(duty.says))}${view.t({ zh: '。已逾期办理，期限为', en: '. Done late; it was due by ' })}${due}${ground}`
        : html`${capital(view.t(duty.says))}${view.t({ zh: '。已逾期，期限为', en: '. Overdue since ' })}${due}${view.t({ zh: '。', en: '. ' })}${view.t(duty.otherwise)}${ground}`,
    );
  return part.notice(
    view,
    done ? 'plain' : 'now',
    done
      ? html`${capital(view.t(duty.says))}${view.t({ zh: '。已按期办理。', en: '. Done in time.' })}${ground}`
      : html`${capital(view.t(duty.says))}${view.t({ zh: '，最迟', en: '; due by ' })}${due}${view.t({ zh: '（', en: ' (' })}${part.remainingText(view, duty.due)}${view.t({ zh: '）', en: ')' })}${ground}`,
  );
}
