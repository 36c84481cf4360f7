import { decimal, type Fraction, hundred, sum } from '../kernel/fraction.ts';
import type { Words } from '../kernel/words.ts';
import { lawAlone } from '../rulebook/ground.ts';
import { type ParameterKey, parameterInForce } from '../rulebook/parameters.ts';
import type { Line, LineEdition, Procedure } from './line.ts';
import { allPhases, firstPhase, type Phase, transitions } from './phases.ts';

/**
 * What every line of trade keeps, whoever declares it. The engine takes a declaration at its word, so a platform with a line that does not keep
 * this does not start; each breach says where it is and what is missing.
 */

/** Every breach of a line, as `line/procedure edition: sentence`; empty when it is whole. */
export function lineTroubles(line: Line): readonly string[] {
  const troubles = [
    ...(/^[a-z][a-z0-9-]*$/.test(line.id) ? [] : ['its id is not in kebab-case']),
    ...(/^[A-Z]\d{2}$/.test(line.tradeClass) ? [] : [`its trade class '${line.tradeClass}' is not a letter and two digits`]),
    ...twice(
      'procedure',
      line.procedures.map(({ id }) => id),
    ),
    ...wordTroubles(line),
  ].map((trouble) => `${line.id}: ${trouble}`);
  return [...troubles, ...line.procedures.flatMap((procedure) => procedureTroubles(line, procedure))];
}

/** Throws with every breach of every line, and of two lines with each other: a platform does not start on half a declaration. */
export function upholdLines(lines: readonly Line[]): void {
  const troubles = [
    ...twice(
      'line',
      lines.map(({ id }) => id),
    ),
    ...twice(
      'trade class',
      lines.map(({ tradeClass }) => tradeClass),
    ),
    ...lines.flatMap(lineTroubles),
  ];
  if (troubles.length > 0) throw new Error(`these lines of trade cannot be used:\n${troubles.join('\n')}`);
}

function procedureTroubles(line: Line, { id, editions }: Procedure): readonly string[] {
  const stem = id === line.procedures[0].id ? line.id : `${line.id}/${id}`;
  const dated = editions.flatMap((edition, at) => [
    ...(edition.id === `${stem}/${edition.inForceFrom}` ? [] : [`its id is not '${stem}/${edition.inForceFrom}'`]),
    ...(edition.inForceTo === (editions[at + 1]?.inForceFrom ?? null)
      ? []
      : ['it does not end where the next edition begins, or never where there is none']),
  ]);
  return [
    ...(editions.length > 0 ? [] : ['it has no edition']),
    ...dated,
    ...editions.flatMap((edition) => editionTroubles(edition).map((trouble) => `edition ${edition.inForceFrom}: ${trouble}`)),
  ].map((trouble) => `${line.id}/${id}: ${trouble}`);
}

function editionTroubles(edition: LineEdition): readonly string[] {
  return [
    ...phaseTroubles(edition),
    ...figureTroubles(edition),
    ...formTroubles(edition),
    ...methodTroubles(edition),
    ...panelTroubles(edition),
    ...resultTroubles(edition),
    ...negotiationTroubles(edition),
  ];
}

/** The phases of an invitation, which a procedure has with an `entry` and not without. */
const entryPhases: readonly Phase[] = ['applying', 'qualifying', 'inviting'];

function phaseTroubles({ phases, papers, entry }: LineEdition): readonly string[] {
  const ways = transitions();
  return [
    ...(phases[0] === firstPhase ? [] : [`its first phase is not '${firstPhase}'`]),
    ...(entryPhases.every((phase) => phases.includes(phase) === (entry !== undefined))
      ? []
      : ['its `entry` and the phases of an invitation stand together or not at all']),
    ...phases.flatMap((phase) => (allPhases.includes(phase) ? [] : [`'${phase}' is no phase`])),
    ...phases.flatMap((phase, at) => {
      const following = phases[at + 1];
      return following === undefined || ways.some(({ from, to }) => from === phase && to === following)
        ? []
        : [`no event leads from phase '${phase}' to '${following}'`];
    }),
    ...papers.flatMap(({ kind, phase }) => (allPhases.includes(phase) ? [] : [`paper '${kind}' is due in '${phase}', which is no phase`])),
  ];
}

/** Every figure the engine asks for is in force from the edition's first day on. */
function figureTroubles({ parameters, limits, negotiation, inForceFrom }: LineEdition): readonly string[] {
  const ground = lawAlone(inForceFrom);
  const asked = Object.values(parameters).flatMap((key) =>
    key === null || key === undefined ? [] : typeof key === 'string' ? [key] : Object.values(key),
  );
  const rounds = negotiation ? [negotiation.suppliersMin, negotiation.offersMin, ...negotiation.exceptions.map(({ least }) => least)] : [];
  const keys = [...asked, ...rounds] as ParameterKey[];
  return [
    ...keys.flatMap((key) => (inForce(() => parameterInForce(key, ground)) ? [] : [`figure '${key}' is not in force on its first day`])),
    ...Object.entries(limits).flatMap(([name, limit]) =>
      inForce(() => limit.by(ground)) ? [] : [`the time limit '${name}' has no figure in force on its first day`],
    ),
  ];
}

/** A figure that is not in force is thrown about. */
function inForce(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}

function formTroubles({ bidForm, items, criteria, halts, corrections, mending, seals }: LineEdition): readonly string[] {
  const price = bidForm.find(({ key }) => key === 'price');
  return [
    ...twice(
      'field of the bid form',
      bidForm.map(({ key }) => key),
    ),
    ...twice(
      'review item',
      items.map(({ id }) => id),
    ),
    ...twice(
      'criterion',
      criteria.map(({ id }) => id),
    ),
    ...twice(
      'ground of a halt',
      halts.map(({ id }) => id),
    ),
    ...twice(
      'ground of a correction',
      corrections.map(({ id }) => id),
    ),
    ...twice('field that is put right', mending?.fields ?? []),
    ...(mending?.fields ?? []).flatMap((key) => {
      const field = bidForm.find((each) => each.key === key);
      if (!field) return [`the field '${key}' that may be put right is none of its bid form`];
      const ofSubstance = field.read || field.part === 'price' || field.kind === 'money' || field.counts !== undefined;
      return ofSubstance ? [`the field '${key}' that may be put right is read out, holds a price or moves one`] : [];
    }),
    ...(price?.kind === 'money' && price.required && price.read ? [] : ["its bid form has no required 'price' in money that is read out"]),
    ...bidForm.flatMap(({ key, kind, columns, options }) => [
      ...(kind === 'table' && !columns?.length ? [`the table '${key}' of its bid form has no columns`] : []),
      ...(kind === 'choice' && !options?.length ? [`the choice '${key}' of its bid form has nothing to choose`] : []),
    ]),
    ...(seals.some(({ policy }) => policy === 'council') ? [] : ['no bid can be sealed to the council alone']),
  ];
}

function methodTroubles({ methods, criteria }: LineEdition): readonly string[] {
  const points = sum(criteria.map(({ max }) => decimal(max)));
  const full = (given: string | undefined): Fraction => points.plus(decimal(given ?? '0'));
  return [
    ...(methods.length > 0 ? [] : ['it offers no method of award']),
    ...twice(
      'method',
      methods.map(({ id }) => id),
    ),
    ...methods.flatMap(({ id, template, price, benchmarks, composite, defaults }) => [
      ...(template === 'comprehensive' && !full(defaults.priceFull).equals(hundred)
        ? [`the suggested points of method '${id}' add up to ${full(defaults.priceFull).toString()}, not 100`]
        : []),
      ...(price === 'deviation' && benchmarks.length === 0 ? [`method '${id}' compares with a benchmark and offers none`] : []),
      ...(benchmarks.includes('composite') && composite === undefined
        ? [`method '${id}' offers a composite benchmark without its shares`]
        : []),
    ]),
  ];
}

/** The suggested panel keeps the line's own rules, and its seats seat all experts. */
function panelTroubles({ panel, rules, inForceFrom }: LineEdition): readonly string[] {
  const seated = panel.seats.reduce((all, { count }) => all + count, 0);
  const known = panel.specialties.map(({ code }) => code);
  return [
    ...rules.panel.flatMap((rule) =>
      rule.refuses({ ...lawAlone(inForceFrom), ...panel }) === false ? [] : [`its suggested panel breaks its own rule ${rule.id}`],
    ),
    ...(seated === panel.experts ? [] : [`its seats seat ${seated} experts, its panel has ${panel.experts}`]),
    ...panel.seats.flatMap(({ specialty }) =>
      known.includes(specialty) ? [] : [`a seat is of specialty '${specialty}', which it does not list`],
    ),
    ...twice('specialty', known),
  ];
}

/** Either candidates are public before the award, or the result comes with it. */
function resultTroubles({ phases, result, parameters, limits }: LineEdition): readonly string[] {
  const published = phases.includes('publicity');
  return [
    ...(published === (result === undefined)
      ? []
      : [published ? 'its candidates are public before the award, and it has a result as well' : 'it has neither publicity nor a result']),
    ...(published === (parameters.publicityMin !== null) ? [] : ['`publicityMin` and the phase `publicity` stand together or not at all']),
    ...(published === (limits.publishCandidates !== undefined)
      ? []
      : ['`limits.publishCandidates` and the phase `publicity` stand together or not at all']),
  ];
}

/** Who negotiates says what may change; how it judges and qualifies is the group's own, and securities lie where the documents say. */
function negotiationTroubles({ negotiation, qualifiedBy, security }: LineEdition): readonly string[] {
  if (negotiation === undefined) return [];
  const ids = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);
  return [
    ...(negotiation.changeable.length > 0 ? [] : ['it negotiates, and nothing may be changed by it']),
    ...(qualifiedBy === 'panel' ? [] : ['it negotiates, and its group does not look at the qualification']),
    ...(security === undefined ? [] : ['it negotiates, and securities are lodged with the platform']),
    ...twice('exception', ids(negotiation.exceptions)),
    ...twice('ground of an end', ids(negotiation.endings)),
    ...twice('changeable part', ids(negotiation.changeable)),
  ];
}

/** Chinese with Chinese characters (or a standard's number), English with none. */
function wordTroubles(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('zh' in value && 'en' in value) {
    const { zh, en } = value as Words;
    const chinese = /[\u4e00-\u9fff]|GB|DA\/T/.test(zh);
    return [...(chinese ? [] : [`no Chinese at ${path}`]), ...(en !== '' && !/[\u4e00-\u9fff]/.test(en) ? [] : [`no English at ${path}`])];
  }
  return Object.entries(value).flatMap(([key, inner]) => wordTroubles(inner, path === '' ? key : `${path}.${key}`));
}

const twice = (what: string, names: readonly string[]): readonly string[] =>
  [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map((name) => `${what} '${name}' stands there twice`);
