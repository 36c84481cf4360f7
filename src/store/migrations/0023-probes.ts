import { Migration } from '@mikro-orm/migrations';

/** Made by src/store/make-migration.ts from the rooms' tables. */
export class Migration0023 extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

/** independent probes of the intake and what they stated; how often a lot's deadline was moved by it */
const statements = [
  `create table "probe_report" ("id" bigserial primary key, "probe" varchar(128) not null, "number" int not null, "digest" varchar(43) not null, "from" timestamptz(3) not null, "until" timestamptz(3) not null, "states" varchar(240) not null, "down" int not null, "contradicts" boolean not null, "slowest" int null, "at" timestamptz(3) not null)`,
  `create index "probe_report_until_index" on "probe_report" ("until")`,
  `create index "probe_report_until" on "probe_report" ("probe", "until")`,
  `alter table "probe_report" add constraint "probe_report_once" unique ("probe", "digest")`,
  `create table "probe" ("name" varchar(128) not null, "vkey" varchar(300) not null, "institution" varchar(100) not null, "since" timestamptz(3) not null, "removed_at" timestamptz(3) null, "until" timestamptz(3) null, primary key ("name"))`,
  `alter table "lot" add "deadline_moves" int not null default 0`,
];
