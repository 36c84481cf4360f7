import type { Verdict, YearState } from '../../src/appraisal/annual.ts';
import type { Html } from '../html.ts';
import * as part from '../parts/index.ts';
import type { View, Words } from '../view.ts';

const states: Readonly<Record<YearState, { tone: part.Tone; says: Words }>> = {
  open: { tone: 'wait', says: { zh: '待作结论', en: 'Verdict waits' } },
  told: { tone: 'wait', says: { zh: '已告知，可申请复核', en: 'Told, open to a recheck' } },
  contested: { tone: 'now', says: { zh: '复核中', en: 'Being rechecked' } },
  final: { tone: 'plain', says: { zh: '已生效', en: 'Final' } },
};

export const statePill = (view: View, state: YearState): Html => part.pill(view, states[state].tone, states[state].says);

export const verdictWords: Readonly<Record<Verdict, Words>> = {
  good: { zh: '合格', en: 'Satisfactory' },
  basic: { zh: '基本合格', en: 'Barely satisfactory' },
  unfit: { zh: '不合格', en: 'Unsatisfactory' },
};
const tones: Readonly<Record<Verdict, part.Tone>> = { good: 'verified', basic: 'wait', unfit: 'refused' };
export const verdictPill = (view: View, verdict: Verdict): Html => part.pill(view, tones[verdict], verdictWords[verdict]);

export const reviewTitle = (year: number): Words => ({ zh: `${year}年度专家考核`, en: `Annual review of experts ${year}` });
interface Period {
  readonly from: string;
  readonly through: string;
}
export const periodText = (view: View, period: Period): string =>
  view.t({ zh: '考核期 {days}', en: 'Period {days}' }, { days: part.daysText(view, period) });
