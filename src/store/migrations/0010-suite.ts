import { Migration } from '@mikro-orm/migrations';

/** A certificate says of which suite it is; all that were issued before are of the international one. */
export class Migration0010 extends Migration {
  override up(): void {
    this.addSql(`alter table "certificate" add column "suite" varchar(16) not null default 'international'`);
  }
}
