import { Migration } from '@mikro-orm/migrations';

/** What called experts are to be told, and by which channels it went out. */
export class Migration0074 extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "call_message" ("id" uuid not null, "seat" uuid not null, "kind" varchar(10) not null, "due_at" timestamptz(3) not null, "state" varchar(12) not null, "settled_at" timestamptz(3) null, primary key ("id"))`,
  `create index "call_message_seat_index" on "call_message" ("seat")`,
  `alter table "call_message" add constraint "message_once" unique ("seat", "kind")`,
  `create table "delivery_attempt" ("id" uuid not null, "message" uuid not null, "channel" varchar(8) not null, "tries" int not null, "state" varchar(12) not null, "failure" varchar(20) null, "reference" varchar(100) null, "at" timestamptz(3) not null, "rests_until" timestamptz(3) null, primary key ("id"))`,
  `alter table "delivery_attempt" add constraint "attempt_once" unique ("message", "channel")`,
];
