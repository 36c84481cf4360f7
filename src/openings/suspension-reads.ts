import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { platformStop } from './suspension.ts';

/** All openings are stopped now, and go on at the announced moment. */
export interface PlatformStop {
  readonly suspension: string;
  readonly authorityName: string;
  readonly reason: string;
  readonly suspendedAt: Instant;
  readonly reopensAt: Instant;
}

export async function platformStopNow(em: EntityManager, now: Instant): Promise<PlatformStop | null> {
  const stop = await platformStop(em, now);
  return (
    stop && {
      suspension: stop.id,
      authorityName: stop.authorityName,
      reason: stop.reason,
      suspendedAt: stop.suspendedAt,
      reopensAt: stop.reopensAt,
    }
  );
}
