import { officeOf } from '../experts/officials.ts';
import { Expert } from '../experts/schema.ts';
import { takeStanding } from '../experts/take-standing.ts';
import { fact } from '../journal/event.ts';
import { type Call, type Fact, lock } from '../kernel/act.ts';
import { addDays, addMonths, type DayString, dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { type Consequence, consequenceOf, pointsOn } from './conduct.ts';
import { ConductEntry, ConductStanding } from './schema.ts';

/**
 * What follows from an expert's points as they stand in this transaction. Removal waits until an entry can no longer be objected to, or was upheld: till
 * then the expert is suspended without an end. What points had taken, points that are struck give back; a standing that somebody else gave is left alone.
 * The caller has locked the expert.
 */
export async function applyConsequence(
  call: Call,
  expert: Expert,
): Promise<{ readonly consequence: Consequence; readonly facts: readonly Fact[] }> {
  await call.em.flush();
  const on = dayOf(call.now);
  const entries = await call.em.find(ConductEntry, { expert: expert.id });
  const consequence = consequenceOf(pointsOn(entries, on), on);
  const final = consequenceOf(
    pointsOn(
      entries.filter(({ state }) => state === 'upheld'),
      on,
    ),
    on,
  );
  const given = await call.em.findOne(ConductStanding, { expert: expert.id });
  const byPoints = given !== null && expert.status === given.status && (expert.suspendedUntil ?? null) === (given.until ?? null);
  const over = expert.status === 'suspended' && (expert.suspendedUntil ?? '9999') < on;
  if (expert.status !== 'normal' && !over && !byPoints) return { consequence, facts: [] };
  const [status, until] = standingBy(consequence, final, on);
  // a suspension that runs is not begun anew by a further entry below the next threshold
  if (status === 'suspended' && until !== null && byPoints && expert.status === 'suspended' && expert.suspendedUntil && !over)
    return { consequence, facts: [] };
  if (expert.status === status && (expert.suspendedUntil ?? null) === until) return { consequence, facts: [] };
  const changed = await takeStanding(call, expert, { status, until, ground: grounds[status], office: officeOf(call) });
  if (given) Object.assign(given, { status, until, at: call.now });
  else call.em.create(ConductStanding, { expert: expert.id, status, until, at: call.now });
  return { consequence, facts: [changed, fact('conduct.applied', { expert: expert.id }, { expert: expert.id, status, until })] };
}

type PointStanding = keyof typeof grounds;
const grounds = {
  normal: '记分减至规定分值以下，恢复正常 · fewer points than suspend',
  suspended: '记分达到暂停的分值 · as many points as suspend',
  removed: '记分达到除名的分值 · as many points as remove',
} as const;

function standingBy(consequence: Consequence, final: Consequence, on: DayString): readonly [PointStanding, DayString | null] {
  if (final === 'removal') return ['removed', null];
  if (consequence === 'removal') return ['suspended', null];
  if (consequence !== 'suspension') return ['normal', null];
  return ['suspended', addDays(addMonths(on, parameter('conduct.suspension.length', on)), -1)];
}

export const lockedExpert = (call: Call, id: string): Promise<Expert> => lock<Expert>(call, Expert, id);
