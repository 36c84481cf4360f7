import { problem } from '../kernel/problem.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { cite, tenderingRegulation } from '../rulebook/law.ts';

/** Why a host may end a tender before anybody is awarded (终止招标): a line declares its own grounds, each with its source. */
export interface TerminationGround {
  readonly id: string;
  readonly says: Words;
  readonly source: Words;
}

/** What a lot that was ended by its host bears as the reason why nothing came of it. */
export const endedByHost = 'terminated';

const groundUnknown = problem(
  'termination-ground-unknown',
  'refused',
  '本门类没有这种终止事由，不能据此终止。',
  'The line has no such ground: a tender is not ended for it.',
);

/** No host walks away from bidders because it does not like them: only what the law of the line names ends a tender. */
export const terminationRules: readonly Rule<{ readonly ground: TerminationGround | undefined }>[] = [
  rule<{ readonly ground: TerminationGround | undefined }>({
    id: 'TERM-1',
    acts: ['terminate-tender'],
    source: cite(tenderingRegulation, '31'),
    certainty: 'V',
    says: {
      zh: '招标人终止招标须有本门类法定的事由并说明理由，及时发布公告，退还所收取的文件费用、投标保证金及银行同期存款利息；发布候选人公示后不得终止。',
      en: 'A host ends a tender on a ground of the line, with its reason, tells everybody at once, and gives back fees and securities with deposit interest; once the candidates are public it may not.',
    },
    problem: groundUnknown,
    refuses: ({ ground }) => ground === undefined && { field: 'ground' },
  }),
];
