import { describe, expect, it } from '@jest/globals';
// so that every rule, with the acts it names, has announced itself
import '../../src/house.ts';
import { day } from '../../src/kernel/working-days.ts';
import { rulebookPage } from '../../src/lines/book.ts';
import { construction } from '../../src/lines/construction/index.ts';
import { lines } from '../../src/lines/index.ts';
import { editionInForce } from '../../src/rulebook/edition.ts';
import { lawAlone } from '../../src/rulebook/ground.ts';
import { parameters } from '../../src/rulebook/parameters.ts';
import { startingDraft } from '../../src/tenders/draft.ts';
import { type Line, type LineEdition, lineOf, linesInUse, rulesOfField, useLines } from '../../src/tenders/line.ts';
import { lineTroubles, upholdLines } from '../../src/tenders/line-contract.ts';
import { missingIn } from '../../src/tenders/lot.ts';
import { allPhases } from '../../src/tenders/phases.ts';

const today = day('2026-11-22');

/** A line nobody trades: canteens are let as works are, by a declaration of its own. */
const sixth: Line = {
  ...construction,
  id: 'canteens',
  title: { zh: '食堂承包', en: 'Canteens' },
  says: { zh: '机关和学校食堂的承包经营。', en: 'Letting the canteens of offices and schools.' },
  tradeClass: 'F01',
  ocdsCategory: 'services',
  procedures: [
    {
      ...construction.procedures[0],
      editions: construction.procedures[0].editions.slice(-1).map((edition) => ({ ...edition, id: `canteens/${edition.inForceFrom}` })),
    },
  ],
};

describe.each(lines.map((line) => [line.id, line] as const))('The line %s keeps the contract of lines', (_id, line) => {
  it('in every one of its editions', () => expect(lineTroubles(line)).toEqual([]));
  it.each(line.procedures.map((procedure) => [procedure.id, procedure] as const))(
    'has an edition of %s in force today',
    (_procedure, procedure) => expect(editionInForce(procedure, today).inForceTo).toBeNull(),
  );
});

describe('A sixth line, invented here', () => {
  it('is one declaration, and keeps the contract', () => {
    expect(lineTroubles(sixth)).toEqual([]);
    expect(() => upholdLines([...lines, sixth])).not.toThrow();
  });
  it('is traded by the same engine: its notice, panel and method are judged as it declares them', () => {
    const [procedure] = sixth.procedures;
    const edition = editionInForce(procedure, today);
    const ground = lawAlone(today);
    const draft = startingDraft(edition, { name: '食堂承包', estimate: null, subject: 'services', ground });
    expect(draft).toMatchObject({ method: edition.methods[0]?.id, panelSize: edition.panel.size });
    expect(missingIn(edition, draft).map(({ path }) => path)).toContain('deadline');
    const rules = rulesOfField(edition.rules.notice, 'security').map(({ id }) => id);
    expect(rules.length).toBeGreaterThan(0);
  });

  const [procedure] = sixth.procedures;
  const [edition] = procedure.editions;
  if (edition === undefined) throw new Error('the line has no edition');
  const withEdition = (change: Partial<LineEdition>): Line => ({
    ...sixth,
    procedures: [{ ...procedure, editions: [{ ...edition, ...change }] }],
  });
  const at = `canteens/${procedure.id}: edition ${edition.inForceFrom}`;
  it.each<[string, Line, string]>([
    ['an id that is no folder', { ...sixth, id: 'Canteens' }, 'Canteens: its id is not in kebab-case'],
    ['a trade class of another form', { ...sixth, tradeClass: 'F1' }, "canteens: its trade class 'F1' is not a letter and two digits"],
    ['words in one language', { ...sixth, says: { zh: 'canteens', en: 'canteens' } }, 'canteens: no Chinese at says'],
    ['no edition', { ...sixth, procedures: [{ ...procedure, editions: [] }] }, `canteens/${procedure.id}: it has no edition`],
    [
      'a gap after an edition',
      withEdition({ inForceTo: day('2030-01-01') }),
      `canteens/${procedure.id}: it does not end where the next edition begins, or never where there is none`,
    ],
    [
      'phases that do not follow each other',
      withEdition({ phases: ['draft', 'opened'] }),
      `${at}: no event leads from phase 'draft' to 'opened'`,
    ],
    ['a form without a price', withEdition({ bidForm: [] }), `${at}: its bid form has no required 'price' in money that is read out`],
    [
      'one field twice',
      withEdition({ bidForm: edition.bidForm.flatMap((field) => [field, field]) }),
      `${at}: field of the bid form 'price' stands there twice`,
    ],
    [
      'a price that may be put right',
      withEdition({ mending: { source: { zh: '某规定', en: 'some order' }, fields: ['price'] } }),
      `${at}: the field 'price' that may be put right is read out, holds a price or moves one`,
    ],
    [
      'a field that may be put right and is not there',
      withEdition({ mending: { source: { zh: '某规定', en: 'some order' }, fields: ['cutlery'] } }),
      `${at}: the field 'cutlery' that may be put right is none of its bid form`,
    ],
    [
      'points that are no hundred',
      withEdition({ criteria: [] }),
      `${at}: the suggested points of method 'comprehensive-deviation' add up to 60, not 100`,
    ],
    [
      'a combined benchmark without its shares',
      withEdition({ methods: edition.methods.map(({ composite: _, ...method }) => method) }),
      `${at}: method 'comprehensive-deviation' offers a composite benchmark without its shares`,
    ],
    [
      'a panel against its own rule',
      withEdition({ panel: { ...edition.panel, size: 4 } }),
      `${at}: its suggested panel breaks its own rule PANEL-1`,
    ],
    ['an empty seat', withEdition({ panel: { ...edition.panel, seats: [] } }), `${at}: its seats seat 0 experts, its panel has 4`],
    [
      'two ways to a result',
      withEdition({ parameters: { ...edition.parameters, publicityMin: null } }),
      `${at}: \`publicityMin\` and the phase \`publicity\` stand together or not at all`,
    ],
  ])('is refused at the start for %s, by a sentence that says where', (_what, line, trouble) => {
    expect(lineTroubles(line)).toContain(trouble);
    expect(() => upholdLines([...lines, line])).toThrow(trouble);
  });
  it('is refused beside a line of its name or its class', () => {
    expect(() => upholdLines([sixth, sixth])).toThrow("line 'canteens' stands there twice\ntrade class 'F01' stands there twice");
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
      for (const edition of line.procedures.flatMap(({ editions }) => editions))
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
