import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { specialtyName, type Tree } from './classification.ts';
import { maskedName } from './expert.ts';
import { columnOf, type Fault, faultAt, readExpertSheet, type SheetRow } from './expert-sheet.ts';
import { type Identity, identityFields, numberIndex, sealIdentity } from './identity.ts';
import { Expert, ExpertMembership, ExpertSheet, IdentityRecord, Relation } from './schema.ts';
import type { PreviewRow } from './sheet-answers.ts';
import { specialtyTree } from './specialty-reads.ts';
import { transferred } from './transfer.ts';

/** `check` stores nothing; `whole` stores every row or none; `good` stores the rows that are right. */
export const importModes = ['check', 'whole', 'good'] as const;

/** So many faults are kept to be shown: whoever has more has the wrong table. */
const keptFaults = 2000;
const batch = 500;

/**
 * Takes a whole table of experts into the pool. Whoever is in it already, by resident number, or by name and employer where there is none, is passed over
 * and stays as it is: the mended table may simply be taken in again. The journal says which file it was and how many rows; of the people nothing.
 */
export const importExpertSheet = act({
  name: 'import-expert-sheet',
  by: ['administrator'],
  says: { zh: '导入专家表格', en: 'Take in a table of experts' },
  takes: z.object({
    mode: z.enum(importModes),
    name: z.string().max(200),
    sha256: z.string().length(43),
    table: z.array(z.array(z.string())),
    numbers: z.array(z.int()),
  }),
  async run(call, { mode, name, sha256, table, numbers }) {
    const tree = await specialtyTree(call.em);
    const read = readExpertSheet(table, numbers, tree);
    const { rows, faults } = judged(read.rows, read.faults);
    const known = await knownAmong(call, rows);
    const fresh = rows.filter(({ row }) => !known.has(row));
    const storing = mode === 'good' || (mode === 'whole' && faults.length === 0) ? fresh : [];
    for (let from = 0; from < storing.length; from += batch) await store(call, storing.slice(from, from + batch));
    const wrong = new Set(faults.map(({ row }) => row)).size;
    const counts = { rows: read.count, stored: storing.length, known: known.size, wrong };
    const preview = previewOf(tree, fresh.slice(0, 10));
    const sheet = call.em.create(ExpertSheet, {
      id: newId(call.now),
      kind: 'import',
      by: call.by.user ?? '',
      at: call.now,
      name,
      sha256,
      mode,
      ...counts,
      faults: faults.slice(0, keptFaults),
      preview,
    });
    return { result: { sheet: sheet.id, ...counts }, facts: [fact('experts.imported', {}, { sheet: sheet.id, mode, sha256, ...counts })] };
  },
});

/** What a row cannot tell by itself: the same person twice in one table. */
function judged(
  read: readonly SheetRow[],
  before: readonly Fault[],
): { readonly rows: readonly SheetRow[]; readonly faults: readonly Fault[] } {
  const first = new Map<string, number>();
  const faults = [...before];
  const rows = read.filter(({ row, expert }) => {
    const same = first.get(personIn(expert));
    if (same === undefined) first.set(personIn(expert), row);
    else
      faults.push(
        faultAt(row, columnOf(expert.idNumber === undefined ? 'name' : 'idNumber'), expert.idNumber ?? expert.name, {
          zh: `与第${same}行是同一人。`,
          en: `The same person as in row ${same}.`,
        }),
      );
    return same === undefined;
  });
  return { rows, faults: faults.sort((a, b) => a.row - b.row) };
}

const personIn = ({ idNumber, name, employer }: SheetRow['expert']): string => idNumber ?? `${name} ${employer}`;

/** The rows whose people are in the pool already. */
async function knownAmong(call: Call, rows: readonly SheetRow[]): Promise<ReadonlySet<number>> {
  const known = new Set<number>();
  for (let from = 0; from < rows.length; from += 2000) {
    const part = rows.slice(from, from + 2000);
    const byNumber = new Map(part.flatMap(({ row, expert }) => (expert.idNumber ? [[numberIndex(expert.idNumber), row] as const] : [])));
    const found = await call.em.find(IdentityRecord, { numberIndex: { $in: [...byNumber.keys()] } }, { fields: ['numberIndex'] });
    for (const { numberIndex: index } of found) known.add(byNumber.get(index ?? '') ?? 0);
    const byName = part.filter(({ expert }) => !expert.idNumber);
    const named = await call.em.find(Expert, { name: { $in: byName.map(({ expert }) => expert.name) } }, { fields: ['name', 'employer'] });
    const people = new Set(named.map(personOf));
    for (const { row, expert } of byName) if (people.has(personOf(expert))) known.add(row);
  }
  return known;
}

const personOf = ({ name, employer }: { readonly name: string; readonly employer: string }): string => `${name} ${employer}`;

/** Row by row the same as admitting one, in statements of some hundred rows. */
async function store(call: Call, rows: readonly SheetRow[]): Promise<void> {
  const made = rows.map(({ expert }) => ({ given: expert, ...transferred(newId(call.now), expert, call.now) }));
  await call.em.insertMany(
    Expert,
    made.map(({ expert }) => expert),
  );
  await call.em.insertMany(
    ExpertMembership,
    made.flatMap(({ memberships }) => memberships),
  );
  const relations = made.flatMap((each) => each.relations);
  if (relations.length > 0) await call.em.insertMany(Relation, relations);
  const identities = [];
  for (const { expert, given } of made) {
    if (identityFields.every((field) => given[field] === undefined)) continue;
    const identity = Object.fromEntries(identityFields.map((field) => [field, given[field] ?? null])) as Identity;
    identities.push({ expert: expert.id, ...(await sealIdentity(expert.id, identity)), changedAt: call.now });
  }
  if (identities.length > 0) await call.em.insertMany(IdentityRecord, identities);
}

function previewOf(tree: Tree, rows: readonly SheetRow[]): readonly PreviewRow[] {
  return rows.map(({ row, expert }) => ({
    row,
    name: maskedName(expert.name),
    employer: expert.employerName,
    specialties: expert.specialties.map((code) => specialtyName(tree, code)),
    region: expert.region,
  }));
}
