import { z } from 'zod';
import { type Instant, parseInstant } from './clock.ts';
import { type DayString, parseDay } from './working-days.ts';

/**
 * Reads a moment as forms and programs write it: RFC 3339, or the local form of a browser's field
 * (`2026-12-20T09:30`), which means Beijing time. Undefined for anything else, also for 30 February.
 */
export function parseMoment(text: string): Instant | undefined {
  const plain = text.trim();
  if (parseDay(plain.slice(0, 10)) === undefined) return undefined;
  const local = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/.test(plain);
  return parseInstant(local ? `${plain}+08:00` : plain);
}

/** Edge field: a moment in, `Instant` (UTC) out. */
export const instantField = /* @__PURE__ */ (() =>
  z
    .string()
    .max(40)
    .transform((text, context): Instant => {
      const at = parseMoment(text);
      if (at !== undefined) return at;
      context.addIssue({
        code: 'custom',
        message:
          '请填写日期和时间（北京时间），如 2026-12-20T09:30。 | A date and time such as 2026-12-20T09:30 (Beijing time) or RFC 3339.',
      });
      return z.NEVER;
    })
    .meta({
      description: 'RFC 3339；无时区者为北京时间 · RFC 3339; without a zone it is Beijing time',
      examples: ['2026-12-20T09:30', '2026-12-20T01:30:00.000Z'],
    }))();

/** Edge field: a calendar date. */
export const dayField = /* @__PURE__ */ (() =>
  z
    .string()
    .max(40)
    .transform((text, context): DayString => {
      const day = parseDay(text.trim());
      if (day !== undefined) return day;
      context.addIssue({ code: 'custom', message: '请填写日期，如 2026-12-20。 | A date such as 2026-12-20.' });
      return z.NEVER;
    })
    .meta({ examples: ['2026-12-20'] }))();
