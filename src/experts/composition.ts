import { Fraction } from '../kernel/fraction.ts';
import { problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { type FieldRule, fieldRule, figureRule } from '../rulebook/figure-rule.ts';
import { cite, tenderingLaw } from '../rulebook/law.ts';
import { type Dated, type KeyOf, parameter, type UniformKeyOf } from '../rulebook/parameters.ts';
import type { PanelFacts } from '../tenders/line.ts';

export const panelComposition = problem(
  'panel-composition',
  'refused',
  '评标委员会组成不符合规定。',
  'The panel is not composed as the law asks.',
);
export const poolTooSmall = problem(
  'expert-pool-too-small',
  'refused',
  '符合条件的专家太少，条件过窄。',
  'Too few experts are eligible: the conditions are too narrow.',
);

/** How many of a panel of this size must be experts: 5 → 4, 7 → 5, 9 → 6 at two thirds. */
export function expertsNeeded(size: number, share: Fraction): number {
  const exact = Fraction.of(size).times(share);
  const whole = exact.floor();
  return Number(Fraction.of(whole).isBelow(exact) ? whole + 1n : whole);
}

/** An odd number decides by majority. Whose law says so, the line says. */
export const oddPanel = (id: string, source: Words): FieldRule<PanelFacts> =>
  fieldRule<PanelFacts>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    certainty: 'V',
    source,
    says: { zh: '评标委员会成员人数应为单数', en: 'a panel has an odd number of members' },
    problem: panelComposition,
    field: 'panelSize',
    refuses: ({ size }) => size % 2 === 0 && { field: 'panelSize' },
  });
export const panelOdd = oddPanel('PANEL-1', cite(tenderingLaw, '37'));

export const panelWithinItself = fieldRule<PanelFacts>({
  id: 'PANEL-2',
  acts: ['draft-lot', 'publish-notice'],
  certainty: 'V',
  source: cite(tenderingLaw, '37'),
  says: { zh: '专家人数不得多于评标委员会成员人数', en: 'the experts are no more than the members' },
  problem: panelComposition,
  field: 'panelExperts',
  refuses: ({ size, experts }) => experts > size && { field: 'panelExperts' },
});

export const panelAtLeast = (id: string, key: KeyOf<'count'>): FieldRule<PanelFacts> =>
  figureRule<PanelFacts, KeyOf<'count'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'panelSize',
    problem: panelComposition,
    refuses: ({ size }, least) => size < least,
  });

/** From a certain estimate on, that amount included, the panel is larger. */
export const panelAtLeastFrom = (id: string, key: UniformKeyOf<'count'>, from: UniformKeyOf<'yuan'>): FieldRule<PanelFacts> =>
  figureRule<PanelFacts, UniformKeyOf<'count'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'panelSize',
    problem: panelComposition,
    refuses: (facts, least) => facts.estimate !== undefined && facts.estimate >= parameter(from, facts) && facts.size < least,
  });

export const expertShareAtLeast = (id: string, key: KeyOf<'ratio'>): FieldRule<PanelFacts> =>
  figureRule<PanelFacts, KeyOf<'ratio'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'panelExperts',
    problem: panelComposition,
    refuses({ size, experts }, share) {
      const needed = expertsNeeded(size, share);
      if (experts >= needed) return false;
      return { zh: `${size}人的评标委员会至少需要${needed}名专家`, en: `A panel of ${size} needs at least ${needed} experts.` };
    },
  });

/** What a draw is judged by before it is requested. */
export interface PoolFacts extends Dated {
  /** experts that remain eligible for one seat group after all exclusions */
  readonly eligible: number;
  /** experts to be called for it */
  readonly needed: number;
}

/** A pool hardly larger than the seats points at persons. */
export const poolAtLeast = figureRule<PoolFacts, 'op.pool.multiple.min'>({
  id: 'XD-15',
  acts: ['request-draw'],
  key: 'op.pool.multiple.min',
  field: 'seats',
  problem: poolTooSmall,
  refuses({ eligible, needed }, multiple) {
    if (eligible >= needed * multiple) return false;
    // not how many there are: small numbers, asked for again under other conditions, would tell who is left out
    return {
      zh: `需要${needed}人，可抽取的不足${needed * multiple}人，可选择按规则逐级扩大范围`,
      en: `${needed} are needed and fewer than ${needed * multiple} are eligible; the request may go further, rung by rung.`,
    };
  },
});
