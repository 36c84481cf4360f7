import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';

export interface Import {
  readonly line: number;
  /** path from the tree's root for our own files, else the package's name as it is written */
  readonly target: string;
  /** erased before the program runs */
  readonly typeOnly: boolean;
}

/** One source file, taken apart far enough to judge where it stands. */
export interface Source {
  /** from the tree's root, with slashes */
  readonly path: string;
  readonly imports: readonly Import[];
  /** the lines with comments and the insides of strings blanked out */
  readonly code: readonly string[];
  /** the lines with only the comments blanked out */
  readonly text: readonly string[];
}

/** Reads every TypeScript file below these folders of a tree, in order of their names. */
export function readSources(root: string, folders: readonly string[], leaveOut: (path: string) => boolean = () => false): Source[] {
  const paths = folders.flatMap((folder) => entries(join(root, folder)).map((name) => posix.join(folder, name.split(sep).join('/'))));
  return paths
    .filter((path) => path.endsWith('.ts') && !leaveOut(path))
    .sort()
    .map((path) => takeApart(path, readFileSync(join(root, path), 'utf8')));
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return []; // a small tree need not have every folder
  }
}

export function takeApart(path: string, content: string): Source {
  const { code, text } = blank(content);
  return { path, imports: importsOf(path, text), code: code.split('\n'), text: text.split('\n') };
}

const importing = /\b(import|export)\s+(type\s+)?((?:[\w$*\s{},]|\bas\b)*?)\s*from\s*(['"])([^'"]+)\4|\bimport\s*(\(?)\s*(['"])([^'"]+)\7/g;

function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(importing)) {
    const named = match[5] ?? match[8] ?? '';
    const line = text.slice(0, match.index).split('\n').length;
    const dynamicType = match[6] === '(' && /:\s*typeof\s*$|\btype\s+\w+\s*=\s*$/.test(text.slice(0, match.index));
    found.push({
      line,
      target: named.startsWith('.') ? posix.normalize(posix.join(dirname(path), named)) : named,
      typeOnly: match[2] !== undefined || onlyTypes(match[3]) || dynamicType,
    });
  }
  return found;
}

/** `{ type A, type B }` imports nothing that runs. */
function onlyTypes(clause: string | undefined): boolean {
  const braces = /^\{([^}]*)\}$/.exec(clause?.trim() ?? '')?.[1];
  if (braces === undefined) return false;
  const names = braces.split(',').map((each) => each.trim());
  return names.filter((each) => each !== '').every((each) => each.startsWith('type '));
}

/** A slash begins a regular expression where a value may begin. */
const beforeRegex = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\breturn|\btypeof|\bcase|=>)\s*$/;

/** Replaces comments (both results) and what stands inside strings (`code` only) by blanks, keeping every line where it is. */
function blank(content: string): { code: string; text: string } {
  let code = '';
  let text = '';
  const put = (piece: string, asCode: boolean, asText: boolean): void => {
    const blanks = piece.replace(/[^\n]/g, ' ');
    code += asCode ? piece : blanks;
    text += asText ? piece : blanks;
  };
  /** one entry for each template literal we are inside of: how many braces are open in its current `${}` */
  const templates: number[] = [];
  for (let at = 0; at < content.length; ) {
    const rest = content.slice(at, at + 2);
    const one = content[at] ?? '';
    let end = at + 1;
    if (rest === '//') end = endOf(content, at, /\n|$/g, false);
    else if (rest === '/*') end = endOf(content, at + 2, /\*\/|$/g, true);
    if (end > at + 1) {
      put(content.slice(at, end), false, false);
    } else if (one === "'" || one === '"') {
      end = quoted(content, at, one);
      put(one, true, true);
      put(content.slice(at + 1, end - 1), false, true);
      put(content.slice(end - 1, end), true, true);
    } else if (one === '`' || (one === '}' && templates.at(-1) === 0)) {
      if (one === '}') templates.pop();
      const stop = templateEnd(content, at + 1);
      put(one, true, true);
      put(content.slice(at + 1, stop.at), false, true);
      put(content.slice(stop.at, stop.next), true, true);
      if (stop.opens) templates.push(0);
      end = stop.next;
    } else if (one === '/' && beforeRegex.test(code.slice(-40))) {
      end = regexEnd(content, at);
      put(content.slice(at, end), false, true);
    } else {
      const open = templates.at(-1);
      if (open !== undefined && one === '{') templates[templates.length - 1] = open + 1;
      if (open !== undefined && one === '}') templates[templates.length - 1] = open - 1;
      put(one, true, true);
    }
    at = end;
  }
  return { code, text };
}

function endOf(content: string, from: number, pattern: RegExp, inclusive: boolean): number {
  pattern.lastIndex = from;
  const match = pattern.exec(content);
  return match ? match.index + (inclusive ? match[0].length : 0) : content.length;
}

function quoted(content: string, at: number, quote: string): number {
  let end = at + 1;
  while (end < content.length && content[end] !== quote && content[end] !== '\n') end += content[end] === '\\' ? 2 : 1;
  return end + 1;
}

function templateEnd(content: string, from: number): { at: number; next: number; opens: boolean } {
  for (let at = from; at < content.length; at++) {
    if (content[at] === '\\') at++;
    else if (content[at] === '`') return { at, next: at + 1, opens: false };
    else if (content[at] === '$' && content[at + 1] === '{') return { at, next: at + 2, opens: true };
  }
  return { at: content.length, next: content.length, opens: false };
}

function regexEnd(content: string, at: number): number {
  let inClass = false;
  for (let end = at + 1; end < content.length && content[end] !== '\n'; end++) {
    if (content[end] === '\\') end++;
    else if (content[end] === '[') inClass = true;
    else if (content[end] === ']') inClass = false;
    else if (content[end] === '/' && !inClass) return end + 1;
  }
  return at + 1; // it was a division after all
}
