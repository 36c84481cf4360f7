import { Migration } from '@mikro-orm/migrations';

/** What the host found of each bidder's qualification, where the line has it look at it. */
export class Migration0093 extends Migration {
  override up(): void {
    this.addSql(`create table "qualification" (
      "id" uuid not null, "lot" uuid not null, "submission" uuid not null, "bidder" varchar(18) not null, "pass" boolean not null,
      "reason" varchar(1000) null, "checked_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql('create index "qualification_lot_index" on "qualification" ("lot")');
    this.addSql('alter table "qualification" add constraint "one_verdict_a_bid" unique ("lot", "submission")');
  }
}
