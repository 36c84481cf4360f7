import type { AnyDrawRequest } from '../sealing/draw.ts';
import { drawsInvitation, invitationPurpose } from './invitation-draw.ts';
import { drawsBlind } from './pseudonym.ts';
import { drawsReading } from './reading-draw.ts';

/** What a draw may be for. Pure: the platform, every custodian and every verifier ask the same. */
export const drawPurposes = ['parameters', 'experts', 'reading', 'blind', 'invited'] as const;
export type DrawPurpose = (typeof drawPurposes)[number];

/**
 * Does a request ask for what its purpose says, and for nothing else? Experts are drawn as often as their seats stand empty, order, pseudonyms, invitations and parameters once: a
 * request that could pass under two names could be tried under the one, and used under the other when its outcome pleased.
 */
export function fitsPurpose(purpose: string, { seats, eligible, parameters }: AnyDrawRequest): boolean {
  if (purpose === 'parameters') return seats.length === 0 && Object.keys(eligible).length === 0;
  const [reading, blind, invited] = [drawsReading({ seats }), drawsBlind({ seats }), drawsInvitation({ seats })];
  if (purpose === 'reading') return reading && parameters.length === 0;
  if (purpose === 'blind') return blind && parameters.length === 0;
  if (purpose === invitationPurpose) return invited && parameters.length === 0;
  return purpose === 'experts' && !reading && !blind && !invited && seats.length > 0 && parameters.length === 0;
}
