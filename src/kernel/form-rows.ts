/**
 * Rows of a form as a list: form parsers make an object of a list that is long. Every row stays in its place, also one on which nothing was
 * filled in, because a refusal names the row by its place.
 */
export const rowsOf = (given: unknown): unknown =>
  given === undefined ? [] : typeof given === 'object' && given !== null && !Array.isArray(given) ? Object.values(given) : given;
