import { Migration } from '@mikro-orm/migrations';

/** Which sealed sheets were handed in while the bids were known by their pseudonyms alone. */
export class Migration0135 extends Migration {
  override up(): void {
    this.addSql(`alter table "sealed_sheet" add column "blind" boolean not null default false`);
    this.addSql(`alter table "sealed_sheet" alter column "blind" drop default`);
  }
}
