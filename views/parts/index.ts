/** The parts library, one door. Every part takes the view first; /parts shows each in every state. */
export * from './clock.ts';
export * from './field.ts';
export * from './file.ts';
export * from './form.ts';
export * from './ground.ts';
export * from './icon.ts';
export type { IconName } from './icon-names.ts';
export * from './mark.ts';
export * from './money.ts';
export * from './page.ts';
export * from './problem.ts';
export * from './progress.ts';
export * from './reading.ts';
export * from './stages.ts';
export * from './table.ts';
export * from './time.ts';
export * from './timeline.ts';
export * from './todo.ts';
