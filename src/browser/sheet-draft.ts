import { z } from 'zod';
import { sheetBytes } from '../evaluation/member-sheet.ts';
import type { SheetWork } from '../evaluation/sheet-answers.ts';
import { base64, canonical, fromBase64, textOf, utf8 } from '../kernel/bytes.ts';
import { coverStream, rereadOwn } from '../sealing/envelope.ts';
import type { OwnIdentity } from './bid-store.ts';
import { ask } from './platform.ts';
import { type Entries, noEntries } from './sheet-entries.ts';

/**
 * Where what a member enters is kept: at once in this browser, and a moment later on the platform, encrypted to the member's own key and padded like the
 * sheet itself, so that a closed window or another machine costs nothing and nobody else reads it.
 */
const format = 'yangguang/sheet-draft/v1';
const entriesShape = z.object({
  at: z.string(),
  verdicts: z.record(z.string(), z.object({ pass: z.boolean().nullable(), reason: z.string() })),
  marks: z.record(z.string(), z.object({ score: z.string(), reason: z.string() })),
});
const payloadShape = z.object({ format: z.literal(format), entries: entriesShape, padding: z.string() });

/** Under the shelf of the desk's other drafts: it goes with them when its author signs out, or somebody else sits down here. */
const shelfOf = (lot: string, seat: string, part: string): string => `yangguang/desk/${lot}/${seat}/sheet/${part}`;

/** What this browser has of a sheet. */
export function localEntries(lot: string, seat: string, part: string): Entries {
  try {
    const read = entriesShape.safeParse(JSON.parse(localStorage.getItem(shelfOf(lot, seat, part)) ?? ''));
    return read.success ? read.data : noEntries;
  } catch {
    return noEntries; // none, or half of it
  }
}
export const keepLocal = (lot: string, seat: string, part: string, entries: Entries): void =>
  localStorage.setItem(shelfOf(lot, seat, part), JSON.stringify(entries));

/** What lies on the platform; undefined when this identity does not open it. */
export async function remoteEntries(draft: string, { identity }: OwnIdentity): Promise<Entries | undefined> {
  try {
    const plain = await bytesIn(await rereadOwn(identity, streamOf(fromBase64(draft) ?? new Uint8Array(0))));
    const read = payloadShape.safeParse(JSON.parse(textOf(plain) ?? ''));
    return read.success ? read.data.entries : undefined;
  } catch {
    return undefined; // another key's
  }
}

/** The draft as it leaves the browser; undefined when it is longer than there is room for. */
async function sealedDraft(entries: Entries, { asks }: SheetWork, { recipient }: OwnIdentity): Promise<string | undefined> {
  const written = (padding: string): string => canonical({ format, entries, padding });
  const room = sheetBytes(asks) - utf8(written('')).length;
  if (room < 0) return undefined;
  return base64(await bytesIn(await coverStream(streamOf(utf8(written(' '.repeat(room)))), recipient)));
}

const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> => new Blob([Uint8Array.from(bytes)]).stream();
const bytesIn = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> =>
  new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());

/** Keeps a draft on the platform; false when its texts are longer than a sheet may be. */
export async function keepRemote(entries: Entries, work: SheetWork, own: OwnIdentity, csrf: string): Promise<boolean> {
  const sealed = await sealedDraft(entries, work, own);
  if (sealed === undefined) return false;
  await ask(`/lots/${work.asks.lot}/sheet/draft`, { body: { sealed }, csrf });
  return true;
}
