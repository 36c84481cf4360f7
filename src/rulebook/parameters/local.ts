import type { LocalBounds } from '../parameter.ts';

// How far an administrator may set a figure for a line or a region. The law's own value is always one end, so that nobody
// is granted less than the law does; the other end keeps a slip of the pen from stopping every tender of a region.

/** The law states a minimum: a place may ask for more. */
export const mayBeRaised = (most: string): LocalBounds => ({
  most,
  why: { zh: '法律规定的是下限，只能提高，不得低于法律', en: 'the law states a minimum: it may be raised, never lowered' },
});

/** The law states a maximum: a place may ask for less. */
export const mayBeLowered = (least: string): LocalBounds => ({
  least,
  why: { zh: '法律规定的是上限，只能降低，不得高于法律', en: 'the law states a maximum: it may be lowered, never raised' },
});

/** No law states it: the platform's own figure may be set either way. */
export const mayBeSet = (least: string, most: string): LocalBounds => ({
  least,
  most,
  why: { zh: '平台自定的数字，可在此范围内另行规定', en: 'a figure of the platform’s own: it may be set within these ends' },
});
