import type { Words } from '../kernel/words.ts';

/**
 * What of a bidder’s file may be shown inside our own page. A bidder chooses the names of its files and what is in them: only the first bytes tell
 * what a browser would make of it, and only kinds that can run nothing in our page are shown. Everything else is to be downloaded.
 */
export type Showable = 'pdf' | 'image' | 'workbook' | 'csv';

/** So many first bytes tell a kind. */
export const headBytes = 16;

interface Shape {
  readonly kind: Showable;
  readonly names: RegExp;
  /** the content type under which it is sent; the browser is told not to guess another */
  readonly type: string;
  readonly begins: (head: Uint8Array) => boolean;
}

const latin = (head: Uint8Array, from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));

const shapes: readonly Shape[] = [
  { kind: 'pdf', names: /\.pdf$/i, type: 'application/pdf', begins: (head) => latin(head, 0, 5) === '%PDF-' },
  { kind: 'image', names: /\.png$/i, type: 'image/png', begins: (head) => latin(head, 0, 8) === '\x89PNG\r\n\x1a\n' },
  { kind: 'image', names: /\.jpe?g$/i, type: 'image/jpeg', begins: (head) => latin(head, 0, 3) === '\xff\xd8\xff' },
  { kind: 'image', names: /\.gif$/i, type: 'image/gif', begins: (head) => /^GIF8[79]a$/.test(latin(head, 0, 6)) },
  {
    kind: 'image',
    names: /\.webp$/i,
    type: 'image/webp',
    begins: (head) => latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP',
  },
  { kind: 'workbook', names: /\.xlsx$/i, type: '', begins: (head) => latin(head, 0, 4) === 'PK\x03\x04' },
  { kind: 'csv', names: /\.csv$/i, type: '', begins: (head) => !head.includes(0) },
];

export type Shown = { readonly kind: Showable; readonly type: string } | { readonly kind: null; readonly why: Words };

const never: Words = { zh: '此类文件只能下载查看。', en: 'Files of this kind can only be downloaded.' };
const disguised: Words = {
  zh: '文件内容与扩展名不符，页面内不显示；请下载后谨慎打开。',
  en: 'The content is not what the name says, so it is not shown here; download it and open it with care.',
};

/** How this file may be shown, by its name and its first bytes together. */
export function howShown(name: string, head: Uint8Array): Shown {
  const named = shapes.find((shape) => shape.names.test(name));
  if (!named) return { kind: null, why: never };
  return named.begins(head) ? { kind: named.kind, type: named.type } : { kind: null, why: disguised };
}

/**
 * The policy under which a bidder’s file comes from our own address: nothing in it may run, load or send anything, and only our own pages frame it. An
 * image is sandboxed besides. For a PDF that word would only turn the browser’s viewer off: it stays an `application/pdf` that nobody may guess otherwise,
 * the viewer lives outside our origin, and its frame may go nowhere (`default-src` of the page). The viewer’s own frame needs its styles and its plug-in.
 */
export const policyFor = (kind: 'pdf' | 'image'): string =>
  kind === 'pdf'
    ? "default-src 'none'; script-src 'none'; object-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    : "default-src 'none'; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
