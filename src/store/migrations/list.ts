import type { Migration } from '@mikro-orm/migrations';
import { Migration0001 } from './0001-base.ts';
import { Migration0002 } from './0002-rooms.ts';
import { Migration0006 } from './0006-commitments.ts';

/** Every migration in order; one that has been released is never changed, only followed by another. */
export const migrationsList: readonly {
  readonly name: string;
  readonly class: new (...given: ConstructorParameters<typeof Migration>) => Migration;
}[] = [
  { name: '0001-base', class: Migration0001 },
  { name: '0002-rooms', class: Migration0002 },
  { name: '0006-commitments', class: Migration0006 },
];
