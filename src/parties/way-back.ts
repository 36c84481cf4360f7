/** A path of this site to go on to, or `otherwise`: an address of another site never gets into a redirect. */
export function wayBack(asked: unknown, otherwise: string): string {
  if (typeof asked !== 'string' || asked.length > 2000) return otherwise;
  // `//host` and `/\host` are other sites to a browser; it drops tabs and line breaks before it looks.
  return /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(asked) ? asked : otherwise;
}

/** Where everybody who works here begins. */
export const workplace = '/work';
