import { Migration } from '@mikro-orm/migrations';

/** The annual review of experts, and when the fees of a panel were paid. */
export class Migration0085 extends Migration {
  override up(): void {
    this.addSql(`create table "annual_review" (
      "id" uuid not null, "year" int not null, "from" varchar(10) not null, "through" varchar(10) not null, "opened_by" uuid not null,
      "opened_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql(`alter table "annual_review" add constraint "annual_review_year_unique" unique ("year")`);
    this.addSql(`create table "expert_year" (
      "id" uuid not null, "review" uuid not null, "expert" uuid not null, "state" varchar(10) not null, "figures" jsonb null,
      "verdict" varchar(10) null, "reason" varchar(1000) null, "told_by" uuid null, "told_at" timestamptz(3) null,
      "objection" varchar(1000) null, "objected_at" timestamptz(3) null, "rechecked" varchar(10) null, "decision" varchar(1000) null,
      "decided_by" uuid null, "decided_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`create index "expert_year_expert_index" on "expert_year" ("expert")`);
    this.addSql(`create index "expert_year_told" on "expert_year" ("told_at") where state = 'told'`);
    this.addSql(`alter table "expert_year" add constraint "expert_year_once" unique ("review", "expert")`);
    this.addSql(`alter table "fee" add column "paid_on" varchar(10) null, add column "reference" varchar(60) null`);
  }
}
