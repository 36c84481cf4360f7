import { Migration } from '@mikro-orm/migrations';

/** Remedy `sealed-copy`: since when a bidder's own copy of its sealed bytes is awaited, and the copy that came. */
export class Migration0045 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "opening_item" add column "copy_awaited_at" timestamptz(3) null, add column "copy_key" varchar(64) null,
         add column "copy_kind" varchar(8) null, add column "copy_at" timestamptz(3) null`,
    );
  }
}
