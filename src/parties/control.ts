/** A standing word of one organisation about another: that it controls it, or is controlled by it. */
export interface Control {
  readonly organisation: string;
  readonly other: string;
}

/**
 * The organisations bound to these parties by control, themselves left out. What a party says of itself counts, and what those say whom it names;
 * so a sister under the same parent is found. What a stranger says of a party brings in that stranger alone: whoever claims to control a bidder
 * keeps its own people from the panel, and nobody else's.
 */
export function affiliatesOf(parties: readonly string[], declared: readonly Control[]): string[] {
  const own = new Set(parties);
  const bound = new Set(parties);
  for (const code of bound) for (const { organisation, other } of declared) if (organisation === code) bound.add(other);
  const claimed = declared.filter(({ other }) => bound.has(other)).map(({ organisation }) => organisation);
  return [...new Set([...bound, ...claimed])].filter((code) => !own.has(code)).sort();
}
