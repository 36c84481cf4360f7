import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { keepEligible, listPlan } from '../../src/experts/eligible-lists.ts';
import { eligibleCounts, type LotParties, type PoolAsked, stillBinding } from '../../src/experts/eligible-reads.ts';
import { commitmentOf, eligibility, listedIn, saltBehind, saltOf, shortUpTo, writtenId } from '../../src/experts/pool.ts';
import { pooledExperts } from '../../src/experts/pool-reads.ts';
import { reachOf, rungs } from '../../src/experts/reach.ts';
import { recusalGrounds } from '../../src/experts/recusal.ts';
import { DrawSeat, Expert } from '../../src/experts/schema.ts';
import type { Call } from '../../src/kernel/act.ts';
import { base64url, canonical, utf8 } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { addDays, addMonths, type DayString } from '../../src/kernel/working-days.ts';
import { keptLists, personBehind, resolveKept } from '../../src/openings/draw-list-reads.ts';
import { hmacSha256, sha256 } from '../../src/sealing/digest.ts';
import { type DrawRequest, expertCommitment, type LongDrawRequest, resolveDraw } from '../../src/sealing/draw.ts';
import { candidatesIn, commitmentAt, isAscending } from '../../src/sealing/draw-list.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const now = '2027-03-15T02:00:00.000Z' as Instant;
const on = '2027-03-15' as DayString;
const codes = ['91420500000000001A', '91420500000000002B', '91420500000000003C', '91420500000000004D', '91420500000000005E'];
const lot = '019b0000-0000-7000-8000-000000000002';
const other = '019b0000-0000-7000-8000-000000000003';
const keys = { drawSalt: new Uint8Array(32).fill(1), saltKey: new Uint8Array(32).fill(2) };

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase({ asOwner: true });
}, 60_000);
afterAll(() => database.close());

const some = (among: readonly string[]) => fc.subarray([...among], { maxLength: 2 });
const rarely = <T>(value: fc.Arbitrary<T>, otherwise: T) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary: value });
const expert = fc.record({
  // names as people write them, and as an attacker would: quotation marks, escapes, line ends, emoji
  name: fc.oneof(
    fc.constantFrom('张三', '欧阳修竹'),
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((name) => !name.includes('\0')),
  ),
  employer: fc.constantFrom(...codes, '91420500000000009X', '91420500000000010Y'),
  specialties: fc.uniqueArray(fc.constantFrom('A08', 'A0801', 'A080301', 'A06', 'A0601', 'B0101', 'C'), { minLength: 1, maxLength: 3 }),
  memberships: rarely(fc.constantFrom<string[]>([], ['procurement'], ['procurement', 'construction']), ['construction']),
  // the last day of the term, of another line, none at all
  terms: rarely(
    fc.constantFrom<Record<string, DayString> | null>(
      { construction: on },
      { construction: addDays(on, -1) },
      { construction: addDays(on, 1), procurement: addDays(on, -1) },
      { procurement: addDays(on, 400) },
      null,
    ),
    { construction: addDays(on, 400) },
  ),
  status: rarely(fc.constantFrom('suspended', 'left', 'removed'), 'normal'),
  suspendedUntil: rarely(fc.constantFrom<string | null>(on, addDays(on, -1), addDays(on, 1)), null),
  formerEmployers: rarely(
    fc.array(
      fc.record({
        code: fc.constantFrom(...codes),
        name: fc.constant(''),
        until: fc.constantFrom(null, addMonths(on, -36), addDays(addMonths(on, -36), -1), '2026-01-01'),
      }),
      { maxLength: 2 },
    ),
    [],
  ),
  interests: rarely(some(codes), []),
  relatives: rarely(some(codes), []),
  prepared: rarely(fc.constantFrom<string[]>(['P-1'], ['P-2']), []),
  // the city, another of the province, another province
  region: rarely(fc.constantFrom('420100', '310000'), '420500'),
  penalised: rarely(fc.boolean(), false),
  bannedUntil: rarely(fc.constantFrom<string | null>(on, addDays(on, -1), addDays(on, 1)), null),
  panels: rarely(fc.integer({ min: 7, max: 9 }), 0),
  seat: rarely(fc.constantFrom('declined', 'accepted', 'called', 'standby', 'void'), ''),
});
const parties = fc.record({
  tenderee: fc.constantFrom(...codes),
  agent: fc.constantFrom(null, ...codes),
  bidders: some(codes),
  affiliates: some(codes),
  supervisors: some(codes),
});

type Given = typeof expert extends fc.Arbitrary<infer T> ? T : never;

async function fill(em: EntityManager, pool: readonly Given[]): Promise<void> {
  await em.execute('delete from expert');
  await em.execute('delete from draw_seat');
  for (const { panels, seat, ...given } of pool) {
    const id = newId(now);
    em.create(Expert, { id, ...given, employerName: '某单位', title: '高级工程师', admittedAt: now });
    const seated = (of: string, state: string) =>
      em.create(DrawSeat, {
        id: newId(now),
        request: of,
        lot: of,
        specialty: 'A08',
        expert: id,
        commitment: '',
        place: 0,
        state,
        answeredAt: now,
      });
    for (let n = 0; n < panels; n += 1) seated(other, 'accepted');
    if (seat !== '') seated(lot, seat);
  }
  await em.flush();
}

/** The lists of a draw, as they are made and kept where the pool lies. */
async function kept(asked: PoolAsked, facts: LotParties) {
  const request = newId(now);
  const em = database.em() as EntityManager;
  const found = await em.transactional((inner) => keepEligible({ em: inner, now } as Call, request, asked, facts, keys));
  return {
    request,
    ...found,
    candidates: await keptLists(
      em,
      request,
      asked.seats.map(({ specialty }) => specialty),
    ),
  };
}

describe('The query decides as the grounds do', () => {
  it('over random pools: the same experts for each seat, the same number excluded on each ground (every ground of recusal.ts)', async () => {
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(expert, { minLength: 12, maxLength: 60 }),
        parties,
        fc.boolean(),
        fc.uniqueArray(fc.constantFrom('A08', 'A0801', 'A06', 'B01', 'C'), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...rungs),
        async (pool, between, sitting, specialties, rung) => {
          const em = database.em() as EntityManager;
          await fill(em, pool);
          const seats = specialties.map((specialty) => ({ specialty, reach: reachOf(specialty, '420500', rung, on) }));
          const facts = { on, ...between };
          const asked = { line: 'construction', project: 'P-1', lot, sitting, seats };
          const pure = eligibility(
            await pooledExperts(em.fork(), { line: 'construction', number: 'P-1' }, { id: lot, sitting }, now),
            seats,
            facts,
            keys,
          );
          const found = await kept(asked, facts);
          expect(found.excluded).toEqual(pure.excluded);
          const listed = await listedIn(found.lists, async () => found.candidates);
          expect((listed as DrawRequest).eligible).toEqual(pure.eligible);
          // the digests of a long request are those of the very lists
          for (const [specialty, { size, sha256: digest }] of Object.entries(found.lists)) {
            const list = found.candidates[specialty] ?? new Uint8Array(0);
            expect([size, digest, isAscending(list)]).toEqual([candidatesIn(list), base64url(sha256(list)), true]);
          }
          const counts = Object.fromEntries(specialties.map((specialty) => [specialty, pure.eligible[specialty]?.length ?? 0]));
          expect(await eligibleCounts(em, asked, facts, now, 1000)).toEqual(counts);
          expect(await eligibleCounts(em, asked, facts, now, 2)).toEqual(
            Object.fromEntries(Object.entries(counts).map(([specialty, count]) => [specialty, Math.min(2, count)])),
          );
          for (const ground of Object.keys(pure.excluded)) met.add(ground);
        },
      ),
      { numRuns: 60, seed: 20261128 },
    );
    // a ground that no pool met was not compared
    expect([...met].sort()).toEqual(recusalGrounds.map(({ id }) => id).sort());
  }, 240_000);

  it('turns every candidate back into the person it stands for', async () => {
    const em = database.em() as EntityManager;
    await fill(em, fc.sample(expert, { numRuns: 60, seed: 7 }));
    const facts = { on, tenderee: '', agent: null, bidders: [], affiliates: [], supervisors: [] };
    const seats = ['A08', 'A06'].map((specialty) => ({ specialty, reach: reachOf(specialty, '420500', 'province', on) }));
    const { request, candidates: lists } = await kept({ line: 'construction', project: '', lot, sitting: false, seats }, facts);
    expect(Object.values(lists).reduce((all, list) => all + candidatesIn(list), 0)).toBeGreaterThan(20);
    for (const [specialty, list] of Object.entries(lists))
      for (let place = 0; place < candidatesIn(list); place += 1) {
        const commitment = base64url(commitmentAt(list, place));
        const bytes = await personBehind(em, request, specialty, commitment);
        const person = await em.findOneOrFail(Expert, { id: writtenId(bytes ?? new Uint8Array(16)) });
        expect(commitmentOf(keys, person)).toBe(commitment);
        expect(saltBehind(keys, person, commitment)).toEqual(saltOf(keys, person.id));
        // a draw that was asked for when salts were still made by HMAC
        const before = hmacSha256(keys.saltKey, utf8(person.id));
        expect(saltBehind(keys, person, expertCommitment(person, before))).toEqual(before);
        expect(saltBehind(keys, { ...person, name: `${person.name}二` }, commitment)).toBeUndefined();
        expect(person.identity).toBe(
          canonical({ id: person.id, name: person.name, employer: person.employer, specialties: person.specialties }),
        );
      }
    expect(await personBehind(em, request, 'A08', base64url(new Uint8Array(32).fill(9)))).toBeUndefined();
  }, 60_000);

  it('the seed decides the same where the lists lie as over the lists, however few tickets are brought at first', async () => {
    const em = database.em() as EntityManager;
    await em.execute('delete from expert');
    // so few employers that the first 256 tickets are passed over nearly all
    await em.execute(manyExperts(6000, `array[case when n % 3 = 0 then 'A060101' else 'A080301' end]`, 4));
    const facts = { on, tenderee: '', agent: null, bidders: [], affiliates: [], supervisors: [] };
    const seats = ['A08', 'A06'].map((specialty) => ({ specialty, reach: reachOf(specialty, '420500', 'province', on) }));
    const { request: id, lists, candidates } = await kept({ line: 'construction', project: '', lot, sitting: false, seats }, facts);
    const request: LongDrawRequest = {
      format: 'yangguang/draw/v2',
      id,
      lot,
      at: now,
      seats: seats.map(({ specialty }) => ({ specialty, count: 2, reserve: 3 })),
      parameters: [],
      eligible: { ...lists },
    };
    for (const byte of [1, 2, 3]) {
      const seed = new Uint8Array(32).fill(byte);
      const found = await em.transactional((inner) => resolveKept(inner, request, seed));
      expect(found).toEqual(resolveDraw(request, seed, candidates));
      expect(Object.values(found.called).flat().length + Object.values(found.reserve).flat().length).toBe(4);
    }
  }, 60_000);

  it('XR-8F binds to the same day as the rule, on every day of eight years', () => {
    for (let day = '2026-01-01' as DayString; day < '2034-01-01'; day = addDays(day, 1)) {
      const first = stillBinding(day);
      expect([day, day <= addMonths(first, 36), day <= addMonths(addDays(first, -1), 36)]).toEqual([day, true, false]);
    }
  });

  it('searches a narrow specialty by the index of the tree', async () => {
    const em = database.em() as EntityManager;
    await em.execute('delete from expert');
    await em.execute(manyExperts(20_000, `array[case when n % 400 = 0 then 'A080301' else 'B0101' end]`));
    await em.execute('analyze expert');
    const facts = { on, tenderee: codes[0] ?? '', agent: null, bidders: codes, affiliates: [], supervisors: [] };
    const seats = [{ specialty: 'A0803', reach: reachOf('A0803', '420500', 'province', on) }];
    const plan = (await listPlan(em, { line: 'construction', project: '', lot, sitting: false, seats }, facts, now)).join('\n');
    expect(plan).toContain('expert_branches_index');
  }, 60_000);
});

describe('A request holds its lists up to a size, and their digests above it', () => {
  const list = (size: number) =>
    new Uint8Array(size * 64).map((_, at) => (at % 64 < 3 ? Math.floor(at / 64) >>> (8 * (2 - (at % 64))) : 0));
  const listed = (sizes: Record<string, number>) =>
    listedIn(
      Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, { size, sha256: base64url(sha256(list(size))) }])),
      async () => Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, list(size)])),
    );
  it(`${shortUpTo} candidates stand in it, one more does not`, async () => {
    expect((await listed({ A08: shortUpTo - 1, A06: 1 })).format).toBe('yangguang/draw/v1');
    const long = await listed({ A08: shortUpTo, A06: 1 });
    expect(long.format).toBe('yangguang/draw/v2');
    expect(long.eligible).toMatchObject({ A08: { size: shortUpTo }, A06: { size: 1 } });
  });
});

/** So many experts in one statement; `specialties` may use n. */
const manyExperts = (count: number, specialties: string, employers = 5000): string => `
insert into expert (id, name, employer, employer_name, former_employers, specialties, memberships, terms, region, title, status, interests, relatives, prepared, admitted_at)
select ('019b' || lpad(to_hex(n), 4, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '专家' || n, '91420500' || lpad((n % ${employers})::text, 10, '0'), '单位' || n % ${employers},
'[]', ${specialties}, array['construction'], '{"construction":"2029-11-27"}', '420500', '高级工程师', 'normal', '{}', '{}', '{}', now() from generate_series(1, ${count}) n`;
