import { Migration } from '@mikro-orm/migrations';

/** Negotiations: minutes with every member's word, changes of the requirement, who left, and who may make a last offer. */
export class Migration0116 extends Migration {
  override up(): void {
    this.addSql('alter table "lot" add column "follows" uuid null');
    this.addSql('create unique index "one_lot_of_last_offers" on "lot" ("follows") where "follows" is not null');
    this.addSql(`create table "negotiation_minutes" ("id" uuid primary key, "lot" uuid not null, "submission" uuid not null, "round" int not null,
      "attempt" int not null, "text" text not null, "goes_on" boolean not null, "reason" text null, "member" uuid not null, "at" timestamptz(3) not null,
      constraint "one_minutes_an_attempt" unique ("submission", "round", "attempt"))`);
    this.addSql('create index "negotiation_minutes_lot_index" on "negotiation_minutes" ("lot")');
    this.addSql(`create table "minutes_word" ("minutes" uuid not null, "member" uuid not null, "agrees" boolean not null, "at" timestamptz(3) not null,
      primary key ("minutes", "member"))`);
    this.addSql(`create table "requirement_change" ("lot" uuid not null, "number" int not null, "touches" varchar(40) not null, "text" text not null,
      "at" timestamptz(3) not null, primary key ("lot", "number"))`);
    this.addSql(`create table "negotiation_leave" ("lot" uuid not null, "bidder" varchar(18) not null, "reason" varchar(500) not null,
      "security_back_by" timestamptz(3) null, "at" timestamptz(3) not null, primary key ("lot", "bidder"))`);
    this.addSql(`create table "last_offer_place" ("lot" uuid not null, "bidder" varchar(18) not null, primary key ("lot", "bidder"))`);
  }
}
