import type { Instant } from './clock.ts';
import type { Words } from './words.ts';

/** One thing somebody has to do: by when, what, on what ground, and what happens if not. */
export interface Todo {
  readonly due: Instant | null;
  readonly what: Words;
  /** the matter it concerns: lot or project name */
  readonly about: string;
  /** law and article, or the parameter */
  readonly why: Words;
  readonly otherwise: Words;
  readonly href: string;
  readonly action: Words;
}
