import type { ChildProcess } from 'node:child_process';

/** Passed from the set-up of a run to its tear-down, which share only `globalThis`. */
export type Keeper = typeof globalThis & { keeper?: ChildProcess };

/** The role that tests work as, as a node does: it cannot change a journal entry. */
export const application = { role: 'yangguang_application', password: 'only-for-tests' };

/** The migrated database that every test file clones. */
export const template = 'yangguang_template';
