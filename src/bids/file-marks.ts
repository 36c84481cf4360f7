import type { BlindRules } from '../tenders/blind.ts';
import { isOffice, officeMarks } from './office-marks.ts';
import { isPdf, pdfMarks } from './pdf-marks.ts';
import { isPicture, pictureMarks } from './picture-marks.ts';
import { type OwnWord, type Telling, toldIn } from './telling-words.ts';

/** What a program can see in a file that may tell whose it is, or that keeps it from seeing more. */
export const markKinds = [
  'name',
  'person',
  'code',
  'phone',
  'mail',
  'domain',
  'properties',
  'metadata',
  'notes',
  'attachments',
  'bookmarks',
  'pictures',
  'pages',
  'fonts',
  'locked',
  'cut',
  'unread',
  'unknown',
  'large',
] as const satisfies readonly (Telling | string)[];
export type MarkKind = (typeof markKinds)[number];

/** Where a mark stands: on a page (from 1), in what belongs to the file as a whole, or in its name. */
export type MarkPlace = number | 'file' | 'name';

export interface Mark {
  readonly kind: MarkKind;
  readonly place: MarkPlace;
  /** the word, number or name that was found; empty where the kind says all */
  readonly found: string;
}

/** What every kind of file is asked for. */
export interface FileMarks {
  readonly texts: readonly { readonly place: MarkPlace; readonly text: string }[];
  readonly marks: readonly Mark[];
}

/** Larger files are not looked at: a page must stay alive. */
export const largestChecked = 64_000_000;

/** Everything in a file that may tell whose it is, in the order of its pages. Never waits for ever: what is too large or nested too deep is said to be left. */
export async function marksOf(
  { name, content }: { readonly name: string; readonly content: Blob | null },
  { rules, own }: { readonly rules: BlindRules; readonly own: readonly OwnWord[] },
): Promise<readonly Mark[]> {
  const named = toldIn(name.replace(/\.\w{1,5}$/, ''), own).map(({ kind, text }): Mark => ({ kind, place: 'name', found: text }));
  if (content === null || content.size > largestChecked) return [...named, { kind: 'large', place: 'file', found: '' }];
  const { texts, marks } = await readMarks(new Uint8Array(await content.arrayBuffer()), rules);
  const told = texts.flatMap(({ place, text }) => toldIn(text, own).map(({ kind, text: found }): Mark => ({ kind, place, found })));
  return [...named, ...told, ...marks].slice(0, mostMarks);
}

const mostMarks = 200;

function readMarks(bytes: Uint8Array, rules: BlindRules): Promise<FileMarks> {
  if (isPdf(bytes)) return pdfMarks(bytes, rules);
  if (isPicture(bytes)) return Promise.resolve(pictureMarks(bytes));
  if (isOffice(bytes)) return officeMarks(bytes);
  return Promise.resolve({ texts: [], marks: [{ kind: 'unknown', place: 'file', found: '' }] });
}
