import type { Options } from '@mikro-orm/postgresql';
import { journalEntities } from '../journal/schema.ts';

/** Every table of every room, in the order of the rooms. A new `schema.ts` is added here and in a migration. */
export const entities: NonNullable<Options['entities']> = [...journalEntities];

/** Tables whose rows are written once: their migration calls `append_only`. */
export const appendOnlyTables = ['journal_event', 'journal_leaf', 'journal_node', 'journal_checkpoint', 'journal_cosignature'] as const;
