import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { openingsNotSuspended } from './problems.ts';
import { goOnFields } from './suspend-openings.ts';
import { lockPlatformSuspension } from './suspension.ts';

/** The platform is well again before the announced time. */
export const resumeOpenings = act({
  name: 'resume-openings',
  by: ['centre', 'system'],
  says: { zh: '提前恢复全部开标', en: 'Let all openings go on before the announced time' },
  takes: goOnFields,
  async run(call, { reason }) {
    const standing = await lockPlatformSuspension(call);
    if (!standing) throw openingsNotSuspended();
    standing.endedAt = call.now;
    return { result: { suspension: standing.id }, facts: [fact('openings.resumed', {}, { suspension: standing.id, reason })] };
  },
});
