import { Migration } from '@mikro-orm/migrations';

/** What follows an evaluation for its experts: appraisals, points, fees. */
export class Migration0075 extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "appraisal" ("id" uuid not null, "lot" uuid not null, "member" uuid not null, "expert" uuid not null, "side" varchar(10) not null, "user" uuid not null, "scores" jsonb not null, "comment" varchar(1000) null, "late" boolean not null, "at" timestamptz(3) not null, "answer" varchar(1000) null, "answered_at" timestamptz(3) null, primary key ("id"))`,
  `create index "appraisal_lot_index" on "appraisal" ("lot")`,
  `create index "appraisal_expert_index" on "appraisal" ("expert")`,
  `alter table "appraisal" add constraint "appraisal_once" unique ("member", "side")`,
  `create table "conduct_entry" ("id" uuid not null, "expert" uuid not null, "lot" uuid not null, "member" uuid not null, "code" varchar(20) not null, "points" int not null, "ground" varchar(1000) not null, "evidence" varchar(1000) not null, "entered_by" uuid not null, "entered_at" timestamptz(3) not null, "until" varchar(10) not null, "state" varchar(10) not null, "consequence" varchar(12) not null, "objection" varchar(1000) null, "objected_at" timestamptz(3) null, "decision" varchar(1000) null, "decided_by" uuid null, "decided_at" timestamptz(3) null, primary key ("id"))`,
  `create index "conduct_entry_expert_index" on "conduct_entry" ("expert")`,
  `create index "conduct_entry_lot_index" on "conduct_entry" ("lot")`,
  `create table "conduct_standing" ("expert" uuid not null, "status" varchar(12) not null, "until" varchar(10) null, "at" timestamptz(3) not null, primary key ("expert"))`,
  `create table "fee" ("member" uuid not null, "lot" uuid not null, "expert" uuid not null, "minutes" int not null, "base" bigint not null, "extra" bigint not null, "travel" bigint not null, "amount" bigint not null, "withheld" text null, "payer" varchar(18) not null, "confirmed_by" uuid not null, "confirmed_at" timestamptz(3) not null, primary key ("member"))`,
  `create index "fee_lot_index" on "fee" ("lot")`,
  `create index "fee_expert_index" on "fee" ("expert")`,
];
