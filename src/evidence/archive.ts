import { type Entry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js';

/**
 * The container of an evidence bundle: a zip of stored files in one order with one date, so that the same files always make
 * the same bytes. That is also how it is verified: unpacked and packed again it must be the same file, to the last byte.
 */

/** 1980-01-01 00:00, the first moment a zip can tell, as its raw number: a Date would be written in the machine's own zone. */
const fixedDate = 0x00210000;
const mostFiles = 20_000;

/** Packs files; the manifest first, the others by name. A name beyond letters, digits, `-`, `_`, and single `.` or `/` between them is a RangeError. */
export async function pack(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const odd = [...files.keys()].find((name) => !isPlainName(name));
  if (odd !== undefined) throw new RangeError(`'${odd}' is no name for a file of a bundle`);
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    level: 0,
    rawLastModDate: fixedDate,
    extendedTimestamp: false,
    dataDescriptor: false,
    useWebWorkers: false,
    msDosCompatible: true,
  });
  for (const name of [...files.keys()].sort(byPlace)) await writer.add(name, new Uint8ArrayReader(files.get(name) ?? new Uint8Array()));
  return writer.close();
}

/** The files of a container; undefined when it cannot be read, is compressed, or holds a name that could leave its folder. */
export async function unpack(bytes: Uint8Array): Promise<Map<string, Uint8Array> | undefined> {
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false });
  try {
    const entries = await reader.getEntries();
    // Entries that overlap would unpack to more than the file holds.
    const claimed = entries.reduce((total, entry) => total + entry.uncompressedSize, 0);
    if (entries.length > mostFiles || claimed > bytes.length) return undefined;
    const files = new Map<string, Uint8Array>();
    for (const entry of entries) {
      const content = await contentOf(entry);
      if (content === undefined || files.has(entry.filename)) return undefined;
      files.set(entry.filename, content);
    }
    return files;
  } catch {
    return undefined; // the library throws on whatever is no zip; the bytes are the reader's, not ours
  } finally {
    await reader.close();
  }
}

async function contentOf(entry: Entry): Promise<Uint8Array | undefined> {
  if (entry.directory || entry.encrypted || entry.compressionMethod !== 0 || !isPlainName(entry.filename)) return undefined;
  // The manifest's digests tell which file was altered; a CRC would only say that the archive is broken.
  return entry.getData(new Uint8ArrayWriter(), { checkSignature: false, useWebWorkers: false });
}

const isPlainName = (name: string): boolean => /^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*$/.test(name);

export const manifestName = 'manifest.json';
function byPlace(a: string, b: string): number {
  if (a === b) return 0;
  if (a === manifestName) return -1;
  if (b === manifestName) return 1;
  return a < b ? -1 : 1;
}
