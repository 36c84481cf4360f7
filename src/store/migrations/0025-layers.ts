import { Migration } from '@mikro-orm/migrations';

/** Policy `bidder+council`: the bidder's own layer around its envelope, who removed it when, and whose doing it was where nobody did. */
export class Migration0025 extends Migration {
  override up(): void {
    this.addSql(`alter table "envelope" add column "inner" jsonb null`);
    this.addSql(
      `alter table "opening_item" add column "layer_key" varchar(22) null, add column "layer_removed_at" timestamptz(3) null,
         add column "disputed_at" timestamptz(3) null, add column "ruling_asked_at" timestamptz(3) null, add column "ruled_at" timestamptz(3) null`,
    );
  }
}
