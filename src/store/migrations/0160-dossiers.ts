import { Migration } from '@mikro-orm/migrations';

/** What organisations keep of themselves, in versions, and who looked at it. */
export class Migration0160 extends Migration {
  override up(): void {
    this.addSql(`create table "dossier_entry" ("id" uuid not null, "organisation" varchar(18) not null, "kind" varchar(20) not null,
      "kept_at" timestamptz(3) not null, "published_at" timestamptz(3) null, "removed_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql('create index "dossier_entry_organisation_index" on "dossier_entry" ("organisation")');
    this.addSql(`create table "dossier_version" ("id" uuid not null, "entry" uuid not null, "number" int not null, "title" varchar(200) not null,
      "fields" jsonb not null, "valid_from" varchar(10) null, "valid_until" varchar(10) null, "documents" jsonb not null, "sha256" varchar(43) not null,
      "written_at" timestamptz(3) not null, "confirmed_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql('alter table "dossier_version" add constraint "dossier_version_number" unique ("entry", "number")');
    this.addSql(`create table "dossier_look" ("id" uuid not null, "organisation" varchar(18) not null, "user" uuid not null,
      "office" varchar(200) not null, "ground" varchar(300) not null, "at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql('create index "dossier_look_organisation_index" on "dossier_look" ("organisation")');
  }
}
