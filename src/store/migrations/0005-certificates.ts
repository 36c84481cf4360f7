import { Migration } from '@mikro-orm/migrations';

/** Made by src/store/make-migration.ts from the rooms' tables. */
export class Migration0005 extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

/** certificates, in order */
const statements = [
  `create table "certificate_hold" ("id" uuid not null, "certificate" varchar(64) not null, "from" timestamptz(3) not null, "until" timestamptz(3) null, "by_administrator" boolean not null, primary key ("id"))`,
  `create index "certificate_hold_certificate_index" on "certificate_hold" ("certificate")`,
  `create unique index "one_hold_at_a_time" on "certificate_hold" ("certificate") where until is null`,
  `create table "submission_stamp" ("submission" uuid not null, "authority" varchar(10) not null, "token" text not null, "recorded_at" timestamptz(3) null, primary key ("submission", "authority"))`,
  `alter table "certificate" add "superseded_at" timestamptz(3) null, add "superseded_by" varchar(64) null`,
  `alter table "opening_item" add "note" jsonb null`,
];
