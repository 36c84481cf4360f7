import { readFileSync } from 'node:fs';

/** One of the vectors that an independent implementation made (see docs/protocol.md). */
export const vector = (name: string) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));

/** A copy of a JSON value with one place changed. */
export function altered<Value>(value: Value, change: (copy: Value) => void): Value {
  const copy = structuredClone(value);
  change(copy);
  return copy;
}

/** The same text with one of its characters replaced by another of the base64url alphabet. */
export const otherCharacter = (text: string, at: number): string => {
  const place = at % text.length;
  return `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`;
};

/** A stream that gives these bytes in uneven pieces. */
export function streamOf(bytes: Uint8Array, piece = 10_007): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + piece));
      at += piece;
    },
  });
}

export async function bytesIn(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
