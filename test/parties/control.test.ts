import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeCode } from '../../src/parties/code.ts';
import { affiliatesOf } from '../../src/parties/control.ts';
import { affiliates } from '../../src/parties/control-reads.ts';
import { declareControl, mostDeclared } from '../../src/parties/declare-control.ts';
import { ControlDeclaration } from '../../src/parties/schema.ts';
import { withdrawControl } from '../../src/parties/withdraw-control.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';

describe('Who is bound by control', () => {
  const says = (organisation: string, other: string) => ({ organisation, other });
  it.each([
    ['whom a party names', [says('bidder', 'parent')], ['parent']],
    ['a sister, when the parent names it too', [says('bidder', 'parent'), says('parent', 'sister')], ['parent', 'sister']],
    [
      'who names the party, and nobody whom that one names besides',
      [says('stranger', 'bidder'), says('stranger', 'institute')],
      ['stranger'],
    ],
    ['nobody of a chain that does not reach the party', [says('other', 'institute')], []],
    ['the party itself never, though all name each other', [says('bidder', 'parent'), says('parent', 'bidder')], ['parent']],
  ])('%s', (_what, declared, expected) => expect(affiliatesOf(['bidder'], declared)).toEqual(expected));

  it('the search by steps finds what the whole register gives, whatever is declared', async () => {
    const codes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...codes), fc.constantFrom(...codes)), { maxLength: 12 }),
        fc.subarray(codes),
        async (pairs, parties) => {
          const em = house.em();
          await em.nativeDelete(ControlDeclaration, {});
          for (const [at, [organisation, other]] of pairs.entries())
            em.create(ControlDeclaration, {
              id: `019b0000-0000-7000-8000-0000000000${String(at).padStart(2, '0')}`,
              organisation,
              other,
              otherName: other,
              relation: 'controls',
              declaredAt: '2027-01-01T00:00:00.000Z' as never,
            });
          await em.flush();
          expect(await affiliates(house.em(), parties)).toEqual(
            affiliatesOf(
              parties,
              pairs.map(([organisation, other]) => ({ organisation, other })),
            ),
          );
        },
      ),
      { numRuns: 40 },
    );
    await house.em().nativeDelete(ControlDeclaration, {});
  });
});

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse();
  town = await makeTown(house, { experts: 1 });
}, 60_000);
afterAll(() => house.close());

const declare = (by: Person | undefined, n: number, relation = 'controls') =>
  house.perform(declareControl, (by ?? town.agent).actor, { other: makeCode('420102', 700 + n), name: `某设计院${n}`, relation });

describe('A declaration of control', () => {
  it('is the organisation’s about itself, public, once for each other organisation', async () => {
    const [bidder] = town.bidders;
    await declare(bidder, 1);
    expect(await refusal(declare(bidder, 1, 'controlled-by'))).toBe('control-already-declared');
    const own = { other: bidder?.actor.code ?? '', name: '本单位', relation: 'controls' };
    expect(await refusal(house.perform(declareControl, (bidder ?? town.agent).actor, own))).toBe('control-already-declared');
    expect(await refusal(house.perform(declareControl, (bidder ?? town.agent).actor, { ...own, other: '91420102MA00000000' }))).toBe(
      'code-invalid',
    );
    for (const by of [town.regulator, town.centre, town.administrator]) expect(await refusal(declare(by, 2))).toBe('not-permitted');
    const { body } = await house.api().get(`/organisations/${own.other}`).expect(200);
    expect(body).toMatchObject({ own: false, control: [{ other: makeCode('420102', 701), name: '某设计院1' }] });
  });

  it('is withdrawn by nobody else, and binds nobody afterwards', async () => {
    const [bidder, other] = town.bidders;
    const code = bidder?.actor.code ?? '';
    const [standing] = await house.em().find(ControlDeclaration, { organisation: code });
    const withdraw = (by: Person | undefined) =>
      refusal(house.perform(withdrawControl, (by ?? town.agent).actor, { declaration: standing?.id }));
    expect(await withdraw(other)).toBe('not-found');
    expect(await affiliates(house.em(), [code])).toEqual([makeCode('420102', 701)]);
    expect(await withdraw(bidder)).toBe('performed');
    expect(await withdraw(bidder)).toBe('not-found');
    expect(await affiliates(house.em(), [code])).toEqual([]);
  });

  it(`stands for ${mostDeclared} organisations at once, and for no more: a long list would empty a pool`, async () => {
    const [, bidder] = town.bidders;
    for (let n = 0; n < mostDeclared; n += 1) await declare(bidder, n);
    expect(await refusal(declare(bidder, mostDeclared))).toBe('too-many-declared');
  });
});
