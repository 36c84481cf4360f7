import type { EntityManager } from '@mikro-orm/postgresql';
import { markPlace, markTitles } from '../bids/mark-words.ts';
import type { Words } from '../kernel/words.ts';
import { pseudonymWords } from '../openings/pseudonym.ts';
import { PseudonymRow } from '../openings/schema.ts';
import { type Blind, isBlind } from '../tenders/blind.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { placeOf } from './blind-mark.ts';
import { judgedPart } from './part-work.ts';
import { BlindCheck } from './schema.ts';

/** A part that is judged under pseudonyms now: what of it, and which pseudonym is whose. */
export interface Blinding {
  readonly blind: Blind;
  /** in the order of their numbers */
  readonly list: readonly { readonly id: string; readonly number: number; readonly submission: string }[];
}

/** The pseudonyms of the part at hand while it is judged blind; null where everybody may know the names. */
export async function blindingOf(em: EntityManager, lot: Lot): Promise<Blinding | null> {
  const [terms, part] = [termsOf(lot), judgedPart(lot)];
  if (!terms.blind || !isBlind(lot, terms, part)) return null;
  const list = await em.find(PseudonymRow, { lot: lot.id, part }, { orderBy: { number: 'asc' } });
  return { blind: terms.blind, list };
}

/** The bid that an id means: while it is blind that of its pseudonym and no other, else its own. Undefined for an id that names none. */
export const submissionNamed = (blinding: Blinding | null, id: string): string | undefined =>
  blinding ? blinding.list.find((each) => each.id === id)?.submission : id;

/** 暗标 01: how a bid is called while it is blind. */
export const nameWhileBlind = ({ number }: { readonly number: number }): string => pseudonymWords(number).zh;

/** What the platform's check saw in the blind files of a bid, in words; null before it has looked. */
export async function blindMarksOf(em: EntityManager, pseudonym: string): Promise<{ file: number; kind: Words; place: Words }[] | null> {
  const check = await em.findOne(BlindCheck, { pseudonym });
  return check === null
    ? null
    : check.marks.map(({ file, kind, page }) => ({ file, kind: markTitles[kind], place: markPlace(placeOf(page)) }));
}
