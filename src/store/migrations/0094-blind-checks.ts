import { Migration } from '@mikro-orm/migrations';

/** What the platform's own check saw in the blind files of a bid, by its pseudonym. */
export class Migration0094 extends Migration {
  override up(): void {
    this.addSql(
      `create table "blind_check" ("pseudonym" uuid not null, "lot" uuid not null, "marks" jsonb not null, "at" timestamptz(3) not null, primary key ("pseudonym"))`,
    );
    this.addSql(`create index "blind_check_lot_index" on "blind_check" ("lot")`);
  }
}
