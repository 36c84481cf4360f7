import type { Options } from '@mikro-orm/postgresql';
import { appraisalEntities } from '../appraisal/schema.ts';
import { archivesEntities } from '../archives/schema.ts';
import { awardsEntities } from '../awards/schema.ts';
import { bidsEntities } from '../bids/schema.ts';
import { challengesEntities } from '../challenges/schema.ts';
import { contractsEntities } from '../contracts/schema.ts';
import { dossierEntities } from '../dossier/schema.ts';
import { evaluationEntities } from '../evaluation/schema.ts';
import { expertsEntities } from '../experts/schema.ts';
import { frameworksEntities } from '../frameworks/schema.ts';
import { journalEntities } from '../journal/schema.ts';
import { ledgerEntities } from '../ledger/schema.ts';
import { negotiationsEntities } from '../negotiations/schema.ts';
import { openingsEntities } from '../openings/schema.ts';
import { papersEntities } from '../papers/schema.ts';
import { partiesEntities } from '../parties/schema.ts';
import { rulebookEntities } from '../rulebook/schema.ts';
import { securitiesEntities } from '../securities/schema.ts';
import { tendersEntities } from '../tenders/schema.ts';

/** Every table of every room, in the order of the rooms. A new `schema.ts` is added here and in a migration. */
export const entities: NonNullable<Options['entities']> = [
  ...journalEntities,
  ...partiesEntities,
  ...rulebookEntities,
  ...ledgerEntities,
  ...tendersEntities,
  ...bidsEntities,
  ...openingsEntities,
  ...dossierEntities,
  ...expertsEntities,
  ...evaluationEntities,
  ...negotiationsEntities,
  ...awardsEntities,
  ...contractsEntities,
  ...frameworksEntities,
  ...challengesEntities,
  ...securitiesEntities,
  ...appraisalEntities,
  ...papersEntities,
  ...archivesEntities,
];

/** Tables whose rows are written once: the migration that makes them calls `append_only`. */
export const appendOnlyTables = [
  'journal_event',
  'journal_leaf',
  'journal_node',
  'journal_checkpoint',
  'journal_cosignature',
  'journal_key',
  'ledger_posting',
] as const;
