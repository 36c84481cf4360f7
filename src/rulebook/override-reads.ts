import type { EntityManager } from '@mikro-orm/postgresql';
import type { DayString } from '../kernel/working-days.ts';
import type { Ground } from './ground.ts';
import { type Jurisdiction, localFigures, type Override } from './override.ts';
import { FigureOverride } from './schema.ts';

/** A stored override as the pure rules take it. */
export const overrideOf = (row: FigureOverride): Override => ({
  override: row.id,
  key: row.key,
  value: row.value,
  line: row.line ?? null,
  region: row.region ?? null,
  inForceFrom: row.inForceFrom as DayString,
  inForceTo: (row.inForceTo ?? null) as DayString | null,
  reason: row.reason,
});

/** Every override that was not withdrawn, the oldest first. */
export async function overridesStanding(em: EntityManager): Promise<readonly Override[]> {
  const rows = await em.find(FigureOverride, { withdrawnAt: null }, { orderBy: { id: 'asc' } });
  return rows.map(overrideOf);
}

/** The law of a day with what has been set for a line and a region: what a lot published that day stands on. */
export async function groundFor(em: EntityManager, { line, region }: Jurisdiction, on: DayString): Promise<Ground> {
  return { on, local: localFigures(await overridesStanding(em), { line, region }, on) };
}
