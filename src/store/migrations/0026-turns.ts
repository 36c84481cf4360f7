import { Migration } from '@mikro-orm/migrations';

/** Envelopes in turn: which part of a lot is opened and judged, and the signed result of each part before the last. */
export class Migration0026 extends Migration {
  override up(): void {
    for (const sql of statements) this.addSql(sql);
  }
}

const statements: readonly string[] = [
  `alter table "lot" add column "part" varchar(20) null, add column "judged_part" varchar(20) null, add column "session_at" timestamptz(3) null`,
  `update "lot" set "part" = 'whole' where "opened_at" is not null`,
  `update "lot" set "judged_part" = 'whole' where "evaluation_started_at" is not null`,
  `create table "part_result" ("lot" uuid not null, "part" varchar(20) not null, "result" jsonb not null, "sha256" varchar(43) not null, "outcome" varchar(20) not null, "concluded_at" timestamptz(3) not null, "reported_at" timestamptz(3) null, primary key ("lot", "part"))`,
  `create table "part_signature" ("lot" uuid not null, "part" varchar(20) not null, "member" uuid not null, "signature" text not null, "signed_at" timestamptz(3) not null, primary key ("lot", "part", "member"))`,
];
