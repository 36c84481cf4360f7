import { concat } from '../sealing/digest.ts';
import type { PdfFile } from './pdf-file.ts';
import { type PdfFont, readFont, textOf } from './pdf-fonts.ts';
import { isDict, isList, isText, isWord, nameOf, type PdfDict, type PdfObject, PdfReader, type PdfValue } from './pdf-objects.ts';

/** What the pages of a PDF say in their own order, in whatever typefaces; and of which typefaces it cannot be read. */
export interface PdfText {
  /** by page from 1; 0: content that no page shows, such as what an earlier version showed */
  readonly pages: readonly { readonly page: number; readonly text: string }[];
  /** typefaces whose codes the file does not explain */
  readonly unread: readonly string[];
  readonly count: number;
}

const mostPages = 5000;
const mostNested = 10;

/** One look through the pages; whatever was shown once is not read again. */
export async function readText(file: PdfFile): Promise<PdfText> {
  const look = new Look(file);
  const pages: { page: number; text: string }[] = [];
  const leaves = leavesOf(file);
  for (const [at, { page, resources }] of leaves.entries()) {
    const text = await look.show(contentsOf(file, page), file.dict(resources));
    pages.push({ page: at + 1, text });
  }
  const rest: string[] = [];
  const others = neverShown(file);
  const { cut } = file.effort;
  for (const object of file.objects)
    if (!look.seen.has(object) && !others.has(object) && mayShow(object)) rest.push(await look.show([object], resourcesIn(file, object)));
  // what is no content reads as if it were broken: that says nothing, unless the effort is spent
  file.effort.cut = cut || file.effort.reading <= 0 || file.effort.unpacking <= 0;
  return { pages: [...pages, { page: 0, text: rest.join('\n') }], unread: [...look.unread], count: leaves.length };
}

interface Leaf {
  readonly page: PdfDict;
  readonly resources: PdfValue | undefined;
}

/** The pages in their order; where the file has no tree of them, in the order in which they stand. */
function leavesOf(file: PdfFile): readonly Leaf[] {
  const root = [...file.trailers]
    .reverse()
    .map((each) => file.dict(each.get('Root')))
    .find((each) => each !== undefined);
  const leaves: Leaf[] = [];
  const visited = new Set<PdfDict>();
  const visit = (value: PdfValue | undefined, inherited: PdfValue | undefined, depth: number): void => {
    const node = file.dict(value);
    if (!node || visited.has(node)) return;
    visited.add(node);
    const resources = node.get('Resources') ?? inherited;
    if (depth > 50 || leaves.length >= mostPages) file.effort.cut = true;
    else if (node.has('Kids')) for (const kid of file.list(node.get('Kids'))) visit(kid, resources, depth + 1);
    else leaves.push({ page: node, resources });
  };
  visit(root?.get('Pages'), undefined, 0);
  if (leaves.length > 0) return leaves;
  return file.objects
    .flatMap(({ value }) =>
      isDict(value) && nameOf(value.get('Type')) === 'Page' ? [{ page: value, resources: value.get('Resources') }] : [],
    )
    .slice(0, mostPages);
}

const contentsOf = (file: PdfFile, page: PdfDict): readonly PdfObject[] => {
  const contents = page.get('Contents');
  const single = file.object(contents);
  const parts = single?.stream ? [single] : file.list(contents).map((each) => file.object(each));
  return parts.filter((each) => each !== undefined);
};

const resourcesIn = (file: PdfFile, { value }: PdfObject): PdfDict | undefined =>
  isDict(value) ? file.dict(value.get('Resources')) : undefined;

/** Streams that may be content: no pictures, typefaces, profiles, objects or metadata. */
function mayShow({ value, stream }: PdfObject): boolean {
  if (!stream || !isDict(value)) return false;
  const [type, kind] = [nameOf(value.get('Type')), nameOf(value.get('Subtype'))];
  return ['', 'XObject', 'Pattern'].includes(type) && ['', 'Form'].includes(kind) && !value.has('Length1') && !value.has('N');
}

/** Streams that other objects name for something else: the insides and tables of typefaces. */
function neverShown(file: PdfFile): ReadonlySet<PdfObject> {
  const keys = ['FontFile', 'FontFile2', 'FontFile3', 'ToUnicode', 'CIDSet', 'CIDToGIDMap'];
  const named = file.objects.flatMap(({ value }) => (isDict(value) ? keys.map((key) => file.object(value.get(key))) : []));
  return new Set(named.filter((each) => each !== undefined));
}

class Look {
  readonly seen = new Set<PdfObject>();
  readonly unread = new Set<string>();
  readonly #file: PdfFile;
  readonly #fonts = new Map<PdfDict, Promise<PdfFont>>();

  constructor(file: PdfFile) {
    this.#file = file;
  }

  async show(parts: readonly PdfObject[], resources: PdfDict | undefined, depth = 0): Promise<string> {
    const pieces: Uint8Array[] = [];
    for (const part of parts) {
      if (this.seen.has(part)) continue;
      this.seen.add(part);
      const content = await this.#file.content(part);
      if (content) pieces.push(content, Uint8Array.of(10));
    }
    return this.#run(new PdfReader(concat(...pieces), this.#file.effort), resources, depth);
  }

  async #run(reader: PdfReader, resources: PdfDict | undefined, depth: number): Promise<string> {
    const said: string[] = [];
    const fonts = this.#file.dict(resources?.get('Font'));
    const forms = this.#file.dict(resources?.get('XObject'));
    const saved: (PdfFont | undefined)[] = [];
    let font: PdfFont | undefined;
    let line = 0;
    let before: PdfValue[] = [];
    for (let value = reader.next(); value !== undefined; value = reader.next()) {
      if (!isWord(value)) {
        if (before.length < 200) before.push(value);
        continue;
      }
      const last = before.at(-1);
      switch (value.word) {
        case 'Tf':
          font = await this.#font(this.#file.dict(fonts?.get(nameOf(before[0]))));
          break;
        case 'Tj':
          said.push(this.#read(font, [last]));
          break;
        case "'":
        case '"':
          said.push('\n', this.#read(font, [last]));
          break;
        case 'TJ':
          said.push(this.#read(font, isList(last) ? last : []));
          break;
        case 'Td':
        case 'TD':
          said.push(last === 0 ? ' ' : '\n');
          break;
        case 'Tm':
          said.push(last === line ? ' ' : '\n');
          line = typeof last === 'number' ? last : line;
          break;
        case 'T*':
        case 'ET':
          said.push('\n');
          break;
        case 'q':
          if (saved.length < 1000) saved.push(font);
          break;
        case 'Q':
          font = saved.pop() ?? font;
          break;
        case 'BDC': {
          const actual = isDict(last) ? last.get('ActualText') : undefined;
          if (isText(actual)) said.push(textOf(actual));
          break;
        }
        case 'ID':
          reader.skipImage();
          break;
        case 'Do':
          said.push(await this.#form(this.#file.object(forms?.get(nameOf(last))), resources, depth));
          break;
      }
      before = [];
    }
    return said.join('');
  }

  async #form(form: PdfObject | undefined, around: PdfDict | undefined, depth: number): Promise<string> {
    if (!form?.stream || !isDict(form.value) || nameOf(form.value.get('Subtype')) !== 'Form') return '';
    if (depth >= mostNested) {
      this.#file.effort.cut = true;
      return '';
    }
    return this.show([form], resourcesIn(this.#file, form) ?? around, depth + 1);
  }

  #font(font: PdfDict | undefined): Promise<PdfFont | undefined> {
    if (!font) return Promise.resolve(undefined);
    const known = this.#fonts.get(font) ?? readFont(this.#file, font);
    this.#fonts.set(font, known);
    return known;
  }

  #read(font: PdfFont | undefined, shown: readonly (PdfValue | undefined)[]): string {
    const said = shown.map((each) => {
      // a wide gap stands for a blank
      if (typeof each === 'number') return each < -400 ? ' ' : '';
      if (!isText(each)) return '';
      if (font === undefined) return each.text;
      return font.read?.(each.text) ?? '';
    });
    if (font?.read === null) this.unread.add(font.name === '' ? '?' : font.name);
    return said.join('');
  }
}
