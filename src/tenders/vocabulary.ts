import { z } from 'zod';
import type { Words } from '../kernel/words.ts';

/**
 * The words of a trade. Pages and papers are written once, in the words of tendering; a line that calls things otherwise says so, and whatever is
 * shown of its lots is put into its words. Longer terms come first, so that no term is changed inside another. What people wrote is left alone.
 */
export const vocabularyShape = z.object({
  zh: z.array(z.tuple([z.string().min(1), z.string()])),
  en: z.array(z.tuple([z.string().min(1), z.string()])),
});
export type Vocabulary = z.infer<typeof vocabularyShape>;

export function inTheWordsOf(vocabulary: Vocabulary | null | undefined, words: Words): Words {
  if (!vocabulary) return words;
  return { zh: put(vocabulary.zh, words.zh), en: put(vocabulary.en, words.en) };
}

/** One pass over the text: what has been put in is not looked at again, and a place still to be filled, as `{tenderee}`, keeps its name. */
function put(terms: Vocabulary['zh'], text: string): string {
  const known = new Map(terms);
  const found = [...terms].sort(([a], [b]) => b.length - a.length).map(([term]) => escaped(term));
  return found.length === 0 ? text : text.replace(new RegExp([placeToFill, ...found].join('|'), 'g'), (term) => known.get(term) ?? term);
}
const placeToFill = '\\{\\w+\\}';
const escaped = (term: string): string => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
