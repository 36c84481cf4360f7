import { Migration } from '@mikro-orm/migrations';

/** Opening sessions that several lots share. */
export class Migration0034 extends Migration {
  override up(): void {
    this.addSql(
      `create table "opening_session" ("id" uuid not null, "project" uuid not null, "opens_at" timestamptz(3) not null, "scheduled_at" timestamptz(3) not null, primary key ("id"))`,
    );
    this.addSql(`create index "opening_session_project_index" on "opening_session" ("project")`);
    this.addSql(`create table "session_lot" ("lot" uuid not null, "session" uuid not null, "position" int not null, primary key ("lot"))`);
    this.addSql(`create index "session_lot_session_index" on "session_lot" ("session")`);
  }
}
