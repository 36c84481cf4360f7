import { Migration } from '@mikro-orm/migrations';

/** Tables of experts that were taken in or given out: who, when, which file and how many. Of the people in them nothing but what is masked. */
export class Migration0072 extends Migration {
  override up(): void {
    this.addSql(
      `create table "expert_sheet" ("id" uuid not null primary key, "kind" varchar(10) not null, "by" uuid not null, "at" timestamptz(3) not null, "name" varchar(200) not null, "sha256" varchar(43) null, "mode" varchar(10) null, "filters" jsonb null, "rows" int not null, "stored" int not null, "known" int not null, "wrong" int not null, "faults" jsonb null, "preview" jsonb null)`,
    );
    this.addSql(`create index "expert_sheet_at_index" on "expert_sheet" ("at")`);
  }
}
