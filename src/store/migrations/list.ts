import { Migration0001 } from './0001-base.ts';

/** Every migration in order; one that has been released is never changed, only followed by another. */
export const migrationsList = [{ name: '0001-base', class: Migration0001 }];
