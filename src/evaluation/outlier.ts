import { decimal, type Fraction, mean } from '../kernel/fraction.ts';

/** Scores that lie far from what the others gave (rules/domain XE-7): a warning that asks for a reason, never a verdict. Pure. */

export interface GivenMark {
  readonly member: string;
  readonly submission: string;
  readonly criterion: string;
  readonly score: string;
  readonly reason: string | null;
}
export interface OutlierRule {
  /** points, decimal text */
  readonly points: Fraction;
  /** share of the others' mean */
  readonly share: Fraction;
}

/** With fewer members there are no others to lie far from. */
const fewestOthers = 2;

/**
 * The marks whose distance from the mean of the other members' marks is more than the greater of so many points and such a share of that mean, among
 * subjective criteria; exactly as far is not too far.
 */
export function outliersIn(marks: readonly GivenMark[], subjective: ReadonlySet<string>, rule: OutlierRule): readonly GivenMark[] {
  const sheets = new Map<string, GivenMark[]>();
  for (const mark of marks.filter(({ criterion }) => subjective.has(criterion))) {
    const key = JSON.stringify([mark.submission, mark.criterion]);
    sheets.set(key, [...(sheets.get(key) ?? []), mark]);
  }
  return [...sheets.values()].flatMap((sheet) =>
    sheet.filter((mark) => {
      const others = sheet.filter((each) => each.member !== mark.member).map(({ score }) => decimal(score));
      if (others.length < fewestOthers) return false;
      const middle = mean(others);
      const relative = middle.times(rule.share);
      return decimal(mark.score)
        .minus(middle)
        .absolute()
        .isAbove(relative.isAbove(rule.points) ? relative : rule.points);
    }),
  );
}

/** Those that bear no reason yet. */
export const unexplained = (outliers: readonly GivenMark[]): readonly GivenMark[] => outliers.filter(({ reason }) => !reason?.trim());
