import { Migration } from '@mikro-orm/migrations';

/** How long a panel has for an envelope, and what its members vote on while they evaluate: more time, or to stop because of the documents. */
export class Migration0084 extends Migration {
  override up(): void {
    this.addSql(`create table "evaluation_time" (
      "lot" uuid not null, "part" varchar(20) not null, "started_at" timestamptz(3) not null, "until" timestamptz(3) not null,
      "extensions" int not null default 0, "overtime_at" timestamptz(3) null, primary key ("lot", "part"))`);
    this.addSql(`create table "panel_vote" (
      "id" uuid not null, "lot" uuid not null, "part" varchar(20) not null, "kind" varchar(8) not null, "round" int not null,
      "member" uuid not null, "ground" varchar(40) null, "reason" text not null, "at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql(`alter table "panel_vote" add constraint "panel_vote_once" unique ("member", "part", "kind", "round")`);
    this.addSql(`create index "panel_vote_lot_index" on "panel_vote" ("lot")`);
    this.addSql(`create table "evaluation_halt" (
      "id" uuid not null, "lot" uuid not null, "part" varchar(20) not null, "halted_at" timestamptz(3) not null, "grounds" jsonb not null,
      "answered_at" timestamptz(3) null, "confirmed" boolean null, "answer" text null, primary key ("id"))`);
    this.addSql(`create index "evaluation_halt_lot_index" on "evaluation_halt" ("lot")`);
  }
}
