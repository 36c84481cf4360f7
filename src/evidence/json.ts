/**
 * Reads JSON as a verifier must: text with one meaning. `JSON.parse` lets a member stand twice and keeps the last; another
 * program keeps the first, and the two would verify different files. Undefined for anything that is not one clear value.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // whatever is wrong with the syntax: it cannot be read
  }
  return hasRepeatedMember(text) || !isWellFormed(value) ? undefined : { value };
}

/** Walks text that JSON.parse has accepted; only strings and brackets matter. */
function hasRepeatedMember(text: string): boolean {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;
  const open: (Set<string> | null)[] = [];
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    if (found === '{') open.push(new Set());
    else if (found === '[') open.push(null);
    else if (found === '}' || found === ']') open.pop();
    else if (isMemberName(text, token.lastIndex)) {
      const name = JSON.parse(found) as string;
      const names = open.at(-1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}

/** In accepted JSON only a member name is followed by a colon. */
function isMemberName(text: string, end: number): boolean {
  for (let at = end; at < text.length; at++) {
    const character = text[at];
    if (character === ':') return true;
    if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return false;
  }
  return false;
}

/** A lone surrogate has no UTF-8 and therefore no hash. */
export function isWellFormed(value: unknown): boolean {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') {
      if (!next.isWellFormed()) return false;
    } else if (typeof next === 'object' && next !== null) {
      for (const [name, each] of Object.entries(next)) waiting.push(name, each);
    }
  }
  return true;
}
