import { z } from 'zod';
import { words } from '../kernel/answer.ts';
import { Fraction } from '../kernel/fraction.ts';
import { type FieldProblem, problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { type FieldRule, fieldRule, figureRule } from '../rulebook/figure-rule.ts';
import { cite, frameworkOrder } from '../rulebook/law.ts';
import type { UniformKeyOf } from '../rulebook/parameters.ts';
import { ratioOfPercent } from './benchmark.ts';
import type { Draft, DraftKey } from './draft.ts';
import type { LineEdition } from './line.ts';
import type { NoticeFacts, Subject } from './timetable.ts';

/** Suppliers enter an agreement by their rank, after some are eliminated; its contracts are awarded among them. */
export interface AgreementPlan {
  readonly source: Words;
  /** how a contract is awarded within it; the notice chooses one. In turn, nobody chooses the supplier */
  readonly ways: readonly { readonly id: string; readonly title: Words; readonly says: Words; readonly inTurn: boolean }[];
  /** on which grounds a supplier is removed */
  readonly removals: readonly { readonly id: string; readonly says: Words; readonly source: Words }[];
}

/** What a notice says of an agreement that several suppliers enter: how contracts are awarded within it, how long it lasts, who is eliminated. */
export const agreementShape = z.object({
  way: z.object({ id: z.string(), title: words, inTurn: z.boolean() }),
  months: z.int().min(1),
  /** share of the suppliers that is eliminated at least, e.g. `0.2` */
  eliminated: z.string(),
  /** how many enter at most; null: as many as are not eliminated */
  most: z.int().nullable(),
});
export type AgreementTerms = z.infer<typeof agreementShape>;

const needed: readonly DraftKey[] = ['agreementWay', 'agreementMonths', 'eliminationShare'];

/** What is still missing of it in a draft of a line that has one. */
export function agreementMissing({ agreement }: LineEdition, draft: Draft): readonly FieldProblem[] {
  if (!agreement) return [];
  const unknown = !agreement.ways.some(({ id }) => id === draft.agreementWay);
  return needed
    .filter((key) => draft[key] === null || (key === 'agreementWay' && unknown))
    .map((path) => ({ path, says: { zh: '尚未填写。', en: 'Still to be filled in.' } }));
}

/** The terms of a draft in which nothing is missing. */
export function agreementOf({ ways }: AgreementPlan, draft: Draft): AgreementTerms {
  const way = ways.find(({ id }) => id === draft.agreementWay);
  if (!way || draft.agreementMonths === null || draft.eliminationShare === null) throw new Error('the draft of an agreement is incomplete');
  const { id, title, inTurn } = way;
  return {
    way: { id, title, inTurn },
    months: draft.agreementMonths,
    eliminated: ratioOfPercent(draft.eliminationShare),
    most: draft.entrantsMost,
  };
}

export const tooFewEliminated = problem('too-few-eliminated', 'refused', '淘汰比例低于规定。', 'Too small a share is eliminated.');
export const agreementTooLong = problem('agreement-too-long', 'refused', '框架协议有效期过长。', 'The agreement lasts too long.');
export const noUnitCeiling = problem('no-unit-ceiling', 'refused', '未确定最高限制单价。', 'No highest unit price is stated.');

/** The share of suppliers that is eliminated, e.g. ≥ 20 %. */
export const eliminatedAtLeast = (id: string, key: UniformKeyOf<'ratio'>): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, UniformKeyOf<'ratio'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'eliminationShare',
    problem: tooFewEliminated,
    refuses({ eliminationShare }, least) {
      if (eliminationShare === null || eliminationShare === undefined) return false;
      const share = Fraction.parse(ratioOfPercent(eliminationShare));
      return share === undefined || share.isBelow(least);
    },
  });

/** How many months an agreement about one kind of subject lasts at most. */
export const agreementAtMost = (id: string, key: UniformKeyOf<'month'>, subject: Subject): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, UniformKeyOf<'month'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'agreementMonths',
    problem: agreementTooLong,
    refuses: ({ subject: of, agreementMonths }, most) => of === subject && (agreementMonths ?? 0) > most,
  });

/** Nobody responds to an agreement that does not say what a unit may cost at most. */
export const unitCeilingStated = fieldRule<NoticeFacts>({
  id: 'PROC-N16C',
  acts: ['draft-lot', 'publish-notice'],
  certainty: 'V',
  source: cite(frameworkOrder, '13'),
  says: { zh: '征集公告和征集文件应当确定最高限制单价', en: 'notice and documents state the highest price of a unit' },
  problem: noUnitCeiling,
  field: 'ceiling',
  refuses: ({ ceiling }) => ceiling === null && { field: 'ceiling' },
});
