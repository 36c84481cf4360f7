import type { Words } from '../kernel/words.ts';

/** How one organisation stands to the other it names. */
export const controlRelations = ['controls', 'controlled-by'] as const;
export type ControlRelation = (typeof controlRelations)[number];
export const controlWords: Readonly<Record<ControlRelation, Words>> = {
  controls: { zh: '控股、管理', en: 'controls' },
  'controlled-by': { zh: '被控股、被管理', en: 'is controlled by' },
};
