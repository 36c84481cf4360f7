import { Migration } from '@mikro-orm/migrations';

/** One lot, one volume: when it was closed, what it is, until when it is kept, and who destroyed it. */
export class Migration0156 extends Migration {
  override up(): void {
    this.addSql(`create table "archive_volume" (
      "lot" uuid not null, "state" varchar(16) not null, "asked_at" timestamptz(3) not null, "keep_until" timestamptz(3) not null, "keep_years" int not null,
      "sealed_at" timestamptz(3) null, "sha256" varchar(43) null, "manifest_sha256" varchar(43) null, "bytes" bigint null, "file_key" varchar(64) null,
      "manifest" jsonb null, "destruction_asked_at" timestamptz(3) null, "destruction_asked_by" uuid null, "destroyed_at" timestamptz(3) null,
      primary key ("lot"))`);
    this.addSql('create index "archive_volume_state_index" on "archive_volume" ("state")');
  }
}
