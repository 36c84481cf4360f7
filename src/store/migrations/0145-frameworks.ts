import { Migration } from '@mikro-orm/migrations';

/** Framework agreements: their term, who entered at which price, and what was awarded within them. */
export class Migration0145 extends Migration {
  override up(): void {
    this.addSql(`create table "agreement" ("lot" uuid primary key, "started_at" timestamptz(3) not null, "until" timestamptz(3) not null,
      "ended_at" timestamptz(3) null)`);
    this.addSql(`create table "entrant" ("lot" uuid not null, "bidder" varchar(18) not null, "name" varchar(200) not null, "submission" uuid not null,
      "rank" int not null, "price" bigint not null, "removed_at" timestamptz(3) null, "removed_for" varchar(40) null, "removal_reason" varchar(1000) null,
      primary key ("lot", "bidder"))`);
    this.addSql(`create table "call_off" ("lot" uuid not null, "number" int not null, "bidder" varchar(18) not null, "name" varchar(200) not null,
      "what" varchar(500) not null, "quantity" int not null, "unit_price" bigint not null, "amount" bigint not null, "reason" varchar(1000) null,
      "awarded_at" timestamptz(3) not null, primary key ("lot", "number"))`);
  }
}
