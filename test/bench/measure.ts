/** How often `work` was done in a second, by `hands` at once, over `seconds` after a short warm-up. */
export async function rate(work: () => Promise<unknown>, { hands = 1, seconds = 3 } = {}): Promise<number> {
  await during(work, hands, 0.5);
  return during(work, hands, seconds);
}

async function during(work: () => Promise<unknown>, hands: number, seconds: number): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let done = 0;
  const hand = async (): Promise<void> => {
    while (performance.now() < end) {
      await work();
      done++;
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
  return done / ((performance.now() - begin) / 1000);
}

/** One thing measured against the barest way of doing the same on the same machine. */
export interface Comparison {
  readonly what: string;
  /** per second */
  readonly ours: number;
  /** what the bare thing is, and how often a second it is done */
  readonly bare: string;
  readonly bareRate: number;
  /** `ours / bareRate` must not fall below this */
  readonly limit: number;
}

export const kept = (comparison: Comparison): boolean => comparison.ours / comparison.bareRate >= comparison.limit;

/** The comparisons as a table for people; ratios, because rates belong to a machine. */
export function table(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((each) => [
    each.what,
    each.ours.toFixed(0),
    each.bare,
    each.bareRate.toFixed(0),
    (each.ours / each.bareRate).toFixed(3),
    `≥ ${each.limit}`,
    kept(each) ? 'ok' : 'TOO SLOW',
  ]);
  const all = [['what', '/s', 'bare', '/s', 'ratio', 'limit', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => (/^[\d.]+$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
