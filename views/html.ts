import { html as ghtml } from 'ghtml';

/**
 * Markup that is safe to send: every value put into it was escaped. Only `html`, `raw` and `join` make it, and it is a class
 * rather than a shape, so that no JSON from outside (re-shown form values, say) can pass for markup.
 */
export class Html {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: text (escaped), numbers, markup (kept), lists of these; null, undefined and false stand for nothing. */
export type Piece = Html | string | number | bigint | null | undefined | false | readonly Piece[];

/**
 * The one template tag of the pages: escapes every value unless it is already `Html`. Quote every attribute: `class="${name}"`.
 * ghtml's own `!${}` for unescaped values is out of reach here (each value is escaped by itself), so an exclamation mark in a text stays a text.
 */
export function html(literals: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let markup = literals[0] ?? '';
  pieces.forEach((piece, at) => {
    markup += markupOf(piece) + (literals[at + 1] ?? '');
  });
  return new Html(markup);
}

function markupOf(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.toString();
  if (typeof piece === 'string') return ghtml`${piece}`;
  if (typeof piece === 'number' || typeof piece === 'bigint') return String(piece);
  return piece.map(markupOf).join('');
}

/** Joins pieces with something between them: `join(names, '、')`. */
export function join(pieces: readonly Piece[], between: Piece = ''): Html {
  return new Html(
    pieces
      .filter((piece) => piece !== null && piece !== undefined && piece !== false)
      .map(markupOf)
      .join(markupOf(between)),
  );
}

/** One piece of markup per item. */
export function each<T>(items: readonly T[], show: (item: T, index: number) => Piece): Html {
  return join(items.map(show));
}

/** The piece if the condition holds, else nothing. */
export function when(condition: boolean, piece: Piece | (() => Piece)): Html {
  if (!condition) return nothing;
  return join([typeof piece === 'function' ? piece() : piece]);
}

/** A boolean or optional attribute: ` required`, ` max="9"`, or nothing for false, null and undefined. Starts with its own blank. */
export function attribute(name: string, value: string | number | boolean | null | undefined): Html {
  if (value === false || value === null || value === undefined) return nothing;
  return value === true ? new Html(` ${name}`) : html` ${new Html(name)}="${value}"`;
}

/** Class names from a list; false and empty ones are left out: `class="${classes('pill', late && 'late')}"`. */
export function classes(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => name).join(' ');
}

/** Markup from a trusted source only: constants of this repository, never anything a person, a file or the database said. */
export function raw(trusted: string): Html {
  return new Html(trusted);
}

export const nothing: Html = new Html('');
