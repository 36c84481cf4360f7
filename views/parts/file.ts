import { type Html, html, nothing } from '../html.ts';
import type { Instant, View, Words } from '../view.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon-names.ts';
import { hash, type VerifyMark, verifyMark } from './mark.ts';
import { time } from './time.ts';

/** 1536 → 1.5 KB. Binary units, one decimal, as file managers show them. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let left = bytes;
  let unit = 0;
  while (left >= 1024 && unit < units.length - 1) {
    left /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? left : left.toFixed(1)} ${units[unit]}`;
}

export interface FileEntry {
  readonly name: string;
  readonly bytes: number;
  /** base64url or hex */
  readonly sha256: string;
  /** said in the place of size and digest while these are withheld */
  readonly withheld?: Words;
  readonly href?: string;
  readonly at?: Instant;
  /** 第 2 版 */
  readonly version?: Words;
  readonly mark?: VerifyMark;
}

function iconFor(name: string): IconName {
  if (/\.pdf$/i.test(name)) return 'file-type-pdf';
  if (/\.(zip|asice)$/i.test(name)) return 'file-zip';
  if (/\.(xlsx?|csv)$/i.test(name)) return 'file-spreadsheet';
  return 'file-text';
}

/** A file: its name (the link), size, SHA-256 and what was verified about it. */
export function file(view: View, f: FileEntry): Html {
  const name = f.href ? html`<a class="file-name" href="${f.href}">${f.name}</a>` : html`<span class="file-name">${f.name}</span>`;
  return html`<div class="file">${icon(view, iconFor(f.name))}<div class="file-body">${name}${f.version ? html` <span class="pill pill-plain">${view.t(f.version)}</span>` : nothing}
  <div class="file-facts">${f.withheld ? html`<span>${view.t(f.withheld)}</span>` : html`<span>${bytesText(f.bytes)}</span>`}${f.at ? html`<span>${time(view, f.at)}</span>` : nothing}${f.withheld ? nothing : html`<div>SHA-256 ${hash(view, f.sha256)}</div>`}${f.mark ? verifyMark(view, f.mark) : nothing}</div></div></div>`;
}

/** Files under each other. */
export function fileList(view: View, files: readonly FileEntry[]): Html {
  return html`<ul class="files">${files.map((f) => html`<li>${file(view, f)}</li>`)}</ul>`;
}
