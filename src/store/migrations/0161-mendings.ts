import { Migration } from '@mikro-orm/migrations';

/** A panel may ask a bidder to put formal gaps right: in which fields of its form. */
export class Migration0161 extends Migration {
  override up(): void {
    this.addSql('alter table "enquiry" add column "fields" jsonb null');
  }
}
