import { Migration } from '@mikro-orm/migrations';

/** What bidders sign in an opening session: attendance, confirmation of the record, objection to it. */
export class Migration0024 extends Migration {
  override up(): void {
    this.addSql(
      `create table "hall_signature" ("id" uuid not null, "lot" uuid not null, "part" varchar(20) not null, "bidder" varchar(18) not null, "bidder_name" varchar(200) not null, "word" varchar(12) not null, "statement" jsonb not null, "signature" text not null, "serial" varchar(64) not null, "at" timestamptz(3) not null, primary key ("id"))`,
    );
    this.addSql(`create index "hall_signature_lot_index" on "hall_signature" ("lot")`);
    // one may object more than once
    this.addSql(`create unique index "one_word_a_bidder" on "hall_signature" ("lot", "part", "bidder", "word") where word <> 'objected'`);
  }
}
