import type { Words } from '../kernel/words.ts';
import type { Blind } from '../tenders/blind.ts';
import type { BidField } from '../tenders/line.ts';
import { type Mark, marksOf } from './file-marks.ts';
import type { Finding } from './findings.ts';
import { markPlace, markWords } from './mark-words.ts';
import type { OwnWord } from './telling-words.ts';

/**
 * What in the files of a blind review may tell whose they are, as far as a program can see, before they are sealed. Doubts, and no refusals: what is drawn in
 * pictures and manners of writing only its bidder and the panel can read.
 */
export interface BlindChecked {
  readonly blind: Blind | undefined;
  readonly form: readonly BidField[];
  readonly files: readonly { readonly field: string; readonly name: string; readonly content: Blob }[];
  /** words that tell this bidder (telling-words.ts) */
  readonly own: readonly OwnWord[];
}

export async function blindFindings({ blind, form, files, own }: BlindChecked): Promise<readonly Finding[]> {
  if (!blind) return [];
  const findings: Finding[] = [];
  for (const { field, name, content } of files) {
    if (!blind.documents.includes(field) || !form.some((each) => each.key === field)) continue;
    const marks = await marksOf({ name, content }, { rules: blind.rules, own });
    findings.push(...marks.map((mark): Finding => ({ field, weight: 'doubt', says: saidOf(name, mark) })));
  }
  return findings;
}

/** Which file, where in it, and what. */
function saidOf(name: string, mark: Mark): Words {
  const [where, what] = [markPlace(mark.place), markWords(mark)];
  return { zh: `暗标“${name}”${where.zh}：${what.zh}`, en: `Blind file “${name}”, ${where.en}: ${what.en}` };
}
