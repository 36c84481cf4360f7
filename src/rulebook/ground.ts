import { z } from 'zod';
import type { DayString } from '../kernel/working-days.ts';

/** A figure that an administrator has set for a line, a region or both, as the notice of a lot it binds pins it (override.ts). */
export const localFigureShape = z.object({
  key: z.string(),
  value: z.string(),
  /** id of the override, as the journal has it */
  override: z.string(),
  /** null: every line */
  line: z.string().nullable(),
  /** null: everywhere */
  region: z.string().nullable(),
  inForceFrom: z.string(),
  reason: z.string(),
});
export type LocalFigure = z.infer<typeof localFigureShape>;

/** The ground a figure stands on: the day whose law applies, and what has been set for the place and the line. */
export interface Ground {
  readonly on: DayString;
  readonly local: readonly LocalFigure[];
}

/** The law of a day with nothing set locally. */
export const lawAlone = (on: DayString): Ground => ({ on, local: [] });
