import { describe, expect, it } from '@jest/globals';
// so that every rule, with the acts it names, has announced itself
import '../../src/house.ts';
import type { Words } from '../../src/kernel/words.ts';
import { day } from '../../src/kernel/working-days.ts';
import { rulebookPage } from '../../src/lines/book.ts';
import { lines } from '../../src/lines/index.ts';
import { editionInForce } from '../../src/rulebook/edition.ts';
import { lawAlone } from '../../src/rulebook/ground.ts';
import { type ParameterKey, parameterInForce, parameters } from '../../src/rulebook/parameters.ts';
import { type Line, type LineEdition, lineOf, linesInUse, readAloud, rulesOfField, useLines } from '../../src/tenders/line.ts';
import { allPhases, transitions } from '../../src/tenders/phases.ts';

const today = day('2026-11-22');

/** Every pair of words anywhere in a declaration. */
function wordsIn(value: unknown, path = ''): (readonly [string, Words])[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('zh' in value && 'en' in value) return [[path, value as Words]];
  return Object.entries(value).flatMap(([key, inner]) => wordsIn(inner, `${path}.${key}`));
}

const editionsOf = (line: Line): readonly LineEdition[] => line.procedures.flatMap(({ editions }) => editions);
const figuresOf = (edition: LineEdition): ParameterKey[] =>
  Object.values(edition.parameters).flatMap((key) =>
    key === null || key === undefined ? [] : typeof key === 'string' ? [key] : Object.values(key),
  ) as ParameterKey[];

describe.each(lines.map((line) => [line.id, line] as const))('The line %s keeps the contract of lines', (_id, line) => {
  it.each(line.procedures.map((procedure) => [procedure.id, procedure] as const))(
    'has one edition of %s in force today, and editions that follow each other without a gap',
    (id, { editions, says, source }) => {
      const stem = id === line.procedures[0].id ? line.id : `${line.id}/${id}`;
      expect(editionInForce({ id, editions }, today).id).toMatch(new RegExp(`^${stem}/\\d{4}-\\d{2}-\\d{2}$`));
      for (const [at, edition] of editions.entries()) {
        expect(edition.id).toBe(`${stem}/${edition.inForceFrom}`);
        expect(edition.inForceTo).toBe(editions[at + 1]?.inForceFrom ?? null);
      }
      expect([says.zh, source.zh]).not.toContain('');
    },
  );

  it('names each of its procedures once', () => {
    const ids = line.procedures.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('speaks both languages everywhere', () => {
    for (const [path, words] of wordsIn(line)) {
      expect([path, /[\u4e00-\u9fff]|GB|DA\/T/.test(words.zh)]).toEqual([path, true]);
      expect([path, words.en.length > 0 && !/[\u4e00-\u9fff]/.test(words.en)]).toEqual([path, true]);
    }
  });

  it.each(editionsOf(line).map((edition) => [edition.id, edition] as const))('%s is whole', (_edition, edition) => {
    // phases follow each other in the one table
    for (const [at, phase] of edition.phases.entries()) {
      const following = edition.phases[at + 1];
      expect(allPhases).toContain(phase);
      if (following) expect(transitions().some(({ from, to }) => from === phase && to === following)).toBe(true);
    }
    // every figure is in force from the edition's first day on
    for (const key of figuresOf(edition)) expect(() => parameterInForce(key, lawAlone(edition.inForceFrom))).not.toThrow();
    for (const limit of Object.values(edition.limits)) expect(() => limit.by(lawAlone(edition.inForceFrom))).not.toThrow();
    // ids name one thing each
    for (const list of [
      edition.bidForm.map(({ key }) => key),
      edition.items.map(({ id }) => id),
      edition.criteria.map(({ id }) => id),
      edition.methods.map(({ id }) => id),
    ])
      expect(new Set(list).size).toBe(list.length);
    // a price is stated and read out
    expect(readAloud(edition).map(({ key }) => key)).toContain('price');
    // suggested points fill a hundred together with the price
    for (const method of edition.methods.filter(({ template }) => template === 'comprehensive')) {
      const points = edition.criteria.reduce((sum, { max }) => sum + Number(max), Number(method.defaults.priceFull ?? 0));
      expect([method.id, points]).toEqual([method.id, 100]);
    }
    // the suggested panel keeps the line's own rules, and its seats seat all experts
    expect(edition.rules.panel.filter((rule) => rule.refuses({ ...lawAlone(today), ...edition.panel }) !== false)).toEqual([]);
    expect(edition.panel.seats.reduce((sum, { count }) => sum + count, 0)).toBe(edition.panel.experts);
    const codes = edition.panel.specialties.map(({ code }) => code);
    for (const { specialty } of edition.panel.seats) expect(codes).toContain(specialty);
    for (const table of edition.bidForm.filter(({ kind }) => kind === 'table')) expect(table.columns?.length ?? 0).toBeGreaterThan(0);
  });
});

describe('Lines in use', () => {
  it('are found by their id; an unknown id is a broken store', () => {
    useLines(lines);
    expect(linesInUse().map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
    for (const line of lines) expect(lineOf(line.id)).toBe(line);
    expect(() => lineOf('no-such-line')).toThrow("no line 'no-such-line'");
  });

  it('tell each field its rules', () => {
    const [line] = lines;
    const rules = line ? rulesOfField(editionInForce(line.procedures[0], today).rules.notice, 'security') : [];
    expect(rules.map(({ id }) => id)).toContain('CON-BOND');
  });
});

describe('The printed rulebook', () => {
  const page = rulebookPage();
  it('prints the same bytes each time', () => expect(rulebookPage()).toBe(page));
  it('names every rule, every figure and every phase', () => {
    for (const { key } of parameters) expect(page).toContain(`\`${key}\``);
    for (const line of lines)
      for (const edition of editionsOf(line))
        for (const rules of Object.values(edition.rules)) for (const { id } of rules) expect(page).toContain(`</a>\`${id}\` |`);
    for (const phase of allPhases) expect(page).toContain(`| \`${phase}\`<br>`);
  });
  it('keeps its tables whole: every row has as many cells as its head', () => {
    const cells = (text: string): number => text.replaceAll('\\|', '').split('|').length;
    for (const block of page.split('\n\n').filter((each) => each.startsWith('|'))) {
      const [head = '', ...rows] = block.trimEnd().split('\n');
      for (const each of rows) expect([each, cells(each)]).toEqual([each, cells(head)]);
    }
  });
});
