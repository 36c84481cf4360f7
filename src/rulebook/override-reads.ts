import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { addDays, type DayString, dayOf } from '../kernel/working-days.ts';
import type { OverridesAnswer, ShownOverride } from './answers.ts';
import type { Ground } from './ground.ts';
import { lineNames } from './line-names.ts';
import { placeOf } from './local-row.ts';
import { type Jurisdiction, localFigures, type Override } from './override.ts';
import { boundsOf, precedence } from './override-rules.ts';
import { sentence, valueInWords } from './parameter.ts';
import { localKeys, parameter, rowOn } from './parameters.ts';
import { regionTree } from './regions.ts';
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

/** Everything that was ever set, the newest first, with what each reader may do about it. Public: it is law for those it binds. */
export async function overridesFor(em: EntityManager, by: Actor, now: Instant): Promise<OverridesAnswer> {
  const rows = await em.find(FigureOverride, {}, { orderBy: { id: 'desc' } });
  const look = lookOf(by, now);
  const { first, maySet } = look;
  return {
    overrides: rows.map((row) => shown(row, look)),
    rule: precedence,
    maySet,
    first,
    figures: maySet ? settable(first) : [],
    lines: maySet ? lineNames().map(({ id, title }) => ({ value: id, label: title })) : [],
    regions: maySet ? [...regionTree.values()].map(({ code, name }) => ({ value: code, label: name })) : [],
  };
}

/** One of them by its id. */
export async function overrideFor(em: EntityManager, by: Actor, id: string, now: Instant): Promise<ShownOverride> {
  const row = await em.findOne(FigureOverride, { id });
  if (row === null) throw notFound();
  return shown(row, lookOf(by, now));
}

/** The figures that may be set, each with its ends. */
const settable = (on: DayString): OverridesAnswer['figures'] =>
  localKeys.flatMap((key) => {
    const row = rowOn(key, on);
    return row ? [{ key, says: sentence(row), bounds: boundsOf(row) }] : [];
  });

interface Look {
  readonly today: DayString;
  readonly first: DayString;
  readonly maySet: boolean;
}

function lookOf(by: Actor, now: Instant): Look {
  const today = dayOf(now);
  return { today, first: addDays(today, parameter('op.override.ahead', today)), maySet: by.role === 'administrator' };
}

function shown(row: FigureOverride, { today, first, maySet }: Look): ShownOverride {
  const { id, key, value, region = null, inForceFrom, inForceTo = null, reason, endedFor = null, setAt } = row;
  const law = rowOn(key, inForceFrom as DayString);
  if (law === undefined) throw new Error(`'${key}' was set for ${inForceFrom}, when the rulebook has no such figure`);
  const state = stateOf(row, today);
  const early = state === 'coming' && inForceFrom >= first;
  const line = lineNames().find((each) => each.id === row.line)?.title ?? null;
  return {
    id,
    key,
    says: sentence({ ...law, value }),
    value: valueInWords({ ...law, value }),
    law: valueInWords(law),
    source: law.source,
    line,
    place: placeOf(region),
    inForceFrom,
    inForceTo,
    reason,
    endedFor,
    setAt,
    state,
    mayWithdraw: maySet && early,
    mayEnd: maySet && !early && inForceTo === null && (state === 'coming' || state === 'in-force'),
    first,
  };
}

function stateOf({ withdrawnAt, inForceFrom, inForceTo }: FigureOverride, today: DayString): ShownOverride['state'] {
  if (withdrawnAt) return 'withdrawn';
  if (today < inForceFrom) return 'coming';
  return inForceTo && inForceTo <= today ? 'ended' : 'in-force';
}
