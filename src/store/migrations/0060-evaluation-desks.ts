import { Migration } from '@mikro-orm/migrations';

/** Who confirmed its identity with what; when members were at their desks, from where, and which files they opened; why a session was ended. */
export class Migration0060 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "panel_member" add column "identity" jsonb null, add column "identity_signature" text null, add column "identity_serial" varchar(64) null`,
    );
    this.addSql(`alter table "session" add column "ended_for" varchar(12) null`);
    this.addSql(
      `create table "desk_sitting" ("id" uuid not null, "lot" uuid not null, "member" uuid not null, "session" bytea not null, "booking" uuid null, "place" varchar(100) null, "main_place" boolean null, "address" varchar(64) null, "entered_at" timestamptz(3) not null, "left_at" timestamptz(3) null, "left_for" varchar(12) null, primary key ("id"))`,
    );
    this.addSql(`create index "desk_sitting_lot_index" on "desk_sitting" ("lot")`);
    // one desk, one chair: a member sits at one place at a time
    this.addSql(`create unique index "one_sitting_a_member" on "desk_sitting" ("member") where left_at is null`);
    this.addSql(
      `create table "desk_opened_file" ("sitting" uuid not null, "submission" uuid not null, "sha256" varchar(43) not null, "field" varchar(64) not null, "at" timestamptz(3) not null, primary key ("sitting", "submission", "sha256"))`,
    );
  }
}
