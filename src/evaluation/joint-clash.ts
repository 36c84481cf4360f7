import type { Call } from '../kernel/act.ts';
import { problem } from '../kernel/problem.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { clashesAmong } from '../openings/joint-rules.ts';
import { OpeningItem } from '../openings/schema.ts';
import { Organisation } from '../parties/schema.ts';
import { cite, tenderingRegulation } from '../rulebook/law.ts';
import type { Lot } from '../tenders/schema.ts';
import type { PanelWork } from './bundle-reads.ts';

const clashStands = problem(
  'joint-clash-stands',
  'refused',
  '同一单位参加的多份投标尚未全部否决。',
  'Bids of one organisation that takes part in several still stand.',
);

/** Bids that one organisation stands behind are all out, and the panel says so bid by bid: it ends nothing while one of them stands. */
export const clashingRejected: Rule<{ readonly standing: readonly { readonly organisation: string; readonly bids: readonly string[] }[] }> =
  rule({
    id: 'JV-5',
    acts: ['conclude-part', 'conclude-evaluation'],
    source: cite(tenderingRegulation, '37'),
    certainty: 'M',
    says: {
      zh: '联合体各方以自己名义单独投标或者参加其他联合体投标的，相关投标均无效，由评标委员会否决。',
      en: 'Where a member of a joint venture bids alone as well, or in another one, all of those bids are rejected by the panel.',
    },
    problem: clashStands,
    refuses: ({ standing }) =>
      standing.length > 0 && {
        says: {
          zh: `${standing.map(({ organisation, bids }) => `${organisation} 参加的投标：${bids.join('、')}`).join('；')}。相关投标均须否决。`,
          en: `${standing.map(({ organisation, bids }) => `${organisation} takes part in ${bids.join(', ')}`).join('; ')}. All of them are to be rejected.`,
        },
      },
  });

/** Upholds JV-5 over a panel's work. */
export async function refuseClashing(call: Call, lot: Lot, { bids, progress }: PanelWork): Promise<void> {
  const items = await call.em.find(OpeningItem, { lot: lot.id });
  const clashes = clashesAmong(items);
  if (clashes.length === 0) return;
  const inPlay = new Map(bids.filter(({ submission }) => !progress.out?.has(submission)).map((bid) => [bid.submission, bid.bidderName]));
  const organisations = await call.em.find(Organisation, { code: { $in: clashes.map(({ organisation }) => organisation) } });
  const names = new Map(organisations.map(({ code, name }) => [code, name]));
  const standing = clashes.flatMap(({ organisation, submissions }) => {
    const left = submissions.flatMap((submission) => inPlay.get(submission) ?? []);
    return left.length === 0 ? [] : [{ organisation: names.get(organisation) ?? organisation, bids: left }];
  });
  uphold([clashingRejected], { standing });
}
