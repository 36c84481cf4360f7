import { Migration } from '@mikro-orm/migrations';

/** Figures of the rulebook that an administrator has set for a line, a region or both. */
export class Migration0091 extends Migration {
  override up(): void {
    this.addSql(`create table "figure_override" (
      "id" uuid not null, "key" varchar(60) not null, "value" varchar(20) not null, "line" varchar(40) null, "region" varchar(6) null,
      "reason" varchar(500) not null, "in_force_from" varchar(10) not null, "in_force_to" varchar(10) null, "set_at" timestamptz(3) not null,
      "withdrawn_at" timestamptz(3) null, "ended_for" varchar(500) null, primary key ("id"))`);
  }
}
