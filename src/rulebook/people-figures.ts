import type { PeopleFigures } from '../parties/settings.ts';
import { typedValue } from './parameter.ts';
import { newestParameter } from './parameters.ts';

/** The rulebook's figures for signing in and for certificates, as the people's room takes them. */
export const peopleFigures = (): PeopleFigures => ({
  sessionHours: typedValue<'hour'>(newestParameter('op.session.lifetime')),
  idleMinutes: typedValue<'minute'>(newestParameter('op.session.idle')),
  triesAllowed: typedValue<'count'>(newestParameter('op.login.attempts.max')),
  triesWithinMinutes: typedValue<'minute'>(newestParameter('op.login.rest')),
  overlapDays: typedValue<'day'>(newestParameter('op.certificate.overlap')),
  renewalDays: typedValue<'day'>(newestParameter('op.certificate.renewal')),
  listHours: typedValue<'hour'>(newestParameter('op.certificate.list')),
  certificateYears: typedValue<'year'>(newestParameter('op.certificate.validity')),
});
