import { problem } from '../kernel/problem.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { addDays, type DayString, daysBetween } from '../kernel/working-days.ts';
import { figureRule } from './figure-rule.ts';
import { cite, platformRule } from './law.ts';
import { allowedBy } from './local-row.ts';
import { type Parameter, valueInWords } from './parameter.ts';
import type { Dated } from './parameters.ts';

export const overrideTooSoon = problem(
  'override-too-soon',
  'refused',
  '另行规定不得溯及既往，须提前设定。',
  'What is set locally never reaches back: it is set ahead of its day.',
);
export const overrideBeyondLaw = problem(
  'override-beyond-law',
  'refused',
  '另行规定超出法律允许的范围。',
  'The figure set lies beyond what the law allows.',
);
export const overrideWithoutPlace = problem(
  'override-without-place',
  'refused',
  '另行规定须指明门类或者地区。',
  'What is set locally names a line, a region or both.',
);

interface AheadFacts extends Dated {
  /** the day from which things change */
  readonly from: DayString;
}

/** Set, withdrawn or ended: what will hold on a day is settled before it. A whole day lies between, so that no notice of that day can miss it. */
export const overrideAhead = figureRule<AheadFacts, 'op.override.ahead'>({
  id: 'LOCAL-1',
  acts: ['set-override', 'withdraw-override', 'end-override'],
  key: 'op.override.ahead',
  field: 'from',
  problem: overrideTooSoon,
  refuses({ on, from }, days) {
    if (daysBetween(on, from) >= days) return false;
    const first = addDays(on, days);
    return { zh: `最早自${first}起`, en: `From ${first} at the earliest.` };
  },
});

interface BoundFacts {
  readonly row: Parameter;
  readonly value: string;
}

/** A figure may be made stricter, never fall below the law; one that is the law's alone may not be set at all. */
export const overrideWithinLaw: Rule<BoundFacts> = rule({
  id: 'LOCAL-2',
  acts: ['set-override'],
  source: cite(platformRule),
  says: {
    zh: '只有参数表列明可另行规定的数字才可另行规定，并且只能在列明的范围内从严，不得低于法律',
    en: 'only a figure whose row allows it may be set locally, and only within the row’s ends: stricter than the law, never laxer',
  },
  problem: overrideBeyondLaw,
  refuses: ({ row, value }) => !allowedBy(row, value) && { field: row.range === null ? 'key' : 'value', says: boundsOf(row) },
});

/** Within which ends a figure may be set, in words. */
export function boundsOf(row: Parameter): Words {
  if (row.range === null) return { zh: '这个数字全国一致，不得另行规定。', en: 'This figure is the same everywhere and may not be set.' };
  const { least, most, why } = row.range;
  const [low, high] = [valueInWords({ ...row, value: least }), valueInWords({ ...row, value: most })];
  return { zh: `${low.zh}至${high.zh}：${why.zh}。`, en: `${low.en} to ${high.en}: ${why.en}.` };
}

/** An override for everybody everywhere would be another law; that is a new dated row. */
export const overrideHasPlace: Rule<{ readonly line: string | null; readonly region: string | null }> = rule({
  id: 'LOCAL-3',
  acts: ['set-override'],
  source: cite(platformRule),
  says: { zh: '另行规定应当指明门类、地区，或者两者', en: 'what is set locally is set for a line, a region or both' },
  problem: overrideWithoutPlace,
  refuses: ({ line, region }) => line === null && region === null && { field: 'region' },
});

/** How two that bind the same lot are ranked; localFigures does it. */
export const precedence: { readonly id: string; readonly says: Words; readonly source: Words } = {
  id: 'LOCAL-4',
  source: cite(platformRule),
  says: {
    zh: '对地区的规定及于其下级地区；几项都适用时，地区范围小的优先，同一地区针对门类的优先，再相同的以后施行的为准；标段发布公告时载明当日适用的规定，此后不变',
    en: 'what is set for a region binds all below it; where several bind, the narrower region goes first, in the same region the one for the line, of two alike the one in force later; a notice pins what holds on its day, and nothing later changes it',
  },
};
