import type { Actor } from '../kernel/actor.ts';
import type { Words } from '../kernel/words.ts';

/**
 * Sizes of a pool as its host sees them, before and after. An exact number, asked for again under other conditions, would tell who is left out; in bands it
 * tells whether the pool is large enough, which is all a host has to know.
 */
const edges = [15, 50, 200] as const;
/** So far a pool is counted for its band. */
export const countedTo = 201;

export function bandOf(count: number): Words {
  const [few, some, many] = edges;
  if (count < few) return { zh: `不足${few}人`, en: `fewer than ${few}` };
  if (count < some) return { zh: `${few}至${some}人`, en: `${few} to ${some}` };
  if (count <= many) return { zh: `${some}至${many}人`, en: `${some} to ${many}` };
  return { zh: `${many}人以上`, en: `more than ${many}` };
}

/** How many experts a page names to this reader: whoever asks for draws sees bands there too, the exact number would undo those of the draw. */
export const sizeFor = ({ role }: Pick<Actor, 'role'>, count: number): Words =>
  role === 'agent' || role === 'tenderee' ? bandOf(count) : { zh: `${count}人`, en: String(count) };

/** How many a ground left out, as everyone may know it: one or four is one person or another, and the same to a reader. */
export const excludedBands = ['1-4', '5-19', '20-99', '100+'] as const;
export type ExcludedBand = (typeof excludedBands)[number];

export const excludedBandOf = (count: number): ExcludedBand => (count < 5 ? '1-4' : count < 20 ? '5-19' : count < 100 ? '20-99' : '100+');
export const inBands = (excluded: Readonly<Record<string, number>>): Record<string, ExcludedBand> =>
  Object.fromEntries(Object.entries(excluded).map(([ground, count]) => [ground, excludedBandOf(count)]));
