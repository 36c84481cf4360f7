import { Migration } from '@mikro-orm/migrations';

/** When a copy of a contract was filed with the authority its line names. */
export class Migration0102 extends Migration {
  override up(): void {
    this.addSql('alter table "contract" add column "filed_at" timestamptz(3) null');
  }
}
