import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64url, utf8 } from '../../src/kernel/bytes.ts';
import { hmacSha256, keyedSha256, sha256 } from '../../src/sealing/digest.ts';
import {
  checkDrawLists,
  checkDrawRequest,
  type DrawRequest,
  type LongDrawRequest,
  nextCalled,
  resolveDraw,
  sortedCandidates,
  ticket,
} from '../../src/sealing/draw.ts';
import { ascending, candidateBytes, commitmentAt, inTicketOrder } from '../../src/sealing/draw-list.ts';

const draws = 200_000;
const word = (text: string): Uint8Array => sha256(utf8(text));

/** A list of so many candidates, each of an employer of its own unless `employers` says how many there are. */
function listOf(size: number, name = 'expert', employers = size): Uint8Array {
  const words = Array.from({ length: size }, (_, at) => [word(`${name} ${at}`), word(`employer ${at % employers}`)] as const);
  words.sort(([a], [b]) => Buffer.compare(a, b));
  return new Uint8Array(Buffer.concat(words.flat()));
}

const longRequest = (lists: Record<string, Uint8Array>, count: number, reserve: number): LongDrawRequest => ({
  format: 'yangguang/draw/v2',
  id: '019b0000-0000-7000-8000-000000000001',
  lot: '019b0000-0000-7000-8000-000000000002',
  at: '2026-11-28T01:00:00.000Z',
  seats: Object.keys(lists).map((specialty) => ({ specialty, count, reserve })),
  eligible: Object.fromEntries(
    Object.entries(lists).map(([specialty, list]) => [specialty, { size: list.length / candidateBytes, sha256: base64url(sha256(list)) }]),
  ),
  parameters: [],
});

const shortOf = (request: LongDrawRequest, lists: Record<string, Uint8Array>): DrawRequest => ({
  ...request,
  format: 'yangguang/draw/v1',
  eligible: Object.fromEntries(
    Object.entries(lists).map(([specialty, list]) => [
      specialty,
      sortedCandidates(
        Array.from({ length: list.length / candidateBytes }, (_, at) => ({
          expert: base64url(commitmentAt(list, at)),
          employer: base64url(list.subarray(at * candidateBytes + 32, (at + 1) * candidateBytes)),
        })),
      ),
    ]),
  ),
});

describe('Nobody is favoured by where they stand', () => {
  // the seeds are fixed, so the figure is the same on every run; one fair table in a thousand is beyond 31.26 (11 degrees of freedom)
  it(`${draws} draws of one in twelve: every place is drawn, the first and the last too, as often as any other (chi-square)`, () => {
    const list = listOf(12);
    const times = new Float64Array(12);
    const seed = new Uint8Array(32);
    const seeds = keyedSha256(word('seeds of the chi-square test'));
    for (let at = 0; at < draws; at += 1) {
      seeds(Uint8Array.of(at >>> 24, at >>> 16, at >>> 8, at), seed);
      for (const place of inTicketOrder(list, seed, 'A08')) {
        times[place] = (times[place] ?? 0) + 1;
        break;
      }
    }
    const expected = draws / 12;
    const chiSquare = times.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(31.26);
    expect(times[0]).toBeGreaterThan(expected * 0.95);
    expect(times[11]).toBeGreaterThan(expected * 0.95);
    expect(times.reduce((sum, seen) => sum + seen, 0)).toBe(draws);
  }, 120_000);

  it('the table would notice: a draw that can never choose the last name is far beyond it', () => {
    const expected = draws / 12;
    const unfair = Array.from({ length: 12 }, (_, at) => (at === 11 ? 0 : draws / 11));
    expect(unfair.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)).toBeGreaterThan(31.26);
  });

  it('in a pool of 2 000, large enough for boxes, every place comes first under some seed', () => {
    const list = listOf(2000);
    const seen = new Set<number>();
    for (let at = 0; seen.size < 12 && at < 2000; at += 1) {
      const [first] = inTicketOrder(list, word(`seed ${at}`), 'A08');
      if (first !== undefined && (first < 100 || first >= 1900)) seen.add(first < 100 ? 0 : 1);
      if (seen.size === 2) break;
    }
    expect([...seen].sort()).toEqual([0, 1]);
  });
});

describe('Lowest tickets without sorting all', () => {
  it('gives the order that sorting all tickets gives, for pools of any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.string(), (size, salt) => {
        const list = listOf(size);
        const seed = word(salt);
        const sorted = Array.from({ length: size }, (_, place) => place).sort((a, b) =>
          Buffer.compare(ticket(seed, 'A08', base64url(commitmentAt(list, a))), ticket(seed, 'A08', base64url(commitmentAt(list, b)))),
        );
        expect([...inTicketOrder(list, seed, 'A08')]).toEqual(sorted);
      }),
      { numRuns: 25 },
    );
  });

  it('sorts words that are no hashes as well: all alike in their first bytes, or equal', () => {
    const words = Array.from({ length: 300 }, (_, at) => Uint8Array.from({ length: 32 }, (_, byte) => (byte === 31 ? (at * 7) % 256 : 0)));
    const places = [...ascending(new Uint8Array(Buffer.concat(words)), 32)];
    expect(places.map((place) => (place * 7) % 256)).toEqual(words.map((_, at) => (at * 7) % 256).sort((a, b) => a - b));
  });

  it('a key that is taken in once gives the same HMAC', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (key, messages) => {
        const keyed = keyedSha256(key);
        for (const message of messages) {
          const into = new Uint8Array(32);
          keyed(message, into);
          expect(base64url(into)).toBe(base64url(hmacSha256(key, message)));
        }
      }),
    );
  });
});

describe('A long request', () => {
  const lists = { A08: listOf(400, 'expert', 90), A06: listOf(300, 'cost', 90), A04: listOf(200, 'expert', 90) };
  const request = longRequest(lists, 3, 4);

  it('draws what the short one with the same lists draws, reserves and those after them included', () => {
    const short = shortOf(request, lists);
    expect(checkDrawRequest(short).ok && checkDrawRequest(request).ok && checkDrawLists(request, lists).ok).toBe(true);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
        const result = resolveDraw(request, seed, lists);
        expect(result).toEqual(resolveDraw(short, seed));
        const called = new Set([...Object.values(result.called).flat(), ...Object.values(result.reserve).flat()]);
        for (const specialty of Object.keys(lists))
          expect(nextCalled(request, seed, specialty, called, lists)).toBe(nextCalled(short, seed, specialty, called));
      }),
      { numRuns: 8 },
    );
  });

  it.each([
    ['draw-lists-missing', { A08: lists.A08, A06: lists.A06 }],
    ['draw-list-differs', { ...lists, A06: lists.A08 }],
    ['draw-list-differs', { ...lists, A06: lists.A06.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) }],
    ['draw-list-differs', { ...lists, A06: lists.A06.subarray(0, -1) }],
  ])('%s', (reason, given) => expect(checkDrawLists(request, given)).toMatchObject({ ok: false, reason }));

  it('draw-pool-unsorted, draw-employer-differs: lists that are asked about as they are, and are not in order', () => {
    const turned = new Uint8Array([...lists.A06.subarray(64, 128), ...lists.A06.subarray(0, 64), ...lists.A06.subarray(128)]);
    const unsorted = { ...lists, A06: turned };
    expect(checkDrawLists(longRequest(unsorted, 1, 1), unsorted)).toMatchObject({ reason: 'draw-pool-unsorted' });
    const twice = { ...lists, A06: new Uint8Array([...lists.A06.subarray(0, 64), ...lists.A06.subarray(0, 64)]) };
    expect(checkDrawLists(longRequest(twice, 1, 1), twice)).toMatchObject({ reason: 'draw-pool-unsorted' });
    const other = { ...lists, A04: lists.A04.map((byte, at) => (at === 32 ? byte ^ 1 : byte)) };
    expect(checkDrawLists(longRequest(other, 1, 1), other)).toMatchObject({ reason: 'draw-employer-differs' });
  });

  it('cannot be resolved without its lists', () => expect(() => resolveDraw(request, word('seed'))).toThrow('lists'));
});
