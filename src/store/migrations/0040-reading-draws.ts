import { Migration } from '@mikro-orm/migrations';

/** The draw of the order in which bids are read: one for each part of a lot, whatever the programs do. */
export class Migration0040 extends Migration {
  override up(): void {
    this.addSql(`alter table "draw_request" add column "part" varchar(20) null`);
    this.addSql(`create unique index "one_reading_draw_a_part" on "draw_request" ("lot", "part") where purpose = 'reading'`);
  }
}
