import { Parser } from 'saxen';

/** An element of somebody's XML as a tree of plain names, whatever prefix they bore. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Deeper or larger than any statement: a bound against input made to cost time. */
const deepest = 24;
const most = 600_000;

/**
 * Reads a document. Null for what is not well-formed, and for everything that has a document type: without one there are no entities but the five of
 * XML, so nothing can be made to burst and nothing outside the file is ever fetched.
 */
export function readXml(text: string): Element | null {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  let sound = true;
  let count = 0;
  const parser = new Parser();
  const refuse = (): void => {
    sound = false;
    parser.stop();
  };
  const here = (): Element => open.at(-1) ?? root;
  parser.on('openTag', (name, attributes, decode) => {
    count += 1;
    if (open.length > deepest || count > most) return refuse();
    const given = Object.entries(attributes()).map(([key, value]) => [key, decode(value)] as const);
    const element: Element = { name: local(name), attributes: Object.fromEntries(given), children: [], text: '' };
    here().children.push(element);
    open.push(element);
  });
  parser.on('closeTag', () => {
    open.pop();
  });
  parser.on('text', (piece, decode) => {
    here().text += decode(piece);
  });
  parser.on('cdata', (piece) => {
    here().text += piece;
  });
  // <!DOCTYPE …>
  parser.on('attention', refuse);
  parser.on('error', refuse);
  parser.on('warn', refuse);
  parser.parse(text.replace(/^\uFEFF/, ''));
  const [document, ...others] = root.children;
  return sound && document && others.length === 0 && open.length === 1 ? document : null;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The first element down a path of names. */
export function down(from: Element | undefined, ...path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, name) => at?.children.find((child) => child.name === name), from);
}

export const all = (from: Element | undefined, name: string): readonly Element[] =>
  from?.children.filter((child) => child.name === name) ?? [];

/** What stands in it, trimmed; empty where there is none. */
export const textIn = (from: Element | undefined, ...path: readonly string[]): string => down(from, ...path)?.text.trim() ?? '';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text as it stands in a document; what XML cannot carry is left out. */
export const escaped = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"']/g, (sign) => escapes[sign] ?? '');
