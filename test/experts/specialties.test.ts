import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isPlausible, parentOf, shippedSpecialties, shippedTree, specialtyName, treeOf } from '../../src/experts/classification.ts';
import { enrolExpert } from '../../src/experts/enrol-expert.ts';
import { importSpecialties } from '../../src/experts/import-specialties.ts';
import { Specialty } from '../../src/experts/schema.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { Problem } from '../../src/kernel/problem.ts';
import { makeCode } from '../../src/parties/code.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse();
  town = await makeTown(house, { experts: 2 });
}, 60_000);
afterAll(() => house.close());

const take = (rows: string, version = '2018') => house.perform(importSpecialties, town.administrator.actor, { rows, version });
const admit = (specialties: string) =>
  refusal(
    house.perform(enrolExpert, theSystem, {
      name: '李工',
      employer: makeCode('420102', 901),
      employerName: '武汉设计院',
      specialties,
      memberships: 'construction',
      region: '420100',
      title: '高级工程师',
    }),
  );

describe('The tree that is shipped', () => {
  it('names what it can vouch for, every entry under a known one', () => {
    for (const { code } of shippedSpecialties) expect(parentOf(code) === null || shippedTree.titles.has(parentOf(code) ?? '')).toBe(true);
    expect(specialtyName(shippedTree, 'A08').zh).toBe('工程施工');
    expect(specialtyName(shippedTree, 'A080301').zh).toBe('工程施工（A080301）');
    expect(specialtyName(shippedTree, 'B0101').zh).toBe('货物（B0101）');
  });

  it.each([
    ['A08', true],
    ['A080301', true],
    ['B0101', true],
    ['A11', false],
    ['A1101', false],
    ['A', false],
    ['D01', false],
    ['A0', false],
    ['A08030101', false],
  ])('%s is of the classification: %s', (code, holds) => expect(isPlausible(shippedTree, code)).toBe(holds));

  it('where a level is known, only that: below an entry whose children are known another child is refused', () => {
    const tree = treeOf([{ code: 'A0801', title: { zh: '房屋建筑', en: 'Buildings' } }]);
    expect(['A0801', 'A080101', 'A0802', 'A080201', 'A0901'].map((code) => isPlausible(tree, code))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('An administrator adds deeper levels', () => {
  it('nothing is taken while one row is wrong, and each wrong row is named', async () => {
    const error = await take('A0801,房屋建筑\nA11,某类\n=cmd,x\nA0801,又一次\nA08,改名\nA090101,无上级\nA0802').catch(
      (refused: unknown) => refused,
    );
    expect(error).toBeInstanceOf(Problem);
    const said = (error as Problem).detail.fields?.map(({ says }) => says.zh) ?? [];
    expect(said).toHaveLength(5);
    expect(said.join('')).toMatch(/第3行.*第4行.*第5行.*第7行.*A090101/s);
    expect(await house.em().count(Specialty)).toBe(0);
  });

  it('all rows, a parent in the same table in any order; again with another name', async () => {
    const { result } = await take('A080102\t钢结构\r\nA0801，房屋建筑，Buildings\n\n');
    expect(result).toEqual({ imported: 2 });
    expect(await house.em().findOneOrFail(Specialty, { code: 'A0801' })).toMatchObject({
      zh: '房屋建筑',
      en: 'Buildings',
      version: '2018',
    });
    await take('A0801,房屋建筑工程', '2026');
    expect(await house.em().findOneOrFail(Specialty, { code: 'A0801' })).toMatchObject({ zh: '房屋建筑工程', version: '2026' });
  });

  it('from then on an expert is admitted for what is there, and for nothing beside it', async () => {
    expect(await admit('A0801')).toBe('performed');
    expect(await admit('A0899')).toBe('unknown-specialty');
    expect(await admit('A06,A11')).toBe('unknown-specialty');
  });

  it('is the administrator’s alone; the tree is shown to those who plan panels and to experts', async () => {
    for (const by of [town.agent, town.regulator, town.centre, town.experts[0]])
      expect(await refusal(house.perform(importSpecialties, by?.actor ?? theSystem, { rows: 'A0803,x', version: '2018' }))).toBe(
        'not-permitted',
      );
    const { body } = await (await town.agent.api()).get('/experts/specialties').expect(200);
    expect(body.mayImport).toBe(false);
    expect(body.entries.find((entry: { code: string }) => entry.code === 'A0801')).toMatchObject({
      parent: 'A08',
      certainty: null,
      version: '2026',
    });
    expect(body.entries.find((entry: { code: string }) => entry.code === 'A10').certainty.zh).toContain('待核对');
    await (await town.bidders[0]?.api())?.get('/experts/specialties').expect(403);
  });
});
