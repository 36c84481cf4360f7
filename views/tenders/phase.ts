import type { Tone } from '../parts/index.ts';

/** Amber for what goes on now, red for what came to nothing, plain for the rest. Green stays with what was verified. */
export function phaseTone(phase: string): Tone {
  if (phase === 'suspended' || phase === 'failed' || phase === 'terminated') return 'refused';
  if (phase === 'bidding' || phase === 'applying' || phase === 'opening' || phase === 'publicity') return 'now';
  if (phase === 'draft' || phase === 'qualifying' || phase === 'inviting' || phase === 'closed') return 'wait';
  return 'plain';
}
