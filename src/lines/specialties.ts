import { shippedSpecialties } from '../experts/classification.ts';
import type { Specialty } from '../tenders/line.ts';

/** Specialties of a line's panels, by their codes, titled as the classification of experts has them. */
export const specialties = (...codes: readonly string[]): readonly Specialty[] =>
  codes.map((code) => {
    const entry = shippedSpecialties.find((one) => one.code === code);
    if (!entry) throw new Error(`no specialty ${code} in the classification`);
    return { code, title: entry.title };
  });
