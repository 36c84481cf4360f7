import type { ChildProcess } from 'node:child_process';

/** Passed from the set-up of a run to its tear-down, which share only `globalThis`. */
export type Keeper = typeof globalThis & { keeper?: ChildProcess };

/** The migrated database that every test file clones. */
export const template = 'yangguang_template';
