import { Migration } from '@mikro-orm/migrations';

/** Whom an organisation declares to control, or to be controlled by. */
export class Migration0052 extends Migration {
  override up(): void {
    this.addSql(
      `create table "control_declaration" ("id" uuid not null, "organisation" varchar(18) not null, "other" varchar(18) not null, "other_name" varchar(200) not null, "relation" varchar(16) not null, "declared_at" timestamptz(3) not null, "withdrawn_at" timestamptz(3) null, primary key ("id"))`,
    );
    this.addSql(`create index "control_declaration_organisation_index" on "control_declaration" ("organisation")`);
    this.addSql(`create index "control_declaration_other_index" on "control_declaration" ("other")`);
  }
}
