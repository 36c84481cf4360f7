import { packedNames } from '../bids/attachment.ts';
import type { Bid } from '../bids/bid.ts';
import { type Finding, personText } from '../bids/findings.ts';
import { withMembers } from '../bids/joint.ts';
import type { OwnBids } from '../bids/reads.ts';
import { type ReadSheet, readSheet } from '../bids/sheet.ts';
import { withoutMarks } from '../bids/strip-marks.ts';
import { base64url, utf8 } from '../kernel/bytes.ts';
import { parseYuan, withSeparators, yuan } from '../kernel/money.ts';
import { sha256 } from '../sealing/digest.ts';
import type { BidStore, Draft, Taken } from './bid-store.ts';
import { serverNow } from './clock.ts';
import { download, element, frame, maybe, one } from './desk-parts.ts';
import { beijingText, bytesText, pageLanguage, t } from './page-words.ts';

const say = {
  saved: { zh: '草稿已保存在本浏览器（{at}）', en: 'Draft kept in this browser ({at})' },
  notSaved: {
    zh: '本浏览器不保存草稿（隐私窗口？），请勿关闭本页',
    en: 'This browser keeps no draft (a private window?): do not close the page',
  },
  remove: { zh: '移除', en: 'Remove' },
  rows: { zh: '{name}：{n} 行，合计 {total} 元', en: '{name}: {n} rows, {total} yuan in all' },
  rowsPlain: { zh: '{name}：{n} 行', en: '{name}: {n} rows' },
  left: { zh: '（{n} 行合计未计入）', en: ' ({n} rows of sums left out)' },
  faults: { zh: '{n} 处错误', en: '{n} faults' },
  doubts: { zh: '{n} 处提示', en: '{n} remarks' },
  row: { zh: '第 {row} 行', en: 'Row {row}' },
  more: { zh: '……另有 {n} 处', en: '… and {n} more' },
  reading: { zh: '正在读取……', en: 'Reading…' },
};

type BidField = OwnBids['terms']['bidForm'][number];
/** Which lot asks, what it asks for, and whose bid it is. */
export interface Asked {
  readonly lot: Pick<OwnBids['lot'], 'id'>;
  readonly terms: Pick<OwnBids['terms'], 'bidForm' | 'sealPolicy'>;
  readonly bidder: Pick<OwnBids['bidder'], 'code' | 'name'>;
}
export interface Attachment {
  readonly field: string;
  /** under which it stands in the package */
  readonly name: string;
  readonly file: File;
}
export interface Entered {
  /** digests of the attachments are still to be taken */
  readonly bid: Bid;
  readonly sheets: Readonly<Record<string, ReadSheet>>;
  readonly attachments: readonly Attachment[];
}

/** The form of the lot, as it stands in the page: what was typed, the sheets that were read, the files that were chosen. */
export class BidForm {
  readonly #root: HTMLFieldSetElement;
  readonly #desk: Asked;
  readonly #store: Pick<BidStore, 'draft' | 'attachments'>;
  readonly #files = new Map<string, File[]>();
  readonly #sheets = new Map<string, { name: string; cells: readonly (readonly string[])[]; read: ReadSheet }>();
  #taken: readonly Taken[] = [];
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLFieldSetElement, desk: Asked, store: Pick<BidStore, 'draft' | 'attachments'>) {
    this.#root = root;
    this.#desk = desk;
    this.#store = store;
  }

  get #form(): readonly BidField[] {
    return this.#desk.terms.bidForm;
  }

  /** Brings the draft back and begins to keep it. `changed` hears every change. */
  async open(changed: () => void): Promise<void> {
    const draft = await this.#store.draft.read().catch(() => undefined);
    for (const [name, value] of Object.entries(draft?.values ?? {})) {
      const input = this.#input(name);
      if (!input) continue;
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    for (const [key, { name, cells }] of Object.entries(draft?.sheets ?? {})) this.#takeSheet(key, name, cells);
    this.#taken = draft?.taken ?? [];
    const attachments = await this.#store.attachments.read().catch(() => undefined);
    for (const [key, files] of Object.entries(attachments ?? {})) this.#files.set(key, [...files]);
    for (const field of this.#form) if (field.kind === 'file') this.#showFiles(field.key);
    this.#root.addEventListener('input', () => {
      changed();
      this.#saveSoon();
    });
    this.#root.addEventListener('change', (event) => {
      void this.#chosen(event.target as HTMLElement).then(changed);
    });
    this.#root.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-template], [data-remove]') : null;
      if (button?.dataset.template) this.#offerTemplate(button.dataset.template);
      if (button?.dataset.remove) void this.#remove(button.dataset.remove, Number(button.dataset.at)).then(changed);
    });
    this.#root.disabled = false;
  }

  /** What stands in the form now. */
  entered(): Entered {
    const { lot, bidder } = this.#desk;
    const attachments = this.#attachments();
    const price = this.#value('price');
    const amount = parseYuan(price);
    const figures: Record<string, string> = {};
    for (const { key, kind } of this.#form) {
      if (kind === 'person') figures[key] = personText({ name: this.#value(`${key}.name`), number: this.#value(`${key}.number`) });
      else if (kind === 'text' || kind === 'days' || kind === 'choice' || (kind === 'money' && key !== 'price'))
        figures[key] = this.#value(key);
    }
    const sheets = Object.fromEntries([...this.#sheets].map(([key, { read }]) => [key, read]));
    return {
      attachments,
      sheets,
      bid: withMembers({
        format: 'yangguang/bid/v1',
        lot: lot.id,
        part: 'whole',
        bidder: bidder.code,
        bidderName: bidder.name,
        price: amount === undefined ? price : yuan(amount),
        figures: Object.fromEntries(Object.entries(figures).filter(([, text]) => text !== '')),
        tables: Object.fromEntries(Object.entries(sheets).map(([key, read]) => [key, read.rows.map((row) => ({ ...row }))])),
        files: attachments.map(({ field, name, file }) => ({ field, name, sha256: '', bytes: file.size })),
        ...this.#pins(),
      }),
    };
  }

  /** Puts something of the dossier into its field, because the bidder chose it; its digest goes along as long as it stays there. */
  async take(taken: Taken, file: File | null): Promise<void> {
    for (const [name, value] of Object.entries(taken.values)) {
      const input = this.#input(name);
      if (!input) continue;
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    this.#taken = [...this.taken().filter((each) => file !== null || each.field !== taken.field), taken];
    if (file) {
      this.#files.set(taken.field, [...(this.#files.get(taken.field) ?? []), file]);
      this.#showFiles(taken.field);
      await this.#saveFiles();
    }
    await this.#save();
  }

  /** What of the dossier still stands in the form as it was taken. */
  taken(): readonly Taken[] {
    return this.#taken.filter(({ field, values, file }) => {
      const there = file === null || (this.#files.get(field) ?? []).some(({ name, size }) => name === file.name && size === file.bytes);
      return there && Object.entries(values).every(([name, value]) => this.#value(name) === value.trim());
    });
  }

  #pins(): Pick<Bid, 'dossier'> {
    const pins = new Map(
      this.taken().map(({ field, entry, version, sha256: digest }) => [`${field} ${entry}`, { field, entry, version, sha256: digest }]),
    );
    return pins.size > 0 ? { dossier: [...pins.values()] } : {};
  }

  /** Puts copies without properties and XMP in the place of the files of these fields. */
  async clean(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const files = await Promise.all((this.#files.get(key) ?? []).map(cleaned));
      this.#files.set(key, files);
      this.#showFiles(key);
    }
    await this.#saveFiles();
  }

  /** Keeps the draft now, as before the page is drawn anew. */
  async keepNow(): Promise<void> {
    clearTimeout(this.#saving);
    await this.#save();
  }

  /** Changes with anything that would be sealed. */
  mark(): string {
    const { bid, attachments } = this.entered();
    const files = attachments.map(({ file }) => [file.name, file.size, file.lastModified]);
    return base64url(sha256(utf8(JSON.stringify([bid, files]))));
  }

  /** Puts each finding beside its field. */
  showFindings(findings: readonly Finding[]): void {
    for (const field of this.#form) {
      const part = one(`[data-bid-field="${field.key}"]`, this.#root);
      const own = findings.filter((each) => each.field === field.key && each.weight === 'wrong');
      for (const old of part.querySelectorAll('[data-finding]')) old.remove();
      for (const frame of part.querySelectorAll('.field')) frame.classList.toggle('field-refused', own.length > 0);
      const input = part.querySelector('input');
      if (own.length === 0) input?.removeAttribute('aria-invalid');
      else input?.setAttribute('aria-invalid', 'true');
      const lines = own.map((each) => element('span', {}, t(each.says)));
      if (lines.length > 0) part.append(element('p', { class: 'field-wrong', 'data-finding': '' }, ...lines));
    }
  }

  /** Clears the draft, in the page and in the browser. */
  async forget(): Promise<void> {
    clearTimeout(this.#saving);
    for (const input of this.#root.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
      input.value = '';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    clearTimeout(this.#saving);
    this.#sheets.clear();
    this.#files.clear();
    this.#taken = [];
    for (const field of this.#form) {
      if (field.kind === 'file') this.#showFiles(field.key);
      if (field.kind !== 'table') continue;
      one(`[data-sheet="${field.key}"]`, this.#root).replaceChildren();
      this.#chosenBefore(field.key, false);
    }
    await Promise.all([this.#store.draft.clear(), this.#store.attachments.clear()]).catch(() => undefined);
    this.showFindings([]);
    one('[data-draft-says]', this.#root).textContent = '';
  }

  #input = (name: string): HTMLInputElement | HTMLSelectElement | null =>
    maybe<HTMLInputElement | HTMLSelectElement>(`:is(input, select)[name="${CSS.escape(name)}"]:not([type="file"])`, this.#root);
  #value = (name: string): string => this.#input(name)?.value.trim() ?? '';

  #attachments(): readonly Attachment[] {
    const chosen = this.#form.flatMap(({ key, kind }) =>
      kind === 'file' ? (this.#files.get(key) ?? []).map((file) => ({ field: key, file })) : [],
    );
    const names = packedNames(chosen.map(({ file }) => file.name));
    return chosen.map((each, at) => ({ ...each, name: names[at] ?? each.file.name }));
  }

  async #chosen(input: HTMLElement): Promise<void> {
    const key = input.closest<HTMLElement>('[data-bid-field]')?.dataset.bidField ?? '';
    const kind = this.#form.find((field) => field.key === key)?.kind;
    if (!(input instanceof HTMLInputElement) || input.type !== 'file' || !input.files?.length) return;
    const files = [...input.files];
    // so that the same file can be chosen again after it was mended
    input.value = '';
    if (kind === 'table' && files[0]) await this.#readSheetFile(key, files[0]);
    if (kind === 'file') {
      this.#files.set(key, [...(this.#files.get(key) ?? []), ...files]);
      this.#showFiles(key);
      await this.#saveFiles();
    }
  }

  async #readSheetFile(key: string, file: File): Promise<void> {
    const place = one(`[data-sheet="${key}"]`, this.#root);
    place.replaceChildren(element('p', { class: 'sub' }, t(say.reading)));
    const { cellsOf, NoSheet } = await import('./sheet-file.ts');
    try {
      this.#takeSheet(key, file.name, await cellsOf(file));
      this.#saveSoon();
    } catch (error) {
      if (!(error instanceof NoSheet)) throw error;
      this.#sheets.delete(key);
      place.replaceChildren(element('p', { class: 'field-wrong' }, t(error.says)));
    }
  }

  #takeSheet(key: string, name: string, cells: readonly (readonly string[])[]): void {
    const columns = this.#form.find((field) => field.key === key)?.columns ?? [];
    const read = readSheet(columns, cells);
    this.#sheets.set(key, { name, cells, read });
    one(`[data-sheet="${key}"]`, this.#root).replaceChildren(...sheetLines(name, read), removeButton(key, 0));
    this.#chosenBefore(key, true);
  }

  /** Whoever has chosen is not told that nothing is chosen: the browser's own words beside the button go. */
  #chosenBefore(key: string, chosen: boolean): void {
    maybe(`[data-bid-field="${key}"] input[type="file"]`, this.#root)?.classList.toggle('taken', chosen);
  }

  async #remove(key: string, at: number): Promise<void> {
    const kind = this.#form.find((field) => field.key === key)?.kind;
    if (kind === 'table') {
      this.#sheets.delete(key);
      one(`[data-sheet="${key}"]`, this.#root).replaceChildren();
      this.#chosenBefore(key, false);
      this.#saveSoon();
    } else {
      this.#files.set(
        key,
        (this.#files.get(key) ?? []).filter((_, index) => index !== at),
      );
      this.#showFiles(key);
      await this.#saveFiles();
    }
  }

  #showFiles(key: string): void {
    const list = one(`[data-files="${key}"]`, this.#root);
    const lines = (this.#files.get(key) ?? []).map((file, at) =>
      element('li', {}, element('span', { class: 'file-name' }, file.name), ` ${bytesText(file.size)} `, removeButton(key, at)),
    );
    list.replaceChildren(...lines);
    this.#chosenBefore(key, lines.length > 0);
  }

  #saveSoon(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => void this.#save(), 400);
  }

  async #save(): Promise<void> {
    const inputs = [...this.#root.querySelectorAll<HTMLInputElement | HTMLSelectElement>(':is(input, select)[name]:not([type="file"])')];
    const draft: Draft = {
      values: Object.fromEntries(inputs.map((input) => [input.name, input.value])),
      sheets: Object.fromEntries([...this.#sheets].map(([key, { name, cells }]) => [key, { name, cells }])),
      taken: this.taken(),
    };
    await this.#kept(this.#store.draft.put(draft));
  }

  async #saveFiles(): Promise<void> {
    await this.#kept(this.#store.attachments.put(Object.fromEntries(this.#files)));
  }

  async #kept(saving: Promise<void>): Promise<void> {
    const line = one('[data-draft-says]', this.#root);
    line.textContent = await saving.then(
      () => t(say.saved, { at: beijingText(serverNow()).slice(11, 16) }),
      () => t(say.notSaved),
    );
  }

  #offerTemplate(key: string): void {
    const field = this.#form.find((each) => each.key === key);
    const headings = (field?.columns ?? []).map((column) => column.label[pageLanguage()]);
    // the mark at the beginning tells Excel that this is UTF-8
    download(new Blob([`\uFEFF${headings.join(',')}\r\n`], { type: 'text/csv' }), `${field?.label[pageLanguage()] ?? key}.csv`);
  }
}

async function cleaned(file: File): Promise<File> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return new File([new Uint8Array(await withoutMarks(bytes))], file.name, { type: file.type });
}

const removeButton = (key: string, at: number): HTMLElement =>
  element('button', { class: 'btn btn-sm', type: 'button', 'data-remove': key, 'data-at': String(at) }, t(say.remove));

const mostLines = 20;

function sheetLines(name: string, read: ReadSheet): Node[] {
  const total = read.total === null ? null : withSeparators(read.total);
  const head =
    read.rows.length === 0
      ? name
      : t(total === null ? say.rowsPlain : say.rows, { name, n: read.rows.length, total: total ?? '' }) +
        (read.totalRows > 0 ? t(say.left, { n: read.totalRows }) : '');
  const list = (faults: ReadSheet['faults'], title: string, look: Parameters<typeof frame>[0]): Node[] => {
    if (faults.length === 0) return [];
    const lines = faults.slice(0, mostLines).map(({ row, column, says }) => {
      const place = [row > 0 ? t(say.row, { row }) : '', column ? t(column) : ''].filter((each) => each !== '').join(' · ');
      return element('li', {}, place === '' ? t(says) : `${place}${pageLanguage() === 'zh' ? '：' : ': '}${t(says)}`);
    });
    const more = faults.length > mostLines ? [element('li', {}, t(say.more, { n: faults.length - mostLines }))] : [];
    return [frame(look, title, [...lines, ...more])];
  };
  return [
    element('p', { 'data-sheet-total': '' }, head),
    ...list(read.faults, t(say.faults, { n: read.faults.length }), 'problem'),
    ...list(read.doubts, t(say.doubts, { n: read.doubts.length }), 'aside aside-now'),
  ];
}
