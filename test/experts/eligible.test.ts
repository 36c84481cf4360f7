import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { eligibleCounts, eligiblePool, eligibleQuery, stillBinding } from '../../src/experts/eligible-reads.ts';
import { commitmentOf, eligibility, listedIn, pooledLists, shortUpTo, writtenId } from '../../src/experts/pool.ts';
import { pooledExperts } from '../../src/experts/pool-reads.ts';
import { recusalGrounds } from '../../src/experts/recusal.ts';
import { DrawSeat, Expert } from '../../src/experts/schema.ts';
import { base64url, canonical } from '../../src/kernel/bytes.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { addDays, addMonths, type DayString } from '../../src/kernel/working-days.ts';
import type { DrawRequest } from '../../src/sealing/draw.ts';
import { candidatesIn, commitmentAt } from '../../src/sealing/draw-list.ts';
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
    em.create(Expert, { id, ...given, employerName: '某单位', region: '420500', title: '高级工程师', admittedAt: now });
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

describe('The query decides as the grounds do', () => {
  it('over random pools: the same experts for each seat, the same number excluded on each ground (every ground of recusal.ts)', async () => {
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(expert, { minLength: 12, maxLength: 60 }),
        parties,
        fc.boolean(),
        fc.uniqueArray(fc.constantFrom('A08', 'A0801', 'A06', 'B01', 'C'), { minLength: 1, maxLength: 3 }),
        async (pool, between, sitting, specialties) => {
          const em = database.em() as EntityManager;
          await fill(em, pool);
          const seats = specialties.map((specialty) => ({ specialty }));
          const facts = { on, ...between };
          const asked = { line: 'construction', project: 'P-1', lot, sitting, seats };
          const pure = eligibility(
            await pooledExperts(em.fork(), { line: 'construction', number: 'P-1' }, { id: lot, sitting }, now),
            seats,
            facts,
            keys,
          );
          const found = await eligiblePool(em, asked, facts, now);
          expect(found.excluded).toEqual(pure.excluded);
          const lists = pooledLists(found.groups, seats, keys);
          const listed = listedIn(Object.fromEntries(Object.entries(lists).map(([name, { candidates }]) => [name, candidates])));
          expect((listed as DrawRequest).eligible).toEqual(pure.eligible);
          expect(await eligibleCounts(em, asked, facts, now)).toEqual(
            Object.fromEntries(specialties.map((specialty) => [specialty, pure.eligible[specialty]?.length ?? 0])),
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
    const seats = [{ specialty: 'A08' }, { specialty: 'A06' }];
    const { groups } = await eligiblePool(em, { line: 'construction', project: '', lot, sitting: false, seats }, facts, now);
    const lists = Object.values(pooledLists(groups, seats, keys));
    expect(lists.reduce((all, { candidates }) => all + candidatesIn(candidates), 0)).toBeGreaterThan(20);
    for (const { candidates, people } of lists)
      for (let place = 0; place < candidatesIn(candidates); place += 1) {
        const person = await em.findOneOrFail(Expert, { id: writtenId(people.subarray(place * 16, (place + 1) * 16)) });
        expect(commitmentOf(keys, person)).toBe(base64url(commitmentAt(candidates, place)));
        expect(person.identity).toBe(
          canonical({ id: person.id, name: person.name, employer: person.employer, specialties: person.specialties }),
        );
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
    const { sql, values } = eligibleQuery(
      { line: 'construction', project: '', lot, sitting: false, seats: [{ specialty: 'A0803' }] },
      facts,
      now,
    );
    const plan = (await em.execute<{ 'QUERY PLAN': string }[]>(`explain ${sql}`, values)).map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('expert_branches_index');
  }, 60_000);
});

describe('A request holds its lists up to a size, and their digests above it', () => {
  const list = (size: number) =>
    new Uint8Array(size * 64).map((_, at) => (at % 64 < 3 ? Math.floor(at / 64) >>> (8 * (2 - (at % 64))) : 0));
  it(`${shortUpTo} candidates stand in it, one more does not`, () => {
    expect(listedIn({ A08: list(shortUpTo - 1), A06: list(1) }).format).toBe('yangguang/draw/v1');
    const long = listedIn({ A08: list(shortUpTo), A06: list(1) });
    expect(long.format).toBe('yangguang/draw/v2');
    expect(long.eligible).toMatchObject({ A08: { size: shortUpTo }, A06: { size: 1 } });
  });
});

/** So many experts in one statement; `specialties` may use n. */
const manyExperts = (count: number, specialties: string): string => `
insert into expert (id, name, employer, employer_name, former_employers, specialties, memberships, terms, region, title, status, interests, relatives, prepared, admitted_at)
select ('019b' || lpad(to_hex(n), 4, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '专家' || n, '91420500' || lpad((n % 5000)::text, 10, '0'), '单位' || n % 5000,
'[]', ${specialties}, array['construction'], '{"construction":"2029-11-27"}', '420500', '高级工程师', 'normal', '{}', '{}', '{}', now() from generate_series(1, ${count}) n`;
