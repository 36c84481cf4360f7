import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { affiliatesOf } from './control.ts';
import { type ControlRelation, controlWords } from './control-words.ts';
import { ControlDeclaration } from './schema.ts';

/** The organisations bound to these by declared control. Steps outward from them, so that a large register is never read whole. */
export async function affiliates(em: EntityManager, parties: readonly string[]): Promise<readonly string[]> {
  const known = new Map<string, ControlDeclaration>();
  let asked: readonly string[] = [...new Set(parties)];
  const seen = new Set(asked);
  while (asked.length > 0) {
    const rows = await em.find(ControlDeclaration, { organisation: { $in: [...asked] }, withdrawnAt: null });
    for (const row of rows) known.set(row.id, row);
    asked = [...new Set(rows.map((row) => row.other))].filter((code) => !seen.has(code));
    for (const code of asked) seen.add(code);
  }
  for (const row of await em.find(ControlDeclaration, { other: { $in: [...seen] }, withdrawnAt: null })) known.set(row.id, row);
  return affiliatesOf(parties, [...known.values()]);
}

export interface DeclaredControl {
  readonly id: string;
  readonly other: string;
  readonly name: string;
  readonly relation: Words;
  readonly declaredAt: Instant;
}

/** What an organisation has declared and not withdrawn. */
export async function controlOf(em: EntityManager, organisation: string): Promise<readonly DeclaredControl[]> {
  const rows = await em.find(ControlDeclaration, { organisation, withdrawnAt: null }, { orderBy: { declaredAt: 'asc', id: 'asc' } });
  return rows.map((row) => ({
    id: row.id,
    other: row.other,
    name: row.otherName,
    relation: controlWords[row.relation as ControlRelation],
    declaredAt: row.declaredAt,
  }));
}
