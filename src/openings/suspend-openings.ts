import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { instantField } from '../kernel/clock-fields.ts';
import { newId } from '../kernel/ids.ts';
import { reopensTooEarly } from './problems.ts';
import { PlatformSuspension } from './schema.ts';
import { lockPlatformSuspension } from './suspension.ts';

const reason = z
  .string()
  .trim()
  .min(4, '请写明事由，至少四个字。 | Say why, in four characters at least.')
  .max(500, '事由过长。 | The reason is too long.');
export const stopFields = z.object({ reason, reopensAt: instantField });
export const goOnFields = z.object({ reason });

/**
 * The platform has failed as a whole: every session stops, what is sealed stays sealed, and all go on at the announced time, by the clock and not by a
 * job. Done again while it stands, it announces another time. The trading centre does it, which runs the platform, or the platform by its own finding;
 * a supervisor stops the openings of its region one by one, signed (suspend-opening).
 */
export const suspendOpenings = act({
  name: 'suspend-openings',
  by: ['centre', 'system'],
  says: { zh: '平台故障：全部开标暂停', en: 'Suspend all openings: the platform has failed' },
  takes: stopFields,
  async run(call, { reason: why, reopensAt }) {
    if (reopensAt <= call.now) throw reopensTooEarly();
    const standing = await lockPlatformSuspension(call);
    const suspension = standing?.id ?? newId(call.now);
    const authorityName = call.by.organisationName ?? '平台';
    if (standing) {
      standing.reason = why;
      standing.reopensAt = reopensAt;
    } else {
      call.em.create(PlatformSuspension, { id: suspension, authorityName, reason: why, suspendedAt: call.now, reopensAt });
    }
    return { result: { suspension }, facts: [fact('openings.suspended', {}, { suspension, authorityName, reason: why, reopensAt })] };
  },
});
