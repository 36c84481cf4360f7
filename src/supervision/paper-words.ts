import type { Words } from '../kernel/words.ts';

/** How papers, a later room, call things that a supervisor's page tells of too. */
export interface PaperWords {
  /** what each kind of paper is called */
  readonly titles: ReadonlyMap<string, Words>;
  /** why a bid was not valid */
  invalid(reason: string): Words;
}

let given: PaperWords = { titles: new Map(), invalid: (reason) => ({ zh: reason, en: reason }) };

export function providePaperWords(words: PaperWords): void {
  given = words;
}

/** What a kind of paper is called where its line has no name of its own for it. */
export const paperTitle = (kind: string): Words | undefined => given.titles.get(kind);

/** Why a bid was not valid, in the words of the opening record. */
export const invalidityWords = (reason: string): Words => given.invalid(reason);
