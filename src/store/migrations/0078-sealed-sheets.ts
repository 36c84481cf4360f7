import { Migration } from '@mikro-orm/migrations';

/** Score sheets that stay sealed until all are in: drafts under their authors' own keys, sealed sheets, and the rounds in which they are opened together. */
export class Migration0078 extends Migration {
  override up(): void {
    this.addSql(`alter table "lot" add column "judged_from" timestamptz(3) null`);
    this.addSql(
      `create table "sheet_draft" ("member" uuid not null, "part" varchar(20) not null, "sealed" text not null, "at" timestamptz(3) not null, primary key ("member", "part"))`,
    );
    this.addSql(
      `create table "sealed_sheet" ("id" uuid not null, "lot" uuid not null, "part" varchar(20) not null, "member" uuid not null, "version" int not null, "sealed" bytea not null, "sha256" varchar(43) not null, "ephemeral" text not null, "proof" text not null, "wrapped_key" text not null, "signature" text not null, "at" timestamptz(3) not null, "round" int null, "state" varchar(8) not null, "sheet" jsonb null, primary key ("id"))`,
    );
    this.addSql(`create unique index "sealed_sheet_version" on "sealed_sheet" ("member", "part", "version")`);
    this.addSql(`create index "sealed_sheet_lot_index" on "sealed_sheet" ("lot")`);
    this.addSql(
      `create table "sheet_round" ("lot" uuid not null, "part" varchar(20) not null, "round" int not null, "task" uuid not null, "complete_at" timestamptz(3) not null, "opened_at" timestamptz(3) null, primary key ("lot", "part", "round"))`,
    );
  }
}
