import { Migration } from '@mikro-orm/migrations';

/** A lot that is tendered again stands as a lot of its own, linked to the one that failed; and what ends a chain of failures is recorded once. */
export class Migration0123 extends Migration {
  override up(): void {
    this.addSql('alter table "lot" add column "retender_of" uuid null');
    this.addSql('alter table "lot" add constraint "lot_retender_of_unique" unique ("retender_of")');
    this.addSql(`create table "tendering_end" (
      "lot" uuid not null, "way" varchar(32) not null, "approved_by" varchar(200) null, "approval_number" varchar(100) null,
      "follows" varchar(16) not null, "chosen" varchar(200) null, "reason" text not null, "ended_at" timestamptz(3) not null,
      primary key ("lot"))`);
  }
}
