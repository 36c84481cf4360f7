import type { FileMarks, Mark } from './file-marks.ts';
import { latin } from './pdf-objects.ts';

/** What JPEG and PNG pictures carry beside the picture: EXIF, XMP, IPTC, comments, texts. Read forward only, each byte once. */

interface Block {
  readonly name: string;
  /** its content, without what says its length */
  readonly from: number;
  readonly until: number;
}

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
const isPng = (bytes: Uint8Array): boolean => latin(bytes.subarray(0, 8)) === '\x89PNG\r\n\x1a\n';
export const isPicture = (bytes: Uint8Array): boolean => isJpeg(bytes) || isPng(bytes);

/** Whoever takes or draws a picture, its program, place and words. */
export function pictureMarks(bytes: Uint8Array): FileMarks {
  const blocks = blocksOf(bytes);
  const marks = [...new Set(blocks.map(({ name }) => name))].map((found): Mark => ({ kind: 'metadata', place: 'file', found }));
  return { texts: blocks.map((each) => ({ place: 'file', text: wordsIn(bytes.subarray(each.from, each.until)) })), marks };
}

const blocksOf = (bytes: Uint8Array): readonly Block[] => (isJpeg(bytes) ? segmentsOf(bytes) : isPng(bytes) ? chunksOf(bytes) : []);

/** The segments before the picture itself that hold words of somebody (EXIF and XMP in APP1, IPTC in APP13, comments). */
function segmentsOf(bytes: Uint8Array): readonly Block[] {
  const found: Block[] = [];
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
    const marker = bytes[at + 1] ?? 0;
    const from = at + 4;
    const until = Math.min(bytes.length, at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)));
    const head = latin(bytes.subarray(from, Math.min(until, from + 28)));
    const name = marker === 0xfe ? 'COM' : marker === 0xed ? 'IPTC' : marker !== 0xe1 ? '' : head.startsWith('Exif') ? 'EXIF' : 'XMP';
    if (name !== '' && bytes.subarray(from, until).some((byte) => byte !== 0)) found.push({ name, from, until });
    at = Math.max(until, at + 4);
  }
  return found;
}

const telling = ['tEXt', 'zTXt', 'iTXt', 'eXIf'];

function chunksOf(bytes: Uint8Array): readonly Block[] {
  const found: Block[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = latin(bytes.subarray(at + 4, at + 8));
    const from = at + 8;
    const until = Math.min(bytes.length, from + length);
    if (telling.includes(name)) found.push({ name: name === 'eXIf' ? 'EXIF' : name, from, until });
    at = from + length + 4;
  }
  return found;
}

/** Its bytes as the texts they may be: UTF-8, and UTF-16 as Windows writes titles and authors. */
const wordsIn = (bytes: Uint8Array): string => `${new TextDecoder().decode(bytes)}\n${new TextDecoder('utf-16le').decode(bytes)}`;

/**
 * The same picture with these blanked in their places. An EXIF that turns the picture is left: it would be seen lying on its side; the check says that it is
 * there.
 */
export function pictureWithoutMarks(bytes: Uint8Array): Uint8Array {
  const cleaned = new Uint8Array(bytes);
  const view = new DataView(cleaned.buffer);
  for (const { name, from, until } of blocksOf(bytes)) {
    if (name === 'EXIF' && turns(bytes.subarray(from, until))) continue;
    cleaned.fill(0, from, until);
    if (!isPng(bytes) || until + 4 > cleaned.length) continue;
    // a private chunk of nothing, which every reader passes over
    cleaned.set([0x79, 0x78, 0x50, 0x61], from - 4);
    view.setUint32(until, checksum(cleaned.subarray(from - 4, until)));
  }
  return cleaned;
}

/** Does its first directory state an orientation other than upright? */
function turns(exif: Uint8Array): boolean {
  const start = latin(exif.subarray(0, 6)) === 'Exif\0\0' ? 6 : 0;
  const view = new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start);
  if (view.byteLength < 14) return false;
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return false;
  const count = view.getUint16(directory, little);
  for (let at = directory + 2, entry = 0; entry < count && at + 12 <= view.byteLength; at += 12, entry += 1)
    if (view.getUint16(at, little) === 0x0112) return view.getUint16(at + 8, little) > 1;
  return false;
}

/** CRC-32 as PNG uses it. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
