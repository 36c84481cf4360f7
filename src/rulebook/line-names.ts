import type { Words } from '../kernel/words.ts';

/** A line of trade by its id and name; lines stand in a later room. */
export interface LineName {
  readonly id: string;
  readonly title: Words;
}

let known: () => readonly LineName[] = () => [];

/** The room that knows the lines says here which there are. */
export function provideLineNames(names: () => readonly LineName[]): void {
  known = names;
}

export const lineNames = (): readonly LineName[] => known();
