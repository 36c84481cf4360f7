import { Migration } from '@mikro-orm/migrations';

/** What panels ask of bidders in writing, and the answers. */
export class Migration0066 extends Migration {
  override up(): void {
    this.addSql(
      `create table "enquiry" ("id" uuid not null, "lot" uuid not null, "part" varchar(20) not null, "submission" uuid not null, "bidder" varchar(18) not null, "kind" varchar(16) not null, "text" text not null, "ground" varchar(40) null, "corrected_price" varchar(24) null, "member" uuid not null, "asked_at" timestamptz(3) not null, "answer_until" timestamptz(3) not null, "state" varchar(10) not null, "accepts" boolean null, "answer" text null, "signature" text null, "answered_at" timestamptz(3) null, primary key ("id"))`,
    );
    this.addSql(`create index "enquiry_lot_index" on "enquiry" ("lot")`);
    this.addSql(`create index "enquiry_bidder_index" on "enquiry" ("bidder")`);
  }
}
